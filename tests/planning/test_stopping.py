"""A stop keeps the best menu, at once, and nothing is told or changed afterwards."""

import subprocess
import sys
import threading
from decimal import Decimal

import pytest

from mealmag.errors import NoPlanError
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.problem import Effort
from mealmag.planning.rules import follows, goals_of, values
from mealmag.planning.solver.incumbent import Incumbent
from mealmag.planning.solver.report import Progress
from mealmag.planning.solver.search import Search
from mealmag.planning.solver.watch import unless_stopped
from tests.planning.test_solvers import with_floor
from tests.planning.toy import toy_problem


@pytest.mark.parametrize("moment", [1, 2, 5, 9])
def test_a_stop_at_any_event_keeps_the_best_menu_told_by_then(moment: int) -> None:
    problem = toy_problem(days=3, effort=Effort.NORMAL, targets=with_floor("iron_mg", 40))
    told: list[Progress] = []
    stop = threading.Event()

    def listen(progress: Progress) -> None:
        told.append(progress)
        if len(told) == moment:
            stop.set()

    found = Search(problem, stop=stop.is_set, on_progress=listen).run()
    assert len(told) == moment
    assert found.menu == told[-1].menu
    assert found.cut_short
    assert follows(Instance(problem), found.menu)
    assert values(found.instance, found.menu) == {g: s.value for g, s in found.goals.items()}
    before = (found.menu, dict(found.goals), found.certificates)
    _end_all()
    assert len(told) == moment
    assert (found.menu, dict(found.goals), found.certificates) == before


def test_work_that_hears_no_stop_is_not_waited_for() -> None:
    busy, stop, release = threading.Event(), threading.Event(), threading.Event()
    ended = []

    def deaf() -> str:
        busy.set()
        release.wait()
        ended.append(True)
        return "too late"

    threading.Thread(target=lambda: (busy.wait(), stop.set())).start()
    assert unless_stopped(stop.is_set, deaf) is None
    assert not ended
    release.set()


def test_work_that_is_not_stopped_gives_its_result_or_its_error() -> None:
    assert unless_stopped(lambda: False, lambda: 3) == 3
    with pytest.raises(NoPlanError, match="none"):
        unless_stopped(lambda: False, _fails)
    assert unless_stopped(lambda: True, _fails) is None


def test_a_stop_before_the_first_menu_is_no_plan_and_no_proof() -> None:
    told: list[Progress] = []
    with pytest.raises(NoPlanError, match="before the first plan"):
        Search(toy_problem(), stop=lambda: True, on_progress=told.append).run()
    assert told == []


def test_a_stop_once_all_is_proven_has_cut_nothing_short() -> None:
    problem = toy_problem(days=1)
    stop = threading.Event()
    told: list[Progress] = []
    whole = Search(problem, on_progress=told.append).run()
    last = len(told)

    def listen(_: Progress) -> None:
        told.append(_)
        if len(told) == 2 * last:
            stop.set()

    again = Search(problem, stop=stop.is_set, on_progress=listen).run()
    assert again.menu == whole.menu
    assert again.goals == whole.goals
    proven = all(state.status == "optimal" for state in whole.goals.values())
    assert again.cut_short != proven


def test_half_a_certificate_is_dropped() -> None:
    """The stop comes with the bound on magnesium, before its certificates are there."""
    problem = toy_problem(days=2, targets=with_floor("magnesium_mg", 2_000))
    stop = threading.Event()

    def listen(progress: Progress) -> None:
        if progress.incumbent is not None:
            stop.set()

    found = Search(problem, stop=stop.is_set, on_progress=listen).run()
    assert found.certificates is None
    assert found.goals["magnesium_shortfall"].status == "feasible"


def test_a_closed_incumbent_takes_nothing() -> None:
    instance = Instance(toy_problem(days=1))
    told: list[Progress] = []
    best = Incumbent(instance, told.append, lambda: 0.0, lambda: False)
    menu = Search(instance.problem).run().menu
    best.accept(menu)
    found = best.found(stopped=True)
    assert found is not None
    best.accept({})
    best.prove("liking_and_variety", 10**6)
    best.certify([])
    best.tell("liking_and_variety")
    assert len(told) == 1
    assert (best.menu, best.certificates) == (menu, None)
    assert best.bounds["liking_and_variety"] == 0


def test_a_menu_that_is_only_shown_is_told_and_handed_out_and_changes_nothing_else() -> None:
    """One of two looks has ended: what it found is not lost at a stop, and the search waits for both."""
    problem = toy_problem(days=1, targets=with_floor("iron_mg", 40))
    instance, goal = Instance(problem), "worst_nutrient"
    ours = Search(problem).run()
    worse = ours.menu | _another_serving(instance, ours.menu)
    told: list[Progress] = []
    best = Incumbent(instance, told.append, lambda: 0.0, lambda: False)
    best.accept(worse)
    best.show(ours.menu, goal)
    best.show(worse, goal)  # no better: as if it had not been
    assert [each.menu for each in told] == [worse, ours.menu]
    assert best.menu == worse
    assert best.values == values(instance, worse)
    best.tell(goal)
    assert told[-1].incumbent == told[1].incumbent
    found = best.found(stopped=True)
    assert found is not None
    assert found.menu == ours.menu
    assert {name: state.value for name, state in found.goals.items()} == values(instance, ours.menu)


def test_nothing_is_left_to_find_once_a_better_menu_is_at_the_bound() -> None:
    problem = toy_problem(days=1, targets=with_floor("iron_mg", 40))
    instance, goal = Instance(problem), "worst_nutrient"
    ours = Search(problem).run().menu
    worse = ours | _another_serving(instance, ours)
    best = Incumbent(instance, lambda _: None, lambda: 0.0, lambda: False)
    best.accept(worse)
    assert not best.would_prove(ours, goal), "nothing is proven yet"
    best.prove(goal, values(instance, ours)[goal])
    assert best.would_prove(ours, goal)
    assert not best.would_prove(worse, goal), "no better than what there is"
    best.improve(worse, goal)
    assert best.menu is worse
    best.improve(ours, goal)
    assert best.menu is ours
    assert not best.would_prove(ours, goal)


def test_what_was_shown_never_outlasts_what_is_accepted_later() -> None:
    """Though it be better in a goal that was not asked about: the search goes on from what it accepts."""
    told: list[Progress] = []
    instance = Instance(toy_problem(days=1))
    of = {
        "start": (0, 50, 100, 40),
        "a": (0, 50, 100, 5),
        "b": (0, 50, 99, 20),
        "c": (0, 50, 100, 1),
    }
    menus: dict[str, Menu] = {name: {Slot(n, 0): Pick(0, ())} for n, name in enumerate(of)}
    names = tuple(goals_of(instance))
    reached = {id(menus[name]): dict(zip(names, of[name], strict=True)) for name in of}
    best = Incumbent(instance, told.append, lambda: 0.0, lambda: False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "mealmag.planning.solver.incumbent.values", lambda _, menu: reached[id(menu)]
        )
        patched.setattr("mealmag.planning.solver.incumbent.follows", lambda *_: True)
        best.accept(menus["start"], names[-1])
        for name in ("a", "b"):
            best.show(menus[name], names[-1])
        assert best.found(stopped=True).menu is menus["a"]
        best = Incumbent(instance, told.append, lambda: 0.0, lambda: False)
        best.accept(menus["start"], names[-1])
        for name in ("a", "b"):
            best.show(menus[name], names[-1])
        for name in ("a", "c"):
            best.accept(menus[name], names[-1])
        assert best.found(stopped=False).menu is menus["c"]
    points = [each.incumbent for each in told]
    assert points == [40, 5, 40, 5, 5, 1]


def test_what_is_accepted_in_the_end_takes_the_place_of_what_was_shown() -> None:
    problem = toy_problem(days=1, targets=with_floor("iron_mg", 40))
    instance = Instance(problem)
    ours = Search(problem).run().menu
    worse = ours | _another_serving(instance, ours)
    best = Incumbent(instance, lambda _: None, lambda: 0.0, lambda: False)
    best.accept(worse)
    best.show(ours, "worst_nutrient")
    best.accept(dict(ours), "worst_nutrient")
    found = best.found(stopped=False)
    assert found is not None
    assert found.menu is best.menu


def _another_serving(instance: Instance, menu: Menu) -> Menu:
    """A pick of the menu with one serving of another amount: worse, and within the rules."""
    reached = tuple(values(instance, menu).values())
    for slot, pick in menu.items():
        for component, chosen in enumerate(pick.servings):
            for other in range(
                len(instance.problem.dishes[pick.dish].components[component].servings)
            ):
                servings = (*pick.servings[:component], other, *pick.servings[component + 1 :])
                changed = {slot: Pick(pick.dish, servings)}
                if (
                    other != chosen
                    and follows(instance, menu | changed)
                    and tuple(values(instance, menu | changed).values()) > reached
                ):
                    return changed
    raise AssertionError("every serving of the toy's menu is as good")


def _fails() -> Decimal:
    raise NoPlanError("none")


def _end_all() -> None:
    """Wait for the threads that searches left behind."""
    for thread in threading.enumerate():
        if thread.name == "mealmag-engine":
            thread.join(60)


def test_an_interrupt_is_heard_as_ever_once_cp_sat_has_run() -> None:
    """In a process of its own: the handler that CP-SAT would leave behind aborts it."""
    script = """
import os, signal, threading
from mealmag.planning.linear import LinearModel
from mealmag.planning.solver import cpsat
model = LinearModel()
model.add([(model.variable(), 1)], lower=1, rule="one")
thread = threading.Thread(target=lambda: cpsat.solve(model, cpsat.Limits(1.0)))
thread.start()
thread.join()
try:
    os.kill(os.getpid(), signal.SIGINT)
    signal.pause()
except KeyboardInterrupt:
    print("heard")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "heard\n"), done.stderr
