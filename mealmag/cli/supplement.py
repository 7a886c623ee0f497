"""`mealmag supplement`: only for what food cannot close."""

import argparse
from decimal import Decimal, InvalidOperation
from pathlib import Path

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import profile_from
from mealmag.cli.person_options import add_person, add_rules
from mealmag.errors import ExitCode

_MOST_MG = 1000


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "supplement",
        summary="a supplement, only for what food is proven unable to bring",
        description="Plans a week, and suggests a supplement only for a gap that no menu under your rules "
        "can close: the form, how much, how taken, what to keep away from it, and the proof.",
        examples=(
            "mealmag supplement",
            "mealmag supplement --product 100 --sensitive-gut",
            'mealmag supplement --taking "100 mg elemental magnesium citrate"',
        ),
        codes=(0, 2, 3, 4, 5),
    )
    parser.set_defaults(handler=run, command="supplement")
    parser.add_argument("--form", metavar="FORM", help="citrate, bisglycinate, lactate, …")
    parser.add_argument(
        "--sensitive-gut", action="store_true", help="forms first that loosen the bowels least"
    )
    parser.add_argument(
        "--product", type=_mg, metavar="MG", help="elemental mg of one tablet or capsule of yours"
    )
    parser.add_argument(
        "--taking",
        action="append",
        default=[],
        metavar="TEXT",
        help="another supplement or a magnesium medicine, a day; repeatable",
    )
    add_person(parser)
    add_rules(parser)
    parser.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    parser.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    parser.add_argument("--json", action="store_true", help="JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Plan, choose, and print."""
    from mealmag.cli.solve import solve
    from mealmag.export.supplement_text import supplement_text
    from mealmag.nutrition.supplement_choice import supplement_document
    from mealmag.services.plan import PlanRequest, plan_week
    from mealmag.services.supplement_choice import SupplementWish, supplement_choice

    profile = profile_from(arguments, context)
    wish = SupplementWish(
        arguments.form, arguments.sensitive_gut, arguments.product, tuple(arguments.taking)
    )
    sources = context.sources(arguments.foods, arguments.dishes)
    request = PlanRequest(profile, context.today, sources=sources)
    plan = solve(
        lambda line, stop: plan_week(request, on_progress=line.update, stop=stop),
        context,
        quiet=arguments.json,
    )
    advice, choice = supplement_choice(context.paths, profile, plan, wish, context.today)
    if arguments.json:
        context.stdout.write(supplement_document(advice, choice).to_json())
    else:
        context.stdout.write(supplement_text(advice, choice))
    return ExitCode.OK


def _mg(text: str) -> Decimal:
    try:
        mg = Decimal(text.removesuffix("mg").strip())
    except InvalidOperation:
        mg = Decimal(0)
    if not 0 < mg <= _MOST_MG:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of mg from 1 to {_MOST_MG}')
    return mg
