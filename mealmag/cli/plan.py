"""`mealmag plan`: make a plan, show how it goes, and write it down."""

import argparse
import math
import os
import threading
from datetime import MAXYEAR, date
from pathlib import Path
from typing import TYPE_CHECKING

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import add_person, add_rules, profile_from
from mealmag.cli.progress import ProgressLine
from mealmag.errors import ExitCode, InputError, NoPlanError, WriteError

if TYPE_CHECKING:
    from mealmag.planning.plan import Plan
    from mealmag.services.plan import PlanRequest

_MOST_DAYS, _MOST_SEED, _MOST_SECONDS = 28, 2**31 - 1, 86_400


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "plan",
        summary="plan a week of meals that reaches the magnesium target",
        description="Plan some days of meals. Ctrl-C keeps the best plan so far; a second one leaves.",
        examples=(
            "mealmag plan --sex female --age 34",
            "mealmag plan --sex male --age 72 --energy 1700 --avoid gluten,nuts,peanuts",
            "mealmag plan --profile me.toml --days 3 --start 2026-11-23 -o plan.json",
        ),
        codes=(0, 2, 3, 4, 5, 6, 70, 130),
    )
    parser.set_defaults(handler=run, command="plan")
    add_person(parser)
    add_rules(parser)
    group = parser.add_argument_group("plan")
    group.add_argument("--days", type=int, default=7, metavar="N", help="1 to 28 (7)")
    group.add_argument("--start", type=_day, metavar="YYYY-MM-DD", help="the first day (today)")
    group.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another seed, another week (1)"
    )
    group.add_argument(
        "--effort",
        choices=["quick", "normal", "thorough"],
        default="normal",
        help="how much work, the same on every machine (normal)",
    )
    group.add_argument(
        "--seconds", type=float, metavar="N", help="stop after so long; runs may then differ"
    )
    group.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    group.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    group.add_argument("--json", action="store_true", help="JSON instead of a page to read")
    group.add_argument(
        "-o", "--output", metavar="FILE", help="write there; JSON if it ends in .json; - is stdout"
    )
    group.add_argument("-q", "--quiet", action="store_true", help="no progress")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Plan, then print or write. The place to write to is tried before the long work."""
    from mealmag.export.json import plan_json
    from mealmag.export.text import plan_text
    from mealmag.planning.problem import Effort
    from mealmag.services.plan import PlanRequest
    from mealmag.storage.atomic import write_atomic

    start = arguments.start or context.today
    _refuse_absurd(arguments, start)
    request = PlanRequest(
        profile=profile_from(arguments, context),
        start=start,
        days=arguments.days,
        seed=arguments.seed,
        effort=Effort(arguments.effort),
        seconds=arguments.seconds,
        sources=context.sources(arguments.foods, arguments.dishes),
    )
    output = None if arguments.output in (None, "-") else Path(arguments.output)
    if output is not None:
        _try_place(output)
    plan = _solve(request, context, quiet=arguments.quiet)
    as_json = arguments.json or (output is not None and output.suffix.lower() == ".json")
    text = plan_json(plan) if as_json else plan_text(plan)
    if output is None:
        context.stdout.write(text)
    else:
        write_atomic(output, text)
        if not arguments.quiet:
            context.remark(f"The plan is in {output}")
    return ExitCode.OK


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no date; write YYYY-MM-DD') from None


def _refuse_absurd(arguments: argparse.Namespace, start: date) -> None:
    """InputError for numbers that no plan can be made with."""
    if not 1 <= arguments.days <= _MOST_DAYS:
        raise InputError(f"--days: {arguments.days} is not between 1 and {_MOST_DAYS}")
    if not 0 <= arguments.seed <= _MOST_SEED:
        raise InputError(f"--seed: {arguments.seed} is not between 0 and {_MOST_SEED}")
    if start.year == MAXYEAR:
        raise InputError(f"--start: {start} is beyond the calendar")
    seconds = arguments.seconds
    if seconds is not None and not (math.isfinite(seconds) and 0 < seconds <= _MOST_SECONDS):
        raise InputError(f"--seconds: {seconds:g} is not above 0 and at most {_MOST_SECONDS}")


def _try_place(output: Path) -> None:
    """Refuse a place that cannot be written to, before minutes of work are lost on it."""
    if output.is_dir():
        raise WriteError(f"{output} is a folder.", hint="Name a file.")
    if output.exists() and not output.is_file():
        raise WriteError(f"{output} is not an ordinary file.", hint="Name a file.")
    folder = Path(os.path.realpath(output)).parent
    if not folder.is_dir():
        raise WriteError(f"There is no folder {folder}.", hint="Make it, or name another.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WriteError(f"The folder {folder} may not be written to.", hint="Name another.")


def _solve(request: "PlanRequest", context: Context, *, quiet: bool) -> "Plan":
    """Solve in a thread, so that Ctrl-C can stop it and keep the best plan."""
    from mealmag.services.plan import plan_week

    line = ProgressLine(context.stderr, show=not quiet and context.stderr.isatty())
    stop, done = threading.Event(), threading.Event()
    plans: list[Plan] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            plans.append(plan_week(request, on_progress=line.update, stop=stop.is_set))
        except Exception as error:  # noqa: BLE001 - raised again in the main thread
            errors.append(error)
        finally:
            done.set()

    try:
        threading.Thread(target=work, daemon=True).start()
        _wait(done, stop, line)
    finally:
        line.clear()
    if plans:
        return plans[0]
    if stop.is_set() and isinstance(errors[0], NoPlanError):
        raise KeyboardInterrupt("before the first plan") from errors[0]
    raise errors[0]


def _wait(done: threading.Event, stop: threading.Event, line: ProgressLine) -> None:
    """Until the work is done. The first Ctrl-C asks it to finish, the second leaves.

    An event, and not `Thread.join`: one that is interrupted takes a running thread for ended
    (CPython 3.11).
    """
    while True:
        try:
            while not done.wait(0.1):
                line.tick()
        except KeyboardInterrupt:
            if stop.is_set():
                raise
            stop.set()
            line.note("stopping; the best plan so far is kept")
        else:
            return
