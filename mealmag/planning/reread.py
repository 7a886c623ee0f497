"""A plan becomes a menu in indices again: what `assemble` made of it, read backwards."""

from collections.abc import Iterator, Sequence

from mealmag.planning.instance import Menu, Pick, Slot
from mealmag.planning.plan import Plan, PlanPortion
from mealmag.planning.problem import ComponentChoice, PlanningProblem


def menu_of(plan: Plan, problem: PlanningProblem) -> Menu:
    """The plan's meals as picks; a meal that this problem cannot serve (any more) is left out."""
    menu: Menu = {}
    for slot, dish in dishes_of(plan, problem):
        portions = plan.days[slot.day].meals[slot.meal].portions
        servings = _match(problem.dishes[dish].components, portions)
        if servings is not None:
            menu[slot] = Pick(dish, servings)
    return menu


def dishes_of(plan: Plan, problem: PlanningProblem) -> Iterator[tuple[Slot, int]]:
    """The plan's dishes that this problem has for their meal, slot by slot."""
    offered = _Offered(problem)
    for d, day in enumerate(plan.days):
        for m, meal in enumerate(day.meals):
            dish = offered.find(Slot(d, m), meal.dish)
            if dish is not None:
                yield Slot(d, m), dish


class _Offered:
    """Which of the problem's dishes a dish of the cookbook is, in a given slot."""

    def __init__(self, problem: PlanningProblem) -> None:
        self._problem = problem
        self._guests = {Slot(each.day, each.meal): each.dishes for each in problem.guests}
        self._leftovers = {
            Slot(each.day, each.meal): each.day - each.of_day for each in problem.leftovers
        }
        self._settled = {Slot(each.day, each.meal) for each in problem.settled}
        self._fixed = {Slot(each.day, each.meal): each.dish for each in problem.fixed}
        self._index = {dish.id: k for k, dish in enumerate(problem.dishes)}

    def find(self, slot: Slot, cookbook_id: str) -> int | None:
        """The index of the dish, or None where the slot cannot have it."""
        if slot in self._settled:
            return None
        if self._fixed.get(slot, cookbook_id) != cookbook_id:
            return None
        if slot in self._guests:
            suited = (self._index[dish] for dish in self._guests[slot])
            return next((k for k in suited if self._problem.dishes[k].dish == cookbook_id), None)
        k = self._index.get(cookbook_id)
        if k is None or slot in self._fixed:
            return k
        dish = self._problem.dishes[k]
        suits = (
            dish.keeps >= self._leftovers[slot]
            if slot in self._leftovers
            else self._problem.meals[slot.meal] in dish.meals
        )
        return k if suits else None


def _match(
    components: Sequence[ComponentChoice], portions: Sequence[PlanPortion]
) -> tuple[int, ...] | None:
    """The serving of each component (-1: left out) that makes these portions, in order."""
    if not components:
        return None if portions else ()
    first, rest = components[0], components[1:]
    for index, serving in enumerate(first.servings):
        if portions and (serving.food, float(serving.grams)) == (
            portions[0].food,
            portions[0].grams,
        ):
            after = _match(rest, portions[1:])
            if after is not None:
                return (index, *after)
    if first.optional:
        after = _match(rest, portions)
        if after is not None:
            return (-1, *after)
    return None
