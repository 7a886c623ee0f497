"""Days and meals as people name them: yesterday, gisteren, 3 days ago, 29 nov, a date; what is to come."""

import argparse
import re
from collections.abc import Collection
from datetime import date, timedelta

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.freetext.when import read_when
from mealmag.catalogue.freetext.words import shown, simplest
from mealmag.cli.context import Context
from mealmag.errors import InputError, did_you_mean

_KNOWN = (
    "today", "yesterday", "day before yesterday", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "vandaag", "gisteren", "eergisteren", "maandag", "dinsdag",
    "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
)  # fmt: skip
_TO_COME = frozenset({"tomorrow", "day after tomorrow", "morgen", "overmorgen"})
_FIRST = date(1900, 1, 1)
_AGO = re.compile(r"(\d{1,5}|an?|one|een) (day|dag|week) (?:ago|geleden)")
_SINGULAR = {"dagen": "dag", "weken": "week", "days": "day", "weeks": "week"}


def day_before(text: str, today: date) -> date:
    """The day that is meant, today or before, in English or Dutch, as lines of `log` name days.

    InputError for what is none, or is still to come.
    """
    words = [simplest(word) for word in text.split()]
    if not words:
        raise _no_day(text)
    said = " ".join(words)
    if said in _TO_COME:
        raise _outside(said, to_come=True)
    day = _by_calendar(said) or _ago(words, today) or _as_logged(words, today)
    if day is None:
        raise _no_day(text)
    if not _FIRST <= day <= today:
        raise _outside(str(day), to_come=day > today)
    return day


def _by_calendar(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _ago(words: list[str], today: date) -> date | None:
    """What "3 days ago" and "een week geleden" mean."""
    found = _AGO.fullmatch(" ".join(_SINGULAR.get(word, word) for word in words))
    if found is None:
        return None
    count = int(found[1]) if found[1].isdecimal() else 1
    return today - timedelta(days=count * (7 if found[2] == "week" else 1))


def _as_logged(words: list[str], today: date) -> date | None:
    """What a line of `log` takes these words for; "5-6" and "1/2" are no numbers of food here."""
    when = read_when(words, today) or read_when(["on", *words], today)
    return None if when is None else when.day


def _no_day(text: str) -> InputError:
    return InputError(
        f'"{shown(text)}" is no day.{did_you_mean(text.strip().lower(), _KNOWN)}',
        hint="Write today, yesterday, a weekday, 3 days ago, or a date such as 29 nov or 2026-11-21.",
    )


def _outside(said: str, *, to_come: bool) -> InputError:
    return InputError(
        f"{said} is {'still to come' if to_come else 'too long ago'}.",
        hint="A diary is of days that were.",
    )


def add_left(parser: argparse.ArgumentParser) -> None:
    """The option that says which meals are still to come."""
    parser.add_argument(
        "--left",
        nargs="+",
        choices=[meal.value for meal in Meal],
        metavar="MEAL",
        help="the meals still to come (today: those whose time is not gone by)",
    )


def meals_left(named: list[str] | None, day: date, context: Context) -> Collection[Meal]:
    """The meals of a day that are still to come: those named, or by the clock where the day is today."""
    from mealmag.services.rest import meals_to_come

    if named is not None:
        return frozenset(Meal(name) for name in named)
    return meals_to_come(context.now.time()) if day == context.now.date() else tuple(Meal)
