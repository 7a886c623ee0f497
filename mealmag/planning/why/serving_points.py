"""Points of the last goal that a serving or a dish brings by itself: rare foods, odd amounts, ratings."""

from collections.abc import Iterator
from types import MappingProxyType

from mealmag.planning.exact import exact
from mealmag.planning.occasion import named_dish
from mealmag.planning.plan import PlanDay, PlanMeal
from mealmag.planning.rulebook import POINTS
from mealmag.planning.why.answer import Point
from mealmag.planning.why.served import Off, Served, made, ways

_TRIPS = MappingProxyType({1: "nearly everywhere", 2: "not in every kitchen", 3: "a special trip"})


def special_trip(served: Served) -> Iterator[Point]:
    """Foods that few kitchens have."""
    for day, meal, off in _servings(served):
        everyday = served.foods[off.portion.food].everyday
        words = f"{off.portion.name}: {_TRIPS[everyday]}"
        yield _point("special_trip", day, meal, _trip(served, off), words)


def off_usual_amount(served: Served) -> Iterator[Point]:
    """Portions that are larger or smaller than people have them."""
    for day, meal, off in _servings(served):
        if off.steps:
            words = f"{off.portion.name}: {_instead(off)}"
            yield _point("off_usual_amount", day, meal, _odd(served, off), words)


def liking(served: Served) -> Iterator[Point]:
    """Dishes rated below the best that the meal could be, unless they were named, and foods rated below
    nothing."""
    rules = served.plan.rules
    best = {
        meal: max(
            (
                0,
                *(
                    rating
                    for rated, rating in rules.ratings.items()
                    if rated in served.dishes and meal in served.dishes[rated].meals
                ),
            )
        )
        for meal in rules.meals
    }
    for day in served.plan.days:
        for meal in day.meals:
            if meal.is_cooked and named_dish(meal.occasion) is None:
                rating = rules.ratings.get(meal.dish, 0)
                words = (
                    f"{meal.name}: rated {rating}, where a dish of {best[meal.meal]} could be had"
                )
                points = served.weights.liking * (best[meal.meal] - rating)
                yield _point("liking", day, meal, points, words)
    for day, meal, off in _servings(served):
        liked = _liked(served, off)
        words = f"{off.portion.name}: rated {served.rating(off.portion)}"
        yield _point("liking", day, meal, max(0, -liked), words)


def _servings(served: Served) -> Iterator[tuple[PlanDay, PlanMeal, Off]]:
    """Every portion of a dish, in the way of making the dish that costs least."""
    for day in served.plan.days:
        for meal in made(day):
            found = ways(served.dishes[meal.dish], meal)
            cheapest = min(
                found, key=lambda way: sum(_points(served, off) for off in way), default=[]
            )
            for off in cheapest:
                yield day, meal, off


def _points(served: Served, off: Off) -> int:
    return _trip(served, off) + _odd(served, off) + max(0, -_liked(served, off))


def _trip(served: Served, off: Off) -> int:
    """What is left of the points for a rare food when what a liked food is forgiven is taken off."""
    return max(0, _rare(served, off) - max(0, _liked(served, off)))


def _odd(served: Served, off: Off) -> int:
    """What is left of the points for an odd amount when the rest of that is taken off."""
    left = max(0, max(0, _liked(served, off)) - _rare(served, off))
    return max(0, served.weights.off_usual_amount * off.steps - left)


def _rare(served: Served, off: Off) -> int:
    everyday = served.foods[off.portion.food].everyday
    return served.weights.special_trip * POINTS.by_everyday[everyday - 1]


def _liked(served: Served, off: Off) -> int:
    return served.weights.liking * served.rating(off.portion)


def _point(reason: str, day: PlanDay, meal: PlanMeal, points: int, words: str) -> Point:
    return Point(reason=reason, date=day.date, meal=meal.meal, points=points, words=words)


def _instead(off: Off) -> str:
    """The amount and the usual one; with grams where they are measured in different things."""
    measures = (off.portion.measure, off.usual.measure)
    if len({measure.split(" ", 1)[-1].rstrip("s") for measure in measures}) == 1:
        return " instead of ".join(measures)
    grams = (exact(off.portion.grams), off.usual.grams)
    return " instead of ".join(
        measure if measure.endswith(" g") else f"{measure} ({weight:.0f} g)"
        for measure, weight in zip(measures, grams, strict=True)
    )
