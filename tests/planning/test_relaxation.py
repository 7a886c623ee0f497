"""The folded relaxation: as tight as the whole one, and its costs are true whatever is forced."""

import random

import pytest

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.problem import Effort, Rules, TimesAWeek
from mealmag.planning.rules import GOAL, build, values
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.relaxation import Relaxation, relax, rounded_up
from mealmag.planning.solver.search import Search
from mealmag.planning.solver.shortlist import shortlist
from mealmag.planning.start import anneal
from tests.planning.toy import toy_problem

MAGNESIUM, _, WORST, BALANCE, ENJOYMENT = GOAL


def instance_of(days: int, seed: int, weekend_minutes: int | None = None) -> Instance:
    rules = Rules(weekday_minutes=45, weekend_minutes=weekend_minutes)
    return Instance(toy_problem(days=days, dishes=24, foods=30, seed=seed, rules=rules))


def held(goal: str, menu_values: dict[str, int]) -> dict[str, int]:
    names = tuple(menu_values)
    return {name: menu_values[name] for name in names[: names.index(goal)]}


def whole_optimum(instance: Instance, goal: str, kept: dict[str, int]) -> float:
    """The unfolded relaxation, without the rule that folding drops."""
    whole = build(
        instance,
        instance.slots,
        {},
        goals=(*kept, goal),
        relaxed=("neighbouring_days",),
        outward=True,
    )
    for name, value in kept.items():
        whole.hold(name, value)
    whole.model.minimise(whole.goals[goal])
    outcome = mathopt.solve(whole.model, "GLOP", relaxed=True)
    assert outcome.bound is not None
    return outcome.bound


def start(instance: Instance) -> tuple[Menu, dict[str, int]]:
    menu = anneal(instance, seed=1, moves=3_000)
    return menu, values(instance, menu)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_menu_that_is_known_changes_no_bound(seed: int) -> None:
    instance = instance_of(5, seed)
    menu, reached = start(instance)
    kept = held(ENJOYMENT, reached)
    plain, begun = relax(instance, ENJOYMENT, kept), relax(instance, ENJOYMENT, kept, menu=menu)
    assert plain is not None
    assert begun is not None
    assert begun.bound == plain.bound


def relaxed(instance: Instance, goal: str, kept: dict[str, int]) -> Relaxation:
    relaxation = relax(instance, goal, kept)
    assert relaxation is not None
    return relaxation


@pytest.mark.parametrize("goal", [BALANCE, ENJOYMENT])
@pytest.mark.parametrize("days", [1, 4, 7])
def test_folding_loses_nothing(days: int, goal: str) -> None:
    # Thursday to Wednesday at most: two kinds of day, as the weekend has other minutes.
    instance = instance_of(days, seed=days, weekend_minutes=90)
    _, found = start(instance)
    kept = held(goal, found)
    assert relaxed(instance, goal, kept).optimum == pytest.approx(
        whole_optimum(instance, goal, kept), rel=1e-6, abs=1e-4
    )


def test_folding_several_weeks_gives_a_bound_all_the_same() -> None:
    """What holds for each week holds for all of them together, which is all that is asked of a fold."""
    loose = Instance(toy_problem(days=9, dishes=24, foods=30, seed=5))
    rules = Rules(groups={"bread": TimesAWeek(min=14)}, max_repeats=2)
    strict = Instance(toy_problem(days=9, dishes=24, foods=30, seed=5, rules=rules))
    _, found = start(loose)
    kept = held(ENJOYMENT, found)
    folded = relaxed(strict, ENJOYMENT, kept).optimum
    assert folded <= whole_optimum(strict, ENJOYMENT, kept) + 1e-4
    assert folded > relaxed(loose, ENJOYMENT, kept).optimum + 1


@pytest.mark.parametrize(
    ("group", "wanted"), [("bread", TimesAWeek(min=14)), ("condiments", TimesAWeek(max=2))]
)
def test_food_groups_fold_too(group: str, wanted: TimesAWeek) -> None:
    loose = Instance(toy_problem(days=7, dishes=24, foods=30, seed=5))
    rules = Rules(groups={group: wanted})
    strict = Instance(toy_problem(days=7, dishes=24, foods=30, seed=5, rules=rules))
    _, found = start(loose)
    kept = held(ENJOYMENT, found)
    folded = relaxed(strict, ENJOYMENT, kept).optimum
    assert folded == pytest.approx(whole_optimum(strict, ENJOYMENT, kept), rel=1e-6, abs=1e-4)
    assert folded > relaxed(loose, ENJOYMENT, kept).optimum + 1


def test_alike_days_have_the_same_costs_and_others_their_own() -> None:
    instance = instance_of(7, seed=3, weekend_minutes=25)
    _, found = start(instance)
    relaxation = relaxed(instance, ENJOYMENT, held(ENJOYMENT, found))
    assert instance.day_kinds() == [[0, 1, 2, 3, 4], [5, 6]]
    assert relaxation.costs[0] == relaxation.costs[4]
    assert relaxation.costs[5] == relaxation.costs[6]
    assert relaxation.costs[0] != relaxation.costs[5]


def test_a_dish_or_serving_costs_at_least_what_is_said() -> None:
    instance = instance_of(2, seed=5)
    _, found = start(instance)
    kept = held(ENJOYMENT, found)
    relaxation = relaxed(instance, ENJOYMENT, kept)
    rng = random.Random(1)
    dear = 0
    for _ in range(12):
        slot = rng.choice(instance.slots)
        dish = rng.choice(instance.offered(slot))
        cost = relaxation.cost(slot)[dish]
        forced = build(instance, instance.slots, {}, goals=(*kept, ENJOYMENT), outward=True)
        for name, value in kept.items():
            forced.hold(name, value)
        model = forced.model
        model.lower[forced.dish_variables[slot][dish]] = 1
        least = cost.least
        if cost.servings:
            component, extra = next(iter(cost.servings.items()))
            model.lower[forced.serving_variables(slot, dish, component)[0]] = 1
            least += extra[0]
        model.minimise(forced.goals[ENJOYMENT])
        outcome = mathopt.solve(model, "GLOP", relaxed=True)
        dear += least > 0.1
        if outcome.status is Status.OPTIMAL:
            assert outcome.bound is not None
            assert outcome.bound >= relaxation.optimum + least - 1e-4
    assert dear, "no cost was ever above nothing: the test proves nothing"


def test_a_shortlist_keeps_the_incumbent_and_bounds_what_it_leaves_out() -> None:
    instance = instance_of(3, seed=2)
    menu, found = start(instance)
    relaxation = relaxed(instance, ENJOYMENT, held(ENJOYMENT, found))
    short = shortlist(instance, instance.slots, menu, relaxation, 2, random.Random(1))
    model = build(instance, instance.slots, {}, offer=short.offer)
    outside = short.narrow(model, menu)
    encoded = model.encode(menu)
    assert all(
        low <= value <= high
        for low, value, high in zip(model.model.lower, encoded, model.model.upper, strict=True)
    )
    assert all(len(short.offer[slot]) <= 3 for slot in instance.slots)
    assert outside is not None
    assert outside >= relaxation.bound


def test_a_shortlist_of_everything_leaves_nothing_out() -> None:
    instance = instance_of(1, seed=2)
    menu, found = start(instance)
    relaxation = relaxed(instance, ENJOYMENT, held(ENJOYMENT, found))
    free = Relaxation(
        0.0,
        tuple(
            tuple(
                {
                    k: type(c)(0.0, {i: (0.0,) * len(e) for i, e in c.servings.items()})
                    for k, c in m.items()
                }
                for m in day
            )
            for day in relaxation.costs
        ),
    )
    short = shortlist(instance, instance.slots, menu, free, 100, random.Random(1))
    assert short.narrow(build(instance, instance.slots, {}, offer=short.offer), menu) is None


@pytest.mark.parametrize(("bound", "whole"), [(18.98, 19), (19.0, 19), (19.0000001, 19), (0.0, 0)])
def test_rounding_up_allows_for_tolerances(bound: float, whole: int) -> None:
    assert rounded_up(bound) == whole


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_a_search_proves_no_annealing_beats(seed: int) -> None:
    problem = toy_problem(days=2, dishes=20, foods=24, seed=seed, effort=Effort.NORMAL)
    found = Search(problem).run()
    instance = found.instance
    best = tuple(state.value for state in found.goals.values())
    rules = build(instance, instance.slots, {}, goals=())
    for other in range(8):
        menu = anneal(instance, seed=100 + other, moves=4_000)
        if rules.model.violations(rules.encode(menu)):
            continue
        value = tuple(values(instance, menu).values())
        for mine, theirs, state in zip(best, value, found.goals.values(), strict=True):
            if state.status is Status.OPTIMAL:
                assert theirs >= mine
            if theirs != mine:
                break


def test_a_search_is_the_same_each_time_and_beside_another() -> None:
    from concurrent.futures import ThreadPoolExecutor

    problem = toy_problem(days=1, dishes=24, foods=30, seed=2, effort=Effort.NORMAL)
    alone = Search(problem).run()
    enjoyment = alone.goals[ENJOYMENT]
    assert 0 < enjoyment.bound < enjoyment.value, "too easy: the test proves nothing"
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: Search(problem).run(), range(2))
    assert first.menu == second.menu == alone.menu
    assert first.goals == second.goals == alone.goals


def test_the_free_slots_of_a_window_leave_the_rest_as_it_is() -> None:
    problem = toy_problem(days=9, dishes=40, foods=40, seed=1, effort=Effort.QUICK)
    found = Search(problem).run()
    assert set(found.menu) == {Slot(d, m) for d in range(9) for m in range(4)}


def test_locked_meals_fold_only_with_days_that_lock_the_same() -> None:
    problem = toy_problem(days=4, dishes=24, foods=30, seed=3)
    menu, found = start(Instance(problem))
    locked = {slot: menu[slot] for slot in (Slot(0, 1), Slot(2, 0), Slot(2, 3))}
    instance = Instance(problem, locked)
    assert instance.day_kinds() == [[0], [1, 3], [2]]
    kept = held(ENJOYMENT, found)
    folded = relaxed(instance, ENJOYMENT, kept)
    assert folded.optimum == pytest.approx(
        whole_optimum(instance, ENJOYMENT, kept), rel=1e-6, abs=1e-4
    )
    assert folded.costs[0][1] == {}
    assert folded.optimum >= relaxed(Instance(problem), ENJOYMENT, kept).optimum - 1e-6


def test_a_search_around_locked_meals_leaves_them_alone() -> None:
    problem = toy_problem(days=3, dishes=24, foods=30, seed=4)
    menu, _ = start(Instance(problem))
    locked = {slot: menu[slot] for slot in (Slot(0, 1), Slot(1, 2), Slot(2, 0))}
    result = Search(problem, locked=locked).run()
    assert {slot: result.menu[slot] for slot in locked} == locked
    assert all(state.bound <= state.value for state in result.goals.values())
