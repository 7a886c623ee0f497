"""Run every engine on an instance, one process after the other, and keep what it said."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks import machine
from benchmarks.instances import problem


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan at a moment; `follows_rules` is None where only its value is known."""

    at: float
    value: int
    follows_rules: bool | None


@dataclass(frozen=True, slots=True)
class Run:
    """One engine on one instance; `others` is how many cores other processes kept busy meanwhile."""

    engine: str
    profile: str
    days: int
    status: str
    ended_s: float = 0.0
    import_s: float = 0.0
    peak_mb: float = 0.0
    others: float = 0.0
    size: tuple[int, int] = (0, 0)
    plans: tuple[Plan, ...] = ()
    bounds: tuple[tuple[float, int], ...] = ()

    @property
    def first_s(self) -> float | None:
        """Seconds to the first plan that was seen to follow the rules."""
        return next((plan.at for plan in self.plans if plan.follows_rules), None)

    @property
    def final(self) -> Plan | None:
        """The last plan."""
        return self.plans[-1] if self.plans else None

    def value_at(self, seconds: float) -> int | None:
        """The best weighted sum by then."""
        return min((plan.value for plan in self.plans if plan.at <= seconds), default=None)

    def bound_at(self, seconds: float) -> int | None:
        """The best proven bound by then."""
        return max((bound for at, bound in self.bounds if at <= seconds), default=None)


def run_all(
    profiles: Sequence[str], spans: Sequence[int], engines: Sequence[str], seconds: float
) -> Iterator[Run]:
    """Every engine on every instance; each instance is saved once, and all read that file."""
    with tempfile.TemporaryDirectory() as folder:
        for profile in profiles:
            for days in spans:
                file = Path(folder) / f"{profile}-{days}.json"
                file.write_text(problem(profile, days).model_dump_json(), encoding="utf-8")
                for engine in engines:
                    sys.stderr.write(f"{profile}, {days} day(s): {engine}\n")
                    yield _run(engine, profile, days, file, seconds)


def _run(engine: str, profile: str, days: int, file: Path, seconds: float) -> Run:
    command = [sys.executable, "-m", "benchmarks.engine", engine, str(file)]
    began, busy, own = perf_counter(), machine.busy_s(), machine.children_s()
    try:
        done = subprocess.run(
            [*command, "--seconds", str(seconds)],
            capture_output=True,
            text=True,
            check=False,
            timeout=3 * seconds + 120,
        )
    except subprocess.TimeoutExpired:
        return Run(engine, profile, days, "did not stop")
    if done.returncode:
        sys.stderr.write(done.stderr)
        return Run(engine, profile, days, f"failed ({done.returncode})")
    others = machine.busy_s() - busy - (machine.children_s() - own)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    start, end = lines[0], lines[-1]
    # What an engine hands over in its last breath counts for the limit it was given.
    return Run(
        engine=engine,
        profile=profile,
        days=days,
        status=end["status"],
        ended_s=end["at"],
        import_s=start["import_s"],
        peak_mb=end["peak_mb"],
        others=max(0.0, others) / (perf_counter() - began),
        size=(start["size"][0], start["size"][1]),
        plans=tuple(
            Plan(min(line["at"], seconds), line["value"], line["follows_rules"])
            for line in lines
            if line["event"] == "plan"
        ),
        bounds=tuple(
            (min(line["at"], seconds), line["value"]) for line in lines if line["event"] == "bound"
        ),
    )
