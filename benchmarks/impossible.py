"""Requests that no menu can meet: how long a person waits for the no, and how many rules it names.

Drawn from strict wishes by a seeded generator, and asked of `plan_week` as both faces do: the time is from
the request to the explanation, with reading the catalogue and without imports. A request that turns out
to have a plan is dropped as soon as that is seen.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.instances import MONDAY
from mealmag.errors import ImpossibleError, MealmagError
from mealmag.nutrition.food import ALLERGENS, GROUPS
from mealmag.services.catalogue import Sources, forget_files, load_food_table
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.plan_progress import PlanProgress
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

_DRAWS_FOR_EACH = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `rules` that collide (empty where there was no explanation), and when; `processor` is
    the time of all cores, which other programs disturb less."""

    outcome: str
    seconds: float
    rules: tuple[str, ...] = ()
    processor: float = 0.0


def measure(count: int, seconds: float) -> list[Answer]:
    """Ask until `count` requests were explained as impossible (or very many were drawn)."""
    answers: list[Answer] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        own = Paths(home, home, home)
        _write_prices(own.prices)
        _ask(_request(0, own, seconds))  # so that imports are not on the clock
        explained = 0
        for seed in range(1, _DRAWS_FOR_EACH * count + 1):
            answer = _ask(_request(seed, own, seconds))
            explained += bool(answer.rules)
            sys.stderr.write(f"impossible request {seed}: {answer.outcome}\n")
            answers.append(answer)
            if explained == count:
                break
    return answers


def _ask(request: PlanRequest) -> Answer:
    seen: list[PlanProgress] = []

    def tell(progress: PlanProgress) -> None:
        if progress.incumbent is not None:
            seen.append(progress)

    forget_files()  # as in a program that has just begun
    began, worked = perf_counter(), process_time()
    rules: tuple[str, ...] = ()
    try:
        plan_week(request, on_progress=tell, stop=lambda: bool(seen))
        outcome = "possible"
    except ImpossibleError as error:
        outcome, rules = "explained" if error.rules else "impossible, unexplained", error.rules
    except MealmagError as error:
        outcome = "possible" if seen else type(error).__name__
    return Answer(outcome, perf_counter() - began, rules, process_time() - worked)


def _request(seed: int, own: Paths, seconds: float) -> PlanRequest:
    """A strict wish: one or two limits that are hard to meet, beside ordinary ones."""
    draw = random.Random(seed)
    person: dict[str, object] = {
        "sex": draw.choice(["female", "male"]),
        "age": draw.randrange(20, 80),
    }
    diet: dict[str, object] = {"kind": draw.choice(["omnivore", "vegetarian", "vegan"])}
    plan: dict[str, object] = {}
    for wish in draw.sample(["energy", "minutes", "allergens", "dislikes", "repeats", "budget"], 2):
        if wish == "energy":
            person["energy_kcal"] = draw.choice([800, 850, 3800, 4500, 6000])
        elif wish == "minutes":
            plan["weekday_minutes"] = draw.choice([5, 6, 8, 10, 12])
        elif wish == "allergens":
            diet["avoid_allergens"] = draw.sample(ALLERGENS, draw.randrange(3, 10))
        elif wish == "dislikes":
            diet["dislikes"] = draw.sample(GROUPS, draw.randrange(5, 12))
        elif wish == "repeats":
            plan["max_repeats"] = 1
        else:
            plan["budget"] = draw.choice([0.5, 1.0, 2.0, 3.0])
    return PlanRequest(
        profile=Profile.model_validate({"person": person, "diet": diet, "plan": plan}),
        start=MONDAY,
        days=draw.choice([1, 3, 7]),
        seconds=seconds,
        sources=Sources(own=own),
    )


def _write_prices(path: Path) -> None:
    """Made-up prices for every food: from 1 to 20 a kg."""
    path.write_text("food,price,per,currency\n" + "".join(_prices()), encoding="utf-8")


def _prices() -> Iterator[str]:
    draw = random.Random(0)
    for food in load_food_table():
        yield f"{food},{draw.randrange(100, 2000) / 100:.2f},1 kg,EUR\n"
