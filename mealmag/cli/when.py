"""A day of the past as people name it: today, yesterday, a weekday that was last, or a date."""

from datetime import date, timedelta

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
