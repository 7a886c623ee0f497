"""Conditions: settled before a model exists, and looked up anew by the checker."""

from collections.abc import Callable
from typing import Any

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.errors import ImpossibleError
from mealmag.nutrition.exclusions import Exclusion, excluded, kinds_of
from mealmag.nutrition.person import Person
from mealmag.planning.candidates import choices
from mealmag.planning.check import check
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Rules
from mealmag.services.catalogue import Catalogue


def offered(catalogue: Catalogue, rules: Rules, meals: tuple[Meal, ...] = tuple(Meal)) -> set[str]:
    return {
        serving.food
        for dish in choices(catalogue.dishes.values(), catalogue.foods, rules, meals)
        for component in dish.components
        for serving in component.servings
    }


def test_a_pregnant_woman_is_offered_nothing_that_is_ruled_out(catalogue: Catalogue) -> None:
    person = Person.model_validate({"sex": "female", "age": 30, "life_stage": "pregnant"})
    everything = offered(catalogue, Rules())
    left = offered(catalogue, Rules(left_out=excluded(person)))
    gone = {food for food in everything - left if kinds_of(catalogue.foods[food])}
    assert {"wine-red", "salmon-smoked", "ham-cured", "egg-poached", "blue-cheese"} <= gone
    assert not any(kinds_of(catalogue.foods[food]) for food in left)
    assert {"salmon-baked", "egg-boiled", "feta"} <= left


def test_one_kind_left_out_takes_no_other(catalogue: Catalogue) -> None:
    left = offered(catalogue, Rules(left_out=(Exclusion.ALCOHOL,)))
    assert "wine-white" not in left
    assert "salmon-smoked" in left


def test_a_meal_of_nothing_else_names_the_rule_and_can_be_relaxed(catalogue: Catalogue) -> None:
    dishes = [catalogue.dishes["mussels-oven-chips"]]
    rules = Rules(left_out=(Exclusion.ALCOHOL,))
    with pytest.raises(ImpossibleError, match="conditions") as caught:
        choices(dishes, catalogue.foods, rules, (Meal.DINNER,))
    assert caught.value.rules == ("conditions",)
    assert choices(dishes, catalogue.foods, rules, (Meal.DINNER,), relaxed={"conditions"})


def _swap(plan: Plan, food: str, **person: object) -> Plan:
    """The plan, with another food on its first plate, for another person."""
    document: dict[str, Any] = plan.model_dump(mode="json", by_alias=True)
    document["days"][0]["meals"][0]["portions"][0]["food"] = food
    document["person"].update(person)
    return Plan.model_validate(document)


@pytest.mark.parametrize(
    ("food", "person", "fault"),
    [
        ("wine-red", {}, False),
        ("wine-red", {"age": 18}, False),
        ("wine-red", {"age": 17}, True),
        ("wine-red", {"life_stage": "breastfeeding"}, True),
        ("brie", {"life_stage": "breastfeeding"}, False),
        ("egg-raw", {"life_stage": "breastfeeding"}, False),
        ("liverwurst", {"life_stage": "breastfeeding"}, True),
        ("salmon-smoked", {"life_stage": "breastfeeding"}, True),
        ("salami", {"life_stage": "breastfeeding"}, True),
        ("salami", {"conditions": ["lactating"]}, True),
        ("salmon-baked", {"life_stage": "breastfeeding"}, False),
        ("brie", {"life_stage": "pregnant"}, True),
        ("brie", {"conditions": ["pregnant"]}, True),
        ("vinegar-wine", {"life_stage": "pregnant"}, False),
        ("brie", {"age": "young"}, True),
    ],
)
def test_the_checker_needs_no_word_of_the_plan(
    plan: Plan, catalogue: Catalogue, food: str, person: dict[str, object], fault: bool
) -> None:
    found = check(_swap(plan, food, **person), catalogue.foods, catalogue.dishes)
    assert any(violation.rule == "conditions" for violation in found) is fault


def test_the_checker_holds_the_plan_to_what_it_states(
    plan: Plan, catalogue: Catalogue, document: Callable[[Plan], dict[str, Any]]
) -> None:
    changed = document(_swap(plan, "brie"))
    changed["rules"]["left_out"] = ["mould-cheese"]
    found = check(Plan.model_validate(changed), catalogue.foods, catalogue.dishes)
    assert "conditions" in {violation.rule for violation in found}


def test_a_plan_of_yesterday_still_loads(
    plan: Plan, catalogue: Catalogue, document: Callable[[Plan], dict[str, Any]]
) -> None:
    older = document(plan)
    for new in ("left_out", "limits", "caffeine_mg", "groups"):
        del older["rules"][new]
    assert check(Plan.model_validate(older), catalogue.foods, catalogue.dishes) == []
