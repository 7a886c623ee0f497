"""A diary's accounts: what a day, some days and the weeks come to, from a real file."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import stdev

import pytest
from jsonschema import Draft202012Validator

from mealmag.export.account_text import day_text, period_text
from mealmag.export.trend_text import trend_text
from mealmag.nutrition.diary import Basis, Entry, Ledger, Snapshot, snapshot_of
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.nutrition.totals import rounded
from mealmag.services.account import (
    account_of_day,
    account_of_days,
    trend_of_weeks,
)
from mealmag.services.catalogue import load_catalogue
from mealmag.services.schema import schema_of
from mealmag.storage.diary.diary import Diary
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

TODAY = date(2026, 11, 28)
CATALOGUE = load_catalogue()
WOMAN = Profile.model_validate({"person": {"sex": "female", "age": 34}})


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path, tmp_path / "data", tmp_path / "cache")


def a_food(food: str, grams: int, day: date = TODAY, meal: str = "lunch") -> Entry:
    snapshot = snapshot_of(CATALOGUE.foods[food])
    measure = f"{grams} g"
    return Entry(uuid.uuid4().hex, day, Ledger.FOOD, Decimal(grams), measure, snapshot, meal=meal)


def a_tablet(mg: int, day: date = TODAY) -> Entry:
    snapshot = Snapshot(
        "", "tablet", "tablet", "supplement", "its label", "", Basis.ONE,
        {"magnesium_mg": Decimal(mg)},
    )  # fmt: skip
    return Entry(uuid.uuid4().hex, day, Ledger.SUPPLEMENT, Decimal(1), "1 tablet", snapshot)


def keep(paths: Paths, entries: Iterable[Entry]) -> None:
    with Diary.open(paths.diary, now=lambda: datetime(2026, 11, 28, tzinfo=UTC)) as diary:
        diary.add(entries)


def a_full_day(day: date, almonds: int = 60) -> list[Entry]:
    """About 1,900 kcal."""
    return [
        a_food("almonds", almonds, day, "snack"),
        a_food("bread-whole-wheat", 200, day, "breakfast"),
        a_food("pasta-cooked", 600, day, "dinner"),
        a_food("olive-oil", 25, day, "dinner"),
    ]


def test_a_day_adds_up_over_ledgers_meals_and_foods(paths: Paths) -> None:
    figures = dict.fromkeys(BY_KEY, Decimal(0)) | {"magnesium_mg": Decimal(10)}
    spring = replace(snapshot_of(CATALOGUE.foods["water-tap"]), nutrients=figures)
    water = Entry(uuid.uuid4().hex, TODAY, Ledger.WATER, Decimal(500), "500 ml", spring)
    entries = [*a_full_day(TODAY), water, a_tablet(100)]
    keep(paths, entries)
    account = account_of_day(paths, WOMAN, CATALOGUE, TODAY, TODAY)
    exact = sum((entry.amount("magnesium_mg") or 0 for entry in entries), Decimal(0))
    magnesium = account.magnesium
    assert magnesium.total.amount == rounded(exact)
    assert magnesium.water.amount == 50
    assert magnesium.supplement.amount == 100
    assert magnesium.food.amount == pytest.approx(magnesium.total.amount - 150)
    assert magnesium.target_mg == 320
    assert magnesium.gap_mg == rounded(max(Decimal(0), 320 - exact))
    assert sum(meal.magnesium.amount for meal in account.meals) == pytest.approx(
        magnesium.total.amount, abs=0.03
    )
    assert sum(each.percent for each in account.contributions) == pytest.approx(100, abs=0.3)
    assert magnesium.low_mg is not None
    assert magnesium.high_mg is not None
    assert magnesium.low_mg < magnesium.total.amount < magnesium.high_mg
    assert account.energy_kj == pytest.approx(
        4.184 * account.nutrients["energy_kcal"].amount, rel=0.001
    )


def test_a_label_has_no_spread(paths: Paths) -> None:
    keep(paths, [a_tablet(100)])
    magnesium = account_of_day(paths, WOMAN, CATALOGUE, TODAY, TODAY).magnesium
    assert (magnesium.low_mg, magnesium.high_mg) == (100, 100)


def test_unknown_is_not_zero(paths: Paths) -> None:
    unknown = Snapshot(
        "", "stew", "stoofpot", "dishes", "a guess", "", Basis.HUNDRED_GRAMS, {"energy_kcal": Decimal(90)}
    )  # fmt: skip
    entry = Entry(uuid.uuid4().hex, TODAY, Ledger.FOOD, Decimal(300), "300 g", unknown)
    keep(paths, [*a_full_day(TODAY), entry])
    account = account_of_day(paths, WOMAN, CATALOGUE, TODAY, TODAY)
    assert account.magnesium.total.unknown == 1
    text = day_text(account)
    assert "at least" in text
    assert "one food has no figure (stew)" in " ".join(text.split())


def test_no_diary_is_an_empty_one_and_nothing_is_made(paths: Paths) -> None:
    account = account_of_day(paths, WOMAN, CATALOGUE, TODAY, TODAY)
    assert account.magnesium.total.amount == 0
    assert account.magnesium.gap_mg == 320
    assert "Nothing is logged" in day_text(account)
    assert not paths.data.exists()


def test_today_and_unfinished_days_say_nothing_of_usual_intake(paths: Paths) -> None:
    finished = [TODAY - timedelta(days=n) for n in (1, 2, 3)]
    begun = TODAY - timedelta(days=4)
    keep(paths, [e for day in [TODAY, *finished] for e in a_full_day(day)])
    keep(paths, [a_food("almonds", 30, begun)])
    adequacy = account_of_day(paths, WOMAN, CATALOGUE, TODAY, TODAY).adequacy
    assert adequacy.days == tuple(sorted(finished))
    assert adequacy.left_out == (begun,)
    assert adequacy.probability is not None
    assert 0 < adequacy.probability < 1
    assert adequacy.ear_mg == 265


def test_where_only_an_ai_exists_being_under_it_proves_nothing(paths: Paths) -> None:
    european = Profile.model_validate(
        {"person": {"sex": "female", "age": 34}, "reference": {"set": "eu"}}
    )
    yesterday = TODAY - timedelta(days=1)
    keep(paths, a_full_day(yesterday, almonds=1))
    adequacy = account_of_day(paths, european, CATALOGUE, TODAY, TODAY).adequacy
    assert adequacy.probability is None
    assert "proves nothing" in adequacy.said


def test_some_days_together(paths: Paths) -> None:
    days = [TODAY - timedelta(days=n) for n in range(6)]
    for number, day in enumerate(days):
        keep(paths, a_full_day(day, almonds=20 + 20 * number))
    account = account_of_days(paths, WOMAN, CATALOGUE, TODAY - timedelta(days=6), TODAY, TODAY)
    assert len(account.days) == 7
    assert [day.counts for day in account.days] == [False, *[True] * 5, False]
    logged = [day.magnesium.amount for day in account.days if day.counts]
    assert account.mean_mg == pytest.approx(sum(logged) / 5, abs=0.06)
    assert account.days_reached == sum(amount >= 320 for amount in logged)
    assert len(account.adequacy.days) == 5
    text = period_text(account)
    assert f"{account.mean_mg:.0f} mg" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_past_is_not_rewritten_by_a_later_catalogue(paths: Paths) -> None:
    keep(paths, a_full_day(TODAY))
    before = account_of_day(paths, WOMAN, CATALOGUE, TODAY, TODAY).magnesium.total
    almonds = CATALOGUE.foods["almonds"]
    poorer = replace(almonds, nutrients={**almonds.nutrients, "magnesium_mg": Decimal(1)})
    later = replace(CATALOGUE, foods={**CATALOGUE.foods, "almonds": poorer})
    after = account_of_day(paths, WOMAN, later, TODAY, TODAY).magnesium.total
    assert after == before


def test_weeks_as_a_plot(paths: Paths) -> None:
    for week in range(3):
        keep(paths, a_full_day(TODAY - timedelta(days=1 + 7 * week), almonds=20 + 40 * week))
    found = trend_of_weeks(paths, WOMAN, CATALOGUE, TODAY, 4)
    assert [week.days for week in found.weeks] == [0, 1, 1, 1]
    assert all(week.monday.weekday() == 0 for week in found.weeks)
    means = [week.mean_mg for week in found.weeks]
    assert means[0] is None
    assert means[1:] == sorted(means[1:], reverse=True)
    text = trend_text(found)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert text.count("│") + text.count("◉") >= 4


def test_json_is_the_same_each_time(paths: Paths) -> None:
    keep(paths, a_full_day(TODAY))
    one, two = (account_of_day(paths, WOMAN, CATALOGUE, TODAY, TODAY).to_json() for _ in range(2))
    assert one == two
    assert json.loads(one)["schema"] == "mealmag/day/1"
    Draft202012Validator(schema_of("day")).validate(json.loads(one))
    period = account_of_days(paths, WOMAN, CATALOGUE, TODAY - timedelta(days=2), TODAY, TODAY)
    Draft202012Validator(schema_of("period")).validate(json.loads(period.to_json()))
    weeks = trend_of_weeks(paths, WOMAN, CATALOGUE, TODAY, 3).to_json()
    Draft202012Validator(schema_of("trend")).validate(json.loads(weeks))
    assert one.endswith("}\n")


def test_usual_intake_is_of_food_and_water_and_as_wide_as_ones_own_days(paths: Paths) -> None:
    days = [TODAY - timedelta(days=n) for n in (1, 2, 3, 4)]
    for number, day in enumerate(days):
        keep(paths, [*a_full_day(day, almonds=1 + 60 * number), a_tablet(300, day)])
    adequacy = account_of_day(paths, WOMAN, CATALOGUE, TODAY, TODAY).adequacy
    food = [
        float(
            sum(
                (e.amount("magnesium_mg") or 0 for e in a_full_day(day, almonds=1 + 60 * n)),
                Decimal(0),
            )
        )
        for n, day in enumerate(days)
    ]
    assert adequacy.mean_mg == pytest.approx(sum(food) / 4, abs=0.1)
    assert adequacy.within_person_sd_mg == pytest.approx(stdev(food), abs=0.1)
    assert "your own days" in adequacy.within_person_source


def test_what_must_be_heeded_stands_before_all_figures(paths: Paths) -> None:
    ill = Profile.model_validate(
        {"person": {"sex": "male", "age": 72, "conditions": ["kidney-disease", "banana"]}}
    )
    keep(paths, [a_tablet(400)])
    account = account_of_day(paths, ill, CATALOGUE, TODAY, TODAY)
    kidneys, unknown, too_much = account.cautions
    assert "kidney team" in kidneys
    assert "banana" in unknown
    assert "400 mg" in too_much
    assert day_text(account).startswith("Heed: With a kidney disease")
