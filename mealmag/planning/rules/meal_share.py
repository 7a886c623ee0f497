"""Each meal has a sensible share of the day's energy: no day of two snacks and a feast.

Only where all of a day's meals are planned: where one is out or skipped, the others make up for it. A lunch
that is left of a dinner is as large as that.
"""

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.menu import MenuModel
from mealmag.planning.problem import Share


def share_of(instance: Instance, slot: Slot) -> Share | None:
    """The share that is asked of a slot, or None."""
    if slot in instance.copies:
        return None
    if any(settled.day == slot.day for settled in instance.problem.settled):
        return None
    return instance.problem.rules.shares.get(instance.problem.meals[slot.meal])


def band(instance: Instance, share: Share, *, outward: bool = False) -> tuple[int, int]:
    """The least and the most energy of a meal, in the model's whole parts, rounded against us or outward."""
    n = instance.nutrient("energy_kcal")
    middle = instance.target(n).middle * instance.scale[n]
    least, most = middle * share.min / 100, middle * share.max / 100
    if outward:
        return int(least), -int(-most // 1)
    return -int(-least // 1), int(most)


def post(menu: MenuModel, *, outward: bool = False) -> None:
    """Rows for those dishes alone whose choices could break it."""
    instance = menu.instance
    n = instance.nutrient("energy_kcal")
    for slot in menu.free:
        share = share_of(instance, slot)
        if share is None:
            continue
        least, most = band(instance, share, outward=outward)
        for k, variable in menu.dish_variables[slot].items():
            dish = instance.dishes[k]
            choices = menu.open_servings(slot, k)
            bounds = []
            for high in (False, True):
                rounded_up = high != outward
                amount = dish.always.high[n] if rounded_up else dish.always.low[n]
                terms = [(variable, amount)]
                extreme = amount
                for atoms, (_, optional, _) in zip(choices, dish.open, strict=True):
                    each = [a.piece.high[n] if rounded_up else a.piece.low[n] for a in atoms]
                    terms += [(a.variable, c) for a, c in zip(atoms, each, strict=True)]
                    extreme += max(each) if high else (0 if optional else min(each))
                bounds.append((terms, extreme))
            (low, at_least), (up, at_most) = bounds
            if at_least < least:
                menu.model.add([*low, (variable, -least)], lower=0, rule="meal_share")
            if at_most > most:
                menu.model.add(up, upper=most, rule="meal_share")
