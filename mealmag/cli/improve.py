"""`mealmag improve`: the smallest change to what you usually eat."""

import argparse

from mealmag.cli.account import count
from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import profile_from
from mealmag.cli.person_options import add_person, add_rules
from mealmag.errors import ExitCode

_MOST_DAYS = 14


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "improve",
        summary="the smallest change to what you usually eat that reaches the target",
        description="From the last finished days of your diary (3 to 14): the fewest and mildest changes to "
        "your own eating that reach your magnesium on the mean, within your diet, at about the same energy, "
        "with no other nutrient worse. A few choices, the smallest first.",
        examples=("mealmag improve", "mealmag improve --days 7 --json"),
        codes=(0, 2, 3),
    )
    parser.set_defaults(handler=run, command="improve")
    parser.add_argument(
        "--days", type=count(_MOST_DAYS), default=_MOST_DAYS, metavar="N", help="the last N (14)"
    )
    add_person(parser)
    add_rules(parser)
    parser.add_argument("--json", action="store_true", help="JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the choices."""
    from mealmag.export.improvement_text import improvements_text
    from mealmag.services.improve import improve

    profile = profile_from(arguments, context)
    found = improve(context.paths, profile, context.sources(), context.today, days=arguments.days)
    context.stdout.write(found.to_json() if arguments.json else improvements_text(found))
    return ExitCode.OK
