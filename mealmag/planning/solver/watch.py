"""Pass a person's wish to stop on to work that is busy in another thread, and do not wait for it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

POLL_S = 0.01
ENGINE_THREAD = "mealmag-engine"

_Result = TypeVar("_Result")


@contextmanager
def watching(stop: Callable[[], bool], interrupt: Callable[[], object]) -> Iterator[None]:
    """While inside, `stop` is asked every 10 ms, and `interrupt` called as long as it says yes.

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


def unless_stopped(stop: Callable[[], bool], work: Callable[[], _Result]) -> _Result | None:
    """The result of `work`, or None once `stop` (asked every 10 ms) says so; raises what `work` raises.

    Work that is stopped is left behind in its thread: it should look at the same `stop`, so as to end
    soon, and what it still finds is dropped. A process that ends meanwhile must not wait for it: see
    `mealmag.__main__`.
    """
    results: list[_Result] = []
    errors: list[Exception] = []
    done = threading.Event()

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # raised again in the caller's thread
            errors.append(error)
        finally:
            done.set()

    if stop():
        return None
    threading.Thread(target=run, daemon=True, name=ENGINE_THREAD).start()
    # An event, and not `Thread.join`: one that is interrupted takes a running thread for ended
    # (CPython 3.11).
    while not done.wait(POLL_S):
        if stop():
            return None
    if errors:
        raise errors[0]
    return results[0]
