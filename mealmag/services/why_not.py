"""Why there is no plan: the demands that collide, none of them to spare, and the cheapest ways out."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from statistics import fmean
from typing import TYPE_CHECKING

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import Collision, ImpossibleError, MealmagError, WayOut
from mealmag.planning.plan import Plan
from mealmag.planning.rulebook import BALANCE, ENJOYMENT
from mealmag.planning.solver.watch import unless_stopped
from mealmag.services.catalogue import Catalogue
from mealmag.services.conflict import Conflict
from mealmag.services.demands import demands
from mealmag.services.trials import Stop, Trials
from mealmag.services.ways import Step, first_step
from mealmag.storage.profile import Profile

if TYPE_CHECKING:
    from mealmag.planning.instance import Menu

_MOST_WAYS, _MOST_CONFLICTS = 4, 3
# What stands in the way alone only where there are too few dishes.
_OF_THE_COOKBOOK = frozenset({"neighbouring_days", "repeats"})
_ADD = "add dishes (`mealmag dishes add`, or in the file of --dishes)"

# Plans a profile with little effort, and checks it; from a menu that follows its rules.
MakePlan = Callable[[Profile, "Menu"], Plan]


class WhyNot:
    """Explains one impossible request."""

    def __init__(
        self,
        profile: Profile,
        catalogue: Catalogue,
        tables: ReferenceTables,
        *,
        start: date,
        days: int,
        make_plan: MakePlan,
        stop: Stop = lambda: False,
        floor_kcal: Decimal | None = None,
    ) -> None:
        self._trials = Trials(
            profile, catalogue, tables, start=start, days=days, stop=stop, floor_kcal=floor_kcal
        )
        self._days = days
        self._make_plan = make_plan
        self._stop = stop

    def error(self, found: ImpossibleError) -> ImpossibleError:
        """The error to raise for `found`: what collides, in the user's words, and what would do instead.

        `found` itself where it is not a matter of what is demanded. A stop ends it at once, with what is
        known by then; a set of demands that could still shrink is not told.
        """
        self._known = ImpossibleError(
            f"{found.message} Which of them collide was not looked for to the end.",
            hint="Let it run, and it names them.",
            complete=False,
        )
        return unless_stopped(self._stop, lambda: self._explained(found)) or self._known

    def _explained(self, found: ImpossibleError) -> ImpossibleError:
        profile = self._trials.case.profile
        everything = demands(profile, self._trials.energy(profile), self._days)
        conflicts: list[Conflict] = []
        ways: list[WayOut] = []
        while not ways and len(conflicts) < _MOST_CONFLICTS:
            named = [demand for conflict in conflicts for demand in conflict.demands]
            rest = [demand for demand in everything if demand not in named]
            conflict = Conflict(self._trials, everything, rest, sure=not conflicts, stop=self._stop)
            if not conflict.demands or self._stop():
                break
            conflicts.append(conflict)
            if len(conflicts) == 1:
                self._known = _error(
                    found,
                    conflicts,
                    [],
                    "What would do was not looked for to the end.",
                    complete=False,
                )
            for way in self._ways(conflict):
                ways.append(way)
                self._known = _error(found, conflicts, list(ways), complete=False)
            conflict.verify()
        if not conflicts:
            return self._known if self._stop() else found
        return self._known if self._stop() else _error(found, conflicts, ways)

    def _ways(self, conflict: "Conflict") -> Iterator[WayOut]:
        """For each colliding demand the gentlest change of it alone that leaves a plan, planned."""
        told = 0
        for demand in reversed(conflict.demands):
            if told == _MOST_WAYS or self._stop():
                break
            found = first_step(self._trials, demand, self._stop)
            if found is None:
                continue
            conflict.needed.append(demand)  # the menu follows all the others
            try:
                plan = self._make_plan(found.gentler.profile, found.menu)
            except MealmagError:
                continue
            told += 1
            yield _way(found, plan)


def _error(
    found: ImpossibleError,
    conflicts: Sequence[Conflict],
    ways: Sequence[WayOut],
    hint: str = "",
    *,
    complete: bool = True,
) -> ImpossibleError:
    collisions = [
        Collision(number, demand.rule, demand.sentence, demand in conflict.needed)
        for number, conflict in enumerate(conflicts, start=1)
        for demand in conflict.demands
    ]
    return ImpossibleError(
        f"{found.message} None can follow " + "; nor ".join(map(_told, conflicts)) + ".",
        rules=list(dict.fromkeys(each.rule for each in collisions)),
        demands=collisions,
        ways=ways,
        hint=hint or _hint(conflicts, ways),
        complete=complete,
    )


def _way(step: Step, plan: Plan) -> WayOut:
    """The gentler demand, and what the plan made with it gives."""
    magnesium = fmean(day.magnesium.food_mg for day in plan.days)
    energy = fmean(day.totals["energy_kcal"] for day in plan.days)
    points = next(goal.value for goal in plan.goals if goal.name == ENJOYMENT.name)
    gives = (
        f"{_reaches(plan)}; {magnesium:.0f} mg and {energy:,.0f} kcal a day, {points:.0f} points"
    )
    if not step.least:
        gives += "; whether a gentler step would do is not known"
    return WayOut(
        step.gentler.change,
        step.gentler.option,
        gives,
        round(magnesium, 1),
        round(energy, 1),
        round(points, 1),
        least=step.least,
    )


def _reaches(plan: Plan) -> str:
    """Whether a plan reaches its targets, in a few words."""
    gaps = [day.magnesium.gap_mg for day in plan.days]
    short = sum(gap > 0 for gap in gaps)
    if short:
        magnesium = f"magnesium short on {short} of {len(gaps)} days, by {max(gaps):.0f} mg at most"
    else:
        magnesium = "magnesium reached every day" if len(gaps) > 1 else "magnesium reached"
    other = next(goal.value for goal in plan.goals if goal.name == BALANCE.name)
    rest = "all other nutrients too" if not other else f"other nutrients {other:.0f} % off in sum"
    return f"{magnesium}, {rest}"


def _told(conflict: Conflict) -> str:
    demands = conflict.demands
    sentences = "; ".join(f"{demand.rule} ({demand.sentence})" for demand in demands)
    which = "this, whatever the rest" if len(demands) == 1 else "these together"
    told = f"{which}: {sentences}"
    if conflict.unsure:
        unsure = " and ".join(demand.sentence for demand in conflict.unsure)
        told += f" (that it takes this is not proven: {unsure})"
    return told


def _hint(conflicts: Sequence[Conflict], ways: Sequence[WayOut]) -> str:
    if len(ways) == 1:
        return "This alone leaves a plan; it was made and checked."
    if ways:
        return "Each of these alone leaves a plan; it was made and checked."
    rules = [frozenset(demand.rule for demand in conflict.demands) for conflict in conflicts]
    fixed = [
        names
        for names, conflict in zip(rules, conflicts, strict=True)
        if not any(demand.ladder for demand in conflict.demands)
    ]
    if any(names <= _OF_THE_COOKBOOK for names in rules) or any(
        map(_OF_THE_COOKBOOK.intersection, fixed)
    ):
        return f"The cookbook has too few dishes for that; {_ADD}."
    if fixed:
        return "Not ours to loosen: what a body needs, an allergen, a limit, or what a life stage rules out."
    also = f" Or {_ADD}." if any(map(_OF_THE_COOKBOOK.intersection, rules)) else ""
    return f"No change to one of them is enough; loosen two, or leave one out.{also}"
