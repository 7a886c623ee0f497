"""Looks that are taken at the same time: a lane of them for each core, one after the other in each.

What a lane does hangs on what it has found itself and on what was known before, never on how far the others
are. So the same comes of them on a machine that is busy.
"""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import NamedTuple, TypeVar

from mealmag.planning.solver.looks import Look
from mealmag.planning.solver.outcome import Outcome, Status

_Made = TypeVar("_Made")
_Sent = TypeVar("_Sent")


class Taken(NamedTuple):
    """A look and what came of it."""

    look: Look
    outcome: Outcome


# Each look is made once it is known what came of the one before it.
Lane = Generator[Look, Outcome, None]
# Lanes that are taken together, group after group; what comes of a group is sent back.
Lanes = Generator[Sequence[Lane], list[list[Taken]], None]


def one(look: Look) -> Lane:
    """A lane with nothing after its first look."""
    yield look


def following(made: Generator[_Made, _Sent, None], sent: _Sent) -> _Made | None:
    """What comes next, made of what came of the one before; None where that was the last."""
    try:
        return made.send(sent)
    except StopIteration:
        return None


def take(
    lanes: Sequence[Lane],
    solve: Callable[[Look, Callable[[], bool]], Outcome],
    is_best: Callable[[Look, Outcome], bool],
    stop: Callable[[], bool] = lambda: False,
) -> list[list[Taken]]:
    """What comes of each lane, until a stop. `solve` is given a look and what says whether to give it up.

    What `is_best`, as good as there is, ends the lanes after its own, which can add nothing, and is not ended
    by them: else the outcome would hang on which of two is the faster.
    """
    best_there_is = [Event() for _ in lanes]

    def follow(place: int) -> list[Taken]:
        def ended() -> bool:
            return stop() or any(event.is_set() for event in best_there_is[:place])

        lane, taken = lanes[place], []
        look = next(lane, None)
        while look is not None:
            outcome = Outcome(Status.UNKNOWN)
            if look.model.free:  # not all its days are locked
                outcome = solve(look, ended)
                taken.append(Taken(look, outcome))
            if is_best(look, outcome):
                best_there_is[place].set()
                break
            look = None if ended() else following(lane, outcome)
        return taken

    with ThreadPoolExecutor(max(1, len(lanes))) as pool:
        return list(pool.map(follow, range(len(lanes))))
