"""Files made for a visitor stay a minute longer, a hundred of them at most, so that a slow browser can fetch them.

Streamlit drops a file that was made on request when two more runs have ended, of any visitors: with ten runs a second
that is sooner than a browser on a slow line can ask for it.
"""

import time
from collections.abc import Callable

STAYS, MOST = 60.0, 100  # seconds after it is no longer used; files


class Leaving:
    """The files that are to be deleted: each goes a minute later, or when a hundred others are to go after it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._ends: dict[str, float] = {}

    def stays(self, name: str) -> None:
        """A file is used again."""
        self._ends.pop(name, None)

    def gone(self, name: str) -> list[str]:
        """Note that a file is to be deleted; the names of those whose time has come."""
        self._ends.pop(name, None)
        self._ends[name] = self.clock() + STAYS
        late = [one for one, end in self._ends.items() if end <= self.clock()]
        names = late or list(self._ends)[:-MOST]
        for one in names:
            del self._ends[one]
        return names
