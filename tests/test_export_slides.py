"""Slides, read back by python-pptx: titles, numbers of native charts and tables, alt texts, notes, hostile names."""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from pptx.util import Pt

from cluster_data import exports
from cluster_data.api.taken import taken
from cluster_data.document import Chart, Heading, Map, Notes, Table, Text
from cluster_data.drawing import charts, fonts
from cluster_data.exports import slides
from cluster_data.measures import counts, coverage, goals, help, indicators, network, pace, places
from cluster_data.model.filters import Filter
from cluster_data.model.formats import FIRM, WEBSITE, Year, typed
from cluster_data.palette import LIGHT
from tests import documents

pytestmark = pytest.mark.slow

FORBIDDEN = "Bad\x00 \x0bsigns\ufffe \ud800here"
LONG = "W" * 300


def read(document):
    """The slides of a document."""
    return Presentation(io.BytesIO(slides.file_of(document)))


def titles(show):
    """The titles of all slides."""
    return [slide.shapes.title.text_frame.text for slide in show.slides]


def slide_of(show, title):
    """The one slide whose title begins so."""
    (found,) = [slide for slide in show.slides if slide.shapes.title.text_frame.text.startswith(title)]
    return found


def words(slide):
    """Everything written in the text boxes of a slide."""
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def notes(slide):
    """What stands in the notes of a slide."""
    return slide.notes_slide.notes_text_frame.text


def chart_of(slide):
    """The one native chart of a slide."""
    (found,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    return found


def series_of(chart):
    """The numbers of a chart by the name of the series."""
    return {series.name: list(series.values) for series in chart.plots[0].series}


def table_of(slide):
    """The words of the one native table of a slide, row by row."""
    (found,) = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for row in found.rows]


def alt_of(shape):
    """The text that stands for a shape."""
    return shape._element.xpath(".//p:cNvPr")[0].get("descr")


def shown_on(slide):
    """The charts, tables and pictures of a slide."""
    return [shape for shape in slide.shapes if shape.has_chart or shape.has_table or shape.shape_type == 13]


def one_chart(cluster, figure, rows=pd.DataFrame):
    """The slide of a document of one chart."""
    part = Chart("What it shows", "Firms. Source: the list.", lambda ground: figure, rows)
    return slide_of(read(documents.document(cluster, parts=(Heading("A finding"), part))), "A finding")


def point_fill(series, place):
    """How one bar is filled."""
    return series.points[place].format.fill


# ---- the whole ------------------------------------------------------------


def test_it_is_one_of_the_forms():
    (form,) = [form for form in exports.every() if form.name == "slides"]
    assert (form.suffix, form.of, form.order) == ("pptx", exports.VIEW, 30)
    assert form.label and form.says and form.mime.endswith("presentationml.presentation")


def test_the_first_slide_says_what_and_whence(cluster):
    show = read(documents.document(cluster))
    first = show.slides[0]
    assert first.shapes.title.text_frame.text == "Devices lead; robotics is thin"
    for said in ("Heartland firms in Northmark: 8", "21 November 2026", "June 2026", "Northmark", documents.LINK):
        assert said in words(first)
    links = [
        run.hyperlink.address
        for shape in first.shapes
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    ]
    assert links == [documents.LINK]
    assert show.slide_width / show.slide_height == pytest.approx(16 / 9, rel=1e-3)


def test_each_chart_map_and_table_has_a_slide_named_by_its_heading(cluster):
    assert titles(read(documents.document(cluster))) == [
        "Devices lead; robotics is thin",
        "Records by D",
        "Aldbrook holds most firms",
        "Firms by area",
        "Sources and licences",
    ]


def test_the_picture_of_a_view_comes_before_the_table_above_it(cluster):
    _, chart, heading, place, table, _ = documents.document(cluster).parts
    found = titles(read(documents.document(cluster, parts=(table, heading, place, table))))
    assert found[1:4] == ["Aldbrook holds most firms", "Firms by area", "Firms by area (2)"]
    found = titles(read(documents.document(cluster, parts=(table, heading, place), story=True)))
    assert found[1:3] == ["Firms by area", "Aldbrook holds most firms"]


def test_a_view_with_a_poster_shows_it_over_a_whole_slide(cluster):
    show = read(taken("Organisations", cluster, {"show": ["landscape"]}).document)
    (sheet,) = shown_on(show.slides[1])
    assert (sheet.left, sheet.top, sheet.width) == (0, 0, show.slide_width) and "Landscape of" in alt_of(sheet)
    assert table_of(show.slides[2])[0][0] == "Name"


def test_no_two_slides_have_one_title(cluster):
    chart = documents.document(cluster).parts[1]
    parts = (Heading("Same"), chart, chart, chart, Heading("Same"), Text("Words."), Heading("Sources and licences"))
    found = titles(read(documents.document(cluster, title="Same", parts=parts)))
    assert len(found) == len(set(found)) and found[0] == "Same" and all(found)


def test_the_notes_hold_filter_link_source_licences_and_what_is_said(cluster):
    show = read(documents.document(cluster))
    for slide in show.slides:
        for said in ("Heartland firms in Northmark: 8", documents.LINK, "Invented data, free for any use."):
            assert said in notes(slide)
    assert "Say that the Ds overlap." in notes(slide_of(show, "Aldbrook"))
    assert "Firms. Source: the list of organisations." in notes(slide_of(show, "Aldbrook"))
    assert "What does each D hold?" in notes(show.slides[0])
    assert not any("Say that the Ds overlap." in words(slide) for slide in show.slides)


def test_what_is_shown_has_its_source_below_in_words_that_can_be_read(cluster):
    for slide in list(read(documents.document(cluster)).slides)[1:4]:
        (note,) = [shape for shape in slide.shapes if shape.has_text_frame and "Source:" in shape.text_frame.text]
        (shown,) = shown_on(slide)
        assert note.top >= shown.top + shown.height
        assert all(run.font.size >= Pt(12) for run in note.text_frame.paragraphs[0].runs)


def test_everything_that_is_no_text_has_words_that_stand_for_it(cluster):
    show = read(documents.document(cluster))
    assert [alt_of(shape) for slide in show.slides for shape in shown_on(slide)] == [
        "Records by D",
        "Map of heartland firms in Northmark",
        "Firms by area",
    ]


def test_the_last_slide_names_sources_and_licences(cluster):
    last = words(list(read(documents.document(cluster)).slides)[-1])
    for said in ("Records. Source: the list of organisations.", "Invented data", "8 firms are listed"):
        assert last.count(said) == 1


def test_the_file_says_what_it_is(cluster):
    about = read(documents.document(cluster)).core_properties
    assert (about.title, about.language) == ("Devices lead; robotics is thin", "en-GB")
    assert about.created.date().isoformat() == "2026-11-21"
    assert about.author == cluster.pack.name == about.last_modified_by
    xml = (
        zipfile.ZipFile(io.BytesIO(slides.file_of(documents.document(cluster)))).read("ppt/slides/slide1.xml").decode()
    )
    assert 'lang="en-GB"' in xml and 'lang="en-US"' not in xml


# ---- charts ---------------------------------------------------------------


def test_bars_by_d_are_a_native_chart_with_the_numbers_of_the_measure(cluster):
    chart = chart_of(slide_of(read(documents.document(cluster)), "Records by D"))
    table = counts.by_d(cluster, Filter(roles=("heartland",)))
    types = [each for each in cluster.plurals("record_type") if each in table]
    assert list(chart.plots[0].categories) == [cluster.plurals("record_type")[each] for each in types]
    assert list(series_of(chart)) == ["■ Data", "● Devices", "▲ Diagnostics", "◆ Digital", "⬟ Robotics"]
    assert list(series_of(chart).values()) == [[float(row[each]) for each in types] for _, row in table.iterrows()]
    assert series_of(chart)["● Devices"][0] == 3
    colours = [str(series.format.fill.fore_color.rgb) for series in chart.plots[0].series]
    assert colours == [colour[1:] for colour in table["colour_light"]]
    assert chart.has_legend and chart.plots[0].has_data_labels


def test_bars_of_one_d_are_named_by_the_types_of_record(cluster):
    types = cluster.plurals("record_type")
    table = counts.by_d(cluster, Filter(ds=("digital",)))
    types = {each: label for each, label in types.items() if each in table}
    chart = chart_of(one_chart(cluster, charts.by_d_chart(table, types, LIGHT)))
    assert list(chart.plots[0].categories) == list(types.values())
    assert series_of(chart) == {"◆ Digital": [float(table[each].iloc[0]) for each in types]}


def test_a_chart_can_be_edited_its_workbook_holds_the_numbers(cluster):
    chart = chart_of(slide_of(read(documents.document(cluster)), "Records by D"))
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [cell.value for cell in sheet[1]][1:] == list(series_of(chart))
    assert [cell.value for cell in sheet["C"]][1:] == series_of(chart)["● Devices"]


def test_the_bar_of_what_is_not_known_is_hatched(cluster, at_first):
    table = counts.firms_by(cluster, at_first, "size", 2026)
    chart = chart_of(one_chart(cluster, charts.shares_chart(table, LIGHT)))
    (series,) = chart.plots[0].series
    assert list(chart.plots[0].categories) == ["Small", "Large", "Not known"] and list(series.values) == [1, 1, 6]
    fills = [point_fill(series, place) for place in range(3)]
    assert [fill.type for fill in fills] == [MSO_FILL.SOLID, MSO_FILL.SOLID, MSO_FILL.PATTERNED]
    assert [str(fill.fore_color.rgb) for fill in fills[:2]] == [LIGHT.accent[1:]] * 2
    assert str(fills[2].back_color.rgb) == LIGHT.ground[1:]
    assert str(series.points[2].format.line.color.rgb) == LIGHT.quiet[1:]


def test_what_is_known_is_said_beside_its_share(cluster):
    known = coverage.columns_known(cluster, "companies")
    chart = chart_of(one_chart(cluster, charts.coverage_chart(known, LIGHT)))
    (series,) = chart.plots[0].series
    assert list(series.values) == known["share"].tolist()[:30] and series.name == "Known, %"
    assert chart.value_axis.maximum_scale == 100
    assert list(chart.plots[0].categories) == known["column"].tolist()[:30]
    said = chart._chartSpace.xpath(".//c:dLbl//a:t/text()")
    assert said == [f"{row.known:,} of {row.rows:,}" for row in known.head(30).itertuples()]


def test_regions_are_named_bars_with_their_figures(cluster, real):
    metric = next(iter(indicators.complete_series(real)))
    rows = indicators.regions(real, metric)
    chart = chart_of(one_chart(cluster, charts.regions_chart(rows, LIGHT)))
    assert list(chart.plots[0].categories) == rows["region"].tolist()
    assert list(chart.plots[0].series[0].values) == pytest.approx(rows["value"].tolist())
    assert chart._chartSpace.xpath(".//c:dLbl//a:t/text()") == rows["figure"].tolist()
    hatched = [point_fill(chart.plots[0].series[0], place).type == MSO_FILL.PATTERNED for place in range(len(rows))]
    assert hatched == rows["own"].tolist()


@pytest.mark.parametrize("by", ["D", "area"])
@pytest.mark.parametrize("lens", [lens.name for lens in help.LENSES])
def test_the_heat_map_is_a_native_table_of_shaded_cells(cluster, at_first, lens, by):
    grid = help.challenge_grid(cluster, at_first, lens, by)
    slide = one_chart(cluster, charts.challenge_grid_chart(grid, LIGHT, (grid["challenge"][0], None)))
    header, *rows = table_of(slide)
    assert header == ["", *dict.fromkeys(grid["label"])]
    titles = dict.fromkeys(grid["challenge"] + " " + grid["title"])
    assert [row[0] for row in rows] == list(titles)
    assert [cell for row in rows for cell in row[1:]] == grid["short"].tolist()
    (frame,) = shown_on(slide)
    cells = [cell for row in list(frame.table.rows)[1:] for cell in list(row.cells)[1:]]
    for cell, value, shown in zip(cells, grid["drawn"], grid["short"].str.partition(" ")[0], strict=True):
        nothing = pd.isna(value) or value == 0
        if shown == "0":
            assert (cell.fill.type, str(cell.fill.fore_color.rgb)) == (MSO_FILL.SOLID, "FFFFFF")
        elif nothing:
            assert cell.fill.type == MSO_FILL.PATTERNED
        else:
            assert f"#{cell.fill.fore_color.rgb}" in LIGHT.steps
    assert frame.table.cell(1, 1).text_frame.paragraphs[0].runs[0].font.bold
    assert not frame.table.cell(2, 1).text_frame.paragraphs[0].runs[0].font.bold


def test_what_is_neither_bars_nor_a_heat_map_is_a_picture(cluster, real):
    nodes, lines = network.nodes(cluster, Filter(), None), network.lines(cluster, Filter(), None)
    by_d, compared = counts.by_d(cluster, Filter()), counts.matches_compared(cluster, Filter())
    measure = next(iter(pace.measures(real)))
    baseline = next(iter(pace.baseline_labels(real, measure)))
    way = goals.path(real, pace.Counting(measure, baseline, 2025, 2030))
    for figure in (
        charts.network_chart(nodes, lines, cluster.plurals("record_type"), LIGHT, None),
        charts.matches_compared_chart(compared, by_d["colour_light"], LIGHT),
        charts.path_chart(way, LIGHT),
    ):
        (picture,) = shown_on(one_chart(cluster, figure))
        assert picture.image.content_type == "image/png" and alt_of(picture) == "What it shows"


def test_more_bars_than_can_be_read_are_said_to_be_left_out(cluster):
    table = pd.DataFrame({"label": [f"Area {place}" for place in range(45)], "all": range(45, 0, -1)})
    slide = one_chart(cluster, charts.shares_chart(table, LIGHT))
    assert len(list(chart_of(slide).plots[0].categories)) == 30
    assert "The first 30 of 45 bars; the workbook holds all." in words(slide)


# ---- maps and tables ------------------------------------------------------


def test_a_map_is_a_picture_as_wide_as_its_place(cluster):
    (picture,) = shown_on(slide_of(read(documents.document(cluster)), "Aldbrook"))
    wide, high = picture.image.size
    assert wide / high == pytest.approx(picture.width / picture.height, rel=0.01) and wide > 1500


def test_a_table_holds_the_first_rows_and_says_so(cluster):
    slide = slide_of(read(documents.long(cluster)), "Many firms")
    header, *rows = table_of(slide)
    assert header == ["Name", "Firms", "Share", "Known"]
    assert rows[0] == ["Firm 0", "0", "0.0000", "yes"] and rows[1] == ["Firm 1", "1", "0.0002", "no"]
    assert 8 < len(rows) <= 10
    assert f"The first {len(rows)} of 5,000 rows, by Firms, lowest first; the workbook holds all." in words(slide)


@pytest.mark.parametrize(("total", "slides"), [(10, [10]), (11, [6, 5]), (13, [7, 6]), (20, [10, 10]), (21, [10])])
def test_a_table_of_some_more_rows_goes_on_over_a_second_slide(cluster, total, slides):
    rows = pd.DataFrame({"Name": [f"Firm {place:02}" for place in range(total)], "Firms": range(total)})
    parts = (Heading("A finding"), Table("Firms by name", lambda: rows, "Firms. Source: the list."))
    show = read(documents.document(cluster, parts=parts))
    held = [slide for slide in show.slides if any(shape.has_table for shape in slide.shapes)]
    names = [name for slide in held for name, _ in table_of(slide)[1:]]
    assert [len(table_of(slide)) - 1 for slide in held] == slides
    assert names == list(rows["Name"][: sum(slides)])
    if len(slides) == 2:
        assert [slide.shapes.title.text_frame.text for slide in held] == ["A finding", "A finding (2)"]
        assert f"Rows {slides[0] + 1} to {total} of {total}, by Name." in words(held[1])


def test_a_table_that_goes_on_keeps_its_columns_and_its_order(cluster):
    """The later rows say more than the first, and stand in an order of their own."""
    rows = pd.DataFrame({"Name": [f"Firm {place % 7}" for place in range(14)]})
    for column in "ABCDEFGH":
        rows[column] = [f"{column}{place}" if place < 10 else "Midlandshealthtechnologies" * 2 for place in range(14)]
    parts = (Heading("A finding"), Table("Firms", lambda: rows, "Source: the list."))
    show = read(documents.document(cluster, parts=parts))
    held = [slide for slide in show.slides if any(shape.has_table for shape in slide.shapes)]
    assert len(held) > 1 and len({tuple(table_of(slide)[0]) for slide in held}) == 1
    orders = [re.search(r"Rows \d+ to \d+ of 14, ([^.]+)\.", words(slide))[1] for slide in held]
    assert len(set(orders)) == 1 and all("Columns left out: " in words(slide) for slide in held)


def test_no_row_of_a_table_that_goes_on_is_lost_where_few_find_room_on_a_slide(cluster):
    """Sentences above and a long note below leave room for few rows: the table takes more slides, evenly filled."""
    names = [f"Firm {place:02}" for place in range(17)]
    table = Table("Firms by name", lambda: pd.DataFrame({"Name": names}), "Firms. " + "A long note. " * 80)
    parts = (Heading("A finding " * 12), Text("What there is to say of it. " * 25), table)
    show = read(documents.document(cluster, parts=parts))
    held = [slide for slide in show.slides if any(shape.has_table for shape in slide.shapes)]
    rows = [[name for (name,) in table_of(slide)[1:]] for slide in held]
    assert [name for some in rows for name in some] == names and len(held) > 2
    assert len({slide.shapes.title.text_frame.text for slide in held}) == len(held)
    for slide, some in zip(held, rows, strict=True):
        assert f"Rows {int(some[0][-2:]) + 1} to {int(some[-1][-2:]) + 1} of 17, by Name." in words(slide)


def test_no_sentence_stands_twice_on_a_slide(cluster):
    note = "Firms. Source: the list."
    table = Table("Firms by name", lambda: pd.DataFrame({"Name": ["a"]}), note)
    said = words(slide_of(read(documents.document(cluster, parts=(Heading("A"), table, Text(f"Few. {note}")))), "A"))
    assert said.count(note) == 1 and "Few." in said


def test_a_short_table_is_whole(cluster):
    slide = slide_of(read(documents.document(cluster)), "Firms by area")
    table = counts.firms_by_area_in_words(counts.firms_by_area(cluster, Filter(roles=("heartland",))))
    header, *rows = table_of(slide)
    assert header == list(table.columns) and rows == [[str(cell) for cell in row] for row in table.to_numpy().tolist()]
    assert "the workbook holds all" not in words(slide)


def test_wide_tables_lose_columns_and_say_so_and_what_is_not_known_is_not_zero(cluster):
    names = ["Column 0", *(f"Column{place}{'wide' * 4}" for place in range(1, 9))]
    frame = pd.DataFrame({name: [1234.5, None, 0.0] for name in names})
    show = read(documents.document(cluster, parts=(Table("Wide", lambda: frame),)))
    slide = slide_of(show, "Wide")
    _, *rows = table_of(slide)
    assert [row[0] for row in rows] == ["1,234.5", "not known", "0.0"]
    assert 1 < len(rows[0]) < len(names)
    assert f"Columns left out: {', '.join(names[len(rows[0]) :])}; the workbook holds all." in words(slide)


def test_columns_that_find_room_are_shown_however_many(cluster):
    frame = pd.DataFrame({f"Column {place}": [place, 0] for place in range(12)})
    slide = table_slide(cluster, frame)
    assert table_of(slide)[1:] == [[str(place) for place in range(12)], ["0"] * 12]
    assert "the workbook holds all" not in words(slide)


def table_slide(cluster, frame, **changes):
    """The slide of a document of one table."""
    parts = (Heading("A table"), Table("What it lists", lambda: frame, "Firms. Source: the list."))
    return slide_of(read(documents.document(cluster, parts=parts, **changes)), "A table")


def test_a_year_reads_as_a_year(cluster):
    frame = pd.DataFrame({"Since": [2021.0, None], "Firms": [2021, 12345]})
    slide = table_slide(cluster, typed(frame, {"Since": Year()}))
    assert table_of(slide)[1:] == [["2021", "2,021"], ["not known", "12,345"]]


@pytest.mark.parametrize("heading", ["Where", "Place"])
def test_a_wide_table_keeps_columns_of_priority_whatever_they_are_called(cluster, heading):
    same, nothing, told = ["Onewords" * 3, "Onewords" * 3], [None, None], ["Onewords" * 3, "Twowords" * 3]
    frame = pd.DataFrame(
        {"Name": told, "Region": same, "Empty": nothing, "Stage": told, "Size": told, "Origin": told}
        | {"Website": told, heading: same, "Status": ["One", "One"], "Publisher": ["One", "Two"], "Source": nothing}
    )
    kept = dict.fromkeys([heading, "Status", "Publisher", "Source"], FIRM)
    slide = table_slide(cluster, typed(frame, kept | {"Website": WEBSITE}))
    assert table_of(slide)[0] == ["Name", "Website", heading, "Status", "Publisher", "Source"]
    assert "Columns left out: Region, Empty, Stage, Size, Origin; the workbook holds all." in words(slide)


def test_addresses_are_named_by_their_sites_and_lead_to_the_pages(cluster):
    pages = ["https://example.org/gazette", "https://example.com/survey", "https://example.org/register?page=1"]
    frame = pd.DataFrame({"Name": ["A", "B", "C"], "Sources": [" ".join(pages), pages[1], "none"]})
    (shown,) = shown_on(table_slide(cluster, frame))
    cells = [shown.table.cell(row, 1) for row in (1, 2, 3)]
    assert [cell.text for cell in cells] == ["example.org, example.com, example.org", "example.com", "none"]
    runs = [run for cell in cells for run in cell.text_frame.paragraphs[0].runs]
    links = [(run.text, run.hyperlink.address) for run in runs if run.hyperlink.address]
    sites = ["example.org", "example.com", "example.org", "example.com"]
    assert links == list(zip(sites, [*pages, pages[1]], strict=True))


@pytest.mark.parametrize("said", ["https://evil.example/x", "see https://example.org/gazette", "javascript:alert(1)"])
def test_what_is_no_list_of_known_addresses_is_no_link(cluster, said):
    (shown,) = shown_on(table_slide(cluster, pd.DataFrame({"Source": [said]})))
    cell = shown.table.cell(1, 0)
    assert cell.text == said
    assert not any(run.hyperlink.address for run in cell.text_frame.paragraphs[0].runs)


def sizes_of(shape):
    """The sizes of the words of a text box or a table."""
    frames = [cell.text_frame for cell in shape.table.iter_cells()] if shape.has_table else [shape.text_frame]
    return {run.font.size for frame in frames for run in frame.paragraphs[0].runs}


def test_words_become_small_before_a_cell_is_cut_and_a_cut_is_said(cluster):
    for number, is_cut in ((3, False), (6, False), (30, True)):
        said = [f"Row {row}: {'many words ' * number}".strip() for row in range(8)]
        slide = table_slide(cluster, pd.DataFrame({"Name": said, "Note": said, "More": said}))
        (shown,) = shown_on(slide)
        assert ([row[0] for row in table_of(slide)[1:]] == said) != is_cut
        assert ("Cells that end with … are cut; the workbook holds all." in words(slide)) == is_cut
        assert min(sizes_of(shown)) >= Pt(12)


@pytest.mark.parametrize(("words_said", "least", "is_cut"), [(20, 18, False), (80, 12, False), (400, 12, True)])
def test_a_sentence_becomes_small_before_it_is_cut_and_the_notes_hold_it_whole(cluster, words_said, least, is_cut):
    said = " ".join(f"word{place}" for place in range(words_said))
    note = " ".join(f"note{place}" for place in range(words_said))
    chart = replace(documents.document(cluster).parts[1], note=note)
    slide = slide_of(read(documents.document(cluster, parts=(Heading("A finding"), Text(said), chart))), "A finding")
    for text, smallest in ((said, least), (note, 10)):
        (box,) = [one for one in slide.shapes if one.has_text_frame and text[:5] in one.text_frame.text]
        assert (box.text_frame.text == text) != is_cut
        assert box.text_frame.text.endswith("… (cut; whole in the notes)") == is_cut
        assert min(sizes_of(box)) >= Pt(smallest)
        assert text in notes(slide)


def test_a_name_in_a_chart_that_is_cut_is_said_to_be(cluster):
    table = pd.DataFrame({"label": ["long " * 40, "Short"], "all": [2, 1]})
    assert "Names that end with … are cut" in words(one_chart(cluster, charts.shares_chart(table, LIGHT)))
    assert "Names that end" not in words(one_chart(cluster, charts.shares_chart(table[1:], LIGHT)))


def test_no_heading_breaks_inside_a_word(cluster):
    frame = pd.DataFrame(
        {"Name": ["Organisation " * 8], "From": [2020], "Until": [2021], "Confidence": ["Sure"]}
        | {"Identification": ["unbelievablylongwords" * 3], "Notes": ["other-words " * 9], "Source": ["a page " * 12]}
    )
    (shown,) = shown_on(table_slide(cluster, frame))
    for column, cell in zip(shown.table.columns, shown.table.rows[0].cells, strict=True):
        size = cell.text_frame.paragraphs[0].runs[0].font.size
        room = column.width - cell.margin_left - cell.margin_right
        assert 1.1 * fonts.width(cell.text, size, bold=True) <= room


@pytest.mark.parametrize("letters", [10, 140, 2000])
def test_a_table_ends_above_its_note(cluster, letters):
    frame = pd.DataFrame({f"Heading number {place} of many": ["word " * (letters // 5)] * 40 for place in range(7)})
    slide = table_slide(cluster, frame, statement="A long statement " * 10)
    (shown,) = shown_on(slide)
    (note,) = [shape for shape in slide.shapes if shape.has_text_frame and "Source: the list." in shape.text_frame.text]
    assert shown.top + sum(row.height for row in shown.table.rows) <= note.top
    assert len(shown.table.rows) > 1


def test_each_slide_names_its_view(cluster):
    show = read(documents.document(cluster))
    assert all("Devices lead; robotics is thin" in words(slide) for slide in show.slides)
    *shows, last = list(show.slides)[1:]
    assert all("Licences: in the notes and at the end" in words(slide) for slide in shows)
    assert all(line in words(last) for line in cluster.pack.licences)
    (view,) = [shape for shape in show.slides[2].shapes if shape.has_text_frame and "robotics" in shape.text_frame.text]
    (shown,) = shown_on(show.slides[2])
    assert view.top > shown.top + shown.height and view.top + view.height <= show.slide_height


def test_a_heading_of_nothing_has_no_slide(cluster):
    chart = documents.document(cluster).parts[1]
    parts = (Heading("Above"), Heading("A finding"), chart, Heading("Void"), Text(" "), Heading("The end"))
    found = titles(read(documents.document(cluster, parts=parts)))
    assert found == ["Devices lead; robotics is thin", "A finding", "Sources and licences"]


def test_what_has_no_name_shows_none(cluster):
    record_type = next(iter(cluster.plurals("record_type")))
    figure = charts.by_d_chart(counts.by_d(cluster, Filter()), {record_type: "Firms"}, LIGHT)
    figure.data[-1].text = [""]
    chart = chart_of(one_chart(cluster, figure))
    assert [str(name).strip() for name in chart.plots[0].categories] == [""]
    text = chart._chartSpace.xpath(".//c:v/text()")
    assert not {"None", "nan", "Series1"} & set(text)


# ---- stories --------------------------------------------------------------


def test_a_story_has_a_slide_for_each_scene(cluster):
    _, chart, _, place, *_ = documents.document(cluster).parts
    scenes = (
        Heading("Devices lead"),
        Text("Three of nine firms make devices."),
        chart,
        Notes("Wait for the laugh."),
        Heading("Aldbrook first"),
        Text("Two firms are there."),
        replace(place, alt="Where"),
        Heading("What next"),
        Text("Ask the firms."),
    )
    show = read(documents.document(cluster, parts=scenes, story=True, title="A story"))
    assert titles(show) == ["A story", "Devices lead", "Aldbrook first", "What next", "Sources and licences"]
    scene = slide_of(show, "Devices lead")
    assert "Three of nine firms make devices." in words(scene) and "Wait for the laugh." not in words(scene)
    assert notes(scene).startswith("Wait for the laugh.")
    assert "Wait for the laugh." not in notes(slide_of(show, "Aldbrook"))
    assert "Ask the firms." in words(slide_of(show, "What next"))
    (shown,) = shown_on(scene)
    assert shown.width * shown.height > 0.5 * show.slide_width * show.slide_height
    sizes = [
        run.font.size
        for slide in list(show.slides)[1:4]
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.text.startswith(("Three of", "Two firms", "Ask the"))
    ]
    assert len(sizes) == 3 and min(sizes) >= Pt(24)


def test_the_sentence_of_a_scene_is_whole_and_below_its_title(cluster):
    said = "Firms stand among the universities, hospitals, laboratories and programmes that they can draw on. " * 2
    title = "No help with capacity for new opportunities is known for data in the whole of the region"
    parts = (Heading(title), Text(said), documents.document(cluster).parts[1])
    slide = slide_of(read(documents.document(cluster, parts=parts, story=True)), "No help")
    (sentence,) = [shape for shape in slide.shapes if shape.has_text_frame and "Firms stand" in shape.text_frame.text]
    assert sentence.text_frame.text == said.strip()
    head, size = slide.shapes.title, slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size
    wide_serif = 0.6 * size * len(title)
    assert head.top + 1.2 * size * -(-wide_serif // head.width) <= sentence.top
    assert sentence.top + sentence.height <= shown_on(slide)[0].top


def test_many_paragraphs_go_on_over_the_next_slide(cluster):
    said = [f"Paragraph {place}. {'word ' * 60}" for place in range(24)]
    show = read(documents.document(cluster, parts=(Heading("Much to say"), *map(Text, said))))
    whole = "\n".join(words(slide) for slide in show.slides)
    assert all(f"Paragraph {place}." in whole for place in range(24))
    assert "Much to say (2)" in titles(show)


def test_a_few_paragraphs_become_small_before_they_go_on(cluster):
    said = [f"Paragraph {place}. {'word ' * 40}" for place in range(8)]
    show = read(documents.document(cluster, parts=(Heading("Something to say"), *map(Text, said))))
    assert "Something to say (2)" not in titles(show)
    assert {
        run.font.size.pt for run in slide_of(show, "Something to say").placeholders[1].text_frame.paragraphs[0].runs
    } <= {16, 14, 12}


# ---- bad input ------------------------------------------------------------


def off_the_slide(show):
    """Shapes that do not lie on their slide; the rows of tables are added up."""
    found = []
    for slide in show.slides:
        for shape in slide.shapes:
            high = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            wide = sum(column.width for column in shape.table.columns) if shape.has_table else shape.width
            inside = 0 <= shape.left <= shape.left + wide <= show.slide_width
            if not inside or not 0 <= shape.top <= shape.top + high <= show.slide_height:
                found.append((slide.shapes.title.text_frame.text[:40], shape.name))
    return found


@pytest.mark.parametrize("make", [documents.document, documents.empty, documents.long, documents.odd])
def test_nothing_stands_off_a_slide_and_no_two_shapes_share_an_id(cluster, make):
    show = read(make(cluster))
    assert off_the_slide(show) == []
    for slide in show.slides:
        ids = slide._element.xpath(".//p:cNvPr/@id")
        assert len(ids) == len(set(ids))
        assert all(alt_of(shape) for shape in shown_on(slide))


def test_an_empty_view_says_what_it_lacks(cluster):
    show = read(documents.empty(cluster))
    whole = "\n".join(words(slide) for slide in show.slides)
    assert "There is nothing to draw for this choice." in whole
    assert "The table has no row for this choice." in whole
    assert len([shape for slide in show.slides for shape in shown_on(slide)]) == 1  # the map without marks
    assert "This view holds nothing to show." in words(read(documents.document(cluster, parts=())).slides[1])


@pytest.mark.parametrize("title", [LONG, "word " * 60, "شركة " * 60], ids=["one word", "many words", "Arabic"])
def test_a_long_title_becomes_small_and_stays_whole(cluster, title):
    chart = documents.document(cluster).parts[1]
    show = read(documents.document(cluster, title=title, statement=title, parts=(Heading(title), chart)))
    assert off_the_slide(show) == []
    written = show.slides[0].shapes.title.text_frame
    assert written.paragraphs[0].runs[0].font.size >= Pt(12)
    assert show.slides[0].shapes.title.text_frame.text == title.strip()


def test_odd_names_stand_as_they_are(cluster):
    show = read(documents.odd(cluster))
    slide = show.slides[1]
    assert slide.shapes.title.text_frame.text == documents.ODD_NAMES[6]
    written = [row[0] for one in (slide, show.slides[2]) for row in table_of(one)[1:]]
    assert written[:4] == list(documents.ODD_NAMES[:4]) and documents.ODD_NAMES[9] in written
    assert written[4:6] == ["Tab first", "Return first"]
    assert alt_of(shown_on(slide)[0]) == "Odd & <names>"


def test_signs_that_xml_forbids_are_left_out_everywhere(cluster):
    table = pd.DataFrame({"label": [FORBIDDEN, "Plain"], "all": [3, 10]})
    parts = (
        Heading(FORBIDDEN),
        Text(FORBIDDEN),
        Chart(FORBIDDEN, FORBIDDEN, lambda ground: charts.shares_chart(table, ground), lambda: table),
        Table(FORBIDDEN, lambda: table.rename(columns={"label": FORBIDDEN}), FORBIDDEN),
        Notes(FORBIDDEN),
    )
    changes = {"title": FORBIDDEN, "statement": FORBIDDEN, "link": FORBIDDEN, "question": FORBIDDEN}
    show = read(documents.document(cluster, parts=parts, **changes))
    assert titles(show)[:2] == ["Bad signs here", "Bad signs here: Bad signs here"] or len(set(titles(show))) == 4
    assert list(chart_of(show.slides[1]).plots[0].categories) == ["Bad signs here", "Plain"]


def test_no_label_becomes_a_formula_or_a_link_in_the_workbook_of_a_chart(cluster):
    odd = [*documents.ODD_NAMES[:-1], "https://evil.example", "mailto:a@b.example", "external:c:\\x", "{=1+1}"]
    table = pd.DataFrame({"label": odd, "all": range(len(odd))})
    chart = chart_of(one_chart(cluster, charts.shares_chart(table, LIGHT)))
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}
    assert [str(cell.value).strip() for cell in sheet["A"]][1] == documents.ODD_NAMES[0]
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_a_map_of_a_record_without_position_is_drawn_without_it(cluster):
    nothing = Filter(text="zzzz")
    part = Map(
        "A map",
        "Firms.",
        lambda: places.points(cluster, nothing),
        lambda: places.bubbles(cluster, nothing),
        pd.DataFrame,
    )
    show = read(documents.document(cluster, parts=(part,)))
    assert len(shown_on(show.slides[1])) == 1


def test_a_link_leads_nowhere_else(cluster):
    file = slides.file_of(documents.document(cluster))
    parts = zipfile.ZipFile(io.BytesIO(file))
    outside = set()
    for name in parts.namelist():
        if name.endswith(".rels"):
            outside |= set(re.findall(r'Target="([^"]+)" TargetMode="External"', parts.read(name).decode()))
    assert outside == {documents.LINK.replace("&", "&amp;")}
