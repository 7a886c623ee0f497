from datetime import date

import pytest

from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Two real days for a vegetarian who avoids nuts."""
    profile = Profile.model_validate(
        {
            "person": {"sex": "female", "age": 34},
            "diet": {"kind": "vegetarian", "avoid_allergens": ["nuts"], "dislikes": ["tempeh"]},
        }
    )
    return plan_week(PlanRequest(profile, date(2026, 11, 23), days=2, effort=Effort.QUICK))
