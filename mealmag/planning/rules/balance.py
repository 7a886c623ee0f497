"""The second goal: the other nutrients' shortfalls and excesses, in thousandths of the reference.

What holds "per day" is counted each day; what holds "per week" once, for the mean over the days, and
weighs as many days. Energy has its hard band; its mean over the week is kept near the middle here, as
otherwise every day would sit at the upper edge, where nutrients are cheapest.
"""

from decimal import Decimal

from mealmag.planning.instance import Instance
from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import BALANCE

ENERGY_TOLERANCE = 30  # thousandths of the middle of the band


def post(menu: MenuModel) -> Terms:
    """A shortage for each floor and each ceiling."""
    goal: Terms = []
    for n, target in enumerate(menu.instance.problem.targets):
        if target.nutrient == "magnesium_mg":
            continue
        if target.nutrient == "energy_kcal":
            goal += _mean_energy(menu, n)
            continue
        for day in menu.days if target.per == "day" else [None]:
            goal += _span(menu, n, day)
    return goal


def loosest(instance: Instance) -> tuple[Decimal, Decimal]:
    """(share, lost): a sum of v whole units stands for at least (v - lost) * share thousandths, exactly.

    A unit may be a little less than a thousandth of a small reference, and each span hides less than one
    unit of its own and what rounding takes from its servings.
    """
    share, lost = Decimal(1), Decimal(0)
    for n, target in enumerate(instance.problem.targets):
        if target.nutrient == "magnesium_mg":
            continue
        mean = target.per == "week" or target.nutrient == "energy_kcal"
        days = instance.days if mean else 1
        for bound in (instance.floor(n, days), instance.ceiling(n, days)):
            if bound:
                step = max(1, bound // 1000)
                share = min(share, Decimal(1000 * step) / bound)
                hidden = Decimal(instance.most_servings * days + 2) / step
                lost += (1 + hidden) * instance.days
    return share, lost


def _span(menu: MenuModel, n: int, day: int | None) -> Terms:
    """One day, or where `day` is None the mean of all."""
    days = menu.day_count if day is None else 1
    floor, ceiling = menu.instance.floor(n, days), menu.instance.ceiling(n, days)
    goal: Terms = []
    if floor is not None:
        goal += _below(menu, n, day, floor, floor)
    if ceiling is not None:
        goal += _above(menu, n, day, ceiling, ceiling)
    return goal


def _mean_energy(menu: MenuModel, n: int) -> Terms:
    floor, ceiling = (
        menu.instance.floor(n, menu.day_count),
        menu.instance.ceiling(n, menu.day_count),
    )
    if floor is None or ceiling is None or not menu.days:
        return []
    middle = (floor + ceiling) // 2
    margin = middle * ENERGY_TOLERANCE // 1000
    return _below(menu, n, None, middle - margin, middle) + _above(
        menu, n, None, middle + margin, middle
    )


def _weight(menu: MenuModel, day: int | None) -> int:
    return menu.day_count if day is None else menu.times[day]


def _below(menu: MenuModel, n: int, day: int | None, bound: int, reference: int) -> Terms:
    terms, constant = menu.amount(n, high=False, day=day)
    step = max(1, reference // 1000)
    short = menu.at_least(
        terms, constant, bound, per_unit=step, most=-(-bound // step), rule=BALANCE.name
    )
    return [] if short is None else [(short, _weight(menu, day))]


def _above(menu: MenuModel, n: int, day: int | None, bound: int, reference: int) -> Terms:
    terms, constant = menu.amount(n, high=True, day=day)
    step = max(1, reference // 1000)
    excess = menu.at_least(
        [(v, -c) for v, c in terms],
        -constant,
        -bound,
        per_unit=step,
        most=(sum(c for _, c in terms) + max(0, constant)) // step + 1,
        rule=BALANCE.name,
    )
    return [] if excess is None else [(excess, _weight(menu, day))]
