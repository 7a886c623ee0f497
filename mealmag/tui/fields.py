"""The fields of the profile as data, page by page: a further one is one line here and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.food import ALLERGENS, Diet
from mealmag.nutrition.person import Activity, LifeStage, Sex
from mealmag.nutrition.reference import ReferenceSet
from mealmag.planning.weights import Weights
from mealmag.tui.lines import Occasions, Ranges, Unread, number

MOST_DAYS = 28
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its place in a profile with points between, its label, its kind, its choices, a hint.

    Kinds: "choice" (one of `choices`), "many" (any of them), "number", "words" (commas between), and
    "line" (a table as a line of text, which `line` reads). `empty` is what an empty field stands for where
    that is not the default: "none" is no limit.
    """

    place: str
    label: str
    kind: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    line: Ranges | Occasions | None = None
    empty: str | None = None

    @property
    def id(self) -> str:
        """The id of its widget."""
        return self.place.replace(".", "-").replace("_", "-")

    @property
    def path(self) -> tuple[str, ...]:
        """Its place, name by name."""
        return tuple(self.place.split("."))

    @property
    def key(self) -> str:
        """The last name of its place."""
        return self.path[-1]

    def table(self, values: Values) -> Values:
        """The part of a profile's document that has its key."""
        for name in self.path[:-1]:
            values = values.setdefault(name, {})
        return values

    def value(self, values: Values) -> Any:
        """Its value in a profile's document."""
        return self.table(values).get(self.key)

    def text(self, values: Values) -> str:
        """Its value, as text for an input."""
        value = self.value(values)
        if isinstance(value, Unread):
            return value.text
        if self.line is not None:
            return self.line.text(value or {})
        if isinstance(value, (list, tuple)):
            return ", ".join(str(item) for item in value)
        return number(value) if isinstance(value, (int, float)) else value or ""

    def read(self, text: str) -> Any:
        """The value that `text` stands for; text that is no number stays text, to be refused."""
        text = text.strip()
        if self.line is not None:
            return self.line.read(text)
        if self.kind == "words":
            return [word.strip() for word in text.split(",") if word.strip()]
        if self.kind != "number" or not text:
            return text or None
        try:
            value = float(text.replace(",", "."))
            return int(value) if value.is_integer() else value
        except ValueError:
            return text


@dataclass(frozen=True, slots=True)
class Page:
    """Fields that stand together; the two halves are beside each other where there is room."""

    title: str
    left: tuple[Field, ...]
    right: tuple[Field, ...]

    @property
    def id(self) -> str:
        """The id of its tab."""
        return f"page-{self.title.lower()}"

    @property
    def fields(self) -> Sequence[Field]:
        """All of them, in the order that Tab goes."""
        return (*self.left, *self.right)


_TIMES = Ranges("min", "max", "fish 1–, red-meat –2")
_SHARES = Ranges("min", "max", "breakfast 10–30")
_LIMITS = Ranges("floor", "ceiling", "potassium_mg –2000")

_GIVEN = (
    Page(
        "Person",
        left=(
            Field("person.sex", "Sex", "choice", tuple(Sex)),
            Field("person.age", "Age", "number", hint="years"),
            Field("person.life_stage", "Life stage", "choice", tuple(LifeStage)),
            Field("person.trimester", "Trimester", "number", hint="1–3, if pregnant"),
            Field("person.weight_kg", "Weight", "number", hint="kg"),
            Field("person.height_cm", "Height", "number", hint="cm"),
            Field("person.activity", "Activity", "choice", tuple(Activity)),
            Field("person.energy_kcal", "Energy", "number", hint="kcal, or empty"),
        ),
        right=(
            Field("reference.set", "Reference set", "choice", tuple(ReferenceSet)),
            Field("reference.figures", "Food figures", "choice", tuple(Figures), "whose tables"),
            Field("person.conditions", "Conditions", "words", hint="kidney-disease …"),
            Field("person.medicines", "Medicines", "words", hint="levothyroxine …"),
            Field(
                "limits",
                "Own limits",
                "line",
                hint="a day, from your doctor or dietitian: potassium_mg –2000, fibre_g 30–",
                line=_LIMITS,
            ),
        ),
    ),
    Page(
        "Food",
        left=(
            Field("diet.kind", "Diet", "choice", tuple(Diet)),
            Field("diet.avoid_allergens", "Avoid", "many", ALLERGENS, hint="space ticks"),
        ),
        right=(
            Field("diet.dislikes", "Dislikes", "words", hint="liver, pulses …"),
            Field("plan.caffeine_mg", "Caffeine", "number", hint="mg a day at most, or empty"),
            Field(
                "plan.groups",
                "Meals a week",
                "line",
                hint="with a food group, at least–at most: fish 1–, red-meat –2",
                line=_TIMES,
            ),
        ),
    ),
    Page(
        "Plan",
        left=(
            Field("days.days", "Days", "number", hint=f"1 to {MOST_DAYS}"),
            Field("plan.meals", "Meals", "many", tuple(Meal), hint="space ticks"),
            Field("plan.max_repeats", "Most repeats", "number", hint="of one dish a week"),
            Field("plan.max_main_food", "Main food", "number", hint="meals a week", empty="none"),
            Field("plan.cook_once", "Cook once", "number", hint="dinners a week cooked double"),
            Field(
                "plan.weekday_minutes", "Weekday minutes", "number", hint="or empty", empty="none"
            ),
            Field(
                "plan.weekend_minutes", "Weekend minutes", "number", hint="or empty", empty="none"
            ),
            Field("plan.budget", "Budget", "number", hint="a day, by your own prices"),
            Field("plan.margin_mg", "Margin", "number", hint="mg magnesium above the target"),
            Field("plan.sure_percent", "Sure", "number", hint="percent, or empty"),
        ),
        right=(
            Field(
                "plan.shares",
                "Share of energy",
                "line",
                hint="of a meal, in percent of the day: breakfast 10–30, dinner –40",
                line=_SHARES,
            ),
            Field(
                "plan.occasions",
                "Otherwise",
                "line",
                hint="day, meal, what; semicolons between: friday dinner out 800; "
                "sunday breakfast skip; saturday dinner guest vegan; sunday dinner double; "
                "monday dinner lentil-soup; tuesday dinner lentil-soup guest vegan",
                line=Occasions(),
            ),
        ),
    ),
)


def _taste() -> Page:
    """What each part of the last goal weighs, from its own list."""
    weights = tuple(
        Field(
            f"plan.weights.{name}",
            name.replace("_", " ").capitalize(),
            "number",
            hint=f"{about.description} ({about.default})",
        )
        for name, about in Weights.model_fields.items()
    )
    half = (len(weights) + 1) // 2
    return Page("Taste", left=weights[:half], right=weights[half:])


PAGES = (*_GIVEN, _taste())
FIELDS = tuple(field for page in PAGES for field in page.fields)
