"""A margin and an asked chance, over a table whose spread is known: what is reached, and what is said."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import NormalDist

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.foods import COLUMNS
from mealmag.export.certainty_text import certainty_lines
from mealmag.export.json import plan_json
from mealmag.export.text import plan_text
from mealmag.nutrition.certainty import DRAWS_TO_BE_SURE
from mealmag.nutrition.nutrients import NUTRIENTS
from mealmag.planning.occasion import Place
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Sources
from mealmag.services.change import Changer, ChangeRequest, plan_again, profile_of
from mealmag.services.check import check_plan
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.plan_progress import PlanProgress
from mealmag.storage.profile import Profile

MONDAY = date(2026, 11, 23)
TARGET = 320
CV = 0.1
# One dinner a day, 500 g of one food; the richer, the more of a special trip it takes.
EVERYDAY = {330: 1, 360: 2, 400: 3}


def likely(mg: float) -> float:
    """The chance that a dinner of so much reaches the target: a normal deviate, in closed form."""
    return 1 - NormalDist(mg, CV * mg).cdf(TARGET)


def sources(folder: Path, amounts: dict[int, int]) -> Sources:
    """A catalogue of one dish for each of these amounts of magnesium (mg of a dinner: everydayness)."""
    foods, dishes = [], []
    for mg, everyday in amounts.items():
        food = dict.fromkeys(COLUMNS, "") | {each.key: "1" for each in NUTRIENTS}
        food |= {
            "id": f"food-{mg}", "name_en": f"food {mg}", "name_nl": f"voedsel {mg}",
            "group": "pulses", "source": "made up", "diet": "vegan", "everyday": str(everyday),
            "energy_kcal": "200", "magnesium_mg": f"{mg / 5:g}", "magnesium_n": "4",
            "magnesium_se_mg": f"{mg / 5 * CV / 2:g}", "caffeine_mg": "0", "alcohol_g": "0",
        }  # fmt: skip
        foods.append(food)
        dishes.append(
            f'[[dish]]\nid = "dish-{mg}"\nname_en = "Dish {mg}"\nname_nl = "Gerecht {mg}"\n'
            'meals = ["dinner"]\nkitchen = "european"\nminutes = 5\nservings = 1\n'
            'method = ["Warm it."]\n[[dish.component]]\nname = "all"\n'
            f'foods = ["food-{mg}"]\namounts = ["500 g"]\n'
        )
    with (folder / "foods.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(foods)
    (folder / "dishes.toml").write_text("\n".join(dishes), encoding="utf-8")
    return Sources(foods=folder / "foods.csv", dishes=folder / "dishes.toml")


Make = Callable[..., Plan]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def plan(amounts: dict[int, int] = EVERYDAY, /, **asked: object) -> Plan:
        return plan_week(request(sources(tmp_path, amounts), **asked))

    return plan


def request(table: Sources, **asked: object) -> PlanRequest:
    profile = {
        "person": {"sex": "female", "age": 34, "energy_kcal": 1000},
        "plan": {"meals": ["dinner"], **asked},
    }
    return PlanRequest(
        Profile.model_validate(profile), MONDAY, days=1, effort=Effort.QUICK, sources=table
    )


def dinner(plan: Plan) -> int:
    return round(plan.days[0].magnesium.food_mg)


def chances(plan: Plan) -> tuple[float, float]:
    """With the margin, and without."""
    assert plan.certainty is not None
    assert plan.certainty.chance_without_margin is not None
    (chance,), (without,) = (
        each.values() for each in (plan.certainty.chance, plan.certainty.chance_without_margin)
    )
    return chance, without


def holds(plan: Plan, folder: Path) -> bool:
    table = Sources(foods=folder / "foods.csv", dishes=folder / "dishes.toml")
    return not check_plan(plan_json(plan), "plan", table).violations


def test_nothing_asked_costs_and_says_nothing(make: Make) -> None:
    plan = make()
    assert plan.certainty is not None
    assert dinner(plan) == 330
    assert (plan.certainty.margin_mg, plan.certainty.sure) == (0, None)
    assert plan.certainty.chance_without_margin is None
    assert [goal.name for goal in plan.goals].count("magnesium_margin") == 0
    assert len(certainty_lines(plan)) == 1


@pytest.mark.parametrize(("percent", "reached"), [(60, 330), (65, 360), (80, 360), (97, 400)])
def test_the_asked_chance_is_reached_and_no_dearer_than_it_must_be(
    make: Make, tmp_path: Path, percent: float, reached: int
) -> None:
    plan = make(sure_percent=percent)
    assert dinner(plan) == reached
    chance, without = chances(plan)
    assert percent / 100 <= chance == pytest.approx(likely(reached), abs=0.02)
    assert without == pytest.approx(likely(330), abs=0.03)
    assert plan.certainty is not None
    assert plan.certainty.sure is True
    assert plan.certainty.draws == DRAWS_TO_BE_SURE
    assert (plan.certainty.margin_mg == 0) == (reached == 330)
    assert not any("chance" in warning for warning in plan.warnings)
    assert f"That reaches the {percent} % that was asked for" in certainty_lines(plan)[0]
    assert holds(plan, tmp_path)


def test_what_cannot_be_reached_is_not_claimed(make: Make, tmp_path: Path) -> None:
    """No food here has a chance of 99 %; the best there is is taken, and its chance said."""
    plan = make(sure_percent=99)
    chance, _ = chances(plan)
    assert dinner(plan) == 400
    assert chance == pytest.approx(likely(400), abs=0.01)
    assert plan.certainty is not None
    assert plan.certainty.sure is False
    (warning,) = (each for each in plan.warnings if "A chance of 99 %" in each)
    assert f"Monday 23 November with {100 * chance:.1f} %" in warning
    assert "is not reached on every day" in certainty_lines(plan)[0]
    assert plan.supplement is None
    assert holds(plan, tmp_path)


@pytest.mark.parametrize(("margin", "reached"), [(10, 330), (11, 360), (80, 400)])
def test_a_margin_is_reached_up_to_its_last_milligram(
    make: Make, tmp_path: Path, margin: float, reached: int
) -> None:
    plan = make(margin_mg=margin)
    assert dinner(plan) == reached
    assert plan.certainty is not None
    assert plan.certainty.margin_mg == plan.rules.margin_mg == margin
    goal = next(goal for goal in plan.goals if goal.name == "magnesium_margin")
    assert (goal.value, goal.status) == (0, "optimal")
    assert chances(plan)[1] == pytest.approx(likely(330), abs=0.06)
    assert not any("margin" in warning for warning in plan.warnings)
    assert holds(plan, tmp_path)


def test_a_margin_just_out_of_reach_is_said_and_asks_for_no_supplement(
    tmp_path: Path,
) -> None:
    asked = request(sources(tmp_path, EVERYDAY), margin_mg=81)
    plan = plan_week(replace(asked, effort=Effort.NORMAL))
    assert dinner(plan) == 400
    assert any("81 mg" in each and "at most 1.0 mg are missing" in each for each in plan.warnings)
    shortfall, margin = plan.goals[:2]
    assert (shortfall.value, margin.value, margin.bound) == (0, 1, 1)
    assert plan.days[0].magnesium.gap_mg == 0
    assert plan.supplement is None
    assert holds(plan, tmp_path)


def test_a_margin_changes_nothing_about_a_dose(make: Make, tmp_path: Path) -> None:
    """Where food leaves a gap, the proof and the dose are those of the target itself."""
    poor = {250: 1, 280: 2}
    plain = make(poor)
    aimed = make(poor, margin_mg=100, sure_percent=95)
    assert plain.supplement is not None
    assert plain.supplement["elemental_mg"]
    assert aimed.supplement == plain.supplement
    assert aimed.days[0].magnesium == plain.days[0].magnesium
    assert aimed.goals[0] == plain.goals[0]
    assert aimed.certainty is not None
    assert aimed.certainty.sure is False
    assert holds(aimed, tmp_path)


def test_the_same_request_gives_the_same_bytes(make: Make) -> None:
    once, again = (plan_json(make(sure_percent=90, margin_mg=5)) for _ in range(2))
    assert once == again


def test_a_changed_plan_keeps_aiming(make: Make, tmp_path: Path) -> None:
    table = sources(tmp_path, EVERYDAY | {401: 3})
    plan = plan_week(request(table, sure_percent=90))
    assert profile_of(plan).plan.sure_percent == 90
    place = Place(MONDAY, Meal.DINNER)
    changed = Changer(table).change(plan, ChangeRequest(swap=(place,))).plan
    assert {dinner(plan), dinner(changed)} == {400, 401}
    assert plan.certainty is not None
    assert changed.certainty is not None
    assert changed.certainty.margin_mg == plan.certainty.margin_mg > 0
    assert changed.certainty.chance_without_margin is None
    assert changed.certainty.sure is True
    assert holds(changed, tmp_path)
    again = plan_again(plan, table)
    assert again.certainty is not None
    assert again.certainty.sure is True


def test_a_stop_keeps_the_plan_without_the_margin(tmp_path: Path) -> None:
    """Whoever stops while the margin is planned for has what was there, and is told what it lacks."""
    stopped = False

    def stop_at_the_margin(progress: PlanProgress) -> None:
        nonlocal stopped
        stopped = stopped or progress.goal == "magnesium_margin"

    plan = plan_week(
        request(sources(tmp_path, EVERYDAY), margin_mg=60),
        on_progress=stop_at_the_margin,
        stop=lambda: stopped,
    )
    assert plan.made_by.solver.complete is False
    assert dinner(plan) in EVERYDAY
    assert holds(plan, tmp_path)


def test_no_time_for_the_margin_is_said(tmp_path: Path) -> None:
    asked = request(sources(tmp_path, EVERYDAY), margin_mg=60)
    seen: list[PlanProgress] = []
    late = plan_week(asked, on_progress=seen.append, stop=lambda: _is_planned(seen))
    assert dinner(late) == 330
    assert late.made_by.solver.complete is False
    assert any("The margin of 60 mg" in warning for warning in late.warnings)
    assert holds(late, tmp_path)


def _is_planned(seen: list[PlanProgress]) -> bool:
    return bool(seen) and seen[-1].goal == "liking_and_variety"


def test_the_page_tells_each_day_with_and_without(make: Make) -> None:
    page = plan_text(make(sure_percent=90))
    assert "Day by day: Mon 23: 97 % (" in page
    assert " without)." in page
    assert "magnesium below target and margin" in page
    assert max(map(len, page.splitlines())) <= 80
