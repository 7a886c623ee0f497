"""The smallest change to what somebody usually eats that reaches the target, from their diary."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError, PlanCheckError
from mealmag.nutrition.diary import Ledger
from mealmag.nutrition.improvement import Habit, Improvement, Improvements, Kept
from mealmag.nutrition.intake import ENERGY, MAGNESIUM, brought
from mealmag.nutrition.reference import Target
from mealmag.nutrition.totals import rounded
from mealmag.nutrition.usual_intake import Days, is_finished
from mealmag.planning.habits import MOST_CHANGES, Room
from mealmag.services.account import basics_of, logged
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.habit_ideas import WEEK, HabitIdea, habit_ideas
from mealmag.services.problem import hard_rules, refuse_kidneys_without_limits
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

LEAST_DAYS, MOST_DAYS, CHOICES = 3, 14, 4
# Of the mean of a day: what a person hardly notices. Editorial.
_LESS_KCAL, _MORE_KCAL = Decimal(150), Decimal(100)
_NO_MATTER = Decimal("0.02")  # of a nutrient's bound
_WINDOW = timedelta(days=59)


def improve(
    paths: Paths,
    profile: Profile,
    sources: Sources,
    today: date,
    *,
    days: int = MOST_DAYS,
    stop: Callable[[], bool] = lambda: False,
) -> Improvements:
    """Up to four choices of changes to the last finished days (3 to 14 of them), the smallest first.

    Supplements are not counted. InputError where too few days are finished, UsageError for a kidney disease
    without limits of its own.
    """
    catalogue = load_catalogue(sources, profile.reference.figures)
    refuse_kidneys_without_limits(profile, ReferenceTables())
    basics = basics_of(profile, catalogue)
    found = logged(paths, today - _WINDOW, today - timedelta(days=1), basics.figures)
    eaten = {d: [e for e in es if e.ledger is not Ledger.SUPPLEMENT] for d, es in found.items()}
    finished = {d: es for d, es in eaten.items() if is_finished(es, basics.energy_kcal)}
    usual = {d: finished[d] for d in sorted(finished)[-days:]}
    if len(usual) < LEAST_DAYS:
        raise InputError(
            f"{len(usual)} finished days are logged; {LEAST_DAYS} are needed to know what is usual.",
            hint="Log some days to their end; today does not count yet.",
        )
    target = basics.reference.target_mg
    before = _mean(usual, MAGNESIUM)
    ideas = habit_ideas(usual, catalogue.foods, hard_rules(profile), tuple(basics.targets))
    choices = (
        () if before >= target else tuple(_choices(usual, ideas, basics.targets, target, stop))
    )
    return Improvements(
        days=tuple(usual),
        left_out=tuple(d for d in sorted(found) if d >= min(usual) and d not in usual),
        target_mg=float(target),
        mean_mg=rounded(before, 1),
        unknown=sum(brought(entries, MAGNESIUM).unknown for entries in usual.values()),
        days_reached=sum(
            brought(entries, MAGNESIUM).amount >= target for entries in usual.values()
        ),
        energy_kcal=rounded(_mean(usual, ENERGY), 0),
        choices=choices,
        notes=() if choices or before >= target else (_none(),),
    )


def _none() -> str:
    return (
        f"No {MOST_CHANGES} changes of this kind reach the target within your rules, your energy and what "
        "the other nutrients allow. A planned week may: `mealmag plan`."
    )


def _choices(
    usual: Days,
    ideas: Sequence[HabitIdea],
    targets: Mapping[str, Target],
    target: Decimal,
    stop: Callable[[], bool],
) -> Iterator[Improvement]:
    from mealmag.planning.solver.few_changes import fewest_changes

    room = _room(usual, targets, target)
    changes = [idea.change for idea in ideas]
    seen: dict[str, Kept] = {}
    for few in fewest_changes(changes, room, CHOICES, nutrient=MAGNESIUM, stop=stop):
        made = [ideas[place] for place in few.places]
        mean = _mean(usual, MAGNESIUM) + _sum(made, MAGNESIUM)
        if mean < target or any(_sum(made, key) > most for key, most in room.most.items()):
            raise PlanCheckError("Changes that were chosen do not reach what they must.")
        yield Improvement(
            habits=tuple(map(_habit, made)),
            kept=tuple(seen[habit] for habit in few.kept),
            mean_mg=rounded(mean, 1),
            days_reached=_days_reached(usual, made, target),
            energy_kcal=rounded(_mean(usual, ENERGY) + _sum(made, ENERGY), 0),
            proven=few.proven,
        )
        seen = {idea.change.habit: _kept(idea) for idea in made} | seen


def _kept(idea: HabitIdea) -> Kept:
    if idea.instead_of:
        return Kept(kind="swap", name=idea.entries[0].snapshot.name_en)
    return Kept(kind="more", name=idea.food.name_en)


def _room(usual: Days, targets: Mapping[str, Target], target: Decimal) -> Room:
    """What is short gets hardly shorter, what is enough stays so, and what is too much hardly grows."""
    least = {MAGNESIUM: target - _mean(usual, MAGNESIUM), ENERGY: -_LESS_KCAL}
    most = {ENERGY: _MORE_KCAL}
    for key, bound in targets.items():
        if key in (MAGNESIUM, ENERGY):
            continue
        mean = _mean(usual, key)
        if bound.floor is not None:
            least[key] = min(mean, bound.floor) - mean - _NO_MATTER * bound.floor
        if bound.ceiling is not None:
            most[key] = max(mean, bound.ceiling) - mean + _NO_MATTER * bound.ceiling
    return Room(least, most)


def _mean(usual: Days, nutrient: str) -> Decimal:
    total = sum((brought(entries, nutrient).amount for entries in usual.values()), Decimal(0))
    return total / len(usual)


def _sum(ideas: Sequence[HabitIdea], nutrient: str) -> Decimal:
    return sum((idea.change.adds[nutrient] for idea in ideas), Decimal(0))


def _days_reached(usual: Days, ideas: Sequence[HabitIdea], target: Decimal) -> int:
    """How many of these days reach the target then; what comes on some days of a week goes to the poorest."""
    amounts = {day: brought(entries, MAGNESIUM).amount for day, entries in usual.items()}
    for idea in ideas:
        for entry in idea.entries:
            richer = idea.food.amount(MAGNESIUM, idea.share * entry.quantity) or Decimal(0)
            amounts[entry.day] += richer - (entry.amount(MAGNESIUM) or Decimal(0))
    for idea in ideas:
        times = len(usual) * idea.days_a_week // WEEK
        for day in sorted(amounts, key=lambda day: (amounts[day], day))[:times]:
            amounts[day] += _of_one(idea)
    return sum(amount >= target for amount in amounts.values())


def _habit(idea: HabitIdea) -> Habit:
    swapped = bool(idea.instead_of)
    return Habit(
        kind="swap" if swapped else "more",
        food=idea.food.id,
        name=idea.food.name_en,
        instead_of=idea.entries[0].snapshot.name_en if swapped else "",
        measure=idea.measure,
        share=rounded(idea.share, 2),
        days=len({entry.day for entry in idea.entries}),
        days_a_week=idea.days_a_week,
        magnesium_mg=rounded(idea.change.adds[MAGNESIUM], 1),
        energy_kcal=rounded(idea.change.adds[ENERGY], 0),
        each_mg=None if swapped else rounded(_of_one(idea), 0),
    )


def _of_one(idea: HabitIdea) -> Decimal:
    return idea.food.amount(MAGNESIUM, idea.grams) or Decimal(0)
