"""No day holds more caffeine than is safe for this person."""

from mealmag.planning.menu import MenuModel
from mealmag.planning.problem import CAFFEINE
from mealmag.planning.rules import daily_ceiling


def post(menu: MenuModel, *, outward: bool = False) -> None:
    """One row a day, where there is a ceiling."""
    if menu.instance.problem.rules.caffeine_mg is not None:
        daily_ceiling.post(menu, CAFFEINE, "caffeine", outward=outward)
