"""Numbers, money, lists and plurals in plain English."""

import re
from collections.abc import Callable, Container, Iterable

import pandas as pd

from cluster_data.model import clean

MOST_NAMED, MOST_LETTERS = 10, 80  # of what is asked for in vain


def sentences(*parts: str) -> str:
    """Sentences as one text, those that are empty left out."""
    return " ".join(filter(None, parts))


def count(number: float, one: str, several: str = "") -> str:
    """A number with its noun: "1 firm", "1,204 firms"."""
    noun = one if number == 1 else several or f"{one}s"
    return f"{number:,.0f} {noun}"


def plural(noun: str) -> str:
    """A noun for several: "counties", "integrated care systems"."""
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def noun(label: str) -> str:
    """The label of a type within a sentence: small letters unless it begins with an abbreviation."""
    return label if label.split()[0].isupper() else label.lower()


def ordinal(number: int) -> str:
    """A place in an order: "1st", "2nd", "13th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def figure(value: float) -> str:
    """A number with at most one decimal and no needless zeros: "3", "0.4", "17,000"."""
    rounded = round(value, 1)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"


def money(pounds: float, sign: str = "£") -> str:
    """An amount in words of its size: "£1.6bn", "£400m", "£42,955"."""
    for size, letters in ((1e9, "bn"), (1e6, "m")):
        if abs(pounds) >= size:
            return f"{sign}{pounds / size:,.2f}".rstrip("0").rstrip(".") + letters
    return f"{sign}{pounds:,.0f}"


MONEY = {"GBP": ("£", 1.0), "GBP million": ("£", 1e6), "USD": ("US$", 1.0)}


def amount(value: float, unit: str) -> str:
    """A value in its unit: "£400m", "7%", "17,000 people"."""
    if unit in MONEY:
        sign, size = MONEY[unit]
        return money(value * size, sign)
    if unit == "percent":
        return f"{figure(value)}%"
    if unit == "rank":
        return f"rank {figure(value)}"
    return figure(value) if unit == "count" else f"{figure(value)} {unit}"


def kilometres(km: float, approximate: bool) -> str:
    """A distance as exact as it is known: "1.3 km", "about 13 km", "less than 1 km" between towns or sectors."""
    if not approximate:
        return f"{km:.1f} km"
    return f"about {km:,.0f} km" if km >= 1 else "less than 1 km"


def listing(items: Iterable[str], last: str = "and") -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def in_vain(asking: str, unknown: Iterable[tuple[str, str]], rest: bool) -> str:
    """What a reader is told of parameters and values that are not known or one too many; whether a `rest` holds."""
    asked, several = parameters(unknown)
    holds = " The rest of it holds." if rest else ""
    return f"{asking} asks for {asked}, which {'are' if several else 'is'} without effect here.{holds}"


def parameters(asked: Iterable[tuple[str, str]]) -> tuple[str, bool]:
    """Parameters and their values in words, the first MOST_NAMED of them, and whether they are several."""
    named = list(dict.fromkeys(f"{key} = “{value[:MOST_LETTERS]}”" for key, value in asked))
    more = [f"{len(named) - MOST_NAMED:,} more"] if len(named) > MOST_NAMED else []
    return listing([*named[:MOST_NAMED], *more]), len(named) != 1


def cut(text: str, most: int = 60) -> str:
    """The text in at most so many letters, cut between words."""
    if len(text) <= most:
        return text
    begun = text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-")
    return f"{begun or text[: most - 1]}…"


def first_upper(text: str) -> str:
    """The text with its first letter a capital and the rest untouched."""
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """The text with its first letter small, unless its first word is an abbreviation or its only letter."""
    first = text.split(" ")[0]
    abbreviation = first.isupper() and (len(first) > 1 or first == text)
    return text if abbreviation else text[:1].lower() + text[1:]


def slug(text: str) -> str:
    """The text as a file name: lower case, hyphens, at most 80 characters."""
    letters = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text.lower())
    return "-".join(letters.split())[:80].strip("-") or "all"


SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")
SEAM = ":color[]"  # an element without content: parts text where Streamlit acts on what escapes give, too
SEAMS = re.compile(r"(?<=\S)(?=@)|(?<=/)(?=/)|(?<=www)(?=\.)|(?<=:)(?=[\w+-]+[:/])|(?<=[<>~-])(?=[-=>])", re.IGNORECASE)


def plain(text: str) -> str:
    """The text, as one line, with every sign that Markdown would act on made harmless.

    Streamlit makes links of addresses, pictures of `:streamlit:` and arrows of `->` even if their signs are escaped,
    yet not across a seam.
    """
    parts = SEAMS.split(" ".join(re.split(r"\s+", str(text))))
    return SEAM.join(SIGNS.sub(r"\\\1", part) for part in parts)


ADDRESS = re.compile(
    r"https?://([a-z0-9][a-z0-9.-]*(?::\d+)?)(?:[/?#](?:[\w.~:/?#@!$&'()*+,;=-]|%[0-9a-f]{2})*)?",
    re.ASCII | re.IGNORECASE,
)


def is_address(text: str) -> bool:
    """Whether a text is a web address that every program reads alike: of a site, in signs that need no guard."""
    return bool(ADDRESS.fullmatch(text))


def site(address: str) -> str:
    """The name of the site of an address: "example.org"."""
    found = ADDRESS.fullmatch(address)
    return found[1].removeprefix("www.") if found else address


def addresses(text: str, known: Container[str]) -> list[str]:
    """The known addresses that a text is a list of, parted by spaces; none if it says anything else.

    This alone decides what text of a pack becomes a link, on screen and in each file.
    """
    parts = text.split()
    return parts if all(part in known and is_address(part) for part in parts) else []


def linked(text: str, known: Container[str], naming: Callable[[str], str] = lambda address: "") -> str:
    """Known addresses parted by spaces as Markdown links; other text as `plain` makes it.

    `naming` gives the words of an address; where it gives none, the address is named by its site.
    """
    return links((naming(address) or site(address), address) for address in addresses(text, known)) or plain(text)


def bare(text: str) -> str:
    """What a reader sees of a text in Markdown: links by their words, nothing bold, no guarding signs."""
    linked = re.sub(r"\[((?:\\.|[^\]\\])*)\]\((?:<[^>]*>|[^)]*)\)", r"\1", text)
    return re.sub(r"\\([^\w\s]|_)", r"\1", re.sub(r"(?<!\\)\*\*", "", linked.replace(SEAM, "")))


def markdown_table(rows: pd.DataFrame) -> str:
    """Rows whose text is Markdown as a table in Markdown; what is missing is an empty cell."""
    ends = ["---:" if pd.api.types.is_numeric_dtype(rows[column]) else "---" for column in rows.columns]
    lines = [rows.columns, ends, *rows.itertuples(index=False)]
    cells = (("" if pd.isna(cell) else " ".join(str(cell).split()) for cell in line) for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def safe_csv(table: pd.DataFrame) -> bytes:
    """The table as CSV for a spreadsheet: UTF-8 with a mark, and no cell that could be taken for a formula."""

    def no_formula(cell: object) -> object:
        return clean.inert(cell) if isinstance(cell, str) else cell

    safe = table.map(no_formula).rename(columns=no_formula)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def links(cited: Iterable[tuple[str, str]]) -> str:
    """Pairs of name and address as Markdown links in a row: "[ONS](<https://...>); [NIHR](<https://...>)"."""
    return "; ".join(f"[{plain(name)}](<{address}>)" for name, address in cited)
