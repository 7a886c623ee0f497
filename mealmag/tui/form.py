"""The fields of the profile, as data: one description draws the form and reads it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.food import ALLERGENS, Diet
from mealmag.nutrition.person import Activity, LifeStage, Sex
from mealmag.nutrition.reference import ReferenceSet
from mealmag.storage.profile import Profile


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
        except ValueError:
            return text
        return int(number) if number.is_integer() and self.key not in _DECIMAL else number


_DECIMAL = ("weight_kg", "height_cm")

FIELDS: tuple[Field, ...] = (
    Field("person", "sex", "Sex", "choice", tuple(Sex)),
    Field("person", "age", "Age", "number", hint="years"),
    Field("person", "life_stage", "Life stage", "choice", tuple(LifeStage)),
    Field("person", "weight_kg", "Weight", "number", hint="kg"),
    Field("person", "height_cm", "Height", "number", hint="cm"),
    Field("person", "activity", "Activity", "choice", tuple(Activity)),
    Field("person", "energy_kcal", "Energy", "number", hint="kcal; empty: computed"),
    Field("reference", "set", "Reference set", "choice", tuple(ReferenceSet)),
    Field("diet", "kind", "Diet", "choice", tuple(Diet)),
    Field("diet", "avoid_allergens", "Avoid", "many", ALLERGENS),
    Field("diet", "dislikes", "Dislikes", "words", hint="ids or groups, commas"),
    Field("plan", "meals", "Meals", "many", tuple(Meal)),
    Field("plan", "weekday_minutes", "Weekday minutes", "number", hint="all meals; or empty"),
    Field("plan", "weekend_minutes", "Weekend minutes", "number", hint="all meals; or empty"),
    Field("plan", "max_repeats", "Repeats", "number", hint="of a dish in a week"),
    Field("person", "conditions", "Conditions", "words", hint="e.g. kidney-disease"),
    Field("person", "medicines", "Medicines", "words", hint="e.g. levothyroxine"),
)


def document(profile: Profile | None) -> dict[str, dict[str, Any]]:
    """The values to start the form with."""
    if profile is not None:
        return profile.model_dump(mode="json")
    defaults = Profile.model_validate({"person": {"sex": "female", "age": 30}})
    values = defaults.model_dump(mode="json")
    values["person"].update({"sex": None, "age": None})
    return values


def profile_of(values: Mapping[str, Mapping[str, Any]]) -> Profile:
    """The profile that the form's values make. Raises pydantic's ValidationError."""
    sections: dict[str, dict[str, Any]] = {}
    for field in FIELDS:
        value = values[field.section].get(field.key)
        if value is not None:
            sections.setdefault(field.section, {})[field.key] = value
        elif field.key.endswith("_minutes"):
            sections.setdefault(field.section, {})[field.key] = "none"
    return Profile.model_validate(sections)
