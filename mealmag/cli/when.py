"""Days and meals as people name them: today, yesterday, a weekday that was last, a date; what is to come."""

import argparse
from collections.abc import Collection
from datetime import date, timedelta

from mealmag.catalogue.dish import Meal
from mealmag.cli.context import Context
from mealmag.errors import InputError, did_you_mean

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AGO = {"today": 0, "yesterday": 1}
_FIRST = date(1900, 1, 1)


def day_before(text: str, today: date) -> date:
    """The day that is meant, today or before. InputError for what is none, or is still to come."""
    word = text.strip().lower()
    if word in _AGO:
        return today - timedelta(days=_AGO[word])
    if word in _WEEKDAYS:
        return today - timedelta(days=(today.weekday() - _WEEKDAYS.index(word)) % 7)
    try:
        day = date.fromisoformat(word)
    except ValueError:
        known = (*_AGO, *_WEEKDAYS)
        raise InputError(
            f'"{text[:40]}" is no day.{did_you_mean(word, known)}',
            hint="Write today, yesterday, a weekday, or a date such as 2026-11-21.",
        ) from None
    if not _FIRST <= day <= today:
        raise InputError(
            f"{day} is {'still to come' if day > today else 'too long ago'}.",
            hint="A diary is of days that were.",
        )
    return day


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
