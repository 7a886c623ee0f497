"""How long a person waits for a change of a plan, engine warm: the second call on one `Changer`, as the Week
screen makes them. Each is made in several rounds; its median is what it takes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

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

_MOST_GROUPS, _ROUNDS = 5, 3
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
            asked = requests(week)
            rounds = [[_timed(changer, week, request) for request in asked] for _ in range(_ROUNDS)]
            for each in zip(*rounds, strict=True):
                _take(kind, each)
        yield kind


class _Timed(NamedTuple):
    seconds: float
    processor: float
    moved: int


def _timed(changer: Changer, week: Plan, request: ChangeRequest) -> _Timed | None:
    """None where it is refused."""
    began, worked = perf_counter(), process_time()
    try:
        new = changer.change(week, request).plan
    except MealmagError:
        return None
    seconds, processor = perf_counter() - began, process_time() - worked
    pairs = zip(_meals(week), _meals(new), strict=True)
    return _Timed(seconds, processor, sum(was != now for was, now in pairs))


def _take(kind: Kind, rounds: Sequence[_Timed | None]) -> None:
    """The same change in every round."""
    made = [each for each in rounds if each is not None]
    if not made:
        kind.refused += 1
        return
    kind.seconds.append(median(each.seconds for each in made))
    kind.processor.append(median(each.processor for each in made))
    kind.moved.append(made[0].moved)


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
