"""The console script: `mealmag` and `python -m mealmag`."""

import sys

_INTERRUPTED = 130  # as in mealmag.errors, which may not be loaded yet


def main() -> int:
    """Run the command line of this process; returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        # Asked for by scripts and package tests; nothing else needs loading for it.
        from mealmag import __version__

        print(f"mealmag {__version__}")
        return 0
    try:
        from mealmag.cli.main import run, utf8_streams

        utf8_streams()
        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while loading, or while saying that it was interrupted
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
