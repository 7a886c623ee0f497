"""How long whole processes take to start, from the outside."""

import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

_MEALMAG = str(Path(sys.executable).with_name("mealmag"))
COMMANDS = {
    "python -c pass": (sys.executable, "-c", "pass"),
    "mealmag --version": (_MEALMAG, "--version"),
    "mealmag target --sex female --age 34": (
        *(_MEALMAG, "target"),
        *("--sex", "female", "--age", "34"),
    ),
    "import mealmag.tui.app": (sys.executable, "-c", "import mealmag.tui.app"),
    "from ortools.sat.python import cp_model": (
        sys.executable,
        "-c",
        "from ortools.sat.python import cp_model",
    ),
}


@dataclass(frozen=True, slots=True)
class StartUp:
    """Milliseconds of every counted run, or why there are none."""

    command: str
    runs_ms: tuple[float, ...]
    skipped: str = ""

    @property
    def cells(self) -> tuple[str, str, str]:
        """Command, minimum, median."""
        if self.skipped:
            return self.command, self.skipped, ""
        least, middle = min(self.runs_ms), statistics.median(self.runs_ms)
        return self.command, f"{least:.0f}", f"{middle:.0f}"


def measure(runs: int) -> list[StartUp]:
    """Each command once to warm up, then all of them in turn, `runs` times."""
    skipped = {name: _trial(command) for name, command in COMMANDS.items()}
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            if not skipped[name]:
                before = perf_counter()
                subprocess.run(command, capture_output=True, check=True)
                times[name].append(1000 * (perf_counter() - before))
    return [StartUp(name, tuple(times[name]), skipped[name]) for name in COMMANDS]


def _trial(command: tuple[str, ...]) -> str:
    """Empty when the command works, else why it is skipped."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "skipped: not installed"
    if done.returncode == 0:
        return ""
    if "No module named 'mealmag" in done.stderr:
        return "skipped: not there yet"
    return f"skipped: exit code {done.returncode}"
