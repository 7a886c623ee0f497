"""The page that a person reads."""

import re

import pytest

from mealmag.export.text import day_lines, judged, magnesium_line, plan_text
from mealmag.nutrition.exclusions import Exclusion
from mealmag.planning.plan import DayMagnesium, Plan, PlanTarget
from mealmag.planning.problem import TimesAWeek


def magnesium(plan: Plan, food: float, gap: float, dose: float | None = None) -> str:
    ledger = DayMagnesium(target_mg=320, food_mg=food, gap_mg=gap, supplement=dose)
    return magnesium_line(plan.days[0].model_copy(update={"magnesium": ledger}))


def test_it_fits_eighty_columns_and_needs_no_colour(plan: Plan) -> None:
    page = plan_text(plan)
    assert max(len(line) for line in page.splitlines()) <= 80
    assert "\x1b" not in page
    assert "\u00a0" not in page
    assert page.endswith("no medical advice.\n")


def test_everything_is_on_it(plan: Plan) -> None:
    page = plan_text(plan)
    flat = " ".join(page.split())
    assert page.startswith("mealmag · 2 days · female, 34 years · vegetarian\nWithout: nuts\n")
    assert "Disliked: tempeh" in page
    assert "Monday 23 November 2026" in page
    for day in plan.days:
        for meal in day.meals:
            assert f"  {meal.meal:<10}" in page
            for portion in meal.portions:
                assert f"{portion.measure}" in flat
                assert (
                    f"{portion.grams:.0f} g" in flat
                    or f"{round(portion.grams, 1):g} g" in flat
                    or portion.measure.endswith(" g")
                )
    for goal in plan.goals:
        assert f"{goal.value:g}" in page
    assert "Supplement: none. Food reaches the magnesium target on every day." in page
    for warning in plan.warnings:
        assert warning in flat
    assert len(re.findall(r"   (ok|low|high)$", page, re.MULTILINE)) == len(plan.targets)


def test_what_is_ruled_out_and_asked_stands_at_its_head(plan: Plan) -> None:
    rules = plan.rules.model_copy(
        update={
            "left_out": [Exclusion.ALCOHOL, Exclusion.RAW_FISH],
            "groups": {"fish": TimesAWeek(min=1), "red-meat": TimesAWeek(min=0, max=2)},
        }
    )
    page = plan_text(plan.model_copy(update={"rules": rules}))
    assert "\nRuled out: alcohol, raw fish\n" in page
    assert "\nMeals a week: fish at least 1, red-meat at least 0 at most 2\n" in page
    assert "Ruled out" not in plan_text(plan)


def test_an_amount_is_never_torn_from_its_measure(plan: Plan) -> None:
    for line in plan_text(plan).splitlines():
        assert not re.search(r"\((\d|\.)*$", line)
        assert not re.match(r" {12}·", line)


def test_meals_add_up_to_the_day(plan: Plan) -> None:
    for day in plan.days:
        lines = "\n".join(day_lines(day))
        figures = [int(text) for text in re.findall(r" (\d+) mg$", lines, re.MULTILINE)]
        assert len(figures) == len(day.meals)
        assert sum(figures) == pytest.approx(day.magnesium.food_mg, abs=2)


def test_the_magnesium_of_a_day_is_said_in_words(plan: Plan) -> None:
    assert magnesium(plan, 400, 0).endswith("400 of 320 mg, reached")
    assert magnesium(plan, 160, 160).endswith("160 of 320 mg, short by 160 mg")
    assert magnesium(plan, 319.7, 0.3).endswith("short by 0.3 mg")
    assert magnesium(plan, 200, 120, 100).endswith("short by 120 mg, supplement 100 mg")
    assert "█" * 10 + "░" * 10 in magnesium(plan, 160, 160)


def test_low_ok_and_high() -> None:
    target = PlanTarget(floor=10, ceiling=20, per="day")
    assert [judged(mean, target) for mean in (9.9, 10, 20, 20.1)] == ["low", "ok", "ok", "high"]
    assert judged(99, PlanTarget(floor=10, ceiling=None, per="week")) == "ok"


DOSE = {
    "form": None, "elemental_mg": 40, "doses": [{"mg": 40, "when": "with a meal"}],
    "upper_level_mg": 350.0, "gap_mg": 41.2, "on_days": ["2026-11-23"],
    "certificate": {"best_possible_food_mg": 278.8, "engines": ["CP-SAT", "HiGHS"]},
    "cautions": ["Loose stools: lower or stop."], "why_not_food": [], "note": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("advice", "sentence"),
    [
        (DOSE, "Supplement: 40 mg of elemental magnesium on each of the days marked above"),
        (DOSE, "no menu under these rules brings more than 279 mg a day (CP-SAT and HiGHS)."),
        (DOSE, "Caution: Loose stools: lower or stop."),
        ({"form": None, "refused": "Ask your doctor."}, "none suggested. Ask your doctor."),
        ({**DOSE, "elemental_mg": None, "note": "Too little."}, "none suggested. Too little."),
    ],
)
def test_supplements(plan: Plan, advice: dict[str, object], sentence: str) -> None:
    page = plan_text(plan.model_copy(update={"supplement": advice}))
    assert sentence in " ".join(page.split())
