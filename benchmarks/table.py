"""The figures as Markdown."""

from collections.abc import Iterable, Sequence

from benchmarks.plans import Run
from benchmarks.search import Keystrokes
from benchmarks.startup import StartUp

_NONE = "–"


def startups(measured: Iterable[StartUp]) -> list[str]:
    """Start-up times, in milliseconds."""
    return _table(("whole process", "min ms", "median ms"), [start.cells for start in measured])


def searches(measured: Iterable[Keystrokes]) -> list[str]:
    """Milliseconds from a key to its finds."""
    head = ("search, per key", "foods", "median ms", "worst ms", "over 16 ms")
    return _table(head, [one.cells for one in measured])


def instance(runs: Sequence[Run], moments: Sequence[float]) -> list[str]:
    """All engines on one instance."""
    first = runs[0]
    variables, rows = max(run.size for run in runs)
    days = "one day" if first.days == 1 else f"{first.days} days"
    head = ("engine", "first plan s", *(f"at {moment:g} s" for moment in moments))
    return [
        f"**{first.profile}, {days}** ({variables:,} variables, {rows:,} rows)",
        "",
        *_table(
            (*head, "ended", "rules", "import s", "peak MB", "others"),
            [_row(run, moments) for run in runs],
        ),
    ]


def _row(run: Run, moments: Sequence[float]) -> tuple[str, ...]:
    if not run.ended_s:
        return (
            run.engine,
            _NONE,
            *(_NONE for _ in moments),
            run.status,
            _NONE,
            _NONE,
            _NONE,
            _NONE,
        )
    return (
        run.engine,
        _NONE if run.first_s is None else f"{run.first_s:.2f}",
        *(_moment(run, moment) for moment in moments),
        f"{run.status}, {run.ended_s:.1f} s",
        _verdict(run),
        f"{run.import_s:.2f}",
        f"{run.peak_mb:.0f}",
        f"{run.others:.1f}",
    )


def _moment(run: Run, moment: float) -> str:
    value, bound = run.value_at(moment), run.bound_at(moment)
    return f"{_figure(value)} / {_figure(bound)}"


def _figure(figure: int | None) -> str:
    return _NONE if figure is None else f"{figure:,}"


def _verdict(run: Run) -> str:
    if run.final is None:
        return _NONE
    return "kept" if run.final.follows_rules else "BROKEN"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "| --- |" + " ---: |" * (len(head) - 1),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
