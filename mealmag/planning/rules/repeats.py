"""No dish comes more often than allowed in any week of the plan."""

from mealmag.planning.menu import MenuModel
from mealmag.planning.weeks import weeks


def post(menu: MenuModel) -> None:
    """One row for each dish and week; of a folded model, one for all weeks together."""
    instance = menu.instance
    for span in menu.week_spans():
        most = instance.problem.rules.max_repeats * len(weeks(len(span)))
        uses = menu.dish_uses(span, range(instance.meals))
        for terms, constant in uses.values():
            if sum(c for _, c in terms) + constant > most and terms:
                menu.model.add(terms, upper=most - constant, rule="repeats")
