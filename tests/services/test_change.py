"""A changed plan: what was asked happens, the rest stays, and the checker agrees."""

from datetime import date, timedelta

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.errors import InputError, NoPlanError, UsageError
from mealmag.planning.check import check
from mealmag.planning.occasion import EatingOut, Place
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.change import Changer, ChangeRequest, plan_again, profile_of
from mealmag.services.check import check_plan
from mealmag.services.differences import differences
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile

MONDAY = date(2026, 11, 23)
TUESDAY_DINNER = Place(date(2026, 11, 24), Meal.DINNER)
PROFILE = Profile.model_validate(
    {
        "person": {"sex": "female", "age": 34},
        "diet": {"avoid_allergens": ["celery"], "dislikes": ["tofu-firm"]},
        "plan": {"weekday_minutes": 40, "groups": {"fish": {"min": 2}}, "caffeine_mg": 120.0},
        "limits": {"sodium_mg": {"ceiling": 2300.0}},
    }
)


@pytest.fixture(scope="module")
def changer() -> Changer:
    return Changer()


@pytest.fixture(scope="module")
def week() -> Plan:
    return plan_week(PlanRequest(PROFILE, start=MONDAY, days=5, effort=Effort.QUICK))


def meals(plan: Plan) -> dict[Place, tuple[str, tuple[tuple[str, float], ...]]]:
    return {
        Place(day.date, meal.meal): (meal.dish, tuple((p.food, p.grams) for p in meal.portions))
        for day in plan.days
        for meal in day.meals
    }


def holds(plan: Plan) -> bool:
    catalogue = load_catalogue(None, plan.magnesium_figures)
    return not check(plan, catalogue.foods, catalogue.dishes)


def test_the_plan_tells_the_profile_it_was_made_for(week: Plan) -> None:
    assert profile_of(week) == PROFILE


@pytest.mark.parametrize("place", [Place(date(2026, 11, 23 + d), m) for d in (0, 3) for m in Meal])
def test_a_swapped_meal_gets_another_dish_and_the_other_days_stay(
    changer: Changer, week: Plan, place: Place
) -> None:
    changed = changer.change(week, ChangeRequest(swap=(place,)))
    before, after = meals(week), meals(changed.plan)
    assert after[place][0] != before[place][0]
    other = [p for p in before if p.date != place.date and before[p] != after[p]]
    assert len(other) <= 1
    assert holds(changed.plan)
    assert any(line.startswith(f"{place}: ") for line in changed.said)
    assert len(changed.said) == sum(before[p] != after[p] for p in before)
    assert all(
        day.magnesium.gap_mg <= old.magnesium.gap_mg
        for day, old in zip(changed.plan.days, week.days, strict=True)
    )


def test_a_banned_food_goes_and_its_dish_stays_where_it_can(changer: Changer, week: Plan) -> None:
    food = next(
        p.food for day in week.days for meal in day.meals for p in meal.portions if p.grams > 40
    )
    changed = changer.change(week, ChangeRequest(ban=(food,)))
    after = meals(changed.plan)
    assert all(food not in dict(portions) for _, portions in after.values())
    assert food in changed.plan.rules.dislikes
    touched = [place for place, (_, portions) in meals(week).items() if food in dict(portions)]
    assert touched
    moved = [place for place in after if after[place] != meals(week)[place]]
    assert set(touched) <= set(moved)
    assert holds(changed.plan)


def test_a_locked_meal_stays_whatever_happens_around_it(changer: Changer, week: Plan) -> None:
    locked = changer.change(week, ChangeRequest(lock=(TUESDAY_DINNER,))).plan
    assert meals(locked) == meals(week)
    marks = {Place(d.date, m.meal): m.locked for d in locked.days for m in d.meals}
    assert [place for place, mark in marks.items() if mark] == [TUESDAY_DINNER]
    with pytest.raises(UsageError, match="Tuesday dinner is locked"):
        changer.change(locked, ChangeRequest(swap=(TUESDAY_DINNER,)))
    lunch = Place(TUESDAY_DINNER.date, Meal.LUNCH)
    changed = changer.change(locked, ChangeRequest(swap=(lunch,))).plan
    assert meals(changed)[TUESDAY_DINNER] == meals(week)[TUESDAY_DINNER]
    free = changer.change(changed, ChangeRequest(unlock=(TUESDAY_DINNER,))).plan
    assert not any(meal.locked for day in free.days for meal in day.meals)


def test_a_locked_meal_with_a_banned_food_is_refused(changer: Changer, week: Plan) -> None:
    dish = week.days[1].meals[2].dish
    request = ChangeRequest(ban=(dish,), lock=(TUESDAY_DINNER,))
    with pytest.raises(UsageError, match="locked"):
        changer.change(week, request)


def test_the_same_change_gives_the_same_plan_warm_or_cold(changer: Changer, week: Plan) -> None:
    request = ChangeRequest(swap=(TUESDAY_DINNER,))
    assert changer.change(week, request) == Changer().change(week, request)


def test_what_is_not_there_is_told(changer: Changer, week: Plan) -> None:
    with pytest.raises(InputError, match=r"The plan has no Tuesday dinner \(2027-11-23\)"):
        changer.change(week, ChangeRequest(swap=(Place(date(2027, 11, 23), Meal.DINNER),)))
    with pytest.raises(InputError, match='"kale" is no food'):
        changer.change(week, ChangeRequest(ban=("kale",)))


def test_another_plan_keeps_what_is_locked(changer: Changer, week: Plan) -> None:
    places = (TUESDAY_DINNER, Place(MONDAY, Meal.LUNCH), Place(date(2026, 11, 27), Meal.BREAKFAST))
    locked = changer.change(week, ChangeRequest(lock=places)).plan
    again = plan_again(locked, Sources())
    assert {place: meals(again)[place] for place in places} == {
        place: meals(week)[place] for place in places
    }
    kept = [Place(d.date, m.meal) for d in again.days for m in d.meals if m.locked]
    assert set(kept) == set(places)
    assert again.made_by.solver.seed == week.made_by.solver.seed + 1
    different = [place for place in meals(week) if meals(week)[place] != meals(again)[place]]
    assert len(different) > 5
    assert holds(again)
    assert again.goals[0].status == "optimal"


def test_a_week_that_is_locked_whole_stays_and_is_told_what_it_is_worth(week: Plan) -> None:
    everything = [meal.model_copy(update={"locked": True}) for meal in week.days[0].meals]
    day = week.model_copy(update={"days": [week.days[0].model_copy(update={"meals": everything})]})
    request = PlanRequest(
        profile_of(week).model_copy(
            update={"plan": profile_of(week).plan.model_copy(update={"groups": {}})}
        ),
        start=MONDAY,
        days=1,
        keep=day,
    )
    plan = plan_week(request)
    assert meals(plan) == meals(day)
    assert all(goal.value >= goal.bound for goal in plan.goals)


def test_locks_of_other_days_or_beyond_the_rules_are_refused(week: Plan) -> None:
    locked = week.model_copy(
        update={
            "days": [
                day.model_copy(
                    update={"meals": [m.model_copy(update={"locked": True}) for m in day.meals]}
                )
                for day in week.days
            ]
        }
    )
    request = PlanRequest(PROFILE, start=MONDAY, days=4, keep=locked)
    with pytest.raises(UsageError, match="other days"):
        plan_week(request)
    diet = PROFILE.diet.model_copy(update={"dislikes": (locked.days[0].meals[0].dish,)})
    request = PlanRequest(
        PROFILE.model_copy(update={"diet": diet}), start=MONDAY, days=5, keep=locked
    )
    with pytest.raises(UsageError, match="Monday breakfast is locked"):
        plan_week(request)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"person": {"energy_kcal": 1900}}, "energy: at most "),
        (
            {"limits": {"magnesium_mg": {"floor": 420.0}}},
            "magnesium: at least 420 instead of 320 mg",
        ),
        ({"reference": {"set": "eu"}}, "magnesium: at least 300 instead of 320 mg a day"),
    ],
)
def test_another_target_is_told_and_reached_and_what_can_stay_stays(
    changer: Changer, week: Plan, changes: dict[str, dict[str, object]], words: str
) -> None:
    given = profile_of(week).model_dump()
    for section, keys in changes.items():
        given[section] = given[section] | keys
    changed = changer.change(week, ChangeRequest(profile=Profile.model_validate(given)))
    assert any(line.startswith(words) for line in changed.said)
    assert holds(changed.plan)
    before, after = meals(week), meals(changed.plan)
    same_dish = sum(before[place][0] == after[place][0] for place in before)
    assert same_dish > len(before) / 2
    told = [line for line in changed.said if line.split(" ")[0].endswith("day")]
    assert len(told) == sum(before[place] != after[place] for place in before)
    assert all(
        day.magnesium.food_mg >= changed.plan.targets["magnesium_mg"].floor
        for day in changed.plan.days
    )


def test_the_same_targets_are_not_told(week: Plan) -> None:
    assert list(differences(week, week)) == []


@pytest.fixture(scope="module")
def hard_week() -> Plan:
    """No nuts and no gluten leave little room: a meal less takes other dishes."""
    profile = Profile.model_validate(
        {
            "person": {"sex": "male", "age": 72},
            "diet": {"avoid_allergens": ["gluten", "nuts"]},
            "plan": {"weekday_minutes": 40},
        }
    )
    return plan_week(PlanRequest(profile, start=MONDAY, days=7, effort=Effort.QUICK))


@pytest.mark.parametrize("day", [0, 2, 4])
def test_where_other_dishes_must_come_they_are_few_and_no_goal_suffers(
    changer: Changer, hard_week: Plan, day: int
) -> None:
    place = Place(MONDAY + timedelta(days=day), Meal.LUNCH)
    changed = changer.change(hard_week, ChangeRequest(meals={place: EatingOut(kcal=900)})).plan
    assert holds(changed)
    before, after = meals(hard_week), meals(changed)
    dishes = [p for p in before if before[p][0] != after[p][0] and p != place]
    assert len(dishes) <= 3
    for was, now in zip(hard_week.goals[:3], changed.goals[:3], strict=True):
        assert now.value <= was.value + (0 if was.unit == "mg" else 2.5), now.name


@pytest.mark.parametrize("day", range(4))
@pytest.mark.parametrize("meal", [Meal.LUNCH, Meal.DINNER])
def test_a_meal_out_moves_no_more_than_an_amount_or_two(
    changer: Changer, week: Plan, day: int, meal: Meal
) -> None:
    place = Place(date(2026, 11, 23 + day), meal)
    changed = changer.change(week, ChangeRequest(meals={place: EatingOut(kcal=700)})).plan
    assert holds(changed)
    before, after = meals(week), meals(changed)
    others = [each for each in before if before[each] != after[each] and each != place]
    assert all(each.date in {place.date, place.date + timedelta(days=1)} for each in others)
    assert all(before[each][0] == after[each][0] for each in others)
    moved = [food for each in others for food in {*before[each][1]} ^ {*after[each][1]}]
    assert len(moved) <= 2 * 2, "each amount as it was and as it is"


KIDNEYS = {"conditions": ["haemodialysis"], "sex": "female", "age": 34}
SET = {
    "magnesium_mg": {"floor": 320.0, "ceiling": 700.0},
    "potassium_mg": {"ceiling": 6000.0},
    "phosphorus_mg": {"ceiling": 3000.0},
}


def test_a_kidney_disease_without_limits_is_refused_as_for_a_plan(
    changer: Changer, week: Plan
) -> None:
    ill = Profile.model_validate({"person": KIDNEYS})
    with pytest.raises(UsageError, match="must be set by the kidney team") as caught:
        changer.change(week, ChangeRequest(profile=ill))
    with pytest.raises(UsageError) as planned:
        plan_week(PlanRequest(ill, start=MONDAY, days=1))
    assert (caught.value.message, caught.value.hint) == (planned.value.message, planned.value.hint)
    almost = {**SET, "potassium_mg": {"floor": 1000.0}}
    with pytest.raises(UsageError, match="kidney team"):
        changer.change(
            week, ChangeRequest(profile=ill.model_validate({"person": KIDNEYS, "limits": almost}))
        )


def test_a_kidney_disease_with_limits_can_be_changed_to(changer: Changer, week: Plan) -> None:
    ill = Profile.model_validate({"person": KIDNEYS, "limits": SET})
    after = changer.change(week, ChangeRequest(profile=ill)).plan
    assert check_plan(after.model_dump_json(by_alias=True), "after").violations == []


def test_a_ban_of_all_of_a_group_that_is_asked_for_is_a_contradiction(
    changer: Changer, week: Plan
) -> None:
    with pytest.raises(UsageError, match="fish: asked for so many times a week"):
        changer.change(week, ChangeRequest(ban=("fish",)))


def test_a_main_food_can_be_banned(changer: Changer, week: Plan) -> None:
    foods = load_catalogue().foods
    main = next(
        foods[p.food].main_food
        for day in week.days
        for meal in day.meals
        for p in meal.portions
        if foods[p.food].main_food and foods[p.food].group != "fish"
    )
    after = changer.change(week, ChangeRequest(ban=(main,))).plan
    assert holds(after)
    assert not any(
        foods[p.food].main_food == main
        for day in after.days
        for meal in day.meals
        for p in meal.portions
    )


@pytest.mark.parametrize("locks", [(), (Place(MONDAY, Meal.LUNCH),)])
def test_where_no_menu_is_found_only_a_lock_that_is_there_is_to_be_opened(
    changer: Changer, week: Plan, monkeypatch: pytest.MonkeyPatch, locks: tuple[Place, ...]
) -> None:
    monkeypatch.setattr("mealmag.planning.solver.change.changed_menu", lambda *_, **__: None)
    monkeypatch.setattr("mealmag.planning.solver.nearest.mended", lambda *_, **__: None)
    with pytest.raises(NoPlanError) as caught:
        changer.change(week, ChangeRequest(swap=(TUESDAY_DINNER,), lock=locks))
    assert ("nlock" in caught.value.hint) is bool(locks)
    assert "`mealmag plan` with the same wish" in caught.value.hint
