"""HiGHS, SCIP and GLOP through MathOpt: the second opinion, and bounds from linear relaxations."""

import datetime
import math
import threading
from collections.abc import Callable

from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from mealmag.planning.linear import LinearModel
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.watch import POLL_S

ENGINE_THREAD = "mealmag-engine"

ENGINES = {
    "HiGHS": mathopt.SolverType.HIGHS,
    "SCIP": mathopt.SolverType.GSCIP,
    "GLOP": mathopt.SolverType.GLOP,
}


def translate(
    linear: LinearModel, *, relaxed: bool
) -> tuple[mathopt.Model, list[mathopt.Variable]]:
    """The same rows for MathOpt; `relaxed` drops integrality."""
    model = mathopt.Model()
    variables = [
        model.add_variable(lb=low, ub=high, is_integer=not relaxed)
        for low, high in zip(linear.lower, linear.upper, strict=True)
    ]
    for row in linear.rows:
        constraint = model.add_linear_constraint(
            lb=-math.inf if row.lower is None else row.lower,
            ub=math.inf if row.upper is None else row.upper,
        )
        for v, c in zip(row.variables, row.coefficients, strict=True):
            constraint.set_coefficient(variables[v], c)
    for v, c in linear.objective.items():
        model.objective.set_linear_coefficient(variables[v], c)
    model.objective.is_maximize = False
    return model, variables


def solve(
    linear: LinearModel,
    engine: str,
    *,
    seconds: float | None = None,
    relaxed: bool = False,
    seed: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Minimise with one of `ENGINES`; with `relaxed` only the bound is meant.

    A stop (asked every 20 ms) gives an outcome without a proof.
    """
    model, variables = translate(linear, relaxed=relaxed)
    parameters = mathopt.SolveParameters(
        threads=1 if engine == "SCIP" else None,
        time_limit=None if seconds is None else datetime.timedelta(seconds=seconds),
        random_seed=None if engine == "GLOP" else seed,
    )
    result = _until(
        stop,
        lambda interrupter: mathopt.solve(
            model, ENGINES[engine], params=parameters, interrupter=interrupter
        ),
    )
    if result is None:
        return Outcome(Status.UNKNOWN)
    reason = result.termination.reason
    bound = result.termination.objective_bounds.dual_bound
    finite = bound if math.isfinite(bound) else None
    if reason == mathopt.TerminationReason.INFEASIBLE:
        return Outcome(Status.INFEASIBLE)
    if relaxed or not result.has_primal_feasible_solution():
        status = Status.OPTIMAL if reason == mathopt.TerminationReason.OPTIMAL else Status.UNKNOWN
        return Outcome(status, bound=finite)
    found = result.variable_values()
    values = [round(found[v]) for v in variables]
    if linear.violations(values):
        return Outcome(Status.UNKNOWN, bound=finite)
    optimal = reason == mathopt.TerminationReason.OPTIMAL
    return Outcome(
        Status.OPTIMAL if optimal else Status.FEASIBLE, values, linear.value(values), finite
    )


def _until(
    stop: Callable[[], bool], run: Callable[[SolveInterrupter], mathopt.SolveResult]
) -> mathopt.SolveResult | None:
    """The result of `run`, or None once `stop` says so.

    HiGHS does not hear MathOpt's interrupter, and GLOP not at once, so the wait ends in any case; what is
    still computed (up to the time limit) is dropped. A process that ends meanwhile must not wait for
    it: see `mealmag.__main__`.
    """
    interrupter = SolveInterrupter()
    results: list[mathopt.SolveResult | Exception] = []

    def work() -> None:
        try:
            results.append(run(interrupter))
        except Exception as error:  # handed to the caller below
            results.append(error)

    worker = threading.Thread(target=work, daemon=True, name=ENGINE_THREAD)
    worker.start()
    while worker.is_alive() and not stop():
        worker.join(POLL_S)
    if worker.is_alive():
        interrupter.interrupt()
        return None
    if isinstance(results[0], Exception):
        raise results[0]
    return results[0]
