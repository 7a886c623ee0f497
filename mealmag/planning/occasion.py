"""What is otherwise at a meal than a dish for one: skipped, out, eaten already, a guest, cooked double, or a
dish that was named.

Each is a word or a few, the same in a profile, on the command line and on a screen: "skip",
"out 800", "ate 60 g oats-rolled, 118 g banana", "guest vegan, nuts", "double", "double 2", "lentil-soup",
"lentil-soup guest vegan", "lentil-soup double".
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.food_cells import read_id
from mealmag.errors import did_you_mean
from mealmag.nutrition.food import ALLERGENS, Diet

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MOST_KCAL, _MOST_GRAMS = 6000, 3000
MOST_DAYS_KEPT = 3  # between a dinner and the lunch that is left of it
_FORMS = (
    '"skip", "out 800" (kcal), "ate 60 g oats-rolled, 118 g banana", "guest vegan, nuts", '
    '"double" (or "double 2": for the lunch in two days), the id of a dish ("lentil-soup"), also before a '
    'guest or "double" ("lentil-soup guest vegan"), or "planned"'
)
# What each begins with. They mean what they mean, whatever a dish is called.
WORDS = ("skip", "skipped", "none", "double", "planned", "guest", "out", "ate", "eaten")
_BESIDE_A_DISH = ("guest", "double")
_PORTION = re.compile(r"(\d+(?:[.,]\d+)?)\s*g\s+([\w+.-]+)")


class Place(NamedTuple):
    """One meal of a plan."""

    date: date
    meal: Meal

    def __str__(self) -> str:
        return f"{self.date:%A} {self.meal}"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Skipped(_Frozen):
    """Nothing is eaten; the other meals bring the day's energy."""

    kind: Literal["skipped"] = "skipped"

    def __str__(self) -> str:
        return "skip"


class EatingOut(_Frozen):
    """Somebody else cooks: the energy (kcal) is a guess, and everything else is unknown."""

    kind: Literal["out"] = "out"
    kcal: Annotated[int, Field(ge=1, le=_MOST_KCAL)]

    def __str__(self) -> str:
        return f"out {self.kcal} kcal"


class EatenFood(_Frozen):
    """A food by its id, and its grams."""

    food: str
    grams: Annotated[Decimal, Field(gt=0, le=_MOST_GRAMS)]

    def __str__(self) -> str:
        return f"{self.grams:f} g {self.food}"


class Eaten(_Frozen):
    """What is on the plate is known and stays: the rest of the day is planned around it."""

    kind: Literal["eaten"] = "eaten"
    foods: Annotated[tuple[EatenFood, ...], Field(min_length=1, max_length=40)]

    def __str__(self) -> str:
        return "ate " + ", ".join(map(str, self.foods))


def _dish_id(word: str) -> str:
    if word in WORDS:
        raise ValueError(f'"{word}" is said of meals, and names no dish')
    return read_id(word)


DishId = Annotated[str, AfterValidator(_dish_id)]


class Guest(_Frozen):
    """Somebody else eats too: the dish must also suit their diet, allergens and dislikes. It may be named."""

    kind: Literal["guest"] = "guest"
    dish: DishId | None = None
    diet: Diet = Diet.OMNIVORE
    avoid_allergens: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()

    @property
    def wishes(self) -> str:
        """What they eat and do not eat, in words; empty where they eat everything."""
        diet = () if self.diet is Diet.OMNIVORE else (self.diet.value,)
        return ", ".join([*diet, *self.avoid_allergens, *self.dislikes])

    def __str__(self) -> str:
        return " ".join(filter(None, [self.dish, "guest", self.wishes]))


class CookDouble(_Frozen):
    """Twice as much is cooked, and what is left is a lunch so many `days` later. The dish may be named."""

    kind: Literal["double"] = "double"
    dish: DishId | None = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS_KEPT)] = 1

    def __str__(self) -> str:
        later = "" if self.days == 1 else str(self.days)
        return " ".join(filter(None, [self.dish, "double", later]))


class FixedDish(_Frozen):
    """This dish of the cookbook, by its id; its choices and amounts are planned."""

    kind: Literal["fixed"] = "fixed"
    dish: DishId

    def __str__(self) -> str:
        return self.dish


_Any = Skipped | EatingOut | Eaten | Guest | CookDouble | FixedDish
Occasion = Annotated[_Any, Field(discriminator="kind")]


def named_dish(occasion: _Any | None) -> str | None:
    """The dish that was named for a meal, by its id; None where none was."""
    return occasion.dish if isinstance(occasion, FixedDish | Guest | CookDouble) else None


def is_for_later(place: Place, occasion: _Any, last: date) -> bool:
    """Whether a dinner would be cooked double for a lunch after the `last` day: then it is not."""
    return isinstance(occasion, CookDouble) and (last - place.date).days < occasion.days


def parse(text: str) -> _Any | None:
    """The occasion that these words mean; None for "planned". ValueError says what may be written."""
    word, _, rest = text.strip().lower().partition(" ")
    rest = rest.strip()
    if word in ("skip", "skipped", "none") and not rest:
        return Skipped()
    if word == "double":
        return _double(text, rest)
    if word == "planned" and not rest:
        return None
    if word == "guest":
        return _guest(rest)
    if word == "out":
        return _out(text, rest)
    if word in ("ate", "eaten"):
        return _eaten(text, rest)
    dish, beside = dish_part(text)
    also = parse(beside) if dish and beside else None
    try:
        if isinstance(also, Guest | CookDouble):
            return type(also).model_validate({**also.model_dump(), "dish": dish})
        return FixedDish(dish=dish)
    except ValueError:
        raise ValueError(f'"{text}" says nothing of a meal; write {_FORMS}') from None


def dish_part(text: str) -> tuple[str, str]:
    """What of these words names a dish, in whichever words, and what else is said: a guest, or double.

    Nothing names one where the first word is one that is said of meals.
    """
    words = text.lower().split()
    if not words or words[0] in WORDS:
        return "", text
    end = next((n for n, word in enumerate(words) if word in _BESIDE_A_DISH), len(words))
    return " ".join(words[:end]), " ".join(words[end:])


def _out(text: str, rest: str) -> EatingOut:
    number = rest.removesuffix("kcal").strip()
    if not number.isdecimal() or not 1 <= int(number) <= _MOST_KCAL:
        raise ValueError(
            f'"{text}": a meal out needs its energy, 1 to {_MOST_KCAL} kcal: "out 800"'
        )
    return EatingOut(kcal=int(number))


def _double(text: str, rest: str) -> CookDouble:
    number = rest.removesuffix("days").strip() or "1"
    if not number.isdecimal() or not 1 <= int(number) <= MOST_DAYS_KEPT:
        raise ValueError(
            f'"{text}": what is cooked double is lunch 1 to {MOST_DAYS_KEPT} days later: "double 2"'
        )
    return CookDouble(days=int(number))


def _eaten(text: str, rest: str) -> Eaten:
    foods = []
    for part in filter(None, re.split(r"\s*[,;]\s+|\s*;\s*|\s+\+\s+", rest)):
        match = _PORTION.fullmatch(part.strip())
        if match is None:
            raise ValueError(
                f'"{part}" is no food with its grams; write "ate 60 g oats-rolled, 118 g banana"'
            )
        grams = Decimal(match[1].replace(",", "."))
        if not 0 < grams <= _MOST_GRAMS:
            raise ValueError(f'"{part}": that is not above 0 and at most {_MOST_GRAMS} g')
        foods.append(EatenFood(food=match[2], grams=grams))
    if not foods:
        raise ValueError(f'"{text}": write what was eaten: "ate 60 g oats-rolled, 118 g banana"')
    return Eaten(foods=tuple(foods))


def _guest(rest: str) -> Guest:
    """Words that are a diet or an allergen are taken for it; all others must be ids or groups."""
    diet, allergens, dislikes = Diet.OMNIVORE, [], []
    for word in filter(None, (part.strip() for part in rest.split(","))):
        if word in set(Diet):
            diet = Diet(word)
        elif word in ALLERGENS:
            allergens.append(word)
        else:
            dislikes.append(word)
    return Guest(diet=diet, avoid_allergens=tuple(allergens), dislikes=tuple(dislikes))


def _read(given: object) -> object:
    return parse(given) if isinstance(given, str) else given


# As a profile has it: words. What "planned" stands for is no occasion.
OccasionWords = Annotated[
    Occasion | None,
    BeforeValidator(_read),
    PlainSerializer(lambda occasion: "planned" if occasion is None else str(occasion)),
]


def day_name(text: str) -> str:
    """A weekday, or a date as YYYY-MM-DD. ValueError for anything else."""
    word = text.strip().lower()
    if word in WEEKDAYS:
        return word
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        raise ValueError(
            f'"{text}" is neither a weekday nor a date (YYYY-MM-DD).{did_you_mean(word, WEEKDAYS)}'
        ) from None
