"""The whole model to HiGHS or SCIP at once, through MathOpt, with the weighted sum.

Their incumbents and bounds are read from the lines of their log, as they arrive: HiGHS has no callback for
solutions in MathOpt, and SCIP's adds a constraint handler that changes how it presolves. A log has no
plans in it, so only the last plan can be checked; the values before it are the engine's word.
"""

import datetime
import re
from collections.abc import Sequence
from functools import partial

from ortools.math_opt.python import mathopt

from benchmarks.looking import look_at
from benchmarks.trace import Seen, Trace
from benchmarks.weighing import whole_model
from mealmag.planning.instance import Instance
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.solver.mathopt import ENGINES, translate

# Src? Proc. InQueue Leaves Expl. BestBound BestSol Gap ... Time
_HIGHS = re.compile(
    r"^\s*(?:[A-Za-z]\s+)?\S+\s+\S+\s+\S+\s+[\d.]+%\s+(\S+)\s+(\S+)\s+\S+\s+\d.*s\s*$"
)
# time | node | ... | dualbound | primalbound | gap | compl.
_SCIP_COLUMNS, _SCIP_DUAL, _SCIP_PRIMAL = 18, 14, 15


def run(problem: PlanningProblem, trace: Trace, variant: str) -> None:
    """`variant` is "HiGHS" or "SCIP"."""
    instance = Instance(problem)
    menu_model = whole_model(instance)
    trace.size = (len(menu_model.model.lower), len(menu_model.model.rows))
    model, variables = translate(menu_model.model, relaxed=False)
    best: list[int] = []

    def read(lines: Sequence[str]) -> None:
        for line in lines:
            bound, value = (_highs if variant == "HiGHS" else _scip)(line)
            if bound is not None:
                trace.bound(bound)
            if value is not None and (not best or round(value) < best[-1]):
                best.append(round(value))
                trace.plan(partial(Seen, best[-1]))

    parameters = mathopt.SolveParameters(
        threads=1 if variant == "SCIP" else None,  # HiGHS takes none here, and minds the affinity
        time_limit=datetime.timedelta(seconds=trace.left()),
        random_seed=problem.seed,
        # The sum is whole: a gap below one is a proof, and a relative gap is none.
        absolute_gap_tolerance=0.999,
        relative_gap_tolerance=0.0,
    )
    result = mathopt.solve(model, ENGINES[variant], params=parameters, msg_cb=read)
    trace.bound(result.termination.objective_bounds.dual_bound)
    reason = result.termination.reason.name.lower()
    if result.has_primal_feasible_solution():
        found = result.variable_values()
        trace.plan(partial(look_at, menu_model, [round(found[v]) for v in variables]))
    trace.end("unknown" if reason == "no_solution_found" else reason)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _finite(text: str) -> float | None:
    number = _number(text.strip())
    return None if number is None or abs(number) >= 1e20 else number


def _highs(line: str) -> tuple[float | None, float | None]:
    """(bound, value) of a line of HiGHS' log; None for what is not in it."""
    match = _HIGHS.match(line)
    return (None, None) if match is None else (_finite(match[1]), _finite(match[2]))


def _scip(line: str) -> tuple[float | None, float | None]:
    """(bound, value) of a line of SCIP's log; None for what is not in it."""
    fields = line.split("|")
    if len(fields) != _SCIP_COLUMNS:
        return None, None
    return _finite(fields[_SCIP_DUAL]), _finite(fields[_SCIP_PRIMAL])
