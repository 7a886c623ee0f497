"""Is there any menu at all?"""

from collections.abc import Callable
from dataclasses import dataclass

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.linear import LinearModel
from mealmag.planning.rules import HARD, build, follows
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.guided import guided_menu
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.proof import contradiction
from mealmag.planning.solver.relaxation import fold
from mealmag.planning.start import anneal

_DAY_WORK, _WHOLE_WORK = 5.0, 60.0
_RUNS, _MOVES = 3, 2_000  # together as the least effort starts with


@dataclass(frozen=True, slots=True)
class Feasibility:
    """A menu, or a proof that there is none (`rules`: those whose rows it uses), or neither."""

    status: Status
    menu: Menu | None = None
    rules: frozenset[str] = frozenset()


def any_menu(
    instance: Instance,
    *,
    relaxed: frozenset[str] = frozenset(),
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Feasibility:
    """Some menu that follows the hard rules but those `relaxed`, or a proof that there is none, or neither.

    Most often the folded relaxation settles it: no fraction of any dish meets the rules, or the
    dishes it leans on do. A day that is impossible alone makes the whole impossible.
    """
    found = _relaxation(instance, relaxed, seconds, stop)
    if found.status is Status.UNKNOWN:
        guided = guided_menu(instance, relaxed=relaxed, seconds=seconds, stop=stop)
        if guided is not None:
            return Feasibility(Status.FEASIBLE, guided)
        found = _days(instance, relaxed, seconds, stop)
    if found.status is Status.UNKNOWN:
        found = _whole(instance, relaxed, seconds, stop)
    return found


def no_menu(
    instance: Instance,
    *,
    relaxed: frozenset[str] = frozenset(),
    stop: Callable[[], bool] = lambda: False,
) -> Feasibility:
    """Only the proof by the folded relaxation, or nothing: the quickest look."""
    return _relaxation(instance, relaxed, None, stop)


def likely_menu(
    instance: Instance,
    *,
    relaxed: frozenset[str] = frozenset(),
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """A menu that is found in a few seconds; None proves nothing."""
    return annealed_menu(instance, relaxed=relaxed, stop=stop) or guided_menu(
        instance, relaxed=relaxed, tries=1, stop=stop
    )


def annealed_menu(
    instance: Instance,
    *,
    relaxed: frozenset[str] = frozenset(),
    near: Menu | None = None,
    runs: int = _RUNS,
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """A menu that chance finds in short runs, each from where the one before it came to; or None.

    The first is from the menu that is `near`, where there is one.
    """
    if near is not None and follows(instance, near, relaxed=relaxed):
        return near
    menu, seed = near, instance.problem.seed
    for run in range(runs):
        menu = anneal(instance, seed=seed + run, moves=_MOVES, start=menu, stop=stop)
        if follows(instance, menu, relaxed=relaxed):
            return menu
        if stop():
            break
    return None


def brief_look(
    instance: Instance,
    *,
    relaxed: frozenset[str] = frozenset(),
    stop: Callable[[], bool] = lambda: False,
) -> Feasibility:
    """As `any_menu`, in a few seconds, and more often with neither a menu nor a proof."""
    found = no_menu(instance, relaxed=relaxed, stop=stop)
    if found.status is Status.INFEASIBLE:
        return found
    menu = likely_menu(instance, relaxed=relaxed, stop=stop)
    if menu is not None:
        return Feasibility(Status.FEASIBLE, menu)
    return _days(instance, relaxed, None, stop)


def _relaxation(
    instance: Instance,
    relaxed: frozenset[str],
    seconds: float | None,
    stop: Callable[[], bool],
) -> Feasibility:
    folded = fold(instance, goals=(), relaxed=relaxed)
    contradicting = contradiction(folded.model, seconds=seconds, stop=stop)
    if contradicting is None:
        return Feasibility(Status.UNKNOWN)
    return Feasibility(Status.INFEASIBLE, rules=contradicting)


def _days(
    instance: Instance,
    relaxed: frozenset[str],
    seconds: float | None,
    stop: Callable[[], bool],
) -> Feasibility:
    seed = instance.problem.seed
    for days in instance.day_kinds():
        free = [Slot(days[0], meal) for meal in range(instance.meals)]
        alone = build(instance, free, {}, goals=(), relaxed=relaxed, outward=True)
        outcome = _solve(alone.model, _DAY_WORK, seed, seconds, stop, workers=1)
        if outcome.status is Status.INFEASIBLE:
            return Feasibility(Status.INFEASIBLE, rules=frozenset(HARD))
    return Feasibility(Status.UNKNOWN)


def _whole(
    instance: Instance,
    relaxed: frozenset[str],
    seconds: float | None,
    stop: Callable[[], bool],
) -> Feasibility:
    seed, free = instance.problem.seed, instance.problem.fast
    whole = build(instance, instance.slots, {}, goals=(), relaxed=relaxed)
    outcome = _solve(whole.model, _WHOLE_WORK, seed, seconds, stop, free=free)
    if outcome.values is not None:
        return Feasibility(Status.FEASIBLE, whole.decode(outcome.values))
    if outcome.status is Status.INFEASIBLE:
        # Rounded against us; the proof must hold for menus at the very edge of the band, too.
        proof = build(instance, instance.slots, {}, goals=(), relaxed=relaxed, outward=True)
        outcome = _solve(proof.model, _WHOLE_WORK, seed, seconds, stop, free=free)
        if outcome.status is Status.INFEASIBLE:
            return Feasibility(Status.INFEASIBLE, rules=frozenset(HARD))
    return Feasibility(Status.UNKNOWN)


def _solve(
    model: LinearModel,
    work: float,
    seed: int,
    seconds: float | None,
    stop: Callable[[], bool],
    workers: int = 8,
    *,
    free: bool = False,
) -> Outcome:
    limits = cpsat.Limits(work, seconds, workers=workers, seed=seed, free=free)
    return cpsat.solve(model, limits, stop=stop)
