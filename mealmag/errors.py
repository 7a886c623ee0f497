"""Every error that mealmag raises on purpose, and the exit codes that go with them.

An error says what is wrong (`message`), where (`problems`, for files) and what to do next (`hint`), so
that both faces can show it without knowing what happened below.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says to the shell. Documented in the README and in `mealmag --help`."""

    OK = 0
    CHECK_FAILED = 1
    USAGE = 2
    BAD_INPUT = 3
    IMPOSSIBLE = 4
    NO_PLAN = 5
    CANNOT_WRITE = 6
    INTERNAL = 70
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class DataProblem:
    """One thing wrong with a data file: a value, so that all of them can be shown at once.

    `line` counts from 1 as an editor does; `column` is the field's name; both may be unknown.
    """

    file: str
    line: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return (
            f"{place}: {self.column}: {self.message}" if self.column else f"{place}: {self.message}"
        )


class MealmagError(Exception):
    """Base of all: a title, one clear sentence, and what to do next.

    `problems` are all there are, but for `more` that are not named.
    """

    title = "mealmag cannot do this"
    exit_code = ExitCode.INTERNAL

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        problems: Sequence[DataProblem] = (),
        more: int = 0,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems)
        self.more = more


class UsageError(MealmagError):
    """A request that contradicts itself or lacks something."""

    title = "That request is not complete"
    exit_code = ExitCode.USAGE


class InputError(MealmagError):
    """A file or a value that cannot be used; nothing was changed."""

    title = "Something in the input is wrong"
    exit_code = ExitCode.BAD_INPUT


@dataclass(frozen=True, slots=True)
class Collision:
    """One demand that collides with the others of its `conflict`, which are counted from 1.

    `proven`: it is known that without it the others leave a menu.
    """

    conflict: int
    rule: str
    sentence: str
    proven: bool


@dataclass(frozen=True, slots=True)
class WayOut:
    """A change that leaves a plan: in words, as an option of the command line, and what it gives.

    An option that is to be left out begins with "without". The figures are means of a day, and points.
    `least`: no gentler change of the same demand leaves a plan, as is proven.
    """

    change: str
    option: str
    gives: str
    magnesium_mg: float
    energy_kcal: float
    points: float
    least: bool = True


class ImpossibleError(MealmagError):
    """No menu can satisfy the hard rules, as is proven; `rules` names those that collide, `demands` says how,
    and `ways` what would do. It is not `complete` where a stop ended the explanation."""

    title = "No menu can follow all of these rules"
    exit_code = ExitCode.IMPOSSIBLE

    def __init__(
        self,
        message: str,
        *,
        rules: Sequence[str] = (),
        demands: Sequence[Collision] = (),
        ways: Sequence[WayOut] = (),
        hint: str = "",
        complete: bool = True,
    ) -> None:
        super().__init__(message, hint=hint)
        self.rules = tuple(rules)
        self.demands = tuple(demands)
        self.ways = tuple(ways)
        self.complete = complete


class NoPlanError(MealmagError):
    """Stopped, or out of time, before a first plan was found. This proves nothing."""

    title = "No plan yet"
    exit_code = ExitCode.NO_PLAN


class WriteError(MealmagError):
    """The output could not be written; what was there before is untouched."""

    title = "The file could not be written"
    exit_code = ExitCode.CANNOT_WRITE


class PlanCheckError(MealmagError):
    """The independent checker refused a plan of our own: a fault of the program, not of the user."""

    title = "The plan did not pass its check"
    exit_code = ExitCode.INTERNAL


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion to put behind a message: ` Did you mean "milk"?`, or nothing when none is near."""
    near = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""
