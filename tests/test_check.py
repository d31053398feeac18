"""The rules across tables, and how faults stand together. Wording is behaviour: sentences are asserted in full."""

import pytest

from tests.packs import add, drop, edit, faults_of, on_rows, renamed, without, write_pack

FIRM = "companies.csv line 2, column"


def firm(**cells: str):
    return {"companies": edit("test-firm-a", **cells)}


def test_the_invented_pack_has_no_faults(tmp_path):
    assert faults_of(write_pack(tmp_path)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "answers"),
    [
        # words and references
        (
            firm(confidence="surr"),
            [
                f"{FIRM} 'confidence': 'surr' is not a word for this column. Known: sure, fair, doubtful. "
                "Did you mean 'sure'? If it is a new word, add it to vocabulary.csv under the field 'confidence'."
            ],
        ),
        (
            firm(ds="device; data; data"),
            [
                f"{FIRM} 'ds': 'data' stands twice in this cell. Delete one of them.",
                f"{FIRM} 'ds': 'device' is not in ds.csv. Known: data, devices, diagnostics, digital, robotics. "
                "Did you mean 'devices'? If it is new, add a row to ds.csv.",
            ],
        ),
        (
            firm(challenges="N1;;N2;"),
            [f"{FIRM} 'challenges': a semicolon has nothing on one side. Delete the semicolon or add what is missing."],
        ),
        (
            firm(source_ids="test-gazete"),
            [
                f"{FIRM} 'source_ids': 'test-gazete' is not in sources.csv. "
                "Known: test-gazette, test-register, test-survey. Did you mean 'test-gazette'? "
                "If it is new, add a row to sources.csv."
            ],
        ),
        (
            firm(lad_code="X00000011"),
            [
                f"{FIRM} 'lad_code': 'X00000011' is not in areas.csv. "
                "Known: X00000001, X00000002, X00000003, X00000004. "
                "If it is new, add a row to areas.csv."
            ],
        ),
        (
            firm(located_at="test-prk"),
            [
                f"{FIRM} 'located_at': 'test-prk' is not in assets.csv or partners.csv. "
                "Did you mean 'test-park'? If it is new, add a row to its table."
            ],
        ),
        (
            {"links": edit("test-firm-f", to_id="university-of-northmarch")},
            [
                "links.csv line 4, column 'to_id': 'university-of-northmarch' is not in companies.csv, "
                "universities.csv, trusts.csv, assets.csv, support_offers.csv, investors.csv or partners.csv. "
                "Did you mean 'university-of-northmark'? If it is new, add a row to its table."
            ],
        ),
        (
            {"themes": edit("A.1", parent="Z")},
            [
                "themes.csv line 3, column 'parent': 'Z' is not in themes.csv. Known: A, A.1, B. "
                "If it is new, add a row to themes.csv."
            ],
        ),
        (
            {"vocabulary": on_rows(lambda rows: [row for row in rows if row["field"] != "stage"])},
            [
                "vocabulary.csv, column 'field': no row has the field 'stage', whose words stand in companies.csv, "
                "column 'stage'. Add its words."
            ],
        ),
        (
            {"vocabulary": on_rows(lambda rows: [row for row in rows if row["id"] != "board"])},
            [
                "vocabulary.csv, column 'field': the field 'record_type' has no row for 'board': the rows of "
                "trusts.csv have no label. Add the row."
            ],
        ),
        # groups and labels
        (
            {"groups": edit("coast", value="Coastal")},
            [
                "groups.csv line 4, column 'value': no area has 'Coastal' in its column 'ics'. Did you mean 'Coast'? "
                "Correct it, or give an area this value."
            ],
        ),
        (
            {"groups": edit("coast", label="Inner Northmark")},
            [
                "groups.csv lines 2 and 4, column 'label': both are 'Inner Northmark'. "
                "A label may stand here once. Correct one of them."
            ],
        ),
        (
            {"ds": edit("data", label="Digital"), "reaches": edit("inner", label="Whole nation")},
            [
                "ds.csv lines 2 and 5, column 'label': both are 'Digital'. A label may stand here once. "
                "Correct one of them.",
                "reaches.csv lines 2 and 4, column 'label': both are 'Whole nation'. A label may stand here once. "
                "Correct one of them.",
            ],
        ),
        (
            {
                "vocabulary": on_rows(
                    lambda rows: [row | {"label": "Grown"} if row["id"] == "lab" else row for row in rows]
                )
            },
            [
                "vocabulary.csv lines 18 and 20, column 'label': both are 'Grown'. A label may stand here once. "
                "Correct one of them."
            ],
        ),
        (
            {"groups": edit("coast", label="Aldbrook")},
            [
                "groups.csv line 4, column 'label': 'Aldbrook' is also the name of an area. "
                "Give the group a label of its own."
            ],
        ),
        (
            {"areas": edit("X00000002", name="Aldbrook")},
            [
                "areas.csv lines 2 and 3, column 'name': both are 'Aldbrook'. A label may stand here once. "
                "Correct one of them."
            ],
        ),
    ],
)
def test_each_rule_says_where_what_and_what_to_do(tmp_path, changes, answers):
    assert faults_of(write_pack(tmp_path, **changes)) == answers


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        firm(employees="12.0"),
        firm(lat="5.4503e1"),
        firm(ds="data;devices ; robotics"),
        firm(employees_year="2026"),
        {"trusts": edit("carrow-mind-trust", dissolved_on="2026-11-21")},
        {"indicators": edit("jobs_2030", year_to="2060")},
        {"support_offers": edit("old-grants", opens="2019-03-31")},
        {"partners": edit("test-ministry", id="test-ministry", name="Test Park")},
        {"partners": add(id="test-park", name="Test Park")},
        {
            "groups": lambda text: text.splitlines()[0],
            "reaches": edit("inner", group=""),
            "pack": lambda text: text.split("outlines")[0],
        },
        {"events": lambda text: text.splitlines()[0]},
    ],
)
def test_what_is_right_is_left_alone(tmp_path, changes):
    assert faults_of(write_pack(tmp_path, **changes)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "count"),
    [
        (firm(lat="north"), 1),
        (firm(lat=""), 1),
        (firm(employees="minus three"), 1),
        (firm(founded="2500"), 1),
        ({"areas": edit("X00000001", population="1,2")}, 1),
        ({"companies": None}, 1),
        ({"sources": b"\xff"}, 1),
        ({"vocabulary": None}, 1),
        ({"areas": None}, 1),
        ({"areas": without("lad_code")}, 1),
        ({"ds": renamed("id", "ident")}, 2),
        ({"companies": without("lon")}, 1),
        ({"companies": without("location_precision")}, 1),
        ({"links": without("year")}, 1),
        ({"links": lambda text: add(year="x")(add(year="y")(text))}, 2),
        ({"boundaries": "{"}, 1),
        ({"companies": lambda text: text.replace("test-firm-b,", "test-firm-b")}, 1),
    ],
)
def test_one_cause_gives_one_fault(tmp_path, change, count):
    faults = faults_of(write_pack(tmp_path, **change))
    assert len(faults) == count, faults


def test_all_faults_come_at_once_by_file_and_line(tmp_path):
    faults = faults_of(
        write_pack(
            tmp_path,
            trusts=drop("moor-and-dale-care-board"),
            companies=lambda text: edit("test-firm-f", name="")(edit("test-firm-k", stage="grwon")(text)),
            events=None,
            areas=edit("X00000003", population="x"),
        )
    )
    where = [fault.split(":")[0] for fault in faults]
    assert where == [
        "areas.csv line 4, column 'population'",
        "companies.csv line 8, column 'name'",
        "companies.csv line 13, column 'stage'",
        "events.csv",
        "links.csv line 8, column 'to_id'",
    ]


def test_long_values_and_lists_are_cut(tmp_path):
    many = on_rows(lambda rows: rows + [rows[-1] | {"id": f"T{number}", "parent": "T"} for number in range(20)])
    long = "x" * 500
    faults = faults_of(write_pack(tmp_path, themes=many, **firm(status=long + "\nline")))
    assert faults[0] == (
        f"{FIRM} 'status': '{'x' * 60}…' is not a word for this column. "
        "Known: trading, open, bought, unclear, ended. "
        "If it is a new word, add it to vocabulary.csv under the field 'status'."
    )
    assert "Known: A, A.1, B, T0, T1, T2, T3, T4, T5, T6 and 13 more." in faults[1]
