"""The kitchen of a problem in indices: which foods come from one packet, and what is at home."""

from dataclasses import dataclass

from mealmag.planning.problem import PlanningProblem
from mealmag.planning.rulebook import POINTS


@dataclass(frozen=True, slots=True)
class Stock:
    """A food at home: the foods that are made of it, the last day on which it may be used (an index),
    and what leaving it costs."""

    foods: frozenset[int]
    last_day: int
    points: int


def packets(problem: PlanningProblem) -> tuple[int | None, ...]:
    """For each food the number of the packet that is opened for it; None where it keeps."""
    words = sorted({food.packet for food in problem.foods} - {""})
    number = {word: n for n, word in enumerate(words)}
    return tuple(number.get(food.packet) for food in problem.foods)


def stocks(problem: PlanningProblem) -> tuple[Stock, ...]:
    """One for each food of the pantry. What spoils within the plan costs more."""
    found = []
    for stock in problem.pantry:
        made = (i for i, food in enumerate(problem.foods) if food.bought_id == stock.food)
        last = len(problem.days) - 1
        points = problem.weights.pantry
        if stock.best_before is not None and stock.best_before <= problem.days[-1]:
            last = (stock.best_before - problem.days[0]).days
            points *= POINTS.spoiling
        found.append(Stock(frozenset(made), last, points))
    return tuple(found)
