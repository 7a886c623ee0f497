"""How long a person waits after a stop, at moments drawn over whole runs.

"The search" is `Search.run` alone, until it hands back the best menu so far; "the plan" is all that
`mealmag plan` does, with the exact totals, the 500 draws and the independent checker behind the search.
"Explaining" is a request that is impossible, stopped while what collides is looked for.
"""

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from benchmarks.instances import MONDAY, PROFILES, shipped
from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import ImpossibleError, MealmagError
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.planning.solver.search import Search
from mealmag.services.catalogue import load_catalogue
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.why_not import WhyNot
from mealmag.storage.profile import Profile

DAYS = (1, 7, 28)
_MOST_TRIES = 3

Stop = Callable[[], bool]
Run = Callable[[Stop], object]


@dataclass(slots=True)
class Stops:
    """One kind of run: the seconds from each stop to the return, and how often there was no plan yet."""

    title: str
    seconds: list[float] = field(default_factory=list)
    without_plan: int = 0


def measure(
    names: Sequence[str], days: Sequence[int], moments: int, limit: float
) -> Iterator[Stops]:
    """Every person and length, as a search, as a plan, and at last as an explanation."""
    for name in names:
        for count in days:
            title = f"{name}, {'one day' if count == 1 else f'{count} days'}"
            yield _stops(f"{title}: the search", _search(name, count), moments, limit)
            yield _stops(f"{title}: the plan", _plan(name, count), moments, limit)
    yield _stops("five minutes a day, 7 days: explaining", _explanation(), moments, limit)


def _stops(title: str, run: Run, moments: int, limit: float) -> Stops:
    """Stop at moments spread by chance over a run that nobody stops, or its first `limit` seconds."""
    rng = random.Random(1)
    began = perf_counter()
    _ended(run, lambda: perf_counter() - began > limit)
    whole = min(limit, perf_counter() - began)
    stops = Stops(title)
    for _ in range(_MOST_TRIES * moments):
        if len(stops.seconds) == moments:
            break
        _stop_once(run, rng.uniform(0, whole), stops)
    return stops


def _stop_once(run: Run, moment: float, stops: Stops) -> None:
    stop = threading.Event()
    ends: list[tuple[bool, float]] = []
    thread = threading.Thread(
        target=lambda: ends.append((_ended(run, stop.is_set), perf_counter()))
    )
    thread.start()
    thread.join(moment)
    asked = perf_counter()
    stop.set()
    thread.join()
    found, ended = ends[0]
    if ended > asked:  # else it had ended by itself
        stops.seconds.append(ended - asked)
        stops.without_plan += not found
    for left in threading.enumerate():
        if left.name == "mealmag-engine":
            left.join()


def _ended(run: Run, stop: Stop) -> bool:
    """Whether the run ended with a plan."""
    try:
        run(stop)
    except MealmagError:
        return False
    return True


def _search(name: str, days: int) -> Run:
    problem = shipped(name, days).problem
    return lambda stop: Search(problem, stop=stop).run()


def _plan(name: str, days: int) -> Run:
    request = PlanRequest(Profile.model_validate(PROFILES[name]), MONDAY, days=days)
    return lambda stop: plan_week(request, stop=stop)


def _explanation(days: int = 7) -> Run:
    """Five minutes of work on a weekday: no dinner can be made in that."""
    person = {"sex": "female", "age": 34}
    profile = Profile.model_validate({"person": person, "plan": {"weekday_minutes": 5}})
    catalogue, tables = load_catalogue(), ReferenceTables()

    def explain(stop: Stop) -> object:
        def quick(gentler: Profile, _: object) -> Plan:
            return plan_week(PlanRequest(gentler, MONDAY, days, effort=Effort.QUICK), stop=stop)

        why_not = WhyNot(
            profile, catalogue, tables, start=MONDAY, days=days, make_plan=quick, stop=stop
        )
        return why_not.error(ImpossibleError("There is none."))

    return explain
