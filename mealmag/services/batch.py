"""Lines that are logged together: each with its number, and the faults of all of them at once."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from mealmag.errors import DataProblem, InputError
from mealmag.nutrition.diary import Entry
from mealmag.services.log import Reader
from mealmag.services.log_entries import When
from mealmag.services.moments import refuse_what_is_to_come

_FILE = "stdin"
_END = re.compile(r"\r\n|\r|\n")


def read_batch(
    reader: Reader, text: str, when: When, today: date, now: datetime | None
) -> list[Entry]:
    """The entries of all lines but those that are blank or begin with `#`.

    InputError that names every fault by its line, counted from 1, where any line has one.
    """
    entries: list[Entry] = []
    problems: list[DataProblem] = []
    hint = ""
    for number, line in _lines(text):
        try:
            found = reader.read(line, when, today)
            if now is not None:
                refuse_what_is_to_come(found, now)
            entries += found
        except InputError as error:
            problems += _placed(error, number)
            hint = hint or error.hint
    if problems:
        count = "one line is" if len({each.line for each in problems}) == 1 else "some lines are"
        raise InputError(
            f"Nothing was logged: {count} not sure or not right.", hint=hint, problems=problems
        )
    return entries


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_END.split(text), start=1):
        if (said := line.strip()) and not said.startswith("#"):
            yield number, said


def _placed(error: InputError, line: int) -> list[DataProblem]:
    """What is wrong with a line; what was doubted of it stands where a column would."""
    if not error.problems:
        return [DataProblem(_FILE, line, None, error.message)]
    return [replace(each, file=_FILE, line=line, column=each.file) for each in error.problems]
