"""How long a keystroke takes in the search, beside what else could have been used."""

import difflib
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from textual.fuzzy import FuzzySearch

from mealmag.catalogue.every_food import EveryFood
from mealmag.services.catalogue import load_food_table
from mealmag.services.foods import food_index

TYPED = (
    "spinach", "pindakaas", "choco 85", "peanut butter", "brocolli", "spinnazie", "volkoren brood",
    "cheese cheddar", "yogurt greek plain", "xyzzy",
)  # fmt: skip
_MOST_MS = 16.0


@dataclass(frozen=True, slots=True)
class Keystrokes:
    """Milliseconds of every key of every word typed, one searcher over one table."""

    searcher: str
    foods: int
    milliseconds: tuple[float, ...]

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Searcher, foods, median, worst, and how many keys took longer than a frame."""
        late = sum(one > _MOST_MS for one in self.milliseconds)
        return (
            self.searcher,
            f"{self.foods:,}",
            f"{statistics.median(self.milliseconds):.1f}",
            f"{max(self.milliseconds):.1f}",
            f"{late} of {len(self.milliseconds)}",
        )


def measure() -> list[Keystrokes]:
    """Ours over our foods and over all of them; Textual's matcher and difflib over all of them."""
    ours, every = load_food_table(), EveryFood()
    names = [food.name_en for food in ours.values()] + [
        every.description(entry.key) for entry in every.entries()
    ]
    small, large = food_index(ours), food_index(ours, every)
    matcher = FuzzySearch()
    return [
        _time("mealmag, our foods", len(ours), small.find),
        _time("mealmag, all foods", len(names), large.find),
        _time(
            "textual.fuzzy, all foods",
            len(names),
            lambda text: sorted(names, key=lambda name: -matcher.match(text, name)[0])[:50],
        ),
        _time(
            "difflib, all foods",
            len(names),
            lambda text: difflib.get_close_matches(text, names, 50, 0.5),
            words=2,
        ),
    ]


def _time(
    searcher: str, foods: int, find: Callable[[str], object], words: int | None = None
) -> Keystrokes:
    times = []
    find("warm up")
    for text in TYPED[:words]:
        for end in range(1, len(text) + 1):
            before = perf_counter()
            find(text[:end])
            times.append(1000 * (perf_counter() - before))
    return Keystrokes(searcher, foods, tuple(times))
