"""Change a plan a little: another dish here, without that food, and the rest stays as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError, NoPlanError, UsageError
from mealmag.nutrition.caffeine import ceiling_mg
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import ReferenceSet
from mealmag.planning.change import Offer, changed_menu
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.plan import Plan, PlanMeal
from mealmag.planning.problem import Effort
from mealmag.planning.reread import dishes_of, menu_of
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.plan import PlanRequest, finished, plan_week
from mealmag.services.problem import planning_problem
from mealmag.services.target import TargetReport, target_report
from mealmag.storage.profile import DietChoice, PlanChoice, Profile, ReferenceChoice

if TYPE_CHECKING:
    from mealmag.planning.solver.report import Found

ENGINE = "local search of mealmag, after a change"


class Place(NamedTuple):
    """One meal of a plan."""

    date: date
    meal: Meal

    def __str__(self) -> str:
        return f"{self.date:%A} {self.meal}"


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """What is to be otherwise: meals that get another dish, foods, dishes or groups that go, meals that
    stay whatever happens (`lock`) or no longer (`unlock`)."""

    swap: tuple[Place, ...] = ()
    ban: tuple[str, ...] = ()
    lock: tuple[Place, ...] = ()
    unlock: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """The new plan, and in words what is otherwise than in the old one."""

    plan: Plan
    said: list[str] = field(default_factory=list)


def profile_of(plan: Plan) -> Profile:
    """The profile that the plan was made for, as far as the plan tells."""
    person = Person.model_validate(plan.person)
    rules = plan.rules
    own_caffeine = rules.caffeine_mg is not None and rules.caffeine_mg != float(ceiling_mg(person))
    return Profile(
        person=person,
        reference=ReferenceChoice(
            set=ReferenceSet(plan.reference_set), figures=plan.magnesium_figures
        ),
        diet=DietChoice(
            kind=rules.diet,
            avoid_allergens=tuple(rules.avoid_allergens),
            dislikes=tuple(rules.dislikes),
        ),
        plan=PlanChoice(
            meals=tuple(rules.meals),
            weekday_minutes=rules.weekday_minutes,
            weekend_minutes=rules.weekend_minutes,
            max_repeats=rules.max_repeats,
            budget=rules.budget,
            caffeine_mg=rules.caffeine_mg if own_caffeine else None,
            groups=dict(rules.groups),
            weights=rules.weights,
        ),
        limits=dict(rules.limits),
        ratings=dict(rules.ratings),
    )


def plan_again(plan: Plan, sources: Sources) -> Plan:
    """Another plan for the same days, with the next seed, that keeps the locked meals.

    Raises what `plan_week` raises.
    """
    return plan_week(
        PlanRequest(
            profile_of(plan),
            start=plan.days[0].date,
            days=len(plan.days),
            seed=plan.made_by.solver.seed + 1,
            effort=Effort(plan.made_by.solver.effort),
            sources=sources,
            keep=plan,
        )
    )


class Changer:
    """Changes plans by one catalogue; keeps what it prepared for a profile, so that the next change of
    the same plan need not wait for it."""

    def __init__(self, sources: Sources | None = None) -> None:
        self._sources = sources or Sources()
        self._tables = ReferenceTables()
        self._key: object = None
        self._prepared: tuple[Catalogue, TargetReport, Instance] | None = None

    def change(self, plan: Plan, request: ChangeRequest) -> Changed:
        """The plan with these changes, checked.

        Raises InputError (a word or a place that is not there, a plan of another catalogue), UsageError
        (a locked meal that must change) and NoPlanError (no menu that keeps the rest was found).
        """
        profile = profile_of(plan)
        diet = profile.diet
        banned = tuple(dict.fromkeys([*diet.dislikes, *request.ban]))
        profile = profile.model_copy(update={"diet": diet.model_copy(update={"dislikes": banned})})
        catalogue, need, instance = self._prepare(profile, plan)
        menu = menu_of(plan, instance.problem)
        slots = {_place(plan, slot): slot for slot in instance.slots}
        asked = [*request.swap, *request.lock, *request.unlock]
        for place in asked:
            if place not in slots:
                raise InputError(f"The plan has no {place} ({place.date}).")
        locked = {slots[place] for place in request.lock}
        locked |= {
            slot
            for place, slot in slots.items()
            if _meal(plan, slot).locked and place not in request.unlock
        }
        offer = {slots[place]: _others(instance, slots[place], menu) for place in request.swap}
        for slot in instance.slots:
            if slot not in menu:
                offer[slot] = list(instance.dishes_for[slot.meal])
        kept = {slot: dish for slot, dish in dishes_of(plan, instance.problem) if slot not in menu}
        for slot in offer:
            if slot in locked:
                raise UsageError(
                    f"{_place(plan, slot)} is locked and cannot change.", hint="Unlock it first."
                )
        found = self._find(instance, menu, offer, kept, frozenset(locked))
        new = finished(
            PlanRequest(
                profile,
                start=plan.days[0].date,
                days=len(plan.days),
                seed=plan.made_by.solver.seed,
                effort=Effort(plan.made_by.solver.effort),
                sources=self._sources,
            ),
            catalogue,
            self._tables,
            need,
            instance.problem,
            found,
            engine=ENGINE if offer else plan.made_by.solver.engine,
            locked=locked,
        )
        return Changed(new, list(differences(plan, new)))

    def _find(
        self,
        instance: Instance,
        menu: Menu,
        offer: Offer,
        kept: Mapping[Slot, int],
        locked: frozenset[Slot],
    ) -> "Found":
        from mealmag.planning.solver.report import unproven

        if offer:
            start = {slot: menu.get(slot) or _any_pick(instance, slot) for slot in instance.slots}
            changed = changed_menu(instance, start, offer, kept=kept, locked=locked)
            if changed is None:
                raise NoPlanError(
                    "No menu with that change was found that keeps to all the rules.",
                    hint="Unlock a meal, or plan anew: mealmag plan finds, or proves there is none.",
                )
            menu = changed
        return unproven(instance, menu)

    def _prepare(self, profile: Profile, plan: Plan) -> tuple[Catalogue, TargetReport, Instance]:
        key = (profile, plan.days[0].date, len(plan.days), plan.made_by.solver.seed)
        if self._prepared is None or self._key != key:
            catalogue = load_catalogue(self._sources, profile.reference.figures)
            need = target_report(
                profile.person, profile.reference.set, self._tables, profile.limits
            )
            problem = planning_problem(
                profile,
                need,
                catalogue,
                start=plan.days[0].date,
                days=len(plan.days),
                seed=plan.made_by.solver.seed,
            )
            self._key, self._prepared = key, (catalogue, need, Instance(problem))
        return self._prepared


def _others(instance: Instance, slot: Slot, menu: Menu) -> list[int]:
    """The dishes that suit the slot but the one that is there."""
    now = menu[slot].dish if slot in menu else None
    others = [k for k in instance.dishes_for[slot.meal] if k != now]
    if not others:
        meal = instance.problem.meals[slot.meal]
        raise InputError(f"There is no other dish for {meal} within the rules.")
    return others


def _any_pick(instance: Instance, slot: Slot) -> Pick:
    dish = instance.dishes_for[slot.meal][0]
    return Pick(dish, tuple(0 for _ in instance.problem.dishes[dish].components))


def _place(plan: Plan, slot: Slot) -> Place:
    return Place(plan.days[slot.day].date, plan.days[slot.day].meals[slot.meal].meal)


def _meal(plan: Plan, slot: Slot) -> PlanMeal:
    return plan.days[slot.day].meals[slot.meal]


def differences(old: Plan, new: Plan) -> Iterator[str]:
    """What is otherwise, meal by meal: another dish, or the same in other amounts."""
    for before, after in zip(old.days, new.days, strict=True):
        for was, now in zip(before.meals, after.meals, strict=True):
            place = f"{before.date:%A} {was.meal}"
            if was.dish != now.dish:
                yield f"{place}: {now.name} instead of {was.name}"
            elif _served(was) != _served(now):
                yield f"{place}: {now.name}, with {_otherwise(was, now)}"


def _served(meal: PlanMeal) -> Mapping[str, float]:
    return {portion.food: portion.grams for portion in meal.portions}


def _otherwise(was: PlanMeal, now: PlanMeal) -> str:
    before, after = _served(was), _served(now)
    parts = [
        f"{portion.name} {portion.measure}"
        for portion in now.portions
        if before.get(portion.food) != portion.grams
    ]
    parts += [f"no {portion.name}" for portion in was.portions if portion.food not in after]
    return ", ".join(parts)
