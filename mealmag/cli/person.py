"""Who it is for: what the options say, laid over a profile or instead of one."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mealmag.cli.context import Context
from mealmag.cli.occasions import lay_over
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
_ADDED = frozenset({"avoid", "dislike", "condition", "medicine"})  # to those of the profile
_OPTION = {
    name: f"--{option.replace('_', '-')}"
    for group in _SECTIONS.values()
    for option, name in group.items()
} | {"limits": "--limit", "groups": "--at-least, --at-most", "weights": "--points"}


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
