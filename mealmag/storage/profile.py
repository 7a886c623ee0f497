"""The profile: who eats, by which reference set, which diet, and how a plan should look.

A TOML file that people write by hand: every key is optional but sex and age, and a key that nobody
knows is an error with a suggestion, so that no wish is silently dropped.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.food_cells import read_id
from mealmag.catalogue.toml_tables import read_toml
from mealmag.errors import DataProblem, InputError, WriteError, did_you_mean
from mealmag.nutrition.allergens import which_allergens
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.food import ALLERGENS, Diet
from mealmag.nutrition.limits import Limit, Limits
from mealmag.nutrition.person import Activity, LifeStage, Person, Sex, Word
from mealmag.nutrition.reference import ReferenceSet
from mealmag.planning.occasion import (
    WEEKDAYS,
    CookDouble,
    Occasion,
    OccasionWords,
    Place,
    day_name,
)
from mealmag.planning.problem import MOST_MARGIN_MG, Groups, Rating, Share, TimesAWeek
from mealmag.planning.weights import Weights
from mealmag.storage.atomic import write_atomic

_Item = TypeVar("_Item")


def _once(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    for item in items:
        if items.count(item) > 1:
            raise ValueError(f'"{item}" stands there twice')
    return items


def _allergen(word: str) -> str:
    if word not in ALLERGENS:
        raise ValueError(
            f'"{word}" is not one of the fourteen allergens of the EU '
            f"({', '.join(ALLERGENS)}).{which_allergens(word)}"
        )
    return word


_NO_LIMIT = "none"  # TOML has no word for "no value"


def _limit(given: object) -> object:
    return None if given == _NO_LIMIT else given


Minutes = Annotated[
    Annotated[int, Field(strict=True, ge=5, le=600)] | None, BeforeValidator(_limit)
]


MealsOfOneFood = Annotated[
    Annotated[int, Field(strict=True, ge=1, le=14)] | None, BeforeValidator(_limit)
]


def _meal(word: object) -> object:
    if word not in set(Meal):
        raise ValueError(f'"{word}" is no meal ({", ".join(Meal)}).{did_you_mean(str(word), Meal)}')
    return word


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReferenceChoice(_Section):
    """The reference set of the magnesium target, and whose figures food is counted with."""

    set: ReferenceSet = ReferenceSet.US
    figures: Figures = Figures.USDA


class DietChoice(_Section):
    """What may be on the plate. Dislikes are ids of foods or dishes, food groups or main foods."""

    kind: Diet = Diet.OMNIVORE
    avoid_allergens: Annotated[
        tuple[Annotated[Word, AfterValidator(_allergen)], ...], AfterValidator(_once)
    ] = ()
    dislikes: Annotated[tuple[Word, ...], AfterValidator(_once)] = ()


Occasions = dict[
    Annotated[str, AfterValidator(day_name)],
    dict[Annotated[Meal, BeforeValidator(_meal)], OccasionWords],
]


_LEAST_SURE, _MOST_SURE = 1, 99.9


def _chance(percent: float) -> float:
    if not 0 < percent < 100:
        raise ValueError(f"{percent:g} is no chance between 0 and 100 %; nothing is certain")
    if not _LEAST_SURE <= percent <= _MOST_SURE:
        raise ValueError(
            f"{percent:g} is not between {_LEAST_SURE} and {_MOST_SURE} %; draws tell no more"
        )
    return percent


class PlanChoice(_Section):
    """How a plan should look: its meals, minutes of work a day, repeats, and what a day may cost.

    `max_repeats` is of one dish in a week, `max_main_food` of lunches and dinners of one main food;
    without it nothing is asked of main foods, on one day either. The budget is in the currency of the own
    prices, for the mean of the days. No limit to minutes or main foods is None, in the file `"none"`.
    `caffeine_mg` is the most of a day; without it, what
    `nutrition.caffeine` says is safe. `groups` says in how many meals a week a food group comes, and
    `occasions` which meals are otherwise, by weekday or date; a date goes before its weekday.
    `margin_mg` is the magnesium above its target that each day aims at, and `sure_percent` the chance of
    reaching the target that each day should have.
    `cook_once` dinners a week are cooked double for a lunch of the days after.
    `shares` are a meal's percent of a day's energy, in place of the usual ones, and `weights` what each
    part of the last goal weighs.
    """

    meals: Annotated[tuple[Meal, ...], Field(min_length=1), AfterValidator(_once)] = tuple(Meal)
    weekday_minutes: Minutes = 45
    weekend_minutes: Minutes = None
    max_repeats: Annotated[int, Field(strict=True, ge=1, le=7)] = 2
    max_main_food: MealsOfOneFood = 3
    budget: Annotated[float, Field(gt=0, le=100_000)] | None = None
    margin_mg: Annotated[
        float, Field(strict=True, ge=0, le=MOST_MARGIN_MG, allow_inf_nan=False)
    ] = 0
    sure_percent: (
        Annotated[float, Field(strict=True, allow_inf_nan=False), AfterValidator(_chance)] | None
    ) = None
    caffeine_mg: Annotated[float, Field(strict=True, ge=1, le=1000, allow_inf_nan=False)] | None = (
        None
    )
    cook_once: Annotated[int, Field(strict=True, ge=0, le=6)] = 0
    groups: Groups = {}
    weights: Weights = Weights()
    occasions: Occasions = {}
    shares: dict[Annotated[Meal, BeforeValidator(_meal)], Share] = {}

    @model_validator(mode="after")
    def _of_its_meals(self) -> Self:
        for day, by_meal in self.occasions.items():
            for meal, occasion in by_meal.items():
                if meal not in self.meals:
                    raise ValueError(f"{day} has no {meal}: the meals are {', '.join(self.meals)}")
                if isinstance(occasion, CookDouble) and meal != Meal.DINNER:
                    raise ValueError(f"{day} {meal}: only a dinner is cooked double")
        if self.cook_once and not {Meal.LUNCH, Meal.DINNER} <= set(self.meals):
            raise ValueError(
                "cook_once: a dinner is left for a lunch, and both must be among the meals"
            )
        return self

    def occasions_on(self, days: Iterable[date]) -> dict[Place, Occasion]:
        """What is otherwise on these days."""
        found: dict[Place, Occasion] = {}
        for day in days:
            weekday = self.occasions.get(WEEKDAYS[day.weekday()], {})
            for meal, occasion in {**weekday, **self.occasions.get(day.isoformat(), {})}.items():
                if occasion is not None:
                    found[Place(day, meal)] = occasion
        return found


class Profile(_Section):
    """Everything about one person that a plan needs to know.

    `ratings` are of dishes and of foods as bought, by their ids: from -2 to 2, 0 is unrated.
    """

    person: Person
    reference: ReferenceChoice = ReferenceChoice()
    diet: DietChoice = DietChoice()
    plan: PlanChoice = PlanChoice()
    limits: Limits = {}
    ratings: dict[Annotated[str, AfterValidator(read_id)], Rating] = {}


_SECTIONS: Mapping[str, type[BaseModel]] = {
    "person": Person,
    "reference": ReferenceChoice,
    "diet": DietChoice,
    "plan": PlanChoice,
}
_TABLES: Mapping[tuple[str, ...], type[BaseModel]] = {  # by names of their own
    ("limits",): Limit,
    ("plan", "groups"): TimesAWeek,
    ("plan", "shares"): Share,
}
_PARTS: Mapping[tuple[str, ...], type[BaseModel]] = {("plan", "weights"): Weights}
_WORDS: Mapping[tuple[str, str], type[StrEnum]] = {
    ("person", "sex"): Sex,
    ("person", "life_stage"): LifeStage,
    ("person", "activity"): Activity,
    ("reference", "set"): ReferenceSet,
    ("reference", "figures"): Figures,
    ("diet", "kind"): Diet,
    ("plan", "meals"): Meal,
}


def load_profile(path: Path) -> Profile:
    """Read a profile. InputError, with file, line and key of every fault, when it is bad."""
    values, text, problem = read_toml(path)
    if problem is not None:
        raise _unusable(path, [problem])
    try:
        return Profile.model_validate(values)
    except ValidationError as error:
        lines = _lines(text)
        raise _unusable(
            path,
            [_problem(path, fault, lines) for fault in error.errors(include_url=False)],
        ) from error


def save_profile(path: Path, profile: Profile) -> None:
    """Write a profile for its owner's eyes only, making its folder. WriteError when that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(
            f"The folder {path.parent} cannot be made: {reason}.", hint="Choose another place."
        ) from error
    write_atomic(path, profile_toml(profile), private=True)


def profile_toml(profile: Profile) -> str:
    """The profile as TOML, in the order of its model; keys without a value are left out.

    Where leaving a key out would mean another value, having none is written as `"none"`.
    """
    parts = []
    written = profile.model_dump(mode="json")
    written["plan"]["weights"] = profile.plan.weights.changed()
    for section, values in written.items():
        if not values:
            continue
        fields = _SECTIONS[section].model_fields if section in _SECTIONS else {}
        lines = [
            f"{key} = {_toml(_NO_LIMIT if value is None else value)}"
            for key, value in values.items()
            if value != {} and (value is not None or fields[key].default is not None)
        ]
        parts.append("\n".join([f"[{section}]", *lines]) + "\n")
    return "\n".join(parts)


def _toml(value: object) -> str:
    """Text, numbers and lists of text are written in TOML as in JSON; tables stand in one line."""
    if isinstance(value, dict):
        pairs = (f"{key} = {_toml(item)}" for key, item in value.items() if item is not None)
        return f"{{ {', '.join(pairs)} }}"
    return json.dumps(value, ensure_ascii=False)


def _unusable(path: Path, problems: Sequence[DataProblem]) -> InputError:
    return InputError(
        f"The profile {path} cannot be used: {problems[0].message}",
        hint="Mend the file; nothing was changed.",
        problems=problems,
    )


_PYDANTICS = frozenset({"[key]"})  # what pydantic puts in a place besides our names
_NAMES = r"""((?:["']?[\w-]+["']?\s*\.\s*)*["']?[\w-]+["']?)"""
_HEADER = re.compile(rf"\s*\[\s*{_NAMES}\s*\]")
_KEY = re.compile(rf"\s*{_NAMES}\s*=")


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Where each section and each key stands, counted from 1."""
    found: dict[tuple[str, ...], int] = {}
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            section = _split(header.group(1))
            found.setdefault(section, number)
        elif key := _KEY.match(line):
            found.setdefault((*section, *_split(key.group(1))), number)
    return found


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))


def _problem(path: Path, fault: ErrorDetails, lines: Mapping[tuple[str, ...], int]) -> DataProblem:
    """One fault of pydantic's in the words of this program, with the line where it stands."""
    names = tuple(p for p in fault["loc"] if isinstance(p, str) and p not in _PYDANTICS)
    above = (lines.get(names[:n]) for n in range(len(names), 0, -1))
    line = next((line for line in above if line), None)
    column = _clean(".".join(names)) or None
    return DataProblem(str(path), line, column, _message(names, fault))


def _message(names: tuple[str, ...], fault: ErrorDetails) -> str:
    """What is wrong, in a sentence."""
    kind, given, limits = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        known = list(_known(names))
        what = "section" if len(names) == 1 else "key"
        return f"there is no {what} {_shown(names[-1])}.{did_you_mean(names[-1], known)}"
    if kind == "missing":
        return f'"{names[-1]}" is missing.'
    if kind == "enum":
        known = [word.value for word in _WORDS[names[0], names[1]]]
        near = did_you_mean(given, known) if isinstance(given, str) else ""
        return f"{_shown(given)} is not one of {', '.join(known)}.{near}"
    if kind == "value_error":
        return fault["msg"].removeprefix("Value error, ").rstrip(".") + "."
    if kind in {"greater_than_equal", "less_than_equal"}:
        side = "less" if kind == "greater_than_equal" else "more"
        return f"{_shown(given)} is {side} than {limits.get('ge', limits.get('le'))}."
    if kind == "greater_than":
        return f"{_shown(given)} is not above {limits['gt']}."
    if kind == "too_short":
        return "this list is empty."
    wanted = {
        "int_type": "a whole number", "float_type": "a number", "finite_number": "a number",
        "string_type": "text in quotes", "tuple_type": 'a list, such as ["one", "two"]',
        "model_type": "a section", "model_attributes_type": "a section", "dict_type": "a section",
    }  # fmt: skip
    return f"this must be {wanted.get(kind, 'something else')}, not {_shown(given)}."


def _known(names: Sequence[str]) -> Iterable[str]:
    """The names that may stand where the last of `names` does."""
    if len(names) == 1:
        return Profile.model_fields
    model = _PARTS.get(tuple(names[:-1])) or _TABLES.get(tuple(names[:-2]))
    return (model or _SECTIONS[names[0]]).model_fields


def _shown(given: object) -> str:
    """A value as a person wrote it, short and safe for a terminal."""
    text = f'"{given}"' if isinstance(given, str) else str(given)
    if isinstance(given, bool):
        text = text.lower()
    clean = _clean(text)
    return clean if len(clean) <= 60 else clean[:57] + "…"


def _clean(text: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in text)
