"""What a search may find of our foods: their names in both languages, their id and their group."""

from collections.abc import Iterable

from mealmag.catalogue.search import Entry
from mealmag.nutrition.food import Food

_SYNONYM, _ID, _GROUP = 0.9, 0.8, 0.4


def food_entries(foods: Iterable[Food]) -> list[Entry]:
    """An entry for each food; what is in more kitchens ranks higher."""
    return [
        Entry(
            food.id,
            (
                (food.name_en, 1.0),
                (food.name_nl, 1.0),
                *((name, _SYNONYM) for name in (*food.synonyms_en, *food.synonyms_nl)),
                (food.id, _ID),
                (food.group, _GROUP),
            ),
            food.everyday,
        )
        for food in foods
    ]
