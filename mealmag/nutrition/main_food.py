"""The main food of a meal: what it is called after, and what nobody wants twice on a day.

The food table says by which name people know a food that can make a meal what it is: "chicken" for
breast and thigh, "pasta" for wheat and gluten-free pasta. Bread has none, as it is beside most lunches,
nor have garnishes; a portion counts from the grams below on, all of them editorial.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from mealmag.nutrition.food import Food, State

# The least that makes a meal one of a food, in g as eaten, by food group.
LEAST_G: Mapping[str, Decimal] = MappingProxyType(
    {
        "meat": Decimal(60),
        "fish": Decimal(60),
        "eggs": Decimal(90),  # two of them
        "soya": Decimal(75),
        "pulses": Decimal(75),
        "whole-grains": Decimal(100),
        "refined-grains": Decimal(100),
        "starchy-vegetables": Decimal(100),
    }
)
_OF_OTHER_GROUPS = Decimal(75)
# Dry pulses and grains weigh about two and a half times as much once cooked.
_DRY = Decimal("0.4")


def least_g(food: Food) -> Decimal:
    """From how many grams on a portion of `food` makes a meal one of its main food."""
    least = LEAST_G.get(food.group, _OF_OTHER_GROUPS)
    return least * _DRY if food.state is State.DRY else least


def main_food(food: Food, grams: Decimal) -> str:
    """What a meal with this portion is one of; nothing where the food is none, or there is too little."""
    return food.main_food if grams >= least_g(food) else ""
