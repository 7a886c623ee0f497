"""What a change of a plan stands on, kept for the next: catalogue, targets, the problem in whole numbers."""

from decimal import Decimal
from typing import NamedTuple

from mealmag.catalogue.reference import ReferenceTables
from mealmag.planning.begun_day import ENERGY
from mealmag.planning.exact import exact
from mealmag.planning.instance import Instance
from mealmag.planning.plan import Plan
from mealmag.services.begun import floor_again, floor_in
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.pantry import with_pantry_of
from mealmag.services.problem import planning_problem
from mealmag.services.target import TargetReport, target_report
from mealmag.storage.profile import Profile


class Prepared(NamedTuple):
    """All that is known before the first menu is looked for."""

    catalogue: Catalogue
    need: TargetReport
    instance: Instance


class Preparer:
    """Prepares for one catalogue; what was asked for last is kept, and what is alike in it taken over."""

    def __init__(self, sources: Sources, tables: ReferenceTables) -> None:
        self._sources = sources
        self._tables = tables
        self._key: object = None
        self._last: Prepared | None = None

    def prepare(self, profile: Profile, plan: Plan) -> Prepared:
        """For the days of `plan`, as `profile` asks. Raises InputError, UsageError and ImpossibleError."""
        margin_mg = _margin(profile, plan)
        start, seed = plan.days[0].date, plan.made_by.solver.seed
        key = (profile, start, len(plan.days), seed, margin_mg, plan.pantry, floor_in(plan))
        if self._last is not None and self._key == key:
            return self._last
        catalogue = with_pantry_of(plan, load_catalogue(self._sources, profile.reference.figures))
        need = target_report(
            profile.person, profile.reference.set, self._tables, profile.limits, catalogue.told
        )
        before = self._of_the_same(catalogue)
        problem = planning_problem(
            profile,
            need,
            catalogue,
            start=start,
            days=len(plan.days),
            seed=seed,
            margin_mg=margin_mg,
            floor_kcal=floor_again(plan, profile, need.targets[ENERGY], catalogue.foods),
            before=None if before is None else before.problem,
        )
        prepared = Prepared(catalogue, need, Instance(problem, before=before))
        self._key, self._last = key, prepared
        return prepared

    def _of_the_same(self, catalogue: Catalogue) -> Instance | None:
        """What was prepared last, where the catalogue still says the same."""
        if self._last is None:
            return None
        last = self._last.catalogue
        same = (last.foods, last.dishes, last.prices) == (
            catalogue.foods,
            catalogue.dishes,
            catalogue.prices,
        )
        return self._last.instance if same else None


def _margin(profile: Profile, plan: Plan) -> Decimal:
    """The margin that the profile asks for, or the greater one that made the plan as sure as it asks."""
    margin = profile.plan.margin_mg
    if plan.certainty and plan.rules.sure_percent == profile.plan.sure_percent is not None:
        margin = max(margin, plan.certainty.margin_mg)
    return exact(margin)
