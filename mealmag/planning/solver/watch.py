"""Pass a person's wish to stop on to an engine that is busy in another thread."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

POLL_S = 0.02


@contextmanager
def watching(stop: Callable[[], bool], interrupt: Callable[[], object]) -> Iterator[None]:
    """While inside, `stop` is asked every 20 ms, and `interrupt` called as long as it says yes.

    Again and again, because a stop before the search has begun is lost by CP-SAT.
    """
    done = threading.Event()

    def watch() -> None:
        while not done.wait(POLL_S):
            if stop():
                interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
