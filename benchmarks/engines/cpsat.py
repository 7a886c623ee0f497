"""The whole model to CP-SAT at once: no start, no hint, the weighted sum.

The settings are those of `mealmag.planning.solver.cpsat`, with a wall clock in place of an amount of work.
"""

from array import array
from collections.abc import Sequence
from functools import partial

from ortools.sat.python import cp_model

from benchmarks.looking import look_at
from benchmarks.trace import Trace
from benchmarks.weighing import whole_model
from mealmag.planning.instance import Instance
from mealmag.planning.menu import MenuModel
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.solver.cpsat import translate

WORKERS = 8


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(
        self, menu_model: MenuModel, variables: Sequence[cp_model.IntVar], trace: Trace
    ) -> None:
        super().__init__()
        self._variables = variables
        self._trace = trace
        self._menu_model = menu_model

    def on_solution_callback(self) -> None:
        """Called by CP-SAT with each better solution."""
        found = array("q", [self.value(v) for v in self._variables])
        self._trace.plan(partial(look_at, self._menu_model, found))


def run(problem: PlanningProblem, trace: Trace, variant: str) -> None:
    """`variant` is "interleaved" (reproducible, as in our planner) or "free"."""
    menu_model = whole_model(Instance(problem))
    linear = menu_model.model
    trace.size = (len(linear.lower), len(linear.rows))
    model, variables = translate(linear)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed = problem.seed
    parameters.num_workers = WORKERS
    parameters.interleave_search = variant == "interleaved"
    parameters.presolve_inclusion_work_limit = 0
    parameters.max_time_in_seconds = trace.left()
    solver.best_bound_callback = trace.bound
    status = solver.solve(model, _Watch(menu_model, variables, trace))
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    if found:
        trace.bound(solver.best_objective_bound)
        trace.plan(partial(look_at, menu_model, array("q", [solver.value(v) for v in variables])))
    trace.end(solver.status_name(status).lower())
