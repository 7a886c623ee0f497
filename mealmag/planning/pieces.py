"""What a choice brings, in whole numbers; rounded against us, both down and up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from operator import add

from mealmag.planning import liking
from mealmag.planning.candidates import served_foods
from mealmag.planning.problem import DishChoice, FoodFacts, NutrientTarget, PlanningProblem
from mealmag.planning.rulebook import POINTS

# A week's row must stay below this whatever is chosen; a factor of four under 32 bits.
_SAFE_SUM = 2**29
HUNDREDTHS = 100


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

    def plus(self, *others: "Piece") -> "Piece":
        """All together, added in one go: this is where searches spend their time."""
        low: Iterable[int] = self.low
        high: Iterable[int] = self.high
        foods, points, cost, mains = self.foods, self.points, self.cost, self.mains
        for other in others:
            low, high = map(add, low, other.low), map(add, high, other.high)
            foods += other.foods
            points += other.points
            cost += other.cost
            mains += other.mains
        return Piece(tuple(low), tuple(high), foods, points, cost, mains)


@dataclass(frozen=True, slots=True)
class DishPieces:
    """A dish in whole numbers: what it always brings, and a list of pieces per open choice.

    `open[i]` is (component index, optional, pieces); a component without a choice is in `always`.
    `usual[i]` is (optional, the servings of a usual amount) of each component, or all its servings where
    none is usual.
    """

    always: Piece
    open: tuple[tuple[int, bool, tuple[Piece, ...]], ...]
    minutes: int
    usual: tuple[tuple[bool, tuple[int, ...]], ...] = ()


def most_served(problem: PlanningProblem, nutrients: Sequence[str]) -> tuple[Decimal, ...]:
    """For each nutrient no less than what a day can bring, were everything served on it."""
    served: dict[str, Decimal] = {}
    named = {(fixed.dish, problem.meals[fixed.meal]) for fixed in problem.fixed}
    for dish in problem.dishes:
        meals = {*dish.meals, *(meal for id_, meal in named if id_ == dish.id)}
        for component in dish.components:
            for serving in component.servings:
                grams = serving.grams * max(1, len(meals))
                served[serving.food] = served.get(serving.food, Decimal(0)) + grams
    foods = [(food, served[food.id]) for food in problem.foods if food.id in served]
    return tuple(
        sum((_most(food, key) * grams / 100 for food, grams in foods), Decimal(0))
        for key in nutrients
    )


def main_food_names(problem: PlanningProblem) -> tuple[str, ...]:
    """The main foods that there are, sorted; those of no dish, which may be on a plate all the same, last."""
    served = served_foods(problem.dishes)
    names = {food.main_food for food in problem.foods if food.id in served} - {""}
    others = {food.main_food for food in problem.foods} - names - {""}
    return (*sorted(names), *sorted(others))


def scales(
    problem: PlanningProblem, counted: Sequence[NutrientTarget], served: Sequence[Decimal]
) -> tuple[int, ...]:
    """For each nutrient the whole parts of its unit: as fine as no row can overflow, with so much
    `served` a day at the most."""
    found = []
    for target, most in zip(counted, served, strict=True):
        key = target.nutrient
        whole = most + sum(
            (settled.high.get(key, Decimal(0)) for settled in problem.settled), Decimal(0)
        )
        floor = target.floor or Decimal(0)
        if key == "magnesium_mg":
            floor += problem.margin_mg
        whole = max(whole, floor, target.ceiling or Decimal(0))
        scale = 1000
        while scale > 1 and whole * len(problem.days) * scale > _SAFE_SUM:
            scale //= 10
        found.append(scale)
    return tuple(found)


def _most(food: FoodFacts, nutrient: str) -> Decimal:
    """The figure per 100 g, or what counts towards ceilings where none is known."""
    known = food.nutrients.get(nutrient)
    return food.at_most[nutrient] if known is None else known


class PieceMaker:
    """Makes the pieces of servings and dishes. Many dishes serve the same food in the same amount.

    What the maker `before` it has made is taken over, where the two problems count alike.
    """

    def __init__(
        self,
        problem: PlanningProblem,
        nutrients: Sequence[str],
        scale: Sequence[int],
        before: "PieceMaker | None" = None,
    ) -> None:
        self.foods = problem.foods
        self._problem = problem
        self._nutrients = tuple(zip(nutrients, scale, strict=True))
        self._index = {food.id: i for i, food in enumerate(problem.foods)}
        self.made: dict[tuple[str, Decimal, int], Piece] = {}
        self.parts: dict[str, tuple[tuple[Decimal, bool], ...]] = {}
        self.main_foods = main_food_names(problem)
        self._main_index = {name: i for i, name in enumerate(self.main_foods)}
        zero = (0,) * len(self._nutrients)
        self._nothing = Piece(zero, zero, (), 0)
        # All that decides what a serving is in whole numbers, but for its food.
        self.counts = (
            self._nutrients,
            problem.weights,
            problem.ratings,
            problem.rules.max_main_food is None,
        )
        self.alike: frozenset[str] = frozenset()
        if before is not None and before.counts == self.counts:
            self._take_over(before)

    def _take_over(self, before: "PieceMaker") -> None:
        """What was made of the same foods in the same places; which those are."""
        foods, others = self.foods, before.foods
        names = zip(self.main_foods, before.main_foods, strict=False)
        if any(now != was for now, was in names):
            return
        same = [now.id for now, was in zip(foods, others, strict=False) if now is was]
        self.alike = frozenset(same)
        if len(same) == len(foods) == len(others):
            self.made, self.parts = before.made, before.parts
            return
        self.made = {key: piece for key, piece in before.made.items() if key[0] in self.alike}
        self.parts = {food: part for food, part in before.parts.items() if food in self.alike}

    def of_dish(self, dish: DishChoice) -> DishPieces:
        """The dish in whole numbers."""
        always = self._nothing
        open_choices = []
        for index, component in enumerate(dish.components):
            pieces = tuple(
                self._of_serving(serving.food, serving.grams, serving.steps)
                for serving in component.servings
            )
            if len(pieces) == 1 and not component.optional:
                always = always.plus(pieces[0])
            else:
                open_choices.append((index, component.optional, pieces))
        return DishPieces(always, tuple(open_choices), dish.minutes, _usual(dish))

    def _of_serving(self, food: str, grams: Decimal, steps: int) -> Piece:
        key = (food, grams, steps)
        if key not in self.made:
            self.made[key] = self._new(*key)
        return self.made[key]

    def _new(self, food: str, grams: Decimal, steps: int) -> Piece:
        facts, weights = self._problem.foods[self._index[food]], self._problem.weights
        amounts = [(grams * parts, known) for parts, known in self._parts_of(food)]
        points = (
            weights.off_usual_amount * steps
            + weights.special_trip * POINTS.by_everyday[facts.everyday - 1]
        )
        return Piece(
            tuple([floor(amount) if known else 0 for amount, known in amounts]),
            tuple([ceil(amount) for amount, _ in amounts]),
            (self._index[food],),
            liking.of_serving(self._problem, food, points),
            ceil((facts.price_per_100_g or Decimal(0)) * grams / 100 * HUNDREDTHS),
            self._mains(facts, grams),
        )

    def _mains(self, facts: FoodFacts, grams: Decimal) -> tuple[int, ...]:
        """The main food that a portion makes a meal one of; nothing where no rule counts it."""
        uncounted = self._problem.rules.max_main_food is None
        if uncounted or not facts.main_food or grams < facts.main_from_g:
            return ()
        return (self._main_index[facts.main_food],)

    def _parts_of(self, food: str) -> tuple[tuple[Decimal, bool], ...]:
        """For each nutrient the parts in a gram, and whether that is known or the most there may be."""
        if food not in self.parts:
            facts = self._problem.foods[self._index[food]]
            self.parts[food] = tuple(
                (_most(facts, key) * scale / 100, facts.nutrients.get(key) is not None)
                for key, scale in self._nutrients
            )
        return self.parts[food]


def _usual(dish: DishChoice) -> tuple[tuple[bool, tuple[int, ...]], ...]:
    found = []
    for component in dish.components:
        usual = tuple(i for i, serving in enumerate(component.servings) if serving.steps == 0)
        found.append((component.optional, usual or tuple(range(len(component.servings)))))
    return tuple(found)
