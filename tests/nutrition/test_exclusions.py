"""What a life stage rules out, and which foods of the shipped catalogue are such."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from mealmag.nutrition.exclusions import Exclusion, excluded, kinds_of
from mealmag.nutrition.food import Food, State
from mealmag.nutrition.person import Person
from mealmag.services.catalogue import load_catalogue

SHIPPED = {
    "alcohol": "beer beer-alcohol-free beer-light beer-strong cider liqueur spirits vanilla-extract "
    "wine-dessert wine-red wine-rose wine-white",
    "liver": "beef-liver-fried chicken-liver-fried cod-liver-oil liverwurst pate pork-liver-cooked",
    "raw-fish": "cod-raw haddock-raw haddock-smoked herring-pickled kipper mackerel-raw "
    "mackerel-smoked oysters prawns-raw salmon-raw salmon-smoked sushi trout-raw trout-smoked "
    "tuna-raw",
    "raw-meat": "bacon-raw beef-dried beef-mince-raw beef-stew-raw chicken-breast-raw "
    "chicken-thigh-raw chorizo ham-cured pepperoni salami",
    "raw-egg": "chocolate-mousse egg-duck egg-poached egg-quail egg-raw egg-soft-boiled egg-white "
    "egg-yolk",
    "raw-sprouts": "bean-sprouts-raw lentil-sprouts",
    "mould-cheese": "blue-cheese brie camembert gorgonzola roquefort",
    "high-mercury-fish": "swordfish-cooked",
}


NURSING = {"alcohol", "liver", "raw-fish", "raw-meat", "high-mercury-fish"}


@pytest.fixture(scope="module")
def foods() -> Mapping[str, Food]:
    return load_catalogue().foods


@pytest.mark.parametrize("kind", Exclusion)
def test_the_shipped_foods_of_each_kind(foods: Mapping[str, Food], kind: Exclusion) -> None:
    """All 1,149 of them: nothing is missed, and nothing harmless is taken away."""
    assert sorted(key for key, food in foods.items() if kind in kinds_of(food)) == sorted(
        SHIPPED[kind].split()
    )


def test_what_a_dish_cooks_is_raw_no_longer(foods: Mapping[str, Food]) -> None:
    assert kinds_of(foods["salmon-raw"]) == {Exclusion.RAW_FISH}
    assert kinds_of(foods["salmon-raw+fish-fried"]) == frozenset()
    assert kinds_of(foods["egg-raw+eggs-hard-cooked"]) == frozenset()


def test_sprouts_are_ruled_out_raw_alone(foods: Mapping[str, Food]) -> None:
    assert kinds_of(foods["bean-sprouts-raw"]) == {Exclusion.RAW_SPROUTS}
    assert kinds_of(foods["bean-sprouts-raw+vegetables-boiled-water-eaten"]) == frozenset()
    alfalfa = replace(foods["cucumber"], id="x", name_en="alfalfa sprouts", state=State.RAW)
    assert kinds_of(alfalfa) == {Exclusion.RAW_SPROUTS}


def test_a_trace_of_alcohol_is_none_but_in_a_drink(foods: Mapping[str, Food]) -> None:
    assert kinds_of(foods["vinegar-wine"]) == frozenset()  # 0.11 g in 100 g
    assert kinds_of(foods["beer-alcohol-free"]) == {Exclusion.ALCOHOL}  # 0.3 g in 100 g


def test_an_own_food_without_figures_is_told_by_its_words(foods: Mapping[str, Food]) -> None:
    unknown = dict.fromkeys(foods["beer"].nutrients)
    ale = replace(foods["beer"], id="x", name_en="ginger beer", nutrients=unknown)
    shark = replace(foods["cod-baked"], id="x", name_en="grilled shark", nutrients=unknown)
    king = replace(foods["cod-baked"], id="x", name_en="King mackerel, baked", nutrients=unknown)
    assert kinds_of(ale) == {Exclusion.ALCOHOL}
    assert kinds_of(shark) == kinds_of(king) == {Exclusion.MERCURY}
    vegan = replace(foods["hummus"], id="x", name_en="vegan liver pâté")
    assert kinds_of(vegan) == frozenset()
    rich = dict(foods["beef-stewed"].nutrients) | {
        "vitamin_a_ug_rae": foods["liverwurst"].nutrients["vitamin_a_ug_rae"]
    }
    haggis = replace(foods["beef-stewed"], id="x", name_en="haggis", nutrients=rich)
    assert kinds_of(haggis) == {Exclusion.LIVER}
    kitchen = replace(foods["salami"], id="x", state=State.COOKED)
    assert kinds_of(kitchen) == frozenset()


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"age": 34}, set()),
        ({"age": 18}, set()),
        ({"age": 17}, {"alcohol"}),
        ({"age": 12}, {"alcohol"}),
        ({"age": 11}, {"alcohol", "high-mercury-fish"}),
        ({"age": 34, "life_stage": "pregnant"}, set(Exclusion)),
        ({"age": 34, "life_stage": "breastfeeding"}, NURSING),
        ({"age": 34, "conditions": ["pregnancy"]}, set(Exclusion)),
        ({"age": 34, "conditions": ["breast-feeding"]}, NURSING),
        ({"age": 34, "conditions": ["asthma"]}, set()),
    ],
)
def test_whom_they_are_ruled_out_for(person: dict[str, object], expected: set[str]) -> None:
    assert set(excluded(Person.model_validate({"sex": "female", **person}))) == expected
