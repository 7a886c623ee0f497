"""A profile in which one demand is taken back or made gentler: how a case is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mealmag.catalogue.dish import Meal
from mealmag.planning.problem import Share, TimesAWeek
from mealmag.storage.profile import Profile


@dataclass(frozen=True, slots=True)
class Case:
    """A profile, and rules that are not applied though a profile cannot say so."""

    profile: Profile
    relaxed: frozenset[str] = frozenset()


Change = Callable[[Case], Case]


def relax(rule: str) -> Change:
    """The rule is not applied."""
    return lambda case: Case(case.profile, case.relaxed | {rule})


def with_plan(profile: Profile, **changes: object) -> Profile:
    """The profile with other wishes for its plans."""
    return profile.model_copy(update={"plan": profile.plan.model_copy(update=changes)})


def set_plan(**changes: object) -> Change:
    """Other wishes for the plan."""
    return lambda case: Case(with_plan(case.profile, **changes), case.relaxed)


def with_diet(case: Case, **changes: object) -> Case:
    """The case with another diet, or other lists of what is not eaten."""
    diet = case.profile.diet.model_copy(update=changes)
    return Case(case.profile.model_copy(update={"diet": diet}), case.relaxed)


def without_ceiling(nutrient: str) -> Change:
    """No ceiling of one's own for this nutrient; a floor stays."""

    def without(case: Case) -> Case:
        limits = dict(case.profile.limits)
        limit = limits.pop(nutrient)
        if limit.floor is not None:
            limits[nutrient] = limit.model_copy(update={"ceiling": None})
        return Case(case.profile.model_copy(update={"limits": limits}), case.relaxed)

    return without


def without_item(key: str, item: str) -> Change:
    """One allergen or dislike fewer; `key` is the list that has it."""

    def without(case: Case) -> Case:
        items: Sequence[str] = getattr(case.profile.diet, key)
        return with_diet(case, **{key: tuple(each for each in items if each != item)})

    return without


def without_share(meal: Meal) -> Change:
    """Any share of the energy for this meal."""

    def without(case: Case) -> Case:
        shares = {**case.profile.plan.shares, meal: Share()}
        return Case(with_plan(case.profile, shares=shares), case.relaxed)

    return without


def without_occasion(day: str, meal: Meal) -> Change:
    """This meal of a weekday or date is planned as any other."""

    def without(case: Case) -> Case:
        occasions = {key: dict(meals) for key, meals in case.profile.plan.occasions.items()}
        occasions[day][meal] = None
        return Case(with_plan(case.profile, occasions=occasions), case.relaxed)

    return without


def without_group(group: str, side: str) -> Change:
    """No `min` or no `max` of a food group."""

    def without(case: Case) -> Case:
        wanted = case.profile.plan.groups[group]
        least, most = (None, wanted.max) if side == "min" else (wanted.min, None)
        return Case(with_group(case.profile, group, least, most), case.relaxed)

    return without


def with_group(profile: Profile, group: str, least: int | None, most: int | None) -> Profile:
    """The profile with other numbers of meals a week of a food group."""
    groups = dict(profile.plan.groups)
    if least is None and most is None:
        groups[group] = TimesAWeek(min=0)
    else:
        groups[group] = TimesAWeek(min=least, max=most)
    return with_plan(profile, groups=groups)
