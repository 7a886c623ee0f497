"""Change a plan a little: another dish here, without that food, and the rest stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import InputError, NoPlanError, PlanCheckError, UsageError
from mealmag.nutrition.caffeine import ceiling_mg
from mealmag.nutrition.person import Person
from mealmag.nutrition.reference import ReferenceSet
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.occasion import CookDouble, Occasion, Place
from mealmag.planning.plan import Plan, PlanMeal
from mealmag.planning.problem import Effort, own_shares
from mealmag.planning.reread import dishes_of, menu_of
from mealmag.planning.rules import goals_of
from mealmag.services.begun import floor_in
from mealmag.services.catalogue import Sources
from mealmag.services.differences import differences
from mealmag.services.finish import finished
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.preparer import Preparer
from mealmag.services.problem import refuse_kidneys_without_limits, unserved_groups
from mealmag.storage.profile import DietChoice, PlanChoice, Profile, ReferenceChoice

if TYPE_CHECKING:
    from mealmag.planning.solver.change import Offer
    from mealmag.planning.solver.report import Found

ENGINE = "local search of mealmag, after a change"


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """What is to be otherwise: meals that get another dish, foods, dishes or groups that go, meals that
    stay whatever happens (`lock`) or no longer (`unlock`), `meals` that are skipped, out, a dish by name …
    (None: planned again), and a `profile` in place of the one that the plan was made for."""

    swap: tuple[Place, ...] = ()
    ban: tuple[str, ...] = ()
    lock: tuple[Place, ...] = ()
    unlock: tuple[Place, ...] = ()
    meals: Mapping[Place, Occasion | None] = field(default_factory=dict)
    profile: Profile | None = None


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
            margin_mg=rules.margin_mg,
            sure_percent=rules.sure_percent,
            max_main_food=rules.max_main_food,
            budget=rules.budget,
            caffeine_mg=rules.caffeine_mg if own_caffeine else None,
            groups=dict(rules.groups),
            weights=rules.weights,
            shares=own_shares(rules.meals, rules.shares),
            occasions={
                day.date.isoformat(): {
                    meal.meal: meal.occasion for meal in day.meals if meal.occasion
                }
                for day in plan.days
                if any(meal.occasion for meal in day.meals)
            },
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
            fast=plan.made_by.solver.fast,
            sources=sources,
            keep=plan,
            floor_kcal=floor_in(plan),
        )
    )


class Changer:
    """Changes plans by one catalogue; keeps what it prepared for a profile, so that the next change of
    the same plan need not wait for it."""

    def __init__(self, sources: Sources | None = None) -> None:
        self._sources = sources or Sources()
        self._tables = ReferenceTables()
        self._preparer = Preparer(self._sources, self._tables)

    def change(self, plan: Plan, request: ChangeRequest) -> Changed:
        """The plan with these changes, checked.

        Raises InputError (a word, a dish or a place that is not there, a plan of another catalogue),
        UsageError (a locked meal or one of a named dish that must change, a kidney disease without limits, a
        group that is asked for and may not be served), ImpossibleError (nothing is left for a meal, or not
        the dish that was named) and NoPlanError (no menu that keeps the rest was found).
        """
        profile = _asked_of(plan, request)
        refuse_kidneys_without_limits(profile, self._tables)
        catalogue, need, instance = self._preparer.prepare(profile, plan)
        if request.ban or request.profile is not None:
            _refuse_unserved(instance)
        menu = menu_of(plan, instance.problem)
        slots = {_place(plan, slot): slot for slot in instance.slots}
        for place in (*request.swap, *request.lock, *request.unlock, *request.meals):
            if place not in slots:
                raise InputError(f"The plan has no {place} ({place.date}).")
        locked = {
            slot
            for place, slot in slots.items()
            if place in request.lock or (_meal(plan, slot).locked and place not in request.unlock)
        }
        locked -= {slots[place] for place in request.meals}
        offer = {slots[place]: _others(instance, slots[place], menu) for place in request.swap}
        for slot in instance.open_slots:
            if slot not in menu:
                offer[slot] = list(instance.offered(slot))
        kept = {slot: dish for slot, dish in dishes_of(plan, instance.problem) if slot not in menu}
        for slot in offer:
            if slot in locked:
                raise UsageError(
                    f"{_place(plan, slot)} is locked and cannot change.", hint="Unlock it first."
                )
        touched = _touched(plan, request, instance)
        found = self._find(plan, instance, menu, offer, kept, frozenset(locked), touched)
        try:
            new = finished(
                PlanRequest(
                    profile,
                    start=plan.days[0].date,
                    days=len(plan.days),
                    seed=plan.made_by.solver.seed,
                    effort=Effort(plan.made_by.solver.effort),
                    fast=plan.made_by.solver.fast,
                    sources=self._sources,
                ),
                catalogue,
                self._tables,
                need,
                instance.problem,
                found,
                engine=ENGINE if offer or touched else plan.made_by.solver.engine,
                locked=locked,
            )
        except PlanCheckError as error:
            if request.profile is None or not locked:
                raise
            raise UsageError(
                f"The locked meals do not fit the changed profile: {error.message}",
                hint="Unlock them.",
            ) from None
        return Changed(new, list(differences(plan, new)))

    def _find(
        self,
        plan: Plan,
        instance: Instance,
        menu: Menu,
        offer: "Offer",
        kept: Mapping[Slot, int],
        locked: frozenset[Slot],
        touched: frozenset[int],
    ) -> "Found":
        from mealmag.planning.solver.change import changed_menu
        from mealmag.planning.solver.nearest import mended
        from mealmag.planning.solver.report import unproven

        start = {slot: menu.get(slot) or _any_pick(instance, slot) for slot in instance.open_slots}
        menu = instance.whole({**start, **instance.locked})
        if offer or touched:
            changed = changed_menu(
                instance,
                menu,
                offer,
                kept=kept,
                locked=locked,
                touched=touched,
                aim=_reached(plan, instance) if touched else None,
            )
            if changed is None:
                changed = mended(instance, menu, offer, locked=locked)
            if changed is None:
                raise NoPlanError(
                    "No menu with that change was found that keeps to all the rules.",
                    hint=("Unlock a meal, or plan anew: " if locked else "Plan anew: ")
                    + "`mealmag plan` with the same wish finds a plan, or says what collides.",
                )
            menu = changed
        return unproven(instance, menu)


def _asked_of(plan: Plan, request: ChangeRequest) -> Profile:
    """The profile that the changed plan is for."""
    was = profile_of(plan)
    profile = request.profile or was
    banned = tuple(dict.fromkeys([*profile.diet.dislikes, *request.ban]))
    diet = profile.diet.model_copy(update={"dislikes": banned})
    occasions = {day: dict(meals) for day, meals in was.plan.occasions.items()}
    for place, occasion in request.meals.items():
        if isinstance(occasion, CookDouble) and place.meal != Meal.DINNER:
            raise InputError(f"{place}: only a dinner is cooked double.")
        occasions.setdefault(place.date.isoformat(), {})[place.meal] = occasion
    plans = profile.plan.model_copy(
        update={"meals": was.plan.meals, "occasions": {**profile.plan.occasions, **occasions}}
    )
    return profile.model_copy(update={"diet": diet, "plan": plans})


def _refuse_unserved(instance: Instance) -> None:
    """UsageError where a group is asked for of which nothing may be served, however few the days are."""
    groups = unserved_groups(instance.problem)
    if groups:
        raise UsageError(
            f"{' and '.join(groups)}: asked for so many times a week, and nothing of it may be served.",
            hint="Allow something of it, or plan anew without asking for it.",
        )


def _reached(plan: Plan, instance: Instance) -> tuple[int, ...]:
    """Every goal but the last of the plan as it was, in the model's whole units."""
    from mealmag.planning.solver.report import in_units

    value = {goal.name: goal.value for goal in plan.goals}
    return tuple(
        round(value.get(goal, 0) * in_units(instance, goal)) for goal in goals_of(instance)[:-1]
    )


def _touched(plan: Plan, request: ChangeRequest, instance: Instance) -> frozenset[int]:
    """The days of which something but a dish is otherwise: a meal, its leftovers, or who eats."""
    if request.profile is not None:
        return frozenset(range(instance.days))
    first = plan.days[0].date
    changed = set()
    for place, occasion in request.meals.items():
        day = (place.date - first).days
        before = _occasion(plan, place)
        changed |= {
            day,
            day + 1,
            *(day + each.days for each in (occasion, before) if isinstance(each, CookDouble)),
        }
    return frozenset(day for day in changed if 0 <= day < instance.days)


def _occasion(plan: Plan, place: Place) -> Occasion | None:
    """What was otherwise at that meal of the plan."""
    here = (meal for day in plan.days if day.date == place.date for meal in day.meals)
    return next((meal.occasion for meal in here if meal.meal is place.meal), None)


def _others(instance: Instance, slot: Slot, menu: Menu) -> list[int]:
    """The dishes that suit the slot but the one that is there."""
    if slot in instance.settled:
        raise UsageError("Nobody cooks for a meal that is skipped, out or eaten already.")
    if slot in instance.copies:
        raise UsageError(
            "That meal is what is left of an earlier dinner.", hint="Swap the dinner itself."
        )
    fixed = next((each for each in instance.problem.fixed if (each.day, each.meal) == slot), None)
    if fixed is not None:
        place = Place(instance.problem.days[slot.day], instance.problem.meals[slot.meal])
        raise UsageError(
            f"{place} is {fixed.dish}, because you named that dish.",
            hint=f'Name another, or make it "planned": --meal "{place.date}:{place.meal}=planned".',
        )
    now = menu[slot].dish if slot in menu else None
    others = [k for k in instance.offered(slot) if k != now]
    if not others:
        meal = instance.problem.meals[slot.meal]
        raise InputError(f"There is no other dish for {meal} within the rules.")
    return others


def _any_pick(instance: Instance, slot: Slot) -> Pick:
    dish = instance.offered(slot)[0]
    return Pick(dish, tuple(0 for _ in instance.problem.dishes[dish].components))


def _place(plan: Plan, slot: Slot) -> Place:
    return Place(plan.days[slot.day].date, plan.days[slot.day].meals[slot.meal].meal)


def _meal(plan: Plan, slot: Slot) -> PlanMeal:
    return plan.days[slot.day].meals[slot.meal]
