"""A diary is of what was: an entry of a moment still to come is refused."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from mealmag.errors import InputError
from mealmag.nutrition.diary import Entry

TOLERANCE = timedelta(minutes=5)
"""So far may the clock on the wall be ahead of this one, or this one have gone back."""


def refuse_what_is_to_come(entries: Iterable[Entry], now: datetime) -> None:
    """InputError where an entry is of a day or a time after `now`, on the wall's clock."""
    now = now.astimezone()
    latest = now + TOLERANCE
    for entry in entries:
        if entry.day > latest.date():
            raise InputError(
                f"{entry.day} is still to come: {entry.snapshot.name_en} cannot be logged there.",
                hint="A diary is of days that were.",
            )
        if entry.at is None or entry.day < now.date():
            continue
        if datetime.combine(entry.day, entry.at).astimezone(now.tzinfo) > latest:
            raise InputError(
                f"{entry.at:%H:%M} on {entry.day} is still to come: it is {now:%H:%M} now.",
                hint="Log it once it is eaten, or leave the time out. Was it yesterday? --day yesterday.",
            )
