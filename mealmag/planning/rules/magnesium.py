"""The first goal: magnesium below the target, summed over the days, in parts of a milligram."""

from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import MAGNESIUM


def post(menu: MenuModel) -> Terms:
    """One shortage a day. Food and water count; there is no ceiling on magnesium from food."""
    n = menu.instance.nutrient("magnesium_mg")
    floor = menu.instance.floor(n)
    goal: Terms = []
    if floor is None:
        return goal
    for day in menu.days:
        terms, constant = menu.amount(n, high=False, day=day)
        short = menu.at_least(terms, constant, floor, per_unit=1, most=floor, rule=MAGNESIUM.name)
        if short is not None:
            goal.append((short, menu.times[day]))
    return goal
