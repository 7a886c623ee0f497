"""The same person with more days, and with more dishes: what each engine makes of a growing problem."""

from collections.abc import Iterator, Sequence

from benchmarks.generated import generated
from benchmarks.instances import Case, shipped

DAYS = (1, 3, 7, 14, 28)
DISHES = (50, 200, 800, 3000)
_WEEK = 7


def more_days(profile: str, days: Sequence[int]) -> Iterator[Case]:
    """The shipped catalogue, for so many days."""
    for count in days:
        yield shipped(profile, count)


def more_dishes(profile: str, dishes: Sequence[int]) -> Iterator[Case]:
    """A week, from so many made-up dishes."""
    for count in dishes:
        yield generated(profile, _WEEK, count)
