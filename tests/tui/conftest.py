import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from mealmag.errors import MealmagError, NoPlanError
from mealmag.nutrition.nutrients import NUTRIENTS
from mealmag.planning.plan import Plan, PlanDay
from mealmag.services.plan import PlanProgress, PlanRequest
from mealmag.storage.paths import Paths
from mealmag.tui.app import MealmagApp

START = date(2026, 11, 23)
DISHES = {
    "breakfast": ["Overnight oats with berries", "Tofu scramble with spinach and tortilla"],
    "lunch": ["Lentil and beetroot salad with walnuts or seeds", "Hummus wrap"],
    "dinner": ["Chilli with beans and rice", "Pasta with greens, garlic and toasted seeds"],
    "snack": ["Trail mix of dried fruit, nuts and seeds", "A piece of fruit"],
}
MAGNESIUM = (412.5, 297.0, 333.25)


def a_day(index: int) -> PlanDay:
    food_mg = MAGNESIUM[index % 3]
    totals = {nutrient.key: 10.0 + index for nutrient in NUTRIENTS}
    totals |= {"energy_kcal": 1990.0 + index, "magnesium_mg": food_mg, "iron_mg": 12.0}
    return PlanDay.model_validate(
        {
            "date": START + timedelta(days=index),
            "meals": [
                {
                    "meal": meal,
                    "dish": f"{meal}-{index % 2}",
                    "name": names[index % 2],
                    "minutes": 5 * m,
                    "portions": [
                        {
                            "food": "oats-rolled",
                            "name": "rolled oats",
                            "grams": 60.0,
                            "measure": "6 tablespoons",
                            "magnesium_mg": food_mg / 4,
                        }
                    ],
                }
                for m, (meal, names) in enumerate(DISHES.items())
            ],
            "totals": totals,
            "magnesium": {
                "target_mg": 320.0,
                "food_mg": food_mg,
                "gap_mg": max(0.0, 320.0 - food_mg),
            },
        }
    )


def a_plan(seed: int = 1) -> Plan:
    """A week made by hand, so that a picture of it changes only when the screens do."""
    return Plan.model_validate(
        {
            "schema": "mealmag/plan/1",
            "made_by": {
                "mealmag": "0",
                "foods_sha256": "",
                "dishes_sha256": "",
                "solver": {"engine": "hand", "version": "1", "seed": seed, "effort": "quick"},
            },
            "person": {"sex": "female", "age": 34},
            "reference_set": "us",
            "targets": {
                "magnesium_mg": {"floor": 320.0, "ceiling": None, "per": "day"},
                "energy_kcal": {"floor": 1871.0, "ceiling": 2287.0, "per": "day"},
                "iron_mg": {"floor": 18.0, "ceiling": 45.0, "per": "week"},
            },
            "rules": {
                "diet": "omnivore",
                "avoid_allergens": [],
                "dislikes": [],
                "max_repeats": 4,
                "weekday_minutes": None,
                "weekend_minutes": None,
                "meals": list(DISHES),
            },
            "days": [a_day(index) for index in range(7)],
            "goals": [
                {
                    "name": name,
                    "unit": unit,
                    "value": value,
                    "bound": bound,
                    "gap": 0.0,
                    "status": "optimal" if value == bound else "feasible",
                }
                for name, unit, value, bound in (
                    ("magnesium_shortfall", "mg", 46.0, 46.0),
                    ("other_nutrients", "% of reference", 0.0, 0.0),
                    ("liking_and_variety", "points", 12.0, 7.0),
                )
            ],
            "supplement": {"form": None, "refused": "Ask the kidney team."},
            "warnings": ["A word of warning."],
            "check": {"ok": True, "problems": []},
        }
    )


@dataclass
class Planner:
    """Stands in for the search: reports once, then waits for `go`, a stop, or fails."""

    fails: Exception | None = None
    waits: bool = False
    go: threading.Event = field(default_factory=threading.Event)
    requests: list[PlanRequest] = field(default_factory=list)
    stopped: bool = False

    def __call__(
        self,
        request: PlanRequest,
        *,
        on_progress: Callable[[PlanProgress], None],
        stop: Callable[[], bool],
    ) -> Plan:
        self.requests.append(request)
        plan = a_plan(request.seed)
        if self.fails is not None:
            raise self.fails
        on_progress(PlanProgress(0.4, "liking_and_variety", "points", 31.0, 7.0, plan.days[:2]))
        while self.waits and not self.go.wait(0.01):
            if stop():
                self.stopped = True
                break
        if self.stopped and not plan.days:
            raise NoPlanError("nothing")
        return plan


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.of({"MEALMAG_HOME": str(tmp_path / "home")}, tmp_path)


@pytest.fixture
def with_profile(paths: Paths) -> Paths:
    paths.profile.parent.mkdir(parents=True)
    paths.profile.write_text('[person]\nsex = "female"\nage = 34\n', encoding="utf-8")
    return paths


@pytest.fixture
def make_app() -> Callable[..., MealmagApp]:
    def make(paths: Paths, planner: Planner | None = None) -> MealmagApp:
        return MealmagApp(paths, today=START, planner=planner or Planner(), warm=lambda: None)

    return make


def fault(message: str = "Nothing goes.", hint: str = "Loosen a rule.") -> MealmagError:
    return MealmagError(message, hint=hint)
