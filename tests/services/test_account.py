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

from mealmag.catalogue.reference import ReferenceTables
from mealmag.export.account_text import day_text, magnesium_lines, period_text
from mealmag.export.trend_text import trend_text
from mealmag.nutrition.diary import Basis, Entry, Ledger, Snapshot, snapshot_of
from mealmag.nutrition.figures import Figures, counted
from mealmag.nutrition.intake import MAGNESIUM, brought
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.nutrition.reference import MagnesiumRow, ReferenceSet
from mealmag.nutrition.totals import rounded
from mealmag.nutrition.usual_intake import usual_intake
from mealmag.services.account import (
    account_of_day,
    account_of_days,
    basics_of,
    trend_of_weeks,
)
from mealmag.services.catalogue import load_catalogue
from mealmag.services.diary import entries_of
from mealmag.services.schema import schema_of
from mealmag.storage.diary.diary import Diary
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile, ReferenceChoice

TODAY = date(2026, 11, 28)
CATALOGUE = load_catalogue()
STAGES = {"pregnancy": "pregnant", "lactation": "breastfeeding"}
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


CODES = {each.code: each.value for each in ReferenceSet}
ROWS = [
    row
    for row in ReferenceTables().magnesium
    if row.ref_set in CODES and (row.age_max_y is None or row.age_max_y > 4)
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.ref_set} {row.sex} {row.age_label}")
def test_what_a_set_says_without_a_median_requirement(row: MagnesiumRow, paths: Paths) -> None:
    """Being under an adequate intake proves nothing; a recommended intake leaves the probability open."""
    who = {
        "sex": "male" if row.sex == "M" else "female",
        "age": int(max(row.age_min_y or 34, 4)),
        "life_stage": STAGES.get(row.life_stage, "none"),
        "trimester": 2 if row.life_stage == "pregnancy" else None,
    }
    profile = Profile.model_validate({"person": who, "reference": {"set": CODES[row.ref_set]}})
    reference = basics_of(profile, CATALOGUE).reference
    keep(paths, a_full_day(TODAY - timedelta(days=1), almonds=1))
    said = account_of_day(paths, profile, CATALOGUE, TODAY, TODAY).adequacy.said
    is_ai, has_ear = reference.target_type.startswith("AI"), reference.ear_mg is not None
    assert ("adequate intake (AI)" in said) == is_ai
    assert ("no probability can be told" in said) == (not is_ai and not has_ear)
    if not is_ai and not has_ear:
        assert f"recommended intake ({reference.target_mg} mg, {reference.target_type})" in said


def test_more_days_than_one_can_log_are_no_promise(paths: Paths) -> None:
    """On a year of nearly the median requirement an answer would need more days than anybody logs."""
    days = {TODAY - timedelta(days=1): a_full_day(TODAY - timedelta(days=1))}
    person = WOMAN.person
    reference = basics_of(WOMAN, CATALOGUE).reference
    found = []
    for almonds in range(1, 150):
        days = {day: a_full_day(day, almonds) for day in days}
        account = usual_intake(days, person, reference, Decimal(1900))
        if account.days_still is not None:
            found.append(account.days_still)
            promised = f"{account.days_still} days more" in account.said
            assert promised == (2 <= account.days_still <= 60)
            assert ("more days than one can well log" in account.said) == (account.days_still > 60)
    assert max(found) > 60
    assert min(found) < 60


@pytest.mark.parametrize("figures", list(Figures))
def test_all_of_an_account_is_counted_with_the_figures_that_were_asked_for(
    paths: Paths, figures: Figures
) -> None:
    days = [TODAY - timedelta(days=n) for n in range(5)]
    every = {day: [*a_full_day(day, 20 + n), a_tablet(50, day)] for n, day in enumerate(days)}
    keep(paths, [entry for entries in every.values() for entry in entries])
    chosen = WOMAN.model_copy(update={"reference": ReferenceChoice(figures=figures)})
    table = {key: counted(food, figures) for key, food in CATALOGUE.foods.items()}
    expected = {
        day: sum(
            (table[e.snapshot.food].amount("magnesium_mg", e.quantity) or 0 for e in entries[:-1]),
            Decimal(50),
        )
        for day, entries in every.items()
    }
    account = account_of_day(paths, chosen, CATALOGUE, TODAY, TODAY)
    magnesium, total = account.magnesium, rounded(expected[TODAY])
    assert account.figures is figures
    assert magnesium.total.amount == total
    assert magnesium.food.amount == pytest.approx(total - 50)
    assert magnesium.percent == rounded(100 * expected[TODAY] / 320, 1)
    for parts in (
        [meal.magnesium.amount for meal in account.meals],
        [each.magnesium_mg for each in account.contributions],
        [each.magnesium_mg for each in account.entries],
    ):
        assert sum(parts) == pytest.approx(total, abs=0.05)
    assert account.nutrients["magnesium_mg"].amount == rounded(expected[TODAY], 1)
    before = [mg - 50 for day, mg in expected.items() if day < TODAY]
    assert account.adequacy.mean_mg == rounded(sum(before, Decimal(0)) / 4, 1)
    period = account_of_days(paths, chosen, CATALOGUE, days[-1], TODAY, TODAY)
    assert [day.magnesium.amount for day in period.days] == [
        rounded(expected[day]) for day in sorted(expected)
    ]
    assert period.mean_mg == rounded(sum(before, Decimal(0)) / 4 + 50, 1)
    weeks = trend_of_weeks(paths, chosen, CATALOGUE, TODAY, 1)
    assert (weeks.weeks[0].mean_mg, weeks.figures) == (period.mean_mg, figures)
    words = f"Magnesium in food: {figures.words}."
    for page in (day_text(account), period_text(period), trend_text(weeks)):
        assert (words in " ".join(page.split())) == (figures is not Figures.USDA)


def test_what_is_in_no_table_as_eaten_is_told_where_tables_are_compared(paths: Paths) -> None:
    kale = next(f for f in CATALOGUE.foods.values() if f.cooked and f.nutrients["magnesium_mg"])
    keep(paths, [*a_full_day(TODAY), a_food(kale.id, 100), a_tablet(10)])
    for figures in Figures:
        chosen = WOMAN.model_copy(update={"reference": ReferenceChoice(figures=figures)})
        for account in (
            account_of_day(paths, chosen, CATALOGUE, TODAY, TODAY),
            account_of_days(paths, chosen, CATALOGUE, TODAY, TODAY, TODAY + timedelta(days=1)),
        ):
            is_told = any("One food is in no table as eaten" in note for note in account.notes)
            assert is_told == (figures in (Figures.MEDIAN, Figures.CAUTIOUS))


def test_the_entries_of_a_day_by_other_figures(paths: Paths) -> None:
    keep(paths, a_full_day(TODAY))
    chosen = WOMAN.model_copy(update={"reference": ReferenceChoice(figures=Figures.CAUTIOUS)})
    total = account_of_day(paths, chosen, CATALOGUE, TODAY, TODAY).magnesium.total.amount
    cautious = brought(entries_of(paths, TODAY, Figures.CAUTIOUS), MAGNESIUM)
    assert rounded(cautious.amount) == total
    assert total < rounded(brought(entries_of(paths, TODAY), MAGNESIUM).amount)


def test_how_sure_a_sum_is_takes_two_lines_and_speaks_of_portions(paths: Paths) -> None:
    keep(paths, a_full_day(TODAY))
    account = account_of_day(paths, WOMAN, CATALOGUE, TODAY, TODAY)
    low, high = account.magnesium.low_mg, account.magnesium.high_mg
    for unknown in (0, 2):
        total = account.magnesium.total.model_copy(update={"unknown": unknown})
        lines = list(magnesium_lines(account.magnesium.model_copy(update={"total": total})))[2:]
        assert len(lines) <= 2
        said = " ".join(" ".join(lines).split())
        assert f"(9 in 10) {low:.0f} to {high:.0f} mg" in said
        assert "how well you know your portions is not in that" in said
        assert ("what has a figure" in said) == bool(unknown)


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
