"""Plain aligned tables, and the count of budgets that were kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Report:
    """What was judged so far."""

    kept: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def judge(self, what: str, measured: float, budget: float, unit: str = "x") -> list[str]:
        """Two cells, the budget and whether it is kept; remembers the judgement."""
        good = measured <= budget
        judged = f"{what}: {measured:.2f} {unit}, budget {budget:g} {unit}"
        (self.kept if good else self.broken).append(judged)
        return [f"<= {budget:g} {unit}", "kept" if good else "BROKEN"]

    def close(self) -> int:
        """Print the summary; 0 if every budget was kept, else 1."""
        heading("Budgets")
        print(f"{len(self.kept)} kept, {len(self.broken)} broken.")
        for line in self.broken:
            print(f"  BROKEN  {line}")
        return int(bool(self.broken))


UNJUDGED = ["", ""]


def heading(text: str) -> None:
    """A title with a line below."""
    print(f"\n{text}\n{'-' * len(text)}")


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell: the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (headers, *rows)) for column in range(len(headers))]
    for row in (headers, *rows):
        first, *others = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *others]).rstrip())


def ratio(measured: float, against: float) -> str:
    """How many times the other figure."""
    return f"{measured / against:.2f}"


def milliseconds(seconds: float) -> str:
    """Seconds as whole milliseconds."""
    return f"{seconds * 1000:,.0f}"
