"""Which changes of habits are worth a thought: richer foods in place of poorer ones, and one more at times.

How much of a change each is, is our judgement: the same kind of food is a small one, a food that the person
never had a larger one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from mealmag.nutrition.diary import Entry, Ledger
from mealmag.nutrition.food import Food, State
from mealmag.nutrition.intake import brought
from mealmag.nutrition.usual_intake import Days
from mealmag.planning.habits import HabitChange
from mealmag.planning.problem import Rules
from mealmag.services.likely_foods import is_served_as_it_is, likely_foods, richness
from mealmag.services.servings import is_within, serving_of

WEEK = 7
_TIMES = (2, 4, 7)  # days a week
_LEAST_MG = Decimal(5)  # of the mean of a day
_LEAST_SERVING_MG = Decimal(20)
_NOT_ALONE = frozenset({"fats", "herbs-spices", "condiments", "ready-meals", "sweets"})
_ALIKE, _OTHER_GROUP, _IN_ITS_PLACE, _KNOWN, _NEW = 1, 2, 3, 3, 5
_MOST_SWAPS = 4  # of one food
_DRY, _HARDLY_DRIER = Decimal(100), Decimal("1.05")
# Refined and whole are kinds of one thing.
_SAME_GROUP: Mapping[str, str] = MappingProxyType({"refined-grains": "whole-grains"})
# What has one of these roles stands in for what has another: what lies on bread, what fills half a plate.
_PLACES = (
    frozenset({"spread", "nut-butter", "jam", "sweet-spread", "cheese-slice", "hummus"}),
    frozenset({"grain-cooked", "rice-cooked", "pasta-cooked", "potato-cooked", "noodles-cooked"}),
)
# Between meals: these, of which no dish is made, and what stands in for them.
_NIBBLED = frozenset({"snacks", "sweets", "cacao"})
_NIBBLES = frozenset({"nuts", "fruit-dried", "chocolate"})
_STEP = 10  # within one of these the richer food for its energy, and the plainer name, goes first


@dataclass(frozen=True, slots=True)
class HabitIdea:
    """A change in the words of the diary, and in those of the optimiser.

    `instead_of` is the id of the food that goes, `entries` where it was eaten, and `share` how many grams
    stand in for one of it; `grams` is that of one more.
    """

    change: HabitChange
    food: Food
    instead_of: str = ""
    entries: tuple[Entry, ...] = ()
    share: Decimal = Decimal(1)
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
    eaten_g = sum((entry.quantity for entry in entries), Decimal(0))
    most_g = max(entry.quantity for entry in entries)
    ideas = []
    for food in allowed:
        unlike = _unlike(food, eaten)
        if unlike is None or richness(food) <= richness(eaten):
            continue
        share = _share(food, eaten)
        if not is_within(food, share * most_g):
            continue
        grams = share * eaten_g
        adds = {
            key: ((food.amount(key, grams) or Decimal(0)) - brought(entries, key).amount) / days
            for key in nutrients
        }
        # What a country adds to one of the two says nothing of the other: that loss is none.
        for key in eaten.fortified & adds.keys():
            adds[key] = max(Decimal(0), adds[key])
        if adds["magnesium_mg"] >= _LEAST_MG:
            cost = unlike + food.everyday - 1
            ideas.append((cost, -richness(food), len(food.name_en), food, adds, share))
    ideas.sort(key=lambda idea: (*idea[:3], idea[3].id))
    for place, (cost, _, _, food, adds, share) in enumerate(ideas[:_MOST_SWAPS]):
        change = HabitChange(eaten.id, _STEP * cost + place, adds)
        yield HabitIdea(change, food, eaten.id, entries, share)


def _share(food: Food, eaten: Food) -> Decimal:
    """How many grams of a food stand in for one of what was eaten: one, or fewer where it is drier, so that
    the plate is as full. Toast for bread and peanut butter for jam are less of it, not more."""
    dry, was_dry = (_DRY - (each.nutrients["water_g"] or Decimal(0)) for each in (food, eaten))
    known = food.nutrients["water_g"] is not None and eaten.nutrients["water_g"] is not None
    if not known or dry <= max(was_dry, Decimal(1)) * _HARDLY_DRIER:
        return Decimal(1)
    return was_dry / dry


def _unlike(food: Food, eaten: Food) -> int | None:
    """How unlike a food is what was eaten, in whose place it may stand; None where it may not."""
    if food.state is not eaten.state or _is_only_drunk(eaten):
        return None
    if food.roles & eaten.roles:
        return _ALIKE if _group(food) == _group(eaten) else _OTHER_GROUP
    on_one_place = any(place & food.roles and place & eaten.roles for place in _PLACES)
    return _IN_ITS_PLACE if on_one_place or (_is_nibbled(eaten) and food.roles & _NIBBLES) else None


def _is_only_drunk(food: Food) -> bool:
    """Coffee, juice, beer: a drink, and none that stands in for milk. Another brings next to nothing."""
    return food.group == "drinks" and "milk" not in food.roles


def _group(food: Food) -> str:
    return _SAME_GROUP.get(food.group, food.group)


def _is_nibbled(food: Food) -> bool:
    return food.group in _NIBBLED and food.roles <= _NIBBLES


def _more(
    allowed: Sequence[Food], eaten: Collection[str], nutrients: Sequence[str]
) -> Iterator[HabitIdea]:
    for food in allowed:
        serving = serving_of(food)
        alone = food.group not in _NOT_ALONE
        if serving is None or not alone or not is_served_as_it_is(food):
            continue
        grams = serving.grams
        if (food.amount("magnesium_mg", grams) or Decimal(0)) < _LEAST_SERVING_MG:
            continue
        for times in _TIMES:
            share = Decimal(times) / WEEK
            adds = {key: (food.amount(key, grams) or Decimal(0)) * share for key in nutrients}
            cost = (_KNOWN if food.id in eaten else _NEW) + food.everyday - 1 + times // 3
            cost += food.state is State.COOKED  # somebody must cook it
            change = HabitChange(f"more {food.id.partition('-')[0]}", _STEP * cost, adds)
            yield HabitIdea(change, food, grams=grams, measure=serving.measure, days_a_week=times)
