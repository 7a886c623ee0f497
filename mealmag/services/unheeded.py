"""What a person told that a plan makes nothing of, or less than they may think: said among its warnings."""

from collections.abc import Iterator, Sequence

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.allergens import meant_allergens, option
from mealmag.nutrition.exclusions import stages_named
from mealmag.nutrition.interactions import matches
from mealmag.nutrition.person import PREGNANCY_AGES, LifeStage, Person, Sex
from mealmag.planning.occasion import is_for_later
from mealmag.planning.problem import PlanningProblem, own_shares
from mealmag.planning.weeks import DAYS, day_name
from mealmag.storage.profile import Profile

# What an allergy, or what is like one, has in its name. English and Dutch.
_AVOIDED = ("allerg", "coeliac", "coeliak", "celiac", "intoleran")


def warnings(profile: Profile, problem: PlanningProblem, tables: ReferenceTables) -> Iterator[str]:
    """A sentence for each: conditions that nothing follows from, a life stage that is a condition alone,
    minimums that so few days do not ask for, own shares where a meal is settled or left of a dinner,
    dinners cooked double for a lunch after the plan."""
    yield from _allergies(profile)
    yield from _unknown(profile.person, tables)
    yield from _life_stage(profile.person)
    yield from _too_few_days(problem)
    yield from _shares(problem)
    yield from _for_later(profile, problem)


def _allergies(profile: Profile) -> Iterator[str]:
    """No food goes for a condition that is like an allergy, unless it is avoided as one."""
    for word in filter(_is_like_allergy, profile.person.conditions):
        meant = meant_allergens(word)
        lacking = [key for key in meant if key not in profile.diet.avoid_allergens]
        if lacking or not meant:
            which = (
                f"such as {option(lacking)}" if lacking else "with one of the fourteen of the EU"
            )
            yield f'"{word}" takes no food out of a plan: allergens are left out by --avoid, {which}.'


def _unknown(person: Person, tables: ReferenceTables) -> Iterator[str]:
    words = [
        word
        for word in matches(tables.interactions, person.conditions)[1]
        if not _is_like_allergy(word) and not stages_named(word)
    ]
    if words:
        quoted = ", ".join(f'"{word}"' for word in words)
        yield f"Nothing in this plan follows from {quoted}: no rule or table of mealmag knows of it."


def _life_stage(person: Person) -> Iterator[str]:
    """Foods are left out for a condition that names one; the targets are those of `life_stage`."""
    youngest, oldest = PREGNANCY_AGES
    possible = person.sex is Sex.FEMALE and youngest <= person.age <= oldest
    if person.life_stage is not LifeStage.NONE:
        return
    for word in person.conditions:
        for stage in sorted(stages_named(word)):
            sets = f"; --life-stage {stage} sets those of its own" if possible else ""
            yield f'"{word}" leaves foods out, but the targets are those of life stage "none"{sets}.'


def _too_few_days(problem: PlanningProblem) -> Iterator[str]:
    """Minimums of a week that come to nothing once they are scaled to the days."""
    days = len(problem.days)
    few = "this one day is" if days == 1 else f"these {days} days are"
    for group, asked in problem.rules.groups.items():
        if asked.min and asked.min * days < DAYS:
            yield f"{group} at least {asked.min} a week: {few} too few for it to ask for any."


def _shares(problem: PlanningProblem) -> Iterator[str]:
    """Own shares of the energy, on days where a meal is out, skipped or eaten: the others make up for it."""
    own = own_shares(problem.meals, problem.rules.shares)
    settled = sorted({each.day for each in problem.settled})
    if own and settled:
        days = _listed([day_name(problem.days[day], len(problem.days)) for day in settled])
        yield (
            f"Your own share of the energy for {_listed(list(own))} is not held on {days}: where a meal "
            "is not planned, the others make up for it."
        )
    left = [problem.days[left.day] for left in problem.leftovers if left.day not in settled]
    if Meal.LUNCH in own and left:
        days = _listed([day_name(day, len(problem.days)) for day in left])
        yield (
            f"Your own share of the energy for lunch is not held on {days}: what is left of a dinner is as "
            "large as that."
        )


def _for_later(profile: Profile, problem: PlanningProblem) -> Iterator[str]:
    for place, occasion in profile.plan.occasions_on(problem.days).items():
        if place.meal in problem.meals and is_for_later(place, occasion, problem.days[-1]):
            day = day_name(place.date, len(problem.days))
            yield (
                f"{day} {place.meal} is not cooked double: the lunch that it is for lies after this plan."
            )


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _is_like_allergy(word: str) -> bool:
    return any(part in word.lower() for part in _AVOIDED)
