"""A smallest set of demands that cannot hold together: a deletion filter.

An infeasible core read off one solve is neither minimal nor reliable; here every demand that is left
was taken away once, and the others then did not collide as far as could be told.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

_Demand = TypeVar("_Demand")


def minimal(
    demands: Sequence[_Demand],
    collide: Callable[[list[_Demand]], list[_Demand] | None],
    stop: Callable[[], bool] = lambda: False,
) -> list[_Demand]:
    """Those of `demands`, which collide, that collide already; none of them can be left out.

    `collide` answers None where demands can hold together, or nobody could tell, and otherwise which
    of them are enough for the collision, in their order. Earlier demands are tried first, and so go
    sooner. Where one could go, two are tried next, then four: what has no part in it goes in few looks.
    A stop leaves the set as small as it is by then.
    """
    kept = list(demands)
    needed, size = 0, 1
    while needed < len(kept) and not stop():
        size = min(size, len(kept) - needed)
        # What was found needed stays: without it the others hold together, and so do fewer.
        smaller = collide(kept[:needed] + kept[needed + size :])
        if smaller is not None:
            size = 2 * size if len(smaller) == len(kept) - size else 1
            kept = smaller
        elif size > 1:
            size //= 2
        else:
            needed += 1
    return kept
