"""The last goal: a week one would want to eat, in points; fewer is better.

Every serving brings its own points (a food that takes a special trip, an amount off the usual one).
Beside those: a dish that comes again, a food that comes often, a food twice a day, and a day without
one of the groups that a plate should show; a packet opened for one serving, and what is at home unused.
"""

from collections.abc import Iterable

from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import ENJOYMENT, POINTS
from mealmag.planning.rules import colours, packets, pantry


def post(menu: MenuModel) -> Terms:
    """All of the above as one sum."""
    return [
        *_servings(menu),
        *_repetition(menu),
        *(term for day in menu.days for term in _missing_groups(menu, day)),
        *(term for day in menu.days for term in colours.post(menu, day)),
        *packets.post(menu),
        *pantry.post(menu),
    ]


def _servings(menu: MenuModel) -> Terms:
    terms, constant = menu.points()
    if constant:
        one = menu.model.variable(1, 1)
        menu.pinned.append(one)
        terms = [*terms, (one, constant)]
    return terms


def _repetition(menu: MenuModel) -> Iterable[tuple[int, int]]:
    weights = menu.instance.problem.weights
    dishes = menu.dish_uses(menu.days, range(menu.instance.meals))
    for uses in dishes.values():
        yield from _more_than(menu, uses, 1, weights.dish_again)
    staple = [group in POINTS.staples for group in menu.instance.groups]
    for food, uses in menu.food_uses().items():
        if not staple[food]:
            yield from _more_than(menu, uses, POINTS.often(menu.day_count), weights.food_often)
    for day in menu.days:
        for food, uses in menu.food_uses(day).items():
            if not staple[food]:
                yield from _more_than(menu, uses, 1, weights.food_twice_a_day * menu.times[day])


def _more_than(menu: MenuModel, uses: tuple[Terms, int], most: int, points: int) -> Terms:
    """A variable for what goes beyond `most`, at `points` each."""
    terms, constant = uses
    highest = sum(c for _, c in terms) + constant
    if highest <= most or not points:
        return []
    again = menu.at_least(
        [(v, -c) for v, c in terms],
        -constant,
        -most,
        per_unit=1,
        most=highest,
        rule=ENJOYMENT.name,
    )
    return [] if again is None else [(again, points)]


def _missing_groups(menu: MenuModel, day: int) -> Iterable[tuple[int, int]]:
    groups = menu.instance.groups
    weight = menu.instance.problem.weights.group_missing
    if not weight:
        return
    by_food = menu.food_uses(day)
    for wanted in POINTS.daily_groups:
        present = [uses for food, uses in by_food.items() if groups[food] in wanted]
        missing = menu.at_least(
            [term for terms, _ in present for term in terms],
            sum(constant for _, constant in present),
            1,
            per_unit=1,
            most=1,
            rule=ENJOYMENT.name,
        )
        if missing is not None:
            yield missing, weight * menu.times[day]
