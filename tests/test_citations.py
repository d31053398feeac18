"""Sources as one cites them: words, publisher and year of each, and citations of figures, records and views."""

import re

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from cluster_data.input.read import read_cluster
from cluster_data.measures import citations, indicators
from cluster_data.model import sites, source_years, words
from cluster_data.model.cluster import TYPE_OF_TABLE
from tests.packs import STEADY, TODAY, add, edit, write_pack

HOSTS = some.from_regex(r"[a-z0-9]{1,8}(\.[a-z0-9]{1,8}){0,2}\.[a-z]{2,4}", fullmatch=True)
LINE = some.text(some.characters(exclude_categories=["Cs"]), max_size=40)
LETTERS = some.characters(exclude_characters="<>\"'", exclude_categories=["Cs", "Z", "C"])
ADDRESSES = some.builds("https://{}/{}".format, HOSTS, some.text(LETTERS, max_size=80))


def of(url, title="", publisher="The Paper", year=None):
    return citations.source_of(publisher, title, url, year)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("“Robots at work”, The Paper, 2021", of("https://a.org/x", "Robots at work", year=2021)),
        ("The Paper, year not known", of("https://a.org/robots-at-work")),
        ("“Robots at work”, site a.org, year not known", of("https://www.a.org/x", "Robots at work", "www.a.org")),
        ("“Robots at work”, site a.org, year not known", of("https://a.org/x", "Robots at work", "https://A.org/")),
        ("“Robots at work”, GOV.UK, year not known", of("https://www.gov.uk/x", "Robots at work", "GOV.UK")),
        ("site a.org, year not known", of("https://a.org/?p=8159", "", "a.org")),
        ("site a.org, 2021", of("https://www.a.org/", "www.a.org", "", 2021)),
        ("The Paper, 2021", of("https://a.org/7857", year=2021)),
        ("“Robots at work”, a.org (a copy), year not known", of("https://b.org/", "Robots at work", "a.org (a copy)")),
        ("“Robots in 2019”, The Paper, year not known", of("https://a.org/robots-in-2019", "Robots in 2019")),
    ],
)
def test_a_source_is_its_title_if_it_is_known_publisher_and_year(said, source):
    assert source.whole == source.short == said


@pytest.mark.parametrize(
    ("year", "address"),
    [
        ("2018 by its address", "https://a.org/2018/november/robots"),
        ("2020 by its address", "https://a.org/news/2020/05/06/robots"),
        ("2020 by its address", "https://a.org/news/2020-05-06/robots"),
        ("year not known", "https://a.org/news/2020/robots"),  # what happens in 2020, or a folder
        ("year not known", "https://a.org/robots-2020"),
        ("year not known", "https://a.org/9999/12/robots"),
    ],
)
def test_a_year_is_read_out_of_a_dated_address_alone_and_says_so(year, address):
    assert of(address).year == year
    assert of(address, year=2017).year == "2017"


def test_a_year_is_known_where_those_that_rest_on_a_source_alone_agree(tmp_path, cluster):
    assert {citations.source(cluster, place).year for place in range(3)} == {
        "year not known"
    }  # gazette: of 2018 to 2026
    new = add(id="report", publisher="Report", title="", url="https://example.org/report", note="")
    first = edit("test-firm-a", source_ids="report", source_year="2024")
    second = edit("test-firm-b", source_ids="report", source_year="2024")
    agreed = read_cluster(write_pack(tmp_path / "a", sources=new, companies=lambda text: second(first(text))), TODAY)
    assert citations.listed(agreed, "report")[0].year == "2024"
    differ = edit("test-firm-b", source_ids="report", source_year="2023")
    unsure = read_cluster(write_pack(tmp_path / "b", sources=new, companies=lambda text: differ(first(text))), TODAY)
    assert citations.listed(unsure, "report")[0].year == "year not known"


@pytest.mark.parametrize("which", ["cluster", "real"])
def test_no_record_is_older_than_its_sources_or_newer_than_all_of_them(request, which):
    cluster = request.getfixturevalue(which)
    sourced = [table for table in TYPE_OF_TABLE if "source_ids" in cluster.tables[table]]
    records = [(cluster.tables[table], cluster.records["year"][cluster.records_in(table)]) for table in sourced]
    of_sites = sites.site_rows(cluster)
    for rows, years in [*records, (of_sites, of_sites["year"])]:
        for cell, year in zip(rows["source_ids"], years, strict=True):
            said = [one.year for one in citations.listed(cluster, cell)]
            known = [int(one[:4]) for one in said if one != citations.UNDATED]
            assert not known or year == max(known) or (year > max(known) and len(known) < len(said)), (cell, year, said)


CITED = some.lists(
    some.tuples(some.sets(some.sampled_from("abcd"), min_size=1), some.none() | some.integers(2020, 2026)), max_size=8
)


@STEADY
@given(CITED)
@example([({"a"}, 2021), ({"a", "b"}, 2020)])
@example([({"a"}, 2021), ({"b"}, 2022), ({"a", "b"}, 2024), ({"a", "c"}, None)])
def test_the_years_of_rows_and_of_their_sources_never_contradict_each_other(stated):
    years = pd.Series([year for _, year in stated], dtype="Float64")
    cited = pd.DataFrame(
        [
            (row, source, years[row], years[row])
            for row, (sources, _) in enumerate(stated)
            for source in sorted(sources)
        ],
        columns=["row", "value", "year", "least"],
    )
    agreed = source_years.agreed(cited)
    newest = source_years.newest(years, cited, pd.Series(agreed, dtype=float))
    for (sources, year), said in zip(stated, newest, strict=True):
        known = [agreed[source] for source in sources if source in agreed]
        assert year is None or said == year
        assert not known or said == max(known) or (said > max(known) and len(known) < len(sources))
        assert known or year is not None or pd.isna(said)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Cluster news, May 2024", 2024),
        ("Pay gap data - 2023 to 2024 (copy)", 2024),
        ("Plan 2025 to 2035", None),  # what is planned tells nothing of when it was written
        ("Robots in 2019", None),
        (None, None),
    ],
)
def test_the_month_or_the_period_of_a_title_dates_a_source_but_a_plan_does_not(title, year):
    assert source_years.in_title(title, 2026) == year


def test_a_long_title_is_cut_between_words_in_short_and_whole_in_full(cluster):
    source = of("https://a.org/x", "Robots " * 40)
    assert len(source.short) < 100 and "Robots…”" in source.short
    assert ("Robots " * 40).strip() in source.whole and ("Robots " * 40).strip() in source.citation(cluster.pack)


def test_a_citation_tells_who_when_what_where_and_as_held_when(cluster):
    held = "(as held in the Northmark health robots dashboard, June 2026)."
    titled, site = of("https://a.org/x", "Robots", year=2021), of("https://a.org/robots-at-work", "", "a.org")
    assert titled.citation(cluster.pack) == f"The Paper (2021) “Robots”. Available at: https://a.org/x {held}"
    assert site.citation(cluster.pack) == (
        f"Web page, title not known, site a.org (year not known). Available at: https://a.org/robots-at-work {held}"
    )
    nameless = of("https://a.org/?p=8159")
    assert nameless.citation(cluster.pack) == f"The Paper (year not known). Available at: https://a.org/?p=8159 {held}"
    dated = of("https://a.org/2018/11/robots-at-work", "Robots").citation(cluster.pack)
    assert dated.startswith("The Paper (2018, by its address) “Robots”.")


@STEADY
@given(url=ADDRESSES | LINE, title=LINE, publisher=HOSTS | LINE, year=some.none() | some.integers(1900, 2026))
@example(url="https://[", title="", publisher="", year=None)
@example(url="https://a.org", title="a.org", publisher="a.org", year=None)
def test_whatever_is_known_a_source_has_words_a_publisher_and_a_year(cluster, url, title, publisher, year):
    source = citations.source_of(publisher, title, url, year)
    for said in (source.short, source.whole, source.reference, source.citation(cluster.pack)):
        assert said.isprintable()
        assert not citations.HOST.fullmatch(said)
    assert source.name and source.publisher and source.year
    assert (
        not citations.HOST.fullmatch(source.said)
        and not citations.HOST.fullmatch(source.publisher)
        or re.search("[A-Z]", source.publisher)
    )
    assert bool(source.said) == (source.name == source.said)


def test_the_sources_of_a_cell_are_led_to_each_and_the_first_are_named(cluster):
    cell = "test-gazette; test-survey; test-register; test-survey"
    found = citations.pairs(cluster, cell, 2)
    assert [name for name, _ in found] == [
        "“Firms of Northmark”, Test Gazette, year not known",
        "Test Survey, year not known",
        "Test Register, year not known",
    ]
    assert [url for _, url in found] == [
        "https://example.org/gazette",
        "https://example.com/survey",
        "https://example.org/register?page=1",
    ]
    assert citations.pairs(cluster, None) == []


def test_an_address_in_a_table_is_named_by_its_source_and_any_other_by_its_site(cluster):
    cell = "https://example.org/gazette https://elsewhere.example/page"
    said = words.bare(words.linked(cell, cell.split(), citations.naming(cluster)))
    assert said == "“Firms of Northmark”, Test Gazette, year not known; elsewhere.example"


def test_a_record_is_cited_with_its_entry_and_its_sources(cluster):
    lines = citations.of_record(cluster, "test-firm-e", "https://d.example/Organisations?org=test-firm-e").split("\n")
    assert lines == [
        '“Test Firm E "The Quoted" & <b>Sons</b>”, entry in the Northmark health robots dashboard, June 2026. '
        "Available at: https://d.example/Organisations?org=test-firm-e",
        "Sources:",
        "(1) Test Gazette (year not known) “Firms of Northmark”. Available at: https://example.org/gazette",
        "(2) Test Survey (year not known). Available at: https://example.com/survey",
    ]
    assert "Sources:" not in citations.of_record(cluster, "test-ministry", "https://d.example/")


def test_a_view_is_cited_with_its_finding_its_filter_and_its_address(cluster):
    said = citations.of_view(cluster.pack, "Devices lead", "Firms in Aldbrook: 3.", "https://d.example/?area=Aldbrook")
    assert said == (
        "Northmark health robots dashboard (2026) Devices lead. Firms in Aldbrook: 3. Data as known in June 2026. "
        "Available at: https://d.example/?area=Aldbrook"
    )


def test_a_figure_is_cited_with_what_it_counts_where_and_when(cluster):
    row = indicators.figures(cluster).to_dict("records")[1]
    assert citations.of_figure(cluster, row, row["figure"]) == (
        "Jobs in health technology: 2,000 people (Northmark, 2023; actual; health technology). Test Gazette (year not "
        "known) “Firms of Northmark”. Available at: https://example.org/gazette (as held in the Northmark health "
        "robots dashboard, June 2026)."
    )


def test_the_newest_source_comes_first_and_one_without_a_year_last(cluster):
    years = ["2019", citations.UNDATED, f"2021 {citations.BY_ADDRESS}", "2020"]
    sources = [citations.Source("", f"P{place}", year, f"u{place}") for place, year in enumerate(years)]
    assert [url for _, url in citations.newest_first(sources)] == ["u2", "u3", "u0", "u1"]


def test_the_table_of_sources_holds_each_with_its_citation(cluster):
    table = citations.table(cluster)
    assert list(table["Address"]) == list(cluster.table("sources")["url"])
    assert table.loc[2, ["Source", "Publisher", "Year"]].tolist() == [
        "Web page, title not known",
        "Test Survey",
        "year not known",
    ]
    assert citations.finding(cluster) == "3 sources: the title of 2 is known, the year of 0"
    named = citations.named_in(cluster, ["https://example.com/survey", "https://elsewhere.example"])
    assert list(named["Publisher"]) == ["Test Survey"]


def test_no_source_of_the_pack_at_home_reads_as_a_bare_host(real):
    table = citations.table(real)
    assert len(table) == len(real.table("sources"))
    assert (
        not table[["Source", "Publisher"]]
        .map(lambda said: bool(re.fullmatch(r"[a-z0-9.-]+\.[a-z]+", said)))
        .any(axis=None)
    )


@pytest.mark.parametrize(("record", "alone"), [("test-firm-a", True), ("test-firm-e", False), ("test-ministry", False)])
def test_a_profile_says_that_it_rests_on_one_source_alone(visit, read_aloud, record, alone):
    assert ("One source only." in read_aloud(visit("6_Organisations.py", org=record))) == alone


def test_a_citation_copied_from_a_profile_leads_back_to_the_view(visit):
    app = visit("6_Organisations.py", org="test-firm-a", d="Data")
    buttons = [part.proto.json for part in app.get("bidi_component") if "Copy citation" in part.proto.json]
    assert len(buttons) == 1 and "org=test-firm-a" in buttons[0] and "d=Data" in buttons[0]
