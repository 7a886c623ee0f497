"""Forged supplements: another dose than the one that follows, without a proof, or without its cautions."""

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mealmag.nutrition.supplement import Certificate
from mealmag.planning.check import check
from mealmag.planning.check_proof import least_proven, most_proven
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile

Document = dict[str, Any]

POOR = Sources(dishes=Path(__file__).with_name("poor_cookbook.toml"))
UPPER_LEVEL = Decimal(350)  # of the man of 45, American reference set


def planned(start: date, days: int, **plan: object) -> Document:
    """Days that leave a gap, with a dose for each."""
    profile = Profile.model_validate(
        {
            "person": {"sex": "male", "age": 45, "energy_kcal": 900, "medicines": ["zinc"]},
            "plan": {"meals": ["breakfast", "dinner"], "max_repeats": days, **plan},
        }
    )
    request = PlanRequest(profile, start, days, effort=Effort.QUICK, sources=POOR)
    return plan_week(request).model_dump(mode="json", by_alias=True)


@pytest.fixture(scope="module")
def poor() -> Catalogue:
    return load_catalogue(POOR)


@pytest.fixture(scope="module")
def made() -> Document:
    return planned(date(2026, 11, 26), 2)


@pytest.fixture
def page(made: Document) -> Document:
    """340 mg on each day, as food lacks 341.75 and 355.1 mg; 78.26 mg is the most that it can bring."""
    return copy.deepcopy(made)


def broken(page: Document, poor: Catalogue) -> set[str]:
    plan = Plan.model_validate(page)
    return {v.rule for v in check(plan, poor.foods, poor.dishes, upper_level_mg=UPPER_LEVEL)}


def _certified(**statement: object) -> Callable[[Document], None]:
    return lambda page: page["supplement"]["certificate"].update(statement)


def _advised(**statement: object) -> Callable[[Document], None]:
    return lambda page: page["supplement"].update(statement)


def _person(**statement: object) -> Callable[[Document], None]:
    return lambda page: page["person"].update(statement)


def _dose(page: Document, first: int, second: int) -> None:
    page["supplement"] |= {"elemental_mg": first + second}
    page["supplement"]["doses"] = [
        {"mg": first, "when": "with breakfast"},
        {"mg": second, "when": "with dinner"},
    ]
    for day in page["days"]:
        day["magnesium"]["supplement"] = float(first + second)


def _less(page: Document) -> None:
    _dose(page, 150, 150)


def _a_step_less(page: Document) -> None:
    _dose(page, 170, 165)


def _one_negative(page: Document) -> None:
    _dose(page, 400, -60)


def _next_to_nothing(page: Document) -> None:
    _dose(page, 0, 0)


def _nothing_of_nothing_proven(page: Document) -> None:
    _next_to_nothing(page)
    page["supplement"]["certificate"]["best_possible_food_mg"] = 420.0


def _nothing_to_heed(page: Document) -> None:
    page["person"]["medicines"] = []
    page["supplement"]["cautions"] = []


def _less_on_one_day(page: Document) -> None:
    page["days"][0]["magnesium"]["supplement"] -= 5


def _none_on_one_day(page: Document) -> None:
    page["days"][0]["magnesium"]["supplement"] = None
    page["supplement"] |= {"on_days": ["2026-11-27"]}
    page["supplement"]["gap_mg"] = page["days"][1]["magnesium"]["gap_mg"]


def _nothing_at_all(page: Document) -> None:
    gaps = [day["magnesium"]["gap_mg"] for day in page["days"]]
    page["supplement"] |= {"elemental_mg": None, "doses": [], "on_days": [], "cautions": []}
    page["supplement"] |= {"note": "Nothing proves it.", "gap_mg": max(gaps)}
    for day in page["days"]:
        day["magnesium"]["supplement"] = None


def _goal_that_does_not_follow(page: Document) -> None:
    """A bound of 670, and the dose that it leaves, where the certificate says that 683 are lacking."""
    goal = page["goals"][0]
    goal["bound"] = 670.0
    goal["gap"] = round((goal["value"] - 670.0) / goal["value"], 4)
    _a_step_less(page)


CP_SAT, HIGHS = "CP-SAT 9.15", "HiGHS in OR-Tools 9.15"


@pytest.mark.parametrize(
    "forge",
    [
        _certified(engines=[]),
        _certified(engines=[CP_SAT]),
        _certified(engines=[CP_SAT, CP_SAT]),
        _certified(engines=[CP_SAT, "CP-SAT 9.14"]),
        _certified(engines=["abacus", CP_SAT]),
        _certified(engines=[CP_SAT, HIGHS, "abacus"]),
        _certified(best_possible_food_mg=9999.0),
        _certified(best_possible_food_mg=420.0),
        _certified(best_possible_food_mg=80.05),
        _certified(best_possible_food_mg=78.24),
        _goal_that_does_not_follow,
        _less,
        _a_step_less,
        _one_negative,
        _next_to_nothing,
        _nothing_of_nothing_proven,
        _less_on_one_day,
        _none_on_one_day,
        _nothing_at_all,
        _advised(doses=[{"mg": 340, "when": "with breakfast"}]),
        _advised(doses=[{"mg": 340, "when": "with a meal"}]),
        _advised(doses=[{"mg": 170, "when": "with dinner"}, {"mg": 170, "when": "with dinner"}]),
        _advised(doses=[{"mg": 170, "when": "midnight"}, {"mg": 170, "when": "with dinner"}]),
        _advised(form="oxide"),
        _advised(form="stardust"),
        _advised(refused="Ask a doctor."),
        _advised(cautions=[]),
        _nothing_to_heed,
        _advised(cautions=["The upper level counts: supplements only."]),
        _person(medicines=["zinc", "levothyroxine"]),
        _person(conditions=["gout"]),
    ],
)
def test_no_other_supplement_than_what_follows(
    page: Document, poor: Catalogue, forge: Callable[[Document], None]
) -> None:
    assert broken(page, poor) == set()
    forge(page)
    assert broken(page, poor) == {"supplement"}


def test_who_may_have_none_gets_no_dose(page: Document, poor: Catalogue) -> None:
    """Also where the advice itself names what forbids it."""
    page["person"]["conditions"] = ["heart block"]
    page["supplement"]["cautions"].append('"heart block": ask first')
    assert broken(page, poor) == {"supplement"}
    page["person"] |= {"conditions": [], "age": 3}
    assert "supplement" in broken(page, poor)


@pytest.mark.parametrize(
    "same",
    [
        _certified(engines=["HiGHS in OR-Tools 10.0", "CP-SAT 8"]),
        _certified(best_possible_food_mg=80.0),
        _advised(why_not_food=[{"rule": "diet", "would_add_mg": 3.0}]),
    ],
)
def test_what_could_be_honest_is_let_be(
    page: Document, poor: Catalogue, same: Callable[[Document], None]
) -> None:
    """Any version of the engines; and of 80 mg follows the same dose, in steps of 5 mg."""
    same(page)
    assert broken(page, poor) == set()


@pytest.mark.parametrize(
    "plan",
    [
        {"weekday_minutes": 12},
        {"occasions": {"friday": {"dinner": "out 400"}}},
        {"occasions": {"saturday": {"dinner": "guest vegetarian"}}},
    ],
    ids=["minutes", "out", "guest"],
)
def test_days_of_several_kinds_have_a_best_of_their_own(
    poor: Catalogue, plan: dict[str, object]
) -> None:
    """Only the best of them is stated, so it need not leave what the doses of all days close."""
    page = planned(date(2026, 11, 27), 3, **plan)
    assert page["supplement"]["elemental_mg"]
    assert broken(page, poor) == set()
    page["supplement"]["certificate"]["best_possible_food_mg"] = 420.0
    assert broken(page, poor) == {"supplement"}


def test_what_is_not_stated_of_a_kind_of_day_is_bounded_by_its_menu() -> None:
    """A Friday with a dinner out, and a weekend: the 200 mg may be the best of either."""
    plan = Plan.model_validate(
        planned(date(2026, 11, 27), 3, occasions={"friday": {"dinner": "out 400"}})
    )
    certificate = Certificate(best_possible_food_mg=200.0, engines=(CP_SAT, HIGHS))
    gaps = {day.date: Decimal(str(day.magnesium.gap_mg)) for day in plan.days}
    friday, saturday, sunday = gaps.values()
    each = Decimal("220.01")  # below 420 mg, and what the rounding of the 200 may hide
    assert most_proven(plan, certificate, gaps) == max(each + saturday + sunday, friday + 2 * each)
    assert least_proven(plan, certificate, 3) == 3 * 220
