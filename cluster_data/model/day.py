"""The day that it is for readers, wherever the server stands."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

READERS = ZoneInfo("Europe/London")


def today() -> date:
    """The day in the United Kingdom."""
    return datetime.now(READERS).date()


def day_in_words(day: date) -> str:
    """A day as readers write it: "29 November 2026"."""
    return f"{day.day} {day:%B %Y}"
