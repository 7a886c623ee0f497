"""The whole model to HiGHS or SCIP at once, through MathOpt, with the weighted sum.

Their incumbents and bounds are read from the lines of their log, as they arrive: HiGHS has no callback for
solutions in MathOpt, and SCIP's adds a constraint handler that changes how it presolves. A log has no
plans in it, so the first plan is checked by a second run that stops at it.
"""

import datetime
import re
from collections.abc import Sequence
from functools import partial

from ortools.math_opt.python import mathopt

from benchmarks.trace import Seen, Trace
from benchmarks.weighing import weigh, whole_model
from mealmag.planning.instance import Instance
from mealmag.planning.menu import MenuModel
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.rules import values
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
                trace.plan(partial(Seen, best[-1], None))

    def parameters(seconds: float, *, first_only: bool) -> mathopt.SolveParameters:
        return mathopt.SolveParameters(
            threads=1 if variant == "SCIP" else None,
            time_limit=datetime.timedelta(seconds=seconds),
            random_seed=problem.seed,
            solution_limit=1 if first_only else None,
        )

    engine = ENGINES[variant]
    result = mathopt.solve(
        model, engine, params=parameters(trace.left(), first_only=False), msg_cb=read
    )
    trace.bound(result.termination.objective_bounds.dual_bound)
    reason = result.termination.reason.name.lower()
    if result.has_primal_feasible_solution():
        trace.plan(partial(_look, menu_model, variables, result))
    trace.end("unknown" if reason == "no_solution_found" else reason)
    if best:
        first = mathopt.solve(model, engine, params=parameters(trace.seconds, first_only=True))
        seen = _look(menu_model, variables, first) if first.has_primal_feasible_solution() else None
        at, _ = trace.plans[0]
        trace.plans[0] = (
            at,
            partial(Seen, best[0], None if seen is None else seen.follows_rules),
        )


def _look(
    menu_model: MenuModel, variables: Sequence[mathopt.Variable], result: mathopt.SolveResult
) -> Seen:
    found = result.variable_values()
    assigned = [round(found[v]) for v in variables]
    broken = menu_model.model.violations(assigned)
    return Seen(weigh(values(menu_model.instance, menu_model.decode(assigned))), not broken)


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
