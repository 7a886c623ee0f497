"""What a menu is worth and how far it is from following the rules, without a model, quickly.

For engines that try very many menus. The value is the weighted sum of `mealmag.planning.rules.values`, to
the last point (a test compares them), fifteen times as fast.
"""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.weighing import weights
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.main_food_count import MainFoodCount
from mealmag.planning.pieces import Piece
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM, POINTS
from mealmag.planning.rules import neighbouring_days, repeats
from mealmag.planning.rules.balance import ENERGY_TOLERANCE

_MOST_DAYS_KEPT = 100_000
_SHARE, _MINUTE, _TIME = 1000.0, 5.0, 60.0


class Count(NamedTuple):
    """`value` is the weighted sum; `broken` is 0 where all rules hold, and more the worse they do not.

    A thousandth of the energy floor or of the budget counts 1, a minute 5, a dish too often 60.
    """

    broken: float
    value: int


@dataclass(frozen=True, slots=True)
class _Day:
    """What can be said of a day by its picks alone."""

    low: tuple[int, ...]
    high: tuple[int, ...]
    foods: Counter[int]
    points: int
    minutes: int
    waits: tuple[int, ...]
    cost: int
    dishes: tuple[int, ...]
    main: tuple[int, ...]


class _Limit(NamedTuple):
    """A floor (`sign` 1) or a ceiling (-1) of nutrient `n`, and how it enters the balance."""

    n: int
    sign: int
    bound: int
    step: int

    def units(self, amount: int) -> int:
        """Whole units outside, rounded up."""
        return max(0, -(-self.sign * (self.bound - amount) // self.step))


class MenuCounter:
    """Counts menus of one instance; days that come again are looked up."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        problem = instance.problem
        self._weights = weights(instance)
        self._pieces: dict[Pick, Piece] = {}
        self._days: dict[tuple[Pick, ...], _Day] = {}
        self._daily, self._weekly = _limits(instance)
        self._energy = instance.nutrient("energy_kcal")
        self._magnesium = instance.nutrient("magnesium_mg")
        self._band = instance.floor(self._energy) or 0, instance.ceiling(self._energy) or 0
        self._floor = instance.floor(self._magnesium) or 0
        self._minutes = [problem.rules.minutes_on(day) for day in problem.days]
        self._most = repeats.allowed(problem.rules.max_repeats, instance.days)
        self._often = POINTS.often(instance.days)
        self._main = [m for m, meal in enumerate(problem.meals) if meal in neighbouring_days.MEALS]
        self._staple = [group in POINTS.staples for group in instance.groups]

    def count(self, menu: Menu) -> Count:
        """Value and breaches of a complete menu."""
        instance = self.instance
        days = [
            self._day(tuple(menu[Slot(d, m)] for m in range(instance.meals)))
            for d in range(instance.days)
        ]
        weight = self._weights
        value = (
            weight[MAGNESIUM.name]
            * sum(max(0, self._floor - day.low[self._magnesium]) for day in days)
            + weight[BALANCE.name] * self._balance(days)
            + weight[ENJOYMENT.name] * self._points(days)
        )
        return Count(self._broken(days) + _TIME * self._main_foods(menu), value)

    def _main_foods(self, menu: Menu) -> int:
        count = MainFoodCount(self.instance)
        for slot, pick in menu.items():
            count.count(slot, self.piece(pick), 1)
        return count.broken

    def piece(self, pick: Pick) -> Piece:
        """What a pick brings, remembered."""
        found = self._pieces.get(pick)
        if found is None:
            found = self._pieces[pick] = self.instance.piece(pick)
        return found

    def _day(self, picks: tuple[Pick, ...]) -> _Day:
        found = self._days.get(picks)
        if found is None:
            if len(self._days) >= _MOST_DAYS_KEPT:
                self._days.clear()
            found = self._days[picks] = self._new_day(picks)
        return found

    def _new_day(self, picks: tuple[Pick, ...]) -> _Day:
        instance = self.instance
        pieces = [self.piece(pick) for pick in picks]
        foods = Counter(food for piece in pieces for food in piece.foods)
        groups = {instance.groups[food] for food in foods}
        twice = sum(n - 1 for food, n in foods.items() if not self._staple[food])
        colours = {instance.colours[food] for food in foods} - {""}
        pale = max(0, POINTS.colours_a_day - len(colours))
        missing = sum(groups.isdisjoint(wanted) for wanted in POINTS.daily_groups)
        return _Day(
            low=tuple(map(sum, zip(*(piece.low for piece in pieces), strict=True))),
            high=tuple(map(sum, zip(*(piece.high for piece in pieces), strict=True))),
            foods=foods,
            points=sum(piece.points for piece in pieces)
            + sum(instance.liking(Slot(0, m))[pick.dish] for m, pick in enumerate(picks))
            + instance.problem.weights.food_twice_a_day * twice
            + instance.problem.weights.group_missing * missing
            + instance.problem.weights.colours * pale,
            minutes=sum(instance.dishes[pick.dish].minutes for pick in picks),
            waits=tuple(instance.problem.dishes[pick.dish].total_minutes for pick in picks),
            cost=sum(piece.cost for piece in pieces),
            dishes=tuple(pick.dish for pick in picks),
            main=tuple(picks[m].dish for m in self._main),
        )

    def _balance(self, days: list[_Day]) -> int:
        units = 0
        for limit in self._daily:
            for day in days:
                units += limit.units((day.low if limit.sign > 0 else day.high)[limit.n])
        low = list(map(sum, zip(*(day.low for day in days), strict=True)))
        high = list(map(sum, zip(*(day.high for day in days), strict=True)))
        for limit in self._weekly:
            units += len(days) * limit.units((low if limit.sign > 0 else high)[limit.n])
        return units

    def _points(self, days: list[_Day]) -> int:
        points = sum(day.points for day in days)
        dishes = Counter(dish for day in days for dish in day.dishes)
        points += self.instance.problem.weights.dish_again * sum(n - 1 for n in dishes.values())
        foods: Counter[int] = Counter()
        for day in days:
            foods.update(day.foods)
        often = sum(
            n - self._often
            for food, n in foods.items()
            if n > self._often and not self._staple[food]
        )
        return points + self.instance.problem.weights.food_often * often

    def _broken(self, days: list[_Day]) -> float:
        broken = 0.0
        floor, ceiling = self._band
        for day, limit in zip(days, self._minutes, strict=True):
            off = max(0, floor - day.low[self._energy], day.high[self._energy] - ceiling)
            broken += _SHARE * off / max(1, floor)
            if limit is not None:
                broken += _MINUTE * max(0, day.minutes - limit)
                broken += _MINUTE * sum(max(0, wait - limit) for wait in day.waits)
        dishes = Counter(dish for day in days for dish in day.dishes)
        broken += _TIME * sum(max(0, n - self._most) for n in dishes.values())
        before: tuple[int, ...] = ()
        for day in days:
            here = set(day.main)
            broken += _TIME * (len(day.main) - len(here) + len(here.intersection(before)))
            before = day.main
        budget = self.instance.budget
        if budget is not None:
            over = max(0, sum(day.cost for day in days) - budget)
            broken += _SHARE * over / max(1, budget)
        return broken


def _limits(instance: Instance) -> tuple[list[_Limit], list[_Limit]]:
    """(of each day, of all days together)."""
    daily: list[_Limit] = []
    weekly: list[_Limit] = []
    for n, target in enumerate(instance.problem.targets):
        if target.nutrient == "magnesium_mg":
            continue
        if target.nutrient == "energy_kcal":
            floor, ceiling = (
                instance.floor(n, instance.days) or 0,
                instance.ceiling(n, instance.days) or 0,
            )
            middle = (floor + ceiling) // 2
            margin = middle * ENERGY_TOLERANCE // 1000
            step = max(1, middle // 1000)
            weekly.append(_Limit(n, 1, middle - margin, step))
            weekly.append(_Limit(n, -1, middle + margin, step))
            continue
        here = daily if target.per == "day" else weekly
        days = 1 if target.per == "day" else instance.days
        for sign, bound in ((1, instance.floor(n, days)), (-1, instance.ceiling(n, days))):
            if bound is not None:
                here.append(_Limit(n, sign, bound, max(1, bound // 1000)))
    return daily, weekly
