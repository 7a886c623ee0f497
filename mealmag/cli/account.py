"""`mealmag today`, `day`, `week` and `trend`: what did I get?"""

import argparse
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import profile_from
from mealmag.cli.person_options import add_person
from mealmag.cli.when import add_left, day_before, meals_left
from mealmag.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from mealmag.services.catalogue import Catalogue
    from mealmag.storage.profile import Profile

_WEEK = 7
_MOST_WEEKS = 104


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    today = add_command(
        commands,
        "today",
        summary="what you had today: magnesium, the gap, and all else",
        description="The account of today from your diary: what each food brought, what is left to the "
        "target, every other nutrient, and how sure it is.",
        examples=("mealmag today", "mealmag today --json"),
    )
    today.set_defaults(handler=run_day, day=())
    day = add_command(
        commands,
        "day",
        summary="the same for any day",
        description="The account of a day from your diary. With --rest, a plan of what is left of it: what "
        "you ate is fixed, and the meals to come make up for it.",
        examples=(
            "mealmag day yesterday",
            "mealmag day 3 days ago",
            "mealmag day 2026-11-21 --json",
            "mealmag day --rest",
            "mealmag day --rest --left dinner snack",
        ),
        codes=(0, 2, 3, 4, 5),
    )
    day.set_defaults(handler=run_day)
    day.add_argument(
        "day",
        metavar="DAY",
        nargs="*",
        help="today, gisteren, a weekday that was last, 3 days ago, 29 nov, 2026-11-21 (today)",
    )
    day.add_argument("--rest", action="store_true", help="plan the meals that are left")
    add_left(day)
    week = add_command(
        commands,
        "week",
        summary="seven days together: means, and whether they are enough",
        description="Seven days up to today, or up to a day: each with its magnesium, the means, and the "
        "probability that what you usually eat is enough.",
        examples=("mealmag week", "mealmag week sunday", "mealmag week --days 14"),
    )
    week.set_defaults(handler=run_week)
    week.add_argument("day", metavar="DAY", nargs="*", help="the last of the days (today)")
    week.add_argument("--days", type=count(366), default=_WEEK, metavar="N", help="how many (7)")
    trend = add_command(
        commands,
        "trend",
        summary="your magnesium over weeks, as a plot",
        description="The mean of each week's finished days, as a plot.",
        examples=("mealmag trend", "mealmag trend --weeks 26"),
    )
    trend.set_defaults(handler=run_trend)
    trend.add_argument(
        "--weeks", type=count(_MOST_WEEKS), default=12, metavar="N", help="how many (12)"
    )
    for name, parser in {"today": today, "day": day, "week": week, "trend": trend}.items():
        parser.set_defaults(command=name)
        add_person(parser)
        parser.add_argument("--json", action="store_true", help="JSON")


def run_day(arguments: argparse.Namespace, context: Context) -> int:
    """Print the account of a day."""
    from mealmag.export.account_text import day_text
    from mealmag.services.account import account_of_day

    day = _day(arguments.day, context.today)
    if getattr(arguments, "rest", False):
        return _rest(arguments, context, day)
    if getattr(arguments, "left", None):
        raise UsageError("--left goes with --rest.", hint="mealmag day --rest --left dinner")
    profile, catalogue = _basics(arguments, context)
    account = account_of_day(context.paths, profile, catalogue, day, context.today)
    context.stdout.write(account.to_json() if arguments.json else day_text(account))
    if not account.entries:
        context.remark("Log what you ate: mealmag log 2 slices wholewheat bread, an apple")
    return ExitCode.OK


def _rest(arguments: argparse.Namespace, context: Context, day: date) -> int:
    """Plan what is left of a day, and print it."""
    from mealmag.cli.solve import solve
    from mealmag.export.json import plan_json
    from mealmag.export.text import plan_text
    from mealmag.services.rest import rest_of_day

    profile = profile_from(arguments, context)
    to_come = meals_left(arguments.left, day, context)
    rest = solve(
        lambda line, stop: rest_of_day(
            context.paths,
            profile,
            context.sources(),
            day,
            to_come=to_come,
            on_progress=line.update,
            stop=stop,
        ),
        context,
        quiet=False,
    )
    context.stdout.write(plan_json(rest.plan) if arguments.json else plan_text(rest.plan))
    for note in rest.notes:
        context.remark(note)
    return ExitCode.OK


def run_week(arguments: argparse.Namespace, context: Context) -> int:
    """Print some days together."""
    from mealmag.export.account_text import period_text
    from mealmag.services.account import account_of_days

    last = _day(arguments.day, context.today)
    first = last - timedelta(days=arguments.days - 1)
    profile, catalogue = _basics(arguments, context)
    account = account_of_days(context.paths, profile, catalogue, first, last, context.today)
    context.stdout.write(account.to_json() if arguments.json else period_text(account))
    return ExitCode.OK


def run_trend(arguments: argparse.Namespace, context: Context) -> int:
    """Print the weeks as a plot."""
    from mealmag.export.trend_text import trend_text
    from mealmag.services.account import trend_of_weeks

    profile, catalogue = _basics(arguments, context)
    found = trend_of_weeks(context.paths, profile, catalogue, context.today, arguments.weeks)
    context.stdout.write(found.to_json() if arguments.json else trend_text(found))
    return ExitCode.OK


def _day(words: Sequence[str], today: date) -> date:
    return day_before(" ".join(words), today) if words else today


def _basics(arguments: argparse.Namespace, context: Context) -> "tuple[Profile, Catalogue]":
    from mealmag.services.catalogue import load_catalogue

    profile = profile_from(arguments, context)
    return profile, load_catalogue(context.sources())


def count(most: int) -> Callable[[str], int]:
    """An option's number, from 1 to `most`."""

    def number_of(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = 0
        if not 1 <= number <= most:
            raise argparse.ArgumentTypeError(f'"{text}" is no number from 1 to {most}')
        return number

    return number_of
