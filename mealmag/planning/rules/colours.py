"""A day's vegetables and fruit show several colours: points for each that is missing."""

from collections.abc import Iterable

from mealmag.nutrition.food import COLOURS
from mealmag.planning.menu import MenuModel
from mealmag.planning.rulebook import ENJOYMENT, POINTS


def post(menu: MenuModel, day: int) -> Iterable[tuple[int, int]]:
    """A variable for each colour that the day lacks, and one for what is lacking beyond what may be."""
    weight = menu.instance.problem.weights.colours
    if not weight:
        return
    by_food = menu.food_uses(day)
    absent: list[tuple[int, int]] = []
    for colour in COLOURS:
        shown = [uses for food, uses in by_food.items() if menu.instance.colours[food] == colour]
        missing = menu.at_least(
            [term for terms, _ in shown for term in terms],
            sum(constant for _, constant in shown),
            1,
            per_unit=1,
            most=1,
            rule=ENJOYMENT.name,
        )
        if missing is not None:
            absent.append((missing, -1))
    fewer = menu.at_least(
        absent,
        0,
        POINTS.colours_a_day - len(COLOURS),
        per_unit=1,
        most=POINTS.colours_a_day,
        rule=ENJOYMENT.name,
    )
    if fewer is not None:
        yield fewer, weight * menu.times[day]
