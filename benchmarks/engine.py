"""One engine on one saved instance, in this process: `python -m benchmarks.engine ENGINE FILE --seconds S`.

Writes JSON lines to stdout once the run is over: `start`, then `plan` and `bound` as they came, then `end`
with the last menu. The clock starts when the engine is imported and the problem is read; building the model
is on it.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

from benchmarks import machine
from mealmag.__main__ import leave_engines

CORES = 2

# What the table calls it: (module, variant).
ENGINES = MappingProxyType(
    {
        "mealmag": ("ours", "thorough"),
        "mealmag-normal": ("ours", "normal"),
        "mealmag-quick": ("ours", "quick"),
        "cp-sat": ("cpsat", "interleaved"),
        "cp-sat-free": ("cpsat", "free"),
        "highs": ("mathopt", "HiGHS"),
        "scip": ("mathopt", "SCIP"),
        "cbc": ("cbc", ""),
        "greedy": ("greedy", ""),
        "random": ("sampling", ""),
        "genetic": ("genetic", ""),
    }
)
# What they come to hangs on chance, so that one run says little. The others solve or sort: they run once.
BY_CHANCE = frozenset({"mealmag", "mealmag-normal", "mealmag-quick", "random", "genetic"})


def main() -> int:
    """Run the engine that is named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__)
    parser.add_argument("engine", choices=list(ENGINES))
    parser.add_argument("problem", type=Path, help="a PlanningProblem as JSON")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    machine.keep_to(CORES)
    module, variant = ENGINES[arguments.engine]
    before = perf_counter()
    engine = importlib.import_module(f"benchmarks.engines.{module}")
    imported = perf_counter() - before

    from benchmarks.trace import Trace
    from benchmarks.weighing import whole
    from mealmag.planning.problem import PlanningProblem

    problem = PlanningProblem.model_validate_json(arguments.problem.read_bytes())
    problem = problem.model_copy(update={"seed": arguments.seed})
    trace = Trace(arguments.seconds)
    engine.run(problem, trace, variant)

    _write({"event": "start", "import_s": imported, "size": trace.size})
    menu = None
    for at, look in trace.plans:
        seen = look()
        menu = seen.menu or menu
        _write(
            {"event": "plan", "at": at, "value": seen.value, "follows_rules": seen.follows_rules}
        )
    for at, bound in trace.bounds:
        _write({"event": "bound", "at": at, "value": whole(bound)})
    _write(
        {
            "event": "end",
            "at": trace.ended,
            "status": trace.status,
            "cores": trace.cores,
            "peak_mb": trace.peak_mb,
            "menu": [[*slot, pick.dish, pick.servings] for slot, pick in (menu or {}).items()],
        }
    )
    return 0


def _write(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    code = main()
    leave_engines(code)
    sys.exit(code)
