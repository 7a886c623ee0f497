"""The weeks of a plan: seven days each from its first day on. The last may have fewer."""

from datetime import date

DAYS = 7


def weeks(days: int) -> list[range]:
    """The places of the days of each week."""
    return [range(first, min(first + DAYS, days)) for first in range(0, days, DAYS)]


def week_of(day: int) -> int:
    """In which week a day is, both counted from 0."""
    return day // DAYS


def day_name(day: date, days: int) -> str:
    """What a day of a plan of so many is called: its weekday, with the date where that comes again."""
    return f"{day:%A}" if days <= DAYS else f"{day:%A} {day.day} {day:%b}"
