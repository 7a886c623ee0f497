"""The problem in whole numbers: what a model needs, computed once.

Rounding is always against us: amounts are rounded down where a floor counts them and up where a
ceiling does, so that what holds in whole numbers holds exactly.
"""

import copy as shallow
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from mealmag.planning import liking, main_foods
from mealmag.planning.candidates import served_foods
from mealmag.planning.pieces import (
    HUNDREDTHS,
    DishPieces,
    Piece,
    PieceMaker,
    most_served,
    scales,
)
from mealmag.planning.problem import NutrientTarget, PlanningProblem, Rules
from mealmag.planning.stock import packets, stocks


class Slot(NamedTuple):
    """One meal of one day, by index into the problem's days and meals."""

    day: int
    meal: int


class Pick(NamedTuple):
    """A dish by index, and for each of its components the serving's index (-1: left out)."""

    dish: int
    servings: tuple[int, ...]


Menu = dict[Slot, Pick]
_NOTHING: Mapping[Slot, Pick] = MappingProxyType({})


class Instance:
    """A `PlanningProblem` with all its amounts as whole numbers in `scale[n]` parts of a unit.

    `locked` slots keep their pick, whatever is planned around them. So do `settled` ones, whose pick is
    no dish: its index lies beyond the problem's. A slot in `copies` has the pick of another. What another
    instance has worked out `before` need not be worked out anew.
    """

    def __init__(
        self,
        problem: PlanningProblem,
        locked: Mapping[Slot, Pick] = _NOTHING,
        *,
        before: "Instance | None" = None,
    ) -> None:
        self.problem = problem
        self.days = len(problem.days)
        self.meals = len(problem.meals)
        self._counted = problem.counted
        self.nutrients = tuple(target.nutrient for target in self._counted)
        self.food_index = {food.id: i for i, food in enumerate(problem.foods)}
        self.groups = tuple(food.group for food in problem.foods)
        self.colours = tuple(food.colour for food in problem.foods)
        self.packets = packets(problem)
        self.pantry = stocks(problem)
        self._suited: tuple[tuple[int, ...], ...] = tuple(
            tuple(k for k, dish in enumerate(problem.dishes) if meal in dish.meals)
            for meal in problem.meals
        )
        self.copies = {
            Slot(left.day, left.meal): Slot(left.of_day, left.of_meal) for left in problem.leftovers
        }
        self._offered = self._special_offers()
        self.served = self._served(before)
        self.scale = scales(problem, self._counted, self.served)
        self.budget = _whole_budget(problem)
        self._liking = liking.of_dishes(problem)
        self.maker: PieceMaker = PieceMaker(
            problem, self.nutrients, self.scale, None if before is None else before.maker
        )
        self.main_foods = self.maker.main_foods
        self.dishes = self._pieces_of_dishes(before)
        self.base = self._bases()
        self.settled: Menu = {}
        self._settle()
        self.locked = dict(sorted({**locked, **self.settled}.items()))

    def _served(self, before: "Instance | None") -> tuple[Decimal, ...]:
        """`pieces.most_served`, unless the same dishes are served of the same foods."""
        problem = self.problem
        if before is None or before.nutrients != self.nutrients:
            return most_served(problem, self.nutrients)
        known = {food.id: food for food in before.problem.foods}
        same = all(known.get(food.id, food) is food for food in problem.foods)
        alike = before.problem.dishes, before.problem.fixed
        if same and alike == (problem.dishes, problem.fixed):
            return before.served
        return most_served(problem, self.nutrients)

    def _pieces_of_dishes(self, before: "Instance | None") -> tuple[DishPieces, ...]:
        """What was made of the same dishes before, and the rest."""
        made, alike = {}, self.maker.alike
        if before is not None and alike:
            made = {
                id(dish): pieces
                for dish, pieces in zip(before.problem.dishes, before.dishes, strict=False)
                if served_foods((dish,)) <= alike
            }
        dishes = self.problem.dishes
        return tuple(made.get(id(dish)) or self.maker.of_dish(dish) for dish in dishes)

    def under(self, rules: Rules) -> "Instance":
        """The same days, dishes and foods under other rules; those that decide what may be served, and
        what is counted, must be the same."""
        other = shallow.copy(self)
        other.problem = self.problem.model_copy(update={"rules": rules})
        other.budget = _whole_budget(other.problem)
        return other

    def offered(self, slot: Slot) -> Sequence[int]:
        """The dishes that a slot may choose from."""
        return self._offered.get(slot, self._suited[slot.meal])

    def liking(self, slot: Slot) -> Mapping[int, int]:
        """The points of dishes by their rating; none for leftovers, for what nobody cooks, and where the
        dish was named: no other could be had."""
        return self._liking[slot.meal] if slot in self._open_to_taste else {}

    def cooked_on(self, slot: Slot) -> int:
        """The day on which what is eaten there is cooked: for leftovers an earlier one."""
        return self.copies.get(slot, slot).day

    def whole(self, menu: Mapping[Slot, Pick]) -> Menu:
        """The menu with every copy as it must be."""
        copied = {copy: menu[source] for copy, source in self.copies.items() if source in menu}
        return dict(sorted({**menu, **copied}.items()))

    def _special_offers(self) -> dict[Slot, tuple[int, ...]]:
        """Where guests eat, what suits them; the dish that was named for a meal, or what of it suits them;
        where twice as much is cooked, and the day after, what keeps."""
        index = {dish.id: k for k, dish in enumerate(self.problem.dishes)}
        offers = {
            Slot(guest.day, guest.meal): tuple(index[dish] for dish in guest.dishes)
            for guest in self.problem.guests
        }
        for fixed in self.problem.fixed:
            slot = Slot(fixed.day, fixed.meal)
            offers[slot] = tuple(
                k
                for k in offers.get(slot, (index[fixed.dish],))
                if self.problem.dishes[k].dish == fixed.dish
            )
        for copy, source in self.copies.items():
            offers[copy] = offers[source] = tuple(
                k
                for k in offers.get(source, self._suited[source.meal])
                if self.problem.dishes[k].keeps >= copy.day - source.day
            )
        return offers

    def _bases(self) -> tuple[int, ...]:
        """For each dish the index under which its servings count as repeats."""
        index = {dish.id: k for k, dish in enumerate(self.problem.dishes)}
        return tuple(index.get(dish.of, k) for k, dish in enumerate(self.problem.dishes))

    def _settle(self) -> None:
        """A dish of its own, beyond the problem's, for each kind of settled meal."""
        known: dict[Piece, int] = {}
        for settled in self.problem.settled:
            none = Decimal(0)
            amounts = list(zip(self.nutrients, self.scale, strict=True))
            piece = Piece(
                tuple(_down(settled.low.get(key, none) * scale) for key, scale in amounts),
                tuple(_up(settled.high.get(key, none) * scale) for key, scale in amounts),
                tuple(self.food_index[food] for food in settled.foods),
                0,
            )
            if piece not in known:
                known[piece] = len(self.dishes)
                self.dishes = (*self.dishes, DishPieces(piece, (), 0))
            self.settled[Slot(settled.day, settled.meal)] = Pick(known[piece], ())

    @property
    def slots(self) -> list[Slot]:
        """All slots, day by day."""
        return [Slot(d, m) for d in range(self.days) for m in range(self.meals)]

    @property
    def open_slots(self) -> list[Slot]:
        """The slots with a pick of their own: neither locked nor a copy."""
        return [slot for slot in self.slots if slot not in self.locked and slot not in self.copies]

    @cached_property
    def cooked(self) -> frozenset[Slot]:
        """The slots for which somebody cooks: no leftovers, nothing that is settled."""
        return frozenset(self.slots) - self.settled.keys() - self.copies.keys()

    @cached_property
    def _open_to_taste(self) -> frozenset[Slot]:
        """The slots for which somebody cooks a dish that was not named."""
        return self.cooked - {Slot(fixed.day, fixed.meal) for fixed in self.problem.fixed}

    def nutrient(self, key: str) -> int:
        """The index of a nutrient that is counted."""
        return self.nutrients.index(key)

    def target(self, n: int) -> NutrientTarget:
        """The target of nutrient `n`, or the ceiling that a hard rule has for it."""
        return self._counted[n]

    def floor(self, n: int, days: int = 1, *, outward: bool = False) -> int | None:
        """The floor over `days` in whole parts, rounded up (against us) or outward."""
        floor = self.target(n).floor
        if floor is None:
            return None
        return (_down if outward else _up)(floor * days * self.scale[n])

    @cached_property
    def aim(self) -> int | None:
        """A day's magnesium target with its margin in whole parts, rounded up; None without a margin."""
        n = self.nutrient("magnesium_mg")
        floor, margin = self.target(n).floor, self.problem.margin_mg
        return None if floor is None or not margin else _up((floor + margin) * self.scale[n])

    def ceiling(self, n: int, days: int = 1, *, outward: bool = False) -> int | None:
        """The ceiling over `days` in whole parts, rounded down (against us) or outward."""
        ceiling = self.target(n).ceiling
        if ceiling is None:
            return None
        return (_up if outward else _down)(ceiling * days * self.scale[n])

    def day_kinds(self) -> list[list[int]]:
        """The days grouped by what makes them differ: the minutes there are, locked meals, and what a meal
        may choose from, by one's taste or not. What holds for one day of a kind holds for all of them."""
        kinds: dict[object, list[int]] = {}
        for d, day in enumerate(self.problem.days):
            slots = [Slot(d, meal) for meal in range(self.meals)]
            meals = tuple(
                (
                    self.locked.get(slot),
                    self._offered.get(slot),
                    slot in self.copies,
                    slot in self._open_to_taste,
                )
                for slot in slots
            )
            kinds.setdefault((self.problem.rules.minutes_on(day), meals), []).append(d)
        return list(kinds.values())

    def first_alike(self) -> dict[int, int]:
        """For each day the first of its kind, which stands for it in a folded model."""
        return {day: days[0] for days in self.day_kinds() for day in days}

    def piece(self, pick: Pick) -> Piece:
        """What a whole pick brings."""
        dish = self.dishes[pick.dish]
        chosen = [
            pieces[pick.servings[component]]
            for component, _, pieces in dish.open
            if pick.servings[component] >= 0
        ]
        return dish.always.plus(*chosen)

    @cached_property
    def shown_mains(self) -> tuple[Mapping[int, main_foods.Shown], ...]:
        """For each dish the main foods that it may be of, and by what it shows them."""
        return tuple(main_foods.shown(dish) for dish in self.dishes)

    @cached_property
    def most_servings(self) -> int:
        """The most servings that a day can have; each hides less than one part by rounding."""
        may_be = [set(dishes) for dishes in self._suited]
        for slot, dishes in self._offered.items():
            may_be[slot.meal].update(dishes)
        planned = sum(
            max((len(self.problem.dishes[k].components) for k in dishes), default=0)
            for dishes in may_be
        )
        return planned + len({pick.dish for pick in self.settled.values()}) + len(self.copies)

    @property
    def rounding_mg(self) -> Decimal:
        """The most magnesium, in mg a day, that rounding down can hide."""
        return Decimal(self.most_servings + 1) / self.scale[self.nutrient("magnesium_mg")]


def _whole_budget(problem: PlanningProblem) -> int | None:
    """The budget of all days, in hundredths."""
    budget = problem.rules.budget
    return None if budget is None else _down(budget * HUNDREDTHS * len(problem.days))


def _down(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_FLOOR))


def _up(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))
