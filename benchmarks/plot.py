"""Gap against time as an SVG, drawn by hand: a panel for each case, a line for each engine.

The gap is how far the best plan so far lies above the best value that any engine found, in points of the
weighted sum, with half of the runs (the median over seeds) at least as good. Both axes are logarithmic; the
gap's begins with zero. A line begins with the engine's first plan and ends when the engine does; a ring there
is a proof.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import escape

from benchmarks.plans import Run
from benchmarks.summary import Summary, best_of

_WIDTH, _PANEL, _LEFT, _RIGHT, _TOP, _BOTTOM = 860, 330, 84, 180, 44, 52
_FIRST_S = 0.1
_TICKS_S = (0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000)
# Colours that also differ in lightness (after Okabe and Ito), and dashes beside them.
_COLOURS = (
    "#0072b2", "#56b4e9", "#004c78", "#d55e00", "#e69f00", "#009e73", "#cc79a7", "#7a3e9d",
    "#666666", "#999999", "#000000",
)  # fmt: skip
_DASHES = ("", "7 3", "2 3")


def svg(
    panels: Sequence[tuple[str, Sequence[Summary]]], engines: Sequence[str], seconds: float
) -> str:
    """The whole picture."""
    height = _PANEL * max(1, len(panels))
    size = f'width="{_WIDTH}" height="{height}"'
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" {size}>',
        f'<rect {size} fill="white"/><g font-family="sans-serif" font-size="12">',
    ]
    for number, (title, summaries) in enumerate(panels):
        panel = _Panel(number * _PANEL, seconds, summaries)
        drawn += panel.draw(title, engines)
    return "\n".join([*drawn, "</g></svg>", ""])


class _Panel:
    """One case: where seconds and points lie, and what is drawn there."""

    def __init__(self, top: int, seconds: float, summaries: Sequence[Summary]) -> None:
        self._top = top
        self._seconds = max(seconds, 2 * _FIRST_S)
        self._summaries = summaries
        self._best = best_of(summaries)
        gaps = [gap for s in summaries for _, gap in self._steps(s)]
        self._worst = 10.0 ** max(1, math.ceil(math.log10(max([*gaps, 1]) + 1)))

    def draw(self, title: str, engines: Sequence[str]) -> Iterator[str]:
        """Frame, axes, lines and their names."""
        yield _text(_LEFT, self._top + 24, title, weight="bold", size=14)
        yield from self._axes()
        for line, summary in enumerate(self._summaries):
            number = engines.index(summary.engine)
            colour = _COLOURS[number % len(_COLOURS)]
            dash = _DASHES[number % len(_DASHES)]
            yield from self._line(summary, colour, dash)
            yield from self._legend(summary, line, colour, dash)

    def _x(self, seconds: float) -> float:
        share = math.log(max(seconds, _FIRST_S) / _FIRST_S) / math.log(self._seconds / _FIRST_S)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def _y(self, gap: float) -> float:
        share = math.log10(gap + 1) / math.log10(self._worst + 1)
        return self._top + _PANEL - _BOTTOM - share * (_PANEL - _TOP - _BOTTOM)

    def _axes(self) -> Iterator[str]:
        left, right, low, high = _LEFT, _WIDTH - _RIGHT, self._y(0), self._y(self._worst)
        for tick in (t for t in (*_TICKS_S, self._seconds) if t <= self._seconds):
            x = self._x(tick)
            yield _stroke(x, low, x, high, "#dddddd")
            if tick == self._seconds or self._x(self._seconds) - x > 24:
                yield _text(x, low + 16, f"{tick:g}", anchor="middle")
        powers = round(math.log10(self._worst))
        for gap in (0, *(10**power for power in range(powers + 1))):
            y = self._y(gap)
            yield _stroke(left, y, right, y, "#dddddd")
            yield _text(left - 6, y + 4, f"{gap:,}", anchor="end")
        yield _stroke(left, low, right, low, "#333333")
        yield _stroke(left, low, left, high, "#333333")
        yield _text((left + right) / 2, low + 36, "seconds of wall clock", anchor="middle")
        middle = (low + high) / 2
        yield (
            f'<text transform="translate(16 {middle:.1f}) rotate(-90)" text-anchor="middle">'
            "points above the best value known</text>"
        )

    def _steps(self, summary: Summary) -> list[tuple[float, float]]:
        """(seconds, gap) at every moment at which the median changes."""
        if self._best is None:
            return []
        moments = sorted({min(plan.at, run.limit) for run in summary.runs for plan in run.plans})
        steps: list[tuple[float, float]] = []
        for moment in moments:
            value = summary.median(partial(Run.value_at, seconds=moment))
            if value is not None and (not steps or value - self._best < steps[-1][1]):
                steps.append((moment, value - self._best))
        return steps

    def _line(self, summary: Summary, colour: str, dash: str) -> Iterator[str]:
        steps = self._steps(summary)
        if not steps:
            return
        ended = summary.median(lambda run: run.ended_s or None) or steps[-1][0]
        ended = max(min(ended, self._seconds), steps[-1][0])
        path = f"M {self._x(steps[0][0]):.1f} {self._y(steps[0][1]):.1f}"
        for at, gap in steps[1:]:
            path += f" H {self._x(at):.1f} V {self._y(gap):.1f}"
        path += f" H {self._x(ended):.1f}"
        yield (
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dash}" stroke-linejoin="round"/>'
        )
        first = self._x(steps[0][0]), self._y(steps[0][1])
        yield f'<circle cx="{first[0]:.1f}" cy="{first[1]:.1f}" r="3" fill="{colour}"/>'
        if summary.median(lambda run: run.proof_s) is not None:
            x, y = self._x(ended), self._y(steps[-1][1])
            yield (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="white" stroke="{colour}" '
                'stroke-width="2"/>'
            )

    def _legend(self, summary: Summary, line: int, colour: str, dash: str) -> Iterator[str]:
        x, y = _WIDTH - _RIGHT + 14, self._top + _TOP + 6 + 18 * line
        yield _stroke(x, y - 4, x + 26, y - 4, colour, width=2, dash=dash)
        none = "" if self._steps(summary) else " (no plan)"
        yield _text(x + 32, y, summary.engine + none)


def _stroke(
    x1: float, y1: float, x2: float, y2: float, colour: str, *, width: int = 1, dash: str = ""
) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width}" stroke-dasharray="{dash}"/>'
    )


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", weight: str = "normal", size: int = 12
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" '
        f'font-size="{size}">{escape(words)}</text>'
    )


def panels(
    results: Iterable[tuple[str, Sequence[Summary]]],
) -> list[tuple[str, Sequence[Summary]]]:
    """Those in which some engine found a plan."""
    return [(title, summaries) for title, summaries in results if best_of(summaries) is not None]
