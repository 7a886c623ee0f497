"""`mealmag foods add`: a food of one's own, by questions or from its label in one go."""

import argparse
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from mealmag.cli.context import Context
from mealmag.cli.help import add_command
from mealmag.cli.values import words
from mealmag.errors import ExitCode, InputError, UsageError
from mealmag.nutrition.food import ALLERGENS, COLOURS, GROUPS, Diet
from mealmag.nutrition.label import EXTRA, FIELDS, LabelKind
from mealmag.nutrition.nutrients import BY_KEY

_MEASURE = re.compile(r"(?P<name>[a-z]+(?: [a-z]+)*)=(?P<grams>[0-9.]+)")
_ASKED = (
    ("energy", "kcal"), ("fat", "g"), ("saturates", "g"), ("carbohydrate", "g"), ("sugars", "g"),
    ("fibre", "g"), ("protein", "g"), ("salt", "g"), ("magnesium", "mg"), ("calcium", "mg"),
    ("iron", "mg"), ("potassium", "mg"), ("zinc", "mg"), ("vitamin-c", "mg"), ("folate", "µg"),
)  # fmt: skip


def add_to(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action."""
    parser = add_command(
        actions,
        "add",
        summary="a food of your own, from its label",
        description="Without options it asks. With --from-label it takes the label's figures in one "
        "go: word=figure with commas between, in the units of the label (g, mg, µg, kcal).",
        examples=(
            "mealmag foods add",
            "mealmag foods add my-muesli --name 'nut muesli' \\",
            "    --group whole-grains --diet vegan \\",
            "    --allergens gluten,nuts --measure cup=85 --serving '60 g' --from-label \\",
            "    'energy=410,fat=14,carbohydrate=54,fibre=9,protein=12,magnesium=98'",
            "mealmag foods add bar … --per 40 --from-label 'energy=180,…'",
        ),
        codes=(0, 2, 3, 6),
    )
    parser.set_defaults(handler=run)
    parser.add_argument("id", nargs="?", metavar="ID", help="small letters and hyphens")
    parser.add_argument("--name", metavar="TEXT", help="English name")
    parser.add_argument("--name-nl", metavar="TEXT", default="", help="Dutch name (the same)")
    parser.add_argument("--group", choices=GROUPS, metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--diet", choices=[str(diet) for diet in Diet], help="who may eat it")
    parser.add_argument(
        "--allergens", type=words, default=[], metavar="WORD,…", help=", ".join(ALLERGENS)
    )
    parser.add_argument("--roles", type=words, default=[], metavar="WORD,…", help="in dishes")
    parser.add_argument(
        "--measure", action="append", default=[], metavar="NAME=GRAMS", help="such as slice=35"
    )
    parser.add_argument("--serving", default="", metavar="AMOUNT", help='such as "2 slice"')
    parser.add_argument(
        "--colour",
        choices=COLOURS,
        default="",
        metavar="COLOUR",
        help=f"of a vegetable or fruit on the plate: {', '.join(COLOURS)}",
    )
    parser.add_argument(
        "--main-food", default="", metavar="WORD", help="what a meal of it is one of, such as pasta"
    )
    parser.add_argument("--from-label", metavar="FIGURES", help=f"{', '.join((*FIELDS, *EXTRA))}")
    parser.add_argument(
        "--per", default="100", metavar="GRAMS", help="what the figures are for: 100, or a serving"
    )
    parser.add_argument(
        "--label", choices=[str(kind) for kind in LabelKind], default="eu",
        help="eu: carbohydrate without fibre; us: with (eu)",
    )  # fmt: skip
    parser.add_argument("--replace", action="store_true", help="write over your food of that id")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Add the food, and say where it went and what it still lacks."""
    from mealmag.services.catalogue import Sources, load_food_table
    from mealmag.services.own_foods import NewFood, add_food

    if arguments.from_label is None:
        _ask(arguments, context)
    for option in ("id", "name", "group", "diet"):
        if not getattr(arguments, option):
            raise UsageError(f"{'ID' if option == 'id' else '--' + option} is needed.")
    food = NewFood(
        id=arguments.id,
        name_en=arguments.name,
        name_nl=arguments.name_nl,
        group=arguments.group,
        diet=arguments.diet,
        label=dict(_figures(arguments.from_label)),
        per_g=_number("--per", arguments.per),
        kind=LabelKind(arguments.label),
        allergens=tuple(arguments.allergens),
        roles=tuple(arguments.roles),
        measures=dict(_measures(arguments.measure)),
        serving=arguments.serving,
        colour=arguments.colour,
        main_food=arguments.main_food,
    )
    file = add_food(food, context.paths, replace=arguments.replace)
    added = load_food_table(Sources(own=context.paths))[food.id]
    magnesium = added.nutrients["magnesium_mg"]
    figure = "magnesium unknown" if magnesium is None else f"{magnesium:g} mg magnesium per 100 g"
    context.say(f"{added.id}: {added.name_en}, {figure}")
    if added.missing_to_plan:
        lacks = ", ".join(BY_KEY[key].name for key in added.missing_to_plan)
        context.remark(f"It can be logged but is not planned with: the label does not say {lacks}.")
    elif added.missing_core:
        lacks = ", ".join(BY_KEY[key].name for key in added.missing_core)
        context.remark(
            f"The label does not say {lacks}: a plan counts none of it, or the most of its group."
        )
    context.remark(f"Written to {file}.")
    return ExitCode.OK


def _ask(arguments: argparse.Namespace, context: Context) -> None:
    """Ask for what was not given. UsageError where there is nobody to ask."""
    if not context.stdin.isatty():
        raise UsageError(
            "There is no terminal to ask at.", hint="Give the figures with --from-label."
        )
    context.remark(
        "A food of your own, from its label. Leave a figure empty where it is not given."
    )
    for option, question in (
        ("name", "English name"),
        ("name_nl", "Dutch name (empty: the same)"),
        ("group", f"Group ({', '.join(GROUPS)})"),
        ("diet", "Who may eat it (vegan, vegetarian, pescatarian, omnivore)"),
    ):
        if not getattr(arguments, option):
            setattr(arguments, option, _answer(context, question))
    if not arguments.id:
        arguments.id = re.sub(r"[^a-z0-9]+", "-", arguments.name.lower()).strip("-")
    if not arguments.allergens:
        arguments.allergens = words(_answer(context, f"Allergens ({', '.join(ALLERGENS)})"))
    arguments.per = _answer(context, "The label's figures are per how many grams (100)") or "100"
    if not arguments.measure:
        arguments.measure = words(_answer(context, "Measures, such as slice=35,cup=85"))
    given = []
    for word, unit in _ASKED:
        figure = _answer(context, f"{word.capitalize()} ({unit})")
        if figure:
            given.append(f"{word}={figure}")
    arguments.from_label = ",".join(given)


def _answer(context: Context, question: str) -> str:
    print(f"{question}: ", end="", file=context.stderr, flush=True)
    line = context.stdin.readline()
    if not line:
        raise UsageError("The questions ended early; nothing was added.")
    return (
        line.strip().replace(",", ".") if line.strip().replace(",", "").isdigit() else line.strip()
    )


def _figures(text: str) -> Iterator[tuple[str, Decimal]]:
    """The words and figures of --from-label."""
    seen: set[str] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        word, equals, figure = part.partition("=")
        if not equals:
            raise InputError(f'--from-label: "{part}" has no figure; write word=figure.')
        if word.strip() in seen:
            raise InputError(f'--from-label: "{word}" is given twice.')
        seen.add(word.strip())
        yield word.strip(), _number(f"--from-label: {word}", figure.strip())


def _measures(texts: list[str]) -> Iterator[tuple[str, Decimal]]:
    for text in texts:
        found = _MEASURE.fullmatch(text.strip())
        if not found:
            raise InputError(f'--measure: "{text}" is not name=grams, as in slice=35.')
        yield found["name"], _number("--measure", found["grams"])


def _number(where: str, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise InputError(f'{where}: "{text}" is not a number.') from None
    if not value.is_finite() or value < 0:
        raise InputError(f"{where}: {text} is not a number of zero or more.")
    return value
