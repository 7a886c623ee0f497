"""What would close today's gap? Each idea is tried: the rest of the day is planned anew around it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError, NoPlanError
from mealmag.nutrition.closing import Closing, Option
from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.nutrition.intake import ENERGY, MAGNESIUM, brought
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.nutrition.reference import Target
from mealmag.nutrition.totals import rounded
from mealmag.planning.problem import PlanningProblem
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, WORST
from mealmag.planning.rulebook import MAGNESIUM as SHORTFALL
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.closing_foods import Idea, ideas
from mealmag.services.diary import entries_of
from mealmag.services.log_entries import When, new_entry
from mealmag.services.problem import hard_rules, planning_problem, refuse_kidneys_without_limits
from mealmag.services.rest import fixed, occasions_of
from mealmag.services.target import TargetReport, target_report
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

if TYPE_CHECKING:
    from mealmag.planning.solver.report import Found, Progress

_MUCH = Decimal("0.1")  # of what a nutrient's floor asks for
_MOST_ALSO = 3


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

    `on_progress` is told how many ideas of all are tried; a stop leaves out the others.

    Raises InputError (the diary, the data), UsageError (a kidney disease without limits).
    """
    catalogue = load_catalogue(sources, profile.reference.figures)
    tables = ReferenceTables()
    refuse_kidneys_without_limits(profile, tables)
    need = target_report(
        profile.person, profile.reference.set, tables, profile.limits, catalogue.told
    )
    logged = entries_of(paths, day)
    entries = [e for e in logged if e.ledger is not Ledger.SUPPLEMENT]
    trial = _Trial(profile, catalogue, need, day, to_come)
    so_far, energy = brought(entries, MAGNESIUM), brought(entries, ENERGY)
    target = need.magnesium.target_mg
    most = need.targets[ENERGY].ceiling or Decimal(need.energy.kcal)
    left = most - energy.amount
    settled, notes = occasions_of(logged, profile.plan.meals, catalogue.foods, to_come)
    alone = trial.outcome(entries)
    found = []
    tried = ideas(entries, catalogue.foods, hard_rules(profile), max(left, Decimal(0)))
    for number, idea in enumerate(tried, start=1):
        if stop():
            break
        outcome = trial.outcome(_with(entries, idea, day))
        on_progress(number, len(tried))
        if outcome is not None:
            found.append((outcome, _option(idea, outcome, need.targets)))
    gap = max(Decimal(0), target - so_far.amount)

    def rank(each: tuple[_Outcome, Option]) -> tuple[object, ...]:
        """The better day first; of days that are as good, what closes more of the gap by itself."""
        outcome, option = each
        closes = min(option.magnesium_mg, float(gap))
        return outcome.rank, -closes, option.energy_kcal, option.food

    found.sort(key=rank)
    return Closing(
        date=day,
        target_mg=float(target),
        so_far_mg=rounded(so_far.amount),
        gap_mg=rounded(gap),
        unknown=so_far.unknown,
        energy_left_kcal=rounded(left, 0),
        meals_left=tuple(meal.value for meal in profile.plan.meals if meal.value not in settled),
        gap_after_meals_mg=rounded(gap) if alone is None else alone.gap_mg,
        options=tuple(option for _, option in found),
        notes=tuple(notes),
    )


class _Outcome(NamedTuple):
    """What the day comes to at best: its goals, and what they mean in mg and percent."""

    rank: tuple[int, ...]
    gap_mg: float
    others_off: float
    proven: bool


class _Trial:
    """Plans what is left of a day around what was eaten."""

    def __init__(
        self,
        profile: Profile,
        catalogue: Catalogue,
        need: TargetReport,
        day: date,
        to_come: Collection[Meal],
    ) -> None:
        self._to_come = to_come
        self._profile = profile
        self._catalogue = catalogue
        self._need = need
        self._day = day
        self._before: PlanningProblem | None = None

    def outcome(self, entries: Sequence[Entry]) -> _Outcome | None:
        """The best day with these entries; None where no menu follows the rules around them."""
        from mealmag.planning.solver.outcome import Status
        from mealmag.planning.solver.report import InfeasibleError, in_units

        meals, foods = self._profile.plan.meals, self._catalogue.foods
        occasions, _ = occasions_of(entries, meals, foods, self._to_come)
        try:
            problem = planning_problem(
                fixed(self._profile, self._day, occasions),
                self._need,
                self._catalogue,
                start=self._day,
                days=1,
                before=self._before,
            )
            found = _nourishing(problem)
        except (ImpossibleError, InfeasibleError, NoPlanError):
            return None
        self._before = problem
        goals, instance = found.goals, found.instance
        short = goals[SHORTFALL.name]
        nourishing = (SHORTFALL.name, WORST.name, BALANCE.name)
        return _Outcome(
            rank=tuple(goals[goal].value for goal in nourishing),
            gap_mg=short.value / in_units(instance, SHORTFALL.name),
            others_off=goals[BALANCE.name].value / in_units(instance, BALANCE.name),
            proven=not instance.open_slots
            or all(goals[goal].status is Status.OPTIMAL for goal in nourishing),
        )


def _nourishing(problem: PlanningProblem) -> "Found":
    """The best menu in all goals but the last: how nice it is to eat is not asked here."""
    from mealmag.planning.solver.search import Search

    at_last: list[bool] = []

    def listen(progress: "Progress") -> None:
        if progress.goal == ENJOYMENT.name:
            at_last.append(True)

    return Search(problem, on_progress=listen, stop=lambda: bool(at_last)).run()


def _with(entries: Sequence[Entry], idea: Idea, day: date) -> list[Entry]:
    """The day's entries with the idea: of the meal that was last, or in the place of what it stands for."""
    beside = idea.instead_of or (entries[-1] if entries else None)
    meal = beside.meal if beside is not None else ""
    place = When(day, Meal(meal) if meal else None)
    new = new_entry(Ledger.FOOD, idea.grams, idea.measure, snapshot_of(idea.food), place)
    return [*(entry for entry in entries if entry is not idea.instead_of), new]


def _option(idea: Idea, outcome: _Outcome, targets: Mapping[str, Target]) -> Option:
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
