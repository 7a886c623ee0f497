"""The weeks of a plan: seven days each from its first day on. The last may have fewer."""

DAYS = 7


def weeks(days: int) -> list[range]:
    """The places of the days of each week."""
    return [range(first, min(first + DAYS, days)) for first in range(0, days, DAYS)]


def week_of(day: int) -> int:
    """In which week a day is, both counted from 0."""
    return day // DAYS
