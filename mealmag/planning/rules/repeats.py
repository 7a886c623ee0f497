"""No dish comes more often than allowed over the planned days (per seven days, rounded up).

In which week of several it comes is settled last: see `solver.even_weeks`.
"""

from mealmag.planning.menu import MenuModel


def allowed(max_repeats: int, days: int) -> int:
    """How often a dish may come in `days` days when `max_repeats` are allowed in a week."""
    return -(-max_repeats * days // 7) if days > 7 else max_repeats


def post(menu: MenuModel) -> None:
    """One row a dish."""
    instance = menu.instance
    most = allowed(instance.problem.rules.max_repeats, instance.days)
    uses = menu.dish_uses(range(instance.days), range(instance.meals))
    for terms, constant in uses.values():
        if sum(c for _, c in terms) + constant > most and terms:
            menu.model.add(terms, upper=most - constant, rule="repeats")
