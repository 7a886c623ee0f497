"""Each day's energy lies within its band."""

from mealmag.planning.menu import MenuModel


def post(menu: MenuModel, *, outward: bool = False) -> None:
    """Two rows a day: the floor counts amounts rounded down, the ceiling rounded up.

    So a menu that the model accepts holds exactly, but one at the very edge may be left out. For proofs
    ("no menu …") that is the wrong side: `outward` rounds the other way and leaves no menu out.
    """
    instance = menu.instance
    n = instance.nutrient("energy_kcal")
    floor, ceiling = instance.floor(n, outward=outward), instance.ceiling(n, outward=outward)
    for day in menu.days:
        if floor is not None:
            terms, constant = menu.amount(n, high=outward, day=day)
            if terms:
                menu.model.add(terms, lower=floor - constant, rule="energy_band")
        if ceiling is not None:
            terms, constant = menu.amount(n, high=not outward, day=day)
            if terms:
                menu.model.add(terms, upper=ceiling - constant, rule="energy_band")
