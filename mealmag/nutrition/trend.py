"""Magnesium over weeks: the mean of the finished days of each."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from mealmag.nutrition.accounting import Basics
from mealmag.nutrition.document import Document, Part
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.intake import MAGNESIUM, Sum, brought
from mealmag.nutrition.totals import rounded
from mealmag.nutrition.usual_intake import Days, is_finished


class TrendWeek(Part):
    """A week from Monday: the mean mg of its finished days, the least and the most of them; None without
    any. `unknown` counts entries without a figure."""

    monday: date
    days: int
    mean_mg: float | None
    least_mg: float | None
    most_mg: float | None
    unknown: int


class Trend(Document):
    """Weeks in their order, by the magnesium of `figures`, with the target (mg a day) that holds now."""

    schema_name: ClassVar[str] = "mealmag/trend/1"

    target_mg: float
    target_type: str
    weeks: tuple[TrendWeek, ...]
    figures: Figures = Figures.USDA


def monday_of(day: date) -> date:
    """The Monday of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def trend(days: Days, today: date, weeks: int, basics: Basics) -> Trend:
    """So many weeks, the last of them this one; today, and a day that looks unfinished, do not count."""
    first = monday_of(today) - timedelta(weeks=weeks - 1)
    days = {day: entries for day, entries in days.items() if day < today}
    return Trend(
        target_mg=float(basics.reference.target_mg),
        target_type=basics.reference.target_type,
        weeks=tuple(_weeks(days, first, weeks, basics.energy_kcal)),
        figures=basics.figures,
    )


def _weeks(days: Days, first: date, weeks: int, energy_kcal: Decimal) -> Iterator[TrendWeek]:
    for number in range(weeks):
        monday = first + timedelta(weeks=number)
        dates = (monday + timedelta(days=n) for n in range(7))
        logged = [days[d] for d in dates if d in days and is_finished(days[d], energy_kcal)]
        sums = [brought(entries, MAGNESIUM) for entries in logged]
        total = sum(sums, Sum())
        amounts = [each.amount for each in sums]
        yield TrendWeek(
            monday=monday,
            days=len(sums),
            mean_mg=rounded(total.amount / len(sums), 1) if sums else None,
            least_mg=rounded(min(amounts), 1) if sums else None,
            most_mg=rounded(max(amounts), 1) if sums else None,
            unknown=total.unknown,
        )
