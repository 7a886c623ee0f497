"""What of a plan is still to be logged: what is in the diary already is not logged once more."""

from collections import Counter
from collections.abc import Iterable, Sequence

from mealmag.nutrition.diary import Entry


def not_yet_logged(
    planned: Sequence[Entry], logged: Iterable[Entry]
) -> tuple[list[Entry], list[Entry]]:
    """The planned entries of a day that are not among those of its diary, and those that are.

    An entry is the same where day, meal, dish and food are, in whatever amount; each stands for one.
    """
    there = Counter(map(_key, logged))
    new: list[Entry] = []
    known: list[Entry] = []
    for entry in planned:
        key = _key(entry)
        if there[key]:
            there[key] -= 1
            known.append(entry)
        else:
            new.append(entry)
    return new, known


def _key(entry: Entry) -> object:
    return entry.day, entry.meal, entry.dish, entry.snapshot.food
