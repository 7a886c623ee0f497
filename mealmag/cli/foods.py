"""`mealmag foods search|show|top`."""

import argparse
import textwrap
from pathlib import Path

from mealmag.catalogue.every_food import EveryFood, is_code
from mealmag.cli import own_foods
from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.person import known_allergens
from mealmag.cli.person_options import add_diet, add_figures
from mealmag.cli.table import WIDTH, table
from mealmag.errors import ExitCode, InputError
from mealmag.export.food_facts import about
from mealmag.nutrition.figures import Figures, counted
from mealmag.nutrition.food import Diet, Food
from mealmag.nutrition.nutrients import keys_of, nutrient_of

_MOST_FOUND = 40


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = add_command(
        commands,
        "foods",
        summary="search, show and rank foods",
        description="The food table: figures per 100 g as eaten, from USDA.",
        examples=(
            "mealmag foods search spinach",
            "mealmag foods show spinach-boiled",
            "mealmag foods top --by serving --diet vegan --avoid nuts,sesame",
        ),
    )
    parser.set_defaults(help_of=parser)
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    search = add_command(
        actions,
        "search",
        summary="foods by a word",
        description="Foods by a part of their name (English or Dutch), id or group, best first.",
        examples=("mealmag foods search black bean", "mealmag foods search leafy-greens --json"),
    )
    search.set_defaults(handler=run_search)
    search.add_argument("words", nargs="+", metavar="WORD")
    search.add_argument(
        "--all", action="store_true", help="also all of USDA's foods, which cannot be planned with"
    )
    show = add_command(
        actions,
        "show",
        summary="one food with all its figures",
        description="All figures of one food; an unknown one is a dash, never a zero.",
        examples=("mealmag foods show almonds",),
    )
    show.set_defaults(handler=run_show)
    show.add_argument("id", metavar="ID")
    top = add_command(
        actions,
        "top",
        summary="the foods that bring most magnesium",
        description="Foods ranked by magnesium: per 100 g, per 100 kcal, or per serving.",
        examples=("mealmag foods top --by 100kcal --limit 10",),
    )
    top.set_defaults(handler=run_top)
    top.add_argument(
        "--by",
        choices=["100g", "100kcal", "serving"],
        default="100g",
        help="100 g, 100 kcal, or a household measure as people serve it (100g)",
    )
    add_diet(top)
    add_figures(top)
    top.add_argument("--limit", type=int, default=20, metavar="N", help="how many (20)")
    own_foods.add_to(actions)
    for action in (search, show, top):
        action.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
        action.add_argument("--json", action="store_true", help="JSON instead of a table")


def run_search(arguments: argparse.Namespace, context: Context) -> int:
    """Print the foods that fit, best first."""
    from mealmag.services.catalogue import load_food_table
    from mealmag.services.foods import food_index

    foods = load_food_table(context.sources(arguments.foods))
    every = EveryFood() if arguments.all else None
    found = [
        foods[key] if key in foods else every.food(key)  # type: ignore[union-attr]
        for key in food_index(foods, every).find(" ".join(arguments.words), 10_000)
    ]
    if arguments.json:
        context.say_json([_brief(food) for food in found])
    elif found:
        rows = [
            [_figure(food, "magnesium_mg", 1), food.id, _both_names(food)]
            for food in found[:_MOST_FOUND]
        ]
        context.say(table(["mg Mg/100 g", "id", "food"], rows, right=(0,)))
        if len(found) > _MOST_FOUND:
            context.remark(f"and {len(found) - _MOST_FOUND} more; --json lists all")
    else:
        context.remark("No food fits.")
    return ExitCode.OK


def run_show(arguments: argparse.Namespace, context: Context) -> int:
    """Print one food; an unknown figure is a dash, never a zero."""
    from mealmag.services.catalogue import load_food_table
    from mealmag.services.foods import show

    every = EveryFood() if is_code(arguments.id) else None
    if every is None:
        food = show(load_food_table(context.sources(arguments.foods)), arguments.id)
    else:
        food = every.food(arguments.id)
    if arguments.json:
        context.say_json(_brief(food) | {"per_100_g": _nutrients(food)})
        return ExitCode.OK
    context.say(_both_names(food))
    for line in about(food, every):
        context.say(textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent="    "))
    context.say("")
    rows = [
        [nutrient.name, _figure(food, nutrient.key, None), nutrient.unit]
        for nutrient in map(nutrient_of, keys_of([food.nutrients]))
    ]
    context.say(table(["per 100 g edible", "", ""], rows, right=(1,)))
    return ExitCode.OK


def run_top(arguments: argparse.Namespace, context: Context) -> int:
    """Print the ranking."""
    from mealmag.services.catalogue import load_food_table
    from mealmag.services.foods import Basis, top

    if arguments.limit < 1:
        raise InputError(f"--limit: {arguments.limit} is less than 1")
    figures = Figures(arguments.figures or "usda")
    table_of = load_food_table(context.sources(arguments.foods))
    ranked = top(
        {key: counted(food, figures) for key, food in table_of.items()},
        by=Basis(arguments.by),
        diet=Diet(arguments.diet or "omnivore"),
        avoid=known_allergens(arguments.avoid),
        limit=arguments.limit,
    )
    if arguments.json:
        context.say_json(
            [
                _brief(entry.food)
                | {"magnesium_mg": round(float(entry.magnesium_mg), 2), "per": entry.per}
                for entry in ranked
            ]
        )
        return ExitCode.OK
    rows = [[f"{e.magnesium_mg:.0f}", e.per, e.food.id, e.food.name_en] for e in ranked]
    context.say(table(["mg Mg", "per", "id", "food"], rows, right=(0,)))
    context.remark(f"Magnesium: {figures.words}.")
    return ExitCode.OK


def _brief(food: Food) -> dict[str, object]:
    return {
        "id": food.id,
        "name_en": food.name_en,
        "name_nl": food.name_nl,
        "group": food.group,
        "diet": str(food.diet),
        "allergens": sorted(food.allergens),
        "measures": {measure.name: float(measure.grams) for measure in food.measures},
        "source": food.source,
        "ndb_no": food.ndb_no,
        "record": food.record,
        "state": str(food.state),
        "serving_g": None if food.serving_g is None else float(food.serving_g),
        "fortified": sorted(food.fortified),
        "magnesium_tables": {table: float(mg) for table, mg in food.magnesium_tables.items()},
    }


def _both_names(food: Food) -> str:
    return food.name_en if food.name_en == food.name_nl else f"{food.name_en} · {food.name_nl}"


def _nutrients(food: Food) -> dict[str, float | None]:
    return {
        key: None if (value := food.nutrients.get(key)) is None else float(value)
        for key in keys_of([food.nutrients])
    }


def _figure(food: Food, key: str, places: int | None) -> str:
    value = food.nutrients.get(key)
    if value is None:
        return "–"
    return f"{value}" if places is None else f"{value:.{places}f}"
