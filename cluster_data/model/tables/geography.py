"""Areas, groups of areas, towns and postcodes."""

from cluster_data.model.columns import AREA_CODE, key, number, one_of, several, sources, text, word, year
from cluster_data.model.tables.model import Number, Schema, Text, Whole


class Areas(Schema, may_be_empty=False):
    """The local authorities of the region."""

    lad_code: Text = key("Code of the local authority district", AREA_CODE)
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


class Groups(Schema):
    """Sets of areas that have a name: every area whose `column` holds `value`."""

    id: Text = key("Stable id")
    label: Text = text("Name on screen and in links", required=True)
    kind: Text = text("Kind of group", required=True)
    order: Whole = number("Place in every list", least=1, required=True)
    column: Text = text("Column of areas.csv", required=True, pattern=r"^(upper_tier|combined_authority|ics)$")
    value: Text = text("Value that makes an area a member", required=True)


class Places(Schema, unique=["name", "lad_code"]):
    """Towns and suburbs, for search and for placing records that have only a town."""

    name: Text = text("Name", required=True)
    lat: Number = number("Latitude, WGS84 degrees", required=True)
    lon: Number = number("Longitude, WGS84 degrees", required=True)
    lad_code: Text = one_of(("areas",), "Local authority it lies in", required=True)
    kind: Text = text("Kind of place", required=True)
    aliases: Text = several("Other spellings")


class PostcodeSectors(Schema, inside_region=False):
    """Mean positions of postcode sectors and districts, those across the border included."""

    code: Text = key("Sector such as B1 1, or district such as B1", r"^[A-Z]{1,2}[0-9][A-Z0-9]?(?: [0-9])?$")
    lat: Number = number("Latitude, WGS84 degrees", 49, 61, required=True)
    lon: Number = number("Longitude, WGS84 degrees", -9, 3, required=True)
    lad_code: Text = text("Authority that holds most of it; may lie outside the region", required=True)
    lad_share: Number = number("Share of its postcodes in that authority, 0 to 1", 0, 1, required=True)
    precision: Text = text("sector or outcode", required=True, pattern=r"^(sector|outcode)$")
