"""The whole model to CBC at once, through PuLP and the CBC that comes with it, with the weighted sum.

CBC runs as a program of its own; PuLP writes the model to a file for it and reads one solution back. What
CBC finds on its way is read from its log file as that grows, so those values are CBC's word; the last plan is
checked.
"""

import math
import os
import re
import tempfile
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pulp

from benchmarks import machine
from benchmarks.engine import CORES
from benchmarks.looking import look_at
from benchmarks.trace import Seen, Trace
from benchmarks.weighing import whole_model
from mealmag.planning.instance import Instance
from mealmag.planning.linear import LinearModel
from mealmag.planning.problem import PlanningProblem

# "Integer solution of 52 found …", "After 100 nodes, … best possible 23 (12.3 seconds)".
_FOUND = re.compile(r"^Cbc00(?:04|12|16)I Integer solution of (\S+) found")
_BOUND = re.compile(r"^Cbc00(?:10|05)I .*best possible (?:is )?(-?[\d.e+]+)")
_RELAXED = re.compile(r"^Continuous objective value is (\S+)")
_POLL_S = 0.02
_NOTHING = 1e20  # what CBC writes where it knows no bound is larger


def run(problem: PlanningProblem, trace: Trace, variant: str) -> None:
    """`variant` is not used."""
    del variant
    menu_model = whole_model(Instance(problem))
    linear = menu_model.model
    trace.size = (len(linear.lower), len(linear.rows))
    lp, variables = translate(linear)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "cbc.log"
        log.touch()
        solver = pulp.PULP_CBC_CMD(
            msg=False,
            logPath=str(log),
            timeLimit=trace.left(),
            threads=CORES,
            gapAbs=0.999,  # the sum is whole: a gap below one is a proof
            options=[f"randomSeed {problem.seed}"],
        )
        solver.tmpDir = folder
        with _Watching(log, trace) as watch:
            status = lp.solve(solver)
    solved = [variable.value() for variable in variables]
    found = lp.sol_status in {pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible}
    if found:
        at = [round(value or 0) for value in solved]
        trace.plan(partial(look_at, menu_model, at))
    proven = lp.sol_status == pulp.LpSolutionOptimal
    if proven:
        trace.bound(float(linear.value(at)))
    infeasible = status == pulp.LpStatusInfeasible
    word = "optimal" if proven else "infeasible" if infeasible else "feasible"
    trace.end(word if found or infeasible else "unknown", child_mb=watch.peak_mb)


def translate(linear: LinearModel) -> tuple[Any, list[Any]]:
    """The same rows for PuLP; a row with two ends becomes two."""
    lp = pulp.LpProblem("menu", pulp.LpMinimize)
    variables = [
        lp.add_variable(f"v{index}", low, high, cat=pulp.LpInteger)
        for index, (low, high) in enumerate(zip(linear.lower, linear.upper, strict=True))
    ]
    lp += pulp.LpAffineExpression(
        [(variables[v], weight) for v, weight in linear.objective.items()]
    )
    for row in linear.rows:
        terms = [(variables[v], c) for v, c in zip(row.variables, row.coefficients, strict=True)]
        ends = [(pulp.LpConstraintGE, row.lower), (pulp.LpConstraintLE, row.upper)]
        if row.lower == row.upper:
            ends = [(pulp.LpConstraintEQ, row.lower)]
        for sense, end in ends:
            if end is not None:
                expression = pulp.LpAffineExpression(terms)
                lp.addConstraint(pulp.LpConstraint(expression, sense, rhs=end))
    return lp, variables


class _Watching:
    """While inside, a thread reads the log as it grows, and what memory CBC holds."""

    def __init__(self, log: Path, trace: Trace) -> None:
        self._log = log
        self._trace = trace
        self._done = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._best = math.inf
        self.peak_mb = 0.0

    def __enter__(self) -> "_Watching":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        with self._log.open(encoding="utf-8", errors="replace") as log:
            rest = ""
            last = False
            while not last:
                last = self._done.wait(_POLL_S)
                *lines, rest = (rest + log.read()).split("\n")
                for line in lines:
                    self._read(line)
                for child in _children():
                    self.peak_mb = max(self.peak_mb, machine.peak_mb(child))

    def _read(self, line: str) -> None:
        if match := _FOUND.match(line):
            value = float(match[1])
            if value < self._best:
                self._best = value
                self._trace.plan(partial(Seen, round(value)))
        elif match := _BOUND.match(line) or _RELAXED.match(line):
            bound = float(match[1])
            if bound > -_NOTHING:
                self._trace.bound(bound)


def _children() -> list[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(child) for child in listed.read_text(encoding="utf-8").split()]
