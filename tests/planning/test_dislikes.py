"""What may be disliked: foods, dishes, groups, kinds of meat and main foods; everywhere the same words."""

from typing import Any

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.errors import InputError
from mealmag.nutrition.food_words import words_of
from mealmag.planning.candidates import choices, forbidden_by, served_foods
from mealmag.planning.check import check
from mealmag.planning.dislikes import ids_called, refuse_unknown
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Rules
from mealmag.services.catalogue import Catalogue
from mealmag.services.problem import refuse_unknown_dislikes


def test_the_words_of_a_food(catalogue: Catalogue) -> None:
    foods = catalogue.foods
    assert words_of(foods["ham-sliced"]) == {
        "ham-sliced", "meat", "red-meat", "processed-meat", "ham",
    }  # fmt: skip
    assert {"salmon-raw", "salmon-raw+fish-fried", "fish", "salmon"} == words_of(
        foods["salmon-raw+fish-fried"]
    )
    assert words_of(foods["almonds"]) == {"almonds", "nuts"}
    assert "" not in set().union(*map(words_of, foods.values()))


@pytest.mark.parametrize(
    ("word", "food", "forbidden"),
    [
        ("chicken", "chicken-breast-roasted", True),
        ("red-meat", "ham-sliced", True),
        ("processed-meat", "ham-sliced", True),
        ("red-meat", "chicken-breast-roasted", False),
        ("salmon", "salmon-raw+fish-fried", True),
        ("salmon", "cod-baked", False),
        ("ham", "ham-sliced", True),
        ("ham", "almonds", False),
    ],
)
def test_what_a_word_forbids(catalogue: Catalogue, word: str, food: str, forbidden: bool) -> None:
    found = forbidden_by(catalogue.foods[food], Rules(dislikes=(word,)))
    assert found == ("dislikes" if forbidden else None)


def test_a_main_food_is_not_offered(catalogue: Catalogue) -> None:
    def offered(*dislikes: str) -> set[str]:
        dishes = catalogue.dishes.values()
        rules = Rules(dislikes=dislikes)
        return served_foods(choices(dishes, catalogue.foods, rules, tuple(Meal)))

    chicken = {key for key in offered() if catalogue.foods[key].main_food == "chicken"}
    assert chicken
    assert not chicken & offered("chicken")


def _with(plan: Plan, food: str, **rules: object) -> Plan:
    """The plan with this food on its first plate, under these rules."""
    document: dict[str, Any] = plan.model_dump(mode="json", by_alias=True)
    document["days"][0]["meals"][0]["portions"][0]["food"] = food
    document["rules"].update(rules)
    return Plan.model_validate(document)


@pytest.mark.parametrize(
    ("word", "fault"),
    [("chicken", True), ("meat", True), ("red-meat", False), ("salmon", False)],
)
def test_the_checker_knows_the_same_words(
    plan: Plan, catalogue: Catalogue, word: str, fault: bool
) -> None:
    changed = _with(plan, "chicken-breast-roasted", dislikes=[word])
    found = check(changed, catalogue.foods, catalogue.dishes)
    assert any(violation.rule == "dislikes" for violation in found) is fault


@pytest.mark.parametrize(("word", "fault"), [("chicken", True), ("red-meat", False)])
def test_a_guest_is_checked_by_the_same_words(
    plan: Plan, catalogue: Catalogue, word: str, fault: bool
) -> None:
    document: dict[str, Any] = _with(plan, "chicken-breast-roasted").model_dump(
        mode="json", by_alias=True
    )
    document["days"][0]["meals"][0]["occasion"] = {"kind": "guest", "dislikes": [word]}
    found = check(Plan.model_validate(document), catalogue.foods, catalogue.dishes)
    assert any(violation.rule == "guests" for violation in found) is fault


def test_unknown_words_name_what_may_be_meant(catalogue: Catalogue) -> None:
    refuse_unknown_dislikes(["chicken", "red-meat", "eggs", "kale-boiled", "fish"], catalogue)
    with pytest.raises(InputError, match=r'"chiken" is no food.* Did you mean "chicken"') as caught:
        refuse_unknown_dislikes(["chiken"], catalogue)
    assert "mealmag foods search" in caught.value.hint
    with pytest.raises(InputError) as caught:
        refuse_unknown_dislikes(["mushrooms"], catalogue)
    assert "mushrooms-chestnut-raw,mushrooms-cooked,mushrooms-raw," in caught.value.hint
    refuse_unknown((), catalogue.foods, (), where="Monday dinner")
    with pytest.raises(InputError) as caught:
        refuse_unknown(["lactose"], catalogue.foods, (), where="Monday dinner")
    assert caught.value.message.startswith('Monday dinner: "lactose" is no food')
    assert caught.value.hint.endswith("As an allergen it is milk (your own: --avoid milk).")


def test_ids_to_copy(catalogue: Catalogue) -> None:
    onions = ids_called("onion", catalogue.foods)
    assert onions == ids_called("Onions", catalogue.foods)
    assert {"onion-raw", "onion-cooked", "spring-onion"} <= set(onions)
    assert len(ids_called("raw", catalogue.foods)) == 12
    assert not any("+" in food for food in ids_called("salmon", catalogue.foods))
    assert ids_called("xyz", catalogue.foods) == ids_called("-", catalogue.foods) == []
