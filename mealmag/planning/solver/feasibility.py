"""Is there any menu at all?"""

from collections.abc import Callable

from mealmag.planning.instance import Instance, Menu
from mealmag.planning.rules import follows
from mealmag.planning.solver.guided import guided_menu
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.proof import contradiction
from mealmag.planning.solver.relaxation import fold
from mealmag.planning.solver.whole import FEW, MANY, UNKNOWN, Feasibility, Whole
from mealmag.planning.start import anneal

_RUNS, _MOVES = 3, 2_000  # together as the least effort starts with
# Where chance has failed at less: much energy, or little time to cook.
_LONG_RUNS, _LONG = 2, 20_000


def any_menu(
    instance: Instance,
    *,
    relaxed: frozenset[str] = frozenset(),
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Feasibility:
    """Some menu that follows the hard rules but those `relaxed`, or a proof that there is none, or neither.

    Most often the folded relaxation settles it, as no fraction of any dish meets the rules, or chance with
    more patience. A day that is impossible alone makes the whole impossible.
    """
    found = _relaxation(instance, relaxed, seconds, stop)
    if found.status is not Status.UNKNOWN:
        return found
    menu = annealed_menu(instance, relaxed=relaxed, runs=_LONG_RUNS, moves=_LONG, stop=stop)
    if menu is not None:
        return Feasibility(Status.FEASIBLE, menu)
    whole = Whole(instance, relaxed, seconds, stop)
    return _first(
        lambda: whole.by_highs(FEW),
        whole.guided,
        whole.days,
        lambda: whole.by_highs(MANY, more_than=FEW),
        whole.by_cp_sat,
    )


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
    moves: int = _MOVES,
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """A menu that chance finds in short runs, each from where the one before it came to; or None.

    The first is from the menu that is `near`, where there is one.
    """
    if near is not None and follows(instance, near, relaxed=relaxed):
        return near
    menu, seed = near, instance.problem.seed
    for run in range(runs):
        menu = anneal(instance, seed=seed + run, moves=moves, start=menu, stop=stop)
        if follows(instance, menu, relaxed=relaxed):
            return menu
        if stop():
            break
    return None


def brief_look(
    instance: Instance,
    *,
    relaxed: frozenset[str] = frozenset(),
    deep: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Feasibility:
    """As `any_menu`, in a few seconds, and more often with neither a menu nor a proof.

    `deep`: then HiGHS over all days, too, where not too much is open.
    """
    found = no_menu(instance, relaxed=relaxed, stop=stop)
    if found.status is Status.INFEASIBLE:
        return found
    menu = annealed_menu(instance, relaxed=relaxed, stop=stop)
    if menu is not None:
        return Feasibility(Status.FEASIBLE, menu)
    whole = Whole(instance, relaxed, None, stop)
    looks = [lambda: whole.by_highs(FEW), lambda: whole.guided(1), whole.days]
    return _first(*looks, *([lambda: whole.by_highs(MANY, more_than=FEW)] if deep else []))


def narrow_look(
    instance: Instance,
    *,
    relaxed: frozenset[str] = frozenset(),
    tries: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Feasibility:
    """A menu or a proof where the rules leave few dishes, else a menu that `tries` guided ones may find."""
    whole = Whole(instance, relaxed, None, stop)
    return _first(lambda: whole.by_highs(FEW), lambda: whole.guided(tries))


def _first(*looks: Callable[[], Feasibility]) -> Feasibility:
    """What the first of these looks finds that finds anything."""
    for look in looks:
        found = look()
        if found.status is not Status.UNKNOWN:
            return found
    return UNKNOWN


def _relaxation(
    instance: Instance,
    relaxed: frozenset[str],
    seconds: float | None,
    stop: Callable[[], bool],
) -> Feasibility:
    folded = fold(instance, goals=(), relaxed=relaxed)
    contradicting = contradiction(folded.model, seconds=seconds, stop=stop)
    if contradicting is None:
        return UNKNOWN
    return Feasibility(Status.INFEASIBLE, rules=contradicting)
