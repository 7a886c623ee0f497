"""No lunch or dinner dish comes on two days in a row; the same breakfast twice is nobody's grief."""

from mealmag.catalogue.dish import Meal
from mealmag.planning.menu import MenuModel

MEALS = (Meal.LUNCH, Meal.DINNER)


def post(menu: MenuModel) -> None:
    """One row for each dish and pair of days; two meals of one day count as neighbours too."""
    instance = menu.instance
    meals = [m for m, meal in enumerate(instance.problem.meals) if meal in MEALS]
    pairs = [[d, d + 1] for d in range(instance.days - 1)] or [[0]]
    for pair in pairs:
        for terms, constant in menu.dish_uses(pair, meals).values():
            if terms and len(terms) + constant > 1:
                menu.model.add(terms, upper=1 - constant, rule="neighbouring_days")
