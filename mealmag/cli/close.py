"""`mealmag close`: what would close today's gap?"""

import argparse

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import profile_from
from mealmag.cli.person_options import add_person, add_rules
from mealmag.cli.when import add_left, meals_left
from mealmag.errors import ExitCode


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "close",
        summary="what would close today's gap: foods and swaps, tried on your day",
        description="Foods and swaps that would close the gap of today, in amounts people eat, within your "
        "diet and the energy that is left. The rest of your day is planned anew around each, and that "
        "ranks them.",
        examples=("mealmag close", "mealmag close --left dinner", "mealmag close --json"),
        codes=(0, 2, 3),
    )
    parser.set_defaults(handler=run, command="close")
    add_person(parser)
    add_rules(parser)
    add_left(parser)
    parser.add_argument("--json", action="store_true", help="JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Try the ideas, and print what comes of them."""
    from mealmag.cli.solve import solve
    from mealmag.export.closing_text import closing_text
    from mealmag.services.close import close_gap

    profile = profile_from(arguments, context)
    to_come = meals_left(arguments.left, context.today, context)
    closing = solve(
        lambda line, stop: close_gap(
            context.paths,
            profile,
            context.sources(),
            context.today,
            to_come=to_come,
            on_progress=lambda done, of: line.head(f"{done} of {of} tried "),
            stop=stop,
        ),
        context,
        quiet=arguments.json,
    )
    context.stdout.write(closing.to_json() if arguments.json else closing_text(closing))
    return ExitCode.OK
