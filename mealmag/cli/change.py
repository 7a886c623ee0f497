"""`mealmag change`: another dish here, without that food, and the rest of the plan stays."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mealmag.catalogue.dish import Meal
from mealmag.cli.context import Context
from mealmag.cli.days import day_of
from mealmag.cli.help import add_command
from mealmag.cli.occasions import TODAY, Given, add_occasions
from mealmag.cli.values import words
from mealmag.errors import ExitCode, InputError, UsageError, did_you_mean

if TYPE_CHECKING:
    from mealmag.planning.occasion import Occasion, Place
    from mealmag.planning.plan import Plan


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "change",
        summary="change a plan a little: swap a meal, ban a food, lock what should stay",
        description="Change a plan in few places and keep the rest. Says what is otherwise.\n"
        "What becomes of your own plan is remembered as the last one, for `mealmag log --planned`.",
        examples=(
            "mealmag change week.json --swap tuesday:dinner -o week.json",
            "mealmag change week.json --ban kale-boiled,tofu-firm --lock friday:dinner",
            "mealmag change week.json --lock monday:dinner --again -o other.json",
            'mealmag change week.json --meal "friday:dinner=out 800" -o week.json',
        ),
        codes=(0, 2, 3, 4, 5, 6, 70),
    )
    parser.set_defaults(handler=run, command="change")
    parser.add_argument("plan", metavar="PLAN", help="a plan as JSON; - is stdin")
    for option, what in (
        ("--swap", "these meals get another dish"),
        ("--lock", "these meals stay as they are, now and later"),
        ("--unlock", "these meals may change again"),
    ):
        parser.add_argument(
            option, type=words, metavar="DAY:MEAL,…", default=[], help=what + "; tuesday:dinner"
        )
    parser.add_argument(
        "--ban",
        type=words,
        metavar="WORD,…",
        default=[],
        help="foods, dishes, groups or main foods that go",
    )
    add_occasions(parser)
    parser.add_argument(
        "--profile", metavar="FILE", help="hold the plan for this profile (TOML), and mend it"
    )
    parser.add_argument(
        "--again", action="store_true", help="plan all anew that is not locked, with the next seed"
    )
    parser.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    parser.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    parser.add_argument("--json", action="store_true", help="the new plan as JSON on stdout")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the new plan there as JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Change, say what is otherwise, and write the new plan where it is wanted."""
    from mealmag.export.json import parse_plan, plan_json
    from mealmag.services.change import Changed, Changer, ChangeRequest, plan_again
    from mealmag.services.differences import differences
    from mealmag.services.last_plan import is_own, remember_plan
    from mealmag.storage.atomic import write_atomic
    from mealmag.storage.profile import load_profile

    asked = (arguments.swap, arguments.ban, arguments.lock, arguments.unlock, arguments.meal)
    if not any(asked) and not arguments.again and not arguments.profile:
        raise UsageError(
            "Nothing is to be changed.",
            hint="Say --swap, --ban, --lock, --unlock, --meal, --profile or --again.",
        )
    name = "stdin" if arguments.plan == "-" else arguments.plan
    plan = parse_plan(context.read(arguments.plan), name)
    request = ChangeRequest(
        swap=_places(plan, "--swap", arguments.swap),
        ban=tuple(arguments.ban),
        lock=_places(plan, "--lock", arguments.lock),
        unlock=_places(plan, "--unlock", arguments.unlock),
        meals=_meals(plan, arguments.meal or (), context.today),
        profile=None if arguments.profile is None else load_profile(Path(arguments.profile)),
    )
    sources = context.sources(arguments.foods, arguments.dishes)
    changed = Changer(sources).change(plan, request)
    if arguments.again:
        changed = Changed(new := plan_again(changed.plan, sources), list(differences(plan, new)))
    others = (arguments.profile, arguments.foods, arguments.dishes)
    if all(other is None for other in others) and is_own(context.paths, plan):
        remember_plan(context.paths, changed.plan)
    if arguments.output is not None:
        write_atomic(Path(arguments.output), plan_json(changed.plan))
    if arguments.json:
        context.stdout.write(plan_json(changed.plan))
    else:
        for line in changed.said or ["No meal changes."]:
            context.say(line)
    return ExitCode.OK


def _places(plan: "Plan", option: str, given: list[str]) -> "tuple[Place, ...]":
    """The meals meant by "tuesday:dinner" or "2026-11-24:dinner"; InputError where there is none."""
    from mealmag.planning.occasion import Place

    places = []
    for text in given:
        day, colon, meal = text.lower().partition(":")
        if not colon or meal not in set(Meal):
            raise InputError(
                f'{option}: "{text}" names no meal.{did_you_mean(meal, list(Meal))}',
                hint="Write a day and a meal, such as tuesday:dinner or 2026-11-24:dinner.",
            )
        places.append(Place(day_of(plan, option, day), Meal(meal)))
    return tuple(places)


def _meals(plan: "Plan", given: Sequence[Given], today: date) -> "dict[Place, Occasion | None]":
    """What is otherwise, by the meals of this plan."""
    from mealmag.planning.occasion import Place, parse

    return {
        Place(
            today if day == TODAY else day_of(plan, "--meal", day),
            Meal(meal),
        ): parse(words)
        for day, meal, words in given
    }
