"""What can be typed: the commands, their options and their help."""

import argparse
from datetime import date

from mealmag import __version__
from mealmag.cli import check, dishes, foods, lookup, plan, target

EXAMPLES = """\
examples:
  mealmag                                            open the screens
  mealmag plan --sex female --age 34                 a week of meals
  mealmag plan --sex male --age 45 --json -o week.json
  mealmag check week.json                            recompute everything in a plan
  mealmag target --sex female --age 34 --set eu      what you need, with the sources
  mealmag foods top --by 100kcal --diet vegan        magnesium for the energy it takes

exit codes:
  0 fine                      4 no menu can follow these rules
  1 a plan fails its check    5 stopped before the first plan
  2 wrong use                 6 the output cannot be written
  3 wrong input             130 interrupted      70 a fault of mealmag

No medical advice.
"""


def build_parser() -> argparse.ArgumentParser:
    """The parser of `mealmag`; each command's handler stands in `handler`."""
    parser = argparse.ArgumentParser(
        prog="mealmag",
        description="Reach your magnesium with food: targets, foods, and a planner of real meals.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action="version", version=f"mealmag {__version__}", help="print the version"
    )
    parser.set_defaults(help_of=parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in (plan, check, target, foods, dishes, lookup):
        module.add_to(commands)
    return parser


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no date; write YYYY-MM-DD') from None
