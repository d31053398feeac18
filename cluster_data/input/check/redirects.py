"""Rules of redirects: an id that is no longer used leads, in the end, to a record that stays."""

from collections.abc import Iterator, Mapping

from cluster_data.input.check.references import Sheets
from cluster_data.input.faults import Fault, in_quotes
from cluster_data.model.tables.organisations import LINKED


def redirect_faults(sheets: Sheets) -> Iterator[Fault]:
    """Old ids that are in use, and those that lead to themselves or round in a circle."""
    redirects = sheets["redirects"]
    if not redirects.has("old_id", "id"):
        return
    rows = redirects.texts[["old_id", "id"]].dropna()
    lines = dict(zip(rows["old_id"], rows.index, strict=True))
    leads = dict(zip(rows["old_id"], rows["id"], strict=True))
    for sheet in (sheets[table] for table in LINKED if sheets[table].has("id")):
        cells = redirects.texts["old_id"].dropna()
        says = f"{{}} is the id of a record in {sheet.file}, so it is still used."
        advice = f"Take this row out, or take that record out of {sheet.file}."
        yield from redirects.each(cells[cells.isin(sheet.texts["id"].dropna())], says, advice)
    for start, *others in circles(leads):
        by = f", by {', '.join(map(in_quotes, others))}" if others else ""
        says = f"{in_quotes(start)} leads back to itself{by}, and so to no record."
        yield redirects.fault(lines[start], "id", leads[start], says, "Write the id of the record that stays.")


def circles(leads: Mapping[str, str]) -> Iterator[list[str]]:
    """The ids of each way that leads back to where it began."""
    seen: set[str] = set()
    for start in leads:
        passed: list[str] = []
        now = start
        while now in leads and now not in seen:
            seen.add(now)
            passed.append(now)
            now = leads[now]
        if now in passed:
            yield passed[passed.index(now) :]
