"""The problem in whole numbers: what a model needs, computed once.

Rounding is always against us: amounts are rounded down where a floor counts them and up where a
ceiling does, so that what holds in whole numbers holds exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from mealmag.planning import liking, main_foods
from mealmag.planning.problem import DishChoice, NutrientTarget, PlanningProblem
from mealmag.planning.rulebook import POINTS
from mealmag.planning.stock import packets, stocks

# A week's row must stay below this whatever is chosen; a factor of four under 32 bits.
_SAFE_SUM = 2**29
_HUNDREDTHS = 100


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


@dataclass(frozen=True, slots=True)
class Piece:
    """What one choice brings: amounts rounded down and up by nutrient, foods, points, and its cost.

    `cost` is in hundredths of the currency, rounded up; `mains` are main foods by index.
    """

    low: tuple[int, ...]
    high: tuple[int, ...]
    foods: tuple[int, ...]
    points: int
    cost: int = 0
    mains: tuple[int, ...] = ()

    def plus(self, other: "Piece") -> "Piece":
        """Both together."""
        return Piece(
            tuple(a + b for a, b in zip(self.low, other.low, strict=True)),
            tuple(a + b for a, b in zip(self.high, other.high, strict=True)),
            self.foods + other.foods,
            self.points + other.points,
            self.cost + other.cost,
            self.mains + other.mains,
        )


@dataclass(frozen=True, slots=True)
class DishPieces:
    """A dish in whole numbers: what it always brings, and a list of pieces per open choice.

    `open[i]` is (component index, optional, pieces); a component without a choice is in `always`.
    """

    always: Piece
    open: tuple[tuple[int, bool, tuple[Piece, ...]], ...]
    minutes: int


class Instance:
    """A `PlanningProblem` with all its amounts as whole numbers in `scale[n]` parts of a unit.

    `locked` slots keep their pick, whatever is planned around them. So do `settled` ones, whose pick is
    no dish: its index lies beyond the problem's. A slot in `copies` has the pick of another.
    """

    def __init__(self, problem: PlanningProblem, locked: Mapping[Slot, Pick] = _NOTHING) -> None:
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
        self.main_foods = tuple(sorted({food.main_food for food in problem.foods} - {""}))
        self._suited: tuple[tuple[int, ...], ...] = tuple(
            tuple(k for k, dish in enumerate(problem.dishes) if meal in dish.meals)
            for meal in problem.meals
        )
        self.copies = {
            Slot(left.day, left.meal): Slot(left.of_day, left.of_meal) for left in problem.leftovers
        }
        self._offered = self._special_offers()
        self.scale = tuple(self._scale(n) for n in range(len(self.nutrients)))
        budget = problem.rules.budget
        self.budget = None if budget is None else _down(budget * _HUNDREDTHS * self.days)
        self._liking = liking.of_dishes(problem)
        self._made: dict[tuple[str, Decimal, int], Piece] = {}
        self.dishes = tuple(self._pieces(dish) for dish in problem.dishes)
        self.base = self._bases()
        self.settled: Menu = {}
        self._settle()
        self.locked = dict(sorted({**locked, **self.settled}.items()))

    def offered(self, slot: Slot) -> Sequence[int]:
        """The dishes that a slot may choose from."""
        return self._offered.get(slot, self._suited[slot.meal])

    def liking(self, slot: Slot) -> Mapping[int, int]:
        """The points of dishes by their rating; none for leftovers, and for what nobody cooks."""
        free = slot in self.settled or slot in self.copies
        return {} if free else self._liking[slot.meal]

    def cooked_on(self, slot: Slot) -> int:
        """The day on which what is eaten there is cooked: for leftovers an earlier one."""
        return self.copies.get(slot, slot).day

    def whole(self, menu: Mapping[Slot, Pick]) -> Menu:
        """The menu with every copy as it must be."""
        copied = {copy: menu[source] for copy, source in self.copies.items() if source in menu}
        return dict(sorted({**menu, **copied}.items()))

    def _special_offers(self) -> dict[Slot, tuple[int, ...]]:
        """Where guests eat, what suits them; where twice as much is cooked, and the day after, what keeps."""
        index = {dish.id: k for k, dish in enumerate(self.problem.dishes)}
        offers = {
            Slot(guest.day, guest.meal): tuple(index[dish] for dish in guest.dishes)
            for guest in self.problem.guests
        }
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
        may choose from. What holds for one day of a kind holds for all of them."""
        kinds: dict[object, list[int]] = {}
        for d, day in enumerate(self.problem.days):
            slots = [Slot(d, meal) for meal in range(self.meals)]
            meals = tuple(
                (self.locked.get(slot), self._offered.get(slot), slot in self.copies)
                for slot in slots
            )
            kinds.setdefault((self.problem.rules.minutes_on(day), meals), []).append(d)
        return list(kinds.values())

    def piece(self, pick: Pick) -> Piece:
        """What a whole pick brings."""
        dish = self.dishes[pick.dish]
        whole = dish.always
        for component, _, pieces in dish.open:
            chosen = pick.servings[component]
            if chosen >= 0:
                whole = whole.plus(pieces[chosen])
        return whole

    @cached_property
    def shown_mains(self) -> tuple[Mapping[int, main_foods.Shown], ...]:
        """For each dish the main foods that it may be of, and by what it shows them."""
        return tuple(main_foods.shown(dish) for dish in self.dishes)

    @cached_property
    def most_servings(self) -> int:
        """The most servings that a day can have; each hides less than one part by rounding."""
        planned = sum(
            max((len(self.problem.dishes[k].components) for k in dishes), default=0)
            for dishes in self._suited
        )
        return planned + len({pick.dish for pick in self.settled.values()}) + len(self.copies)

    @property
    def rounding_mg(self) -> Decimal:
        """The most magnesium, in mg a day, that rounding down can hide."""
        return Decimal(self.most_servings + 1) / self.scale[self.nutrient("magnesium_mg")]

    def _amounts(self, food: int, nutrient: str, grams: Decimal) -> tuple[Decimal, Decimal]:
        """What is certain to be in it, and the most that may be."""
        facts = self.problem.foods[food]
        known = facts.nutrients.get(nutrient)
        if known is None:
            return Decimal(0), facts.at_most[nutrient] * grams / 100
        return known * grams / 100, known * grams / 100

    def _scale(self, n: int) -> int:
        nutrient = self.nutrients[n]
        whole: Decimal | int = sum(
            self._amounts(self.food_index[serving.food], nutrient, serving.grams)[1]
            * max(1, len(dish.meals))
            for dish in self.problem.dishes
            for component in dish.components
            for serving in component.servings
        )
        whole += sum(settled.high.get(nutrient, 0) for settled in self.problem.settled)
        target = self.target(n)
        floor = target.floor or Decimal(0)
        if nutrient == "magnesium_mg":
            floor += self.problem.margin_mg
        whole = max(whole, floor, target.ceiling or Decimal(0)) * self.days
        scale = 1000
        while scale > 1 and whole * scale > _SAFE_SUM:
            scale //= 10
        return scale

    def _pieces(self, dish: DishChoice) -> DishPieces:
        zero = (0,) * len(self.nutrients)
        always = Piece(zero, zero, (), 0)
        open_choices = []
        for index, component in enumerate(dish.components):
            pieces = tuple(
                self._piece(serving.food, serving.grams, serving.steps)
                for serving in component.servings
            )
            if len(pieces) == 1 and not component.optional:
                always = always.plus(pieces[0])
            else:
                open_choices.append((index, component.optional, pieces))
        return DishPieces(always, tuple(open_choices), dish.minutes)

    def _piece(self, food_id: str, grams: Decimal, steps: int) -> Piece:
        """The piece of a serving; many dishes serve the same food in the same amount."""
        key = (food_id, grams, steps)
        if key not in self._made:
            self._made[key] = self._new_piece(*key)
        return self._made[key]

    def _new_piece(self, food_id: str, grams: Decimal, steps: int) -> Piece:
        food = self.food_index[food_id]
        amounts = [
            (low * scale, high * scale)
            for nutrient, scale in zip(self.nutrients, self.scale, strict=True)
            for low, high in [self._amounts(food, nutrient, grams)]
        ]
        weights, everyday = self.problem.weights, self.problem.foods[food].everyday
        points = (
            weights.off_usual_amount * steps
            + weights.special_trip * POINTS.by_everyday[everyday - 1]
        )
        return Piece(
            tuple(_down(low) for low, _ in amounts),
            tuple(_up(high) for _, high in amounts),
            (food,),
            liking.of_serving(self.problem, food_id, points),
            _up(
                (self.problem.foods[food].price_per_100_g or Decimal(0)) * grams / 100 * _HUNDREDTHS
            ),
            self._mains(food, grams),
        )

    def _mains(self, food: int, grams: Decimal) -> tuple[int, ...]:
        """The main food that a portion makes a meal one of; nothing where no rule counts it."""
        facts = self.problem.foods[food]
        uncounted = self.problem.rules.max_main_food is None
        if uncounted or not facts.main_food or grams < facts.main_from_g:
            return ()
        return (self.main_foods.index(facts.main_food),)


def _down(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_FLOOR))


def _up(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))
