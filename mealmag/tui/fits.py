"""Whether a plan was made for a profile, so that no one eats by another person's plan unawares."""

from collections.abc import Mapping
from typing import Any

from mealmag.nutrition.caffeine import ceiling_mg
from mealmag.planning.occasion import FixedDish, is_for_later, named_dish
from mealmag.planning.plan import Plan
from mealmag.planning.problem import own_shares
from mealmag.services.change import profile_of
from mealmag.storage.profile import Profile


def made_for(plan: Plan, profile: Profile) -> bool:
    """True where the plan was made by all that the profile asks.

    Ratings do not count: a plan is good until the next, which leans to them. Nor does how many dinners are
    cooked once: a plan states which, as meals that are otherwise. Meals that were made
    otherwise in the plan alone are no reason either, and a dinner is not cooked double for a lunch after
    the plan.
    """
    days = [day.date for day in plan.days]
    had = {
        (day.date, meal.meal): meal.occasion
        for day in plan.days
        for meal in day.meals
        if meal.occasion
    }
    wanted = profile.plan.occasions_on(days)
    return _asked(profile_of(plan)) == _asked(profile) and all(
        had.get(place) == occasion
        or (
            is_for_later(place, occasion, days[-1])
            and had.get(place) == _alone(named_dish(occasion))
        )
        for place, occasion in wanted.items()
    )


def _alone(dish: str | None) -> FixedDish | None:
    """What is left of a dinner that is not cooked double: the dish, where it was named."""
    return None if dish is None else FixedDish(dish=dish)


def _asked(profile: Profile) -> Mapping[str, Any]:
    """What is asked, in one form: lists that have no order sorted, what asks nothing left out."""
    plan = profile.plan
    asked = profile.model_copy(
        update={
            "ratings": {},
            "plan": plan.model_copy(
                update={
                    "occasions": {},
                    "cook_once": 0,
                    "shares": own_shares(plan.meals, plan.shares),
                }
            ),
        }
    ).model_dump(mode="json")
    if plan.caffeine_mg is None:
        asked["plan"]["caffeine_mg"] = float(ceiling_mg(profile.person))
    asked["plan"]["meals"].sort()
    for key in ("avoid_allergens", "dislikes"):
        asked["diet"][key].sort()
    return asked
