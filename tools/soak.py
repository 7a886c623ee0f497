"""Plan for many people drawn at random, and say on one page what came of it.

`python tools/soak.py --count 200 --seed 1`: every profile must give a checked plan, or an error that says
why there is none (impossible, not found, not complete, no figure for this person). Anything else is a
failure, and is shown with its profile; `--only NUMBER` runs that one again. The exit code is 1 where
something failed.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from time import monotonic
from typing import Any, TextIO

from mealmag.errors import ImpossibleError, InputError, NoPlanError, UsageError
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.food import ALLERGENS, Diet
from mealmag.nutrition.food_groups import ALL_GROUPS
from mealmag.nutrition.person import PREGNANCY_AGES, Activity, LifeStage, Sex
from mealmag.nutrition.reference import ReferenceSet
from mealmag.planning.plan import Plan
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import Catalogue, load_catalogue
from mealmag.services.check import check_plan
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.plan_progress import PlanProgress
from mealmag.storage.profile import Profile

PLAN = "checked plan"
FAILURE = "FAILURE"
_MONDAY = date(2026, 11, 23)
_YOUNGEST, _OLDEST = 9, 80
_LONGEST_SHOWN = 10
_TOLD_EVERY = 10  # profiles

Planner = Callable[[PlanRequest, Callable[[PlanProgress], None]], Plan]


@dataclass(frozen=True, slots=True)
class Wish:
    """One person and what is asked for them, as a profile would be written down."""

    number: int
    profile: dict[str, Any]
    start: date
    days: int

    def request(self) -> PlanRequest:
        """The request; ValidationError where the profile is none."""
        profile = Profile.model_validate(self.profile)
        return PlanRequest(profile, self.start, self.days, self.number + 1, Effort.QUICK)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a wish: a kind, a message where there is one, and times in seconds.

    `first_s` is when the first menu was there; None where none was found.
    """

    wish: Wish
    kind: str
    message: str
    seconds: float
    first_s: float | None


def wish(seed: int, number: int, catalogue: Catalogue) -> Wish:
    """The wish with this number; it depends on nothing but the seed, the number and the catalogue."""
    rng = random.Random(f"{seed}/{number}")
    profile = {
        "person": _person(rng),
        "reference": {
            "set": rng.choice([ReferenceSet.US, *ReferenceSet]).value,
            "figures": rng.choice([Figures.USDA, Figures.USDA, *Figures]).value,
        },
        "diet": _diet(rng, catalogue),
        "plan": _plan(rng),
    }
    if rng.random() < 0.1:
        profile["limits"] = {"potassium_mg": {"ceiling": rng.randrange(2000, 4500, 100)}}
    return Wish(number, profile, _MONDAY + timedelta(days=rng.randrange(7)), rng.randint(1, 7))


def _person(rng: random.Random) -> dict[str, Any]:
    sex = rng.choice(list(Sex))
    age = rng.randint(_YOUNGEST, _OLDEST)
    person: dict[str, Any] = {"sex": sex.value, "age": age}
    youngest, oldest = PREGNANCY_AGES
    if sex is Sex.FEMALE and youngest <= age <= oldest:
        stage = rng.choice([LifeStage.NONE, *LifeStage])
        person["life_stage"] = stage.value
        if stage is LifeStage.PREGNANT and rng.random() < 0.7:
            person["trimester"] = rng.randint(1, 3)
    person["activity"] = rng.choice(list(Activity)).value
    grown = min(1.0, 0.45 + age / 30)
    if rng.random() < 0.5:
        person["weight_kg"] = round(rng.uniform(45, 110) * grown, 1)
        person["height_cm"] = round(rng.uniform(150, 195) * (0.6 + 0.4 * grown), 0)
    if rng.random() < 0.1:
        person["energy_kcal"] = rng.randrange(1000, 4500, 50)
    if rng.random() < 0.05:
        person["conditions"] = ["kidney-disease"]
    return person


def _diet(rng: random.Random, catalogue: Catalogue) -> dict[str, Any]:
    groups = sorted({food.group for food in catalogue.foods.values()})
    words = [*rng.sample(groups, k=rng.choice([0, 0, 1, 2]))]
    words += rng.sample(sorted(catalogue.foods), k=rng.choice([0, 0, 2, 6]))
    words += rng.sample(sorted(catalogue.dishes), k=rng.choice([0, 0, 3]))
    return {
        "kind": rng.choice([Diet.OMNIVORE, *Diet]).value,
        "avoid_allergens": rng.sample(ALLERGENS, k=rng.choice([0, 0, 0, 1, 2, 4])),
        "dislikes": words,
    }


def _plan(rng: random.Random) -> dict[str, Any]:
    plan: dict[str, Any] = {
        "weekday_minutes": rng.choice([20, 30, 45, 60, 90, None]),
        "weekend_minutes": rng.choice([45, 90, None, None]),
        "max_repeats": rng.choice([1, 2, 2, 3, 7]),
    }
    meals = ["breakfast", "lunch", "dinner", "snack"]
    if rng.random() < 0.15:
        plan["meals"] = meals[:3]
    groups = {}
    for group in rng.sample(ALL_GROUPS, k=rng.choice([0, 0, 0, 1, 2])):
        least, more = rng.choice([0, 1, 2, 4]), rng.choice([0, 1, 3])
        groups[group] = rng.choice(
            [{"min": least}, {"max": more}, {"min": least, "max": least + more}]
        )
    if groups:
        plan["groups"] = groups
    return plan


def _planned(request: PlanRequest, on_progress: Callable[[PlanProgress], None]) -> Plan:
    return plan_week(request, on_progress=on_progress)


def attempt(asked: Wish, planner: Planner = _planned) -> Result:
    """Plan for one wish. No error leaves this function: it is the result."""
    begin = monotonic()
    first: list[float] = []

    def seen(progress: PlanProgress) -> None:
        if progress.days and not first:
            first.append(monotonic() - begin)

    try:
        plan = planner(asked.request(), seen)
        faults = check_plan(plan.model_dump_json(by_alias=True), "plan").violations
        kind, message = (FAILURE, "; ".join(faults)) if faults else (PLAN, "")
    except ImpossibleError as error:
        kind, message = type(error).__name__, ", ".join(error.rules) or error.message
    except (InputError, NoPlanError, UsageError) as error:
        kind, message = type(error).__name__, error.message
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what this tool looks for
        kind, message = FAILURE, f"{type(error).__name__}: {error}"
    return Result(asked, kind, message, monotonic() - begin, first[0] if first else None)


def summary(results: Sequence[Result]) -> str:
    """The page: how many of each kind, how long it took, and every failure with its profile."""
    counts = Counter(result.kind for result in results)
    lines = [f"{len(results)} profiles"]
    lines += [f"  {kind:<18}{count:>6}" for kind, count in sorted(counts.items())]
    for what, times in (
        ("whole run", [(r.seconds, r.wish.number) for r in results]),
        ("first menu", [(r.first_s, r.wish.number) for r in results if r.first_s is not None]),
    ):
        if times:
            worst, number = max(times)
            middle = median(time for time, _ in times)
            lines.append(
                f"{what:<12} median {middle:6.1f} s, worst {worst:6.1f} s (number {number})"
            )
    told = Counter(f"{r.kind}: {r.message}" for r in results if r.kind not in (PLAN, FAILURE))
    lines += [
        f"  {count:>4} x {message[:150]}" for message, count in told.most_common(_LONGEST_SHOWN)
    ]
    failed = [result for result in results if result.kind == FAILURE]
    for result in failed[:_LONGEST_SHOWN]:
        asked = result.wish
        lines += [
            f"FAILURE of number {asked.number}: {asked.days} days from {asked.start}",
            f"  {result.message[:600]}",
            f"  {json.dumps(asked.profile)}",
        ]
    if len(failed) > _LONGEST_SHOWN:
        lines.append(f"and {len(failed) - _LONGEST_SHOWN} more failures")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None, out: TextIO | None = None) -> int:
    """Run the wishes one after the other and print the page; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=200, help="how many profiles")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other profiles")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="run this one alone")
    given = parser.parse_args(arguments)
    catalogue = load_catalogue()
    numbers = range(given.count) if given.only is None else [given.only]
    results: list[Result] = []
    with suppress(KeyboardInterrupt):  # then the page is about those that were done
        for number in numbers:
            results.append(attempt(wish(given.seed, number, catalogue)))
            if len(results) % _TOLD_EVERY == 0:
                failed = sum(result.kind == FAILURE for result in results)
                told = f"{len(results)} of {len(numbers)} done, {failed} failed"
                print(told, file=sys.stderr, flush=True)
    print(summary(results), end="", file=out or sys.stdout)
    return int(any(result.kind == FAILURE for result in results))


if __name__ == "__main__":
    sys.exit(main())
