"""The first goal: magnesium below the target, summed over the days, in parts of a milligram."""

from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import MAGNESIUM


def post(menu: MenuModel) -> Terms:
    """One shortage a day. Food and water count; there is no ceiling on magnesium from food."""
    floor = menu.instance.floor(menu.instance.nutrient("magnesium_mg"))
    return shortfall(menu, floor, MAGNESIUM.name)


def shortfall(menu: MenuModel, floor: int | None, goal_name: str) -> Terms:
    """What each day lacks of `floor`, in parts of a milligram; nothing where there is none."""
    goal: Terms = []
    if floor is None:
        return goal
    n = menu.instance.nutrient("magnesium_mg")
    for day in menu.days:
        terms, constant = menu.amount(n, high=False, day=day)
        short = menu.at_least(terms, constant, floor, per_unit=1, most=floor, rule=goal_name)
        if short is not None:
            goal.append((short, menu.times[day]))
    return goal
