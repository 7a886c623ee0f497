"""HiGHS, SCIP and GLOP through MathOpt: the second opinion, and bounds from linear relaxations."""

import datetime
import math
from collections.abc import Callable, Mapping, Sequence

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2
from ortools.util.python.solve_interrupter import SolveInterrupter

from mealmag.planning.linear import LinearModel, Row
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.watch import unless_stopped

ENGINES = {
    "HiGHS": mathopt.SolverType.HIGHS,
    "SCIP": mathopt.SolverType.GSCIP,
    "GLOP": mathopt.SolverType.GLOP,
}

# One thread and no parallel search: the same outcome on any number of cores, loaded or not.
_SAME_EVERY_TIME = highs_pb2.HighsOptionsProto(
    string_options={"parallel": "off"}, int_options={"threads": 1}
)
# Where few nodes are allowed, what is not found at once is soon given up; heuristics at the root come
# all the same.
_SOON = highs_pb2.HighsOptionsProto(
    bool_options={"mip_allow_restart": False}, double_options={"mip_heuristic_effort": 0.0}
)
_SOON.MergeFrom(_SAME_EVERY_TIME)

# Of a relaxation only bound and duals are asked; to read thousands of values takes as long as to solve it.
_NONE = mathopt.SparseVectorFilter[mathopt.Variable](filtered_items=[])
_DUALS_ALONE = mathopt.ModelSolveParameters(
    variable_values_filter=_NONE, reduced_costs_filter=_NONE
)


def translate(
    linear: LinearModel, *, relaxed: bool, parts: Sequence[int] = ()
) -> tuple[mathopt.Model, Mapping[int, mathopt.Variable]]:
    """The same rows for MathOpt, and its variables by their index; `relaxed` drops integrality.

    What is closed, zero in any case, is left out: of a look over a shortlist more than a third. Where `parts`
    are given, so many of a variable make one, and there must be no objective. Written as a protocol buffer in
    whole columns: term by term takes several times as long.
    """
    proto = model_pb2.ModelProto()
    rows = linear.rows
    makes_one = parts or [1] * len(linear.lower)
    is_open = [
        bool(lower or upper) for lower, upper in zip(linear.lower, linear.upper, strict=True)
    ]
    indices = [v for v, each in enumerate(is_open) if each]
    variables = proto.variables
    variables.ids.extend(indices)
    variables.lower_bounds.extend([linear.lower[v] * makes_one[v] for v in indices])
    variables.upper_bounds.extend([linear.upper[v] * makes_one[v] for v in indices])
    variables.integers.extend([not relaxed] * len(indices))
    constraints = proto.linear_constraints
    constraints.ids.extend(range(len(rows)))
    times = [_times(row, parts) for row in rows]
    constraints.lower_bounds.extend(
        -math.inf if row.lower is None else n * row.lower
        for row, n in zip(rows, times, strict=True)
    )
    constraints.upper_bounds.extend(
        math.inf if row.upper is None else n * row.upper for row, n in zip(rows, times, strict=True)
    )
    matrix = proto.linear_constraint_matrix
    for index, (row, n) in enumerate(zip(rows, times, strict=True)):
        terms = sorted(
            (v, c) for v, c in zip(row.variables, row.coefficients, strict=True) if is_open[v]
        )
        matrix.row_ids.extend([index] * len(terms))
        matrix.column_ids.extend([v for v, _ in terms])
        matrix.coefficients.extend(
            [n * c // parts[v] for v, c in terms] if parts else [c for _, c in terms]
        )
    objective = proto.objective.linear_coefficients
    weights = sorted((v, c) for v, c in linear.objective.items() if c and is_open[v])
    objective.ids.extend([v for v, _ in weights])
    objective.values.extend([c for _, c in weights])
    model = mathopt.Model.from_model_proto(proto)
    return model, {variable.id: variable for variable in model.variables()}


def _times(row: Row, parts: Sequence[int]) -> int:
    """What makes the coefficients of parts whole numbers: rounded ones cost HiGHS its solutions."""
    return math.lcm(*{parts[v] for v in row.variables}) if parts else 1


def solve(
    linear: LinearModel,
    engine: str,
    *,
    seconds: float | None = None,
    nodes: int | None = None,
    gap: float | None = None,
    relaxed: bool = False,
    parts: Sequence[int] = (),
    seed: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Minimise with one of `ENGINES`; with `relaxed` only the bound and the duals are meant.

    A stop (asked every 10 ms) gives an outcome without a proof. `nodes` limits the search tree, and `gap`
    is how far from the bound is near enough; unlike `seconds`, both give the same outcome on any machine.

    With `parts` (see `translate`) the values of the outcome are numbers of parts.
    """
    model, variables = translate(linear, relaxed=relaxed, parts=parts)
    parameters = mathopt.SolveParameters(
        threads=1 if engine == "SCIP" else None,
        time_limit=None if seconds is None else datetime.timedelta(seconds=seconds),
        random_seed=None if engine == "GLOP" else seed,
        node_limit=None if engine == "GLOP" else nodes,
        relative_gap_tolerance=gap,
        highs=None if engine != "HiGHS" else _SAME_EVERY_TIME if nodes is None else _SOON,
    )
    result = _until(
        stop,
        lambda interrupter: mathopt.solve(
            model,
            ENGINES[engine],
            params=parameters,
            model_params=_DUALS_ALONE if relaxed else None,
            interrupter=interrupter,
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
        duals = None
        if relaxed and result.has_dual_feasible_solution():
            by_row = result.dual_values()
            duals = [by_row[row] for row in model.linear_constraints()]
        return Outcome(status, bound=finite, duals=duals)
    found = result.variable_values()
    values = [0] * len(linear.lower)
    for index, variable in variables.items():
        values[index] = round(found[variable])
    if not parts and linear.violations(values):
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
    still computed (up to the time limit) is dropped.
    """
    interrupter = SolveInterrupter()
    result = unless_stopped(stop, lambda: run(interrupter))
    if result is None:
        interrupter.interrupt()
    return result
