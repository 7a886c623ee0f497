"""No day holds more of a nutrient than the person's own ceiling: a doctor's word is no mere goal."""

from mealmag.planning.menu import MenuModel
from mealmag.planning.rules import daily_ceiling


def post(menu: MenuModel, *, outward: bool = False) -> None:
    """One row for each day and each limited nutrient."""
    for nutrient in menu.instance.problem.rules.limits:
        daily_ceiling.post(menu, nutrient, "limits", outward=outward)
