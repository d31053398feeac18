"""The day that it is for readers, wherever the server stands."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

READERS = ZoneInfo("Europe/London")


def today() -> date:
    """The day in the United Kingdom."""
    return datetime.now(READERS).date()
