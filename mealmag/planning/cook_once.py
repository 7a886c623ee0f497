"""Which dinners are cooked double where so many a week are asked for, and for which lunch."""

from collections.abc import Mapping, Sequence
from datetime import date

from mealmag.catalogue.dish import Meal
from mealmag.planning.occasion import MOST_DAYS_KEPT, CookDouble, Occasion, Place, is_for_later

_WEEK = 7


def wanted(a_week: int, days: int) -> int:
    """How many of so many a week fall on a plan of `days`; one at least, where any are asked for and one
    can be."""
    if not a_week or days < 2:
        return 0
    return max(1, (2 * a_week * days + _WEEK) // (2 * _WEEK))


def doubles(
    a_week: int, days: Sequence[date], occasions: Mapping[Place, Occasion], keeps: int
) -> dict[Place, Occasion]:
    """Dinners to cook double beside those of `occasions`, spread over the days.

    Each is for the next day's lunch, or for the first one after that is free and within the `keeps` days
    that a dinner can keep. Dinners and lunches of which something is otherwise are not free. Fewer than
    asked for where there are no more.
    """
    said = {
        place: occasion
        for place in (Place(day, Meal.DINNER) for day in days)
        if isinstance(occasion := occasions.get(place), CookDouble)
        and not is_for_later(place, occasion, days[-1])
    }
    count = max(0, wanted(a_week, len(days)) - len(said))
    taken = {place.date.toordinal() + double.days for place, double in said.items()}
    taken |= {place.date.toordinal() for place in occasions if place.meal is Meal.LUNCH}
    found: dict[Place, Occasion] = {}
    for number in range(count):
        ideal = (2 * number + 1) * (len(days) - 1) / (2 * count) - 0.5
        free = [
            (gap, abs(index - ideal), index)
            for index, day in enumerate(days)
            if (place := Place(day, Meal.DINNER)) not in occasions and place not in found
            for gap in range(1, min(keeps, MOST_DAYS_KEPT) + 1)
            if index + gap < len(days) and days[index + gap].toordinal() not in taken
        ]
        if not free:
            break
        gap, _, index = min(free)
        taken.add(days[index + gap].toordinal())
        found[Place(days[index], Meal.DINNER)] = CookDouble(days=gap)
    return found
