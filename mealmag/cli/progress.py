"""One line on stderr that says how the search goes; silent where stderr is no terminal."""

import threading
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from mealmag.services.plan import PlanProgress

_WORDS = {
    "magnesium_shortfall": "magnesium below target",
    "other_nutrients": "other nutrients",
    "liking_and_variety": "variety",
}


class ProgressLine:
    """Rewrites its line; safe to update from the solver's thread."""

    def __init__(self, stderr: TextIO, *, show: bool) -> None:
        self._stderr = stderr
        self._show = show
        self._lock = threading.Lock()
        self._latest: PlanProgress | None = None
        self._ticks = 0
        self._note = ""

    def update(self, progress: "PlanProgress") -> None:
        """Take note of the newest state."""
        with self._lock:
            self._latest = progress

    def note(self, words: str) -> None:
        """Say something at the end of the line."""
        self._note = f" · {words}"

    def tick(self) -> None:
        """Called ten times a second: write the line anew."""
        self._ticks += 1
        if not self._show:
            return
        with self._lock:
            latest = self._latest
        seconds = self._ticks / 10
        if latest is None or latest.incumbent is None:
            text = f"{seconds:5.1f} s · looking for a first plan"
        else:
            bound = "none yet" if latest.bound is None else f"{latest.bound:g}"
            text = (
                f"{seconds:5.1f} s · {_WORDS.get(latest.goal, latest.goal)}: "
                f"{latest.incumbent:g} {latest.unit}, proven bound {bound}"
            )
        self._stderr.write(f"\r\x1b[K{text}{self._note}")
        self._stderr.flush()

    def clear(self) -> None:
        """Leave no trace."""
        if self._show:
            self._stderr.write("\r\x1b[K")
            self._stderr.flush()
