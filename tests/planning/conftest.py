from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Catalogue, load_catalogue
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Three real days from the shipped catalogue, for a vegetarian who avoids nuts."""
    profile = Profile.model_validate(
        {
            "person": {"sex": "female", "age": 34},
            "diet": {"kind": "vegetarian", "avoid_allergens": ["nuts"], "dislikes": ["tempeh"]},
            "plan": {"max_repeats": 1, "weekday_minutes": 60},
        }
    )
    return plan_week(PlanRequest(profile, date(2026, 11, 23), days=3, effort=Effort.QUICK))


@pytest.fixture(scope="session")
def document() -> Callable[[Plan], dict[str, Any]]:
    """A plan as the JSON that it is handed out as, to tamper with."""
    return lambda plan: plan.model_dump(mode="json", by_alias=True)
