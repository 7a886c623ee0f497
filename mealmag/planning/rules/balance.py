"""Two goals: the other nutrients' shortfalls and excesses, in thousandths of the reference.

First that of the worst-off nutrient, so that no single one is sacrificed, then the sum of all.

What holds "per day" is counted each day; what holds "per week" once, for the mean over the days, and
weighs as many days. Energy has its hard band; its mean over the week is kept near the middle here, as
otherwise every day would sit at the upper edge, where nutrients are cheapest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mealmag.planning.instance import Instance
from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import BALANCE, WORST

ENERGY_TOLERANCE = 30  # thousandths of the middle of the band


def post(menu: MenuModel) -> Terms:
    """The sum over all nutrients."""
    return [term for terms in _off(menu).values() for term in terms]


def post_worst(menu: MenuModel) -> Terms:
    """What is off of the nutrient of which most is, over all days."""
    sums = list(_off(menu).values())
    reach = [sum(c * menu.model.upper[v] for v, c in terms) for terms in sums]
    return menu.highest(sums, most=max(reach, default=0), rule=WORST.name)


def _off(menu: MenuModel) -> Mapping[str, Terms]:
    """A shortage for each floor and each ceiling, by nutrient; made once for a model."""
    if menu.off_by_nutrient is None:
        found = {}
        for n, target in enumerate(menu.instance.problem.targets):
            if target.nutrient == "magnesium_mg":
                continue
            if target.nutrient == "energy_kcal":
                off = _mean_energy(menu, n)
            else:
                days = menu.days if target.per == "day" else [None]
                off = [term for day in days for term in _span(menu, n, day)]
            if off:
                found[target.nutrient] = off
        menu.off_by_nutrient = found
    return menu.off_by_nutrient


@dataclass(frozen=True, slots=True)
class Rounding:
    """A goal of v whole units stands for at least (v - lost) * share thousandths, exactly.

    A unit may be a little less than a thousandth of a small reference, and each span hides less than one
    unit of its own and what rounding takes from its servings. `lost` is for the sum of all nutrients,
    `lost_of_one` for the one of which most is lost.
    """

    share: Decimal
    lost: Decimal
    lost_of_one: Decimal


def rounding(instance: Instance) -> Rounding:
    """What whole units hide of the two goals."""
    share, losses = Decimal(1), []
    for n, target in enumerate(instance.problem.targets):
        if target.nutrient == "magnesium_mg":
            continue
        mean = target.per == "week" or target.nutrient == "energy_kcal"
        days = instance.days if mean else 1
        lost = Decimal(0)
        for bound in (instance.floor(n, days), instance.ceiling(n, days)):
            if bound:
                step = max(1, bound // 1000)
                share = min(share, Decimal(1000 * step) / bound)
                hidden = Decimal(instance.most_servings * days + 2) / step
                lost += (1 + hidden) * instance.days
        losses.append(lost)
    return Rounding(share, sum(losses, Decimal(0)), max(losses, default=Decimal(0)))


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
