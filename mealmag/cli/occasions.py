"""The option that says which meals are otherwise: skipped, out, eaten, a guest, cooked double, a dish."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from mealmag.catalogue.dish import Meal
from mealmag.errors import did_you_mean

Given = tuple[str, str, str]  # day, meal, words

TODAY = "today"


def add_occasions(group: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """Add `--meal`, which may be repeated."""
    group.add_argument(
        "--meal",
        type=given_meal,
        action="append",
        metavar="DAY:MEAL=WORDS",
        help='a meal that is otherwise: "friday:dinner=out 800" (kcal), "sunday:breakfast=skip", '
        '"today:lunch=ate 60 g oats-rolled, 118 g banana", "saturday:dinner=guest vegan, nuts", '
        '"sunday:dinner=double" (the rest is the next lunch; "double 2": the one in two days), '
        '"monday:dinner=lentil-soup" (that dish, of any meal; `mealmag dishes` shows the ids; also '
        '"lentil-soup guest vegan", "lentil-soup double"); '
        "a weekday or a date; repeatable",
    )


def given_meal(text: str) -> Given:
    """Day, meal and words of the option; ArgumentTypeError says what is wrong with it."""
    from mealmag.planning.occasion import day_name, parse

    place, equals, words = text.partition("=")
    day, colon, meal = place.strip().lower().partition(":")
    if not equals or not colon:
        raise argparse.ArgumentTypeError(
            f'"{text}" is not DAY:MEAL=WORDS, such as "friday:dinner=out 800"'
        )
    if meal not in set(Meal):
        raise argparse.ArgumentTypeError(
            f'"{meal}" is no meal ({", ".join(Meal)}).{did_you_mean(meal, Meal)}'
        )
    try:
        parse(words)
        return (day if day == TODAY else day_name(day)), meal, words.strip()
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def lay_over(plan: dict[str, Any], given: Sequence[Given], today: date) -> None:
    """Put the given meals over those of a profile's `plan` section."""
    occasions = plan["occasions"] = dict(plan.get("occasions", {}))
    for day, meal, words in given:
        key = today.isoformat() if day == TODAY else day
        occasions[key] = {**occasions.get(key, {}), meal: words}
