"""What would close a day's gap: within what a person may eat, and ranked by the day that comes of it."""

import json
import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal
from math import ceil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mealmag.catalogue.dish import Meal
from mealmag.export.closing_text import closing_text
from mealmag.nutrition.closing import Closing, Option
from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.close import close_gap
from mealmag.services.likely_foods import is_eaten_alone
from mealmag.services.rest import meals_to_come
from mealmag.services.schema import schema_of
from mealmag.services.servings import is_within
from mealmag.storage.diary.diary import Diary
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

TODAY = date(2026, 11, 28)
FOODS = load_catalogue().foods
POOR_DAY = (
    ("bread-white", "58", Meal.BREAKFAST),
    ("jam", "20", Meal.BREAKFAST),
    ("bread-white", "87", Meal.LUNCH),
    ("gouda", "56", Meal.LUNCH),
    ("pasta-cooked", "250", Meal.DINNER),
    ("beef-mince-cooked", "100", Meal.DINNER),
    ("apple", "150", Meal.SNACK),
)


def person(**diet: object) -> Profile:
    return Profile.model_validate({"person": {"sex": "female", "age": 34}, "diet": diet})


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path, tmp_path / "data", tmp_path / "cache")


def keep(paths: Paths, *meals: Meal) -> None:
    entries = [
        Entry(
            uuid.uuid4().hex, TODAY, Ledger.FOOD, Decimal(grams), f"{grams} g",
            snapshot_of(FOODS[food]), meal.value,
        )
        for food, grams, meal in POOR_DAY
        if meal in meals
    ]  # fmt: skip
    with Diary.open(paths.diary, now=lambda: datetime(2026, 11, 28, tzinfo=UTC)) as diary:
        diary.add(entries)


def closed(paths: Paths, profile: Profile) -> Closing:
    return close_gap(paths, profile, Sources(), TODAY)


def test_at_the_end_of_a_day_the_gap_is_closed_by_exactly_what_is_added(paths: Paths) -> None:
    keep(paths, *Meal)
    closing = closed(paths, person())
    assert closing.meals_left == ()
    assert closing.gap_mg == pytest.approx(closing.gap_after_meals_mg, abs=0.02)
    assert closing.options
    for option in closing.options:
        left = max(0.0, closing.gap_mg - option.magnesium_mg)
        assert option.gap_mg == pytest.approx(left, abs=0.05)
        assert option.proven
        assert option.energy_kcal <= closing.energy_left_kcal + 0.5
    for kind in ("food", "swap"):
        steps = [
            (kind == "food" and not is_eaten_alone(FOODS[option.food]), ceil(option.gap_mg / 16))
            for option in closing.options
            if option.kind == kind
        ]
        assert steps == sorted(steps)


def test_swaps_are_of_what_was_eaten_and_richer(paths: Paths) -> None:
    keep(paths, *Meal)
    swaps = [option for option in closed(paths, person()).options if option.kind == "swap"]
    assert {"white bread", "cooked pasta"} <= {option.instead_of for option in swaps}
    assert all(option.magnesium_mg >= 15 for option in swaps)
    assert len({option.instead_of for option in swaps}) == len(swaps)


def test_nothing_is_offered_that_a_person_may_not_eat(paths: Paths) -> None:
    keep(paths, Meal.BREAKFAST, Meal.LUNCH, Meal.DINNER, Meal.SNACK)
    vegan = person(kind="vegan", avoid_allergens=["nuts", "gluten"], dislikes=["pumpkin-seeds"])
    for option in closed(paths, vegan).options:
        food = FOODS[option.food]
        assert food.diet == "vegan"
        assert not food.allergens & {"nuts", "gluten"}
        assert food.id != "pumpkin-seeds"


def test_where_meals_are_left_the_day_is_planned_around_each(paths: Paths) -> None:
    keep(paths, Meal.BREAKFAST, Meal.LUNCH, Meal.SNACK)
    closing = closed(paths, person())
    assert closing.meals_left == ("dinner",)
    best = closing.options[0]
    assert best.gap_mg <= closing.gap_after_meals_mg
    text = closing_text(closing)
    assert "Still to come: dinner" in text
    Draft202012Validator(schema_of("close")).validate(json.loads(closing.to_json()))
    assert all(len(line) <= 80 for line in text.splitlines())


def test_a_stop_leaves_the_rest_untried(paths: Paths) -> None:
    keep(paths, *Meal)
    tried: list[int] = []
    closing = close_gap(
        paths, person(), Sources(), TODAY,
        on_progress=lambda done, _: tried.append(done), stop=lambda: len(tried) >= 2,
    )  # fmt: skip
    assert len(closing.options) == len(tried) == 2


def in_the_evening(paths: Paths, at: time, profile: Profile | None = None) -> Closing:
    to_come = meals_to_come(at)
    return close_gap(paths, profile or person(), Sources(), TODAY, to_come=to_come)


def test_what_was_missed_is_missed_and_the_evening_is_planned(paths: Paths) -> None:
    keep(paths, Meal.BREAKFAST)
    closing = in_the_evening(paths, time(20))
    assert closing.meals_left == ("dinner", "snack")
    assert closing.gap_after_meals_mg == 0, "dinner and snack are planned within a lower floor"
    assert len([option for option in closing.options if option.kind == "food"]) == 12


def test_late_what_is_eaten_as_it_is_stands_first(paths: Paths) -> None:
    keep(paths, Meal.BREAKFAST, Meal.LUNCH)
    closing = in_the_evening(paths, time(23))
    assert closing.meals_left == ("snack",)
    foods = [FOODS[option.food] for option in closing.options if option.kind == "food"]
    cooked = [not is_eaten_alone(food) for food in foods]
    assert cooked == sorted(cooked)
    assert cooked.count(False) == 8


def sugar(kcal: Decimal) -> Entry:
    grams = kcal / (FOODS["sugar"].amount("energy_kcal", Decimal(1)) or 1)
    return Entry(
        uuid.uuid4().hex, TODAY, Ledger.FOOD, grams.quantize(Decimal(1)), "sugar",
        snapshot_of(FOODS["sugar"]), "lunch",
    )  # fmt: skip


def test_a_meal_that_does_not_fit_any_more_is_said_not_to_and_foods_are_ranked(
    paths: Paths,
) -> None:
    keep(paths, Meal.BREAKFAST, Meal.LUNCH, Meal.DINNER)
    with Diary.open(paths.diary, now=lambda: datetime(2026, 11, 28, tzinfo=UTC)) as diary:
        so_far = sum((e.amount("energy_kcal") or Decimal(0) for e in diary.day(TODAY)), Decimal(0))
        diary.add([sugar(Decimal(2287 - 28) - so_far)])
    closing = closed(paths, person())
    assert closing.meals_left == ("snack",)
    assert closing.gap_after_meals_mg is None
    foods = [option for option in closing.options if option.kind == "food"]
    assert foods
    for option in foods:
        assert option.energy_kcal <= 29
        left = max(0.0, closing.gap_mg - option.magnesium_mg)
        assert option.gap_mg == pytest.approx(left, abs=0.05)
    text = " ".join(closing_text(closing).split())
    assert "Still to come: snack. No menu for that follows your rules beside what you ate" in text
    assert "would leave" not in text
    Draft202012Validator(schema_of("close")).validate(json.loads(closing.to_json()))


def test_no_option_brings_more_of_a_nutrient_than_an_upper_level(paths: Paths) -> None:
    keep(paths, *Meal)
    for option in closed(paths, person()).options:
        assert is_within(FOODS[option.food], Decimal(str(option.grams)))


def option(**given: object) -> Option:
    whole = {
        "kind": "food", "food": "almonds", "name": "almonds", "measure": "1 handful", "grams": 28,
        "instead_of": "", "magnesium_mg": 76, "energy_kcal": 162, "gap_mg": 0, "others_off": 22,
        "proven": True, "also": ("fat 30 %",),
    }  # fmt: skip
    return Option.model_validate({**whole, **given})


def test_what_an_option_costs_the_other_nutrients_is_told_only_where_it_does(paths: Paths) -> None:
    keep(paths, *Meal)
    closing = closed(paths, person())
    same = closing.model_copy(update={"options": (option(),), "others_off": 22.4})
    assert "lose" not in closing_text(same).lower()
    worse = closing.model_copy(update={"options": (option(),), "others_off": 10})
    assert "also fat 30 % of a day; the other nutrients lose 12 %" in closing_text(worse)
    assert "“Lose”: so much further from their targets" in closing_text(worse)
    assert "% off" not in closing_text(worse)
