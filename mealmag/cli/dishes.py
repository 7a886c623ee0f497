"""`mealmag dishes`: the cookbook, as far as one may eat it."""

import argparse
from pathlib import Path

from mealmag.catalogue.dish import Meal
from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import add_diet, known_allergens
from mealmag.cli.table import table
from mealmag.errors import ExitCode


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "dishes",
        summary="the dishes you may choose from",
        description="The cookbook, as far as diet and allergens leave a choice in every part.",
        examples=("mealmag dishes --meal dinner --diet vegan --avoid gluten",),
    )
    parser.set_defaults(handler=run)
    parser.add_argument("--meal", choices=[str(meal) for meal in Meal], help="(any)")
    add_diet(parser)
    parser.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    parser.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")
    parser.add_argument("--json", action="store_true", help="with method and parts")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the dishes with what is left of their choices."""
    from mealmag.planning.candidates import choices
    from mealmag.planning.problem import Rules
    from mealmag.services.catalogue import load_catalogue

    catalogue = load_catalogue(arguments.foods, arguments.dishes)
    rules = Rules.model_validate(
        {
            "diet": arguments.diet or "omnivore",
            "avoid_allergens": known_allergens(arguments.avoid),
        }
    )
    meals = (Meal(arguments.meal),) if arguments.meal else tuple(Meal)
    left = choices(catalogue.dishes.values(), catalogue.foods, rules, meals)
    if arguments.json:
        context.say_json(
            [
                {
                    "id": dish.id,
                    "name_en": dish.name,
                    "name_nl": catalogue.dishes[dish.id].name_nl,
                    "meals": [str(meal) for meal in dish.meals],
                    "minutes": dish.minutes,
                    "total_minutes": dish.total_minutes,
                    "keeps_days": dish.keeps_days,
                    "method": list(catalogue.dishes[dish.id].method),
                    "components": {
                        part.name: list(dict.fromkeys(serving.food for serving in part.servings))
                        for part in dish.components
                    },
                }
                for dish in left
            ]
        )
        return ExitCode.OK
    parts = []
    for meal in meals:
        rows = [[dish.id, f"{dish.minutes}", dish.name] for dish in left if meal in dish.meals]
        if rows:
            parts.append(table([f"{meal}", "min", "dish"], rows, right=(1,)))
    context.say("\n\n".join(parts))
    if not left:
        context.remark("No dish is left.")
    return ExitCode.OK
