"""The rest of a day: what was eaten stays, and the meals that are left make up for it."""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.errors import ImpossibleError, InputError
from mealmag.export.json import plan_json
from mealmag.nutrition.diary import Basis, Entry, Ledger, Snapshot, snapshot_of
from mealmag.planning.occasion import Eaten, Place
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.check import check_plan
from mealmag.services.rest import fixed, meals_to_come, occasions_of, rest_of_day
from mealmag.storage.diary.diary import Diary
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

TODAY = date(2026, 11, 28)
FOODS = load_catalogue().foods
WOMAN = Profile.model_validate({"person": {"sex": "female", "age": 34}})
MEALS = tuple(Meal)


def eaten(food: str, grams: str, meal: str, ledger: Ledger = Ledger.FOOD) -> Entry:
    return Entry(
        uuid.uuid4().hex, TODAY, ledger, Decimal(grams), f"{grams} g", snapshot_of(FOODS[food]), meal
    )  # fmt: skip


def a_tablet() -> Entry:
    snapshot = Snapshot(
        "", "magnesium", "magnesium", "supplement", "its label", "", Basis.ONE,
        {"magnesium_mg": Decimal(100)},
    )  # fmt: skip
    return Entry(uuid.uuid4().hex, TODAY, Ledger.SUPPLEMENT, Decimal(1), "100 mg", snapshot)


def test_what_was_eaten_is_fixed_and_meals_gone_by_are_skipped() -> None:
    entries = [eaten("almonds", "30", "lunch"), eaten("almonds", "10.5", "lunch"), a_tablet()]
    settled, notes = occasions_of(entries, MEALS, FOODS)
    assert settled == {"breakfast": "skip", "lunch": "ate 40.5 g almonds"}
    assert any("100 mg" in note for note in notes)
    assert any("breakfast" in note for note in notes)


@pytest.mark.parametrize(
    ("at", "left"),
    [
        (time(7), {"breakfast", "lunch", "dinner", "snack"}),
        (time(11), {"lunch", "dinner", "snack"}),
        (time(15), {"dinner", "snack"}),
        (time(23, 59), {"snack"}),
    ],
)
def test_meals_go_by_with_the_clock(at: time, left: set[str]) -> None:
    to_come = meals_to_come(at)
    assert {meal.value for meal in to_come} == left
    settled, notes = occasions_of([], MEALS, FOODS, to_come)
    assert settled == {meal.value: "skip" for meal in MEALS if meal.value not in left}
    assert len(notes) == 4 - len(left)


def test_what_was_eaten_stays_also_of_a_meal_gone_by() -> None:
    entries = [eaten("almonds", "30", "breakfast")]
    settled, notes = occasions_of(entries, MEALS, FOODS, {Meal.DINNER})
    assert settled == {"breakfast": "ate 30 g almonds", "lunch": "skip", "snack": "skip"}
    assert any("No lunch is logged, and its time is gone by" in note for note in notes)


def test_a_snack_says_nothing_of_the_time() -> None:
    settled, notes = occasions_of([eaten("almonds", "30", "snack")], MEALS, FOODS)
    assert settled == {"snack": "ate 30 g almonds"}
    assert notes == []


@pytest.mark.parametrize(
    ("others", "where"),
    [([], "snack"), ([("bread-whole-wheat", "64", "breakfast")], "breakfast")],
)
def test_what_has_no_meal_goes_where_it_is_missed_least(
    others: Iterable[tuple[str, str, str]], where: str
) -> None:
    entries = [eaten("almonds", "30", ""), *(eaten(*other) for other in others)]
    settled, notes = occasions_of(entries, MEALS, FOODS)
    assert "30 g almonds" in settled[where]
    assert any("without a meal" in note for note in notes)


def test_much_water_is_several_portions() -> None:
    entries = [eaten("water-tap", "7000", "lunch", Ledger.WATER)]
    settled, _ = occasions_of(entries, MEALS, FOODS)
    assert settled["lunch"] == "ate 3000 g water-tap, 3000 g water-tap, 1000 g water-tap"
    plan = fixed(WOMAN, TODAY, settled).plan.occasions_on([TODAY])
    lunch = plan[Place(TODAY, Meal.LUNCH)]
    assert isinstance(lunch, Eaten)
    assert sum(food.grams for food in lunch.foods) == 7000


def test_what_the_table_has_not_is_told() -> None:
    unknown = Entry(
        uuid.uuid4().hex, TODAY, Ledger.FOOD, Decimal(200), "200 g",
        Snapshot("", "stew", "stoofpot", "", "a guess", "", Basis.HUNDRED_GRAMS, {}), "lunch",
    )  # fmt: skip
    settled, notes = occasions_of([unknown], MEALS, FOODS)
    assert settled == {}
    assert any("stew" in note for note in notes)


def test_the_planner_fills_what_is_left(tmp_path: Path) -> None:
    paths = Paths(tmp_path, tmp_path / "data", tmp_path / "cache")
    entries = [
        eaten("bread-whole-wheat", "64", "breakfast"),
        eaten("almonds", "20", "breakfast"),
        eaten("water-mineral-gerolsteiner", "250", "breakfast", Ledger.WATER),
    ]
    with Diary.open(paths.diary, now=lambda: datetime(2026, 11, 28, tzinfo=UTC)) as diary:
        diary.add(entries)
    plan = rest_of_day(paths, WOMAN, Sources(), TODAY, effort=Effort.QUICK).plan
    breakfast, *others = plan.days[0].meals
    assert {(p.food, p.grams) for p in breakfast.portions} == {
        ("bread-whole-wheat", 64), ("almonds", 20), ("water-mineral-gerolsteiner", 250)
    }  # fmt: skip
    assert all(meal.dish not in ("eaten", "skipped") for meal in others)
    assert plan.days[0].magnesium.gap_mg == 0
    assert plan.check.ok


def test_a_day_that_is_over_has_no_rest(tmp_path: Path) -> None:
    paths = Paths(tmp_path, tmp_path / "data", tmp_path / "cache")
    with Diary.open(paths.diary, now=lambda: datetime(2026, 11, 28, tzinfo=UTC)) as diary:
        diary.add([eaten("almonds", "30", "dinner"), eaten("almonds", "30", "snack")])
    with pytest.raises(InputError, match="No meal is left"):
        rest_of_day(paths, WOMAN, Sources(), TODAY)


def test_a_day_over_its_energy_is_told_in_a_sentence(tmp_path: Path) -> None:
    paths = Paths(tmp_path, tmp_path / "data", tmp_path / "cache")
    with Diary.open(paths.diary, now=lambda: datetime(2026, 11, 28, tzinfo=UTC)) as diary:
        diary.add([eaten("almonds", "500", "lunch")])
    with pytest.raises(InputError, match="kcal over the most of a day"):
        rest_of_day(paths, WOMAN, Sources(), TODAY)


def diary_of(tmp_path: Path, *entries: Entry) -> Paths:
    paths = Paths(tmp_path, tmp_path / "data", tmp_path / "cache")
    with Diary.open(paths.diary, now=lambda: datetime(2026, 11, 28, tzinfo=UTC)) as diary:
        diary.add(list(entries))
    return paths


PREGNANT_VEGAN = {
    "person": {"sex": "female", "age": 28, "life_stage": "pregnant", "trimester": 2},
    "diet": {"kind": "vegan"},
}
OLD_MAN = {
    "person": {"sex": "male", "age": 72, "energy_kcal": 1700},
    "diet": {"avoid_allergens": ["gluten", "nuts"]},
}


@pytest.mark.parametrize("profile", [WOMAN.model_dump(mode="json"), PREGNANT_VEGAN, OLD_MAN])
@pytest.mark.parametrize("at", [time(16), time(23)])
def test_what_was_missed_is_not_made_up_for(
    tmp_path: Path, profile: dict[str, object], at: time, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What each demand costs a snack alone is no matter here, and takes an engine each.
    monkeypatch.setattr("mealmag.services.plan.rule_costs", lambda *_, **__: [])
    paths = diary_of(tmp_path, eaten("banana", "118", "breakfast"))
    whole = Profile.model_validate(profile)
    rest = rest_of_day(
        paths, whole, Sources(), TODAY, to_come=meals_to_come(at), effort=Effort.QUICK
    )
    day = rest.plan.days[0]
    dishes = {meal.meal: meal.dish for meal in day.meals}
    assert (dishes[Meal.BREAKFAST], dishes[Meal.LUNCH]) == ("eaten", "skipped")
    assert (dishes[Meal.DINNER] == "skipped") == (at == time(23))
    band = rest.plan.targets["energy_kcal"]
    assert band.floor is not None
    assert band.floor <= day.totals["energy_kcal"] <= (band.ceiling or 0)
    assert any(f"as little as {band.floor:,.0f} kcal" in note for note in rest.notes)
    assert check_plan(plan_json(rest.plan), "plan").violations == []


def test_a_rest_that_is_impossible_names_an_option_of_its_own(tmp_path: Path) -> None:
    paths = diary_of(tmp_path, eaten("coffee", "3000", "breakfast"))
    with pytest.raises(ImpossibleError) as caught:
        rest_of_day(paths, WOMAN, Sources(), TODAY, to_come=meals_to_come(time(20)))
    assert "caffeine" in caught.value.message
    assert caught.value.hint.startswith("--left lunch dinner snack plans what was missed too")
    assert caught.value.ways == ()
    with pytest.raises(ImpossibleError) as caught:
        rest_of_day(paths, WOMAN, Sources(), TODAY)
    assert caught.value.hint.startswith("--left lunch plans that alone")
