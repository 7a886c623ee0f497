"""`mealmag check`: does a plan hold?"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.errors import ExitCode

if TYPE_CHECKING:
    from mealmag.planning.plan import Plan
    from mealmag.services.check import CheckReport


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
        meanings={1: "the plan fails its check"},
    )
    parser.set_defaults(handler=run)
    parser.add_argument("file", metavar="FILE", help="a plan as JSON; - reads stdin")
    parser.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    parser.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    parser.add_argument("--json", action="store_true", help="JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print what does not hold, or a line that says all does."""
    from mealmag.services.check import check_plans

    name = "stdin" if arguments.file == "-" else arguments.file
    reports = check_plans(
        context.read(arguments.file), name, context.sources(arguments.foods, arguments.dishes)
    )
    several = len(reports) > 1
    ok = not any(report.violations for report in reports)
    if arguments.json:
        problems = [
            _called(report, words, several) for report in reports for words in report.violations
        ]
        notes = [_called(report, words, several) for report in reports for words in report.notes]
        context.say_json({"ok": ok, "problems": problems, "notes": notes})
        return ExitCode.OK if ok else ExitCode.CHECK_FAILED
    for report in reports:
        for violation in report.violations:
            context.say(_called(report, violation, several))
        for note in report.notes:
            context.remark(_called(report, f"note: {note}", several))
        if not report.violations:
            context.say(_called(report, _fine(report.plan), several))
    return ExitCode.OK if ok else ExitCode.CHECK_FAILED


def _called(report: "CheckReport", words: str, several: bool) -> str:
    """Said of one plan among several."""
    return f"{report.name}: {words}" if several else words


def _fine(plan: "Plan") -> str:
    count = "1 day" if len(plan.days) == 1 else f"{len(plan.days)} days"
    least = min(day.magnesium.food_mg for day in plan.days)
    return (
        f"ok: {count}, every total, rule and target holds; magnesium from food at least "
        f"{least:.0f} mg a day, target {plan.days[0].magnesium.target_mg:.0f} mg"
    )
