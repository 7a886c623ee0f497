"""Long work in a thread, with a line of progress, and Ctrl-C to stop it."""

import threading
from collections.abc import Callable
from typing import TypeVar

from mealmag.cli.context import Context
from mealmag.cli.progress import ProgressLine
from mealmag.errors import NoPlanError

_Solved = TypeVar("_Solved")


def solve(
    work: Callable[[ProgressLine, Callable[[], bool]], _Solved], context: Context, *, quiet: bool
) -> _Solved:
    """Solve in a thread, so that Ctrl-C can stop it and keep the best plan."""
    line = ProgressLine(context.stderr, show=not quiet and context.stderr.isatty())
    stop, done = threading.Event(), threading.Event()
    solved: list[_Solved] = []
    errors: list[Exception] = []

    def run_work() -> None:
        try:
            solved.append(work(line, stop.is_set))
        except Exception as error:  # noqa: BLE001 - raised again in the main thread
            errors.append(error)
        finally:
            done.set()

    try:
        threading.Thread(target=run_work, daemon=True).start()
        _wait(done, stop, line)
    finally:
        line.clear()
    if solved:
        return solved[0]
    if stop.is_set() and isinstance(errors[0], NoPlanError):
        raise KeyboardInterrupt("before the first plan") from errors[0]
    raise errors[0]


def _wait(done: threading.Event, stop: threading.Event, line: ProgressLine) -> None:
    """Until the work is done. The first Ctrl-C asks it to finish, the second leaves.

    An event, and not `Thread.join`: one that is interrupted takes a running thread for ended
    (CPython 3.11).
    """
    while True:
        try:
            while not done.wait(0.1):
                line.tick()
        except KeyboardInterrupt:
            if stop.is_set():
                raise
            stop.set()
            line.note("stopping; the best plan so far is kept")
        else:
            return
