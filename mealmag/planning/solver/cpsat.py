"""CP-SAT: the engine that finds and proves.

All its settings are here, with the reasons. Imported inside functions by those who need it, because
the import takes a third of a second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata

from ortools.sat.python import cp_model

from mealmag.planning.linear import LinearModel
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.watch import watching

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one solve may do. `work` is deterministic time; `seconds` is wall clock, and spoils
    reproducibility where it strikes first. `free` lets several workers race, and spoils it too."""

    work: float
    seconds: float | None = None
    workers: int = 1
    seed: int = 1
    free: bool = False


Listener = Callable[[list[int], int, float], None]


class _Report(cp_model.CpSolverSolutionCallback):
    """Passes every better solution on; runs on the solver's own threads."""

    def __init__(self, variables: Sequence[cp_model.IntVar], listener: Listener) -> None:
        super().__init__()
        self._variables = variables
        self._listener = listener

    def on_solution_callback(self) -> None:
        """Called by CP-SAT with each better solution."""
        self._listener(
            [self.value(v) for v in self._variables],
            int(self.objective_value),
            self.best_objective_bound,
        )


def version() -> str:
    """The version of OR-Tools that is installed."""
    return metadata.version("ortools")


def translate(linear: LinearModel) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """The same rows for CP-SAT."""
    model = cp_model.CpModel()
    variables = [
        model.new_int_var(low, high, "")
        for low, high in zip(linear.lower, linear.upper, strict=True)
    ]
    for row in linear.rows:
        expression = cp_model.LinearExpr.weighted_sum(
            [variables[v] for v in row.variables], row.coefficients
        )
        model.add_linear_constraint(
            expression,
            cp_model.INT32_MIN if row.lower is None else row.lower,
            cp_model.INT32_MAX if row.upper is None else row.upper,
        )
    if linear.objective:
        model.minimize(
            cp_model.LinearExpr.weighted_sum(
                [variables[v] for v in linear.objective], list(linear.objective.values())
            )
        )
    return model, variables


def solve(
    linear: LinearModel,
    limits: Limits,
    *,
    hint: list[int] | None = None,
    stop: Callable[[], bool] = lambda: False,
    listener: Listener | None = None,
) -> Outcome:
    """Minimise. `hint` is a complete assignment to start from; `stop` is asked every 10 ms."""
    if stop():
        return Outcome(Status.UNKNOWN)
    model, variables = translate(linear)
    if hint is not None:
        for variable, value in zip(variables, hint, strict=True):
            model.add_hint(variable, value)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed = limits.seed
    parameters.num_workers = min(limits.workers, 8)  # more than 8: google/or-tools#5295
    # One search after the other in fixed slices, so that two cores or eight give the same plan.
    parameters.interleave_search = limits.workers > 1 and not limits.free
    parameters.max_deterministic_time = limits.work
    if limits.seconds is not None:
        parameters.max_time_in_seconds = max(limits.seconds, 0.01)
    # Presolve stays on, its inclusion detection off: google/or-tools#5293, #5295.
    parameters.presolve_inclusion_work_limit = 0
    parameters.log_search_progress = False
    # Ctrl-C is the program's to hear: CP-SAT's own handler aborts the process once its callback is gone.
    parameters.catch_sigint_signal = False
    callback = None if listener is None else _Report(variables, listener)
    with watching(stop, solver.stop_search):
        status = _STATUS.get(solver.solve(model, callback), Status.UNKNOWN)
    work = solver.response_proto.deterministic_time
    if status in (Status.INFEASIBLE, Status.UNKNOWN):
        return Outcome(status, work=work)
    values = [solver.value(v) for v in variables]
    return Outcome(status, values, linear.value(values), solver.best_objective_bound, work)
