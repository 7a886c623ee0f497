"""What would close today's gap? Each idea is tried: the rest of the day is planned anew around it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.closing import Closing, Option
from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.nutrition.intake import ENERGY, MAGNESIUM, brought
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.nutrition.reference import Target
from mealmag.nutrition.totals import rounded
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.close_trial import Outcome, Trial
from mealmag.services.closing_foods import Idea, ideas
from mealmag.services.diary import entries_of
from mealmag.services.likely_foods import is_eaten_alone
from mealmag.services.log_entries import When, new_entry
from mealmag.services.problem import hard_rules, refuse_kidneys_without_limits
from mealmag.services.rest import occasions_of
from mealmag.services.target import target_report
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

_MUCH = Decimal("0.1")  # of what a nutrient's floor asks for
_MOST_ALSO = 3
_SEARCHED, _AT_ONCE = 8, 2  # of the best looks so many are searched, two at a time
# Days within one such step are about as good: of the magnesium target, of what the other nutrients are off by
# now, and in any case so many percent of a bound. Editorial.
_STEP_MG, _STEP_OFF, _LEAST_STEP_OFF = 0.05, 0.05, 25.0


def close_gap(
    paths: Paths,
    profile: Profile,
    sources: Sources,
    day: date,
    *,
    to_come: Collection[Meal] = tuple(Meal),
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    stop: Callable[[], bool] = lambda: False,
) -> Closing:
    """The day's gap, and what would close it, best first, beside the meals that are `to_come`.

    Where no menu for these meals follows the rules, each idea is counted without them. `on_progress` is told
    how many ideas of all are tried; a stop leaves out the others.

    Raises InputError (the diary, the data), UsageError (a kidney disease without limits).
    """
    catalogue = load_catalogue(sources, profile.reference.figures)
    tables = ReferenceTables()
    refuse_kidneys_without_limits(profile, tables)
    need = target_report(
        profile.person, profile.reference.set, tables, profile.limits, catalogue.told
    )
    logged = entries_of(paths, day, profile.reference.figures)
    entries = [e for e in logged if e.ledger is not Ledger.SUPPLEMENT]
    so_far, energy = brought(entries, MAGNESIUM), brought(entries, ENERGY)
    target = need.magnesium.target_mg
    most = need.targets[ENERGY].ceiling or Decimal(need.energy.kcal)
    left = most - energy.amount
    settled, notes = occasions_of(logged, profile.plan.meals, catalogue.foods, to_come)
    tried = ideas(entries, catalogue.foods, hard_rules(profile), max(left, Decimal(0)))
    new = [idea.food.id for idea in tried]
    trial = Trial(profile, catalogue, need, day, to_come, entries, new)
    alone = trial.alone
    if alone is None:
        trial = Trial(profile, catalogue, need, day, (), entries, new)
    gap = max(Decimal(0), target - so_far.amount)
    off = 0.0 if trial.alone is None else trial.alone.others_off
    rank = _Rank(float(gap), float(target), off, late=_is_late(settled, profile.plan.meals))
    looks = list(_looks(trial, tried, entries, day, on_progress, stop))
    found = _searched(trial, sorted(looks, key=rank.of), len(tried), on_progress, stop)
    found.sort(key=rank.of)
    return Closing(
        date=day,
        target_mg=float(target),
        so_far_mg=rounded(so_far.amount),
        gap_mg=rounded(gap),
        unknown=so_far.unknown,
        energy_left_kcal=rounded(left, 0),
        meals_left=tuple(meal.value for meal in profile.plan.meals if meal.value not in settled),
        gap_after_meals_mg=None if alone is None else alone.gap_mg,
        others_off=off,
        options=tuple(_option(each, need.targets) for each in found),
        notes=tuple(notes),
    )


def _is_late(settled: Collection[str], meals: Collection[Meal]) -> bool:
    """Whether no meal but a snack is left."""
    return all(meal is Meal.SNACK for meal in meals if meal.value not in settled)


class _Tried(NamedTuple):
    """An idea, and what the day comes to with it."""

    idea: Idea
    outcome: Outcome


def _looks(
    trial: Trial,
    ideas: Sequence[Idea],
    entries: Sequence[Entry],
    day: date,
    on_progress: Callable[[int, int], None],
    stop: Callable[[], bool],
) -> Iterator[_Tried]:
    """A look at each idea that has a day; what is not begun at a stop is left out."""
    for number, idea in enumerate(ideas, start=1):
        if stop():
            return
        outcome = trial.look(_with(entries, idea, day))
        on_progress(number, len(ideas) + _SEARCHED)
        if outcome is not None:
            yield _Tried(idea, outcome)


def _searched(
    trial: Trial,
    looks: Sequence[_Tried],
    done: int,
    on_progress: Callable[[int, int], None],
    stop: Callable[[], bool],
) -> list[_Tried]:
    """The looks, the first of them searched to their best, two at a time; after a stop as they are. So many
    ideas are `done`."""

    def best(look: _Tried) -> _Tried:
        return look if stop() else _Tried(look.idea, trial.better(look.outcome))

    found = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for number, each in enumerate(pool.map(best, looks[:_SEARCHED]), start=1):
            found.append(each)
            if not stop():
                on_progress(done + number, done + _SEARCHED)
    return [*found, *looks[_SEARCHED:]]


class _Rank(NamedTuple):
    """The better day first. Of days that are about as good, what people eat as it is; then what closes more
    of the gap by itself. When it is `late`, nobody cooks: what is eaten as it is goes before all else."""

    gap_mg: float
    target_mg: float
    others_off: float
    late: bool

    def of(self, tried: _Tried) -> tuple[object, ...]:
        """What to sort by."""
        idea, outcome = tried
        step = max(_LEAST_STEP_OFF, self.others_off * _STEP_OFF)
        cooked = idea.instead_of is None and not is_eaten_alone(idea.food)
        return (
            self.late and cooked,
            ceil(outcome.gap_mg / (self.target_mg * _STEP_MG)),
            int(outcome.others_off / step),
            cooked,
            -min(float(idea.adds(MAGNESIUM)), self.gap_mg),
            idea.adds(ENERGY),
            idea.food.id,
        )


def _with(entries: Sequence[Entry], idea: Idea, day: date) -> list[Entry]:
    """The day's entries with the idea: of the meal that was last, or in the place of what it stands for."""
    beside = idea.instead_of or (entries[-1] if entries else None)
    meal = beside.meal if beside is not None else ""
    place = When(day, Meal(meal) if meal else None)
    new = new_entry(Ledger.FOOD, idea.grams, idea.measure, snapshot_of(idea.food), place)
    return [*(entry for entry in entries if entry is not idea.instead_of), new]


def _option(tried: _Tried, targets: Mapping[str, Target]) -> Option:
    idea, outcome = tried
    return Option(
        kind="food" if idea.instead_of is None else "swap",
        food=idea.food.id,
        name=idea.food.name_en,
        measure=idea.measure,
        grams=float(idea.grams),
        instead_of="" if idea.instead_of is None else idea.instead_of.snapshot.name_en,
        magnesium_mg=rounded(idea.adds(MAGNESIUM)),
        energy_kcal=rounded(idea.adds(ENERGY), 0),
        gap_mg=outcome.gap_mg,
        others_off=outcome.others_off,
        proven=outcome.proven,
        also=tuple(_also(idea, targets)),
    )


def _also(idea: Idea, targets: Mapping[str, Target]) -> list[str]:
    """What else it brings a tenth or more of a day's floor of, most first."""
    shares = [
        (idea.adds(key) / target.floor, key)
        for key, target in targets.items()
        if key not in (MAGNESIUM, ENERGY) and target.floor
    ]
    much = sorted((s for s in shares if s[0] >= _MUCH), reverse=True)[:_MOST_ALSO]
    return [f"{nutrient_of(key).name} {100 * share:.0f} %" for share, key in much]
