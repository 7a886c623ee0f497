"""Help pages of one shape: what it does, options, examples, and the exit codes it may end with."""

import argparse
import textwrap

_WIDTH = 78
EXIT_CODES = {
    0: "fine",
    1: "the plan fails its check",
    2: "wrong use",
    3: "wrong input",
    4: "no menu can follow these rules",
    5: "out of time before the first plan",
    6: "the output cannot be written",
    70: "a fault of mealmag",
    130: "interrupted before the first plan",
}


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    *,
    summary: str,
    description: str,
    examples: tuple[str, ...] = (),
    codes: tuple[int, ...] = (0, 2, 3),
) -> argparse.ArgumentParser:
    """A command with its help page. Options must be written out: an abbreviation that works today
    may mean something else once there are more of them.
    """
    return commands.add_parser(
        name,
        help=summary,
        description="\n".join(textwrap.fill(line, _WIDTH) for line in description.splitlines()),
        epilog=epilog(examples, codes),
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def epilog(examples: tuple[str, ...], codes: tuple[int, ...]) -> str:
    """The end of a help page."""
    parts = []
    if examples:
        parts.append("\n".join(["examples:", *(f"  {example}" for example in examples)]))
    parts.append(
        "\n".join(["exit codes:", *(f"  {code:>3}  {EXIT_CODES[code]}" for code in codes)])
    )
    return "\n\n".join(parts)
