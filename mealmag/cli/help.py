"""Help pages of one shape: what it does, options, examples, and the exit codes it may end with."""

import argparse
import sys
import textwrap
from collections.abc import Mapping
from typing import NoReturn

from mealmag.cli.wrap import wrapped
from mealmag.errors import ExitCode

_WIDTH = 78
EXIT_CODES = {
    0: "fine",
    1: "the plan fails its check, or the diary is not whole",
    2: "wrong use",
    3: "wrong input",
    4: "no menu can follow these rules",
    5: "out of time before the first plan",
    6: "the output cannot be written",
    70: "a fault of mealmag",
    130: "interrupted before the first plan",
}


class Parser(argparse.ArgumentParser):
    """A parser whose errors are no wider than the terminal."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and end."""
        self.print_usage(sys.stderr)
        words = wrapped(f"{self.prog}: error: {message}", sys.stderr, "  ")
        self.exit(ExitCode.USAGE, f"{words}\n")


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    *,
    summary: str,
    description: str,
    examples: tuple[str, ...] = (),
    codes: tuple[int, ...] = (0, 2, 3),
    meanings: Mapping[int, str] = EXIT_CODES,
) -> argparse.ArgumentParser:
    """A command with its help page; `meanings` are of exit codes that mean something of their own here.

    Options must be written out: an abbreviation that works today may mean something else once there are
    more of them.
    """
    return commands.add_parser(
        name,
        help=summary,
        description="\n".join(textwrap.fill(line, _WIDTH) for line in description.splitlines()),
        epilog=epilog(examples, codes, meanings),
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def epilog(
    examples: tuple[str, ...], codes: tuple[int, ...], meanings: Mapping[int, str] = EXIT_CODES
) -> str:
    """The end of a help page."""
    said = {**EXIT_CODES, **meanings}
    parts = []
    if examples:
        parts.append("\n".join(["examples:", *(f"  {example}" for example in examples)]))
    parts.append("\n".join(["exit codes:", *(f"  {code:>3}  {said[code]}" for code in codes)]))
    return "\n\n".join(parts)
