"""Points of the last goal for the kitchen: packets opened for one serving, and food at home not used."""

from collections.abc import Iterator

from mealmag.planning.plan import PlanPantry
from mealmag.planning.rulebook import POINTS
from mealmag.planning.why.answer import Point
from mealmag.planning.why.served import Served, made, portions


def open_packet(served: Served) -> Iterator[Point]:
    """The portion that a packet is opened for, where no other comes from it."""
    days = served.plan.days
    if len(days) < POINTS.packet_days:
        return
    found: dict[str, list[Point]] = {}
    for day in days:
        for meal, portion in portions(day):
            packet = served.foods[portion.food].packet
            if packet:
                point = Point(
                    reason="open_packet",
                    date=day.date,
                    meal=meal.meal,
                    points=served.weights.open_packet,
                    words=f"{portion.name}: a packet opened for this alone, and it does not keep",
                )
                found.setdefault(packet, []).append(point)
    for points in found.values():
        if len(points) == 1:
            yield points[0]


def pantry(served: Served) -> Iterator[Point]:
    """Each food at home that no meal uses in time, on the last day on which one could have."""
    last = served.plan.days[-1].date if served.plan.days else None
    for stock in served.plan.pantry:
        if last is None or _is_used(served, stock):
            continue
        spoils = stock.best_before is not None and stock.best_before <= last
        yield Point(
            reason="pantry",
            date=stock.best_before if spoils and stock.best_before else last,
            meal=None,
            points=served.weights.pantry * (POINTS.spoiling if spoils else 1),
            words=f"{stock.name}: at home, and "
            + ("not used before it spoils" if spoils else "not used"),
        )


def _is_used(served: Served, stock: PlanPantry) -> bool:
    return any(
        served.foods[portion.food].bought_id == stock.food
        for day in served.plan.days
        for meal in made(day)
        if stock.best_before is None or (meal.leftover_of or day.date) <= stock.best_before
        for portion in meal.portions
    )
