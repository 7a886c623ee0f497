"""`mealmag check`: does a plan hold?"""

import argparse
from pathlib import Path

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.errors import ExitCode


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "check",
        summary="recompute every total and every rule of a plan",
        description="Recompute a plan from the catalogue and the reference values: every "
        "total,\nevery rule, every target. What does not hold is printed, a line each.",
        examples=(
            "mealmag check week.json",
            "mealmag plan --sex female --age 34 --json | mealmag check -",
        ),
        codes=(0, 1, 2, 3),
    )
    parser.set_defaults(handler=run)
    parser.add_argument("file", metavar="FILE", help="a plan as JSON; - reads stdin")
    parser.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    parser.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    parser.add_argument("--json", action="store_true", help="JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print what does not hold, or a line that says all does."""
    from mealmag.services.check import check_plan

    name = "stdin" if arguments.file == "-" else arguments.file
    report = check_plan(
        context.read(arguments.file), name, context.sources(arguments.foods, arguments.dishes)
    )
    ok = not report.violations
    if arguments.json:
        context.say_json({"ok": ok, "problems": report.violations, "notes": report.notes})
    else:
        for violation in report.violations:
            context.say(violation)
        for note in report.notes:
            context.remark(f"note: {note}")
        if ok:
            days = report.plan.days
            count = "1 day" if len(days) == 1 else f"{len(days)} days"
            least = min(day.magnesium.food_mg for day in days)
            context.say(
                f"ok: {count}, every total, rule and target holds; magnesium from food at least "
                f"{least:.0f} mg a day, target {days[0].magnesium.target_mg:.0f} mg"
            )
    return ExitCode.OK if ok else ExitCode.CHECK_FAILED
