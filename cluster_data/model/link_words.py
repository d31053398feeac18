"""What a link may say of the filter: its parameters, and the labels and ids that each of them knows."""

import re
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

D, MATCH, AREA, KIND, ROLE, STAGE, STATUS, TEXT = "d", "match", "area", "kind", "role", "stage", "status", "q"
FILTER = (D, MATCH, AREA, KIND, ROLE, STAGE, STATUS, TEXT)
MATCHES = ANY, PRIMARY = ("any", "primary")
OF_VOCABULARY = {KIND: ("record_type", "plural"), **{field: (field, "label") for field in (ROLE, STAGE, STATUS)}}

OF_EVERY_PAGE = (*FILTER, "print")
OF_THE_FRAME = ("embed", "embed_options")  # which Streamlit reads by itself
OF_OTHERS = re.compile(
    r"(utm|pk|mtm|hsa|oly|vero)_\w+|\w*cl(k)?id|gclsrc|[gw]braid|mc_[ce]id|mkt_tok|_?hs\w*|_g[al]\w*|igsh\w*|ref(_src)?|si"
)

LONGEST = 300  # letters of a value that are read; a view of a story is an address of its own

Options = dict[str, dict[str, str]]
Parameters = Mapping[str, Sequence[str]]
Found = tuple[dict[str, list[str]], list[tuple[str, str]]]  # parameters, and those (parameter, value) not known


def options(table: Callable[[str], pd.DataFrame]) -> Options:
    """For each parameter of the filter but the text, what a link may say: label to id, in order.

    `table` gives a table of the pack by its name. Areas and groups are known by their labels alone.
    """
    ds, words = table("ds").sort_values("order"), table("vocabulary").sort_values("order")
    areas = [*table("areas").sort_values("name")["name"], *table("groups").sort_values("order")["label"]]
    found = {
        D: dict(zip(ds["label"], ds["id"], strict=True)),
        MATCH: {match: match for match in MATCHES},
        AREA: {label: label for label in areas},
    }
    for key, (field, column) in OF_VOCABULARY.items():
        rows = words[words["field"] == field]
        found[key] = dict(zip(rows[column].fillna(rows["label"]), rows["id"], strict=True))
    return found


def labels_of(known: Mapping[str, str], values: Sequence[str]) -> tuple[list[str], list[str]]:
    """The labels that values of a link stand for, whatever their case or if they are ids; and the values unknown.

    Empty values name nothing.
    """
    labels = {word.casefold(): label for label, word in known.items()} | {label.casefold(): label for label in known}
    named = [labels[value.casefold()] for value in values if value.casefold() in labels]
    return list(dict.fromkeys(named)), [value for value in values if value and value.casefold() not in labels]


def ids_of(names: Mapping[str, str], values: Sequence[str]) -> tuple[list[str], list[str]]:
    """The ids of records that values of a link stand for, each once; and the values unknown. `names` gives id to label.

    A value may be an id, a label, or what of a label stands behind the id, as the title of a challenge, in any case.
    """
    if all(value in names for value in values):
        return list(dict.fromkeys(values)), []
    known: dict[str, str] = {}
    for said in (lambda name: name, names.__getitem__, lambda name: _title(name, names[name])):
        for name in names:
            known.setdefault(said(name).casefold(), name)
    found = [known[value.casefold()] for value in values if value.casefold() in known]
    return list(dict.fromkeys(found)), [value for value in values if value and value.casefold() not in known]


def _title(name: str, label: str) -> str:
    """A label without the id that it begins with: "Regulation" of "C06 Regulation" and of "Theme C06: Regulation"."""
    return re.sub(rf"^(\w+ )?{re.escape(name)}:? ", "", label) if name else label


def page_parameters(own: Sequence[str], asked: Parameters) -> Found:
    """The parameters of a page's link by their names, and those (parameter, value) that the page does not know.

    `own` are the names of the page's own parameters. A name may stand in any case, and after an "amp;" that a copied
    "&amp;" leaves. What other sites add to a link to follow it is left out without a word.
    """
    names = {name.casefold(): name for name in (*OF_EVERY_PAGE, *OF_THE_FRAME, *own)}
    found: dict[str, list[str]] = {}
    unknown = []
    for written, values in asked.items():
        name = re.sub(r"^(amp;)+", "", written.strip().casefold())
        if name in names:
            found.setdefault(names[name], []).extend(value if name == "view" else value[:LONGEST] for value in values)
        elif not OF_OTHERS.fullmatch(name):
            unknown += [(written, value) for value in values]
    return found, unknown


def box_parameters(own: Sequence[str], asked: Parameters, known: Options) -> Found:
    """The parameters of a page's link as its boxes know them, and those (parameter, value) that are unknown.

    `known` gives, for each box of labels, label to id. What is empty is left out but for the firms' roles, of which
    some are chosen at first.
    """
    found, unknown = page_parameters(own, asked)
    for key in found.keys() & known.keys():
        labels, strange = labels_of(known[key], found[key])
        unknown += [(key, value) for value in strange]
        found[key] = labels or ([""] if key == ROLE and "" in found[key] else [])
    held = {key: [value for value in values if value or key == ROLE] for key, values in found.items()}
    return {key: values for key, values in held.items() if values}, unknown
