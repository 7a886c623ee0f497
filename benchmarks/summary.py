"""What the runs of one engine on one case, a run a seed, say together: medians, and the worst of the rest."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median_low

from benchmarks.plans import Run

# Within so much of the best value that any engine found, and at least one point, as values are whole.
SHARES = (0.05, 0.02, 0.01)
_POINT = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """The runs of one engine on one case. A median of times counts "never" as later than any other."""

    engine: str
    runs: tuple[Run, ...]

    def median(self, figure: Callable[[Run], float | None]) -> float | None:
        """The median (the lower one of two) of a figure that is better when it is lower."""
        return _median([figure(run) for run in self.runs])

    def bound_at(self, seconds: float) -> float | None:
        """The median of the bounds; here none is worse than any."""
        negated = [run.bound_at(seconds) for run in self.runs]
        middle = _median([None if bound is None else -bound for bound in negated])
        return None if middle is None else -middle

    @property
    def broken(self) -> int | None:
        """The most rules that the last plan of a run breaks, as the checker counts; None without plans."""
        counts = [len(run.verdict.faults) for run in self.runs if run.verdict is not None]
        return max(counts, default=None)

    @property
    def middle(self) -> Run:
        """The run with the median value: its last plan is the one that is shown."""
        ranked = sorted(self.runs, key=lambda run: float("inf") if run.best is None else run.best)
        return ranked[(len(ranked) - 1) // 2]

    @property
    def status(self) -> str:
        """The status of the runs, with how many where they differ."""
        words = [run.status for run in self.runs]
        if len(set(words)) == 1:
            return words[0]
        return ", ".join(f"{words.count(word)} {word}" for word in sorted(set(words)))


def by_engine(runs: Iterable[Run]) -> list[Summary]:
    """In the order in which the engines ran."""
    grouped = groupby(runs, key=lambda run: run.engine)
    return [Summary(engine, tuple(same)) for engine, same in grouped]


def best_of(summaries: Iterable[Summary]) -> int | None:
    """The best value that any engine found with any seed."""
    found = (run.best for summary in summaries for run in summary.runs)
    return min((value for value in found if value is not None), default=None)


def near(best: int, share: float) -> float:
    """What counts as within `share` of the best."""
    return best + max(_POINT, share * best)


def _median(figures: Sequence[float | None]) -> float | None:
    middle = median_low([float("inf") if figure is None else figure for figure in figures])
    return None if middle == float("inf") else middle
