"""The options that say who a plan is for, and how it should look."""

import argparse

from mealmag.cli.occasions import add_occasions
from mealmag.cli.values import meals_of_one_food, minutes, own_limit, points, times, words
from mealmag.nutrition.food import ALLERGENS

_WHO = "A profile, or options, or options over a profile; lists add to the profile's."


def add_person(parser: argparse.ArgumentParser, *, file: bool = True) -> None:
    """The options that say who it is for; without `file`, over the stored profile alone."""
    group = parser.add_argument_group("who", _WHO if file else None)
    if file:
        group.add_argument("--profile", metavar="FILE", help="TOML; - reads stdin; else your own")
    group.add_argument("--sex", choices=["female", "male"])
    group.add_argument("--age", type=int, metavar="YEARS", help="1 to 120")
    group.add_argument("--life-stage", choices=["none", "pregnant", "breastfeeding"])
    group.add_argument("--trimester", type=int, choices=[1, 2, 3])
    group.add_argument("--weight", type=float, metavar="KG")
    group.add_argument("--height", type=float, metavar="CM")
    group.add_argument("--activity", choices=["inactive", "low_active", "active", "very_active"])
    group.add_argument("--energy", type=int, metavar="KCAL", help="instead of the equation")
    group.add_argument("--condition", action="append", metavar="WORD", help="e.g. kidney-disease")
    group.add_argument("--medicine", action="append", metavar="WORD", help="e.g. levothyroxine")
    group.add_argument(
        "--limit",
        type=own_limit,
        action="append",
        metavar="NUTRIENT=MIN..MAX",
        help="a day, from your doctor or dietitian, in place of the published values; repeatable",
    )
    group.add_argument(
        "--set",
        choices=["us", "eu", "nl", "nordic", "dach", "uk", "who"],
        help="reference values for magnesium (default us)",
    )
    add_figures(group)


def add_figures(parser: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """The option that says whose magnesium figures food is counted with."""
    parser.add_argument(
        "--figures",
        choices=["usda", "foundation", "swiss", "cofid", "ciqual", "median", "cautious"],
        metavar="TABLE",
        help="whose magnesium figures to count with: usda, foundation, swiss, cofid, ciqual, "
        "median, cautious (the lowest)",
    )


def add_diet(parser: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """The options that say what may be on the plate."""
    parser.add_argument("--diet", choices=["omnivore", "pescatarian", "vegetarian", "vegan"])
    parser.add_argument(
        "--avoid",
        type=words,
        action="extend",
        metavar="ALLERGEN,…",
        help=f"allergens to avoid: {', '.join(ALLERGENS)}",
    )


def add_rules(parser: argparse.ArgumentParser) -> None:
    """The options that say how a plan should look."""
    group = parser.add_argument_group("rules")
    add_diet(group)
    group.add_argument(
        "--dislike",
        type=words,
        action="extend",
        metavar="WORD,…",
        help="foods or dishes by id, groups (red-meat) or main foods (chicken)",
    )
    group.add_argument(
        "--meals", type=words, metavar="MEAL,…", help="breakfast, lunch, dinner, snack (all)"
    )
    group.add_argument("--max-repeats", type=int, metavar="N", help="of a dish in a week (2)")
    group.add_argument(
        "--max-main-food",
        type=meals_of_one_food,
        metavar="N",
        help="lunches and dinners of one main food, such as chicken or pasta, in a week (3; none)",
    )
    group.add_argument(
        "--weekday-minutes", type=minutes, metavar="N", help="for all meals of a day (45; none)"
    )
    group.add_argument("--weekend-minutes", type=minutes, metavar="N", help="the same (none)")
    group.add_argument(
        "--budget", type=float, metavar="N", help="of a day, on the mean, by your own prices"
    )
    group.add_argument(
        "--caffeine", type=float, metavar="MG", help="most in a day (by age and life stage: 400)"
    )
    group.add_argument(
        "--margin",
        type=float,
        metavar="MG",
        help="magnesium above its target to aim at each day (0)",
    )
    group.add_argument(
        "--sure",
        type=float,
        metavar="PERCENT",
        help="the chance, e.g. 95, of reaching the target each day, as figures of food vary",
    )
    group.add_argument(
        "--cook-once",
        type=int,
        metavar="N",
        help="dinners a week cooked double; the rest is a lunch within the days it keeps (0)",
    )
    add_occasions(group)
    for option, side in (("--at-least", "least"), ("--at-most", "most")):
        group.add_argument(
            option,
            type=times,
            action="append",
            metavar="GROUP=N",
            help=f"at {side} so many meals a week with this food group, e.g. fish=1; repeatable",
        )
    group.add_argument(
        "--points",
        type=points,
        action="append",
        metavar="NAME=N",
        help="what a part of the last goal costs, 0 to 20, e.g. dish_again=8 (an unknown one is "
        "answered with all of them); repeatable",
    )
