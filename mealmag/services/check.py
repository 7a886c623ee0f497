"""Check a plan that lies in a file: by the catalogue, and by the person's own reference values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pydantic import ValidationError

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import DataProblem, InputError
from mealmag.export.json import parse_plan, parse_plans
from mealmag.nutrition.food import Food
from mealmag.nutrition.limits import missing_for_kidneys
from mealmag.nutrition.nutrients import Told
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import ReferenceSet, Target
from mealmag.nutrition.supplement import SupplementAdvice
from mealmag.planning.begun_day import BEGUN, ENERGY
from mealmag.planning.check import check
from mealmag.planning.plan import Plan, PlanTarget
from mealmag.services.begun import floor_in, least_floor
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.target import TargetReport, target_report


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What holds and what does not; `notes` are no faults."""

    plan: Plan
    name: str
    violations: list[str]
    notes: list[str]


def check_plans(text: str, name: str, sources: Sources | None = None) -> list[CheckReport]:
    """What `check_plan` finds in each plan of a document: one plan, or several."""
    return [_checked(plan, called, sources) for plan, called in parse_plans(text, name)]


def check_plan(text: str, name: str, sources: Sources | None = None) -> CheckReport:
    """Recompute everything. InputError where `text` is no plan or the catalogue is broken.

    Targets are looked up anew for a plan's person; where the plan states others, that is a fault,
    and the rest is measured by the right ones.
    """
    return _checked(parse_plan(text, name), name, sources)


def _checked(plan: Plan, name: str, sources: Sources | None) -> CheckReport:
    catalogue = load_catalogue(sources, plan.magnesium_figures)
    need = _expected(plan, name, catalogue.told)
    expected = _begun(plan, need.targets, catalogue.foods)
    violations = [*_targets(plan, expected), *_supplement(plan), *_kidneys(plan)]
    if not plan.days:
        violations.append("completeness: plan: it has no days")
    elif not any(fault.startswith("supplement") for fault in violations):
        right = plan.model_copy(update={"targets": {k: _stated(t) for k, t in expected.items()}})
        violations += [
            str(fault)
            for fault in check(
                right,
                catalogue.foods,
                catalogue.dishes,
                catalogue.prices or None,
                need.magnesium.ul_mg or Decimal(0),
            )
        ]
    notes = [
        f"The plan was made with another {what} than the one it is checked with."
        for what, made, here in (
            ("food table", plan.made_by.foods_sha256, catalogue.foods_sha256),
            ("cookbook", plan.made_by.dishes_sha256, catalogue.dishes_sha256),
        )
        if made != here
    ]
    if plan.cost is not None and not catalogue.prices:
        notes.append("What the plan costs was not checked: there are no prices here.")
    return CheckReport(plan, name, violations, notes)


def _expected(plan: Plan, name: str, told: Told) -> TargetReport:
    """What the plan's person needs by the plan's reference set."""
    try:
        person = Person.model_validate(plan.person)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        column = ".".join(["person", *(str(part) for part in fault["loc"])])
        problem = DataProblem(name, None, column, fault["msg"])
        raise InputError(f"{name} names no possible person.", problems=[problem]) from None
    try:
        reference_set = ReferenceSet(plan.reference_set)
    except ValueError:
        known = ", ".join(ReferenceSet)
        problem = DataProblem(name, None, "reference_set", f"it is none of {known}.")
        raise InputError(f"{name} names an unknown reference set.", problems=[problem]) from None
    return target_report(person, reference_set, limits=plan.rules.limits, told=told)


def _begun(plan: Plan, expected: dict[str, Target], foods: Mapping[str, Food]) -> dict[str, Target]:
    """The targets, for the rest of a day with its energy floor where what was eaten and missed allows it."""
    energy, stated = expected[ENERGY], floor_in(plan)
    least = least_floor(plan, energy, foods)
    if least is None or stated is None or energy.floor is None:
        return expected
    floor = min(energy.floor, max(stated, least))
    return {**expected, ENERGY: replace(energy, floor=floor, floor_kind=BEGUN)}


def _kidneys(plan: Plan) -> Iterator[str]:
    """A plan by published values is none for somebody with a kidney disease."""
    person = Person.model_validate(plan.person)
    missing = missing_for_kidneys(person, plan.rules.limits, ReferenceTables().interactions)
    if missing:
        yield (
            "limits: plan: with a kidney disease it needs own limits with a ceiling for "
            + ", ".join(missing)
        )


def _stated(target: Target) -> PlanTarget:
    return PlanTarget(
        floor=None if target.floor is None else float(target.floor),
        ceiling=None if target.ceiling is None else float(target.ceiling),
        per=target.per,
        floor_kind=target.floor_kind,
    )


def _targets(plan: Plan, expected: Mapping[str, Target]) -> Iterator[str]:
    """Where the plan's targets are not those of the reference values."""
    for key, target in expected.items():
        if key not in plan.targets:
            yield f"targets: {key}: it is missing"
            continue
        given, right = plan.targets[key], _stated(target)
        for bound, stated, wanted in (
            ("floor", given.floor, right.floor),
            ("ceiling", given.ceiling, right.ceiling),
        ):
            if stated != wanted:
                yield f"targets: {key}: the {bound} is {_shown(wanted)}, not {_shown(stated)}"
        if given.per != right.per:
            yield f"targets: {key}: it counts per {right.per}, not per {given.per}"
    for key in plan.targets:
        if key not in expected:
            yield f"targets: {key}: the reference values have none"


def _supplement(plan: Plan) -> Iterator[str]:
    """Where the supplement is not even of the right shape."""
    if plan.supplement is None:
        return
    try:
        SupplementAdvice.model_validate(plan.supplement)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            yield f"supplement: {'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"


def _shown(bound: float | None) -> str:
    return "none" if bound is None else f"{bound:g}"
