"""What can be typed: the commands, their options and their help."""

import argparse

from mealmag import __version__
from mealmag.cli import (
    account,
    change,
    check,
    close,
    diary,
    dishes,
    foods,
    improve,
    log,
    lookup,
    plan,
    profile,
    rate,
    supplement,
    target,
    why,
)
from mealmag.cli.help import EXIT_CODES, Parser, epilog

EXAMPLES = (
    "mealmag                                        open the screens",
    "mealmag plan --sex female --age 34             a week of meals",
    "mealmag plan --profile me.toml -o week.json    the same, as JSON in a file",
    "mealmag change week.json --swap tuesday:dinner keep the rest",
    "mealmag why week.json --day tuesday            what binds, and what was paid",
    "mealmag check week.json                        recompute all of a plan",
    "mealmag log 2 eggs, a slice of rye bread       what you ate, in your own words",
    "mealmag today                                  what it comes to, and how sure",
    "mealmag target --sex female --age 34 --set eu  what you need, and why",
    "mealmag foods top --by 100kcal --diet vegan    magnesium for its energy",
)


def build_parser() -> argparse.ArgumentParser:
    """The parser of `mealmag`; each command's handler stands in `handler`."""
    parser = Parser(
        prog="mealmag",
        description="Reach your magnesium with food: targets, foods, and a planner of real meals.",
        epilog=epilog(EXAMPLES, tuple(EXIT_CODES)) + "\n\nNo medical advice.",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action="version", version=f"mealmag {__version__}", help="print the version"
    )
    parser.set_defaults(help_of=parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in (
        *(plan, change, why, check, log, account, close, improve, supplement, diary),
        *(profile, rate, target, foods, dishes, lookup),
    ):
        module.add_to(commands)
    return parser
