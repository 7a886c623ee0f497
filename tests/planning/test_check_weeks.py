"""What a person asks for a week is counted in each week of a plan, by the checker too."""

from datetime import date

import pytest

from mealmag.planning.plan import Plan, PlanDay
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Catalogue
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile
from tests.planning.test_check import document, rules_broken


@pytest.fixture(scope="module")
def nine_days() -> Plan:
    person = {"sex": "female", "age": 34}
    profile = Profile.model_validate({"person": person})
    return plan_week(PlanRequest(profile, date(2026, 11, 23), days=9, effort=Effort.QUICK))


def test_what_holds_for_a_week_is_counted_in_each(nine_days: Plan, catalogue: Catalogue) -> None:
    """Seven days, and two of the next week."""
    first, rest = nine_days.days[:7], nine_days.days[7:]

    def meals(days: list[PlanDay]) -> int:
        return sum(
            any(catalogue.foods[p.food].group == "vegetables" for p in meal.portions)
            for day in days
            for meal in day.meals
        )

    of_first, of_rest = meals(first), meals(rest)
    assert of_rest
    for asked, right in (
        ({"min": of_first}, of_first * 2 // 7 <= of_rest),
        ({"min": of_first + 1}, False),
        ({"max": max(of_first, -(-of_rest * 7 // 2))}, True),
        ({"max": of_first - 1}, False),
    ):
        changed = document(nine_days)
        changed["rules"]["groups"] = {"vegetables": asked}
        assert rules_broken(changed, catalogue) == (set() if right else {"groups"})
