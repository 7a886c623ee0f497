"""What is logged together: lines of a batch, and meals of a plan that may be logged in part already."""

from datetime import date, datetime
from pathlib import Path

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.errors import InputError
from mealmag.export.json import parse_plan
from mealmag.nutrition.diary import Entry
from mealmag.planning.plan import Plan
from mealmag.services.catalogue import Sources
from mealmag.services.diary import LogRequest, entries_of, forget, log, remove
from mealmag.services.log_entries import When
from mealmag.storage.paths import Paths

TODAY = date(2026, 11, 23)
WEEK = Path(__file__).parents[1] / "tui" / "week.json"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path, tmp_path / "data", tmp_path / "cache")


def batch(paths: Paths, text: str, now: datetime | None = None) -> list[Entry]:
    return log(paths, Sources(), LogRequest(When(TODAY), batch=text), today=TODAY, now=now)


def test_blank_lines_and_remarks_are_skipped(paths: Paths) -> None:
    text = "# Monday\r\nbreakfast: 2 eggs\r\n\r\n  # 5 eggs\r\n \t\r\nlunch: 30 g almonds, 1 apple"
    found = [(entry.meal, entry.snapshot.food) for entry in batch(paths, text)]
    assert found == [("breakfast", "egg-raw"), ("lunch", "almonds"), ("lunch", "apple")]
    with pytest.raises(Exception, match="nothing to log"):
        batch(paths, "# only a remark\n\n")


def test_the_faults_of_all_lines_are_told_by_their_numbers(paths: Paths) -> None:
    now = datetime(2026, 11, 23, 12).astimezone()
    lines = [
        "2 eggs",
        "# a remark",
        "30 g qwertz, 20 g zxcvb",
        "",
        "tomorrow: 2 eggs",
        "2 eggs at 13:30",
        "almonds",
    ]
    with pytest.raises(InputError) as caught:
        batch(paths, "\n".join(lines), now)
    problems = caught.value.problems
    assert [each.line for each in problems] == [3, 3, 5, 6, 7]
    assert {each.file for each in problems} == {"stdin"}
    assert "qwertz" in str(problems[0])
    assert str(problems[0]).startswith("stdin:3: ")
    assert "zxcvb" in str(problems[1])
    assert "lies ahead" in problems[2].message
    assert "13:30" in problems[3].message
    assert "Nothing was logged: some lines are" in caught.value.message
    assert entries_of(paths, TODAY) == ()


def test_a_batch_is_one_action_beside_what_else_is_logged(paths: Paths) -> None:
    request = LogRequest(When(TODAY), lines=("1 apple",), batch="2 eggs\n30 g almonds")
    log(paths, Sources(), request, today=TODAY)
    assert [e.snapshot.food for e in entries_of(paths, TODAY)] == ["apple", "egg-raw", "almonds"]


# Of a plan.


@pytest.fixture
def plan() -> Plan:
    return parse_plan(WEEK.read_text("utf-8"), "week.json")


def planned(paths: Paths, plan: Plan, meal: Meal | None, told: list[str] | None = None) -> list:
    day = plan.days[0].date
    request = LogRequest(When(day, meal), plan=plan)
    tell = (lambda _: None) if told is None else told.append
    return log(paths, Sources(), request, today=day, tell=tell)


def keys(entries: list[Entry] | tuple[Entry, ...]) -> list[tuple[str, str]]:
    return sorted((entry.meal, entry.snapshot.food) for entry in entries)


def test_what_of_a_plan_is_logged_is_left_out_and_told(paths: Paths, plan: Plan) -> None:
    day, told = plan.days[0].date, list[str]()
    dinner = planned(paths, plan, Meal.DINNER, told)
    assert not told
    rest = planned(paths, plan, None, told)
    assert {entry.meal for entry in rest}.isdisjoint({"dinner"})
    whole = [(meal.meal, p.food) for meal in plan.days[0].meals for p in meal.portions]
    assert keys(entries_of(paths, day)) == sorted(whole)
    assert told == [f"Logged already, and left out: dinner: {dinner[0].dish}."]
    for meal in (None, Meal.DINNER):
        with pytest.raises(InputError, match="That is logged already") as caught:
            planned(paths, plan, meal)
        assert f"--copy {day}:" in caught.value.hint
    assert keys(entries_of(paths, day)) == sorted(whole)


def test_what_was_taken_away_of_a_planned_meal_comes_back(paths: Paths, plan: Plan) -> None:
    day, told = plan.days[0].date, list[str]()
    first, *_ = planned(paths, plan, Meal.DINNER)
    remove(paths, day, [first.id])
    (again,) = planned(paths, plan, Meal.DINNER, told)
    assert again.snapshot.food == first.snapshot.food
    assert len(told) == 1


def test_the_same_food_of_other_words_is_no_planned_meal(paths: Paths, plan: Plan) -> None:
    day = plan.days[0].date
    food = next(m for m in plan.days[0].meals if m.meal == "dinner").portions[0].food
    log(paths, Sources(), LogRequest(When(day, Meal.DINNER), (f"50 g {food}",)), today=day)
    told: list[str] = []
    assert food in {entry.snapshot.food for entry in planned(paths, plan, Meal.DINNER, told)}
    assert not told


def test_the_name_of_a_usual_meal_is_that_meal_until_it_is_forgotten(paths: Paths) -> None:
    def logged(text: str, keep_as: str | None = None) -> list[str]:
        request = LogRequest(When(TODAY), lines=(text,), keep_as=keep_as)
        found = log(paths, Sources(), request, today=TODAY)
        return [entry.snapshot.food for entry in found]

    logged("2 eggs, 30 g almonds", "mijn ontbijt")
    assert logged(" Mijn Ontbijt ") == ["egg-raw", "almonds"]
    assert logged("mijn  ontbijt") == ["egg-raw", "almonds"], "as the storage compares names"
    assert forget(paths, "mijn ontbijt")
    assert not forget(paths, "mijn ontbijt")
    with pytest.raises(InputError):
        logged("mijn ontbijt")
