"""What each file of a pack must look like: one class per table, one field per column. This is the data dictionary."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from cluster_data.columns import (
    COLOUR,
    POSTCODE,
    WEB_ADDRESS,
    date,
    key,
    number,
    one_of,
    several,
    some_of,
    sources,
    text,
    word,
    words,
    year,
)

Text = Series[str]
Number = Series[float]
Whole = Series[pd.Int64Dtype]


class Table(pa.DataFrameModel):
    """Rows of one file."""

    class Config:
        """Every column declared and none other; numbers are read from text. `unique` tells rows without an id apart."""

        strict = True
        coerce = True


class Ds(Table):
    """The Ds: the strands the cluster is told in, in their order and colours."""

    id: Text = key("Stable id")
    label: Text = text("Name on screen and in links", required=True)
    order: Whole = number("Place in every list, from 1", least=1, required=True)
    symbol: Text = text(
        "Marker on maps: square, circle, triangle, diamond, pentagon or cross",
        required=True,
        pattern=r"^(square|circle|triangle|diamond|pentagon|cross)$",
    )
    colour_light: Text = text("Colour on a light ground, as #RRGGBB", required=True, pattern=COLOUR)
    colour_dark: Text = text("Colour on a dark ground, as #RRGGBB", required=True, pattern=COLOUR)
    meaning: Text = text("What belongs to it")

    class Config(Table.Config):
        metadata = {"may_be_empty": False}


class Challenges(Table):
    """The challenges that firms of the region named."""

    id: Text = key("Stable id, such as C01", r"^[A-Z0-9][A-Za-z0-9.-]*$")
    title: Text = text("Short name", required=True)
    meaning: Text = text("What firms meant by it")
    source_ids: Text = sources()

    class Config(Table.Config):
        metadata = {"may_be_empty": False}


class Themes(Table):
    """The intervention themes and their parts."""

    id: Text = key("Stable id, such as T1 or 1.2", r"^[A-Za-z0-9][A-Za-z0-9.-]*$")
    parent: Text = one_of(("themes",), "The theme it is part of; empty for a theme of the first level")
    title: Text = text("Short name", required=True)
    source_ids: Text = sources()


class Vocabulary(Table):
    """Every coded word the tables use, with its label. A new word is a new row here."""

    field: Text = text("Which columns may hold the word", required=True)
    id: Text = text("The word in the files", required=True)
    label: Text = text("The word on screen and in links", required=True)
    plural: Text = text("The label for several")
    order: Whole = number("Place in every list", least=1, required=True)
    flag: Text = text(
        "default: chosen at first; gone: known to have ended; board: an NHS body that is no trust",
        pattern=r"^(default|gone|board)$",
    )
    meaning: Text = text("What the word means")

    class Config(Table.Config):
        unique = ["field", "id"]
        metadata = {"may_be_empty": False}


class Reaches(Table):
    """How far a support offer reaches."""

    id: Text = key("Stable id")
    label: Text = text("Name on screen", required=True)
    order: Whole = number("From the nearest, 1, to the widest", least=1, required=True)
    local: Text = text("yes if it is of the region or nearer", required=True, pattern=r"^(yes|no)$")
    group: Text = one_of(("groups",), "The group of areas it is held to; empty if it reaches every area of the pack")

    class Config(Table.Config):
        metadata = {"may_be_empty": False}


class Areas(Table):
    """The local authorities of the region."""

    lad_code: Text = key("Code of the local authority district", r"^[A-Z]\d{8}$")
    name: Text = text("Name on screen and in links", required=True)
    upper_tier: Text = text("County or unitary authority")
    combined_authority: Text = word("membership", "Membership of the combined authority")
    ics: Text = text("Integrated care system")
    population: Whole = number("Residents", least=1, required=True)
    population_year: Whole = year("Year of population and working_age")
    working_age: Whole = number("Residents of working age", least=0)
    population_mid_2024: Whole = number("Residents in mid-2024, where an estimate was seen", least=1)
    note: Text = text("What to know about this row")
    source_ids: Text = sources()

    class Config(Table.Config):
        metadata = {"may_be_empty": False}


class Groups(Table):
    """Sets of areas that have a name: every area whose `column` holds `value`."""

    id: Text = key("Stable id")
    label: Text = text("Name on screen and in links", required=True)
    kind: Text = text("Sort of group", required=True)
    order: Whole = number("Place in every list", least=1, required=True)
    column: Text = text("Column of areas.csv", required=True, pattern=r"^(upper_tier|combined_authority|ics)$")
    value: Text = text("Value that makes an area a member", required=True)


class Organisation(Table):
    """What firms, universities, trusts and assets share."""

    id: Text = key("Stable id, never reused")
    name: Text = text("Name", required=True)
    ds: Text = some_of(("ds",), "The Ds it belongs to; the first is the primary one")
    summary: Text = text("What it does, in our own words")
    town: Text = text("Town or suburb")
    postcode: Text = text("Postcode", pattern=POSTCODE)
    lad_code: Text = one_of(("areas",), "Local authority it lies in")
    lat: Number = number("Latitude, WGS84 degrees")
    lon: Number = number("Longitude, WGS84 degrees")
    location_precision: Text = word("precision", "How it was placed")
    website: Text = text("Web address", pattern=WEB_ADDRESS)
    confidence: Text = word("confidence", "How sure the row is", required=True)
    source_ids: Text = sources()


class Companies(Organisation):
    """Firms: core, supply chain, adjacent, and those based elsewhere that work here."""

    status: Text = word("status", "As of the newest source", required=True)
    role: Text = word("role", "Part it plays in the cluster", required=True)
    legal_name: Text = text("Registered name")
    company_number: Text = text("Number at Companies House", pattern=r"^[A-Z0-9]{8}$")
    kind: Text = word("company_kind", "Sort of firm", required=True)
    founded: Whole = year("Year of founding")
    employees: Whole = number("Employees; may be worldwide, the note says so", least=0)
    employees_year: Whole = year("Year of employees")
    size_band: Text = word("size_band", "Size")
    parent: Text = text("Owner")
    parent_country: Text = text("Country of the owner")
    spinout_of: Text = several("Bodies it was spun out of")
    stage: Text = word("stage", "Stage of the business")
    funding_gbp: Whole = number("Funding seen, GBP: one round or a total, funding_note says which", least=0)
    funding_note: Text = text("What funding_gbp counts, or funding in other money")
    located_at: Text = one_of(("assets", "partners"), "The park, incubator or site it is in")
    located_at_note: Text = text("The site in the source's words, where they say more than its name")
    challenges: Text = some_of(("challenges",), "Challenges it is known to face, from a source")
    note: Text = text("What to know about this row")
    source_year: Whole = year("Year of the newest source")


class Universities(Organisation):
    """Universities of the region."""

    ukprn: Text = text("UK provider reference number", pattern=r"^\d{8}$")
    medical_school: Text = word("medical_school", "Whether it has a medical school")
    medical_school_name: Text = text("Name of the medical school")
    medical_school_note: Text = text("What is said of a school planned or shared")
    health_students: Whole = number("Students of health subjects; the note says which", least=0)
    health_students_note: Text = text("What health_students counts, and of when")
    health_graduates_per_year: Whole = number("Graduates of health subjects a year; the note says which", least=0)
    health_graduates_per_year_note: Text = text("What health_graduates_per_year counts, and of when")
    centres: Text = several("Centres and institutes of health research")


class Trusts(Organisation):
    """NHS trusts and integrated care boards."""

    status: Text = word("status", "As of the newest source", required=True)
    status_note: Text = text("What to know about the status")
    dissolved_on: Text = date("Day it was dissolved")
    ods_code: Text = key("Code of the NHS Organisation Data Service", r"^[A-Z0-9]{3,5}$")
    kind: Text = word("trust_kind", "Sort of NHS body", required=True)
    icb: Text = text("Integrated care board")
    main_sites: Text = several("Main sites, with postcodes where known")
    beds: Whole = number("General and acute beds; acute and specialist trusts only", least=0)
    beds_year: Whole = year("Year of beds")
    staff: Whole = number("Staff; years differ, so never add them up", least=0)
    staff_year: Whole = year("Year of staff; empty if undated")
    teaching_partner: Text = several("Universities it teaches with")
    note: Text = text("What to know about this row")


class Assets(Organisation):
    """Research centres, data hubs, trials units, parks, incubators, laboratories and networks that firms can use."""

    status: Text = word("status", "As of the newest source", required=True)
    kind: Text = word("asset_kind", "Sort of asset", required=True)
    hosts: Text = several("Who runs it")
    challenges: Text = some_of(("challenges",), "Challenges it helps with")
    opened: Whole = year("Year of opening")
    note: Text = text("What to know about this row")


class SupportOffers(Table):
    """Programmes, funds, services and networks that a firm can use."""

    id: Text = key("Stable id, never reused")
    name: Text = text("Name", required=True)
    provider: Text = text("Who offers it", required=True)
    kinds: Text = words("offer_kind", "Sorts of help, the main one first")
    summary: Text = text("What it gives, in our own words")
    challenges: Text = some_of(("challenges",), "Challenges it helps with")
    themes: Text = some_of(("themes",), "Themes, or parts of themes, it belongs to")
    ds: Text = some_of(("ds",), "Ds it names; empty if it names none")
    stages: Text = words("offer_stage", "Stages it helps with; empty if it names none")
    eligibility: Text = text("Who may apply")
    size_of_help: Text = text("How much help, in the source's terms")
    reach: Text = one_of(("reaches",), "How far it reaches", required=True)
    places: Text = several("Towns it works from")
    website: Text = text("Web address", pattern=WEB_ADDRESS)
    opens: Text = date("First day", may_be_future=True)
    closes: Text = date("Last day", may_be_future=True)
    status: Text = word("status", "As of status_year", required=True)
    status_year: Whole = year("Year of the status")
    confidence: Text = word("confidence", "How sure the row is", required=True)
    source_ids: Text = sources()


class Investors(Table):
    """Investors seen in a health deal of the region."""

    id: Text = key("Stable id, never reused")
    name: Text = text("Name", required=True)
    kinds: Text = several("Sorts of investor")
    kind_note: Text = text("What to know about the sort")
    town: Text = text("Town")
    website: Text = text("Web address", pattern=WEB_ADDRESS)
    stage: Text = text("Stage it invests in, in the source's terms")
    typical_cheque: Text = text("Usual size of investment")
    regional_deals: Text = several("Deals seen in the region")
    source_ids: Text = sources()


class Partners(Table):
    """The far ends of links that are in no other table."""

    id: Text = key("Stable id, never reused")
    name: Text = text("Name", required=True)


LINKED = ("companies", "universities", "trusts", "assets", "support_offers", "investors", "partners")


class Links(Table):
    """Sourced relations between two records, read as "from, kind, to"."""

    from_id: Text = one_of(LINKED, "The record the link starts from", required=True)
    to_id: Text = one_of(LINKED, "The record the link leads to", required=True)
    kind: Text = word("link_kind", "What relates the two", required=True)
    year: Whole = year("Year the link was stated for")
    note: Text = text("What the source says of it")
    source_ids: Text = sources()

    class Config(Table.Config):
        unique = ["from_id", "to_id", "kind", "year", "note"]


class Events(Table):
    """Dated events of the sector."""

    id: Text = key("Stable id, never reused")
    name: Text = text("Name", required=True)
    organisers: Text = several("Who holds it")
    when: Text = text("When, in the source's words", required=True)
    year_from: Whole = year("First year it speaks of, if stated", may_be_future=True)
    year_to: Whole = year("Last year it speaks of, if stated", may_be_future=True)
    place: Text = text("Where")
    source_ids: Text = sources()


class Indicators(Table):
    """Sourced figures. One id is one series; sources may disagree, and the note says how."""

    id: Text = text("Id of the series", required=True, pattern=r"^[a-z0-9_]+$")
    name: Text = text("What is counted", required=True)
    value: Number = number("The figure, or the lower end of a range; empty if it could not be read")
    value_high: Number = number("The upper end of a range")
    unit: Text = text("Unit", required=True)
    geography: Text = text("Where it holds, in the source's terms", required=True)
    geography_code: Text = text("Code of that geography")
    scope: Text = text("What it counts as the sector")
    ds: Text = some_of(("ds",), "Ds it speaks of")
    period: Text = text("When it holds, in the source's words", required=True)
    year_from: Whole = year("First year of the period, if stated", may_be_future=True)
    year_to: Whole = year("Last year of the period, if stated", may_be_future=True)
    kind: Text = word("indicator_kind", "Actual, estimate, target or projection", required=True)
    note: Text = text("What to know, and which sources disagree")
    publisher: Text = text("Publisher", required=True)
    title: Text = text("Title of the page or report")
    confidence: Text = word("confidence", "How sure the row is", required=True)
    source_ids: Text = sources()

    class Config(Table.Config):
        unique = ["id", "geography", "period", "source_ids"]


class Comparisons(Table):
    """Figures by region of the country."""

    region: Text = text("Region or nation", required=True)
    region_code: Text = text("Its code", pattern=r"^[A-Z]\d{8}$")
    period: Text = text("When it holds, in the source's words", required=True)
    year_from: Whole = year("First year of the period, if stated")
    year_to: Whole = year("Last year of the period, if stated")
    scope: Text = text("What it counts as the sector", required=True)
    metric: Text = text("What is counted", required=True, pattern=r"^[a-z_]+$")
    value: Number = number("The figure", required=True)
    unit: Text = text("Unit", required=True)
    note: Text = text("What to know about this row")
    publisher: Text = text("Publisher", required=True)
    confidence: Text = word("confidence", "How sure the row is", required=True)
    source_ids: Text = sources()


class Places(Table):
    """Towns and suburbs, for search and for placing records that have only a town."""

    name: Text = text("Name", required=True)
    lat: Number = number("Latitude, WGS84 degrees", required=True)
    lon: Number = number("Longitude, WGS84 degrees", required=True)
    lad_code: Text = one_of(("areas",), "Local authority it lies in", required=True)
    kind: Text = text("Sort of place", required=True)
    aliases: Text = several("Other spellings")

    class Config(Table.Config):
        unique = ["name", "lad_code"]


class PostcodeSectors(Table):
    """Mean positions of postcode sectors and districts, those across the border included."""

    code: Text = key("Sector such as B1 1, or district such as B1", r"^[A-Z]{1,2}[0-9][A-Z0-9]?(?: [0-9])?$")
    lat: Number = number("Latitude, WGS84 degrees", 49, 61, required=True)
    lon: Number = number("Longitude, WGS84 degrees", -9, 3, required=True)
    lad_code: Text = text("Authority that holds most of it; may lie outside the region", required=True)
    lad_share: Number = number("Share of its postcodes in that authority, 0 to 1", 0, 1, required=True)
    precision: Text = text("sector or outcode", required=True, pattern=r"^(sector|outcode)$")

    class Config(Table.Config):
        metadata = {"inside_region": False}


class SicCodes(Table):
    """Industry codes used in definitions of health and life science, with the Ds they mostly map to."""

    sic: Text = text("SIC 2007 code, or the first digits of several", required=True, pattern=r"^\d{2,5}$")
    description: Text = text("What the code covers", required=True)
    ds: Text = some_of(("ds",), "Ds it mostly maps to; the mapping is the pack's own")
    definition: Text = text("Whose definition uses it", required=True)
    source_ids: Text = sources()

    class Config(Table.Config):
        unique = ["sic", "definition", "description"]


class Sources(Table):
    """Every page or data set cited."""

    id: Text = key("Stable id")
    publisher: Text = text("Publisher", required=True)
    title: Text = text("Title, often not known")
    url: Text = text("Web address", required=True, pattern=WEB_ADDRESS)
    note: Text = text("What was used of it")


TABLES: dict[str, type[Table]] = {
    "companies": Companies,
    "universities": Universities,
    "trusts": Trusts,
    "assets": Assets,
    "support_offers": SupportOffers,
    "investors": Investors,
    "partners": Partners,
    "links": Links,
    "events": Events,
    "indicators": Indicators,
    "comparisons": Comparisons,
    "areas": Areas,
    "groups": Groups,
    "places": Places,
    "postcode_sectors": PostcodeSectors,
    "ds": Ds,
    "challenges": Challenges,
    "themes": Themes,
    "reaches": Reaches,
    "vocabulary": Vocabulary,
    "sic_codes": SicCodes,
    "sources": Sources,
}
