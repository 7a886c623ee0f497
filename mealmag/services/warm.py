"""What a face that stays open does once it is on the screen, so that the first plan need not wait for it."""

import gc


def warm_solver() -> None:
    """Import the solver. All that is there by then stays, so the garbage collector need not look at it again:
    that takes it several hundredths of a second each time."""
    import mealmag.planning.solver.change
    import mealmag.planning.solver.search  # noqa: F401

    gc.freeze()
