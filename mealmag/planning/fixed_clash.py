"""Meals that can be of one dish alone, and are too near each other for it: no menu has both.

A model of days that stand for several knows no neighbours, so it cannot tell.
"""

from collections.abc import Collection

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.main_foods import apart, cooked


def fixed_clash(instance: Instance, relaxed: Collection[str] = ()) -> str:
    """The rule, none of those `relaxed`, that two such meals break, whatever else is planned; or nothing."""
    fixed = {
        slot: dishes[0] for slot in cooked(instance) if len(dishes := instance.offered(slot)) == 1
    }
    if "neighbouring_days" not in relaxed and _same_dish(instance, fixed):
        return "neighbouring_days"
    asked = instance.problem.rules.max_main_food is not None and "main_food" not in relaxed
    return "main_food" if asked and _same_main_food(instance, fixed) else ""


def _same_dish(instance: Instance, fixed: dict[Slot, int]) -> bool:
    """Whether a dish is lunch or dinner twice on a day or on two days in a row."""
    base = {slot: instance.base[dish] for slot, dish in fixed.items()}
    return any(
        base[first] == base[second] and second.day - first.day <= 1
        for first in base
        for second in base
        if first < second
    )


def _same_main_food(instance: Instance, fixed: dict[Slot, int]) -> bool:
    """Whether two meals that must not be of one main food are, whatever is chosen in them."""
    mains = {
        slot: {main for main, shown in instance.shown_mains[dish].items() if shown.always}
        for slot, dish in fixed.items()
    }
    return any(
        first in mains and second in mains and mains[first] & mains[second]
        for first, second in apart(instance)
    )
