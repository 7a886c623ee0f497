"""Naming an entry by the first digits of its id."""

import re
from collections.abc import Sequence

from mealmag.errors import InputError
from mealmag.nutrition.diary import Entry
from mealmag.storage.diary.entries import shown

_PREFIX = re.compile(r"[0-9a-f]{4,32}")
_FEWEST_SHOWN, _WHOLE_ID = 8, 32
_MOST_CANDIDATES = 6


class NoSuchEntryError(InputError):
    """There is no entry of that id (any more)."""


def digits_of(prefix: str) -> str:
    """The digits as ids are kept. InputError when this cannot be the beginning of one."""
    digits = prefix.strip().casefold()
    if not _PREFIX.fullmatch(digits):
        raise InputError(
            f'"{shown(prefix)}" does not name an entry.',
            hint="Give 4 or more of the hexadecimal digits that its id begins with.",
        )
    return digits


def only_one(digits: str, found: Sequence[Entry]) -> Entry:
    """The entry that was found. NoSuchEntryError for none; InputError for several: it names them."""
    if not found:
        raise NoSuchEntryError(
            f"There is no entry whose id begins with {digits}.",
            hint="`mealmag day DAY --json` shows the ids of a day.",
        )
    if len(found) == 1:
        return found[0]
    lengths = range(_FEWEST_SHOWN, _WHOLE_ID + 1)
    length = next(n for n in lengths if len({entry.id[:n] for entry in found}) == len(found))
    named = [f"{entry.id[:length]} ({entry.day}, {_name(entry)})" for entry in found]
    more = len(named) - _MOST_CANDIDATES
    raise InputError(
        f"{len(named)} entries have an id that begins with {digits}: "
        f"{', '.join(named[:_MOST_CANDIDATES])}{f' and {more} more' if more > 0 else ''}.",
        hint="Give more digits.",
    )


def _name(entry: Entry) -> str:
    return shown(entry.snapshot.name_en or entry.snapshot.name_nl or entry.said)
