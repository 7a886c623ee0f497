"""A plan of the rest of a day says how low its energy may be, and the check works that out anew."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mealmag.export.json import parse_plan, plan_json
from mealmag.planning.begun_day import BEGUN
from mealmag.planning.occasion import Place
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.begun import floor_in, floor_of_day
from mealmag.services.catalogue import load_catalogue
from mealmag.services.change import Changer, ChangeRequest
from mealmag.services.check import check_plan
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.rest import fixed
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile

DAY = date(2026, 11, 28)
FOODS = load_catalogue().foods
SETTLED = {"breakfast": "ate 118 g banana", "lunch": "skip"}


def someone(**plan: object) -> Profile:
    person = {"sex": "female", "age": 28, "life_stage": "pregnant", "trimester": 2}
    diet = {"kind": "vegan"}
    return Profile.model_validate({"person": person, "diet": diet, "plan": plan})


def floor_of(profile: Profile, settled: dict[str, str]) -> Decimal | None:
    energy = target_report(profile.person, profile.reference.set).targets["energy_kcal"]
    return floor_of_day(profile, fixed(profile, DAY, settled), energy, DAY, FOODS)


@pytest.fixture(scope="module")
def plan() -> Plan:
    profile = someone()
    return plan_week(
        PlanRequest(
            fixed(profile, DAY, SETTLED),
            DAY,
            days=1,
            effort=Effort.QUICK,
            floor_kcal=floor_of(profile, SETTLED),
        )
    )


def test_the_plan_says_so_and_passes(plan: Plan) -> None:
    band = plan.targets["energy_kcal"]
    assert band.floor_kind == BEGUN
    assert band.floor == float(floor_of(someone(), SETTLED) or 0) == 1082
    assert check_plan(plan_json(plan), "plan").violations == []


def forged(plan: Plan, floor: float, **meal: object) -> list[str]:
    document: dict[str, Any] = json.loads(plan_json(plan))
    document["targets"]["energy_kcal"]["floor"] = floor
    document["days"][0]["meals"][1].update(meal)
    return check_plan(json.dumps(document), "plan").violations


def test_a_lower_floor_than_the_day_allows_is_a_fault(plan: Plan) -> None:
    assert "targets: energy_kcal: the floor is 1082, not 900" in forged(plan, 900)
    assert "targets: energy_kcal: the floor is 2173, not 9000" in forged(plan, 9000)


def test_a_floor_that_is_not_said_to_be_one_is_a_fault(plan: Plan) -> None:
    document: dict[str, Any] = json.loads(plan_json(plan))
    document["targets"]["energy_kcal"]["floor_kind"] = "band"
    found = check_plan(json.dumps(document), "plan").violations
    assert "targets: energy_kcal: the floor is 2173, not 1082" in found


def test_who_never_has_breakfast_misses_none() -> None:
    never = someone(occasions={"saturday": {"breakfast": "skip"}})
    settled = {"breakfast": "skip"}
    assert floor_of(never, settled) is None
    assert floor_of(someone(), settled) == 1629
    assert floor_of(never, {**settled, "lunch": "skip"}) == 2173 * 45 // 75
    kcal = FOODS["banana"].amount("energy_kcal", Decimal(118)) or 0
    assert floor_of(never, SETTLED) == int(kcal + Decimal(2173) * 45 / 75), "what is eaten counts"


def test_a_plan_of_a_whole_day_has_no_such_floor(plan: Plan) -> None:
    whole = plan_week(PlanRequest(someone(), DAY, days=1, effort=Effort.QUICK))
    assert floor_in(whole) is None
    assert floor_in(parse_plan(plan_json(plan), "plan")) == 1082


def test_a_changed_plan_of_such_a_day_keeps_it(plan: Plan) -> None:
    dinner = Place(DAY, plan.rules.meals[2])
    changed = Changer().change(plan, ChangeRequest(swap=(dinner,))).plan
    assert changed.targets["energy_kcal"].floor == 1082
    assert check_plan(plan_json(changed), "plan").violations == []
