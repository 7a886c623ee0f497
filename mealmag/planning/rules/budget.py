"""The days cost no more than the budget, on the mean. A food without a price counts nothing."""

from mealmag.planning.menu import MenuModel


def post(menu: MenuModel, *, outward: bool = False) -> None:
    """One row over all days; costs are rounded up, or with `outward` down, for proofs.

    Where only some of the days are covered, they may have what the others leave: all of it.
    """
    instance = menu.instance
    if instance.budget is None:
        return
    terms, constant = menu.cost(outward=outward)
    if terms:
        menu.model.add(terms, upper=instance.budget - constant, rule="budget")
