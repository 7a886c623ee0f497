"""What a profile demands of a plan, one by one: how it is said, taken back, and made gentler.

An explanation of what is impossible is made of these, so that it speaks of "no nuts" and "20 minutes
on weekdays" instead of the model's rules.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.exclusions import excluded
from mealmag.nutrition.food import Diet
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.planning.problem import usual_shares
from mealmag.planning.rulebook import RULES
from mealmag.services.case import (
    Case,
    Change,
    relax,
    set_plan,
    with_diet,
    with_group,
    with_plan,
    without_ceiling,
    without_group,
    without_item,
    without_occasion,
    without_share,
)
from mealmag.storage.profile import Profile

_MOST_MINUTES, _MINUTE_STEP = 240, 5
_MOST_REPEATS = 7
_MOST_MAIN_FOOD = 7
_MOST_MEALS = 28
_OCCASION_RULES = {"guest": "guests", "double": "leftovers", "fixed": "fixed_dishes"}
_Value = TypeVar("_Value", bound=float | None)
_BUDGET_STEPS = (*range(105, 300, 5), *range(300, 2_001, 20))  # percent of the budget


@dataclass(frozen=True, slots=True)
class Gentler:
    """A profile with one demand made gentler, in words and as an option of the command line."""

    change: str
    option: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that is asked: the rule behind it, a sentence, and the case without it.

    `ladder` are gentler versions, each allowing whatever the one before it does; empty where none is
    ours to propose.
    """

    rule: str
    sentence: str
    without: Change
    ladder: tuple[Gentler, ...] = ()


def demands(profile: Profile, energy: str, days: int = 7) -> list[Demand]:
    """Everything that this profile demands of so many days; what a person can least change comes first.

    `energy` says in words what a day's energy must be.
    """
    return [
        *_always(profile, energy, days),
        *_person(profile),
        *_limits(profile),
        *_budget(profile),
        *_diet(profile),
        *_groups(profile),
        *_main_food(profile),
        *_minutes(profile),
        *_occasions(profile),
    ]


def _always(profile: Profile, energy: str, days: int) -> Iterator[Demand]:
    yield Demand("neighbouring_days", _neighbours(days), relax("neighbouring_days"))
    missing = [meal for meal in Meal if meal not in profile.plan.meals]
    ladder = []
    for count in range(1, len(missing) + 1):
        meals = tuple(m for m in Meal if m in profile.plan.meals or m in missing[:count])
        added = " and ".join(missing[:count])
        ladder.append(
            Gentler(
                f"plan {added} too", f"--meals {','.join(meals)}", with_plan(profile, meals=meals)
            )
        )
    yield Demand("energy_band", f"a day has {energy}", relax("energy_band"), tuple(ladder))
    for meal, share in usual_shares(profile.plan.meals, profile.plan.shares).items():
        yield Demand(
            "meal_share",
            f"{meal} has {share.min} to {share.max} % of the energy",
            without_share(meal),
        )
    most = profile.plan.max_repeats
    yield Demand(
        "repeats",
        f"no dish comes more than {_times(most)} a week",
        relax("repeats"),
        _ladder(
            profile,
            "max_repeats",
            range(most + 1, _MOST_REPEATS + 1),
            lambda more: f"allow a dish {more} times a week instead of {most}",
        ),
    )


def _ladder(
    profile: Profile, key: str, values: Iterable[_Value], words: Callable[[_Value], str]
) -> tuple[Gentler, ...]:
    """One wish for the plan at each of these ever gentler values; its option is called as its `key`."""
    option = f"--{key.replace('_', '-')}"
    return tuple(
        Gentler(words(value), f"{option} {_said(value)}", with_plan(profile, **{key: value}))
        for value in values
    )


def _said(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"


def _person(profile: Profile) -> Iterator[Demand]:
    if excluded(profile.person):
        yield Demand("conditions", RULES["conditions"].sentence, relax("conditions"))
    own = profile.plan.caffeine_mg
    told = "what is safe" if own is None else f"your own {own:g} mg"
    yield Demand("caffeine", f"caffeine stays under {told}", relax("caffeine"))


def _limits(profile: Profile) -> Iterator[Demand]:
    for key, limit in profile.limits.items():
        if limit.ceiling is None:
            continue
        nutrient = nutrient_of(key)
        yield Demand(
            "limits",
            f"no day has more than {limit.ceiling:g} {nutrient.unit} of {nutrient.name}",
            without_ceiling(key),
        )


def _budget(profile: Profile) -> Iterator[Demand]:
    budget = profile.plan.budget
    if budget is None:
        return
    dearer = (round(budget * percent / 100, 2) for percent in _BUDGET_STEPS)
    amounts = [amount for amount in dict.fromkeys(dearer) if amount > budget]
    yield Demand(
        "budget",
        f"a day costs {budget:g} at most, on the mean",
        set_plan(budget=None),
        _ladder(
            profile,
            "budget",
            amounts,
            lambda amount: f"spend {amount:g} a day instead of {budget:g}",
        ),
    )


def _diet(profile: Profile) -> Iterator[Demand]:
    diet = profile.diet
    broader = tuple(kind for kind in Diet if kind.may_eat(diet.kind) and kind is not diet.kind)
    if broader:
        yield Demand(
            "diet",
            f"the food is {diet.kind}",
            lambda case: with_diet(case, kind=Diet.OMNIVORE),
            tuple(
                Gentler(
                    f"eat as a {kind} instead of a {diet.kind}",
                    f"--diet {kind}",
                    with_diet(Case(profile), kind=kind).profile,
                )
                for kind in broader
            ),
        )
    for allergen in diet.avoid_allergens:  # never ours to trade
        yield Demand("allergens", f"no {allergen}", without_item("avoid_allergens", allergen))
    for word in diet.dislikes:
        without = without_item("dislikes", word)
        yield Demand(
            "dislikes",
            f"no {word}",
            without,
            (
                Gentler(
                    f"allow {word}", f"without --dislike {word}", without(Case(profile)).profile
                ),
            ),
        )


def _groups(profile: Profile) -> Iterator[Demand]:
    for group, wanted in profile.plan.groups.items():
        if wanted.min:
            yield Demand(
                "groups",
                f"{group} in at least {_meals(wanted.min)} a week",
                without_group(group, "min"),
                tuple(
                    Gentler(
                        f"{group} in at least {_meals(fewer)} a week instead of {wanted.min}",
                        f"--at-least {group}={fewer}",
                        with_group(profile, group, fewer, wanted.max),
                    )
                    for fewer in range(wanted.min - 1, -1, -1)
                ),
            )
        if wanted.max is not None:
            yield Demand(
                "groups",
                f"{group} in at most {_meals(wanted.max)} a week",
                without_group(group, "max"),
                tuple(
                    Gentler(
                        f"{group} in at most {_meals(more)} a week instead of {wanted.max}",
                        f"--at-most {group}={more}",
                        with_group(profile, group, wanted.min, more),
                    )
                    for more in range(wanted.max + 1, _MOST_MEALS + 1)
                ),
            )


def _main_food(profile: Profile) -> Iterator[Demand]:
    most = profile.plan.max_main_food
    if most is None:
        return
    ladder = _ladder(
        profile,
        "max_main_food",
        (*range(most + 1, _MOST_MAIN_FOOD + 1), None),
        lambda more: (
            "allow a main food at any meals"
            if more is None
            else f"allow a main food {_times(more)} a week instead of {most}"
        ),
    )
    yield Demand(
        "main_food",
        f"no main food comes more than {_times(most)} a week, twice a day or at two dinners in a row",
        set_plan(max_main_food=None),
        ladder,
    )


def _minutes(profile: Profile) -> Iterator[Demand]:
    for kind in ("weekend", "weekday"):
        key = f"{kind}_minutes"
        minutes = getattr(profile.plan, key)
        if minutes is None:
            continue
        longer = range(minutes - minutes % _MINUTE_STEP + _MINUTE_STEP, _MOST_MINUTES, _MINUTE_STEP)

        def words(more: int | None, day: str = f"a {kind} day", now: int = minutes) -> str:
            if more is None:
                return f"no limit to the minutes of {day}"
            return f"{more} minutes {day} instead of {now}"

        yield Demand(
            "minutes",
            f"a {kind} day takes {minutes} minutes at most",
            set_plan(**{key: None}),
            _ladder(profile, key, (*longer, None), words),
        )


def _occasions(profile: Profile) -> Iterator[Demand]:
    """Each meal that is otherwise; what was eaten is, and is nobody's to take back."""
    for day, meals in profile.plan.occasions.items():
        for meal, occasion in meals.items():
            if occasion is None:
                continue
            without = without_occasion(day, meal)
            place = f"{day.capitalize()} {meal}"
            gentler = Gentler(
                f"plan {place} as any other meal",
                f'--meal "{day}:{meal}=planned"',
                without(Case(profile)).profile,
            )
            yield Demand(
                _OCCASION_RULES.get(occasion.kind, "occasions"),
                f"{place}{' is' if occasion.kind == 'fixed' else ':'} {occasion}",
                without,
                () if occasion.kind == "eaten" else (gentler,),
            )
    asked = profile.plan.cook_once
    if asked:
        yield Demand(
            "leftovers",
            f"{_dinners(asked)} a week {'is' if asked == 1 else 'are'} cooked double",
            set_plan(cook_once=0),
            _ladder(
                profile,
                "cook_once",
                range(asked - 1, -1, -1),
                lambda fewer: f"cook {_dinners(fewer)} a week double instead of {asked}",
            ),
        )


def _neighbours(days: int) -> str:
    """What the rule of neighbouring days asks of so many."""
    if days == 1:
        return "no dish is both lunch and dinner of a day"
    return "no lunch or dinner dish comes twice a day or on two days in a row"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _dinners(count: int) -> str:
    return "1 dinner" if count == 1 else f"{count} dinners"


def _meals(count: int) -> str:
    return "1 meal" if count == 1 else f"{count} meals"
