"""Keystrokes of the search, start-up times and compared engines, in one run: `python -m benchmarks`."""

import argparse
import sys
from itertools import groupby
from pathlib import Path

from benchmarks import machine, plans, search, startup, table
from benchmarks.engine import ENGINES
from benchmarks.instances import DEFAULT_PROFILES, PROFILES

_MOMENTS = (1.0, 3.0, 10.0, 30.0)
_QUICK_SECONDS = 5.0


def main() -> int:
    """Measure, and print Markdown."""
    arguments = _parser().parse_args()
    quick: bool = arguments.quick
    seconds: float = arguments.seconds or (_QUICK_SECONDS if quick else _MOMENTS[-1])
    lines = _Lines()
    lines.add(
        f"{machine.facts()} · load before the run {machine.load():.2f} · "
        f"limit {seconds:g} s per engine",
        "",
    )
    if arguments.only in {None, "search"}:
        lines.add(*table.searches(search.measure()), "")
    if arguments.only in {None, "startup"}:
        lines.add(*table.startups(startup.measure(3 if quick else 10)), "")
    if arguments.only in {None, "plans"}:
        moments = [*(m for m in _MOMENTS if m < seconds), seconds]
        runs = plans.run_all(arguments.profiles, (1, 7), arguments.engines, seconds)
        for _, same in groupby(runs, key=lambda run: (run.profile, run.days)):
            lines.add(*table.instance(list(same), moments), "")
    if arguments.markdown is not None:
        arguments.markdown.write_text("\n".join(lines.all), encoding="utf-8")
    return 0


class _Lines:
    """Prints as it goes, and keeps a copy."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def add(self, *lines: str) -> None:
        """Print these lines now."""
        self.all += lines
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=_limit, help="limit per engine and instance (30)")
    parser.add_argument("--quick", action="store_true", help="5 s per engine, fewer start-ups")
    parser.add_argument("--only", choices=("search", "startup", "plans"), help="a part of it")
    parser.add_argument(
        "--profiles", nargs="+", choices=list(PROFILES), default=list(DEFAULT_PROFILES)
    )
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables there too")
    return parser


def _limit(text: str) -> float:
    seconds = float(text)
    if not 0.1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError("from 0.1 to 3600 seconds")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
