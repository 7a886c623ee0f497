"""Tables of a profile as one line to type: "fish 1–, red-meat –2", "friday dinner out 800; …"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mealmag.catalogue.dish import Meal
from mealmag.errors import did_you_mean
from mealmag.planning.occasion import day_name, parse

_NUMBER = r"\d+(?:\.\d+)?"
_RANGE = re.compile(rf"(.*?)\s*(?:[\s=]|(?=–))({_NUMBER})?\s*(?:–|-|\.\.)\s*({_NUMBER})?")
_OCCASION = re.compile(r"(\S+?)(?:\s*:\s*|\s+)([a-z]+)(?:\s*[=:]\s*|\s+)(\S.*)")


@dataclass(frozen=True, slots=True)
class Unread:
    """What was typed where nothing could be made of it, and what is wrong with it."""

    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class Ranges:
    """Names with a least and a most, commas between them; `low` and `high` are the keys of a profile."""

    low: str
    high: str
    example: str

    def text(self, table: Mapping[str, Mapping[str, Any]]) -> str:
        """The table as a person would type it."""
        return ", ".join(
            f"{name} {number(bounds.get(self.low))}–{number(bounds.get(self.high))}"
            for name, bounds in table.items()
        )

    def read(self, text: str) -> Any:
        """The table that was typed; a bound that is left out is not in it."""
        found: dict[str, dict[str, float]] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            match = _RANGE.fullmatch(part)
            if match is None or not match[1] or not (match[2] or match[3]):
                return Unread(text, f"“{part}” is no range; write {self.example}")
            name = "-".join(match[1].split())
            if name in found:
                return Unread(text, f"{name} stands there twice")
            given = {self.low: match[2], self.high: match[3]}
            found[name] = {key: _value(value) for key, value in given.items() if value}
        return found


class Occasions:
    """Meals that are otherwise, each with its day and its words, semicolons between them."""

    def text(self, table: Mapping[str, Mapping[str, str]]) -> str:
        """The table as a person would type it."""
        return "; ".join(
            f"{day} {meal} {words}" for day, meals in table.items() for meal, words in meals.items()
        )

    def read(self, text: str) -> Any:
        """The table that was typed, its words as a profile writes them."""
        found: dict[str, dict[str, str]] = {}
        for part in filter(None, (part.strip() for part in text.lower().split(";"))):
            match = _OCCASION.fullmatch(part)
            if match is None:
                return Unread(
                    text, f"“{part}”: write a day, a meal and what is: friday dinner out 800"
                )
            day, meal, words = match.groups()
            try:
                day, occasion = day_name(day), parse(words)
            except ValueError as error:
                return Unread(text, str(error))
            if meal not in set(Meal):
                return Unread(text, f"“{meal}” is no meal.{did_you_mean(meal, Meal)}")
            if meal in found.setdefault(day, {}):
                return Unread(text, f"{day} {meal} stands there twice")
            found[day][meal] = "planned" if occasion is None else str(occasion)
        return found


def number(value: float | None) -> str:
    """A number to the last digit, without the point of a whole one; nothing for none."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def _value(text: str) -> float:
    value = float(text)
    return int(value) if value.is_integer() else value
