"""Ratings: kept in the profile beside what its owner wrote, and planned by."""

from datetime import date
from pathlib import Path

import pytest

from mealmag.errors import InputError, UsageError
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Catalogue, load_catalogue
from mealmag.services.change import profile_of
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.profile import stored_profile
from mealmag.services.ratings import rate
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

WOMAN = {"person": {"sex": "female", "age": 34}}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path, tmp_path / "data", tmp_path / "cache")


def kept(paths: Paths, text: str) -> None:
    paths.profile.write_bytes(text.encode())


PERSON = '[person]  # me\nsex = "female"\nage = 34\n'


@pytest.mark.parametrize(
    ("before", "rating", "after"),
    [
        (PERSON, 2, PERSON + "\n[ratings]\nshakshuka = 2\n"),
        (PERSON, 0, PERSON),
        (PERSON + "[ratings]", 1, PERSON + "[ratings]\nshakshuka = 1\n"),
        (
            "[ratings] # taste\nshakshuka = -1  # hm\n\n" + PERSON,
            2,
            "[ratings] # taste\nshakshuka = 2  # hm\n\n" + PERSON,
        ),
        ("[ratings]\nchili = 1\n\n" + PERSON, -2, "[ratings]\nchili = 1\nshakshuka = -2\n\n" + PERSON),
        ("[ratings]\nshakshuka = 1\n" + PERSON, 0, "[ratings]\n" + PERSON),
        (PERSON.replace("\n", "\r\n"), 1, (PERSON + "\n[ratings]\nshakshuka = 1\n").replace("\n", "\r\n")),
    ],
)  # fmt: skip
def test_a_rating_changes_its_own_line_only(
    paths: Paths, catalogue: Catalogue, before: str, rating: int, after: str
) -> None:
    kept(paths, before)
    changed = rate(paths, "shakshuka", rating, catalogue)
    assert paths.profile.read_bytes().decode() == after
    assert stored_profile(paths) == changed
    assert changed.ratings.get("shakshuka", 0) == rating


@pytest.mark.parametrize(
    "inline",
    ["ratings = { shakshuka = 1 }\n", "ratings.shakshuka = 1\n", '"ratings".shakshuka=1\n'],
)
def test_ratings_that_are_written_otherwise_are_written_anew_with_a_copy(
    paths: Paths, catalogue: Catalogue, inline: str
) -> None:
    kept(paths, inline + PERSON)
    changed = rate(paths, "shakshuka", -2, catalogue)
    assert stored_profile(paths) == changed
    assert changed.ratings == {"shakshuka": -2}
    assert paths.profile.with_suffix(".toml.bak").read_text() == inline + PERSON


def test_what_is_no_rating(paths: Paths, catalogue: Catalogue) -> None:
    with pytest.raises(UsageError, match="there is none at") as caught:
        rate(paths, "shakshuka", 1, catalogue)
    assert "mealmag profile --sex female --age 34" in caught.value.hint
    kept(paths, PERSON)
    with pytest.raises(InputError, match="3 is no rating"):
        rate(paths, "shakshuka", 3, catalogue)
    with pytest.raises(InputError, match='Did you mean "shakshuka"'):
        rate(paths, "shakshka", 1, catalogue)
    cooked = next(food for food in catalogue.foods if "+" in food)
    with pytest.raises(InputError, match="is no dish or food"):
        rate(paths, cooked, 1, catalogue)
    assert paths.profile.read_text() == PERSON


def test_one_that_the_catalogue_has_no_more_can_be_taken_away(
    paths: Paths, catalogue: Catalogue
) -> None:
    kept(paths, PERSON + "[ratings]\ngone = 2\n")
    assert rate(paths, "gone", 0, catalogue).ratings == {}


def planned(ratings: dict[str, int]) -> Plan:
    profile = Profile.model_validate({**WOMAN, "ratings": ratings})
    return plan_week(PlanRequest(profile, date(2026, 11, 23), days=2, effort=Effort.QUICK))


def test_a_plan_leans_to_what_is_liked_and_says_so() -> None:
    usual = {meal.dish for day in planned({}).days for meal in day.meals}
    disliked = dict.fromkeys(usual, -2)
    plan = planned({**disliked, "shakshuka": 0})
    assert not usual & {meal.dish for day in plan.days for meal in day.meals}
    assert plan.rules.ratings == disliked
    assert profile_of(plan).ratings == disliked


def test_an_unknown_rating_is_refused_before_any_plan() -> None:
    with pytest.raises(InputError, match='ratings: "shakshka" is no dish or food'):
        planned({"shakshka": 2})
