"""The figures as Markdown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from statistics import median, median_low

from benchmarks.changes import Kind
from benchmarks.impossible import Answer
from benchmarks.plans import Run
from benchmarks.search import Keystrokes
from benchmarks.startup import StartUp
from benchmarks.stopping import Stops
from benchmarks.summary import SHARES, Summary, best_of, near

_NONE = "–"


def startups(measured: Iterable[StartUp]) -> list[str]:
    """Start-up times, in milliseconds."""
    return _table(("whole process", "min ms", "median ms"), [start.cells for start in measured])


def searches(measured: Iterable[Keystrokes]) -> list[str]:
    """Milliseconds from a key to its finds."""
    head = ("search, per key", "foods", "median ms", "worst ms", "over 16 ms")
    return _table(head, [one.cells for one in measured])


def case(title: str, summaries: Sequence[Summary], moments: Sequence[float]) -> list[str]:
    """All engines on one case: times and ends, then values and bounds."""
    variables, rows = max(run.size for summary in summaries for run in summary.runs)
    size = f" ({variables:,} variables, {rows:,} rows)" if variables else ""
    best = best_of(summaries)
    found = "no engine found a plan" if best is None else f"best value {best:,}"
    shares = [f"to {100 * share:g} % s" for share in SHARES]
    times = ("engine", "first plan s", *shares, "proof s", "ended s", "status")
    ends = ("last plan: mg · % · points", "rules broken", "cores", "others", "peak MB")
    return [
        f"**{title}**{size}: {found}",
        "",
        *_table((*times, *ends), [_times(summary, best) for summary in summaries]),
        "",
        *_table(
            ("value / bound", *(f"at {moment:g} s" for moment in moments)),
            [_values(summary, moments) for summary in summaries],
        ),
    ]


def sizes(title: str, limit: float, cells: Iterable[tuple[str, Sequence[Summary]]]) -> list[str]:
    """One row for each size and engine."""
    head = (
        *("size", "engine", "variables", "first plan s", f"value at {limit:g} s", "bound"),
        *("status", "ended s", "rules broken", "cores", "peak MB"),
    )
    rows = []
    for size, summaries in cells:
        for summary in summaries:
            variables, _ = summary.middle.size
            rows.append(
                (
                    size,
                    summary.engine,
                    f"{variables:,}" if variables else _NONE,
                    _seconds(summary.median(lambda run: run.first_s)),
                    _whole(summary.median(lambda run: run.best)),
                    _whole(summary.bound_at(limit)),
                    summary.status,
                    _seconds(summary.median(lambda run: run.ended_s or None)),
                    _whole(summary.broken),
                    *_machine(summary),
                )
            )
    return [f"**{title}**", "", *_table(head, rows)]


def impossible(answers: Sequence[Answer]) -> list[str]:
    """How long a no takes, by the rules it names, and over all."""
    explained = [answer for answer in answers if answer.rules]
    kinds: dict[tuple[str, ...], list[Answer]] = {}
    for answer in explained:
        kinds.setdefault(answer.rules, []).append(answer)
    ranked = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    head = (
        *("impossible requests", "requests", "rules named"),
        *("median s", "worst s", "median CPU s", "worst CPU s"),
    )
    rows = [_answers(", ".join(rules), len(rules), same) for rules, same in ranked]
    if explained:
        middle = median_low([len(answer.rules) for answer in explained])
        rows.append(_answers("all", middle, explained))
    others = Counter(answer.outcome for answer in answers if not answer.rules)
    told = ", ".join(f"{n} {outcome}" for outcome, n in sorted(others.items())) or "none"
    return [*_table(head, rows), "", f"Requests drawn that are not in the table: {told}."]


def _answers(name: str, rules: int, answers: Sequence[Answer]) -> tuple[str, ...]:
    times = ([answer.seconds for answer in answers], [answer.processor for answer in answers])
    told = (f"{s:.2f}" for each in times for s in (median_low(each), max(each)))
    return name, str(len(answers)), str(rules), *told


def _times(summary: Summary, best: int | None) -> tuple[str, ...]:
    shares = (
        None if best is None else summary.median(partial(Run.reaches, value=near(best, share)))
        for share in SHARES
    )
    verdict = summary.middle.verdict
    last = (
        _NONE
        if verdict is None
        else f"{verdict.magnesium_mg:.2f} · {verdict.balance_percent:.2f} · {verdict.points}"
    )
    return (
        summary.engine,
        _seconds(summary.median(lambda run: run.first_s)),
        *(_seconds(share) for share in shares),
        _seconds(summary.median(lambda run: run.proof_s)),
        _seconds(summary.median(lambda run: run.ended_s or None)),
        summary.status,
        last,
        _whole(summary.broken),
        *_machine(summary, others=True),
    )


def stops(measured: Iterable[Stops]) -> list[str]:
    """How long after a stop the answer is there."""
    rows = [
        (
            each.title,
            str(len(each.seconds)),
            str(each.without_plan),
            *(f"{1000 * s:.0f}" for s in (median(each.seconds), max(each.seconds))),
        )
        for each in measured
        if each.seconds
    ]
    head = ("stopped at moments of", "stops", "before the first plan", "median ms", "worst ms")
    return _table(head, rows)


def changes(measured: Iterable[Kind]) -> list[str]:
    """How long each kind of change takes, warm, and how many meals it moves."""
    rows = [
        (
            each.title,
            str(len(each.seconds)),
            str(each.refused),
            f"{median(each.moved):.0f}",
            *(
                f"{1000 * s:.0f}"
                for times in (each.seconds, each.processor)
                for s in (median(times), max(times))
            ),
        )
        for each in measured
        if each.seconds
    ]
    head = (
        *("change, engine warm", "changes", "refused", "meals moved"),
        *("median ms", "worst ms", "median CPU ms", "worst CPU ms"),
    )
    return _table(head, rows)


def _machine(summary: Summary, *, others: bool = False) -> tuple[str, ...]:
    """Cores used, perhaps cores that others used, and memory: the median, the median, and the most."""
    ran = [run for run in summary.runs if run.ended_s]
    if not ran:
        return (_NONE,) * (3 if others else 2)
    cores = f"{median_low([run.cores for run in ran]):.1f}"
    busy = (f"{median_low([run.others for run in ran]):.1f}",) if others else ()
    return cores, *busy, f"{max(run.peak_mb for run in ran):.0f}"


def _values(summary: Summary, moments: Sequence[float]) -> tuple[str, ...]:
    return (
        summary.engine,
        *(
            f"{_whole(summary.median(partial(Run.value_at, seconds=moment)))} / "
            f"{_whole(summary.bound_at(moment))}"
            for moment in moments
        ),
    )


def _seconds(figure: float | None) -> str:
    return _NONE if figure is None else f"{figure:.2f}"


def _whole(figure: float | None) -> str:
    return _NONE if figure is None else f"{figure:,.0f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "| --- |" + " ---: |" * (len(head) - 1),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
