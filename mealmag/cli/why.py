"""`mealmag why`: what each rule leaves and each goal pays in a plan, and whence the magnesium comes."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mealmag.cli.context import Context
from mealmag.cli.days import day_of
from mealmag.cli.help import add_command
from mealmag.errors import ExitCode, InputError

if TYPE_CHECKING:
    from mealmag.planning.plan import Plan


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "why",
        summary="what each rule and goal costs in a plan, day by day",
        description="Say of each day which foods bring the magnesium, how much room every rule\n"
        "leaves, and for which meal each point of the goals was paid.",
        examples=(
            "mealmag why week.json --day tuesday",
            "mealmag plan --sex female --age 34 --json | mealmag why - --json",
        ),
        codes=(0, 2, 3),
    )
    parser.set_defaults(handler=run)
    parser.add_argument("plan", metavar="PLAN", help="a plan as JSON; - is stdin")
    parser.add_argument(
        "--day", metavar="DAY", help="this day alone: tuesday, or 2026-11-24 (every day)"
    )
    parser.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    parser.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    parser.add_argument("--json", action="store_true", help="JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the answer for the day asked for, or for all of them."""
    from mealmag.export.json import parse_plan
    from mealmag.export.why_text import why_json, why_text
    from mealmag.services.why import why_plan

    name = "stdin" if arguments.plan == "-" else arguments.plan
    plan = parse_plan(context.read(arguments.plan), name)
    wanted = None if arguments.day is None else _wanted(plan, arguments.day)
    sources = context.sources(arguments.foods, arguments.dishes)
    answer = why_plan(plan, sources, name)
    if wanted is not None:
        days = [day for day in answer.days if day.date == wanted]
        answer = answer.model_copy(update={"days": days})
    context.stdout.write(why_json(answer) if arguments.json else why_text(answer))
    return ExitCode.OK


def _wanted(plan: "Plan", text: str) -> date:
    """The day asked for. InputError where the plan does not have it."""
    wanted = day_of(plan, "--day", text.lower())
    if wanted not in [day.date for day in plan.days]:
        raise InputError(f"--day: the plan has no {wanted:%A} {wanted}.")
    return wanted
