"""A nutrient stays under its ceiling on every day: the shape of several rules."""

from mealmag.planning.menu import MenuModel


def post(menu: MenuModel, nutrient: str, rule: str, *, outward: bool) -> None:
    """One row a day, in the name of `rule`; amounts are rounded up, or with `outward` down."""
    instance = menu.instance
    n = instance.nutrient(nutrient)
    ceiling = instance.ceiling(n, outward=outward)
    if ceiling is None:
        return
    for day in menu.days:
        terms, constant = menu.amount(n, high=not outward, day=day)
        if terms:
            menu.model.add(terms, upper=ceiling - constant, rule=rule)
