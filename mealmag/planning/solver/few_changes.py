"""The fewest and mildest changes of habits, solved to the end, and what else would do where one stays."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mealmag.planning.habits import HabitChange, Room, model_of
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.outcome import Status

_WORK = 20.0  # deterministic time: some hundred Booleans take a fraction of it


@dataclass(frozen=True, slots=True)
class FewChanges:
    """Changes by their places, and whether no fewer and milder ones do with these habits `kept`."""

    places: tuple[int, ...]
    proven: bool
    kept: tuple[str, ...]


def fewest_changes(
    changes: Sequence[HabitChange],
    room: Room,
    count: int,
    *,
    nutrient: str,
    seed: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[FewChanges]:
    """Up to `count` choices: the smallest, then the smallest where a habit that it changes is kept.

    First that of its changes stays away which brings most of `nutrient`, then each other, then all of them;
    then all that any choice before changes. No choice at all: there is none, or none was found.
    """
    waiting: deque[tuple[str, ...]] = deque([()])
    found: list[frozenset[str]] = []
    tried: set[frozenset[str]] = set()
    while waiting and len(found) < count and not stop():
        kept = waiting.popleft()
        tried.add(frozenset(kept))
        outcome = cpsat.solve(
            model_of(changes, room, kept), cpsat.Limits(_WORK, seed=seed), stop=stop
        )
        places = tuple(place for place, value in enumerate(outcome.values or ()) if value)
        if places and (habits := frozenset(changes[p].habit for p in places)) not in found:
            most_first = sorted(places, key=lambda place: -changes[place].adds[nutrient])
            yield FewChanges(places, outcome.status is Status.OPTIMAL, kept)
            if not found:
                waiting.extend((changes[place].habit,) for place in most_first)
            found.append(habits)
        if not waiting and found:
            everything = tuple(dict.fromkeys(h for habits in found for h in sorted(habits)))
            waiting.extend([everything] if frozenset(everything) not in tried else [])
