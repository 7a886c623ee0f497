"""Our planner as `mealmag plan` runs it; the variant is its effort."""

from functools import partial

from benchmarks.looking import Looker
from benchmarks.trace import Trace
from benchmarks.weighing import parts, proven
from mealmag.errors import NoPlanError
from mealmag.planning.instance import Instance, Menu
from mealmag.planning.problem import Effort, PlanningProblem
from mealmag.planning.rules import values
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.report import Found, InfeasibleError, Progress
from mealmag.planning.solver.search import Search


def run(problem: PlanningProblem, trace: Trace, variant: str) -> None:
    """Search until the effort is spent or the limit strikes; what was told is looked at afterwards."""
    told: list[tuple[float, Progress]] = []
    problem = problem.model_copy(update={"effort": Effort(variant)})
    search = Search(
        problem,
        on_progress=lambda progress: told.append((trace.now(), progress)),
        seconds=trace.left(),
    )
    found = None
    try:
        found = search.run()
        trace.end(_status(found))
    except NoPlanError:
        trace.end("unknown")
    except InfeasibleError:
        trace.end("infeasible")
    _retell(Instance(problem), told, found, trace)


def _status(found: Found) -> str:
    optimal = all(state.status is Status.OPTIMAL for state in found.goals.values())
    return "optimal" if optimal else "feasible"


def _retell(
    instance: Instance, told: list[tuple[float, Progress]], found: Found | None, trace: Trace
) -> None:
    """Each new menu is a plan; each new bound, or menu, is a new bound on the weighted sum."""
    looker, part = Looker(instance), parts(instance)
    menu: Menu | None = None
    goals: dict[str, int] = {}
    bounds: dict[str, float] = {}
    for at, progress in told:
        if progress.bound is not None and progress.goal in part:
            # A bound holds whatever comes later, so the best one told is the one that counts.
            bound = progress.bound * part[progress.goal]
            bounds[progress.goal] = max(bound, bounds.get(progress.goal, 0.0))
        if progress.menu is not None and progress.menu is not menu:
            menu = progress.menu
            goals = values(instance, menu)
            trace.plans.append((at, partial(looker.look, menu)))
        if goals:
            trace.bounds.append((at, proven(instance, goals, bounds)))
    if found is not None:
        goals = values(instance, found.menu)
        trace.plans.append((trace.ended, partial(looker.look, found.menu)))
        bounds = {goal: state.bound for goal, state in found.goals.items()}
        trace.bounds.append((trace.ended, proven(instance, goals, bounds)))
