"""Check a plan that lies in a file: by the catalogue, and by the person's own reference values."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from mealmag.errors import DataProblem, InputError
from mealmag.export.json import parse_plan
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import ReferenceSet
from mealmag.planning.check import check
from mealmag.planning.plan import Plan
from mealmag.services.catalogue import load_catalogue
from mealmag.services.target import target_report


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What holds and what does not; `notes` are no faults."""

    plan: Plan
    violations: list[str]
    notes: list[str]


def check_plan(
    text: str, name: str, *, foods: Path | None = None, dishes: Path | None = None
) -> CheckReport:
    """Recompute everything. InputError where `text` is no plan or the catalogue is broken."""
    plan = parse_plan(text, name)
    catalogue = load_catalogue(foods, dishes)
    violations = [str(fault) for fault in check(plan, catalogue.foods, catalogue.dishes)]
    violations += _targets(plan, name)
    notes = [
        f"The plan was made with another {what} than the one it is checked with."
        for what, made, here in (
            ("food table", plan.made_by.foods_sha256, catalogue.foods_sha256),
            ("dish file", plan.made_by.dishes_sha256, catalogue.dishes_sha256),
        )
        if made != here
    ]
    return CheckReport(plan, violations, notes)


def _targets(plan: Plan, name: str) -> list[str]:
    try:
        person = Person.model_validate(plan.person)
        reference_set = ReferenceSet(plan.reference_set)
    except (ValidationError, ValueError) as error:
        problem = DataProblem(name, None, "person or reference_set", str(error))
        raise InputError(
            f"{name} names no person that mealmag knows.", problems=[problem]
        ) from None
    expected = target_report(person, reference_set).targets
    faults = [f"targets: {key}: it is missing" for key in expected if key not in plan.targets]
    for key, stated in plan.targets.items():
        target = expected.get(key)
        if target is None:
            faults.append(f"targets: {key}: the reference values have none")
            continue
        for bound, given, right in (
            ("floor", stated.floor, target.floor),
            ("ceiling", stated.ceiling, target.ceiling),
        ):
            if given != (None if right is None else float(right)):
                faults.append(f"targets: {key}: the {bound} is {right}, not {given}")
        if stated.per != target.per:
            faults.append(f"targets: {key}: it counts per {target.per}, not per {stated.per}")
    return faults
