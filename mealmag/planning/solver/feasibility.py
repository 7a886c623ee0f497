"""Is there any menu at all, and if not, which rules cannot hold together?

A small model without an objective, and a deletion filter over the named rules: an infeasible core read off
the main solve is neither minimal nor reliable.
"""

from collections.abc import Callable, Sequence

from mealmag.errors import ImpossibleError
from mealmag.nutrition.food import Diet
from mealmag.planning.candidates import FILTERS
from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.linear import LinearModel
from mealmag.planning.problem import PlanningProblem, Rules
from mealmag.planning.rulebook import RULES
from mealmag.planning.rules import HARD, build
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.guided import guided_menu
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.proof import contradiction
from mealmag.planning.solver.relaxation import fold
from mealmag.planning.start import anneal

Relax = Callable[[frozenset[str]], PlanningProblem]
_DAY_WORK, _WHOLE_WORK = 5.0, 60.0


def any_menu(
    instance: Instance,
    *,
    relaxed: frozenset[str] = frozenset(),
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Status, Menu | None]:
    """Some menu that follows the hard rules, or a proof that there is none, or neither.

    Most often the folded relaxation settles it: no fraction of any dish meets the rules, or the
    dishes it leans on do. A day that is impossible alone makes the whole impossible.
    """
    folded = fold(instance, goals=(), relaxed=relaxed)
    if contradiction(folded.model, seconds=seconds, stop=stop) is not None:
        return Status.INFEASIBLE, None
    guided = guided_menu(instance, relaxed=relaxed, seconds=seconds, stop=stop)
    if guided is not None:
        return Status.FEASIBLE, guided
    seed = instance.problem.seed
    for days in instance.day_kinds():
        free = [Slot(days[0], meal) for meal in range(instance.meals)]
        alone = build(instance, free, {}, goals=(), relaxed=relaxed, outward=True)
        outcome = _solve(alone.model, _DAY_WORK, seed, seconds, stop, workers=1)
        if outcome.status is Status.INFEASIBLE:
            return Status.INFEASIBLE, None
    whole = build(instance, instance.slots, {}, goals=(), relaxed=relaxed)
    outcome = _solve(whole.model, _WHOLE_WORK, seed, seconds, stop)
    if outcome.values is not None:
        return Status.FEASIBLE, whole.decode(outcome.values)
    if outcome.status is Status.INFEASIBLE:
        # Rounded against us; the proof must hold for menus at the very edge of the band, too.
        proof = build(instance, instance.slots, {}, goals=(), relaxed=relaxed, outward=True)
        outcome = _solve(proof.model, _WHOLE_WORK, seed, seconds, stop)
        if outcome.status is not Status.INFEASIBLE:
            return Status.UNKNOWN, None
    return outcome.status, None


def _solve(
    model: LinearModel,
    work: float,
    seed: int,
    seconds: float | None,
    stop: Callable[[], bool],
    workers: int = 8,
) -> Outcome:
    return cpsat.solve(model, cpsat.Limits(work, seconds, workers=workers, seed=seed), stop=stop)


def conflict(names: Sequence[str], relax: Relax, stop: Callable[[], bool]) -> list[str]:
    """A set of rules that cannot hold together, from which none can be left out.

    `relax` makes the problem without the named filters (`candidates.FILTERS`); the other rules
    are left out of the model. A rule whose removal could not be decided in time stays in the set.
    """
    kept = list(names)
    for name in names:
        trial = frozenset(names) - frozenset(kept) | {name}
        if not _holds(relax, trial, stop):
            kept.remove(name)
    return kept


def _holds(relax: Relax, relaxed: frozenset[str], stop: Callable[[], bool]) -> bool:
    """Whether the problem without `relaxed` has a menu (or could not be shown to have none)."""
    try:
        instance = Instance(relax(relaxed))
    except ImpossibleError:
        return False
    whole = build(instance, instance.slots, {}, goals=(), relaxed=relaxed)
    menu = anneal(instance, seed=instance.problem.seed, moves=3_000, strictness=10.0, stop=stop)
    if not whole.model.violations(whole.encode(menu)):
        return True
    status, _ = any_menu(instance, relaxed=relaxed, stop=stop)
    return status is not Status.INFEASIBLE


def _idle(rules: Rules) -> set[str]:
    """The rules that ask nothing of this person: none of them can be in a conflict."""
    asks = {
        "diet": rules.diet is not Diet.OMNIVORE,
        "allergens": rules.avoid_allergens,
        "dislikes": rules.dislikes,
        "conditions": rules.left_out,
        "limits": rules.limits,
        "caffeine": rules.caffeine_mg is not None,
        "groups": rules.groups,
        "budget": rules.budget is not None,
    }
    return {name for name, asked in asks.items() if not asked}


def explain(relax: Relax, stop: Callable[[], bool] = lambda: False) -> ImpossibleError:
    """The error that names the rules which collide."""
    idle = _idle(relax(frozenset()).rules)
    names = [name for name in RULES if name in (*HARD, *FILTERS) and name not in idle]
    guilty = conflict(names, relax, stop)
    if stop():
        return ImpossibleError(
            "No menu of this catalogue can follow all the rules; which of them collide was not "
            "looked for to the end.",
            hint="Let it run, and it names the rules.",
        )
    told = "; ".join(f"{name} ({RULES[name].sentence})" for name in guilty)
    if len(guilty) == 1:
        return ImpossibleError(
            f"No menu of this catalogue can follow this rule, whatever the others: {told}",
            rules=guilty,
            hint="Loosen it; the others can stay as they are.",
        )
    return ImpossibleError(
        f"No menu of this catalogue can follow these rules together: {told}",
        rules=guilty,
        hint="Loosen one of them; the others can stay as they are.",
    )
