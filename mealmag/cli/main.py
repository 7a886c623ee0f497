"""From arguments to an exit code: parse, run the command, and say what went wrong in words."""

import contextlib
import errno
import io
import os
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TextIO

from mealmag.cli.context import Context
from mealmag.cli.wrap import wrapped
from mealmag.errors import ExitCode, ImpossibleError, MealmagError

_MOST_PROBLEMS = 20
_DISK_FULL = (
    errno.ENOSPC,
    getattr(errno, "EDQUOT", errno.ENOSPC),
    errno.EIO,
)  # files have errors of their own; this is stdout


def own_stdout() -> None:
    """Keep standard output for what this program says.

    An engine may print what it pleases to file descriptor 1 (HiGHS does, where it mends a solution),
    which would spoil JSON, and a screen. It now prints to nowhere.
    """
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    stdout = sys.stdout
    try:
        stdout.flush()
        number = stdout.fileno()
        kept = os.fdopen(os.dup(number), "wb")
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), number)
    except (OSError, ValueError):
        return
    sys.stdout = io.TextIOWrapper(
        kept, encoding=stdout.encoding, errors=stdout.errors, line_buffering=stdout.isatty()
    )


def utf8_streams() -> None:
    """What goes to a file or a pipe is UTF-8 with plain newlines on every system; a terminal keeps
    its own encoding, and shows "?" for what it lacks.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def run(
    argv: Sequence[str],
    *,
    environ: Mapping[str, str] | None = None,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
    today: date | None = None,
    now: datetime | None = None,
    home: Path | None = None,
) -> int:
    """Run `mealmag ARGV`; the world around it can be handed in. Returns the exit code.

    A day that is handed in without a time is over.
    """
    if now is None:
        now = datetime.now() if today is None else datetime.combine(today, time.max)  # noqa: DTZ005
    context = Context(
        environ=os.environ if environ is None else environ,
        stdin=stdin or sys.stdin,
        stdout=stdout or sys.stdout,
        stderr=stderr or sys.stderr,
        today=today or now.date(),
        now=now.astimezone(),
        home=home or Path(os.path.expanduser("~")),  # noqa: PTH111 - never raises
    )
    try:
        code = _dispatch(argv, context)
        context.stdout.flush()
    except MealmagError as error:
        tell(error, context.stderr)
        return error.exit_code
    except KeyboardInterrupt as interrupt:
        context.remark(" ".join(["mealmag: interrupted", *map(str, interrupt.args)]) + ".")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain once more while closing stdout.
        _forget(context.stdout)
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the last word of the program
        return _fault(error, context)
    return code


def _fault(error: Exception, context: Context) -> int:
    """What nobody foresaw: a stdout that takes no more, or a fault of ours."""
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        _forget(context.stdout)
        context.remark(f"mealmag: the output could not be written: {error.strerror}.")
        return ExitCode.CANNOT_WRITE
    if context.environ.get("MEALMAG_DEBUG"):
        traceback.print_exception(error, file=context.stderr)
    context.remark(
        f"mealmag: a fault of the program itself: {type(error).__name__}: {error}\n"
        "Please report it; MEALMAG_DEBUG=1 shows where it happened."
    )
    return ExitCode.INTERNAL


def _forget(stream: TextIO) -> None:
    """Let what is still to be written go nowhere, so that closing the stream says nothing more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _dispatch(argv: Sequence[str], context: Context) -> int:
    from mealmag.cli.parser import build_parser

    parser = build_parser()
    if not argv:
        if context.stdout.isatty() and context.stdin.isatty():
            from mealmag.tui.app import run as open_screens

            return open_screens(context.environ)
        parser.print_help(context.stderr)
        return ExitCode.USAGE
    with (
        contextlib.redirect_stdout(context.stdout),
        contextlib.redirect_stderr(context.stderr),
    ):
        try:
            arguments = parser.parse_args(argv)
        except SystemExit as stop:
            return int(stop.code or 0)
    if "handler" not in arguments:
        arguments.help_of.print_help(context.stderr)
        return ExitCode.USAGE
    try:
        return int(arguments.handler(arguments, context))
    except ImpossibleError as error:
        if not getattr(arguments, "json", False):
            raise
        return _impossible(error, context)


def _impossible(error: ImpossibleError, context: Context) -> int:
    """Why there is no plan, as JSON where that was asked for, and in words."""
    from mealmag.services.impossible import impossible_document

    tell(error, context.stderr)
    context.stdout.write(impossible_document(error).to_json())
    return error.exit_code


def tell(error: MealmagError, stderr: TextIO) -> None:
    """Title, message, every problem with its place, and what to do next."""
    for line, further in _told(error):
        print(wrapped(line, stderr, further), file=stderr)


def _told(error: MealmagError) -> Iterator[tuple[str, str]]:
    """Each line, and by how much further it is indented where it is broken."""
    yield f"mealmag: {error.title}.", "  "
    yield f"  {error.message}", ""
    yield from ((f"  {problem}", "  ") for problem in error.problems[:_MOST_PROBLEMS])
    if more := error.more + max(0, len(error.problems) - _MOST_PROBLEMS):
        yield f"  … and {more:,} more", ""
    if error.hint:
        yield f"  → {error.hint}", "  "
    if isinstance(error, ImpossibleError):
        yield from ((f"    {way.option}: {way.change}; {way.gives}.", "  ") for way in error.ways)
