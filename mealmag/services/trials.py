"""Cases of one request, each tried for a proof that there is no menu, or for a menu.

What is asked of menus changes from case to case; dishes and foods seldom do. So they are read and counted
once for all cases that may serve the same.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError
from mealmag.planning.candidates import FILTERS
from mealmag.planning.fixed_clash import fixed_clash
from mealmag.planning.instance import Instance, Menu
from mealmag.planning.rules import HARD, follows
from mealmag.services.case import Case
from mealmag.services.catalogue import Catalogue
from mealmag.services.demands import Demand
from mealmag.services.problem import hard_rules, planning_problem, unserved_groups
from mealmag.services.target import TargetReport, target_report
from mealmag.storage.profile import PlanChoice, Profile

# What of a profile's plan only the rules see: no dish, food or target hangs on it.
_RULES_ALONE = (
    "max_repeats",
    "max_main_food",
    "budget",
    "weekday_minutes",
    "weekend_minutes",
    "groups",
    "shares",
)

if TYPE_CHECKING:
    from mealmag.planning.solver.whole import Feasibility

Stop = Callable[[], bool]


class Trials:
    """Tries cases of `profile` over these days; every answer at a stop is that nothing is known.

    `floor_kcal` is the energy floor of a day that has begun, where it has.
    """

    def __init__(
        self,
        profile: Profile,
        catalogue: Catalogue,
        tables: ReferenceTables,
        *,
        start: date,
        days: int,
        stop: Stop = lambda: False,
        floor_kcal: Decimal | None = None,
    ) -> None:
        self.case = Case(profile)
        self._catalogue = catalogue
        self._tables = tables
        self._start, self._days = start, days
        self._floor_kcal = floor_kcal
        self._stop = stop
        self._known: list[tuple[Case, Instance | None]] = []

    def need(self, profile: Profile) -> TargetReport:
        """The targets of a profile."""
        return target_report(
            profile.person,
            profile.reference.set,
            self._tables,
            profile.limits,
            self._catalogue.told,
        )

    def energy(self, profile: Profile) -> str:
        """What a day's energy must be, in words."""
        band = self.need(profile).targets["energy_kcal"]
        floor = band.floor if self._floor_kcal is None else self._floor_kcal
        return f"{floor or 0:,.0f} to {band.ceiling or 0:,.0f} kcal"

    def instance(self, case: Case) -> Instance | None:
        """The case in whole numbers; None where a meal has no dish left."""
        alike = _without_rules(case)
        known = next((at for at, (each, _) in enumerate(self._known) if each == alike), None)
        if known is None:
            known = len(self._known)
            self._known.append((alike, self._new_instance(alike)))  # what any of them counts
        instance = self._known[known][1]
        return None if instance is None else instance.under(hard_rules(case.profile))

    def _new_instance(self, case: Case) -> Instance | None:
        try:
            problem = planning_problem(
                case.profile,
                self.need(case.profile),
                self._catalogue,
                start=self._start,
                days=self._days,
                relaxed=case.relaxed,
                floor_kcal=self._floor_kcal,
            )
        except ImpossibleError:
            return None
        return Instance(problem)

    def without(self, everything: Sequence[Demand], some: Sequence[Demand]) -> Case:
        """The request with only `some` of its demands."""
        case = self.case
        for demand in everything:
            if demand not in some:
                case = demand.without(case)
        return case

    def is_out(self, case: Case) -> bool:
        """Whether sums prove that there is no menu."""
        return self.contradiction(case, ()) is not None

    def contradiction(self, case: Case, some: Sequence[Demand]) -> list[Demand] | None:
        """Those of `some`, the demands of `case`, that a proof by sums takes; None without such a proof."""
        from mealmag.planning.solver.feasibility import no_menu

        return self._blamed(no_menu, case, some)[0]

    def collision(
        self, case: Case, some: Sequence[Demand], *, deep: bool = False
    ) -> tuple[list[Demand] | None, Menu | None]:
        """As `contradiction`, but any proof will do, also an engine's word; and the menu, if one is found.

        `deep`: an engine may take many seconds for it.
        """
        from mealmag.planning.solver.feasibility import brief_look

        return self._blamed(partial(brief_look, deep=deep), case, some)

    def narrow_look(self, case: Case) -> "Feasibility":
        """A menu, a proof that there is none, or neither, with more effort than `menu` and `is_out`."""
        from mealmag.planning.solver.feasibility import narrow_look
        from mealmag.planning.solver.whole import NONE

        instance = self.instance(case)
        if instance is None:
            return NONE
        return narrow_look(instance, relaxed=case.relaxed, stop=self._stop)

    def menu(self, case: Case) -> Menu | None:
        """A menu, if one is found soon."""
        from mealmag.planning.solver.feasibility import likely_menu

        instance = self.instance(case)
        if instance is None:
            return None
        return likely_menu(instance, relaxed=case.relaxed, stop=self._stop)

    def menu_near(self, case: Case, menu: Menu) -> Menu | None:
        """A menu that one short look finds near this one, which is of an instance with the same dishes."""
        from mealmag.planning.solver.feasibility import annealed_menu

        instance = self.instance(case)
        if instance is None:
            return None
        return annealed_menu(instance, relaxed=case.relaxed, near=menu, runs=1, stop=self._stop)

    def nearest(self, case: Case, rule: str) -> Menu | None:
        """A menu that breaks this rule as little as is found soon, and no other."""
        from mealmag.planning.solver.guided import nearest_menu

        instance = self.instance(case)
        if instance is None:
            return None
        return nearest_menu(instance, rule, relaxed=case.relaxed, stop=self._stop)

    def allows(self, case: Case, menu: Menu) -> bool:
        """Whether this menu, of an instance with the same dishes, follows the rules of the case."""
        instance = self.instance(case)
        return instance is not None and follows(instance, menu, relaxed=case.relaxed)

    def _blamed(
        self, look: "Callable[..., Feasibility]", case: Case, some: Sequence[Demand]
    ) -> tuple[list[Demand] | None, Menu | None]:
        from mealmag.planning.solver.outcome import Status

        instance = self.instance(case)
        if instance is None:  # a matter of the filters alone
            return [demand for demand in some if demand.rule not in HARD], None
        if unserved_groups(instance.problem):  # so it is for any number of days
            blamed = [d for d in some if d.rule not in HARD or d.rule == "groups"]
            return blamed, None
        if rule := fixed_clash(instance, case.relaxed):
            return [d for d in some if d.rule not in HARD or d.rule == rule], None
        found = look(instance, relaxed=case.relaxed, stop=self._stop)
        if found.status is not Status.INFEASIBLE:
            return None, found.menu
        return [d for d in some if d.rule not in HARD or d.rule in found.rules], None


def _without_rules(case: Case) -> Case:
    """The case as far as it decides what is served and counted; alike for cases that may share that."""
    usual = {key: PlanChoice.model_fields[key].default for key in _RULES_ALONE}
    plan = case.profile.plan.model_copy(update=usual)
    profile = case.profile.model_copy(update={"plan": plan})
    return Case(profile, case.relaxed.intersection(FILTERS))
