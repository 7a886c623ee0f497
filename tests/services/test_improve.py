"""The smallest change to what somebody usually eats: it reaches the target, and nothing else gets worse."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mealmag.errors import InputError
from mealmag.export.improvement_text import improvements_text
from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.improvement import Improvements
from mealmag.services.account import account_of_days
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.improve import improve
from mealmag.services.schema import schema_of
from mealmag.storage.diary.diary import Diary
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile, ReferenceChoice

TODAY = date(2026, 11, 28)
CATALOGUE = load_catalogue()
USUAL = {
    "bread-white": "174",
    "butter": "10",
    "jam": "30",
    "milk-semi-skimmed": "208",
    "gouda": "56",
    "apple": "182",
    "banana": "118",
    "pasta-cooked": "250",
    "tomato-sauce": "150",
    "beef-mince-cooked": "100",
    "broccoli-boiled": "150",
}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path, tmp_path / "data", tmp_path / "cache")


def person(**diet: object) -> Profile:
    return Profile.model_validate({"person": {"sex": "female", "age": 34}, "diet": diet})


def keep(paths: Paths, days: int, more: dict[str, str] | None = None) -> None:
    eaten = {**USUAL, **(more or {})}
    entries = [
        Entry(
            uuid.uuid4().hex, TODAY - timedelta(days=n), Ledger.FOOD, Decimal(grams), f"{grams} g",
            snapshot_of(CATALOGUE.foods[food]), "lunch",
        )
        for n in range(1, days + 1)
        for food, grams in eaten.items()
    ]  # fmt: skip
    with Diary.open(paths.diary, now=lambda: datetime(2026, 11, 28, tzinfo=UTC)) as diary:
        diary.add(entries)


def improved(paths: Paths, profile: Profile) -> Improvements:
    return improve(paths, profile, Sources(), TODAY)


def usual(paths: Paths, profile: Profile) -> Improvements:
    """What is usual alone: no change is looked for."""
    return improve(paths, profile, Sources(), TODAY, stop=lambda: True)


def test_one_change_is_better_than_two_and_the_same_kind_than_another(paths: Paths) -> None:
    keep(paths, 5)
    found = improved(paths, person())
    assert len(found.days) == 5
    assert found.mean_mg < found.target_mg
    first = found.choices[0]
    assert first.proven
    (habit,) = first.habits
    whole = {"white bread": "wholewheat", "cooked pasta": "wholewheat"}
    assert habit.days == 5
    assert whole[habit.instead_of] in habit.name
    assert all(len(choice.habits) >= 1 for choice in found.choices)
    assert [kept.name for kept in found.choices[1].kept] == [habit.instead_of]
    for choice in found.choices:
        assert choice.mean_mg >= found.target_mg
        assert -151 <= choice.energy_kcal - found.energy_kcal <= 101
        assert 0 <= choice.days_reached <= 5
    Draft202012Validator(schema_of("improve")).validate(json.loads(found.to_json()))
    text = improvements_text(found)
    assert f"instead of {habit.instead_of} (on 5 of the 5 days)" in " ".join(text.split())
    assert f"Or, if {habit.instead_of} stays:" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_a_diary_with_the_change_made_reaches_what_was_said(paths: Paths) -> None:
    """Logged as advised, the same days have the mean that was promised."""
    keep(paths, 4)
    choice = next(c for c in improved(paths, person()).choices if len(c.habits) == 1)
    (habit,) = choice.habits
    assert habit.kind == "swap"
    source = next(f for f in USUAL if CATALOGUE.foods[f].name_en == habit.instead_of)
    other = Paths(paths.config / "o", paths.data / "o", paths.cache)
    eaten = {food: grams for food, grams in USUAL.items() if food != source}
    eaten[habit.food] = USUAL[source]
    with Diary.open(other.diary, now=lambda: datetime(2026, 11, 28, tzinfo=UTC)) as diary:
        diary.add(
            Entry(
                uuid.uuid4().hex, TODAY - timedelta(days=n), Ledger.FOOD, Decimal(grams), "",
                snapshot_of(CATALOGUE.foods[food]), "lunch",
            )
            for n in range(1, 5)
            for food, grams in eaten.items()
        )  # fmt: skip
    first, last = TODAY - timedelta(days=4), TODAY - timedelta(days=1)
    account = account_of_days(other, person(), CATALOGUE, first, last, TODAY)
    assert account.mean_mg == pytest.approx(choice.mean_mg, abs=0.11)
    assert account.days_reached == choice.days_reached


def test_what_is_usual_is_counted_with_the_figures_that_were_asked_for(paths: Paths) -> None:
    keep(paths, 4)
    cautious = person().model_copy(update={"reference": ReferenceChoice(figures=Figures.CAUTIOUS)})
    first, last = TODAY - timedelta(days=4), TODAY - timedelta(days=1)
    mean = account_of_days(paths, cautious, CATALOGUE, first, last, TODAY).mean_mg
    assert usual(paths, cautious).mean_mg == mean
    assert mean < usual(paths, person()).mean_mg


def test_within_what_a_person_may_eat(paths: Paths) -> None:
    keep(paths, 3)
    careful = person(kind="vegetarian", avoid_allergens=["gluten", "nuts", "soybeans"])
    for choice in improved(paths, careful).choices:
        for habit in choice.habits:
            food = CATALOGUE.foods[habit.food]
            assert food.diet in ("vegan", "vegetarian")
            assert not food.allergens & {"gluten", "nuts", "soybeans"}


def test_who_has_enough_need_change_nothing(paths: Paths) -> None:
    keep(paths, 3, {"pumpkin-seeds": "40"})
    found = improved(paths, person())
    assert found.choices == ()
    assert found.mean_mg >= found.target_mg
    assert "nothing need change" in improvements_text(found)


def test_too_few_days_are_refused(paths: Paths) -> None:
    keep(paths, 2)
    with pytest.raises(InputError, match="2 finished days"):
        improved(paths, person())


def test_only_the_last_days_that_were_asked_for(paths: Paths) -> None:
    keep(paths, 8)
    found = improve(paths, person(), Sources(), TODAY, days=3, stop=lambda: True)
    assert found.days == tuple(TODAY - timedelta(days=n) for n in (3, 2, 1))
