"""`mealmag check`: does a plan hold?"""

import argparse
from pathlib import Path

from mealmag.cli.context import Context
from mealmag.errors import ExitCode


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "check",
        help="recompute every total and every rule of a plan",
        description="Recompute a plan from the catalogue. Exit code 0: it holds; 1: it does not.",
    )
    parser.set_defaults(handler=run)
    parser.add_argument("file", metavar="FILE", help="a plan as JSON; - reads stdin")
    parser.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    parser.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print what does not hold, or a line that says all does."""
    from mealmag.services.check import check_plan

    name = "stdin" if arguments.file == "-" else arguments.file
    report = check_plan(
        context.read(arguments.file), name, foods=arguments.foods, dishes=arguments.dishes
    )
    ok = not report.violations
    if arguments.json:
        context.say_json({"ok": ok, "problems": report.violations, "notes": report.notes})
    else:
        for violation in report.violations:
            context.say(violation)
        for note in report.notes:
            print(note, file=context.stderr)
        if ok:
            days = report.plan.days
            least = min(day.magnesium.food_mg for day in days)
            context.say(
                f"ok: {len(days)} days; every total and rule holds; magnesium from food at least "
                f"{least:.0f} mg a day, target {days[0].magnesium.target_mg:.0f} mg"
            )
    return ExitCode.OK if ok else ExitCode.CHECK_FAILED
