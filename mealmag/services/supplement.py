"""A supplement, only for what food cannot close: the advice, and the certificate it hangs on."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import MagnesiumReference
from mealmag.nutrition.supplement import Certificate, SupplementAdvice, advise
from mealmag.nutrition.totals import rounded
from mealmag.planning.plan import PlanDay, PlanGoal

if TYPE_CHECKING:
    from mealmag.planning.solver.certificate import DayCertificate


def supplement(
    food_mg: Mapping[str, Decimal],
    shortfall: PlanGoal,
    certificates: "Sequence[DayCertificate] | None",
    *,
    reference: MagnesiumReference,
    person: Person,
    tables: ReferenceTables,
) -> SupplementAdvice | None:
    """The advice for a plan's days, or None when food reaches the target on each of them.

    `food_mg` is exact, by day.
    `shortfall` is the plan's magnesium goal: its bound, in mg over all days, is what is proven.
    Without certificates of two engines nothing is proven, whatever the bound says.
    """
    certificate = None
    if certificates:
        certificate = Certificate(
            best_possible_food_mg=rounded(max(day.best_mg for day in certificates)),
            engines=certificates[0].engines,
        )
    return advise(
        food_mg=food_mg,
        target_mg=reference.target_mg,
        proven_shortfall_mg=Decimal(str(shortfall.bound)) if certificate else Decimal(0),
        reference=reference,
        person=person,
        interactions=tables.interactions,
        certificate=certificate,
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
