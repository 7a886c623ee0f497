"""The values of an entry as they stand in a file that is carried elsewhere: one reader each.

A reader gives the value, or raises ValueError with a sentence that says what is wrong and what to write
instead; the caller adds file, line and field. What is written passes the same readers first, so that it
can be read back.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from mealmag.errors import InputError, did_you_mean
from mealmag.nutrition.diary import Basis, Ledger
from mealmag.nutrition.nutrients import BY_KEY, UNITS, nutrient_of, slip_for
from mealmag.storage.diary.entries import kept, shown

LONGEST_NUMBER = 40
"""The most digits of a number, and the most places that its first one is away from the point."""

LONGEST_TEXT = 100_000

_ID = re.compile(r"[0-9a-f]{32}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?")
_NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:[Ee]([+-]?[0-9]+))?")
_COUNT = re.compile(r"[0-9]+")
_TABLE = re.compile(r"\w[\w .:+-]{0,39}")
_NO_NUTRIENT = "magnesium_se_mg"  # has the form of a nutrient's key, and is a field of its own
_LONGEST_NAME = 40
_LONGEST_EXPONENT = 4

_slip = lru_cache(maxsize=1000)(slip_for)


def read_id(text: str) -> str:
    """The name of an entry for ever."""
    if not _ID.fullmatch(text):
        raise ValueError(
            f"{quoted(text)} is no id: 32 hexadecimal digits in small letters. A spreadsheet may have "
            "made a number of it."
        )
    return text


def read_day(text: str) -> date:
    """A day of the calendar."""
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"There is no such day as {text}.") from None
    raise ValueError(f"{quoted(text)} is not a day: write it as in 2026-03-02.")


def read_time(text: str) -> time | None:
    """A time of day; empty where none was told."""
    if not text:
        return None
    if not _TIME.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a time of day: write it as in 07:30.")
    return time.fromisoformat(text)


def read_ledger(text: str) -> Ledger:
    """What an intake is counted as."""
    return Ledger(_one_of(text, [ledger.value for ledger in Ledger]))


def read_basis(text: str) -> Basis:
    """What figures are for."""
    return Basis(_one_of(text, [basis.value for basis in Basis]))


def read_words(text: str) -> str:
    """Any text that a diary can keep; may be empty."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"This is longer than {LONGEST_TEXT:,} characters: shorten it.")
    try:
        return kept(text)
    except InputError:
        raise ValueError(
            f"{quoted(text)} holds signs that cannot be kept: take them out."
        ) from None


def read_quantity(text: str) -> Decimal:
    """How much was taken: more than nothing."""
    number = _decimal(text)
    if number <= 0:
        raise ValueError(f"{text} is not a quantity: it must be more than nothing.")
    return number


def read_figure(text: str) -> Decimal | None:
    """A figure, to the digit as written; empty is unknown, never zero."""
    return read_known_figure(text) if text else None


def read_known_figure(text: str) -> Decimal:
    """A figure that must be there."""
    number = _decimal(text)
    if number < 0:
        raise ValueError(f"{text} is below zero: nothing holds less than nothing.")
    return number


def read_count(text: str) -> int | None:
    """A number of samples; empty is unknown."""
    if not text:
        return None
    if not _COUNT.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a whole number of samples, such as 12.")
    if len(text) > LONGEST_NUMBER:
        raise ValueError(_TOO_LONG)
    return int(text)


def read_nutrient_key(key: str) -> str:
    """The key of a nutrient, of ours or of a food table's own."""
    if key == _NO_NUTRIENT:
        raise ValueError(f"{key} is no nutrient: it is a field of its own")
    nutrient_of(key)
    return key


def read_table(name: str) -> str:
    """The name of a food table that has a figure for magnesium."""
    if not _TABLE.fullmatch(name):
        raise ValueError(
            f"{quoted(name)} does not name a food table: at most {_LONGEST_NAME} letters, digits, "
            "spaces and . : + - _, a letter or digit first."
        )
    return name


def fault_of_key(key: str, beside: Collection[str], known: Iterable[str] = BY_KEY) -> str:
    """Why a key in a file is no nutrient; empty where it is one.

    A name just like one of ours is a slip where ours is not `beside` it: its figures would silently be
    unknown. `known` is what else may have been meant.
    """
    if key in BY_KEY:
        return ""
    meant = _slip(key) if len(key) <= _LONGEST_NAME else None
    if meant is not None and meant not in beside:
        return f'This is not known. Did you mean "{meant}"?'
    try:
        read_nutrient_key(key)
    except ValueError as error:
        has_unit = key.rpartition("_")[2] in UNITS
        near = "" if has_unit else did_you_mean(key, known)
        return f"This is not known.{near}" if near else f"This is not known: {error}."
    return ""


def quoted(text: str) -> str:
    """Text from a file, short and harmless enough for a message."""
    more = "…" if len(text) > _LONGEST_NAME else ""
    return f'"{shown(text[:_LONGEST_NAME])}{more}"'


_TOO_LONG = f"This number has more than {LONGEST_NUMBER} digits: round it."


def _decimal(text: str) -> Decimal:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(
            f"{quoted(text)} is not a number: write digits, with a decimal point, as in 12.5."
        )
    digits, exponent = found.groups(default="")
    if len(digits.lstrip("-").replace(".", "")) > LONGEST_NUMBER:
        raise ValueError(_TOO_LONG)
    if len(exponent) <= _LONGEST_EXPONENT:
        number = Decimal(text)
        if abs(number.adjusted()) <= LONGEST_NUMBER:
            return number
    raise ValueError(f"{quoted(text)} is too large or too small a number.")


def _one_of(text: str, known: list[str]) -> str:
    if text not in known:
        hint = did_you_mean(text, known) or f" Write one of: {', '.join(known)}."
        raise ValueError(f"{quoted(text)} is not known.{hint}")
    return text
