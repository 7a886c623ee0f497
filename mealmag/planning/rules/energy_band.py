"""Each day's energy lies within its band."""

from mealmag.planning.menu import MenuModel


def post(menu: MenuModel) -> None:
    """Two rows a day: the floor counts amounts rounded down, the ceiling rounded up."""
    n = menu.instance.nutrient("energy_kcal")
    floor, ceiling = menu.instance.floor(n), menu.instance.ceiling(n)
    for day in menu.days:
        if floor is not None:
            terms, constant = menu.amount([day], n, high=False)
            if terms:
                menu.model.add(terms, lower=floor - constant, rule="energy_band")
        if ceiling is not None:
            terms, constant = menu.amount([day], n, high=True)
            if terms:
                menu.model.add(terms, upper=ceiling - constant, rule="energy_band")
