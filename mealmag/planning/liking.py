"""Ratings of dishes and foods, from -2 to 2, as points: what is liked less than could be had costs.

A meal costs what its dish is rated below the best that is offered for that meal (at least 0, unrated), and
nothing where the dish was named.
A serving of a liked food is forgiven points of its own, one of an unloved food costs.
"""

from collections.abc import Mapping

from mealmag.planning.problem import PlanningProblem


def of_dishes(problem: PlanningProblem) -> tuple[Mapping[int, int], ...]:
    """For each meal the points of every dish that suits it; a guest's is rated as the one it is made of."""
    weight, ratings = problem.weights.liking, problem.ratings
    meals = {dish.id: dish.meals for dish in problem.dishes}
    found = []
    for meal in problem.meals:
        rated = {
            k: ratings.get(dish.dish, 0)
            for k, dish in enumerate(problem.dishes)
            if meal in meals.get(dish.dish, dish.meals)
        }
        best = max((0, *rated.values()))
        found.append({k: weight * (best - rating) for k, rating in rated.items()})
    return tuple(found)


def of_serving(problem: PlanningProblem, food: str, points: int) -> int:
    """The points of a serving that has `points` of its own."""
    liked = problem.weights.liking * problem.ratings.get(food.partition("+")[0], 0)
    return max(0, points - liked) if liked > 0 else points - liked
