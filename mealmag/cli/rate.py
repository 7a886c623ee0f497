"""`mealmag rate`: what a person likes, dish by dish and food by food."""

import argparse

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.table import table
from mealmag.errors import ExitCode, UsageError


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "rate",
        summary="say how much you like a dish or a food; plans lean to what you like",
        description="Rate a dish or a food from -2 to 2; 0 takes the rating away.\n"
        "Without an id, your ratings. They are kept in your profile.",
        examples=("mealmag rate shakshuka 2", "mealmag rate okra-boiled -1", "mealmag rate"),
        codes=(0, 2, 3, 6),
    )
    parser.set_defaults(handler=run)
    parser.add_argument("id", nargs="?", metavar="ID", help="of a dish or a food")
    parser.add_argument("rating", nargs="?", type=int, metavar="N", help="-2, -1, 0, 1 or 2")
    parser.add_argument("--json", action="store_true", help="the ratings as JSON")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Rate, or list the ratings."""
    from mealmag.services.catalogue import load_catalogue
    from mealmag.services.profile import stored_profile
    from mealmag.services.ratings import rate

    if arguments.id is not None and arguments.rating is None:
        raise UsageError(
            f"How much do you like {arguments.id}?", hint=f"mealmag rate {arguments.id} 2"
        )
    catalogue = load_catalogue(context.sources())
    if arguments.id is None:
        profile = stored_profile(context.paths)
    else:
        rated = arguments.id.lower()
        profile = rate(context.paths, rated, arguments.rating, catalogue)
    ratings = {} if profile is None else profile.ratings
    if arguments.json:
        context.say_json(ratings)
        return ExitCode.OK
    if arguments.id is not None:
        context.say(f"{rated}: {ratings[rated]:+d}" if rated in ratings else f"{rated}: unrated")
        return ExitCode.OK
    names = {key: dish.name_en for key, dish in catalogue.dishes.items()}
    names |= {key: food.name_en for key, food in catalogue.foods.items()}
    rows = [
        [f"{n:+d}", rated, names.get(rated, "not in the catalogue")]
        for rated, n in sorted(ratings.items(), key=lambda item: (-item[1], item[0]))
        if n
    ]
    if rows:
        context.say(table(["", "id", "name"], rows))
    else:
        context.remark("Nothing is rated yet: mealmag rate ID N, with N from -2 to 2.")
    return ExitCode.OK
