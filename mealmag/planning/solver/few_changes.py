"""The fewest and mildest changes of habits, solved to the end, and some other choices beside them."""

from collections.abc import Callable, Iterator, Sequence

from mealmag.planning.habits import HabitChange, Room, model_of
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.outcome import Status

_WORK = 20.0  # deterministic time: some hundred Booleans take a fraction of it


def fewest_changes(
    changes: Sequence[HabitChange],
    room: Room,
    count: int,
    *,
    seed: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Up to `count` choices of changes by their places, the smallest first, and whether each is proven to be.

    None changes all the habits that one before it changes. No choice at all: there is none, or none was
    found.
    """
    found: list[frozenset[str]] = []
    for _ in range(count):
        if stop():
            return
        model = model_of(changes, room, found)
        outcome = cpsat.solve(model, cpsat.Limits(_WORK, seed=seed), stop=stop)
        if outcome.values is None:
            return
        chosen = tuple(place for place in range(len(changes)) if outcome.values[place])
        if not chosen:
            return
        yield chosen, outcome.status is Status.OPTIMAL
        found.append(frozenset(changes[place].habit for place in chosen))
