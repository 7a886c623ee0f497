"""The checker refuses every plan that was tampered with, and names the rule."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mealmag.planning.check import check
from mealmag.planning.plan import Plan
from mealmag.services.catalogue import Catalogue

Document = dict[str, Any]


def rules_broken(document: Document, catalogue: Catalogue) -> set[str]:
    plan = Plan.model_validate(document)
    return {violation.rule for violation in check(plan, catalogue.foods, catalogue.dishes)}


def document(plan: Plan) -> Document:
    return json.loads(plan.model_dump_json(by_alias=True))  # type: ignore[no-any-return]


def test_a_plan_of_ours_holds(plan: Plan, catalogue: Catalogue) -> None:
    assert check(plan, catalogue.foods, catalogue.dishes) == []


def _portion(day: int = 0, meal: int = 0, portion: int = 0) -> Callable[[Document], Document]:
    return lambda plan: plan["days"][day]["meals"][meal]["portions"][portion]  # type: ignore[no-any-return]


def _heavier(plan: Document) -> None:
    _portion()(plan)["grams"] += 37


def _total(plan: Document) -> None:
    plan["days"][0]["totals"]["iron_mg"] += 0.02


def _unknown_hidden(plan: Document) -> None:
    plan["days"][0]["incomplete"] = {"vitamin_d_ug": 40}


def _meaty(plan: Document) -> None:
    _portion()(plan)["food"] = "chicken-breast-roasted"


def _nutty(plan: Document) -> None:
    _portion()(plan)["food"] = "almonds"


def _stranger(plan: Document) -> None:
    _portion()(plan)["food"] = "unicorn"


def _other_dish(plan: Document) -> None:
    plan["days"][0]["meals"][0]["dish"] = "no-such-dish"


def _wrong_meal(plan: Document) -> None:
    first, second = plan["days"][0]["meals"][0], plan["days"][0]["meals"][2]
    for key in ("dish", "name", "minutes", "portions"):
        first[key], second[key] = second[key], first[key]


def _lost_portion(plan: Document) -> None:
    plan["days"][0]["meals"][0]["portions"].pop(0)


def _less_energy(plan: Document) -> None:
    plan["targets"]["energy_kcal"]["ceiling"] = 1000.0


def _less_time(plan: Document) -> None:
    plan["rules"]["weekday_minutes"] = 1


def _again(plan: Document) -> None:
    plan["days"][2]["meals"][0] = plan["days"][0]["meals"][0]


def _next_day(plan: Document) -> None:
    plan["rules"]["max_repeats"] = 7
    plan["days"][1]["meals"][2] = plan["days"][0]["meals"][2]


def _disliked(plan: Document) -> None:
    plan["rules"]["dislikes"] = [_portion()(plan)["food"]]


def _disliked_dish(plan: Document) -> None:
    plan["rules"]["dislikes"] = [plan["days"][0]["meals"][0]["dish"]]


def _same_as_known(plan: Document) -> None:
    dishes = [meal["dish"] for day in plan["days"] for meal in day["meals"]]
    plan["rules"]["otherwise"] = [{"dishes": dishes[1:], "differ": 3}]


def _gap_in_dates(plan: Document) -> None:
    plan["days"][2]["date"] = "2026-12-24"


def _gap_in_magnesium(plan: Document) -> None:
    plan["days"][0]["magnesium"]["gap_mg"] = 5.0


def _magnesium(plan: Document) -> None:
    _portion()(plan)["magnesium_mg"] += 1


def _unearned_dose(plan: Document) -> None:
    plan["days"][0]["magnesium"]["supplement"] = 50.0


def _uncertified(plan: Document) -> None:
    plan["supplement"] = {"elemental_mg": 50, "upper_level_mg": 350.0, "certificate": None}


def _above_upper_level(plan: Document) -> None:
    plan["supplement"] = {
        "elemental_mg": 400,
        "upper_level_mg": 350.0,
        "certificate": {"best_possible_food_mg": 900.0, "engines": ["a"]},
    }


def _less_potassium(plan: Document) -> None:
    day = plan["days"][1]["totals"]["potassium_mg"]
    plan["rules"]["limits"] = {"potassium_mg": {"ceiling": round(day - 0.01, 2)}}


def _without_a_figure(plan: Document) -> None:
    plan["rules"]["limits"] = {"oxalic_acid_mg": {"ceiling": 1}}


def _less_caffeine(plan: Document) -> None:
    plan["rules"]["caffeine_mg"] = 0.0
    plan["days"][0]["meals"][0]["portions"][0]["food"] = "cappuccino"


def _more_pulses(plan: Document) -> None:
    plan["rules"]["groups"] = {"pulses": {"min": 28}}


def _no_vegetables(plan: Document) -> None:
    plan["rules"]["groups"] = {"vegetables": {"max": 0}}


def _chickpeas_twice_a_day(plan: Document) -> None:
    for meal in (1, 2):
        _portion(0, meal)(plan).update(food="chickpeas-boiled", grams=150.0)


def _chickpeas_at_two_dinners(plan: Document) -> None:
    for day in (1, 2):
        _portion(day, 2)(plan).update(food="chickpeas-canned", grams=75.0)


def _goal_value(plan: Document) -> None:
    plan["goals"][2]["value"] += 1


def _goal_missing(plan: Document) -> None:
    plan["goals"].pop(1)


def _false_bound(plan: Document) -> None:
    plan["goals"][0]["bound"] = 9.0


@pytest.mark.parametrize(
    ("tamper", "rule"),
    [
        (_heavier, "natural_amounts"),
        (_total, "totals"),
        (_unknown_hidden, "totals"),
        (_meaty, "diet"),
        (_nutty, "allergens"),
        (_stranger, "catalogue"),
        (_other_dish, "catalogue"),
        (_wrong_meal, "natural_amounts"),
        (_lost_portion, "natural_amounts"),
        (_less_energy, "energy_band"),
        (_less_time, "minutes"),
        (_again, "repeats"),
        (_next_day, "neighbouring_days"),
        (_chickpeas_twice_a_day, "main_food"),
        (_chickpeas_at_two_dinners, "main_food"),
        (_same_as_known, "otherwise"),
        (_disliked, "dislikes"),
        (_disliked_dish, "dislikes"),
        (_gap_in_dates, "completeness"),
        (_gap_in_magnesium, "totals"),
        (_magnesium, "totals"),
        (_unearned_dose, "supplement"),
        (_uncertified, "supplement"),
        (_above_upper_level, "supplement"),
        (_less_potassium, "limits"),
        (_without_a_figure, "limits"),
        (_less_caffeine, "caffeine"),
        (_more_pulses, "groups"),
        (_no_vegetables, "groups"),
        (_goal_value, "goals"),
        (_goal_missing, "goals"),
        (_false_bound, "goals"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_tampering_is_found(
    plan: Plan, catalogue: Catalogue, tamper: Callable[[Document], None], rule: str
) -> None:
    changed = document(plan)
    tamper(changed)
    assert rule in rules_broken(changed, catalogue)


def test_minutes_are_just_about_enough(plan: Plan, catalogue: Catalogue) -> None:
    longest = max(
        max(sum(meal.minutes for meal in day.meals), *(meal.total_minutes for meal in day.meals))
        for day in plan.days
    )
    changed = document(plan)
    changed["rules"]["weekday_minutes"] = longest
    assert rules_broken(changed, catalogue) == set()
    changed["rules"]["weekday_minutes"] = longest - 1
    assert rules_broken(changed, catalogue) == {"minutes"}


def test_a_limit_is_just_about_kept(plan: Plan, catalogue: Catalogue) -> None:
    most = max(day.totals["potassium_mg"] for day in plan.days)
    changed = document(plan)
    changed["rules"]["limits"] = {"potassium_mg": {"ceiling": most + 0.01}}
    assert rules_broken(changed, catalogue) == set()
    changed["rules"]["limits"] = {"potassium_mg": {"ceiling": most - 0.01}}
    assert rules_broken(changed, catalogue) == {"limits"}


def test_caffeine_is_just_about_kept(plan: Plan, catalogue: Catalogue) -> None:
    most = max(day.totals["caffeine_mg"] for day in plan.days)
    changed = document(plan)
    changed["rules"]["caffeine_mg"] = most + 0.01
    assert rules_broken(changed, catalogue) == set()
    changed["rules"]["caffeine_mg"] = most - 0.01
    assert rules_broken(changed, catalogue) == {"caffeine"}


def test_groups_are_counted_in_meals_and_scaled_to_the_days(
    plan: Plan, catalogue: Catalogue
) -> None:
    """Three days of seven: a minimum of 7 m a week asks 3 m of them, a maximum of 7 m allows 3 m."""
    meals = sum(
        any(catalogue.foods[p.food].group == "vegetables" for p in meal.portions)
        for day in plan.days
        for meal in day.meals
    )
    assert meals >= 3
    for asked, right in (
        ({"min": meals * 7 // 3}, True),  # rounded down
        ({"min": -(-(meals + 1) * 7 // 3)}, False),
        ({"max": meals * 7 // 3}, True),  # rounded up
        ({"max": (meals - 1) * 7 // 3}, False),
    ):
        changed = document(plan)
        changed["rules"]["groups"] = {"vegetables": asked}
        assert rules_broken(changed, catalogue) == (set() if right else {"groups"})


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_portion_can_change_unseen(
    plan: Plan, catalogue: Catalogue, data: st.DataObject
) -> None:
    """A conservation test: whatever portion changes its grams, some total no longer adds up."""
    changed = document(plan)
    day = data.draw(st.sampled_from(changed["days"]))
    portion = data.draw(st.sampled_from(data.draw(st.sampled_from(day["meals"]))["portions"]))
    step = data.draw(st.floats(1, 500))
    before = Decimal(str(portion["grams"]))
    portion["grams"] = float(before + Decimal(str(round(step, 1))))
    assert rules_broken(changed, catalogue)


def test_a_measure_is_checked_too(plan: Plan, catalogue: Catalogue) -> None:
    changed = document(plan)
    _portion()(changed)["measure"] = "7 barrels"
    assert rules_broken(changed, catalogue) == {"natural_amounts"}


@pytest.mark.parametrize(
    "tamper",
    [
        lambda plan: plan.update(days=[]),
        lambda plan: plan["targets"].pop("magnesium_mg"),
        lambda plan: plan["targets"]["energy_kcal"].update(floor=0.0, ceiling=0.0),
    ],
)
def test_nonsense_is_refused_without_a_crash(
    plan: Plan, catalogue: Catalogue, tamper: Callable[[Document], None]
) -> None:
    changed = document(plan)
    tamper(changed)
    assert rules_broken(changed, catalogue)


def test_certainty_is_counted_again(plan: Plan, catalogue: Catalogue) -> None:
    assert plan.certainty is not None
    days = [str(day.date) for day in plan.days]
    for change in (
        {"lowest_mg": {**plan.certainty.lowest_mg, days[0]: 999.0}},
        {"lowest_mg": {d: mg + 0.01 for d, mg in plan.certainty.lowest_mg.items()}},
        {"chance": {**plan.certainty.chance, days[0]: 1.2}},
        {"chance": {**plan.certainty.chance, days[1]: plan.certainty.chance[days[1]] - 0.02}},
        {"chance_without_margin": dict.fromkeys(days, 1.2)},
        {"chance_without_margin": dict.fromkeys(days[1:], 1.0)},
        {"sure": True},
        {"draws": 0},
        {"draws": 10**9},
        {"chance": dict.fromkeys(days[1:], 0.5)},
    ):
        forged = plan.model_copy(update={"certainty": plan.certainty.model_copy(update=change)})
        found = check(forged, catalogue.foods, catalogue.dishes)
        assert {violation.rule for violation in found} == {"certainty"}


def test_a_margin_and_an_asked_chance_are_held_against_the_plan(
    plan: Plan, catalogue: Catalogue
) -> None:
    """A plan that was made without them claims them in vain, each on its own."""
    assert plan.certainty is not None
    for rules, certainty, broken in (
        ({"margin_mg": 20.0}, {}, {"certainty"}),
        ({}, {"margin_mg": 20.0}, {"goals"}),
        ({"sure_percent": 90.0}, {"sure": True}, {"certainty"}),
        ({"sure_percent": 90.0}, {"sure": True, "draws": 4_000, "chance": 1.0}, {"certainty"}),
    ):
        if "chance" in certainty:
            certainty["chance"] = dict.fromkeys(plan.certainty.chance, 0.5)
        forged = plan.model_copy(
            update={
                "rules": plan.rules.model_copy(update=rules),
                "certainty": plan.certainty.model_copy(update=certainty),
            }
        )
        found = check(forged, catalogue.foods, catalogue.dishes)
        assert {violation.rule for violation in found} == broken
    silent = plan.model_copy(
        update={"certainty": None, "rules": plan.rules.model_copy(update={"sure_percent": 90.0})}
    )
    assert [v.rule for v in check(silent, catalogue.foods, catalogue.dishes)] == ["certainty"]
