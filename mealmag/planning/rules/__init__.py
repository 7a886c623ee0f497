"""The rules and goals as rows of a menu model, one small module each.

`build` is the one place that says which rules there are and in which order the goals come.
"""

from collections.abc import Collection, Mapping

from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.menu import MenuModel
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM, MARGIN, WORST
from mealmag.planning.rules import (
    balance,
    budget,
    caffeine,
    energy_band,
    enjoyment,
    groups,
    limits,
    magnesium,
    main_food,
    margin,
    meal_share,
    minutes,
    neighbouring_days,
    otherwise,
    repeats,
)

_EXACT = {
    "repeats": repeats.post,
    "neighbouring_days": neighbouring_days.post,
    "main_food": main_food.post,
    "minutes": minutes.post,
    "groups": groups.post,
    "otherwise": otherwise.post,
}
_ROUNDED = {  # `build` may ask these to round outward
    "energy_band": energy_band.post,
    "meal_share": meal_share.post,
    "limits": limits.post,
    "caffeine": caffeine.post,
    "budget": budget.post,
}
HARD = (*_EXACT, *_ROUNDED)
GOAL = {
    MAGNESIUM.name: magnesium.post,
    MARGIN.name: margin.post,
    WORST.name: balance.post_worst,
    BALANCE.name: balance.post,
    ENJOYMENT.name: enjoyment.post,
}


def build(
    instance: Instance,
    free: Collection[Slot],
    fixed: Mapping[Slot, Pick],
    *,
    goals: Collection[str] = tuple(GOAL),
    relaxed: Collection[str] = (),
    outward: bool = False,
    offer: Mapping[Slot, Collection[int]] | None = None,
    times: Mapping[int, int] | None = None,
) -> MenuModel:
    """The model of `free` slots beside `fixed` ones, with every hard rule that is not `relaxed`.

    `offer` are the dishes for a free slot where it may not have all.
    With `outward`, rounding leaves no menu out: for proofs, not for menus. With `times` the model is
    folded: a day stands for several, which then are no neighbours of each other.
    """
    menu_model = MenuModel(instance, free, fixed, offer, times)
    for name, post in _EXACT.items():
        if name in relaxed or (name == "neighbouring_days" and times is not None):
            continue
        post(menu_model)
    for name, post_rounded in _ROUNDED.items():
        if name not in relaxed:
            post_rounded(menu_model, outward=outward)
    for name, post_goal in GOAL.items():
        if name in goals:
            menu_model.goals[name] = post_goal(menu_model)
    return menu_model


def goals_of(instance: Instance) -> tuple[str, ...]:
    """The goals in their order: the margin only where one is asked for."""
    return tuple(goal for goal in GOAL if goal != MARGIN.name or instance.aim is not None)


def values(instance: Instance, menu: Menu) -> dict[str, int]:
    """Every goal of a complete menu, in the model's whole units."""
    goals = goals_of(instance)
    constant = build(instance, (), menu, goals=goals)
    at = constant.encode(menu)
    return {goal: constant.goal_value(goal, at) for goal in goals}


def follows(instance: Instance, menu: Menu, *, relaxed: Collection[str] = ()) -> bool:
    """Whether a complete menu keeps every hard rule that is not `relaxed`, in the model's whole units."""
    offer = {slot: (pick.dish,) for slot, pick in menu.items()}
    alone = build(instance, instance.slots, {}, goals=(), relaxed=relaxed, offer=offer)
    return not alone.model.violations(alone.encode(menu))
