"""Our planner as `mealmag plan` runs it; the variant is its effort."""

from functools import partial

from benchmarks.trace import Seen, Trace
from benchmarks.weighing import proven, weigh, whole_model
from mealmag.errors import NoPlanError
from mealmag.planning.instance import Menu
from mealmag.planning.menu import MenuModel
from mealmag.planning.problem import Effort, PlanningProblem
from mealmag.planning.rules import values
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.report import InfeasibleError, Progress
from mealmag.planning.solver.search import Search


def run(problem: PlanningProblem, trace: Trace, variant: str) -> None:
    """Search until the effort is spent or the limit strikes."""
    last: list[Menu] = []
    models: list[MenuModel] = []

    def look(menu: Menu) -> Seen:
        if not models:
            models.append(whole_model(search.instance))
        model = models[0]
        broken = model.model.violations(model.encode(menu))
        return Seen(weigh(values(search.instance, menu)), not broken)

    def tell(progress: Progress) -> None:
        menu = progress.menu
        if menu is None:
            return
        if not last or menu is not last[0]:
            last[:] = [menu]
            trace.plan(partial(look, menu))
        trace.bound(proven(search.values, search.bounds))

    problem = problem.model_copy(update={"effort": Effort(variant)})
    search = Search(problem, on_progress=tell, seconds=trace.seconds)
    try:
        found = search.run()
    except NoPlanError:
        trace.end("unknown")
        return
    except InfeasibleError:
        trace.end("infeasible")
        return
    optimal = all(state.status is Status.OPTIMAL for state in found.goals.values())
    trace.end("optimal" if optimal else "feasible")
