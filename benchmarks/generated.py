"""Catalogues of any size, made of the components of the shipped dishes by a seeded generator.

A made-up dish begins as a shipped one; about half of its components are then changed for components of
other dishes of the same meal that come from the same food group and weigh about as much in energy. So it
has the choices, the servings and the size of a real dish, and it is valid, as all its parts were.
"""

import random
from collections.abc import Mapping
from dataclasses import replace
from statistics import median

from benchmarks.instances import Case, case
from mealmag.catalogue.dish import Component, Dish, Meal
from mealmag.nutrition.food import Food
from mealmag.services.catalogue import load_catalogue

_CHANGED = 0.5
_LIKE = 1.6  # one component stands for another within this factor of its energy
_PLATE = 1.35  # and a whole dish stays within this factor of the one it began as
_TRIES = 10


def generated(profile: str, days: int, dishes: int, seed: int = 1) -> Case:
    """One of the people with a made-up catalogue of so many dishes."""
    catalogue = load_catalogue()
    made = cookbook(catalogue.foods, catalogue.dishes, dishes, seed)
    return case(f"{profile}, {dishes} dishes", profile, days, catalogue.foods, made)


def cookbook(
    foods: Mapping[str, Food], shipped: Mapping[str, Dish], count: int, seed: int
) -> dict[str, Dish]:
    """So many dishes, every meal in turn; the same seed gives the same ones."""
    draw = random.Random(seed)
    kitchen = _Kitchen(foods, shipped)
    made: dict[str, Dish] = {}
    for number in range(count):
        meal = list(Meal)[number % len(Meal)]
        dish = kitchen.dish(meal, draw)
        made[f"made-up-{number}"] = replace(
            dish,
            id=f"made-up-{number}",
            name_en=f"{dish.name_en}, no. {number}",
            name_nl=f"{dish.name_nl}, nr. {number}",
        )
    return made


class _Kitchen:
    """Dishes by meal, and their components by meal and food group."""

    def __init__(self, foods: Mapping[str, Food], shipped: Mapping[str, Dish]) -> None:
        self._foods = foods
        self._dishes: dict[Meal, list[Dish]] = {meal: [] for meal in Meal}
        self._shelf: dict[tuple[Meal, str], list[Component]] = {}
        for dish in shipped.values():
            for meal in Meal:
                if meal in dish.meals:
                    self._dishes[meal].append(dish)
                    for component in dish.components:
                        key = meal, self._group(component)
                        self._shelf.setdefault(key, []).append(component)

    def dish(self, meal: Meal, draw: random.Random) -> Dish:
        """A dish for a meal, with some of its components changed."""
        dish = draw.choice(self._dishes[meal])
        before = self._plate(dish.components)
        for _ in range(_TRIES):
            parts = tuple(self._other(meal, part, draw) for part in dish.components)
            names = {part.name for part in parts}
            after = self._plate(parts)
            if len(names) == len(parts) and before / _PLATE <= after <= before * _PLATE:
                return replace(dish, components=parts)
        return dish

    def _other(self, meal: Meal, part: Component, draw: random.Random) -> Component:
        if draw.random() >= _CHANGED:
            return part
        least, most = self._energy(part) / _LIKE, self._energy(part) * _LIKE
        alike = [
            other
            for other in self._shelf[meal, self._group(part)]
            if least <= self._energy(other) <= most
        ]
        return replace(draw.choice(alike), optional=part.optional)

    def _group(self, part: Component) -> str:
        return self._foods[part.servings[0].food].group

    def _energy(self, part: Component) -> float:
        """kcal of a usual serving: the median over its foods."""
        return median(
            float(self._foods[serving.food].amount("energy_kcal", serving.grams) or 0)
            for serving, steps in zip(part.servings, part.steps, strict=True)
            if steps == 0
        )

    def _plate(self, parts: tuple[Component, ...]) -> float:
        return sum(self._energy(part) for part in parts)
