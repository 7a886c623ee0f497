"""What somebody means who calls an allergen by another name."""

import pytest

from mealmag.nutrition.allergens import meant_allergens, which_allergens
from mealmag.nutrition.food import ALLERGENS


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("dairy", "milk"), ("lactose", "milk"), ("Lactose-free", "milk"), ("lactose intolerance", "milk"),
        ("soy", "soybeans"), ("soya", "soybeans"), ("wheat", "gluten"), ("rye", "gluten"),
        ("barley", "gluten"), ("coeliac disease", "gluten"), ("celiac", "gluten"), ("gluten-free", "gluten"),
        ("almond", "nuts"), ("almonds", "nuts"), ("walnuts", "nuts"), ("cashew", "nuts"),
        ("brazil nuts", "nuts"), ("tree-nut", "nuts"), ("shellfish", "crustaceans molluscs"),
        ("prawn", "crustaceans"), ("shrimps", "crustaceans"), ("crab", "crustaceans"),
        ("mussels", "molluscs"), ("squid", "molluscs"), ("peanut", "peanuts"), ("egg", "eggs"),
        ("nut and egg allergy", "eggs nuts"),
        ("nutmeg", ""), ("coconut", ""), ("eggplant", ""), ("hayfever", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_is_meant(words: str, keys: str) -> None:
    assert meant_allergens(words) == tuple(keys.split())


@pytest.mark.parametrize("key", ALLERGENS)
def test_each_key_means_itself(key: str) -> None:
    assert key in meant_allergens(key)


def test_suggestions() -> None:
    assert which_allergens("dairy") == ' Did you mean "milk"?'
    assert which_allergens("shellfish") == ' Did you mean "crustaceans" and "molluscs"?'
    assert which_allergens("cellery") == ' Did you mean "celery"?'
    assert which_allergens("nutmeg") == which_allergens("xyz") == ""
