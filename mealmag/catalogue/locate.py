"""Where the shipped data lies: inside the installed package, or at the top of a source tree."""

from pathlib import Path

from mealmag.errors import InputError

_PACKAGE = Path(__file__).resolve().parent.parent


def data_file(name: str) -> Path:
    """The path of a shipped data file such as "foods.csv". Raises InputError where it is missing."""
    places = (_PACKAGE / "data" / name, _PACKAGE.parent / "data" / name)
    for place in places:
        if place.is_file():
            return place
    raise InputError(
        f"{name} is missing; it should be at {places[0]}.",
        hint="Install mealmag again, or name a file of your own.",
    )
