"""The last goal taken apart: every point with the day, the meal and the reason it was paid for.

One contributor for each reason; what they find together is the whole goal. Where something counts from
the second or fourth time on, it is the later meal that pays.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from mealmag.nutrition.food import COLOURS
from mealmag.planning.plan import PlanMeal
from mealmag.planning.rulebook import POINTS
from mealmag.planning.why.answer import Point
from mealmag.planning.why.kitchen_points import open_packet, pantry
from mealmag.planning.why.served import Served, portions
from mealmag.planning.why.serving_points import liking, off_usual_amount, special_trip

Contributor = Callable[[Served], Iterator[Point]]

_MISSING = MappingProxyType(  # by the first group of an entry of `POINTS.daily_groups`
    {
        "vegetables": "no vegetables",
        "whole-grains": "no grain, bread or potato",
        "pulses": "no pulses, soya, nuts, seeds, fish, egg, dairy or meat",
    }
)


def points(served: Served) -> list[Point]:
    """All points of the plan, day by day and meal by meal; what is of a whole day stands before its meals."""
    meals = list(served.plan.rules.meals)
    found = [
        point
        for contributor in CONTRIBUTORS.values()
        for point in contributor(served)
        if point.points
    ]
    return sorted(
        found,
        key=lambda point: (
            point.date,
            -1 if point.meal is None or point.meal not in meals else meals.index(point.meal),
        ),
    )


def _dish_again(served: Served) -> Iterator[Point]:
    first: dict[str, str] = {}
    for day in served.plan.days:
        for meal in (meal for meal in day.meals if meal.is_cooked):
            if meal.dish in first:
                words = f"{meal.name}: the same dish as on {first[meal.dish]}"
                yield Point(
                    reason="dish_again",
                    date=day.date,
                    meal=meal.meal,
                    points=served.weights.dish_again,
                    words=words,
                )
            first.setdefault(meal.dish, served.called(day))


def _food_often(served: Served) -> Iterator[Point]:
    often = POINTS.often(len(served.plan.days))
    times: Counter[str] = Counter()
    for day in served.plan.days:
        for meal, portion in portions(day):
            if _is_staple(served, portion.food):
                continue
            times[portion.food] += 1
            if times[portion.food] > often:
                yield Point(
                    reason="food_often",
                    date=day.date,
                    meal=meal.meal,
                    points=served.weights.food_often,
                    words=f"{portion.name}: {_nth(times[portion.food])} time, more than {often}",
                )


def _food_twice_a_day(served: Served) -> Iterator[Point]:
    for day in served.plan.days:
        before: dict[str, PlanMeal] = {}
        for meal, portion in portions(day):
            if _is_staple(served, portion.food):
                continue
            if portion.food in before:
                at = before[portion.food].meal
                where = "twice in this dish" if at is meal.meal else f"again after {at}"
                yield Point(
                    reason="food_twice_a_day",
                    date=day.date,
                    meal=meal.meal,
                    points=served.weights.food_twice_a_day,
                    words=f"{portion.name}: {where}",
                )
            before.setdefault(portion.food, meal)


def _group_missing(served: Served) -> Iterator[Point]:
    for day in served.plan.days:
        groups = {served.foods[portion.food].group for _, portion in portions(day)}
        for wanted in POINTS.daily_groups:
            if groups.isdisjoint(wanted):
                yield Point(
                    reason="group_missing",
                    date=day.date,
                    meal=None,
                    points=served.weights.group_missing,
                    words=f"{_MISSING.get(wanted[0], f'no {wanted[0]}')} that day",
                )


def _colours(served: Served) -> Iterator[Point]:
    for day in served.plan.days:
        shown = {served.foods[portion.food].colour for _, portion in portions(day)} - {""}
        fewer = POINTS.colours_a_day - len(shown)
        if fewer > 0:
            seen = ", ".join(colour for colour in COLOURS if colour in shown) or "none"
            yield Point(
                reason="colours",
                date=day.date,
                meal=None,
                points=served.weights.colours * fewer,
                words=f"{len(shown)} of {POINTS.colours_a_day} colours of vegetables and fruit ({seen})",
            )


CONTRIBUTORS: Mapping[str, Contributor] = MappingProxyType(
    {
        "dish_again": _dish_again,
        "food_often": _food_often,
        "food_twice_a_day": _food_twice_a_day,
        "group_missing": _group_missing,
        "special_trip": special_trip,
        "off_usual_amount": off_usual_amount,
        "liking": liking,
        "colours": _colours,
        "open_packet": open_packet,
        "pantry": pantry,
    }
)


def _is_staple(served: Served, food: str) -> bool:
    return served.foods[food].group in POINTS.staples


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"the {number}{'th' if number % 100 in (11, 12, 13) else ending}"
