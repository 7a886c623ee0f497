"""`why` as a use case: real plans, the notes of another catalogue, and what cannot be counted."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mealmag.errors import InputError
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.planning.rulebook import RULES
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.why import why
from mealmag.storage.profile import Profile

STRICT = {
    "person": {"sex": "male", "age": 72, "energy_kcal": 1700},
    "diet": {"kind": "vegetarian", "avoid_allergens": ["nuts"], "dislikes": ["mushrooms-cooked"]},
    "plan": {"weekday_minutes": 35, "groups": {"pulses": {"min": 2}, "dairy": {"max": 14}}},
    "limits": {"sodium_mg": {"ceiling": 2300}},
}
PREGNANT = {"person": {"sex": "female", "age": 30, "life_stage": "pregnant"}}
BIG = {"person": {"sex": "male", "age": 25, "energy_kcal": 3500}, "plan": {"max_repeats": 1}}
SHORT = {
    "person": {"sex": "male", "age": 45, "energy_kcal": 900},
    "plan": {"meals": ["breakfast", "dinner"]},
}
POOR = Sources(dishes=Path(__file__).parents[1] / "planning" / "poor_cookbook.toml")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def planned(profile: dict[str, Any], days: int = 2, sources: Sources | None = None) -> Plan:
    request = PlanRequest(
        Profile.model_validate(profile),
        date(2026, 11, 27),
        days=days,
        effort=Effort.QUICK,
        sources=sources or Sources(),
    )
    return plan_week(request)


@pytest.fixture(scope="module")
def strict() -> Plan:
    return planned(STRICT, days=4)


@pytest.mark.parametrize(
    ("profile", "sources"),
    [(PREGNANT, Sources()), (BIG, Sources()), (SHORT, POOR)],
    ids=["pregnant", "big", "short"],
)
def test_every_goal_is_told_to_the_last_part(profile: dict[str, Any], sources: Sources) -> None:
    answer = why(plan := planned(profile, sources=sources), load_catalogue(sources))
    assert [goal.counted for goal in answer.goals] == [goal.value for goal in plan.goals]
    assert answer.notes == []
    points = sum(point.points for day in answer.days for point in day.points)
    assert points == plan.goals[3].value
    assert sum(day.gap_mg for day in answer.days) == pytest.approx(plan.goals[0].value, abs=0.02)
    percents = [d.percent for d in answer.deviations] + [
        d.percent for day in answer.days for d in day.deviations
    ]
    assert sum(percents) == pytest.approx(plan.goals[2].value, abs=0.01 * (1 + len(percents)))
    for day, of_plan in zip(answer.days, plan.days, strict=True):
        assert (day.food_mg, day.gap_mg) == (of_plan.magnesium.food_mg, of_plan.magnesium.gap_mg)
    if profile is SHORT:
        assert answer.days[0].gap_mg > 0 < plan.goals[2].value


def test_every_rule_is_kept_and_every_rule_is_told(strict: Plan, catalogue: Catalogue) -> None:
    answer = why(strict, catalogue)
    states = [*answer.rules, *(state for day in answer.days for state in day.rules)]
    assert all(state.slack is None or state.slack >= 0 for state in states)
    idle = {"repeats", "neighbouring_days"}
    assert {s.rule for s in states} | set(answer.not_asked) | idle == RULES.keys()
    assert answer.not_asked == [
        "conditions",
        "occasions",
        "fixed_dishes",
        "guests",
        "leftovers",
        "otherwise",
        "budget",
    ]
    friday, saturday = ({s.subject: s for s in day.rules} for day in answer.days[:2])
    day = strict.days[0]
    assert friday["energy"].amount == pytest.approx(day.totals["energy_kcal"], abs=0.01)
    assert (friday["energy"].floor, friday["energy"].ceiling) == (1530, 1870)
    assert friday["work"].amount == sum(meal.minutes for meal in day.meals)
    assert friday["longest wait"].amount == max(
        max(meal.minutes, meal.total_minutes) for meal in day.meals
    )
    assert friday["work"].ceiling == 35
    assert "work" not in saturday, "no limit on that day"
    assert friday["sodium"].ceiling == 2300
    assert {s.subject for s in answer.rules if s.rule == "groups"} == {"pulses", "dairy"}
    taken = {(each.rule, each.word): each for each in answer.choice.taken}
    assert taken["diet", "vegetarian"].foods > taken["diet", "vegetarian"].foods_back > 0
    assert taken["minutes", "35 minutes on weekdays"].dishes > 0
    assert all(each.foods >= each.foods_back for each in answer.choice.taken)


def test_a_plan_that_states_otherwise_is_noted(strict: Plan, catalogue: Catalogue) -> None:
    goal = strict.goals[3].model_copy(update={"value": strict.goals[3].value + 1})
    made_by = strict.made_by.model_copy(update={"dishes_sha256": "other"})
    plan = strict.model_copy(update={"goals": [*strict.goals[:2], goal], "made_by": made_by})
    notes = why(plan, catalogue).notes
    assert notes[0].startswith("The plan was made with another cookbook")
    assert notes[1].startswith(f"The plan states {goal.value:g} for liking_and_variety, and")
    assert len(notes) == 2


def tampered(plan: Plan, *path: str | int, value: Any) -> Plan:
    document = plan.model_dump(mode="json", by_alias=True)
    place: Any = document
    for part in path[:-1]:
        place = place[part]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return Plan.model_validate(document)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("days",), [], "file: days: there are none"),
        (("days", 1), None, "days: there are none, or they do not follow"),
        (("days", 0, "meals", 1, "dish"), "no-such", "days.0.lunch: the dish no-such is not"),
        (("days", 0, "meals", 0, "portions", 0, "food"), "stone", "the food stone is not"),
        (("days", 0, "meals", 0, "portions", 0, "grams"), 0, "0 g of"),
        (("days", 0, "meals", 0, "portions", 0, "grams"), 1e300, "1e+300 g of"),
        (("targets", "magnesium_mg"), None, "targets.magnesium_mg: there is no floor"),
        (("targets", "energy_kcal", "floor"), -3, "targets.energy_kcal: -3 is no bound"),
        (("targets", "fat_g", "ceiling"), 1e200, "targets.fat_g: 1e+200 is no bound"),
    ],
)
def test_what_cannot_be_counted_is_told_with_its_field(
    strict: Plan, catalogue: Catalogue, path: tuple[str | int, ...], value: Any, words: str
) -> None:
    with pytest.raises(InputError, match="file cannot be explained") as caught:
        why(tampered(strict, *path, value=value), catalogue, "file")
    assert any(words in str(problem) for problem in caught.value.problems)


def test_what_is_just_about_countable(strict: Plan, catalogue: Catalogue) -> None:
    """A plan that breaks rules is explained all the same: that is when one asks."""
    heavy = tampered(strict, "days", 0, "meals", 0, "portions", 0, "grams", value=10_000)
    answer = why(heavy, catalogue)
    energy = next(s for s in answer.days[0].rules if s.rule == "energy_band")
    assert energy.slack is not None
    assert energy.slack < 0
    assert energy.left.endswith("too much")
    assert any("liking_and_variety" in note or "other_nutrients" in note for note in answer.notes)
    one = tampered(strict, "days", value=[strict.model_dump(mode="json")["days"][0]])
    assert len(why(one, catalogue).days) == 1
