"""The rules of single cells and rows. Wording is behaviour: sentences are asserted in full."""

import pytest

from cluster_data.input.check.forms import CHOICE, FORMS
from cluster_data.model.tables import TABLES
from tests.packs import add, drop, edit, faults_of, write_pack

OR_EMPTY = ", or leave it empty if it is not known."
FIRM = "companies.csv line 2, column"


def firm(**cells: str):
    return {"companies": edit("test-firm-a", **cells)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "answers"),
    [
        # numbers
        (
            firm(employees="1,200"),
            [f"{FIRM} 'employees': '1,200' is not a number that can be read. Write 1200, without commas."],
        ),
        (
            firm(funding_gbp="£1m"),
            [
                f"{FIRM} 'funding_gbp': '£1m' is not a number that can be read. "
                f"Write the digits alone, such as 1200{OR_EMPTY}"
            ],
        ),
        (
            firm(employees="12.5"),
            [f"{FIRM} 'employees': '12.5' is not a whole number. Write a whole number{OR_EMPTY}"],
        ),
        (
            firm(lat="54,5"),
            [
                f"{FIRM} 'lat': '54,5' is not a number that can be read. "
                f"Write the digits alone, such as 1200 or 0.5{OR_EMPTY}"
            ],
        ),
        (
            {"areas": edit("X00000001", population="many")},
            [
                "areas.csv line 2, column 'population': 'many' is not a number that can be read. "
                "Write the digits alone, such as 1200."
            ],
        ),
        (firm(employees="-3"), [f"{FIRM} 'employees': -3 is below 0. Correct it{OR_EMPTY}"]),
        (firm(founded="1066"), [f"{FIRM} 'founded': 1066 is below 1700. Correct it{OR_EMPTY}"]),
        (firm(founded="20255"), [f"{FIRM} 'founded': 20255 is above 2100. Correct it{OR_EMPTY}"]),
        (
            {"ds": edit("data", order="0")},
            ["ds.csv line 2, column 'order': 0 is below 1. Correct it."],
        ),
        # forms
        (
            firm(postcode="nm11aa"),
            [
                f"{FIRM} 'postcode': 'nm11aa' is not a postcode: capitals and one space, such as B15 2GW. "
                f"Did you mean 'NM1 1AA'? Correct it{OR_EMPTY}"
            ],
        ),
        (
            firm(website="www.example.org"),
            [
                f"{FIRM} 'website': 'www.example.org' is not a web address such as https://www.example.org/page. "
                f"Did you mean 'https://www.example.org'? Correct it{OR_EMPTY}"
            ],
        ),
        (
            firm(website="javascript:alert(1)"),
            [
                f"{FIRM} 'website': 'javascript:alert(1)' is not a web address such as "
                f"https://www.example.org/page. Correct it{OR_EMPTY}"
            ],
        ),
        (
            firm(company_number="1234567"),
            [
                f"{FIRM} 'company_number': '1234567' is not a number of Companies House: eight digits, such as "
                "01234567, or two letters of its register and six digits, such as SC123456. "
                f"Did you mean '01234567'? Correct it{OR_EMPTY}"
            ],
        ),
        (
            {
                "partners": edit("test-ministry", name="Test"),
                "trusts": edit("carrow-mind-trust", id="Carrow Mind Trust"),
                "sites": drop("carrow-house"),
            },
            [
                "trusts.csv line 3, column 'id': 'Carrow Mind Trust' is not an id: lower-case letters and digits, "
                "parted by single hyphens, such as test-firm-a. Did you mean 'carrow-mind-trust'? Correct it."
            ],
        ),
        (
            {"reaches": edit("inner", local="Yes")},
            [
                "reaches.csv line 2, column 'local': 'Yes' is not one of the words for this column. Known: yes, no. "
                "Did you mean 'yes'? Correct it."
            ],
        ),
        (
            {"ds": edit("data", colour_light="12436D")},
            [
                "ds.csv line 2, column 'colour_light': '12436D' is not a colour such as #12436D. "
                "Did you mean '#12436D'? Correct it."
            ],
        ),
        # cells that must not be empty, ids that stand once
        (firm(name=""), [f"{FIRM} 'name': nothing is there; every row needs a value. Fill it in: Name."]),
        (
            {"companies": add(id="test-firm-a")},
            [
                "companies.csv lines 2 and 15, column 'id': both are 'test-firm-a'. A value may stand here once. "
                "Delete one line or correct its value."
            ],
        ),
        (
            {"companies": lambda text: add(id="test-firm-a")(add(id="test-firm-a")(text))},
            [
                "companies.csv lines 2, 15 and 16, column 'id': all are 'test-firm-a'. A value may stand here once. "
                "Delete one line or correct its value."
            ],
        ),
        (
            {"links": add(from_id="university-of-northmark")},
            [
                "links.csv lines 8 and 9: both have the same from_id, to_id, kind, year and note. "
                "Delete one line, or correct what differs."
            ],
        ),
        # days, years, order
        (
            {"trusts": edit("carrow-mind-trust", dissolved_on="31/03/2022")},
            [
                "trusts.csv line 3, column 'dissolved_on': '31/03/2022' is not a day as year-month-day, such as "
                f"2026-11-01. Did you mean '2022-03-31'? Correct it{OR_EMPTY}"
            ],
        ),
        (
            {"trusts": edit("carrow-mind-trust", dissolved_on="2025-02-30")},
            ["trusts.csv line 3, column 'dissolved_on': '2025-02-30' is in no calendar. Correct the day."],
        ),
        (
            {"trusts": edit("carrow-mind-trust", dissolved_on="2026-11-22")},
            [
                "trusts.csv line 3, column 'dissolved_on': 2026-11-22 is in the future; today is 2026-11-21. "
                "Correct it, or leave it empty until then."
            ],
        ),
        (
            firm(employees_year="2027"),
            [
                f"{FIRM} 'employees_year': 2027 is in the future; today is 2026-11-21. "
                "Correct it, or leave it empty until then."
            ],
        ),
        (
            {"support_offers": edit("old-grants", opens="2020-01-01")},
            [
                "support_offers.csv line 6, column 'closes': it closes before it opens: 'opens' is 2020-01-01 and "
                "'closes' is 2019-03-31. Correct one of the two."
            ],
        ),
        (
            {"indicators": edit("robotics_share", year_from="2026", value="7", value_high="3")},
            [
                "indicators.csv line 6, column 'value_high': the upper end is below the lower: 'value' is 7 and "
                "'value_high' is 3. Correct one of the two.",
                "indicators.csv line 6, column 'year_to': the first year comes after the last: 'year_from' is 2026 "
                "and 'year_to' is 2025. Correct one of the two.",
            ],
        ),
    ],
)
def test_each_rule_says_where_what_and_what_to_do(tmp_path, changes, answers):
    assert faults_of(write_pack(tmp_path, **changes)) == answers


def test_every_form_has_words():
    patterns = {
        check.statistics["pattern"]
        for model in TABLES.values()
        for column in model.to_schema().columns.values()
        for check in column.checks
        if check.name == "str_matches"
    }
    assert {pattern for pattern in patterns if not CHOICE.fullmatch(pattern)} <= set(FORMS)


@pytest.mark.parametrize(
    "number",
    ["01234567", "SC123456", "NI012345", "OC300001", "R0000012", "FC012345", "CE001234", "IP12345R", "SP1234RS"],
)
def test_numbers_of_companies_house_are_taken(tmp_path, number):
    assert faults_of(write_pack(tmp_path, **firm(company_number=number))) == []


@pytest.mark.parametrize(
    ("cells", "hint"),
    [
        ({"company_number": "12345"}, "00012345"),
        ({"company_number": "sc12345"}, "SC012345"),
        ({"company_number": "0123 4567"}, "01234567"),
        ({"company_number": "12345678.0"}, "12345678"),
        ({"company_number": "ABCDEFGH"}, None),
        ({"company_number": "QQ123456"}, None),
        ({"company_number": "none"}, None),
        ({"company_number": "٠١٢٣٤٥٦٧"}, None),
        ({"website": "info@example.org"}, None),
        ({"website": "ftp://example.org"}, None),
        ({"website": "n.a."}, None),
        ({"website": "see example.org"}, None),
        ({"postcode": "none"}, None),
        ({"status": "untrading"}, None),
        ({"source_ids": "test-gazette-2"}, None),
    ],
)
def test_a_hint_is_right_or_there_is_none(tmp_path, cells, hint):
    (fault,) = [fault for fault in faults_of(write_pack(tmp_path, **firm(**cells))) if "column" in fault]
    assert ("Did you mean" in fault) == (hint is not None)
    assert hint is None or f"Did you mean '{hint}'?" in fault


@pytest.mark.parametrize("day", ["13/25/2022", "31/02/2022", "00/01/2022"])
def test_no_day_is_offered_that_is_in_no_calendar(tmp_path, day):
    (fault,) = faults_of(write_pack(tmp_path, trusts=edit("carrow-mind-trust", dissolved_on=day)))
    assert "Did you mean" not in fault


def test_a_decimal_comma_is_not_taken_for_thousands_alone(tmp_path):
    (fault,) = faults_of(write_pack(tmp_path, **firm(lat="54,503")))
    assert "Write 54503, or 54.503 if it is no whole number, without commas." in fault
