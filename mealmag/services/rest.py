"""The rest of a day: what was eaten is fixed, and the planner fills what is left."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType

from pydantic import ValidationError

from mealmag.catalogue.dish import Meal
from mealmag.errors import ImpossibleError, InputError
from mealmag.nutrition.diary import Entry, Ledger
from mealmag.nutrition.food import Food
from mealmag.nutrition.intake import ENERGY, MAGNESIUM, brought
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.begun import floor_of_day
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.diary import entries_of
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.plan_progress import PlanProgress
from mealmag.services.target import target_report
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

_SKIP = "skip"
_MOST_GRAMS = 3000  # of one portion of an `Eaten`
# From when on a meal that is not logged is taken for gone by. Editorial.
_OVER: Mapping[Meal, time] = MappingProxyType({
    Meal.BREAKFAST: time(11), Meal.LUNCH: time(15), Meal.DINNER: time(22),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rest:
    """A plan of one day around what was eaten, and what had to be taken for it."""

    plan: Plan
    notes: tuple[str, ...]


def meals_to_come(now: time) -> frozenset[Meal]:
    """The meals that may still come at this time of the day."""
    return frozenset(meal for meal in Meal if meal not in _OVER or now < _OVER[meal])


def rest_of_day(
    paths: Paths,
    profile: Profile,
    sources: Sources,
    day: date,
    *,
    to_come: Collection[Meal] = tuple(Meal),
    effort: Effort = Effort.NORMAL,
    on_progress: Callable[[PlanProgress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Rest:
    """What to eat at the meals that are left of the day: those `to_come` that are not logged.

    A meal before the last one that was logged counts as skipped, as do all others. Raises InputError where no
    meal is left, and what `plan_week` raises.
    """
    foods = load_catalogue(sources, profile.reference.figures).foods
    entries = entries_of(paths, day)
    occasions, notes = occasions_of(entries, profile.plan.meals, foods, to_come)
    if len(occasions) == len(profile.plan.meals):
        raise InputError(
            f"No meal is left of {day}.",
            hint="All meals of your profile are logged or gone by; --left dinner says that one is not.",
        )
    _refuse_over_energy(entries, profile, day)
    begun = fixed(profile, day, occasions)
    energy = target_report(profile.person, profile.reference.set).targets[ENERGY]
    floor = floor_of_day(profile, begun, energy, day, foods)
    if floor is not None:
        notes.append(_lower(floor))
    request = PlanRequest(begun, day, days=1, effort=effort, sources=sources, floor_kcal=floor)
    try:
        plan = plan_week(request, on_progress=on_progress, stop=stop)
    except ImpossibleError as error:
        raise _no_rest(error, profile, occasions, to_come) from None
    return Rest(plan, tuple(notes))


def _lower(floor_kcal: Decimal) -> str:
    return (
        f"The day may have as little as {floor_kcal:,.0f} kcal: the meals to come bring their usual part, "
        "and need not make up for all that was missed."
    )


def _no_rest(
    error: ImpossibleError,
    profile: Profile,
    occasions: Mapping[str, str],
    to_come: Collection[Meal],
) -> ImpossibleError:
    """The error with a way out that `mealmag day` takes: it has not the options of `mealmag plan`."""
    left = [meal.value for meal in profile.plan.meals if meal.value not in occasions]
    missed = [meal.value for meal in profile.plan.meals if occasions.get(meal.value) == _SKIP]
    ways = ["`mealmag close` ranks single foods all the same."]
    if missed:
        both = [meal.value for meal in profile.plan.meals if meal.value in (*left, *missed)]
        ways.insert(0, f"--left {' '.join(both)} plans what was missed too;")
    elif len(left) > 1:
        ways.insert(0, f"--left {left[0]} plans that alone;")
    return ImpossibleError(
        error.message,
        rules=error.rules,
        demands=error.demands,
        hint=" ".join(ways),
        complete=error.complete,
    )


def _refuse_over_energy(entries: Sequence[Entry], profile: Profile, day: date) -> None:
    """InputError where what was eaten leaves no energy for a meal."""
    most = target_report(profile.person, profile.reference.set).targets[ENERGY].ceiling
    over = brought(entries, ENERGY).amount - (most or 0)
    if most is not None and over > 0:
        raise InputError(
            f"What was eaten on {day} is {over:.0f} kcal over the most of a day: nothing is left to plan.",
            hint="`mealmag day` shows it; `mealmag close` what would bring magnesium all the same.",
        )


def fixed(profile: Profile, day: date, occasions: Mapping[str, str]) -> Profile:
    """The profile with these meals of the day settled, in the words of a profile."""
    document = profile.model_dump(mode="json")
    plan = document["plan"]
    plan["occasions"] = {**plan["occasions"], day.isoformat(): dict(occasions)}
    try:
        return Profile.model_validate(document)
    except ValidationError as error:
        raise InputError(
            f"What was eaten on {day} cannot be planned around: {error.errors()[0]['msg']}.",
            hint="Give its entries a meal each: `mealmag edit N --meal lunch`.",
        ) from None


def occasions_of(
    entries: Sequence[Entry],
    meals: Sequence[Meal],
    foods: Mapping[str, Food],
    to_come: Collection[Meal] = tuple(Meal),
) -> tuple[dict[str, str], list[str]]:
    """What is settled of the day's meals, in the words of a profile, and what to tell of that.

    Of the meals without an entry those that are not `to_come` are skipped.
    """
    notes: list[str] = []
    eaten = [entry for entry in entries if entry.ledger is not Ledger.SUPPLEMENT]
    taken = brought((e for e in entries if e.ledger is Ledger.SUPPLEMENT), MAGNESIUM).amount
    if taken:
        notes.append(f"The {taken:.0f} mg that you took are not counted: food goes first.")
    unknown = [entry for entry in eaten if entry.snapshot.food not in foods]
    if unknown:
        names = ", ".join(sorted({entry.snapshot.name_en for entry in unknown}))
        notes.append(f"Not in the food table, and planned as if it had not been eaten: {names}.")
    known = [entry for entry in eaten if entry.snapshot.food in foods]
    logged = [meal for meal in meals if any(entry.meal == meal for entry in known)]
    spare = logged[0] if logged else _least(meals)
    if any(entry.meal not in meals for entry in known):
        notes.append(f"What was logged without a meal is taken for a part of {spare}.")
    plates: dict[str, dict[str, Decimal]] = {}
    for entry in known:
        meal = entry.meal if entry.meal in meals else spare.value
        plate = plates.setdefault(meal, {})
        food = entry.snapshot.food
        plate[food] = plate.get(food, Decimal(0)) + entry.quantity
    last = max((meals.index(meal) for meal in logged if meal is not Meal.SNACK), default=-1)
    settled = {}
    for place, meal in enumerate(meals):
        if meal in plates:
            settled[meal.value] = f"ate {', '.join(_portions(plates[meal]))}"
        elif place < last and meal is not Meal.SNACK:
            settled[meal.value] = _SKIP
            notes.append(f"No {meal} is logged, and a later meal is: it counts as skipped.")
        elif meal not in to_come:
            settled[meal.value] = _SKIP
            notes.append(f"No {meal} is logged, and its time is gone by: it counts as skipped.")
    return settled, notes


def _portions(plate: Mapping[str, Decimal]) -> Iterator[str]:
    """What was on a plate, in portions that an occasion takes."""
    for food, grams in plate.items():
        left = grams
        while left > _MOST_GRAMS:
            yield f"{_MOST_GRAMS} g {food}"
            left -= _MOST_GRAMS
        yield f"{left.normalize():f} g {food}"


def _least(meals: Sequence[Meal]) -> Meal:
    """The meal that is missed least where it is settled."""
    return Meal.SNACK if Meal.SNACK in meals else meals[0]
