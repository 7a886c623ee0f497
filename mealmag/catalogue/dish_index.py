"""What a search may find of the cookbook: the dishes' names in both languages, and their ids."""

from collections.abc import Iterable

from mealmag.catalogue.dish import Dish, Meal
from mealmag.catalogue.search import Entry

_ID = 0.9


def dish_entries(dishes: Iterable[Dish], meal: Meal) -> list[Entry]:
    """An entry for each dish; those for this `meal` rank first among equally good finds."""
    return [
        Entry(
            dish.id,
            ((dish.name_en, 1.0), (dish.name_nl, 1.0), (dish.id, _ID)),
            0 if meal in dish.meals else 1,
        )
        for dish in dishes
    ]
