"""Rules of redirects: an id that is no longer used leads, in the end, to a record that stays."""

from collections.abc import Iterator, Mapping

from cluster_data.input.check.references import Sheets
from cluster_data.input.faults import Fault, shown
from cluster_data.input.sheets import Sheet
from cluster_data.model.tables.organisations import LINKED


def redirect_faults(sheets: Sheets) -> Iterator[Fault]:
    """Old ids that are in use, and those that lead to themselves or round in a circle."""
    redirects = sheets["redirects"]
    if not redirects.has("old_id", "id"):
        return
    yield from in_use(redirects, sheets)
    rows = redirects.texts[["old_id", "id"]].dropna()
    lines = dict(zip(rows["old_id"], rows.index, strict=True))
    leads = dict(zip(rows["old_id"], rows["id"], strict=True))
    for circle in circles(leads):
        yield no_end(redirects.file, int(lines[circle[0]]), leads[circle[0]], circle)


def in_use(redirects: Sheet, sheets: Sheets) -> Iterator[Fault]:
    """Old ids that a record still has."""
    cells = redirects.texts["old_id"].dropna()
    for sheet in (sheets[table] for table in LINKED):
        used = cells[cells.isin(sheet.texts["id"].dropna())] if sheet.has("id") else cells.head(0)
        for line, old in used.items():
            says = f"{shown(old)} is the id of a record in {sheet.file}, so it is still used."
            advice = f"Take this row out, or take that record out of {sheet.file}."
            yield Fault(redirects.file, int(line), "old_id", old, says, advice)


def circles(leads: Mapping[str, str]) -> Iterator[list[str]]:
    """The ids of each way that leads back to where it began."""
    seen: set[str] = set()
    for start in leads:
        passed: dict[str, int] = {}
        now = start
        while now in leads and now not in seen:
            seen.add(now)
            passed[now], now = len(passed), leads[now]
        if now in passed:
            yield list(passed)[passed[now] :]


def no_end(file: str, line: int, leads_to: str, circle: list[str]) -> Fault:
    """Redirects that lead to no record."""
    by = f", by {', '.join(map(shown, circle[1:]))}" if len(circle) > 1 else ""
    says = f"{shown(circle[0])} leads back to itself{by}, and so to no record."
    return Fault(file, line, "id", leads_to, says, "Write the id of the record that stays.")
