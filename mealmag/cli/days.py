"""A day of a plan as people name it: by its weekday, or by its date."""

from datetime import date
from typing import TYPE_CHECKING

from mealmag.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from mealmag.planning.plan import Plan

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def day_of(plan: "Plan", option: str, text: str) -> date:
    """The date meant by "tuesday" or "2026-11-24"; the plan need not have that date.

    InputError, with the name of the option, where it is neither, or the weekday is not there once.
    """
    days = [day.date for day in plan.days]
    if text in _WEEKDAYS:
        found = [day for day in days if day.weekday() == _WEEKDAYS.index(text)]
        if len(found) == 1:
            return found[0]
        many = "more than one" if found else "no"
        raise InputError(f"{option}: the plan has {many} {text}.", hint="Write the date.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            f'{option}: "{text}" is neither a weekday nor a date.{did_you_mean(text, _WEEKDAYS)}'
        ) from None
