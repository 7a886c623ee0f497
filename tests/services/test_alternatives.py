"""Plans beside the best one: other dishes, little lost, each checked; and why there are no more."""

import json
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mealmag.errors import InputError
from mealmag.export.json import parse_plans, plan_json
from mealmag.export.plans_text import plans_text
from mealmag.planning.alternatives import Loss, Plans
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.alternatives import Wish, alternatives, loss
from mealmag.services.catalogue import Sources
from mealmag.services.check import check_plans
from mealmag.services.plan import PlanRequest
from mealmag.services.schema import schema_of
from mealmag.storage.profile import Profile

REQUEST = PlanRequest(
    Profile.model_validate({"person": {"sex": "female", "age": 34}}),
    date(2026, 11, 23),
    days=2,
    effort=Effort.QUICK,
)


@pytest.fixture(scope="module")
def three() -> Plans:
    return alternatives(REQUEST, Wish(2, differ=5))


def dishes(plan: Plan) -> list[str]:
    return [meal.dish for day in plan.days for meal in day.meals]


def test_each_differs_from_all_before_it_and_loses_little(three: Plans) -> None:
    assert len(three.plans) == 3
    assert three.missing == ""
    for before, after in combinations(three.plans, 2):
        assert sum(dish not in dishes(before) for dish in dishes(after)) >= 5
    assert [loss(three.plans[0], plan) for plan in three.plans] == three.lose
    assert all(three.may_lose.allows(each) for each in three.lose)
    assert three.may_lose == Loss(magnesium_mg=0, nutrients_percent=2, points=10)


def test_the_document_follows_its_schema_and_every_plan_in_it_is_checked(three: Plans) -> None:
    text = plan_json(three)
    Draft202012Validator(schema_of("plans")).validate(json.loads(text))
    assert [plan for plan, _ in parse_plans(text, "x")] == three.plans
    reports = check_plans(text, "x")
    assert [(report.name, report.violations) for report in reports] == [
        (f"x, plan {number}", []) for number in (1, 2, 3)
    ]
    forged = json.loads(text)
    forged["plans"][2]["days"][0]["meals"][0]["portions"][0]["grams"] += 1
    found = check_plans(json.dumps(forged), "x")
    assert [bool(report.violations) for report in found] == [False, False, True]


def test_a_document_without_plans_is_refused() -> None:
    with pytest.raises(InputError, match="holds no plans"):
        parse_plans('{"schema": "mealmag/plans/1", "plans": []}', "x")


def test_the_pages_say_what_is_lost(three: Plans) -> None:
    text = plans_text(three)
    assert "═══ Plan 3 of 3 ═══" in text
    assert text.count("meals are of dishes that the best one does not have; it loses") == 2


def test_more_cannot_differ_than_is_cooked() -> None:
    with pytest.raises(InputError, match="5 meals cannot differ where 4 are cooked"):
        alternatives(replace(REQUEST, days=1), Wish(1, differ=5))


def test_it_is_said_why_there_are_no_more() -> None:
    """A cookbook with a single breakfast."""
    cookbook = Path(__file__).parents[1] / "planning" / "poor_cookbook.toml"
    profile = Profile.model_validate(
        {
            "person": {"sex": "male", "age": 45, "energy_kcal": 900},
            "plan": {"meals": ["breakfast", "dinner"], "max_repeats": 2},
        }
    )
    request = replace(REQUEST, profile=profile, days=1, sources=Sources(dishes=cookbook))
    found = alternatives(request, Wish(1, differ=2))
    assert len(found.plans) == 1
    assert found.missing == (
        "There is no plan 2: none differs in 2 meals from that before it (proven)."
    )
    assert found.missing in " ".join(plans_text(found).split())


def test_a_plan_that_is_there_is_the_first_and_its_locked_meals_stay(three: Plans) -> None:
    document = json.loads(plan_json(three.plans[0]))
    document["days"][0]["meals"][2]["locked"] = True
    best = Plan.model_validate(document)
    heard: list[Plan] = []
    request = replace(REQUEST, keep=best)
    found = alternatives(
        request, Wish(1, differ=2), best=best, on_found=lambda plan, _: heard.append(plan)
    )
    assert found.plans[0] is best
    assert found.plans[1:] == heard
    assert [plan.days[0].meals[2].dish for plan in heard] == [best.days[0].meals[2].dish]
    with pytest.raises(InputError, match="where 7 are cooked and not locked"):
        alternatives(request, Wish(1, differ=8), best=best)


def test_a_stop_keeps_the_plans_there_are() -> None:
    begun: list[int] = []
    found = alternatives(
        replace(REQUEST, days=1), Wish(2), on_plan=begun.append, stop=lambda: bool(begun)
    )
    assert begun == [2]
    assert len(found.plans) in (1, 2)
    if len(found.plans) == 1:
        assert found.missing
