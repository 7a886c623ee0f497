"""What a figure that nobody published counts: nothing towards a floor, and towards a ceiling the highest
figure of the food's group (of all foods, where its group has none). So a plan errs on the safe side.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from mealmag.nutrition.food import Food


class Unknown:
    """Looks up, once for each group, what an unknown figure counts towards a ceiling."""

    def __init__(self, foods: Mapping[str, Food]) -> None:
        self.foods = foods
        self._highest: dict[tuple[str | None, str], Decimal | None] = {}

    def at_most(self, food: Food, nutrient: str) -> Decimal | None:
        """The food's figure per 100 g, or what counts in its place; None where no food has one."""
        known = food.nutrients.get(nutrient)
        if known is not None:
            return known
        of_group = self._find(food.group, nutrient)
        return self._find(None, nutrient) if of_group is None else of_group

    def most(self, portions: Iterable[tuple[Food, Decimal]], nutrient: str) -> Decimal:
        """The most of `nutrient` that these (food, grams) may hold together."""
        return sum(
            (
                (self.at_most(food, nutrient) or Decimal(0)) * grams / 100
                for food, grams in portions
            ),
            Decimal(0),
        )

    def _find(self, group: str | None, nutrient: str) -> Decimal | None:
        key = (group, nutrient)
        if key not in self._highest:
            known = (
                food.nutrients.get(nutrient)
                for food in self.foods.values()
                if group is None or food.group == group
            )
            self._highest[key] = max((each for each in known if each is not None), default=None)
        return self._highest[key]
