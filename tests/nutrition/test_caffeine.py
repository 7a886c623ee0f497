"""How much caffeine is safe, and what each food of the shipped catalogue counts with."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mealmag.nutrition.caffeine import caffeine_per_100_g, ceiling_mg
from mealmag.nutrition.person import Person
from mealmag.services.catalogue import load_catalogue

# mg in 100 g of foods without a figure: an espresso, a black tea, the darkest chocolate with a figure.
GUESSED = {
    "cappuccino": 212, "kombucha": 20, "biscuit-florentine": 86, "cereal-bar-chocolate": 86,
    "chocolate-bar-coconut": 86, "chocolate-croissant": 86, "chocolate-dark-70": 86,
    "chocolate-dark-nuts": 86, "chocolate-dark-sugar-free": 86, "chocolate-dragees": 86,
    "chocolate-mousse": 86, "chocolate-rice-cereal": 86, "chocolate-wheat-flakes": 86,
    "cocoa-drink-powder": 86, "custard-chocolate": 86, "ice-cream-bar": 86,
    "muesli-crunchy-chocolate": 86,
}  # fmt: skip


@pytest.mark.parametrize(
    ("person", "mg"),
    [
        ({"age": 18}, 400),
        ({"age": 80}, 400),
        ({"age": 30, "life_stage": "pregnant"}, 200),
        ({"age": 30, "life_stage": "breastfeeding"}, 200),
        ({"age": 30, "conditions": ["pregnant"]}, 200),
        ({"age": 17, "weight_kg": 60.0}, 180),
        ({"age": 17, "weight_kg": 150.0}, 400),
        ({"age": 16, "weight_kg": 50.0, "life_stage": "pregnant"}, 150),
        ({"age": 17}, 90),
        ({"age": 13}, 90),
        ({"age": 12}, 45),
        ({"age": 5}, 45),
        ({"age": 4}, 21),
        ({"age": 1}, 21),
    ],
)
def test_what_is_safe(person: dict[str, object], mg: int) -> None:
    assert ceiling_mg(Person.model_validate({"sex": "female", **person})) == mg


def test_every_shipped_food() -> None:
    foods = load_catalogue().foods
    counted = caffeine_per_100_g(foods)
    assert counted.keys() == foods.keys()
    guessed = {}
    for key, food in foods.items():
        known = food.nutrients["caffeine_mg"]
        if known is not None:
            assert counted[key] == known
        elif counted[key]:
            guessed[key] = int(counted[key])
    assert guessed == GUESSED


def test_an_own_drink_counts_with_the_most_of_its_family() -> None:
    foods = dict(load_catalogue().foods)
    unknown = dict.fromkeys(foods["cola"].nutrients)
    for key, name in (("x", "Cola from the corner"), ("y", "Steak and oats"), ("z", "muntthee")):
        foods[key] = replace(foods["cola"], id=key, name_en=name, name_nl="", nutrients=unknown,
                             source_description="")  # fmt: skip
    counted = caffeine_per_100_g(foods)
    assert [counted[key] for key in "xyz"] == [Decimal(12), 0, 0]
    assert caffeine_per_100_g({"x": foods["x"]}) == {"x": 0}  # nothing to measure it by
