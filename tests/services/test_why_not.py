"""Why there is no plan: in the user's own demands, none to spare, and ways out that were planned."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mealmag.catalogue.locate import data_file
from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError
from mealmag.planning.problem import Effort
from mealmag.planning.solver import cpsat
from mealmag.services.case import Case
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.demands import demands
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.why_not import WhyNot
from mealmag.storage.profile import Profile

MONDAY = date(2026, 11, 23)
WOMAN = {"person": {"sex": "female", "age": 34}}


def profile(**sections: Any) -> Profile:
    return Profile.model_validate(WOMAN | sections)


def refused(asked: Profile, days: int) -> ImpossibleError:
    with pytest.raises(ImpossibleError) as caught:
        plan_week(PlanRequest(profile=asked, start=MONDAY, days=days))
    return caught.value


def option_value(error: ImpossibleError, option: str) -> str:
    return next(way.option for way in error.ways if way.option.startswith(option)).removeprefix(
        option
    )


def test_too_few_minutes_are_named_and_enough_of_them_proposed() -> None:
    error = refused(profile(plan={"weekday_minutes": 5}), 2)
    assert error.rules == ("minutes",)
    minutes = int(option_value(error, "--weekday-minutes "))
    assert 5 < minutes <= 45
    assert "magnesium reached every day" in error.ways[0].gives
    plan = plan_week(
        PlanRequest(
            profile=profile(plan={"weekday_minutes": minutes}),
            start=MONDAY,
            days=2,
            effort=Effort.QUICK,
        )
    )
    assert plan.check.ok


def test_a_demand_that_another_forbids_comes_with_a_way_out_on_either_side() -> None:
    error = refused(profile(diet={"kind": "vegan"}, plan={"groups": {"fish": {"min": 7}}}), 1)
    assert error.rules == ("diet", "groups")
    assert {way.option for way in error.ways} == {"--at-least fish=0", "--diet pescatarian"}
    assert "the food is vegan" in error.message
    assert "fish in at least 7 meals a week" in error.message


@pytest.mark.parametrize(
    ("diet", "group", "ways"),
    [
        ({"dislikes": ["fish"]}, "fish", {"without --dislike fish", "--at-least fish=0"}),
        ({"avoid_allergens": ["eggs"]}, "eggs", {"--at-least eggs=0"}),
    ],
)
def test_a_group_of_which_nothing_may_be_served_is_refused_for_few_days_too(
    diet: dict[str, Any], group: str, ways: set[str]
) -> None:
    """Three days ask for none at all; twice a week and none are a contradiction all the same."""
    error = refused(profile(diet=diet, plan={"groups": {group: {"min": 2}}}), 3)
    assert error.rules[-1] == "groups"
    assert {way.option for way in error.ways} == ways


def test_what_of_a_group_may_be_served_is_enough() -> None:
    dislikes = ["salmon", "white-fish", "tuna"]
    asked = profile(diet={"dislikes": dislikes}, plan={"groups": {"fish": {"min": 2}}})
    assert plan_week(PlanRequest(asked, MONDAY, days=1, effort=Effort.QUICK)).check.ok


def test_two_collisions_are_both_named() -> None:
    error = refused(
        profile(
            diet={"kind": "vegan"},
            plan={"groups": {"fish": {"min": 7}}, "weekday_minutes": 5},
        ),
        1,
    )
    assert set(error.rules) == {"minutes", "diet", "groups"}
    assert error.ways == ()
    assert "loosen two" in error.hint


def test_a_limit_is_never_ours_to_loosen() -> None:
    error = refused(profile(limits={"potassium_mg": {"ceiling": 300.0}}), 1)
    assert error.rules == ("limits",)
    assert error.ways == ()
    assert "Not ours to loosen" in error.hint


def test_demands_say_which_conflict_they_are_of_and_whether_it_takes_them() -> None:
    error = refused(profile(diet={"kind": "vegan"}, plan={"groups": {"fish": {"min": 7}}}), 1)
    assert [(each.conflict, each.rule, each.proven) for each in error.demands] == [
        (1, "diet", True),
        (1, "groups", True),
    ]
    assert error.complete
    assert all(way.magnesium_mg > 300 and way.energy_kcal > 1500 for way in error.ways)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "(no dish is both lunch and dinner of a day)"),
        (2, "(no lunch or dinner dish comes twice a day or on two days in a row)"),
    ],
)
def test_too_few_dishes_are_a_matter_of_the_cookbook(tmp_path: Path, days: int, words: str) -> None:
    """One dish for lunch and dinner: no body needs another, the rules of the table do."""
    _, *dishes = data_file("dishes.toml").read_text("utf-8").split("[[dish]]")
    meals = [tomllib.loads(dish)["meals"] for dish in dishes]
    kept = [dish for dish, of in zip(dishes, meals, strict=True) if of == ["breakfast"]][:6]
    kept += [dish for dish, of in zip(dishes, meals, strict=True) if of == ["snack"]][:4]
    kept.append(dishes[meals.index(["lunch", "dinner"])])
    book = tmp_path / "dishes.toml"
    book.write_text("".join(f"[[dish]]{dish}" for dish in kept), "utf-8")
    with pytest.raises(ImpossibleError) as caught:
        plan_week(PlanRequest(profile(), MONDAY, days=days, sources=Sources(dishes=book)))
    assert "neighbouring_days" in caught.value.rules
    assert words in caught.value.message
    assert "too few dishes" in caught.value.hint
    assert "Not ours to loosen" not in caught.value.hint


def test_a_day_of_two_rich_meals_needs_no_long_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fractions of dishes reach the energy and whole ones do on two days, not on three: no sum proves it."""
    monkeypatch.setattr(cpsat, "solve", lambda *_, **__: pytest.fail("HiGHS is enough"))
    person = {"sex": "female", "age": 34, "energy_kcal": 2000}
    error = refused(profile(person=person, plan={"meals": ["breakfast", "lunch"]}), 3)
    assert [(each.rule, each.proven) for each in error.demands] == [
        ("energy_band", True),
        ("repeats", True),
    ]
    assert {way.option for way in error.ways} == {
        "--max-repeats 3",
        "--meals breakfast,lunch,dinner",
    }


def test_the_way_out_is_no_larger_than_it_must_be() -> None:
    """Chance finds no three days of 20 minutes; a closer look does, and sums prove that 15 are too few."""
    error = refused(profile(plan={"weekday_minutes": 5}), 3)
    assert option_value(error, "--weekday-minutes ") == "20"
    assert error.ways[0].least
    assert "not known" not in error.ways[0].gives


def test_a_stop_blames_nobody() -> None:
    why_not = WhyNot(
        profile(plan={"weekday_minutes": 5}),
        load_catalogue(),
        ReferenceTables(),
        start=MONDAY,
        days=1,
        make_plan=lambda *_: pytest.fail("nothing is planned after a stop"),
        stop=lambda: True,
    )
    error = why_not.error(ImpossibleError("There is none."))
    assert error.message.startswith("There is none.")
    assert error.rules == error.demands == ()
    assert not error.complete


FULL = profile(
    diet={"kind": "vegetarian", "avoid_allergens": ["nuts", "milk"], "dislikes": ["beetroot-boiled"]},
    plan={
        "weekday_minutes": 20, "weekend_minutes": 33, "budget": 8.0, "max_repeats": 1,
        "meals": ["breakfast", "dinner"], "groups": {"fish": {"min": 2, "max": 4}},
    },
    limits={"potassium_mg": {"floor": 100.0, "ceiling": 2000.0}, "sodium_mg": {"ceiling": 900.0}},
)  # fmt: skip


def test_taking_every_demand_back_leaves_a_profile_that_asks_nothing() -> None:
    case = Case(FULL)
    for demand in demands(FULL, "energy"):
        case = demand.without(case)
    assert case.relaxed == {"neighbouring_days", "energy_band", "repeats", "caffeine"}
    bare = case.profile
    assert (bare.diet.kind, bare.diet.avoid_allergens, bare.diet.dislikes) == ("omnivore", (), ())
    assert (bare.plan.weekday_minutes, bare.plan.weekend_minutes, bare.plan.budget) == (None,) * 3
    assert bare.plan.max_main_food is None
    assert not any(wanted.min or wanted.max for wanted in bare.plan.groups.values())
    assert [limit.ceiling for limit in bare.limits.values()] == [None]
    assert bare.limits["potassium_mg"].floor == 100


def test_every_gentler_version_is_a_profile_that_changes_one_thing() -> None:
    before = FULL.model_dump()
    for demand in demands(FULL, "energy"):
        seen = []
        for step in demand.ladder:
            after = Profile.model_validate(step.profile.model_dump()).model_dump()
            changed = [key for key in before if before[key] != after[key]]
            assert len(changed) == 1
            assert after not in seen
            seen.append(after)
        assert demand.sentence


def test_main_foods_are_loosened_step_by_step_and_last_let_go() -> None:
    (demand,) = [each for each in demands(FULL, "energy") if each.rule == "main_food"]
    assert "3 times a week" in demand.sentence
    assert [step.option for step in demand.ladder] == [
        f"--max-main-food {word}" for word in (4, 5, 6, 7, "none")
    ]
    assert demand.ladder[-1].profile.plan.max_main_food is None
    bare = FULL.model_copy(update={"plan": FULL.plan.model_copy(update={"max_main_food": None})})
    assert all(each.rule != "main_food" for each in demands(bare, "energy"))


def test_an_allergen_is_never_traded() -> None:
    assert all(
        not demand.ladder for demand in demands(FULL, "energy") if demand.rule == "allergens"
    )
