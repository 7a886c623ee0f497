"""`mealmag plan`: make a plan, show how it goes, and write it down."""

import argparse
import math
import os
from datetime import MAXYEAR, date
from pathlib import Path
from typing import TYPE_CHECKING

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import profile_from
from mealmag.cli.person_options import add_person, add_rules
from mealmag.cli.solve import solve
from mealmag.errors import ExitCode, InputError, UsageError, WriteError

if TYPE_CHECKING:
    from mealmag.services.alternatives import Wish

_MOST_DAYS, _MOST_SEED, _MOST_SECONDS = 28, 2**31 - 1, 86_400
_MOST_ALTERNATIVES = {"alternatives": 9, "differ": 112, "lose": 10_000, "lose_percent": 10_000}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "plan",
        summary="plan a week of meals that reaches the magnesium target",
        description="Plan some days of meals. Ctrl-C keeps the best plan so far; a second one leaves.\n"
        "A plan for the person of your stored profile is remembered as the last one: `mealmag log --planned "
        "dinner` logs of it.",
        examples=(
            "mealmag plan --sex female --age 34",
            "mealmag plan --sex male --age 72 --energy 1700 --avoid gluten,nuts,peanuts",
            "mealmag plan --sex female --age 34 --alternatives 2 --differ 10",
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
        "--fast", action="store_true", help="engines race: often sooner, not reproducible"
    )
    group.add_argument(
        "--seconds", type=float, metavar="N", help="stop after so long; runs may then differ"
    )
    group.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    group.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    group.add_argument(
        "--pantry",
        type=Path,
        metavar="FILE",
        help="what is at home, to be used first: CSV of food,amount,best_before (else your own)",
    )
    group.add_argument(
        "--alternatives", type=int, metavar="K", help="K more plans of other dishes, nearly as good"
    )
    group.add_argument(
        "--differ", type=int, metavar="N", help="they differ in N meals at least (a third)"
    )
    group.add_argument(
        "--lose",
        type=int,
        metavar="POINTS",
        help="they lose at most so many points of variety (10)",
    )
    group.add_argument(
        "--lose-percent",
        type=float,
        metavar="P",
        help="and so much of other nutrients, in percent over all days (1 a day); of magnesium nothing",
    )
    group.add_argument("--json", action="store_true", help="JSON instead of a page to read")
    group.add_argument(
        "-o", "--output", metavar="FILE", help="write there; JSON if it ends in .json; - is stdout"
    )
    group.add_argument("-q", "--quiet", action="store_true", help="no progress")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Plan, then print or write. The place to write to is tried before the long work."""
    from mealmag.export.json import plan_json
    from mealmag.export.plans_text import plans_text
    from mealmag.export.text import plan_text
    from mealmag.planning.alternatives import Plans
    from mealmag.planning.plan import Plan
    from mealmag.planning.problem import Effort
    from mealmag.services.alternatives import alternatives
    from mealmag.services.last_plan import remember_plan
    from mealmag.services.plan import PlanRequest, plan_week
    from mealmag.storage.atomic import write_atomic

    start = arguments.start or context.today
    _refuse_absurd(arguments, start)
    wish = _wish(arguments)
    request = PlanRequest(
        profile=profile_from(arguments, context),
        start=start,
        days=arguments.days,
        seed=arguments.seed,
        effort=Effort(arguments.effort),
        fast=arguments.fast,
        seconds=arguments.seconds,
        sources=context.sources(arguments.foods, arguments.dishes, arguments.pantry),
    )
    output = None if arguments.output in (None, "-") else Path(arguments.output)
    if output is not None:
        _try_place(output)
    plan: Plan | Plans
    if wish is None:
        plan = solve(
            lambda line, stop: plan_week(request, on_progress=line.update, stop=stop),
            context,
            quiet=arguments.quiet,
        )
    else:
        plan = solve(
            lambda line, stop: alternatives(
                request,
                wish,
                on_progress=line.update,
                on_plan=lambda number: line.head(f"plan {number} of {wish.count + 1}: "),
                stop=stop,
            ),
            context,
            quiet=arguments.quiet,
        )
    if _is_own(arguments, context):
        remember_plan(context.paths, plan if isinstance(plan, Plan) else plan.plans[0])
    as_json = arguments.json or (output is not None and output.suffix.lower() == ".json")
    page = plan_text(plan) if isinstance(plan, Plan) else plans_text(plan)
    text = plan_json(plan) if as_json else page
    if output is None:
        context.stdout.write(text)
    else:
        write_atomic(output, text)
    if not arguments.quiet:
        if output is not None:
            context.remark(f"The plan is in {output}")
        if isinstance(plan, Plans) and plan.missing and (output is not None or as_json):
            context.remark(plan.missing)
    return ExitCode.OK


def _is_own(arguments: argparse.Namespace, context: Context) -> bool:
    """Whether the plan is for the person of the stored profile, from foods and dishes that `log` knows."""
    others = (arguments.profile, arguments.sex, arguments.age, arguments.foods, arguments.dishes)
    return context.paths.profile.exists() and all(other is None for other in others)


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


def _wish(arguments: argparse.Namespace) -> "Wish | None":
    """What is asked of plans beside the best. UsageError for its options without it."""
    from mealmag.services.alternatives import Wish

    given = {name: getattr(arguments, name) for name in ("differ", "lose", "lose_percent")}
    if arguments.alternatives is None:
        for name, value in given.items():
            if value is not None:
                raise UsageError(
                    f"--{name.replace('_', '-')} is of --alternatives, which is missing."
                )
        return None
    for name, value in {"alternatives": arguments.alternatives, **given}.items():
        least = 0 if name.startswith("lose") else 1
        if value is not None and not (
            math.isfinite(value) and least <= value <= _MOST_ALTERNATIVES[name]
        ):
            raise InputError(
                f"--{name.replace('_', '-')}: {value:g} is not between {least} and "
                f"{_MOST_ALTERNATIVES[name]}"
            )
    points = {} if arguments.lose is None else {"lose_points": arguments.lose}
    return Wish(
        arguments.alternatives, arguments.differ, lose_percent=arguments.lose_percent, **points
    )


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
