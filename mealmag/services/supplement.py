"""A supplement, only for what food cannot close: the advice, and the certificate it hangs on."""

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import MagnesiumReference
from mealmag.nutrition.supplement import Certificate, RuleCost, SupplementAdvice, advise
from mealmag.planning.plan import PlanDay, PlanGoal

if TYPE_CHECKING:
    from mealmag.planning.solver.certificate import DayCertificate


def supplement(
    food_mg: Mapping[str, Decimal],
    shortfall: PlanGoal,
    certificates: "Sequence[DayCertificate] | None",
    *,
    unknown: Collection[str] = (),
    reference: MagnesiumReference,
    person: Person,
    tables: ReferenceTables,
    why_not_food: Sequence[RuleCost] = (),
) -> SupplementAdvice | None:
    """The advice for a plan's days, or None when food reaches the target on each of them.

    `food_mg` is exact, by day; of the `unknown` days some magnesium was not counted. Only what two
    engines certified counts as proven, and only where they did so for every kind of day; a bound of one
    engine alone (`shortfall`, the plan's magnesium goal) never carries a dose, it can only lower what is
    proven.
    """
    certificate, proven = None, Decimal(0)
    best = [day.best_mg for day in certificates or []]
    known = [amount for amount in best if amount is not None]
    if certificates and len(known) == len(best):
        most = max(known).quantize(Decimal("0.01"), rounding=ROUND_CEILING)
        certificate = Certificate(
            best_possible_food_mg=float(most), engines=certificates[0].engines
        )
        names = list(food_mg)
        lacking = (
            kind.shortfall_mg(reference.target_mg)
            for kind in certificates
            if not any(names[day] in unknown for day in kind.days)
        )
        proven = min(sum(lacking, Decimal(0)), Decimal(str(shortfall.bound)))
    return advise(
        food_mg=food_mg,
        target_mg=reference.target_mg,
        proven_shortfall_mg=proven,
        unknown_days=unknown,
        reference=reference,
        person=person,
        interactions=tables.interactions,
        certificate=certificate,
        why_not_food=why_not_food,
    )


def with_doses(days: Sequence[PlanDay], advice: SupplementAdvice | None) -> list[PlanDay]:
    """The days, with the proposed dose on each day that has one."""
    if advice is None or advice.elemental_mg is None:
        return list(days)
    dose = float(advice.elemental_mg)
    return [
        day.model_copy(update={"magnesium": day.magnesium.model_copy(update={"supplement": dose})})
        if str(day.date) in advice.on_days
        else day
        for day in days
    ]
