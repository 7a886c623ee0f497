"""Whether a plan was made for a profile, so that no one eats by another person's plan unawares."""

from mealmag.planning.plan import Plan
from mealmag.storage.profile import Profile


def made_for(plan: Plan, profile: Profile) -> bool:
    """True where person, reference set and rules are those that the plan was made by."""
    rules = plan.rules
    return (
        plan.person == profile.person.model_dump(mode="json")
        and plan.reference_set == profile.reference.set
        and rules.diet == profile.diet.kind
        and sorted(rules.avoid_allergens) == sorted(profile.diet.avoid_allergens)
        and sorted(rules.dislikes) == sorted(profile.diet.dislikes)
        and set(rules.meals) == set(profile.plan.meals)
        and rules.max_repeats == profile.plan.max_repeats
        and rules.weekday_minutes == profile.plan.weekday_minutes
        and rules.weekend_minutes == profile.plan.weekend_minutes
    )
