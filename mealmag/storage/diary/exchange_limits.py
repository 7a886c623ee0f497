"""What 100 g of anything cannot hold: more than 100 g of a nutrient, or more energy than pure fat."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mealmag.nutrition.nutrients import nutrient_of

_IN_100_G = {"g": Decimal(100), "mg": Decimal(100_000), "µg": Decimal(100_000_000)}
_FAT_KCAL = Decimal(900)
_MOST_KCAL = Decimal(920)  # tables give some fats up to 902


def impossible(nutrients: Mapping[str, Decimal | None]) -> Iterator[tuple[str, str]]:
    """The key of each figure per 100 g that cannot be, in the unit of its key, and why."""
    for key, figure in nutrients.items():
        if figure is None or figure <= _IN_100_G["g"]:
            continue
        unit = nutrient_of(key).unit
        if unit == "kcal":
            if figure > _MOST_KCAL:
                yield key, f"100 g cannot bring {figure} kcal: pure fat brings {_FAT_KCAL}."
        elif figure > _IN_100_G[unit]:
            yield key, f"100 g cannot hold {figure} {unit}: at most {_IN_100_G[unit]:,}."
