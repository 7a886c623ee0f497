"""The days of several weeks in an order in which no week has too much of one thing.

Over a plan of several weeks a dish and a main food may come as often as is allowed in a week, times the
weeks. Which week a day stands in changes no sum; so days trade places until each week has its share, as far
as that is to be had.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.main_foods import cooked
from mealmag.planning.rules import follows, values
from mealmag.planning.weeks import week_of, weeks


def evened(instance: Instance, menu: Menu, *, stop: Callable[[], bool] = lambda: False) -> Menu:
    """The same days, some of them in each other's place: within the rules, and no goal worse."""
    if len(weeks(instance.days)) == 1:
        return menu
    reached = values(instance, menu)
    over = _over(instance, menu)
    while over and not stop():
        for fewer, traded in _trades(instance, menu, over):
            if follows(instance, traded) and _no_worse(values(instance, traded), reached):
                menu, over = traded, fewer
                break
        else:
            break
    return menu


def _trades(instance: Instance, menu: Menu, over: int) -> Iterator[tuple[int, Menu]]:
    """Menus with two alike days of different weeks in each other's place, by what is left over; only those
    with less."""
    found = []
    for days in instance.day_kinds():
        for one, other in combinations(days, 2):
            if week_of(one) != week_of(other):
                traded = _traded(instance, menu, one, other)
                left = _over(instance, traded)
                if left < over:
                    found.append((left, one, other, traded))
    for left, _, _, traded in sorted(found, key=lambda each: each[:3]):
        yield left, traded


def _traded(instance: Instance, menu: Menu, one: int, other: int) -> Menu:
    moved = {}
    for meal in range(instance.meals):
        moved[Slot(one, meal)] = menu[Slot(other, meal)]
        moved[Slot(other, meal)] = menu[Slot(one, meal)]
    return instance.whole({**menu, **moved})


def _over(instance: Instance, menu: Menu) -> int:
    """The meals that are one too many of a dish, or of a main food, in their week."""
    rules = instance.problem.rules
    dishes = Counter((week_of(s.day), instance.base[menu[s].dish]) for s in instance.cooked)
    over = sum(max(0, times - rules.max_repeats) for times in dishes.values())
    if rules.max_main_food is None:
        return over
    mains = Counter(
        (week_of(slot.day), main)
        for slot in cooked(instance)
        for main in set(instance.piece(menu[slot]).mains)
    )
    return over + sum(max(0, times - rules.max_main_food) for times in mains.values())


def _no_worse(found: dict[str, int], reached: dict[str, int]) -> bool:
    return all(found[goal] <= value for goal, value in reached.items())
