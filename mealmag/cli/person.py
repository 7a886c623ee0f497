"""Who it is for: options of the command line over a profile, or instead of one."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mealmag.cli.context import Context
from mealmag.errors import InputError, UsageError
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
    "weekday_minutes": "weekday_minutes",
    "weekend_minutes": "weekend_minutes",
}
_OPTION = {
    name: f"--{option.replace('_', '-')}"
    for group in (_PERSON, _DIET, _PLAN, {"set": "set"})
    for option, name in group.items()
}


def words(text: str) -> list[str]:
    """Words with commas between them."""
    return [word.strip() for word in text.split(",") if word.strip()]


def minutes(text: str) -> int | str:
    """A number of minutes, or "none" for no limit, as in a profile."""
    return "none" if text == "none" else int(text)


def add_person(parser: argparse.ArgumentParser) -> None:
    """The options that say who it is for."""
    group = parser.add_argument_group("who", "a profile, or options, or options over a profile")
    group.add_argument("--profile", metavar="FILE", help="a profile (TOML); - reads stdin")
    group.add_argument("--sex", choices=["female", "male"])
    group.add_argument("--age", type=int, metavar="YEARS")
    group.add_argument("--life-stage", choices=["none", "pregnant", "breastfeeding"])
    group.add_argument("--trimester", type=int, choices=[1, 2, 3])
    group.add_argument("--weight", type=float, metavar="KG")
    group.add_argument("--height", type=float, metavar="CM")
    group.add_argument("--activity", choices=["inactive", "low_active", "active", "very_active"])
    group.add_argument("--energy", type=int, metavar="KCAL", help="instead of the equation")
    group.add_argument("--condition", action="append", metavar="WORD", help="e.g. kidney-disease")
    group.add_argument("--medicine", action="append", metavar="WORD", help="e.g. levothyroxine")
    group.add_argument(
        "--set",
        choices=["us", "eu", "nl", "nordic", "dach", "uk", "who"],
        help="reference values for magnesium (default us)",
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
        "--dislike", type=words, action="extend", metavar="ID,…", help="foods, dishes or groups"
    )
    group.add_argument("--meals", type=words, metavar="MEAL,…")
    group.add_argument("--max-repeats", type=int, metavar="N", help="of a dish in a week (2)")
    group.add_argument(
        "--weekday-minutes", type=minutes, metavar="N", help="for all meals of a day (45; none)"
    )
    group.add_argument("--weekend-minutes", type=minutes, metavar="N")


def profile_from(arguments: argparse.Namespace, context: Context) -> "Profile":
    """The profile that the options, and the profile file if there is one, describe.

    Raises UsageError where nobody is described, InputError where a value is not possible.
    """
    from pydantic import ValidationError

    from mealmag.storage.profile import Profile

    sections = _base(arguments, context)
    given = vars(arguments)
    for section, names in (("person", _PERSON), ("diet", _DIET), ("plan", _PLAN)):
        for option, key in names.items():
            if option in given and given[option] is not None:
                sections.setdefault(section, {})[key] = given[option]
    if given.get("set") is not None:
        sections["reference"] = {"set": given["set"]}
    person = sections.get("person", {})
    if "sex" not in person or "age" not in person:
        raise UsageError(
            "mealmag must know at least the sex and the age of the person.",
            hint="mealmag plan --sex female --age 34   (or write a profile: see `mealmag paths`)",
        )
    try:
        return Profile.model_validate(sections)
    except ValidationError as error:
        raise InputError("; ".join(_said(dict(fault)) for fault in error.errors())) from None


def _base(arguments: argparse.Namespace, context: Context) -> dict[str, dict[str, Any]]:
    from mealmag.storage.profile import load_profile

    if arguments.profile == "-":
        return _from_stdin(context)
    path = Path(arguments.profile) if arguments.profile else context.paths.profile
    if not arguments.profile and not path.exists():
        return {}
    return dict(load_profile(path).model_dump(mode="json"))


def _from_stdin(context: Context) -> dict[str, dict[str, Any]]:
    import tempfile

    from mealmag.storage.profile import load_profile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stdin"
        path.write_text(context.stdin.read(), encoding="utf-8")
        return dict(load_profile(path).model_dump(mode="json"))


def _said(fault: Mapping[str, Any]) -> str:
    """A fault in the words of the command line: the option, and what is wrong with its value."""
    names = [str(part) for part in fault["loc"]]
    key = next((part for part in reversed(names) if part in _OPTION), None)
    message = str(fault["msg"]).removeprefix("Value error, ")
    value = fault.get("input")
    shown = f" ({value})" if isinstance(value, (str, int, float)) else ""
    return f"{_OPTION[key]}{shown}: {message}" if key else message
