"""One line on stderr that says how the search goes; silent where stderr is no terminal."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from mealmag.cli.wrap import columns_of

if TYPE_CHECKING:
    from mealmag.services.plan_progress import PlanProgress

_WORDS = {
    "magnesium_shortfall": "magnesium below target",
    "magnesium_margin": "magnesium below target and margin",
    "worst_nutrient": "worst-off other nutrient",
    "other_nutrients": "other nutrients",
    "liking_and_variety": "variety",
}
_EXPLAINING = "no plan is possible; looking for what collides, and what would do"
_ERASE = "\r\x1b[K"


class ProgressLine:
    """Rewrites its line; safe to update from the solver's thread."""

    def __init__(
        self, stderr: TextIO, *, show: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self._stderr = stderr
        self._show = show
        self._clock = clock
        self._began = clock()
        self._lock = threading.Lock()
        self._latest: PlanProgress | None = None
        self._note = ""
        self._heading = ""

    def update(self, progress: "PlanProgress") -> None:
        """Take note of the newest state."""
        with self._lock:
            self._latest = progress

    def note(self, words: str) -> None:
        """Say this instead of the goal from now on."""
        self._note = words

    def head(self, words: str) -> None:
        """Say this before the goal from now on; what was known of the goal is of something else."""
        with self._lock:
            self._heading, self._latest = words, None

    def tick(self) -> None:
        """Called ten times a second: write the line anew."""
        if not self._show:
            return
        text = f"{self._clock() - self._began:5.1f} s · {self._note or self._state()}"
        # A line that is wider than the terminal would not be rewritten but pile up.
        self._stderr.write(f"{_ERASE}{text[: columns_of(self._stderr) - 1]}")
        self._stderr.flush()

    def clear(self) -> None:
        """Leave no trace."""
        if self._show:
            self._stderr.write(_ERASE)
            self._stderr.flush()

    def _state(self) -> str:
        with self._lock:
            latest, heading = self._latest, self._heading
        if latest is not None and latest.explaining:
            return _EXPLAINING
        if latest is None or latest.incumbent is None:
            return f"{heading}looking for a first plan"
        bound = "none yet" if latest.bound is None else f"{latest.bound:g}"
        goal = _WORDS.get(latest.goal, latest.goal)
        return f"{heading}{goal}: {latest.incumbent:g} {latest.unit}, proven bound {bound}"
