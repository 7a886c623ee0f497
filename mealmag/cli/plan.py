"""`mealmag plan`: make a plan, show how it goes, and write it down."""

import argparse
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mealmag.cli.context import Context
from mealmag.cli.person import add_person, add_rules, profile_from
from mealmag.cli.progress import ProgressLine
from mealmag.errors import ExitCode, WriteError

if TYPE_CHECKING:
    from mealmag.planning.plan import Plan
    from mealmag.services.plan import PlanRequest


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    from mealmag.cli.parser import day

    parser = commands.add_parser(
        "plan",
        help="plan a week of meals that reaches the magnesium target",
        description="Plan some days of meals. Ctrl-C keeps the best plan so far.",
    )
    parser.set_defaults(handler=run)
    add_person(parser)
    add_rules(parser)
    group = parser.add_argument_group("plan")
    group.add_argument("--days", type=int, default=7, metavar="N", help="1 to 28 (7)")
    group.add_argument("--start", type=day, metavar="YYYY-MM-DD", help="the first day (today)")
    group.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another seed, another week"
    )
    group.add_argument("--effort", choices=["quick", "normal", "thorough"], default="normal")
    group.add_argument(
        "--seconds", type=float, metavar="N", help="stop after so long; may change the result"
    )
    group.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    group.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    group.add_argument("--json", action="store_true", help="JSON instead of a page to read")
    group.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write there (.json: JSON)"
    )
    group.add_argument("-q", "--quiet", action="store_true", help="no progress")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Plan, then print or write. The place to write to is tried before the long work."""
    from mealmag.export.json import plan_json
    from mealmag.export.text import plan_text
    from mealmag.planning.problem import Effort
    from mealmag.services.plan import PlanRequest
    from mealmag.storage.atomic import write_atomic

    if arguments.seconds is not None and not 0 < arguments.seconds <= 86_400:
        context.stderr.write("mealmag plan: --seconds takes a number above 0, at most 86400\n")
        return ExitCode.USAGE
    request = PlanRequest(
        profile=profile_from(arguments, context),
        start=arguments.start or context.today,
        days=arguments.days,
        seed=arguments.seed,
        effort=Effort(arguments.effort),
        seconds=arguments.seconds,
        foods=arguments.foods,
        dishes=arguments.dishes,
    )
    output: Path | None = arguments.output
    if output is not None:
        _try_place(output)
    plan = _solve(request, context, quiet=arguments.quiet)
    as_json = arguments.json or (output is not None and output.suffix == ".json")
    text = plan_json(plan) if as_json else plan_text(plan)
    if output is None:
        context.stdout.write(text)
    else:
        write_atomic(output, text)
        context.stderr.write(f"The plan is in {output}\n")
    return ExitCode.OK


def _try_place(output: Path) -> None:
    """Refuse a place that cannot be written to, before minutes of work are lost on it."""
    if output.is_dir():
        raise WriteError(f"{output} is a folder.", hint="Name a file.")
    if not output.parent.is_dir():
        raise WriteError(f"There is no folder {output.parent}.", hint="Make it, or name another.")


def _solve(request: "PlanRequest", context: Context, *, quiet: bool) -> "Plan":
    """Solve in a thread, so that Ctrl-C can stop it and keep the best plan."""
    from mealmag.services.plan import plan_week

    line = ProgressLine(context.stderr, show=not quiet and context.stderr.isatty())
    stop = threading.Event()
    result: list[Any] = []

    def work() -> None:
        try:
            result.append(plan_week(request, on_progress=line.update, stop=stop.is_set))
        except Exception as error:  # noqa: BLE001 - raised again in the main thread
            result.append(error)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    while worker.is_alive():
        try:
            worker.join(0.1)
            line.tick()
        except KeyboardInterrupt:
            if stop.is_set():
                raise
            stop.set()
            line.note("stopping; the best plan so far is kept")
    line.clear()
    if isinstance(result[0], Exception):
        raise result[0]
    plan: Plan = result[0]
    return plan
