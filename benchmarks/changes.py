"""How long a person waits for a change of a plan, engine warm: the second call on one `Changer`, as the Week
screen makes them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from time import perf_counter, process_time

from benchmarks.instances import MONDAY, PROFILES
from mealmag.catalogue.dish import Meal
from mealmag.errors import MealmagError
from mealmag.nutrition.food import Diet
from mealmag.planning.occasion import Eaten, EatenFood, EatingOut, Guest, Place, Skipped
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.change import Changer, ChangeRequest, profile_of
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile

_MOST_GROUPS = 5
_EATEN = (EatenFood(food="pizza-base", grams=Decimal(300)),)


@dataclass(slots=True)
class Kind:
    """One kind of change: the seconds of each and of the processor, which other programs disturb less; how
    many meals moved, and how many were refused."""

    title: str
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    refused: int = 0


def measure(names: Sequence[str], *, days: int = 7) -> Iterator[Kind]:
    """Every kind of change, of each person's week made with the least effort."""
    weeks = [
        plan_week(
            PlanRequest(
                Profile.model_validate(PROFILES[name]), MONDAY, days=days, effort=Effort.QUICK
            )
        )
        for name in names
    ]
    for title, requests in _KINDS.items():
        kind = Kind(title)
        for week in weeks:
            changer = Changer()
            changer.change(week, ChangeRequest())  # what came before is not on the clock
            for request in requests(week):
                _time(kind, changer, week, request)
        yield kind


def _time(kind: Kind, changer: Changer, week: Plan, request: ChangeRequest) -> None:
    began, worked = perf_counter(), process_time()
    try:
        new = changer.change(week, request).plan
    except MealmagError:
        kind.refused += 1
        return
    kind.seconds.append(perf_counter() - began)
    kind.processor.append(process_time() - worked)
    pairs = zip(_meals(week), _meals(new), strict=True)
    kind.moved.append(sum(was != now for was, now in pairs))


def _meals(week: Plan) -> list[object]:
    return [(m.dish, [(p.food, p.grams) for p in m.portions]) for d in week.days for m in d.meals]


def _places(week: Plan) -> list[Place]:
    return [Place(day.date, meal.meal) for day in week.days for meal in day.meals]


def _groups(week: Plan) -> list[str]:
    """The groups of foods that come most often, in so many meals."""
    from mealmag.services.catalogue import load_catalogue

    foods = load_catalogue().foods
    often: dict[str, int] = {}
    for day in week.days:
        for meal in day.meals:
            for group in {foods[portion.food].group for portion in meal.portions}:
                often[group] = often.get(group, 0) + 1
    return sorted(often, key=lambda group: (-often[group], group))[:_MOST_GROUPS]


def _foods(week: Plan) -> list[str]:
    foods = [p.food for day in week.days for meal in day.meals for p in meal.portions]
    return sorted(set(foods), key=lambda food: (-foods.count(food), food))[:_MOST_GROUPS]


def _profile(week: Plan, **sections: dict[str, object]) -> ChangeRequest:
    """The change to a profile with these keys otherwise."""
    profile = profile_of(week).model_dump()
    for section, changes in sections.items():
        profile[section] = profile[section] | changes
    return ChangeRequest(profile=Profile.model_validate(profile))


def _targets(week: Plan) -> list[ChangeRequest]:
    energy = week.targets["energy_kcal"]
    middle = ((energy.floor or 0) + (energy.ceiling or 0)) / 2
    magnesium = {"floor": 420.0, "ceiling": None}
    return [
        _profile(week, limits={"magnesium_mg": magnesium}),
        _profile(week, person={"energy_kcal": round(middle * 0.9)}),
        _profile(week, reference={"set": "eu"}),
    ]


_KINDS: dict[str, Callable[[Plan], list[ChangeRequest]]] = {
    "swap a meal": lambda w: [ChangeRequest(swap=(place,)) for place in _places(w)[::3]],
    "lock a meal": lambda w: [ChangeRequest(lock=(place,)) for place in _places(w)[::9]],
    "a guest": lambda w: [
        ChangeRequest(meals={place: Guest(diet=Diet.VEGETARIAN, avoid_allergens=("nuts",))})
        for place in _places(w)[2::8]
    ],
    "a meal out": lambda w: [
        ChangeRequest(meals={place: EatingOut(kcal=800)}) for place in _places(w)[1::8]
    ],
    "a meal skipped": lambda w: [
        ChangeRequest(meals={place: Skipped()}) for place in _places(w)[3::8]
    ],
    "a meal eaten otherwise": lambda w: [
        ChangeRequest(meals={place: Eaten(foods=_EATEN)}) for place in _places(w)[2::8]
    ],
    "ban a food": lambda w: [ChangeRequest(ban=(food,)) for food in _foods(w)],
    "ban a group": lambda w: [ChangeRequest(ban=(group,)) for group in _groups(w)],
    "another target": _targets,
    "swap every dinner": lambda w: [
        ChangeRequest(swap=tuple(p for p in _places(w) if p.meal == Meal.DINNER))
    ],
}
