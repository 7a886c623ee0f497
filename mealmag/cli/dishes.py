"""`mealmag dishes`: the cookbook, as far as one may eat it; `show`, `add` and `edit`."""

import argparse
import textwrap
from collections.abc import Iterator
from pathlib import Path

from mealmag.catalogue.dish import Dish, Meal
from mealmag.cli import own_dishes
from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import known_allergens
from mealmag.cli.person_options import add_diet
from mealmag.cli.table import WIDTH, table
from mealmag.errors import ExitCode, InputError, did_you_mean
from mealmag.nutrition.food import Food


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = add_command(
        commands,
        "dishes",
        summary="the dishes you may choose from; show one, add your own",
        description="The cookbook, as far as diet and allergens leave a choice in every part.",
        examples=(
            "mealmag dishes --meal dinner --diet vegan --avoid gluten",
            "mealmag dishes show shakshuka",
            "mealmag dishes add my-soup",
        ),
    )
    parser.set_defaults(handler=run)
    parser.add_argument("--meal", choices=[str(meal) for meal in Meal], help="(any)")
    add_diet(parser)
    _add_files(parser)
    parser.add_argument("--json", action="store_true", help="with method and parts")
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    show = add_command(
        actions,
        "show",
        summary="one dish: parts, choices, method",
        description="What goes into a dish, for one person, and how it is made.",
        examples=("mealmag dishes show lentil-soup",),
    )
    show.set_defaults(handler=run_show)
    show.add_argument("id", metavar="ID")
    _add_files(show)
    own_dishes.add_to(actions)


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
    parser.add_argument("--dishes", type=Path, metavar="FILE", help="another cookbook (TOML)")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the dishes with what is left of their choices."""
    from mealmag.planning.candidates import choices
    from mealmag.planning.problem import Rules
    from mealmag.services.catalogue import load_catalogue

    catalogue = load_catalogue(context.sources(arguments.foods, arguments.dishes))
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
                _document(catalogue.dishes[choice.id])
                | {
                    "meals": [str(meal) for meal in choice.meals],
                    "components": {
                        part.name: list(dict.fromkeys(serving.food for serving in part.servings))
                        for part in choice.components
                    },
                }
                for choice in left
            ]
        )
        return ExitCode.OK
    parts = []
    for meal in meals:
        rows = [
            [dish.id, f"{dish.minutes}", _total(dish.minutes, dish.total_minutes), dish.name]
            for dish in left
            if meal in dish.meals
        ]
        if rows:
            parts.append(table([f"{meal}", "work", "in all", "dish"], rows, right=(1, 2)))
    context.say("\n\n".join(parts))
    if not left:
        context.remark("No dish is left.")
    return ExitCode.OK


def run_show(arguments: argparse.Namespace, context: Context) -> int:
    """Print one dish."""
    from mealmag.services.catalogue import load_catalogue

    catalogue = load_catalogue(context.sources(arguments.foods, arguments.dishes))
    dish = catalogue.dishes.get(arguments.id)
    if dish is None:
        raise InputError(
            f'There is no dish "{arguments.id}".{did_you_mean(arguments.id, catalogue.dishes)}',
            hint="`mealmag dishes` has all.",
        )
    for line in _page(dish, catalogue.foods):
        context.say(line)
    return ExitCode.OK


def _page(dish: Dish, foods: dict[str, Food]) -> Iterator[str]:
    yield f"{dish.name_en} · {dish.name_nl}"
    about = [", ".join([meal for meal in Meal if meal in dish.meals]), f"{dish.minutes} min work"]
    if dish.total_minutes > dish.minutes:
        about.append(f"{dish.total_minutes} min in all")
    about += [dish.kitchen] if dish.kitchen else []
    yield f"  id {dish.id} · " + " · ".join(about)
    yield f"  {keeping(dish)}"
    if dish.equipment:
        yield f"  you need: {', '.join(dish.equipment)}"
    yield ""
    many = f"; a usual pan makes {dish.portions}" if dish.portions > 1 else ""
    yield f"For one person{many}:"
    for part in dish.components:
        by_food: dict[str, list[str]] = {}
        for serving in part.servings:
            by_food.setdefault(serving.food, []).append(serving.measure)
        options = [f"{foods[key].name_en} ({', '.join(said)})" for key, said in by_food.items()]
        lead = f"  {part.name}{' (if you like)' if part.optional else ''}: "
        yield textwrap.fill(
            " or ".join(options), WIDTH, initial_indent=lead, subsequent_indent="    "
        )
    yield ""
    for number, step in enumerate(dish.method, start=1):
        yield textwrap.fill(step, WIDTH, initial_indent=f"  {number}. ", subsequent_indent="     ")


def keeping(dish: Dish) -> str:
    """How long what is left keeps, and what it is good for."""
    if not dish.keeps_days:
        return "eat it at once"
    days = "1 day" if dish.keeps_days == 1 else f"{dish.keeps_days} days"
    words = f"keeps {days} in the fridge{', and freezes' if dish.freezes else ''}"
    return f"{words}; what is left is tomorrow's lunch" if dish.is_lunch_tomorrow else words


def _total(minutes: int, total: int) -> str:
    return f"{total}" if total > minutes else ""


def _document(dish: Dish) -> dict[str, object]:
    return {
        "id": dish.id,
        "name_en": dish.name_en,
        "name_nl": dish.name_nl,
        "minutes": dish.minutes,
        "total_minutes": dish.total_minutes,
        "kitchen": dish.kitchen,
        "servings": dish.portions,
        "keeps_days": dish.keeps_days,
        "freezes": dish.freezes,
        "lunch_tomorrow": dish.is_lunch_tomorrow,
        "equipment": list(dish.equipment),
        "method": list(dish.method),
    }
