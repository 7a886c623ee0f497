"""Run every engine on a case, one process after the other, and keep what it said."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks import machine
from benchmarks.engine import BY_CHANCE
from benchmarks.instances import Case
from benchmarks.verdict import Verdict, judge, menu_of


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan at a moment; `follows_rules` is None where only its value is known."""

    at: float
    value: int
    follows_rules: bool | None


@dataclass(frozen=True, slots=True)
class Run:
    """One engine on one case with one seed.

    `cores` is processor time by wall time, `others` how many cores other processes kept busy meanwhile.
    """

    engine: str
    seed: int
    status: str
    limit: float
    ended_s: float = 0.0
    import_s: float = 0.0
    peak_mb: float = 0.0
    cores: float = 0.0
    others: float = 0.0
    size: tuple[int, int] = (0, 0)
    plans: tuple[Plan, ...] = ()
    bounds: tuple[tuple[float, int], ...] = ()
    verdict: Verdict | None = None

    @property
    def first_s(self) -> float | None:
        """Seconds to the first plan that is not known to break a rule."""
        return next((plan.at for plan in self._counted()), None)

    @property
    def proof_s(self) -> float | None:
        """Seconds to the end, where that came with a proof."""
        return self.ended_s if self.status == "optimal" else None

    @property
    def best(self) -> int | None:
        """The best weighted sum."""
        return self.value_at(self.limit)

    def value_at(self, seconds: float) -> int | None:
        """The best weighted sum by then."""
        return min((plan.value for plan in self._counted() if plan.at <= seconds), default=None)

    def bound_at(self, seconds: float) -> int | None:
        """The best proven bound by then."""
        late = self.limit + _grace(self.limit)
        return max(
            (bound for at, bound in self.bounds if at <= late and min(at, self.limit) <= seconds),
            default=None,
        )

    def reaches(self, value: float) -> float | None:
        """Seconds to the first plan that is as good as `value`."""
        return next((plan.at for plan in self._counted() if plan.value <= value), None)

    def _counted(self) -> Iterator[Plan]:
        """What an engine hands over in its last breath counts for the limit; what comes later does not."""
        for plan in self.plans:
            if plan.follows_rules is not False and plan.at <= self.limit + _grace(self.limit):
                yield Plan(min(plan.at, self.limit), plan.value, plan.follows_rules)


def _grace(limit: float) -> float:
    return 0.5 + 0.02 * limit


def run_all(
    cases: Iterable[Case], engines: Sequence[str], seconds: float, seeds: int
) -> Iterator[tuple[Case, list[Run]]]:
    """Every engine on every case, those that go by chance with every seed; a case is saved once, and all
    read that file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.json"
        for case in cases:
            file.write_text(case.problem.model_dump_json(), encoding="utf-8")
            runs = []
            for engine in engines:
                for seed in range(1, seeds + 1 if engine in BY_CHANCE else 2):
                    sys.stderr.write(f"{case.title}: {engine}, seed {seed}\n")
                    runs.append(_run(engine, seed, case, file, seconds))
            yield case, runs


def _run(engine: str, seed: int, case: Case, file: Path, seconds: float) -> Run:
    command = [sys.executable, "-m", "benchmarks.engine", engine, str(file), "--seed", str(seed)]
    began, busy, own = perf_counter(), machine.busy_s(), machine.children_s()
    # A group of its own, so that an engine that does not stop is ended with what it has started.
    with subprocess.Popen(
        [*command, "--seconds", str(seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            said, complained = process.communicate(timeout=3 * seconds + 120)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return Run(engine, seed, "did not stop", seconds)
    if process.returncode:
        sys.stderr.write(complained)
        return Run(engine, seed, f"failed ({process.returncode})", seconds)
    wall = perf_counter() - began
    others = machine.busy_s() - busy - (machine.children_s() - own)
    lines = [json.loads(line) for line in said.splitlines()]
    start, end = lines[0], lines[-1]
    return Run(
        engine=engine,
        seed=seed,
        status=end["status"],
        limit=seconds,
        ended_s=end["at"],
        import_s=start["import_s"],
        peak_mb=end["peak_mb"],
        cores=end["cores"],
        others=max(0.0, others) / wall,
        size=(start["size"][0], start["size"][1]),
        plans=tuple(
            Plan(line["at"], line["value"], line["follows_rules"])
            for line in lines
            if line["event"] == "plan"
        ),
        bounds=tuple((line["at"], line["value"]) for line in lines if line["event"] == "bound"),
        verdict=judge(case, menu_of(end["menu"])) if end["menu"] else None,
    )
