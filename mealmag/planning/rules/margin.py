"""The margin: magnesium below the target plus what was asked for beyond it, in parts of a milligram.

A goal of its own behind the first. So a margin never costs a day its target, and whatever hangs on the
target (the bound of the first goal, a certificate, a supplement) knows nothing of it.
"""

from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import MARGIN


def post(menu: MenuModel) -> Terms:
    """One shortage a day; nothing where no margin is asked for."""
    aim = menu.instance.aim
    goal: Terms = []
    if aim is None:
        return goal
    n = menu.instance.nutrient("magnesium_mg")
    for day in menu.days:
        terms, constant = menu.amount(n, high=False, day=day)
        short = menu.at_least(terms, constant, aim, per_unit=1, most=aim, rule=MARGIN.name)
        if short is not None:
            goal.append((short, menu.times[day]))
    return goal
