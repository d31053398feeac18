"""Who is here, what is on offer, and who works with whom."""

from cluster_data.model.columns import (
    COMPANY_NUMBER,
    POSTCODE,
    UKPRN,
    WEB_ADDRESS,
    date,
    key,
    money,
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
from cluster_data.model.tables.model import Number, Schema, Text, Whole


class Named(Schema):
    """What has a stable id and a name."""

    id: Text = key("Stable id, never reused")
    name: Text = text("Name", required=True)


class Organisation(Named):
    """What firms, universities, trusts and assets share."""

    ds: Text = some_of(("ds",), "The Ds it belongs to; the first is the primary one")
    summary: Text = text("What it does, in our own words")
    town: Text = text("Town, or suburb")
    postcode: Text = text("Postcode", pattern=POSTCODE)
    lad_code: Text = one_of(("areas",), "Area: the local authority it lies in")
    lat: Number = number("Latitude, WGS84 degrees")
    lon: Number = number("Longitude, WGS84 degrees")
    location_precision: Text = word("precision", "How it was placed")
    website: Text = text("Web address", pattern=WEB_ADDRESS)
    confidence: Text = word("confidence", "How sure the row is", required=True)
    source_ids: Text = sources()


class Companies(Organisation):
    """Firms of every role, also those based elsewhere that work here."""

    role: Text = word("role", "Role: the part it plays in the cluster", required=True)
    kind: Text = word("company_kind", "Type of firm", required=True)
    status: Text = word("status", "Status, as of the newest source", required=True)
    stage: Text = word("stage", "Stage: how far the business has come")
    legal_name: Text = text("Registered name")
    company_number: Text = text("Number at Companies House", pattern=COMPANY_NUMBER)
    founded: Whole = year("Founded: the year")
    employees: Whole = number("Employees; may be worldwide, the note says so", least=0)
    employees_year: Whole = year("Year of employees")
    size_band: Text = word("size_band", "Size")
    parent: Text = text("Owner")
    parent_country: Text = text("Country of the owner")
    spinout_of: Text = several("Spun out of: the bodies it comes from")
    funding_gbp: Whole = money("Money raised, GBP: one round or a total, funding_note says which")
    funding_note: Text = text("Note on the money: what funding_gbp counts, or funding in other money")
    located_at: Text = one_of(("assets", "partners"), "Located at: the park, incubator or site it is in")
    located_at_note: Text = text("The site in the source's words, where they say more than its name")
    challenges: Text = some_of(("challenges",), "Challenges it is known to face, from a source")
    note: Text = text("Note: what to know about this row")
    source_year: Whole = year("Year of the newest source")


class Universities(Organisation):
    """Universities of the region."""

    ukprn: Text = text("UK provider reference number", pattern=UKPRN)
    medical_school: Text = word("medical_school", "Medical school: whether it has one")
    medical_school_name: Text = text("Name of the medical school")
    medical_school_note: Text = text("What is said of a school planned or shared")
    health_students: Whole = number("Students of health subjects; the note says which", least=0)
    health_students_note: Text = text("On the students: what health_students counts, and of when")
    health_graduates_per_year: Whole = number("Graduates of health subjects a year; the note says which", least=0)
    health_graduates_per_year_note: Text = text("On the graduates: what health_graduates_per_year counts, and of when")
    centres: Text = several("Centres and institutes of health research")


class Trusts(Organisation):
    """NHS bodies: trusts and the boards that plan care."""

    kind: Text = word("trust_kind", "Kind of NHS body", required=True)
    status: Text = word("status", "Status, as of the newest source", required=True)
    status_note: Text = text("What to know about the status")
    dissolved_on: Text = date("Day it was dissolved")
    ods_code: Text = key("Code of the NHS Organisation Data Service", r"^[A-Z0-9]{3,5}$")
    icb: Text = text("Integrated care board")
    main_sites: Text = several("Main sites, with postcodes where known")
    beds: Whole = number("General and acute beds; acute and specialist trusts only", least=0)
    beds_year: Whole = year("Year of beds")
    staff: Whole = number("Staff; years differ, so never add them up", least=0)
    staff_year: Whole = year("Year of staff; empty if undated")
    teaching_partner: Text = several("Universities it teaches with")
    note: Text = text("Note: what to know about this row")


class Sites(Named, may_be_missing=True):
    """Hospitals and other sites of NHS bodies: where they are drawn, searched and counted near a place."""

    trust_id: Text = one_of(("trusts",), "The NHS body that runs it", required=True)
    ods_code: Text = key("Code of the NHS Organisation Data Service", r"^[A-Z0-9]{3,9}$")
    kind: Text = text("Kind of site, in lower-case letters and underscores", required=True, pattern=r"^[a-z_]+$")
    postcode: Text = text("Postcode", pattern=POSTCODE)
    lad_code: Text = one_of(("areas",), "Area: the local authority it lies in")
    lat: Number = number("Latitude, WGS84 degrees", required=True)
    lon: Number = number("Longitude, WGS84 degrees", required=True)
    location_precision: Text = word("precision", "How it was placed", required=True)
    source_year: Whole = year("Year of the newest list that names it")
    note: Text = text("Note: what to know about this row")
    source_ids: Text = sources()


class Assets(Organisation):
    """Research centres, data hubs, trials units, parks, incubators, laboratories and networks that firms can use."""

    status: Text = word("status", "Status, as of the newest source", required=True)
    kind: Text = word("asset_kind", "Kind of asset", required=True)
    hosts: Text = several("Who runs it")
    challenges: Text = some_of(("challenges",), "Challenges it helps with")
    opened: Whole = year("Opened: the year")
    note: Text = text("Note: what to know about this row")


class SupportOffers(Named):
    """Programmes, funds, services and networks that a firm can use."""

    provider: Text = text("Who offers it", required=True)
    kinds: Text = words("offer_kind", "Kinds of help, the main one first")
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
    status: Text = word("status", "Status, as of status_year", required=True)
    status_year: Whole = year("Year of the status")
    confidence: Text = word("confidence", "How sure the row is", required=True)
    source_ids: Text = sources()
    asset_id: Text = one_of(("assets",), "The asset that gives the offer: both are one body and count once")


class Investors(Named):
    """Investors seen in a health deal of the region."""

    kinds: Text = several("Kinds of investor")
    kind_note: Text = text("What to know about the sort")
    town: Text = text("Town")
    website: Text = text("Web address", pattern=WEB_ADDRESS)
    stage: Text = text("Stage it invests in, in the source's terms")
    typical_cheque: Text = text("Usual size of investment")
    regional_deals: Text = several("Deals seen in the region")
    source_ids: Text = sources()


class Partners(Named):
    """The far ends of links that are in no other table."""


LINKED = ("companies", "universities", "trusts", "assets", "support_offers", "investors", "partners")


class Redirects(Schema, may_be_missing=True):
    """Ids that were merged into another: an old link leads to the record that stays."""

    old_id: Text = key("The id that is no longer used")
    id: Text = one_of((*LINKED, "redirects"), "The record that stays, or an id that leads on to it", required=True)


class Links(Schema, unique=["from_id", "to_id", "kind", "year", "note"]):
    """Sourced relations between two records, read as "from, kind, to"."""

    from_id: Text = one_of(LINKED, "The record the link starts from", required=True)
    to_id: Text = one_of(LINKED, "The record the link leads to", required=True)
    kind: Text = word("link_kind", "What relates the two", required=True)
    year: Whole = year("Year the link was stated for")
    note: Text = text("What the source says of it")
    source_ids: Text = sources()


class Events(Named):
    """Dated events of the sector."""

    organisers: Text = several("Who holds it")
    when: Text = text("When, in the source's words", required=True)
    year_from: Whole = year("First year it speaks of, if stated", may_be_future=True)
    year_to: Whole = year("Last year it speaks of, if stated", may_be_future=True)
    place: Text = text("Where")
    source_ids: Text = sources()
