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
    by_id = {dish.id: k for k, dish in enumerate(problem.dishes)}
    for d, day in enumerate(plan.days):
        for m, meal in enumerate(day.meals):
            dish = by_id.get(meal.dish)
            if dish is not None and meal.meal in problem.dishes[dish].meals:
                yield Slot(d, m), dish


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
