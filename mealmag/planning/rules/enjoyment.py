"""The third goal: a week one would want to eat, in points; fewer is better.

Every serving brings its own points (a food that takes a special trip, an amount off the usual one).
Beside those: a dish that comes again, a food that comes often, a food twice a day, and a day without
one of the groups that a plate should show.
"""

from mealmag.planning.instance import STAPLES
from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import ENJOYMENT

DISH_AGAIN = 5
FOOD_OFTEN = 1
FOOD_TWICE_A_DAY = 2
GROUP_MISSING = 3
# A plate without these in a day is a poor one; each entry is met by any of its groups.
DAILY_GROUPS: tuple[tuple[str, ...], ...] = (
    ("vegetables", "leafy-greens"),
    ("fruit",),
    ("whole-grains", "bread", "starchy-vegetables", "refined-grains"),
    ("pulses", "soya", "nuts", "seeds", "fish", "eggs", "dairy", "meat"),
)


def often(days: int) -> int:
    """How often a food may be served in `days` days before it counts as often: three times a week."""
    return -(-3 * days // 7)


def post(menu: MenuModel) -> Terms:
    """All of the above as one sum."""
    rule = ENJOYMENT.name
    terms, constant = menu.points()
    goal = list(terms)
    if constant:
        goal.append((menu.model.variable(1, 1), constant))
        menu.pinned.append(goal[-1][0])
    slots = len(menu.days) * menu.instance.meals

    def more_than(uses: tuple[Terms, int], most: int, points: int) -> None:
        uses_terms, uses_constant = uses
        if len(uses_terms) + uses_constant <= most:
            return
        again = menu.at_least(
            [(v, -c) for v, c in uses_terms],
            -uses_constant,
            -most,
            per_unit=1,
            most=slots * 8,
            rule=rule,
        )
        if again is not None:
            goal.append((again, points))

    for uses in menu.dish_uses(menu.days, range(menu.instance.meals)).values():
        more_than(uses, 1, DISH_AGAIN)
    groups = menu.instance.groups
    for food, uses in menu.food_uses(menu.days).items():
        if groups[food] not in STAPLES:
            more_than(uses, often(len(menu.days)), FOOD_OFTEN)
    for day in menu.days:
        by_food = menu.food_uses([day])
        for food, uses in by_food.items():
            if groups[food] not in STAPLES:
                more_than(uses, 1, FOOD_TWICE_A_DAY)
        for wanted in DAILY_GROUPS:
            present = [uses for food, uses in by_food.items() if groups[food] in wanted]
            missing = menu.at_least(
                [term for uses_terms, _ in present for term in uses_terms],
                sum(uses_constant for _, uses_constant in present),
                1,
                per_unit=1,
                most=1,
                rule=rule,
            )
            if missing is not None:
                goal.append((missing, GROUP_MISSING))
    return goal
