"""Who it is for: options of the command line over a profile, or instead of one."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mealmag.cli.context import Context
from mealmag.cli.occasions import add_occasions, lay_over
from mealmag.errors import InputError, UsageError, did_you_mean
from mealmag.nutrition.allergens import which_allergens
from mealmag.nutrition.food import ALLERGENS

if TYPE_CHECKING:
    from mealmag.storage.profile import Profile

_PERSON = {
    "sex": "sex",
    "age": "age",
    "life_stage": "life_stage",
    "trimester": "trimester",
    "weight": "weight_kg",
    "height": "height_cm",
    "activity": "activity",
    "energy": "energy_kcal",
    "condition": "conditions",
    "medicine": "medicines",
}
_DIET = {"diet": "kind", "avoid": "avoid_allergens", "dislike": "dislikes"}
_PLAN = {
    "meals": "meals",
    "max_repeats": "max_repeats",
    "max_main_food": "max_main_food",
    "weekday_minutes": "weekday_minutes",
    "weekend_minutes": "weekend_minutes",
    "budget": "budget",
    "caffeine": "caffeine_mg",
    "margin": "margin_mg",
    "sure": "sure_percent",
    "cook_once": "cook_once",
}
_REFERENCE = {"set": "set", "figures": "figures"}
_TABLES = ("at_least", "at_most", "points", "meal", "limit")
_SECTIONS = {"person": _PERSON, "reference": _REFERENCE, "diet": _DIET, "plan": _PLAN}
_WHO = "A profile, or options, or options over a profile; lists add to the profile's."
_ADDED = frozenset({"avoid", "dislike", "condition", "medicine"})  # to those of the profile
_OPTION = {
    name: f"--{option.replace('_', '-')}"
    for group in _SECTIONS.values()
    for option, name in group.items()
} | {"limits": "--limit", "groups": "--at-least, --at-most", "weights": "--points"}


def words(text: str) -> list[str]:
    """Words with commas between them, in lower case as every id is."""
    return [word.strip().lower() for word in text.split(",") if word.strip()]


def minutes(text: str) -> int | str:
    """A number of minutes, or "none" for no limit, as in a profile."""
    return _number_or_none(text, "minutes")


def meals_of_one_food(text: str) -> int | str:
    """A number of meals, or "none" for no limit, as in a profile."""
    return _number_or_none(text, "meals")


def _number_or_none(text: str, of: str) -> int | str:
    if text == "none":
        return text
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text}" is no number of {of}; "none" is no limit'
        ) from None


def own_limit(text: str) -> tuple[str, dict[str, float]]:
    """`NUTRIENT=FLOOR..CEILING`, either of them left out where there is none."""
    nutrient, _, bounds = text.partition("=")
    floor, _, ceiling = bounds.rpartition("..")
    try:
        given = {"floor": floor.strip(), "ceiling": ceiling.strip()}
        limit = {name: float(value) for name, value in given.items() if value}
    except ValueError:
        limit = {}
    if ".." not in bounds or not limit:
        raise argparse.ArgumentTypeError(
            f'"{text}" is no limit; write potassium_mg=1500..2000, or ..2000 for a ceiling alone'
        )
    return nutrient.strip(), limit


def times(text: str) -> tuple[str, int]:
    """`GROUP=N`: a food group, and a number of meals a week."""
    group, _, count = text.partition("=")
    try:
        return "-".join(group.lower().split()), int(count)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text}" is no group with a number of meals; write fish=1'
        ) from None


def points(text: str) -> tuple[str, int]:
    """`NAME=N`: a part of the last goal, and what it weighs in points."""
    name, _, value = text.partition("=")
    try:
        return "_".join(name.lower().replace("-", " ").split()), int(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text}" is no name with points; write dish_again=8'
        ) from None


def add_person(parser: argparse.ArgumentParser, *, file: bool = True) -> None:
    """The options that say who it is for; without `file`, over the stored profile alone."""
    group = parser.add_argument_group("who", _WHO if file else None)
    if file:
        group.add_argument("--profile", metavar="FILE", help="TOML; - reads stdin; else your own")
    group.add_argument("--sex", choices=["female", "male"])
    group.add_argument("--age", type=int, metavar="YEARS", help="1 to 120")
    group.add_argument("--life-stage", choices=["none", "pregnant", "breastfeeding"])
    group.add_argument("--trimester", type=int, choices=[1, 2, 3])
    group.add_argument("--weight", type=float, metavar="KG")
    group.add_argument("--height", type=float, metavar="CM")
    group.add_argument("--activity", choices=["inactive", "low_active", "active", "very_active"])
    group.add_argument("--energy", type=int, metavar="KCAL", help="instead of the equation")
    group.add_argument("--condition", action="append", metavar="WORD", help="e.g. kidney-disease")
    group.add_argument("--medicine", action="append", metavar="WORD", help="e.g. levothyroxine")
    group.add_argument(
        "--limit",
        type=own_limit,
        action="append",
        metavar="NUTRIENT=MIN..MAX",
        help="a day, from your doctor or dietitian, in place of the published values; repeatable",
    )
    group.add_argument(
        "--set",
        choices=["us", "eu", "nl", "nordic", "dach", "uk", "who"],
        help="reference values for magnesium (default us)",
    )
    add_figures(group)


def add_figures(parser: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """The option that says whose magnesium figures food is counted with."""
    parser.add_argument(
        "--figures",
        choices=["usda", "foundation", "swiss", "cofid", "ciqual", "median", "cautious"],
        metavar="TABLE",
        help="whose magnesium figures to count with: usda, foundation, swiss, cofid, ciqual, "
        "median, cautious (the lowest)",
    )


def add_diet(parser: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """The options that say what may be on the plate."""
    parser.add_argument("--diet", choices=["omnivore", "pescatarian", "vegetarian", "vegan"])
    parser.add_argument(
        "--avoid",
        type=words,
        action="extend",
        metavar="ALLERGEN,…",
        help=f"allergens to avoid: {', '.join(ALLERGENS)}",
    )


def add_rules(parser: argparse.ArgumentParser) -> None:
    """The options that say how a plan should look."""
    group = parser.add_argument_group("rules")
    add_diet(group)
    group.add_argument(
        "--dislike",
        type=words,
        action="extend",
        metavar="WORD,…",
        help="foods or dishes by id, groups (red-meat) or main foods (chicken)",
    )
    group.add_argument(
        "--meals", type=words, metavar="MEAL,…", help="breakfast, lunch, dinner, snack (all)"
    )
    group.add_argument("--max-repeats", type=int, metavar="N", help="of a dish in a week (2)")
    group.add_argument(
        "--max-main-food",
        type=meals_of_one_food,
        metavar="N",
        help="lunches and dinners of one main food, such as chicken or pasta, in a week (3; none)",
    )
    group.add_argument(
        "--weekday-minutes", type=minutes, metavar="N", help="for all meals of a day (45; none)"
    )
    group.add_argument("--weekend-minutes", type=minutes, metavar="N", help="the same (none)")
    group.add_argument(
        "--budget", type=float, metavar="N", help="of a day, on the mean, by your own prices"
    )
    group.add_argument(
        "--caffeine", type=float, metavar="MG", help="most in a day (by age and life stage: 400)"
    )
    group.add_argument(
        "--margin",
        type=float,
        metavar="MG",
        help="magnesium above its target to aim at each day (0)",
    )
    group.add_argument(
        "--sure",
        type=float,
        metavar="PERCENT",
        help="the chance, e.g. 95, of reaching the target each day, as figures of food vary",
    )
    group.add_argument(
        "--cook-once",
        type=int,
        metavar="N",
        help="dinners a week cooked double; the rest is a lunch within the days it keeps (0)",
    )
    add_occasions(group)
    for option, side in (("--at-least", "least"), ("--at-most", "most")):
        group.add_argument(
            option,
            type=times,
            action="append",
            metavar="GROUP=N",
            help=f"at {side} so many meals a week with this food group, e.g. fish=1; repeatable",
        )
    group.add_argument(
        "--points",
        type=points,
        action="append",
        metavar="NAME=N",
        help="what a part of the last goal costs, 0 to 20, e.g. dish_again=8; repeatable",
    )


def known_allergens(given: list[str] | None) -> list[str]:
    """The allergens asked for. InputError, with a suggestion, for an unknown one."""
    for word in given or []:
        if word not in ALLERGENS:
            raise InputError(
                f'--avoid: "{word}" is not one of the fourteen allergens of the EU.'
                f"{which_allergens(word)}",
                hint=f"They are: {', '.join(ALLERGENS)}.",
            )
    return given or []


def _known_weights(given: list[tuple[str, int]]) -> dict[str, int]:
    """The weights asked for. InputError, with a suggestion, for a name that none has."""
    from mealmag.planning.weights import NAMES

    for name, _ in given:
        if name not in NAMES:
            raise InputError(
                f'--points: there is no weight "{name}".{did_you_mean(name, NAMES)}',
                hint=f"They are: {', '.join(NAMES)}.",
            )
    return dict(given)


def is_told(arguments: argparse.Namespace) -> bool:
    """Whether any option says something of the person or of the rules."""
    names = {*_TABLES, *(option for options in _SECTIONS.values() for option in options)}
    return any(getattr(arguments, name, None) is not None for name in names)


def _first_use(arguments: argparse.Namespace) -> str:
    """What to type where nobody is described: the same command for this once, or a profile for good."""
    who = "--sex female --age 34"
    if arguments.command == "profile":
        return f"mealmag profile {who}"
    command = " ".join(["mealmag", arguments.command, *getattr(arguments, "day", ()), who])
    return f"`mealmag profile {who}` keeps it for good; `{command}` says it for this once."


def profile_from(arguments: argparse.Namespace, context: Context) -> "Profile":
    """The profile that the options, and the profile file if there is one, describe.

    Raises UsageError where nobody is described, InputError where a value is not possible.
    """
    from pydantic import ValidationError

    from mealmag.storage.profile import Profile

    given = {name: value for name, value in vars(arguments).items() if value is not None}
    known_allergens(given.get("avoid"))
    sections = _base(arguments, context)
    for section, names in _SECTIONS.items():
        for option, key in names.items():
            if option not in given:
                continue
            values = sections.setdefault(section, {})
            if option in _ADDED:
                # A nut allergy in the profile is not to be lost by `--avoid milk`.
                values[key] = list(dict.fromkeys([*values.get(key, ()), *given[option]]))
            else:
                values[key] = given[option]
    _lay_tables_over(sections, given, context.today)
    person = sections.get("person", {})
    if given.get("life_stage") not in (None, "pregnant") and "trimester" not in given:
        person.pop("trimester", None)
    if "sex" not in person or "age" not in person:
        raise UsageError(
            "mealmag must know at least the sex and the age of the person.",
            hint=_first_use(arguments),
        )
    try:
        return Profile.model_validate(sections)
    except ValidationError as error:
        faults: dict[str | None, str] = {}
        for fault in error.errors(include_url=False):
            about = _key(dict(fault))
            faults.setdefault(about, _said(about, dict(fault)))  # the rest follows from the first
        raise InputError(
            "; ".join(faults.values()),
            hint=f"`mealmag {arguments.command} --help` says what each option takes.",
        ) from None


def _lay_tables_over(
    sections: dict[str, dict[str, Any]], given: Mapping[str, Any], today: date
) -> None:
    """Put what is named one by one over the profile's: groups, weights, special meals, own limits."""
    plan = sections.setdefault("plan", {})
    for option, bound in (("at_least", "min"), ("at_most", "max")):
        for group, count in given.get(option, ()):
            asked = plan.setdefault("groups", {})
            asked[group] = {**asked.get(group, {}), bound: count}
    if weights := _known_weights(given.get("points", [])):
        plan["weights"] = {**plan.get("weights", {}), **weights}
    if "meal" in given:
        lay_over(plan, given["meal"], today)
    if "limit" in given:
        sections["limits"] = {**sections.get("limits", {}), **dict(given["limit"])}


def _base(arguments: argparse.Namespace, context: Context) -> dict[str, dict[str, Any]]:
    """The sections of the profile that the options are laid over."""
    from mealmag.storage.profile import load_profile

    if arguments.profile == "-":
        return _from_stdin(context)
    path = Path(arguments.profile) if arguments.profile else context.paths.profile
    if not arguments.profile and not path.exists():
        return {}
    return dict(load_profile(path).model_dump(mode="json"))


def _from_stdin(context: Context) -> dict[str, dict[str, Any]]:
    """Profiles are read from files; one from stdin becomes one, and is called by its own name."""
    import tempfile

    from mealmag.storage.profile import load_profile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.toml"
        path.write_bytes(context.read_stdin())
        try:
            return dict(load_profile(path).model_dump(mode="json"))
        except InputError as error:
            raise InputError(
                error.message.replace(str(path), "on stdin"),
                hint="Mend it; nothing was changed.",
                problems=[replace(problem, file="stdin") for problem in error.problems],
            ) from None


def _key(fault: Mapping[str, Any]) -> str | None:
    """The key of the profile that a fault is about, where it has an option."""
    names = [str(part) for part in fault["loc"]]
    return next((part for part in reversed(names) if part in _OPTION), None)


def _said(key: str | None, fault: Mapping[str, Any]) -> str:
    """A fault in the words of the command line: the option, and what is wrong with its value."""
    kind, value, limits = fault["type"], fault.get("input"), fault.get("ctx", {})
    if kind == "greater_than_equal":
        message = f"{value:g} is less than {limits['ge']:g}"
    elif kind == "less_than_equal":
        message = f"{value:g} is more than {limits['le']:g}"
    elif kind == "finite_number":
        message = f"{value} is no number to reckon with"
    elif kind == "enum":
        known = str(limits["expected"]).replace("'", "")
        near = did_you_mean(str(value), known.replace(" or ", ", ").split(", "))
        message = f'"{value}" is not one of {known}.{near}'
    elif kind == "too_short":
        message = "it names nothing"
    else:
        message = str(fault["msg"]).removeprefix("Value error, ")
    return f"{_OPTION[key]}: {message}" if key else message
