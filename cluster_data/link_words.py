"""What a link may say of the filter: its parameters, and the labels and ids that each of them knows."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

D, MATCH, AREA, KIND, ROLE, STAGE, STATUS, TEXT = "d", "match", "area", "kind", "role", "stage", "status", "q"
FILTER = (D, MATCH, AREA, KIND, ROLE, STAGE, STATUS, TEXT)
MATCHES = ANY, PRIMARY = ("any", "primary")
OF_VOCABULARY = {KIND: ("sort", "plural"), **{field: (field, "label") for field in (ROLE, STAGE, STATUS)}}

Options = dict[str, dict[str, str]]
Asked = Mapping[str, Sequence[str]]


def options(table: Callable[[str], pd.DataFrame]) -> Options:
    """For each parameter of the filter but the text, what a link may say: label to id, in order.

    `table` gives a table of the pack by its name. Areas and groups are known by their labels alone.
    """
    ds = table("ds").sort_values("order")
    areas = [*table("areas").sort_values("name")["name"], *table("groups").sort_values("order")["label"]]
    words = table("vocabulary").sort_values("order")

    def labelled(field: str, column: str) -> dict[str, str]:
        rows = words[words["field"] == field]
        return dict(zip(rows[column].fillna(rows["label"]), rows["id"], strict=True))

    first = {D: dict(zip(ds["label"], ds["id"], strict=True)), MATCH: {match: match for match in MATCHES}}
    return first | {AREA: {label: label for label in areas}} | {key: labelled(*of) for key, of in OF_VOCABULARY.items()}


def understood(known: Mapping[str, str], values: Sequence[str]) -> tuple[list[str], list[str]]:
    """The labels that values of a link stand for, whatever their case or if they are ids; and the values unknown.

    Empty values name nothing.
    """
    labels = {word.casefold(): label for label, word in known.items()} | {label.casefold(): label for label in known}
    named = [labels[value.casefold()] for value in values if value.casefold() in labels]
    return list(dict.fromkeys(named)), [value for value in values if value and value.casefold() not in labels]
