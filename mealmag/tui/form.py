"""The fields of the profile, as data: one description draws the form, reads it back, and places faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mealmag.catalogue.dish import Meal
from mealmag.errors import MealmagError
from mealmag.nutrition.food import ALLERGENS, Diet
from mealmag.nutrition.person import Activity, LifeStage, Sex
from mealmag.nutrition.reference import ReferenceSet
from mealmag.storage.profile import Profile

NEEDED = "needed"
MOST_DAYS = 28
Values = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: where it stands in a profile, its label, its kind, its choices and a hint.

    Kinds: "choice" (one of `choices`), "many" (any of them), "number", "words" (commas between).
    """

    section: str
    key: str
    label: str
    kind: str
    choices: tuple[str, ...] = ()
    hint: str = ""

    @property
    def id(self) -> str:
        """The id of its widget."""
        return f"{self.section}-{self.key}".replace("_", "-")

    def text(self, values: Mapping[str, Mapping[str, Any]]) -> str:
        """Its value in a profile's document, as text for an input."""
        value = values.get(self.section, {}).get(self.key)
        if isinstance(value, (list, tuple)):
            return ", ".join(str(item) for item in value)
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)

    def read(self, text: str) -> Any:
        """The value that `text` stands for; text that is no number stays text, to be refused."""
        if self.kind == "words":
            return [word.strip() for word in text.split(",") if word.strip()]
        if self.kind != "number":
            return text or None
        text = text.strip()
        if not text:
            return None
        try:
            number = float(text.replace(",", "."))
            return int(number) if number.is_integer() and self.key not in _DECIMAL else number
        except ValueError:
            return text


_DECIMAL = ("weight_kg", "height_cm")

PERSON: tuple[Field, ...] = (
    Field("person", "sex", "Sex", "choice", tuple(Sex)),
    Field("person", "age", "Age", "number", hint="years"),
    Field("person", "life_stage", "Life stage", "choice", tuple(LifeStage)),
    Field("person", "trimester", "Trimester", "number", hint="1–3, if pregnant"),
    Field("person", "weight_kg", "Weight", "number", hint="kg"),
    Field("person", "height_cm", "Height", "number", hint="cm"),
    Field("person", "activity", "Activity", "choice", tuple(Activity)),
    Field("person", "energy_kcal", "Energy", "number", hint="kcal, or empty"),
    Field("reference", "set", "Reference set", "choice", tuple(ReferenceSet)),
    Field("person", "conditions", "Conditions", "words", hint="kidney-disease …"),
    Field("person", "medicines", "Medicines", "words", hint="levothyroxine …"),
)
PLATE: tuple[Field, ...] = (
    Field("diet", "kind", "Diet", "choice", tuple(Diet)),
    Field("diet", "avoid_allergens", "Avoid", "many", ALLERGENS, hint="space ticks"),
    Field("diet", "dislikes", "Dislikes", "words", hint="liver, pulses …"),
    Field("plan", "meals", "Meals", "many", tuple(Meal), hint="space ticks"),
    Field("plan", "weekday_minutes", "Weekday minutes", "number", hint="a day, or empty"),
    Field("plan", "weekend_minutes", "Weekend minutes", "number", hint="a day, or empty"),
    Field("plan", "max_repeats", "Most repeats", "number", hint="of one dish"),
    Field("days", "days", "Days", "number", hint=f"1 to {MOST_DAYS}"),
)
FIELDS = (*PERSON, *PLATE)


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
            chosen = values[field.section][field.key]
            values[field.section][field.key] = [item for item in field.choices if item in chosen]
    return {**values, "days": {"days": days}}


def days_fault(values: Values) -> str:
    """What is wrong with the number of days; nothing where all is well."""
    days = values["days"]["days"]
    if isinstance(days, int) and 1 <= days <= MOST_DAYS:
        return ""
    return f"a whole number from 1 to {MOST_DAYS}"


def profile_of(values: Values) -> Profile:
    """The profile that the form's values make. Raises pydantic's ValidationError.

    What the file has and the form does not show (figures, budget, own limits …) is kept as it is.
    """
    shown = {(field.section, field.key) for field in FIELDS}
    sections: dict[str, dict[str, Any]] = {
        section: {
            key: value
            for key, value in keys.items()
            if value is not None and (section, key) not in shown
        }
        for section, keys in values.items()
        if section != "days"
    }
    for field in FIELDS:
        if field.section == "days":
            continue
        value = values[field.section].get(field.key)
        if value is not None:
            sections.setdefault(field.section, {})[field.key] = value
        elif field.key.endswith("_minutes"):
            sections.setdefault(field.section, {})[field.key] = "none"
    return Profile.model_validate(sections)


def faults(error: ValidationError) -> dict[str, str]:
    """What is wrong, by the id of the field; "" where no field can be named."""
    found: dict[str, str] = {}
    for fault in error.errors(include_url=False):
        where = _field(fault)
        found.setdefault(where.id if where else "", _words(fault, where))
    return found


def dislikes_fault(error: MealmagError) -> dict[str, str]:
    """The same, for a dislike that the catalogue does not know."""
    return {"diet-dislikes": error.message.removeprefix("dislikes: ")}


def _field(fault: ErrorDetails) -> Field | None:
    names = [str(part) for part in fault["loc"]]
    if names[1:]:
        known = (f for f in FIELDS if (f.section, f.key) == (names[0], names[1]))
    else:  # a rule between fields says the key first
        first = _plain(fault).partition(" ")[0]
        known = (f for f in FIELDS if f.section in names and f.key == first)
    return next(known, FIELDS[0] if names == ["person"] and fault["type"] == "missing" else None)


def _words(fault: ErrorDetails, field: Field | None) -> str:
    kind, limits = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return NEEDED
    if kind == "greater_than_equal":
        return f"at least {limits['ge']:g}"
    if kind == "less_than_equal":
        return f"at most {limits['le']:g}"
    if kind == "too_short":
        return "choose at least one"
    if kind.startswith(("int_", "float_", "finite_")):
        return "a whole number" if kind.startswith("int_") else "a number"
    words = _plain(fault)
    return words.removeprefix(f"{field.key} ") if field else words


def _plain(fault: ErrorDetails) -> str:
    return (
        fault["msg"]
        .removeprefix("Value error, ")
        .replace('"', "")
        .replace("_", " ")
        .replace("life stage", "life_stage")
    )
