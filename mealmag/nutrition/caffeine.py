"""Caffeine: how much of it is safe in a day, and how much a food holds.

Ceilings: EFSA, Scientific Opinion on the safety of caffeine (2015), intakes from all sources that give
no safety concern: 400 mg a day for adults, 200 mg while pregnant or breastfeeding (for the child's
sake), 3 mg per kg of body weight a day for children and adolescents. Where a young person's weight is
not known, the weight of a light child at the youngest age of a band is taken: 7 kg from one year, 15 kg
from five, 30 kg from thirteen. These weights are mealmag's own careful guess, not figures from a table;
3 mg/kg of them are 21, 45 and 90 mg, which leaves no room for a cup of coffee or an energy drink.

A food without a figure counts as 0 mg, unless its words say that it is coffee, tea, cola, an energy
drink, chocolate or cocoa: then it counts with the highest figure, per 100 g, that a drink of that
family has (for chocolate and cocoa: a food of the group cacao). So a cappuccino counts as an espresso,
and a chocolate biscuit as the darkest chocolate: too much, where nobody knows.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from mealmag.nutrition.exclusions import ADULT, stages
from mealmag.nutrition.food import Food
from mealmag.nutrition.person import Person

_KEY, _NONE = "caffeine_mg", Decimal(0)
_KEPT = 4096  # foods whose words were looked at
_ADULT_MG, _MOTHER_MG, _CHILD_MG_PER_KG = Decimal(400), Decimal(200), Decimal(3)
_LIGHT_KG = ((13, Decimal(30)), (5, Decimal(15)), (1, Decimal(7)))  # from this age

# Family, the group whose foods are its measure, and its words; the first family that fits counts.
_FAMILIES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("coffee", "drinks", frozenset(
        {"coffee", "espresso", "cappuccino", "latte", "macchiato", "mocha", "koffie", "tiramisu"}
    )),
    ("energy drink", "drinks", frozenset({"energy", "guarana", "energiedrank"})),
    ("tea", "drinks", frozenset({"tea", "matcha", "mate", "kombucha", "thee", "ijsthee"})),
    ("cola", "drinks", frozenset({"cola"})),
    ("chocolate", "cacao", frozenset({"chocolate", "brownie", "chocolade", "choco"})),
    ("cocoa", "cacao", frozenset({"cocoa", "cacao"})),
)  # fmt: skip


def ceiling_mg(person: Person) -> Decimal:
    """The most caffeine, in mg a day, that EFSA has no concern about for this person."""
    ceilings = [_ADULT_MG]
    if stages(person):
        ceilings.append(_MOTHER_MG)
    if person.age < ADULT:
        light = next(kg for age, kg in _LIGHT_KG if person.age >= age)
        kilograms = light if person.weight_kg is None else Decimal(str(person.weight_kg))
        ceilings.append(_CHILD_MG_PER_KG * kilograms)
    return min(ceilings)


def caffeine_per_100_g(foods: Mapping[str, Food]) -> dict[str, Decimal]:
    """What each of `foods` counts with, in mg per 100 g, by its id."""
    homes = {home for _, home, _ in _FAMILIES}
    known = [
        (_family(food), food.group, mg)
        for food in foods.values()
        if food.group in homes and (mg := food.nutrients.get(_KEY)) is not None
    ]
    highest = {
        name: max((mg for of, group, mg in known if (of, group) == (name, home)), default=_NONE)
        for name, home, _ in _FAMILIES
    }
    counted = {}
    for key, food in foods.items():
        figure = food.nutrients.get(_KEY)
        counted[key] = highest.get(_family(food), _NONE) if figure is None else figure
    return counted


def _family(food: Food) -> str:
    return _family_of(" ".join((food.id, food.name_en, food.name_nl, food.source_description)))


@lru_cache(maxsize=_KEPT)
def _family_of(text: str) -> str:
    words = frozenset(re.findall(r"[^\W_]+", text.lower()))
    return next((name for name, _, known in _FAMILIES if words & known), "")
