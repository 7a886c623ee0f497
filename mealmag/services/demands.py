"""What a profile demands of a plan, one by one: how it is said, taken back, and made gentler.

An explanation of what is impossible is made of these, so that it speaks of "no nuts" and "20 minutes
on weekdays" instead of the model's rules.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.exclusions import excluded
from mealmag.nutrition.food import Diet
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.planning.problem import Share, TimesAWeek, usual_shares
from mealmag.planning.rulebook import RULES
from mealmag.storage.profile import Profile

_MOST_MINUTES, _MINUTE_STEP = 240, 5
_MOST_REPEATS = 7
_MOST_MAIN_FOOD = 7
_MOST_MEALS = 28
_OCCASION_RULES = {"guest": "guests", "double": "leftovers", "fixed": "fixed_dishes"}
_BUDGET_STEPS = (*range(105, 300, 5), *range(300, 2_001, 20))  # percent of the budget


@dataclass(frozen=True, slots=True)
class Case:
    """A profile, and rules that are not applied though a profile cannot say so."""

    profile: Profile
    relaxed: frozenset[str] = frozenset()


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
    without: Callable[[Case], Case]
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
    yield Demand("neighbouring_days", _neighbours(days), _relax("neighbouring_days"))
    missing = [meal for meal in Meal if meal not in profile.plan.meals]
    ladder = []
    for count in range(1, len(missing) + 1):
        meals = tuple(m for m in Meal if m in profile.plan.meals or m in missing[:count])
        added = " and ".join(missing[:count])
        ladder.append(
            Gentler(f"plan {added} too", f"--meals {','.join(meals)}", _plan(profile, meals=meals))
        )
    yield Demand("energy_band", f"a day has {energy}", _relax("energy_band"), tuple(ladder))
    for meal, share in usual_shares(profile.plan.meals, profile.plan.shares).items():
        yield Demand(
            "meal_share",
            f"{meal} has {share.min} to {share.max} % of the energy",
            _share_without(meal),
        )
    most = profile.plan.max_repeats
    yield Demand(
        "repeats",
        f"no dish comes more than {_times(most)} a week",
        _relax("repeats"),
        tuple(
            Gentler(
                f"allow a dish {more} times a week instead of {most}",
                f"--max-repeats {more}",
                _plan(profile, max_repeats=more),
            )
            for more in range(most + 1, _MOST_REPEATS + 1)
        ),
    )


def _person(profile: Profile) -> Iterator[Demand]:
    if excluded(profile.person):
        yield Demand("conditions", RULES["conditions"].sentence, _relax("conditions"))
    own = profile.plan.caffeine_mg
    told = "what is safe" if own is None else f"your own {own:g} mg"
    yield Demand("caffeine", f"caffeine stays under {told}", _relax("caffeine"))


def _limits(profile: Profile) -> Iterator[Demand]:
    for key, limit in profile.limits.items():
        if limit.ceiling is None:
            continue
        nutrient = nutrient_of(key)

        def without(case: Case, key: str = key) -> Case:
            limits = dict(case.profile.limits)
            floor = limits.pop(key).floor
            if floor is not None:
                limits[key] = profile.limits[key].model_copy(update={"ceiling": None})
            return Case(case.profile.model_copy(update={"limits": limits}), case.relaxed)

        yield Demand(
            "limits",
            f"no day has more than {limit.ceiling:g} {nutrient.unit} of {nutrient.name}",
            without,
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
        _set_plan(budget=None),
        tuple(
            Gentler(
                f"spend {amount:g} a day instead of {budget:g}",
                f"--budget {amount:g}",
                _plan(profile, budget=amount),
            )
            for amount in amounts
        ),
    )


def _diet(profile: Profile) -> Iterator[Demand]:
    diet = profile.diet
    broader = tuple(kind for kind in Diet if kind.may_eat(diet.kind) and kind is not diet.kind)
    if broader:
        yield Demand(
            "diet",
            f"the food is {diet.kind}",
            lambda case: _with_diet(case, kind=Diet.OMNIVORE),
            tuple(
                Gentler(
                    f"eat as a {kind} instead of a {diet.kind}",
                    f"--diet {kind}",
                    _with_diet(Case(profile), kind=kind).profile,
                )
                for kind in broader
            ),
        )
    for allergen in diet.avoid_allergens:  # never ours to trade
        yield Demand("allergens", f"no {allergen}", _without_item("avoid_allergens", allergen))
    for word in diet.dislikes:
        without = _without_item("dislikes", word)
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
                _group_without(group, "min"),
                tuple(
                    Gentler(
                        f"{group} in at least {_meals(fewer)} a week instead of {wanted.min}",
                        f"--at-least {group}={fewer}",
                        _group(profile, group, fewer, wanted.max),
                    )
                    for fewer in range(wanted.min - 1, -1, -1)
                ),
            )
        if wanted.max is not None:
            yield Demand(
                "groups",
                f"{group} in at most {_meals(wanted.max)} a week",
                _group_without(group, "max"),
                tuple(
                    Gentler(
                        f"{group} in at most {_meals(more)} a week instead of {wanted.max}",
                        f"--at-most {group}={more}",
                        _group(profile, group, wanted.min, more),
                    )
                    for more in range(wanted.max + 1, _MOST_MEALS + 1)
                ),
            )


def _main_food(profile: Profile) -> Iterator[Demand]:
    most = profile.plan.max_main_food
    if most is None:
        return
    ladder = [
        Gentler(
            f"allow a main food {_times(more)} a week instead of {most}",
            f"--max-main-food {more}",
            _plan(profile, max_main_food=more),
        )
        for more in range(most + 1, _MOST_MAIN_FOOD + 1)
    ]
    ladder.append(
        Gentler(
            "allow a main food at any meals",
            "--max-main-food none",
            _plan(profile, max_main_food=None),
        )
    )
    yield Demand(
        "main_food",
        f"no main food comes more than {_times(most)} a week, twice a day or at two dinners in a row",
        _set_plan(max_main_food=None),
        tuple(ladder),
    )


def _minutes(profile: Profile) -> Iterator[Demand]:
    for kind in ("weekend", "weekday"):
        key = f"{kind}_minutes"
        minutes = getattr(profile.plan, key)
        if minutes is None:
            continue
        longer = range(minutes - minutes % _MINUTE_STEP + _MINUTE_STEP, _MOST_MINUTES, _MINUTE_STEP)
        ladder = [
            Gentler(
                f"{more} minutes a {kind} day instead of {minutes}",
                f"--{kind}-minutes {more}",
                _plan(profile, **{key: more}),
            )
            for more in longer
        ]
        ladder.append(
            Gentler(
                f"no limit to the minutes of a {kind} day",
                f"--{kind}-minutes none",
                _plan(profile, **{key: None}),
            )
        )
        yield Demand(
            "minutes",
            f"a {kind} day takes {minutes} minutes at most",
            _set_plan(**{key: None}),
            tuple(ladder),
        )


def _occasions(profile: Profile) -> Iterator[Demand]:
    """Each meal that is otherwise; what was eaten is, and is nobody's to take back."""
    for day, meals in profile.plan.occasions.items():
        for meal, occasion in meals.items():
            if occasion is None:
                continue
            without = _without_occasion(day, meal)
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
            _set_plan(cook_once=0),
            tuple(
                Gentler(
                    f"cook {_dinners(fewer)} a week double instead of {asked}",
                    f"--cook-once {fewer}",
                    _plan(profile, cook_once=fewer),
                )
                for fewer in range(asked - 1, -1, -1)
            ),
        )


def _neighbours(days: int) -> str:
    """What the rule of neighbouring days asks of so many."""
    if days == 1:
        return "no dish is both lunch and dinner of a day"
    return "no lunch or dinner dish comes twice a day or on two days in a row"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


# How a case is changed.


def _relax(rule: str) -> Callable[[Case], Case]:
    return lambda case: Case(case.profile, case.relaxed | {rule})


def _plan(profile: Profile, **changes: object) -> Profile:
    return profile.model_copy(update={"plan": profile.plan.model_copy(update=changes)})


def _set_plan(**changes: object) -> Callable[[Case], Case]:
    return lambda case: Case(_plan(case.profile, **changes), case.relaxed)


def _with_diet(case: Case, **changes: object) -> Case:
    diet = case.profile.diet.model_copy(update=changes)
    return Case(case.profile.model_copy(update={"diet": diet}), case.relaxed)


def _without_item(key: str, item: str) -> Callable[[Case], Case]:
    def without(case: Case) -> Case:
        items: Sequence[str] = getattr(case.profile.diet, key)
        return _with_diet(case, **{key: tuple(each for each in items if each != item)})

    return without


def _share_without(meal: Meal) -> Callable[[Case], Case]:
    def without(case: Case) -> Case:
        shares = {**case.profile.plan.shares, meal: Share()}
        return Case(_plan(case.profile, shares=shares), case.relaxed)

    return without


def _without_occasion(day: str, meal: Meal) -> Callable[[Case], Case]:
    def without(case: Case) -> Case:
        occasions = {key: dict(meals) for key, meals in case.profile.plan.occasions.items()}
        occasions[day][meal] = None
        return Case(_plan(case.profile, occasions=occasions), case.relaxed)

    return without


def _group_without(group: str, side: str) -> Callable[[Case], Case]:
    def without(case: Case) -> Case:
        wanted = case.profile.plan.groups[group]
        least, most = (None, wanted.max) if side == "min" else (wanted.min, None)
        return Case(_group(case.profile, group, least, most), case.relaxed)

    return without


def _group(profile: Profile, group: str, least: int | None, most: int | None) -> Profile:
    groups = dict(profile.plan.groups)
    if least is None and most is None:
        groups[group] = TimesAWeek(min=0)
    else:
        groups[group] = TimesAWeek(min=least, max=most)
    return _plan(profile, groups=groups)


def _dinners(count: int) -> str:
    return "1 dinner" if count == 1 else f"{count} dinners"


def _meals(count: int) -> str:
    return "1 meal" if count == 1 else f"{count} meals"
