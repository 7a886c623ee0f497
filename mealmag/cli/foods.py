"""`mealmag foods search|show|top`."""

import argparse
from pathlib import Path

from mealmag.cli.context import Context
from mealmag.cli.person import add_diet
from mealmag.cli.table import table
from mealmag.errors import ExitCode, UsageError, did_you_mean
from mealmag.nutrition.food import ALLERGENS, Diet, Food
from mealmag.nutrition.nutrients import NUTRIENTS


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("foods", help="search, show and rank foods")
    parser.set_defaults(help_of=parser)
    actions = parser.add_subparsers(metavar="ACTION")
    search = actions.add_parser("search", help="foods by a word, in English or Dutch")
    search.set_defaults(handler=run_search)
    search.add_argument("words", nargs="+", metavar="WORD")
    show = actions.add_parser("show", help="one food with all its figures")
    show.set_defaults(handler=run_show)
    show.add_argument("id", metavar="ID")
    top = actions.add_parser("top", help="the foods that bring most magnesium")
    top.set_defaults(handler=run_top)
    top.add_argument("--by", choices=["100g", "100kcal", "serving"], default="100g")
    add_diet(top)
    top.add_argument("--limit", type=int, default=20, metavar="N")
    for action in (search, show, top):
        action.add_argument("--foods", type=Path, metavar="FILE", help="another food table (CSV)")
        action.add_argument("--json", action="store_true")


def known_allergens(words: list[str] | None) -> list[str]:
    """The allergens asked for. UsageError, with a suggestion, for an unknown one."""
    for word in words or []:
        if word not in ALLERGENS:
            raise UsageError(
                f'"{word}" is not one of the fourteen allergens.{did_you_mean(word, ALLERGENS)}',
                hint=f"They are: {', '.join(ALLERGENS)}.",
            )
    return words or []


def run_search(arguments: argparse.Namespace, context: Context) -> int:
    """Print the foods that fit, best first."""
    from mealmag.services.catalogue import load_food_table
    from mealmag.services.foods import search

    found = search(load_food_table(arguments.foods), " ".join(arguments.words))
    if arguments.json:
        context.say_json([_brief(food) for food in found])
    elif found:
        rows = [
            [food.id, food.name_en, food.name_nl, _figure(food, "magnesium_mg", 1)]
            for food in found[:40]
        ]
        context.say(table(["id", "food", "voedingsmiddel", "mg Mg/100 g"], rows, right=(3,)))
    else:
        print("No food fits.", file=context.stderr)
    return ExitCode.OK


def run_show(arguments: argparse.Namespace, context: Context) -> int:
    """Print one food; an unknown figure is a dash, never a zero."""
    from mealmag.services.catalogue import load_food_table
    from mealmag.services.foods import show

    food = show(load_food_table(arguments.foods), arguments.id)
    if arguments.json:
        context.say_json(_brief(food) | {"per_100_g": _nutrients(food)})
        return ExitCode.OK
    context.say(f"{food.name_en} · {food.name_nl} ({food.id})")
    context.say(f"  group {food.group} · {food.diet}")
    context.say(f"  allergens: {', '.join(sorted(food.allergens)) or 'none of the fourteen'}")
    measures = ", ".join(f"1 {m.name} = {m.grams:g} g" for m in food.measures)
    context.say(f"  measures: {measures or 'grams only'}")
    context.say(f"  {food.source}, record {food.ndb_no}: {food.source_description}")
    if food.magnesium_n:
        spread = f", standard error {food.magnesium_se_mg:g} mg" if food.magnesium_se_mg else ""
        samples = "1 sample" if food.magnesium_n == 1 else f"{food.magnesium_n} samples"
        context.say(f"  magnesium from {samples}{spread}")
    context.say("")
    rows = [
        [nutrient.name, _figure(food, nutrient.key, None), nutrient.unit] for nutrient in NUTRIENTS
    ]
    context.say(table(["per 100 g edible", "", ""], rows, right=(1,)))
    return ExitCode.OK


def run_top(arguments: argparse.Namespace, context: Context) -> int:
    """Print the ranking."""
    from mealmag.services.catalogue import load_food_table
    from mealmag.services.foods import Basis, top

    if arguments.limit < 1:
        raise UsageError("--limit takes a number of at least 1.")
    ranked = top(
        load_food_table(arguments.foods),
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
    rows = [[e.food.name_en, f"{e.magnesium_mg:.0f}", e.per, e.food.id] for e in ranked]
    context.say(table(["food", "mg Mg", "per", "id"], rows, right=(1,)))
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
    }


def _nutrients(food: Food) -> dict[str, float | None]:
    return {
        nutrient.key: None if (value := food.nutrients.get(nutrient.key)) is None else float(value)
        for nutrient in NUTRIENTS
    }


def _figure(food: Food, key: str, places: int | None) -> str:
    value = food.nutrients.get(key)
    if value is None:
        return "–"
    return f"{value}" if places is None else f"{value:.{places}f}"
