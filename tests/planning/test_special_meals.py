"""Settled meals, guests, named dishes and leftovers in model, annealer and bounds: all count alike."""

import random
from decimal import Decimal

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.occasion import Eaten, EatenFood, EatingOut, Guest, Skipped
from mealmag.planning.problem import (
    DishChoice,
    FixedMeal,
    GuestMeal,
    LeftoverMeal,
    PlanningProblem,
    SettledMeal,
)
from mealmag.planning.rules import GOAL, build, follows, values
from mealmag.planning.running_menu import RunningMenu
from mealmag.planning.solver.relaxation import relax
from mealmag.planning.solver.search import Search
from mealmag.planning.start import anneal, random_menu, random_pick
from tests.planning.toy import toy_problem

OUT, SKIPPED, ATE, GUEST = Slot(0, 1), Slot(1, 0), Slot(2, 0), Slot(3, 2)
DINNER, LUNCH = Slot(1, 2), Slot(2, 1)
FIXED = Slot(4, 0)


def special(problem: PlanningProblem | None = None) -> PlanningProblem:
    """Five days: out, skipped, eaten, a guest with half of the dinners, one dinner cooked double, and a
    dinner named for breakfast."""
    problem = problem or toy_problem(days=5)
    food = problem.foods[0]
    targets = [target.nutrient for target in problem.targets]
    eaten = {key: food.nutrients[key] for key in targets}
    dinners = [dish for dish in problem.dishes if Meal.DINNER in dish.meals]
    named = max(dinners[5:], key=lambda dish: len(dish.components))
    variant = _variant(dinners[1])
    return problem.model_copy(
        update={
            "margin_mg": Decimal(40),
            "dishes": (
                *(dish.model_copy(update={"keeps": i % 3 != 0}) for i, dish in enumerate(problem.dishes)),
                variant,
            ),
            "settled": (
                SettledMeal(
                    day=OUT.day,
                    meal=OUT.meal,
                    occasion=EatingOut(kcal=600),
                    low={"energy_kcal": Decimal(600)},
                    high={"energy_kcal": Decimal(600), "sodium_mg": Decimal(450)},
                ),
                SettledMeal(day=SKIPPED.day, meal=SKIPPED.meal, occasion=Skipped()),
                SettledMeal(
                    day=ATE.day,
                    meal=ATE.meal,
                    occasion=Eaten(foods=(EatenFood(food=food.id, grams=Decimal(100)),)),
                    low=eaten,
                    high=eaten,
                    foods=(food.id,),
                ),
            ),
            "guests": (
                GuestMeal(
                    day=GUEST.day,
                    meal=GUEST.meal,
                    occasion=Guest(),
                    dishes=(dinners[0].id, variant.id, *(dish.id for dish in dinners[2:5])),
                ),
            ),
            "fixed": (
                FixedMeal(day=FIXED.day, meal=FIXED.meal, dish=named.id),
            ),
            "ratings": {named.id: -2, dinners[0].id: 2},
            "leftovers": (
                LeftoverMeal(
                    day=LUNCH.day, meal=LUNCH.meal, of_day=DINNER.day, of_meal=DINNER.meal
                ),
            ),
        }
    )  # fmt: skip


def _variant(dish: DishChoice) -> DishChoice:
    components = tuple(
        part.model_copy(update={"servings": part.servings[:1]}) for part in dish.components
    )
    return dish.model_copy(
        update={"id": dish.id + "@guest-1", "of": dish.id, "meals": (), "components": components}
    )


@pytest.fixture(scope="module")
def instance() -> Instance:
    return Instance(special())


def _by_hand(instance: Instance, menu: Menu, n: int, *, high: bool) -> list[int]:
    days = [0] * instance.days
    for slot, pick in menu.items():
        piece = instance.piece(pick)
        days[slot.day] += (piece.high if high else piece.low)[n]
    return days


def test_a_slot_offers_what_it_may_have(instance: Instance) -> None:
    problem = instance.problem
    assert len(instance.offered(GUEST)) == 5
    assert all(problem.dishes[k].keeps for k in instance.offered(DINNER))
    assert 0 < len(instance.offered(DINNER)) < len(instance.offered(Slot(0, 2)))
    (named,) = instance.offered(FIXED)
    assert problem.dishes[named].id == problem.fixed[0].dish
    assert problem.dishes[named].meals == (Meal.DINNER,)
    assert not {OUT, SKIPPED, ATE, LUNCH} & set(instance.open_slots)


def test_of_a_named_dish_a_guest_gets_what_suits_them(instance: Instance) -> None:
    """The dish as it is, or what of it suits the guest; and no other dish."""
    plain = instance.problem
    base = plain.dishes[instance.offered(GUEST)[0]].dish
    both = plain.model_copy(
        update={"fixed": (*plain.fixed, FixedMeal(day=GUEST.day, meal=GUEST.meal, dish=base))}
    )
    PlanningProblem.model_validate(both.model_dump())
    offered = Instance(both).offered(GUEST)
    assert {both.dishes[k].dish for k in offered} == {base}
    assert set(offered) <= set(instance.offered(GUEST))
    assert Instance(both).liking(GUEST) == {}
    none = {each.dish for each in plain.dishes} - {
        plain.dishes[k].dish for k in instance.offered(GUEST)
    }
    other = both.model_copy(
        update={"fixed": (FixedMeal(day=GUEST.day, meal=GUEST.meal, dish=min(none)),)}
    )
    with pytest.raises(ValueError, match="does not suit the guest"):
        PlanningProblem.model_validate(other.model_dump())


def test_a_day_with_a_named_dish_is_of_another_kind_than_one_with_no_other_choice() -> None:
    """At one of them the dish is liked or not, at the other it was asked for."""
    plain = toy_problem(days=2)
    dinner = plain.meals.index(Meal.DINNER)
    only = next(dish.id for dish in plain.dishes if Meal.DINNER in dish.meals)
    guest = GuestMeal(day=0, meal=dinner, occasion=Guest(), dishes=(only,))
    other = GuestMeal(day=1, meal=dinner, occasion=Guest(), dishes=(only,))
    named = FixedMeal(day=1, meal=dinner, dish=only)
    alike = Instance(plain.model_copy(update={"guests": (guest, other)}))
    apart = Instance(plain.model_copy(update={"guests": (guest,), "fixed": (named,)}))
    assert alike.day_kinds() == [[0, 1]]
    assert apart.offered(Slot(0, dinner)) == apart.offered(Slot(1, dinner))
    assert apart.day_kinds() == [[0], [1]]


def test_a_named_dish_costs_no_liking_and_may_be_served_once_more(instance: Instance) -> None:
    (named,) = instance.offered(FIXED)
    assert instance.liking(FIXED) == {}
    assert instance.liking(Slot(4, 2))[named] > 0
    plain = Instance(instance.problem.model_copy(update={"fixed": ()}))
    dish = instance.problem.dishes[named]
    n = instance.nutrient("energy_kcal")
    foods = {food.id: food for food in instance.problem.foods}
    more = sum(
        foods[serving.food].nutrients["energy_kcal"] * serving.grams / 100
        for part in dish.components
        for serving in part.servings
    )
    assert instance.served[n] - plain.served[n] == more
    again = Instance(instance.problem, before=plain)
    assert again.served == instance.served
    most = max(len(instance.problem.dishes[k].components) for k in plain.offered(FIXED))
    beyond = max(0, len(dish.components) - most)
    assert instance.most_servings - plain.most_servings == beyond
    assert [FIXED.day] in instance.day_kinds()


def test_every_menu_keeps_to_what_is_settled(instance: Instance) -> None:
    rng = random.Random(3)
    for seed in range(5):
        for menu in (random_menu(instance, rng), anneal(instance, seed=seed, moves=300)):
            assert list(menu) == instance.slots
            assert menu[LUNCH] == menu[DINNER]
            assert menu[OUT] == instance.settled[OUT]
            assert menu[GUEST].dish in instance.offered(GUEST)
            assert (menu[FIXED].dish,) == instance.offered(FIXED)


def test_the_model_counts_what_is_on_the_plates(instance: Instance) -> None:
    rng = random.Random(5)
    whole = build(instance, instance.slots, {})
    for _ in range(20):
        menu = random_menu(instance, rng)
        at = whole.encode(menu)
        assert whole.decode(at) == menu
        for n in range(len(instance.nutrients)):
            for high in (False, True):
                by_hand = _by_hand(instance, menu, n, high=high)
                for day in range(instance.days):
                    terms, constant = whole.amount(n, high=high, day=day)
                    assert sum(c * at[v] for v, c in terms) + constant == by_hand[day]
        assert values(instance, menu) == {goal: whole.goal_value(goal, at) for goal in GOAL}
        assert follows(instance, menu) == (not whole.model.violations(at))


@pytest.mark.parametrize("free", [[DINNER], [GUEST], [FIXED], [Slot(2, 2)], [DINNER, Slot(2, 3)]])
def test_a_neighbourhood_counts_as_the_whole(instance: Instance, free: list[Slot]) -> None:
    menu = random_menu(instance, random.Random(9))
    part = build(instance, free, menu)
    at = part.encode(menu)
    assert part.decode(at) == menu
    assert {goal: part.goal_value(goal, at) for goal in GOAL} == values(instance, menu)


def test_the_annealer_counts_alike_whatever_it_did_before(instance: Instance) -> None:
    rng = random.Random(11)
    state = RunningMenu(instance, random_menu(instance, rng))
    for _ in range(200):
        slot = rng.choice(instance.open_slots)
        pick = random_pick(instance, instance.offered(slot), rng)
        state.change(slot, pick)
    fresh = RunningMenu(instance, dict(state.menu))
    assert state.menu[LUNCH] == state.menu[DINNER]
    assert state.cost == pytest.approx(fresh.cost)
    assert (state.points, state.minutes, state.late) == (fresh.points, fresh.minutes, fresh.late)
    assert _used(state) == _used(fresh)


def _used(state: RunningMenu) -> dict[int, int]:
    return {dish: times for dish, times in state.uses.items() if times}


def test_a_change_taken_back_leaves_no_trace(instance: Instance) -> None:
    rng = random.Random(12)
    state = RunningMenu(instance, random_menu(instance, rng))
    for _ in range(200):
        slot = rng.choice(instance.open_slots)
        before = dict(state.menu), state.cost, state.enjoyment, _used(state)
        state.change(slot, random_pick(instance, instance.offered(slot), rng))
        state.undo()
        now = dict(state.menu), state.cost, state.enjoyment, _used(state)
        assert now == before
        state.change(slot, random_pick(instance, instance.offered(slot), rng))
    fresh = RunningMenu(instance, dict(state.menu))
    assert state.cost == pytest.approx(fresh.cost)
    assert state.enjoyment == fresh.enjoyment


def test_leftovers_are_no_repeat_and_take_no_time(instance: Instance) -> None:
    menu = random_menu(instance, random.Random(2))
    whole = build(instance, instance.slots, {})
    at = whole.encode(menu)
    base = instance.base[menu[DINNER].dish]
    terms, constant = whole.dish_uses([LUNCH.day, DINNER.day], [1, 2])[base]
    cooked = [Slot(1, 1), Slot(1, 2), Slot(2, 2)]
    assert sum(c * at[v] for v, c in terms) + constant == sum(
        instance.base[menu[slot].dish] == base for slot in cooked
    )
    terms, constant = whole.minutes(LUNCH.day)
    assert sum(c * at[v] for v, c in terms) + constant == sum(
        instance.dishes[menu[slot].dish].minutes for slot in (Slot(2, 2), Slot(2, 3))
    )


def test_a_guests_variant_repeats_the_dish_itself(instance: Instance) -> None:
    variant = len(instance.problem.dishes) - 1
    plain = next(
        k
        for k, dish in enumerate(instance.problem.dishes)
        if dish.id == instance.problem.dishes[variant].of
    )
    menu = random_menu(instance, random.Random(4))
    menu[GUEST] = Pick(variant, tuple(0 for _ in instance.problem.dishes[variant].components))
    menu[Slot(4, 2)] = Pick(plain, tuple(0 for _ in instance.problem.dishes[plain].components))
    model = build(instance, instance.slots, {})
    broken = {row.rule for row in model.model.violations(model.encode(menu))}
    assert "neighbouring_days" in broken


@pytest.mark.parametrize("goal", list(GOAL))
def test_no_menu_is_better_than_the_folded_bound(instance: Instance, goal: str) -> None:
    relaxation = relax(instance, goal, {})
    assert relaxation is not None
    for seed in range(6):
        menu = anneal(instance, seed=seed, moves=2_000)
        if follows(instance, menu):
            assert values(instance, menu)[goal] >= relaxation.bound


def test_the_search_plans_around_it() -> None:
    found = Search(special()).run()
    assert follows(found.instance, found.menu)
    assert found.menu[LUNCH] == found.menu[DINNER]
    assert {slot: found.menu[slot] for slot in found.instance.settled} == found.instance.settled


def test_an_unknown_figure_counts_against_us_on_both_sides() -> None:
    problem = toy_problem(days=1)
    foods = []
    for food in problem.foods:
        known = dict(food.nutrients)
        sodium = known.pop("sodium_mg")
        foods.append(
            food.model_copy(update={"nutrients": known, "at_most": {"sodium_mg": sodium * 2}})
        )
    unknown = Instance(problem.model_copy(update={"foods": tuple(foods)}))
    n = unknown.nutrient("sodium_mg")
    menu = random_menu(unknown, random.Random(1))
    low, high = (_by_hand(unknown, menu, n, high=high)[0] for high in (False, True))
    known = Instance(problem)
    exact = _by_hand(known, menu, n, high=True)[0] / known.scale[n]
    assert low == 0
    assert high / unknown.scale[n] == pytest.approx(2 * exact, abs=0.1)


@pytest.mark.parametrize(
    ("update", "said"),
    [
        ({"settled": (SettledMeal(day=9, meal=0, occasion=Skipped()),)}, "has no meal"),
        (
            {
                "settled": (
                    SettledMeal(day=0, meal=0, occasion=Skipped()),
                    SettledMeal(day=0, meal=0, occasion=Skipped()),
                )
            },
            "settled twice",
        ),
        (
            {
                "settled": (SettledMeal(day=0, meal=2, occasion=Skipped()),),
                "leftovers": (LeftoverMeal(day=1, meal=1, of_day=0, of_meal=2),),
            },
            "nothing is left",
        ),
        (
            {"fixed": (FixedMeal(day=0, meal=0, dish="no-such-dish"),)},
            "not in the problem",
        ),
    ],
)
def test_what_cannot_be_is_refused(update: dict[str, object], said: str) -> None:
    problem = toy_problem(days=2)
    with pytest.raises(ValueError, match=said):
        PlanningProblem.model_validate(problem.model_dump() | update)
