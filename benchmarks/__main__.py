"""Engines, sizes, impossible requests, changes, stops, start-ups and the search: `python -m benchmarks`."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import (
    changes,
    impossible,
    machine,
    plans,
    plot,
    search,
    sizes,
    startup,
    stopping,
    table,
)
from benchmarks.engine import CORES, ENGINES
from benchmarks.instances import PROFILES, Case, shipped
from benchmarks.summary import Summary, by_engine

_PARTS = ("plans", "sizes", "impossible", "changes", "stopping", "search", "startup")
_MOMENTS = (1.0, 3.0, 10.0, 30.0, 60.0)
_QUICK_SECONDS = 5.0
_DAYS = (1, 7)


def main() -> int:
    """Measure, and print Markdown."""
    arguments = _parser().parse_args()
    if arguments.quick:
        _quick(arguments)
    lines = _Lines(arguments.markdown)
    lines.add(
        f"{machine.facts()} · load before the run {machine.load():.2f} · limit "
        f"{arguments.seconds:g} s per engine on {CORES} cores · medians over {arguments.seeds} seed(s) "
        "of what goes by chance",
        "",
    )
    parts = {
        "search": lambda: lines.add(*table.searches(search.measure()), ""),
        "startup": lambda: lines.add(*table.startups(startup.measure(arguments.startups)), ""),
        "impossible": lambda: lines.add(
            *table.impossible(impossible.measure(arguments.requests, arguments.seconds)), ""
        ),
        "changes": lambda: lines.add(*table.changes(changes.measure(arguments.profiles)), ""),
        "stopping": lambda: lines.add(
            *table.stops(
                stopping.measure(
                    arguments.profiles,
                    arguments.days or stopping.DAYS,
                    arguments.stops,
                    arguments.seconds,
                )
            ),
            "",
        ),
        "plans": lambda: _plans(arguments, lines),
        "sizes": lambda: _sizes(arguments, lines),
    }
    for part in arguments.only or parts:
        parts[part]()
    return 0


class _Lines:
    """Prints as it goes, and keeps a file as far as it has come."""

    def __init__(self, file: Path | None) -> None:
        self._all: list[str] = []
        self._file = file

    def add(self, *lines: str) -> None:
        """Print these lines now."""
        self._all += lines
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
        if self._file is not None:
            self._file.write_text("\n".join(self._all), encoding="utf-8")


def _plans(arguments: argparse.Namespace, lines: _Lines) -> None:
    """Every engine on every profile and number of days, and the plot of all of them."""
    seconds: float = arguments.seconds
    moments = [*(m for m in _MOMENTS if m < seconds), seconds]
    cases = (shipped(name, d) for name in arguments.profiles for d in arguments.days or _DAYS)
    drawn: list[tuple[str, Sequence[Summary]]] = []
    for case, summaries in _run(cases, arguments):
        lines.add(*table.case(case.title, summaries, moments), "")
        drawn.append((case.title, summaries))
        if arguments.plot is not None:
            picture = plot.svg(plot.panels(drawn), arguments.engines, seconds)
            arguments.plot.write_text(picture, encoding="utf-8")


def _sizes(arguments: argparse.Namespace, lines: _Lines) -> None:
    """Every engine with the first profile, for more days and then for more dishes."""
    profile = arguments.profiles[0]
    days, dishes = arguments.days or sizes.DAYS, arguments.dishes
    for title, cases, size in (
        (f"More days: {profile}", sizes.more_days(profile, days), "{0.days} days"),
        (f"More dishes: {profile}, a week", sizes.more_dishes(profile, dishes), "{0.name}"),
    ):
        cells = [
            (size.format(case).removeprefix(f"{profile}, "), summaries)
            for case, summaries in _run(cases, arguments)
        ]
        lines.add(*table.sizes(title, arguments.seconds, cells), "")


def _run(
    cases: Iterator[Case], arguments: argparse.Namespace
) -> Iterator[tuple[Case, list[Summary]]]:
    runs = plans.run_all(cases, arguments.engines, arguments.seconds, arguments.seeds)
    for case, made in runs:
        yield case, by_engine(made)


def _quick(arguments: argparse.Namespace) -> None:
    """A smoke run: every part, but of each only a little."""
    arguments.seconds = min(arguments.seconds, _QUICK_SECONDS)
    arguments.profiles = arguments.profiles[:1]
    arguments.days = arguments.days or [1]
    arguments.dishes = arguments.dishes[:1]
    arguments.requests = min(arguments.requests, 3)
    arguments.startups = min(arguments.startups, 3)
    arguments.stops = min(arguments.stops, 3)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=_PARTS, help="some of the parts; without it all of them"
    )
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--profiles", nargs="+", choices=list(PROFILES), default=list(PROFILES))
    parser.add_argument(
        "--days", nargs="+", type=_count(28), help="of plans (1 7) and sizes (1 3 7 14 28)"
    )
    parser.add_argument(
        "--dishes", nargs="+", type=_count(5000), default=list(sizes.DISHES), help="of sizes"
    )
    parser.add_argument("--seconds", type=_limit, default=60.0, help="limit per run (60)")
    parser.add_argument(
        "--seeds", type=_count(99), default=1, help="runs of engines that go by chance (1)"
    )
    parser.add_argument(
        "--requests", type=_count(1000), default=50, help="impossible requests to explain (50)"
    )
    parser.add_argument("--stops", type=_count(1000), default=20, help="stops of each kind (20)")
    parser.add_argument("--startups", type=_count(100), default=10, help="start-ups timed (10)")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables there too")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write plans' gaps there as SVG")
    parser.add_argument("--quick", action="store_true", help="a smoke run of all or some parts")
    return parser


def _limit(text: str) -> float:
    seconds = float(text)
    if not 0.1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError("from 0.1 to 3600 seconds")
    return seconds


def _count(most: int) -> Callable[[str], int]:
    def count(text: str) -> int:
        number = int(text)
        if not 1 <= number <= most:
            raise argparse.ArgumentTypeError(f"from 1 to {most}")
        return number

    return count


if __name__ == "__main__":
    sys.exit(main())
