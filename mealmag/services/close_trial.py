"""What a day comes to at best with a food more: the meals that are left are planned anew around it.

The day without any idea is searched first. An idea changes little of it: so its best menu, mended by chance,
is where each look begins, and from there the day of the best looks is searched as any other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from mealmag.catalogue.dish import Meal
from mealmag.errors import ImpossibleError, NoPlanError
from mealmag.nutrition.diary import Entry
from mealmag.nutrition.intake import ENERGY
from mealmag.planning.instance import Instance, Menu
from mealmag.planning.problem import Effort
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, WORST
from mealmag.planning.rulebook import MAGNESIUM as SHORTFALL
from mealmag.planning.rules import follows, values
from mealmag.planning.start import anneal
from mealmag.services.begun import floor_of_day
from mealmag.services.catalogue import Catalogue
from mealmag.services.problem import planning_problem
from mealmag.services.rest import fixed, occasions_of
from mealmag.services.target import TargetReport
from mealmag.storage.profile import Profile

if TYPE_CHECKING:
    from mealmag.planning.solver.report import Progress

_NOURISHING = (SHORTFALL.name, WORST.name, BALANCE.name)
_MOVES, _MOVES_ALONE = 2_500, 16_000  # of one look; of each look at the day without any idea
_LOOKS_ALONE = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best menu that was found, its nourishing goals in the model's whole units, and whether it is proven
    that no menu does better."""

    instance: Instance
    menu: Menu
    goals: tuple[int, ...]
    proven: bool = False

    @property
    def gap_mg(self) -> float:
        """Magnesium below the target."""
        return self.goals[0] / self.instance.scale[self.instance.nutrient("magnesium_mg")]

    @property
    def others_off(self) -> float:
        """How far all other nutrients together are off, in percent of their bounds."""
        return self.goals[2] / 10


class Trial:
    """Plans what is left of a day around what was eaten, with the same foods known throughout."""

    def __init__(
        self,
        profile: Profile,
        catalogue: Catalogue,
        need: TargetReport,
        day: date,
        to_come: Collection[Meal],
        entries: Sequence[Entry],
        new: Collection[str],
    ) -> None:
        """`entries` are the day's; `new` are the foods of the ideas."""
        self._profile = profile
        self._catalogue = catalogue
        self._need = need
        self._day = day
        self._to_come = to_come
        eaten = {entry.snapshot.food for entry in entries}
        self._foods = (eaten | set(new)) & catalogue.foods.keys()
        self._floor_kcal = floor_of_day(
            profile, self._fixed(entries), need.targets[ENERGY], day, catalogue.foods
        )
        self._base: Outcome | None = None
        self.alone = self._searched_alone(entries)

    def look(self, entries: Sequence[Entry]) -> Outcome | None:
        """A good day with these entries, soon; None where none is found that follows the rules."""
        base = self._base
        if base is None:
            return None
        try:
            instance = self._instance(entries)
        except ImpossibleError:
            return None
        kept = {slot: pick for slot, pick in base.menu.items() if slot in instance.open_slots}
        near = instance.whole({**kept, **instance.locked})
        if len(near) < len(instance.slots):
            return None
        begun = _of(instance, near) if follows(instance, near) else None
        if begun is not None and begun.proven:
            return begun
        return _better_of(begun, _annealed(instance, _MOVES, near=near))

    def better(self, outcome: Outcome) -> Outcome:
        """The same day, searched from there."""
        return outcome if outcome.proven else self._searched(outcome)

    def _searched_alone(self, entries: Sequence[Entry]) -> Outcome | None:
        try:
            instance = self._instance(entries)
        except ImpossibleError:
            return None
        for look in range(_LOOKS_ALONE):
            self._base = _better_of(self._base, _annealed(instance, _MOVES_ALONE, look))
            if self._base is not None and self._base.proven:
                return self._base
        from mealmag.planning.solver.report import InfeasibleError

        try:
            self._base = self._searched(self._base or Outcome(instance, {}, ()))
        except (InfeasibleError, NoPlanError):
            return None
        return self._base

    def _searched(self, begin: Outcome) -> Outcome:
        """The best menu in all goals but the last: how nice it is to eat is not asked here.

        Raises InfeasibleError and NoPlanError.
        """
        from mealmag.planning.solver.outcome import Status
        from mealmag.planning.solver.search import Search

        at_last: list[bool] = []

        def listen(progress: "Progress") -> None:
            if progress.goal == ENJOYMENT.name:
                at_last.append(True)

        search = Search(
            begin.instance.problem.model_copy(update={"effort": Effort.QUICK}),
            near=begin.menu,
            before=begin.instance,
            on_progress=listen,
            stop=lambda: bool(at_last),
        )
        found = search.run()
        nourishing = (found.goals[goal] for goal in _NOURISHING)
        proven = all(goal.status is Status.OPTIMAL for goal in nourishing)
        return replace(_of(found.instance, found.menu), proven=proven)

    def _fixed(self, entries: Sequence[Entry]) -> Profile:
        meals, foods = self._profile.plan.meals, self._catalogue.foods
        occasions, _ = occasions_of(entries, meals, foods, self._to_come)
        return fixed(self._profile, self._day, occasions)

    def _instance(self, entries: Sequence[Entry]) -> Instance:
        before = None if self._base is None else self._base.instance
        problem = planning_problem(
            self._fixed(entries),
            self._need,
            self._catalogue,
            start=self._day,
            days=1,
            before=None if before is None else before.problem,
            floor_kcal=self._floor_kcal,
            also_foods=self._foods,
        )
        return Instance(problem, before=before)


def _annealed(
    instance: Instance, moves: int, look: int = 0, *, near: Menu | None = None
) -> Outcome | None:
    seed = instance.problem.seed + look
    menu = anneal(instance, seed=seed, moves=moves, start=near, enough=0)
    return _of(instance, menu) if follows(instance, menu) else None


def _better_of(one: Outcome | None, other: Outcome | None) -> Outcome | None:
    found = [outcome for outcome in (one, other) if outcome is not None]
    return min(found, key=lambda outcome: outcome.goals, default=None)


def _of(instance: Instance, menu: Menu) -> Outcome:
    """The outcome of a menu; one that meets all goals is the best there is."""
    found = values(instance, menu)
    goals = tuple(found[goal] for goal in _NOURISHING)
    return Outcome(instance, menu, goals, proven=not instance.open_slots or not any(goals))
