"""Which changes of habits are worth a thought: richer foods in place of poorer ones, and one more at times.

How much of a change each is, is our judgement: the same kind of food is a small one, a food that the person
never had a larger one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mealmag.nutrition.diary import Entry, Ledger
from mealmag.nutrition.food import Food
from mealmag.nutrition.intake import brought
from mealmag.nutrition.usual_intake import Days
from mealmag.planning.habits import HabitChange
from mealmag.planning.problem import Rules
from mealmag.services.likely_foods import is_served_as_it_is, likely_foods, richness

WEEK = 7
_TIMES = (2, 4, 7)  # days a week
_LEAST_MG = Decimal(5)  # of the mean of a day
_LEAST_SERVING_MG = Decimal(20)
_RICHEST = 3
_NOT_ALONE = frozenset({"fats", "herbs-spices", "condiments", "ready-meals", "sweets"})
_ALIKE, _OTHER_GROUP, _KNOWN, _NEW = 1, 2, 3, 5
_STEP = 10  # within one of these the richer food for its energy, and the plainer name, goes first


@dataclass(frozen=True, slots=True)
class HabitIdea:
    """A change in the words of the diary, and in those of the optimiser.

    `instead_of` is the id of the food that goes, `entries` where it was eaten; `grams` is that of one more.
    """

    change: HabitChange
    food: Food
    instead_of: str = ""
    entries: tuple[Entry, ...] = ()
    grams: Decimal = Decimal(0)
    measure: str = ""
    days_a_week: int = 0


def habit_ideas(
    days: Days,
    foods: Mapping[str, Food],
    rules: Rules,
    nutrients: Sequence[str],
) -> list[HabitIdea]:
    """Changes within what the person may eat. All are tried together, so that more are no harm but time."""
    allowed = likely_foods(foods.values(), rules)
    eaten: dict[str, list[Entry]] = {}
    for entries in days.values():
        for entry in entries:
            if entry.ledger is Ledger.FOOD and entry.snapshot.food in foods:
                eaten.setdefault(entry.snapshot.food, []).append(entry)
    count = len(days)
    found = [
        idea
        for food, entries in sorted(eaten.items())
        for idea in _swaps(foods[food], tuple(entries), allowed, nutrients, count)
    ]
    return [*found, *_more(allowed, eaten.keys(), nutrients)]


def _swaps(
    eaten: Food,
    entries: tuple[Entry, ...],
    allowed: Sequence[Food],
    nutrients: Sequence[str],
    days: int,
) -> Iterator[HabitIdea]:
    grams = sum((entry.quantity for entry in entries), Decimal(0))
    ideas = []
    for food in allowed:
        if food.state is not eaten.state or not food.roles & eaten.roles:
            continue
        if richness(food) <= richness(eaten):
            continue
        adds = {
            key: ((food.amount(key, grams) or Decimal(0)) - brought(entries, key).amount) / days
            for key in nutrients
        }
        # What a country adds to one of the two says nothing of the other: that loss is none.
        for key in eaten.fortified & adds.keys():
            adds[key] = max(Decimal(0), adds[key])
        if adds["magnesium_mg"] >= _LEAST_MG:
            cost = (_ALIKE if food.group == eaten.group else _OTHER_GROUP) + food.everyday - 1
            ideas.append((cost, -richness(food), len(food.name_en), food, adds))
    ideas.sort(key=lambda idea: (*idea[:3], idea[3].id))
    for place, (cost, _, _, food, adds) in enumerate(ideas[:_RICHEST]):
        change = HabitChange(eaten.id, _STEP * cost + place, adds)
        yield HabitIdea(change, food, eaten.id, entries)


def _more(
    allowed: Sequence[Food], eaten: Collection[str], nutrients: Sequence[str]
) -> Iterator[HabitIdea]:
    for food in allowed:
        grams = food.serving_g
        alone = food.group not in _NOT_ALONE
        if not grams or not alone or not is_served_as_it_is(food):
            continue
        if (food.amount("magnesium_mg", grams) or Decimal(0)) < _LEAST_SERVING_MG:
            continue
        for times in _TIMES:
            share = Decimal(times) / WEEK
            adds = {key: (food.amount(key, grams) or Decimal(0)) * share for key in nutrients}
            cost = (_KNOWN if food.id in eaten else _NEW) + food.everyday - 1 + times // 3
            change = HabitChange(f"more {food.id.partition('-')[0]}", _STEP * cost, adds)
            yield HabitIdea(change, food, grams=grams, measure=food.serving, days_a_week=times)
