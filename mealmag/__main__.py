"""The console script: `mealmag` and `python -m mealmag`."""

import contextlib
import sys

_INTERRUPTED = 130  # as in mealmag.errors, which may not be loaded yet
_ENGINE_THREAD = "mealmag-engine"  # as in planning.solver.watch, which may never be loaded


def main() -> int:
    """Run the command line of this process; returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        # Asked for by scripts and package tests; nothing else needs loading for it.
        from mealmag import __version__

        print(f"mealmag {__version__}")
        return 0
    try:
        from mealmag.cli.main import own_stdout, run, utf8_streams

        own_stdout()
        utf8_streams()
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while loading, or while saying that it was interrupted
        code = _INTERRUPTED
    leave_engines(code)
    return code


def leave_engines(code: int) -> None:
    """End at once where an engine that nobody waits for is still computing.

    Python cannot end a thread inside C++: it would abort the process when the engine comes back.
    """
    import os
    import threading

    if any(thread.name == _ENGINE_THREAD for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
