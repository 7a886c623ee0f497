"""What is at home first: points for each food of the pantry that the plan does not use, or not in time."""

from collections.abc import Iterable

from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rulebook import ENJOYMENT


def post(menu: MenuModel) -> Iterable[tuple[int, int]]:
    """For each food at home a variable that is 1 where no meal up to its date uses it.

    A folded day is the first of its kind, so one within the date stands for all of them: what the term
    costs in a folded model is never more than in the plan itself.
    """
    if not menu.instance.problem.weights.pantry:
        return
    for stock in menu.instance.pantry:
        terms: Terms = []
        constant = 0
        for day, times in menu.times.items():
            for slot in menu.slots_of(day):
                if slot in menu.instance.settled or menu.instance.cooked_on(slot) > stock.last_day:
                    continue
                atoms, fixed = menu.choices(slot)
                if fixed is not None:
                    constant += times * sum(food in stock.foods for food in fixed.foods)
                terms += [
                    (atom.variable, times)
                    for atom in atoms
                    for food in atom.piece.foods
                    if food in stock.foods
                ]
        unused = menu.at_least(terms, constant, 1, per_unit=1, most=1, rule=ENJOYMENT.name)
        if unused is not None:
            yield unused, stock.points
