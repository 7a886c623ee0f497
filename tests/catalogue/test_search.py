"""Search finds what a person means, best first."""

import pytest

from mealmag.catalogue.every_food import EveryFood
from mealmag.catalogue.search import Entry, Index
from mealmag.errors import InputError
from mealmag.services.catalogue import load_food_table
from mealmag.services.foods import food_index

SMALL = Index(
    [
        Entry("souffle", (("spinach soufflé", 1.0), ("spinaziesoufflé", 1.0)), 1),
        Entry("raw", (("raw spinach", 1.0), ("rauwe spinazie", 1.0)), 1),
        Entry("boiled", (("boiled spinach", 1.0), ("gekookte spinazie", 1.0)), 1),
        Entry("butter", (("peanut butter", 1.0), ("pindakaas", 1.0)), 1),
        Entry("cheese", (("cheese", 1.0), ("kaas", 1.0)), 1),
        Entry("goat", (("goat's cheese", 1.0), ("geitenkaas", 1.0)), 2),
        Entry("choco", (("dark chocolate", 1.0), ("pure chocolade", 1.0), ("chocolate 85%", 0.9))),
        Entry("jalapeno", (("jalapeño", 1.0),)),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spinach", ["raw", "boiled", "souffle"]),
        ("SPINACH", ["raw", "boiled", "souffle"]),
        ("spin", ["raw", "boiled", "souffle"]),
        ("spinahc", ["raw", "boiled", "souffle"]),  # swapped
        ("spinnach", ["raw", "boiled", "souffle"]),  # a letter too many
        ("boiled spinach", ["boiled"]),
        ("spinach boiled", ["boiled"]),
        ("pindakaas", ["butter"]),
        ("kaas", ["cheese", "butter", "goat"]),
        ("cheese", ["cheese", "goat"]),
        ("choco 85", ["choco"]),
        ("jalapeno", ["jalapeno"]),
        ("xyzzy", []),
        ("  ", []),
        ("%", []),
        ("j", ["jalapeno"]),
    ],
)
def test_best_first(text: str, expected: list[str]) -> None:
    assert SMALL.find(text) == expected


def test_no_more_than_asked_for() -> None:
    assert SMALL.find("spinach", limit=1) == ["raw"]


SHIPPED = food_index(load_food_table())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("spinach", {"spinach-raw", "spinach-boiled"}),
        ("pindakaas", {"peanut-butter"}),
        ("almond", {"almonds"}),
        ("havermout", {"oats-rolled"}),
        ("zucchini", {"courgette-raw", "courgette-boiled"}),
        ("eggplant", {"aubergine-raw", "aubergine-boiled"}),
        ("arugula", {"arugula"}),
        ("volkorenbrood", {"bread-whole-wheat"}),
        ("brocolli", {"broccoli-boiled", "broccoli-raw"}),
        ("tofu", {"tofu-firm", "tofu-silken", "tofu-fried"}),
        ("banaan", {"banana"}),
        ("cocoa", {"cocoa-powder"}),
    ],
)
def test_our_own_foods_as_people_ask_for_them(text: str, first: set[str]) -> None:
    assert SHIPPED.find(text)[0] in first


def test_dark_chocolate_by_its_cocoa_share() -> None:
    food = load_food_table()[SHIPPED.find("choco 85")[0]]
    assert food.group == "cacao"
    assert any("85" in name for name in (food.name_en, *food.synonyms_en))


def test_all_foods_come_behind_our_own() -> None:
    every = EveryFood()
    assert len(every) == 7777
    index = food_index(load_food_table(), every)
    found = index.find("spinach")
    own = [key for key in found if not key.startswith("usda:")]
    assert found[: len(own)] == own or not found[0].startswith("usda:")
    teff = every.food(next(key for key in index.find("teff uncooked") if key.startswith("usda:")))
    assert teff.nutrients["magnesium_mg"] == 184
    assert every.portions(teff.id)[0].text == "1 cup"


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(InputError, match="no food"):
        EveryFood().food("usda:99999")
