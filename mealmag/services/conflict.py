"""Demands that collide, none of them to spare, and how sure that is."""

from collections.abc import Callable, Sequence

from mealmag.planning.rules import HARD
from mealmag.services.demands import Demand
from mealmag.services.trials import Trials


class Conflict:
    """A set of `demands` that no menu can follow, as small as was proven; empty where there is none.

    `needed` are those without which a menu was found: it takes them. `unsure` are those of which that is
    not known, in the end.
    """

    def __init__(
        self,
        trials: Trials,
        everything: Sequence[Demand],
        some: Sequence[Demand],
        *,
        sure: bool,
        stop: Callable[[], bool],
    ) -> None:
        """Look among `some`, all others taken back. `sure`: they are known to collide."""
        self._trials = trials
        self._everything = everything
        self._stop = stop
        self.needed: list[Demand] = []
        self.unsure: list[Demand] = []
        self._possible: list[Sequence[Demand]] = []  # for each of these a menu was found
        self.demands = self._found(some, sure=sure)

    def _found(self, some: Sequence[Demand], *, sure: bool) -> list[Demand]:
        """By sums if they prove it, for they are quick; else by any proof."""
        from mealmag.planning.solver.conflict import minimal

        core, look = self._sums(some), self._sums
        if core is None:
            look = self._any_proof
            core = list(some) if sure else look(some) or []
        # Most often what may be served has no part in it; then all of that goes at one look.
        counted = [demand for demand in core if demand.rule in HARD]
        if 0 < len(counted) < len(core):
            core = look(counted) or core
        return minimal(core, look, self._stop)

    def _sums(self, some: Sequence[Demand]) -> list[Demand] | None:
        return self._trials.contradiction(self._trials.without(self._everything, some), some)

    def _any_proof(self, some: Sequence[Demand], *, deep: bool = False) -> list[Demand] | None:
        case = self._trials.without(self._everything, some)
        blamed, menu = self._trials.collision(case, some, deep=deep)
        if menu is not None:
            self._possible.append(some)
        return blamed

    def _is_needed(self, demand: Demand) -> bool:
        """Whether a menu was found for all others, or for more than them."""
        others = [each for each in self.demands if each is not demand]
        return any(all(each in some for each in others) for some in self._possible)

    def verify(self) -> None:
        """Take each demand away that is not known to be needed: it is where a menu is found without it, and
        goes where there is still none."""
        for demand in self.demands:
            if demand in self.needed or demand not in self.demands:
                continue
            others = [each for each in self.demands if each is not demand]
            if self._stop():
                return
            if self._is_needed(demand):
                self.needed.append(demand)
                continue
            fewer = self._any_proof(others, deep=True)
            if fewer is not None:
                self.demands = fewer
            elif self._is_needed(demand):
                self.needed.append(demand)
        self.unsure = [each for each in self.demands if each not in self.needed]
