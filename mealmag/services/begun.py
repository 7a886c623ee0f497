"""The energy floor of a day that has begun: for its person, and in a plan that was made of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.food import Food
from mealmag.nutrition.reference import Target
from mealmag.planning.begun_day import BEGUN, ENERGY, begun_floor
from mealmag.planning.exact import exact
from mealmag.planning.occasion import Occasion, Skipped
from mealmag.planning.plan import Plan
from mealmag.storage.profile import Profile


def floor_of_day(
    profile: Profile, begun: Profile, energy: Target, day: date, foods: Mapping[str, Food]
) -> Decimal | None:
    """The least energy (kcal) of a day that is settled in `begun` as far as it was; None where it is the
    whole floor. What the `profile` skips on such a day anyway is no meal that was missed."""
    usual = _on(profile, day)
    meals = [meal for meal in profile.plan.meals if not isinstance(usual.get(meal), Skipped)]
    if energy.floor is None:
        return None
    return begun_floor(energy.floor, meals or profile.plan.meals, _on(begun, day), foods)


def floor_in(plan: Plan) -> Decimal | None:
    """The floor of a plan of a day that had begun; None for all others."""
    band = plan.targets.get(ENERGY)
    if band is None or band.floor is None or band.floor_kind != BEGUN or len(plan.days) != 1:
        return None
    return exact(band.floor)


def floor_again(
    plan: Plan, profile: Profile, energy: Target, foods: Mapping[str, Food]
) -> Decimal | None:
    """The floor for a change of such a plan, whose meals may be settled otherwise in the `profile`."""
    if floor_in(plan) is None or energy.floor is None:
        return None
    occasions = _on(profile, plan.days[0].date)
    return begun_floor(energy.floor, profile.plan.meals, occasions, foods)


def least_floor(plan: Plan, energy: Target, foods: Mapping[str, Food]) -> Decimal | None:
    """The lowest floor that such a plan may state, by what was eaten and missed; None for all other plans."""
    if floor_in(plan) is None or energy.floor is None:
        return None
    occasions = {m.meal: m.occasion for m in plan.days[0].meals if m.occasion is not None}
    least = begun_floor(energy.floor, plan.rules.meals, occasions, foods)
    return energy.floor if least is None else least


def _on(profile: Profile, day: date) -> dict[Meal, Occasion]:
    occasions = profile.plan.occasions_on([day])
    return {place.meal: occasion for place, occasion in occasions.items()}
