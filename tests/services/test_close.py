"""What would close a day's gap: within what a person may eat, and ranked by the day that comes of it."""

import json
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mealmag.catalogue.dish import Meal
from mealmag.export.closing_text import closing_text
from mealmag.nutrition.closing import Closing
from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.close import close_gap
from mealmag.services.schema import schema_of
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
    gaps = [option.gap_mg for option in closing.options]
    assert gaps == sorted(gaps)


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
