"""What each demand costs in magnesium: how much more a day could bring without it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError
from mealmag.nutrition.supplement import RuleCost
from mealmag.nutrition.totals import rounded
from mealmag.services.case import Case
from mealmag.services.catalogue import Catalogue
from mealmag.services.demands import demands
from mealmag.services.problem import planning_problem
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile

# What a person asks for; what a body needs or a life stage rules out has no price.
_ASKED = frozenset(
    {"diet", "allergens", "dislikes", "limits", "groups", "main_food", "minutes", "budget"}
    | {"occasions", "fixed_dishes", "guests", "leftovers"}
)
_LEAST_MG = Decimal(1)


def rule_costs(
    profile: Profile,
    catalogue: Catalogue,
    tables: ReferenceTables,
    *,
    start: date,
    days: int,
    shortfall_mg: Decimal,
    stop: Callable[[], bool] = lambda: False,
    floor_kcal: Decimal | None = None,
) -> list[RuleCost]:
    """For each demand that costs 1 mg or more, what a day could bring more without it, dearest first.

    `shortfall_mg` is what a day lacks at the least as things are, in the mean. What is named was
    reached by a menu of one day; beyond the target nothing is counted. `floor_kcal` is that of a day that
    has begun, where it has.
    """
    from mealmag.planning.instance import Instance
    from mealmag.planning.solver.certificate import shortfall_without

    costs = []
    for demand in demands(profile, ""):
        if demand.rule not in _ASKED or stop():
            continue
        if demand.rule == "occasions" and not demand.ladder:  # it was eaten
            continue
        case = demand.without(Case(profile))
        need = target_report(
            profile.person,
            profile.reference.set,
            tables,
            case.profile.limits,
            catalogue.told,
        )
        try:
            problem = planning_problem(
                case.profile, need, catalogue, start=start, days=days, floor_kcal=floor_kcal
            )
        except ImpossibleError:
            continue
        left = shortfall_without(Instance(problem), case.relaxed, stop=stop)
        if left is not None and shortfall_mg - left >= _LEAST_MG:
            costs.append(RuleCost(rule=demand.sentence, would_add_mg=rounded(shortfall_mg - left)))
    return sorted(costs, key=lambda cost: -cost.would_add_mg)
