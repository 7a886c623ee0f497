"""From a profile to the form's values, back again, and each fault to the field it is about."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mealmag.errors import MealmagError
from mealmag.planning.occasion import day_name
from mealmag.services.catalogue import Catalogue
from mealmag.services.problem import refuse_unknown_dishes, refuse_unknown_dislikes
from mealmag.storage.profile import Profile
from mealmag.tui.fields import FIELDS, MOST_DAYS, Field, Values
from mealmag.tui.lines import Unread, number

NEEDED = "needed"
_LIST = re.compile(
    r" \([^()]*\)(?=\. Did you mean)"
)  # of all that may stand there, too long for a form
_OCCASIONS = next(field for field in FIELDS if field.place == "plan.occasions")


def document(profile: Profile | None, days: int) -> Values:
    """The values to start the form with."""
    if profile is None:
        defaults = Profile.model_validate({"person": {"sex": "female", "age": 30}})
        values: Values = defaults.model_dump(mode="json")
        values["person"].update({"sex": None, "age": None})
    else:
        values = profile.model_dump(mode="json")
    for field in FIELDS:
        if field.kind == "many":
            chosen = field.value(values)
            field.table(values)[field.key] = [item for item in field.choices if item in chosen]
        elif field.line is not None:
            field.table(values)[field.key] = _without_none(field.value(values))
    return {**values, "days": {"days": days}}


def days_fault(values: Values) -> str:
    """What is wrong with the number of days; nothing where all is well."""
    days = values["days"]["days"]
    if isinstance(days, int) and 1 <= days <= MOST_DAYS:
        return ""
    return f"a whole number from 1 to {MOST_DAYS}"


def unread(values: Values) -> dict[str, str]:
    """What is wrong with each line that could not be read, by the id of its field."""
    typed = {field.id: field.value(values) for field in FIELDS}
    return {key: value.fault for key, value in typed.items() if isinstance(value, Unread)}


def profile_of(values: Values) -> Profile:
    """The profile that the form's values make, without what `unread` tells of.

    Raises pydantic's ValidationError. What the file has and the form does not show is kept as it is.
    """
    kept = deepcopy({key: part for key, part in values.items() if key != "days"})
    for field in FIELDS:
        value = field.value(values)
        if value is None and field.empty is not None:
            field.table(kept)[field.key] = field.empty
        elif value is None or isinstance(value, Unread):
            field.table(kept).pop(field.key, None)
    return Profile.model_validate(kept)


def _without_none(table: Mapping[str, Any]) -> Values:
    return {
        key: _without_none(value) if isinstance(value, Mapping) else value
        for key, value in table.items()
        if value is not None
    }


def faults(error: ValidationError) -> dict[str, str]:
    """What is wrong, by the id of the field; "" where no field can be named."""
    found: dict[str, str] = {}
    for fault in error.errors(include_url=False):
        where = _field(fault)
        found.setdefault(where.id if where else "", _words(fault, where))
    return found


def unknown(profile: Profile, catalogue: Catalogue) -> dict[str, str]:
    """The same, for a dislike or a dish that the catalogue does not know."""
    found = {}
    try:
        refuse_unknown_dislikes(profile.diet.dislikes, catalogue)
    except MealmagError as error:
        found["diet-dislikes"] = error.message.removeprefix("dislikes: ")
    try:
        refuse_unknown_dishes(profile.plan, catalogue)
    except MealmagError as error:
        found[_OCCASIONS.id] = error.message
    return found


def _field(fault: ErrorDetails) -> Field | None:
    """The field that a fault is about: the one at its place, or at a place above it."""
    place = tuple(str(part) for part in fault["loc"])
    known = {field.path: field for field in FIELDS}
    for most in range(len(place), 0, -1):
        if found := known.get(place[:most]):
            return found
    first = _said(fault).partition(" ")[0]  # a rule between fields says the key first
    if place == ("plan",) and _is_day(first):
        return _OCCASIONS
    missing = fault["type"] == "missing" and place == ("person",)
    return known.get((*place, first), FIELDS[0] if missing else None)


def _is_day(word: str) -> bool:
    try:
        return bool(day_name(word))
    except ValueError:
        return False


def _words(fault: ErrorDetails, field: Field | None) -> str:
    """The fault in a few words; what a line's faults are about is said first."""
    kind, limits = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return NEEDED
    words = {
        "greater_than_equal": f"at least {number(limits.get('ge'))}",
        "less_than_equal": f"at most {number(limits.get('le'))}",
        "greater_than": f"above {number(limits.get('gt'))}",
        "too_short": "choose at least one",
    }.get(kind)
    if words is None and kind.startswith(("int_", "float_", "finite_")):
        words = "a whole number" if kind.startswith("int_") else "a number"
    if words is None:
        words = _LIST.sub("", _said(fault).replace('"', ""))
        words = words.removeprefix(f"{field.key} ") if field else words
    if field is not None and field.line is not None:
        about = [str(part) for part in fault["loc"][len(field.path) :] if part != "[key]"]
        words = f"{' '.join(about)}: {words}" if about and about[0] not in words else words
    return words


def _said(fault: ErrorDetails) -> str:
    return fault["msg"].removeprefix("Value error, ")
