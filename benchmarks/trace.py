"""What happens during a run, written down cheaply while it runs and looked at afterwards.

Nothing is checked, decoded or printed while the clock ticks, so that no engine pays for being watched.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from benchmarks import machine
from mealmag.planning.instance import Menu


@dataclass(frozen=True, slots=True)
class Seen:
    """A plan as it was looked at afterwards: its weighted sum, whether it follows the rules, its menu.

    The last two are None where the engine told only the value (a log), so there was nothing to check.
    """

    value: int
    follows_rules: bool | None = None
    menu: Menu | None = None


@dataclass(slots=True)
class Trace:
    """Plans and bounds of one run, in seconds after the start of the clock."""

    seconds: float
    begin: float = field(default_factory=perf_counter)
    begin_cpu: float = field(default_factory=machine.own_s)
    plans: list[tuple[float, Callable[[], Seen]]] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    status: str = "unknown"
    ended: float = 0.0
    cores: float = 0.0
    peak_mb: float = 0.0
    size: tuple[int, int] = (0, 0)

    def now(self) -> float:
        """Seconds since the clock was started."""
        return perf_counter() - self.begin

    def left(self) -> float:
        """Seconds until the limit."""
        return max(0.01, self.seconds - self.now())

    def plan(self, look: Callable[[], Seen]) -> None:
        """A new plan; `look` is called after the run."""
        self.plans.append((self.now(), look))

    def bound(self, bound: float) -> None:
        """A proven bound on the weighted sum."""
        if math.isfinite(bound):
            self.bounds.append((self.now(), bound))

    def end(self, status: str, *, child_mb: float = 0.0) -> None:
        """Stop the clock, and note cores and peak memory before anything is looked at.

        `child_mb` is the peak of a process that the engine started, beside this one.
        """
        self.ended = self.now()
        self.status = status
        self.cores = (machine.own_s() - self.begin_cpu) / max(self.ended, 1e-6)
        self.peak_mb = machine.peak_mb() + child_mb
