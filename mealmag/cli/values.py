"""Values of options that are more than a word or a number: what they mean, or why they mean nothing."""

import argparse


def words(text: str) -> list[str]:
    """Words with commas between them, in lower case as every id is."""
    return [word.strip().lower() for word in text.split(",") if word.strip()]


def minutes(text: str) -> int | str:
    """A number of minutes, or "none" for no limit, as in a profile."""
    return _number_or_none(text, "minutes")


def meals_of_one_food(text: str) -> int | str:
    """A number of meals, or "none" for no limit, as in a profile."""
    return _number_or_none(text, "meals")


def _number_or_none(text: str, of: str) -> int | str:
    if text == "none":
        return text
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text}" is no number of {of}; "none" is no limit'
        ) from None


def own_limit(text: str) -> tuple[str, dict[str, float]]:
    """`NUTRIENT=FLOOR..CEILING`, either of them left out where there is none."""
    nutrient, _, bounds = text.partition("=")
    floor, _, ceiling = bounds.rpartition("..")
    try:
        given = {"floor": floor.strip(), "ceiling": ceiling.strip()}
        limit = {name: float(value) for name, value in given.items() if value}
    except ValueError:
        limit = {}
    if ".." not in bounds or not limit:
        raise argparse.ArgumentTypeError(
            f'"{text}" is no limit; write potassium_mg=1500..2000, or ..2000 for a ceiling alone'
        )
    return nutrient.strip(), limit


def times(text: str) -> tuple[str, int]:
    """`GROUP=N`: a food group, and a number of meals a week."""
    group, _, count = text.partition("=")
    try:
        return "-".join(group.lower().split()), int(count)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text}" is no group with a number of meals; write fish=1'
        ) from None


def points(text: str) -> tuple[str, int]:
    """`NAME=N`: a part of the last goal, and what it weighs in points."""
    name, _, value = text.partition("=")
    try:
        return "_".join(name.lower().replace("-", " ").split()), int(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text}" is no name with points; write dish_again=8'
        ) from None
