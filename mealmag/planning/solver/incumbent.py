"""The best menu so far and what is proven of it, until a stop closes it.

The search works in a thread that is left behind at a stop; what that thread still finds then, and would
tell, comes to nothing.
"""

import threading
from collections.abc import Callable

from mealmag.planning.instance import Instance, Menu
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.rules import follows, goals_of, values
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.certificate import DayCertificate
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.report import UNIT, Found, GoalState, Progress, in_units


class Incumbent:
    """Menu, goal values, bounds and certificates; safe to use from two threads.

    The search goes on from `menu`, which only `accept` changes. A better one may be shown until then, out of
    looks of which not all have ended: it is told of, and handed out at a stop. `stop` closes it, and so does
    `close`; from then on nothing changes and nothing is told.
    """

    def __init__(
        self,
        instance: Instance,
        on_progress: Callable[[Progress], None],
        elapsed_s: Callable[[], float],
        stop: Callable[[], bool],
    ) -> None:
        self._instance = instance
        self._goals = goals_of(instance)
        self._on_progress = on_progress
        self._elapsed_s = elapsed_s
        self._stop = stop
        self._lock = threading.RLock()
        self._closed = False
        self.menu: Menu | None = None
        self.values: dict[str, int] = {}
        self._shown: tuple[Menu, dict[str, int]] | None = None
        self.bounds: dict[str, float] = dict.fromkeys(self._goals, 0.0)
        self.certificates: list[DayCertificate] | None = None

    @property
    def closed(self) -> bool:
        """Whether a stop has been seen."""
        self._closed = self._closed or self._stop()
        return self._closed

    def close(self) -> None:
        """Let nothing change any more."""
        with self._lock:
            self._closed = True

    def accept(self, menu: Menu, goal: str | None = None) -> None:
        """Take this menu in place of the one before."""
        reached = values(self._instance, menu)
        with self._lock:
            if not self.closed:
                self.menu, self.values, self._shown = menu, reached, None
                self.tell(goal or self._goals[0])

    def improve(self, menu: Menu, goal: str) -> None:
        """Take this menu if it is better in `goal`."""
        if self._if_better(menu, goal) is not None:
            self.accept(menu, goal)

    def show(self, menu: Menu, goal: str) -> None:
        """Hand this menu out at a stop if it is the best in `goal` by then; until the next is accepted. What
        is accepted is for all looks that are taken together to say."""
        reached = self._if_better(menu, goal)
        if reached is None:
            return
        with self._lock:
            if not self.closed and reached[goal] < self._seen()[1][goal]:
                self._shown = menu, reached
                self.tell(goal)

    def would_prove(self, menu: Menu, goal: str) -> bool:
        """Whether with this menu nothing better in `goal` is left to find."""
        reached = self._if_better(menu, goal)
        return reached is not None and self._is_bound(goal, reached[goal])

    def _if_better(self, menu: Menu, goal: str) -> dict[str, int] | None:
        """What a menu reaches, if it is better in `goal`, no worse in those before, and within the rules."""
        reached = values(self._instance, menu)
        is_better = (
            reached[goal] < self.values[goal]
            and all(reached[held] <= value for held, value in self.held(goal).items())
            and follows(self._instance, menu)
        )
        return reached if is_better else None

    def _seen(self) -> tuple[Menu | None, dict[str, int]]:
        """The best menu there is, accepted or only shown, and its values."""
        return self._shown or (self.menu, self.values)

    def prove(self, goal: str, bound: float) -> None:
        """Take note that no menu is better in `goal` than this."""
        with self._lock:
            if not self.closed:
                self.bounds[goal] = max(self.bounds[goal], bound)

    def certify(self, certificates: list[DayCertificate] | None) -> None:
        """Take note of what single days can bring at best."""
        with self._lock:
            if not self.closed:
                self.certificates = certificates

    def tell(self, goal: str) -> None:
        """Say how it stands with `goal`."""
        with self._lock:
            if self.closed:
                return
            part = in_units(self._instance, goal)
            menu, reached = self._seen()
            value = reached.get(goal)
            self._on_progress(
                Progress(
                    self._elapsed_s(),
                    goal,
                    UNIT[goal],
                    None if value is None else value / part,
                    self.bounds[goal] / part,
                    menu,
                )
            )

    def is_proven(self, goal: str) -> bool:
        """Whether the menu is proven best in `goal`."""
        return self._is_bound(goal, self.values[goal])

    def _is_bound(self, goal: str, value: int) -> bool:
        return value <= self.bounds[goal] + 1e-6

    def half_way(self, goal: str) -> int:
        """Between bound and value; the bound itself where little lies between, and of points: what is next
        to be looked for."""
        bound = int(self.bounds[goal])
        gap = self.values[goal] - bound
        near = goal == ENJOYMENT.name or gap <= in_units(self._instance, goal)
        return bound if near else bound + (gap - 1) // 2

    def held(self, goal: str) -> dict[str, int]:
        """The goals before this one, at what the menu reaches."""
        before = self._goals[: self._goals.index(goal)]
        return {name: self.values[name] for name in before}

    def found(self, *, stopped: bool) -> Found | None:
        """What there is by now, closed; None where there is no menu.

        A search that was `stopped` once everything was proven has missed nothing.
        """
        with self._lock:
            self._closed = True
            menu, reached = self._seen()
            if menu is None:
                return None
            proven = {goal: self._is_bound(goal, reached[goal]) for goal in self._goals}
            return Found(
                instance=self._instance,
                menu=menu,
                goals={
                    goal: GoalState(
                        reached[goal],
                        self.bounds[goal],
                        Status.OPTIMAL if proven[goal] else Status.FEASIBLE,
                    )
                    for goal in self._goals
                },
                certificates=self.certificates,
                engine_version=cpsat.version(),
                cut_short=stopped and not all(proven.values()),
            )
