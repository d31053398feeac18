"""The rule that no cell holds an e-mail address or a telephone number. The numbers are set aside for fiction."""

import pytest

from cluster_data.input.check.text import EMAIL, phone_in
from tests.packs import edit, faults_of, write_pack

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "text",
    [
        "0121 496 0000",
        "(0121) 496 0000",
        "01632 960 001",
        "01632 960001",
        "020 7946 0958",
        "07700 900123",
        "07700900123",
        "0121-496-0000",
        "0121\u00a0496\u00a00000",
        "+44 121 496 0000",
        "+44 (0)121 496 0000",
        "+441214960000",
        "0044 121 496 0000",
        "+353 1 234 5678",
        "+1 (555) 010-9999",
        "Tel:01214960000.",
        "£5m in 2020; ring 0121 496 0000, please",
    ],
)
def test_telephone_numbers_are_found(tmp_path, text):
    assert phone_in(text)
    assert faults_of(write_pack(tmp_path, partners=edit("test-ministry", name=text))) != []


@pytest.mark.parametrize(
    "text",
    [
        "£1,200,000 in 2019 and £0.75m in 2020",
        "2019 2020 2021",
        "2019-2020-2021",
        "B15 2GW",
        "ISRCTN01234567 and ISRCTN 01234567 (2019)",
        "company 01234567 (123 employees)",
        "company 01234567 2020 2021",
        "OC012345",
        "UKPRN 10006840",
        "0.0123456789",
        "01/02/2020 10:30",
        "2020-01-02 2021-02-03",
        "£14.5m; £2.48m; +£4m for 2025/26; +4 jobs",
        "+1,200 jobs 2019-2020",
        "doi 10.1038/0123456789",
        "NIHR0123456789",
        "EudraCT 2015-001234-12",
    ],
)
def test_other_numbers_are_let_be(text):
    assert phone_in(text) is None


@pytest.mark.parametrize(
    "text", ["ann@example.org", "ask a.n+o@b-c.example.co.uk.", "ann (at) example.org", "ann[at]example.org"]
)
def test_email_addresses_are_found(text):
    assert EMAIL.search(text)


@pytest.mark.parametrize(
    "text", ["T@lecom", "T@lecom. A firm", "@handle", "at 5 @ Aldbrook", "https://example.org/@ann"]
)
def test_other_uses_of_the_sign_are_let_be(text):
    assert EMAIL.search(text) is None


def test_only_the_start_is_told(tmp_path):
    changed = edit("test-firm-a", note="Ask ann.other@example.org or ring 0121 496 0000")
    assert faults_of(write_pack(tmp_path, companies=changed)) == [
        "companies.csv line 2, column 'note': the text holds a telephone number, '012…'. "
        "A pack holds no way to reach a person. Take it out.",
        "companies.csv line 2, column 'note': the text holds an e-mail address, 'ann…'. "
        "A pack holds no way to reach a person. Take it out.",
    ]


def test_web_addresses_and_ids_are_not_searched(tmp_path):
    url = "https://example.org/?to=ann@example.org&call=0121-496-0000"
    folder = write_pack(tmp_path, companies=edit("test-firm-a", website=url), sources=edit("test-survey", url=url))
    assert faults_of(folder) == []
