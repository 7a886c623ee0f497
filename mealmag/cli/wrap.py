"""Talk on a terminal, broken into lines of its width; what goes elsewhere stays as it is."""

import os
import textwrap
from typing import TextIO

_USUAL, _NARROWEST = 80, 20


def columns_of(stream: TextIO) -> int:
    """How wide the terminal behind a stream is."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL


def wrapped(text: str, stream: TextIO, further: str = "") -> str:
    """The text for a stream. Lines stay indented as they are; what they are broken into also by `further`.

    Words, such as the path of a file, are never broken.
    """
    if not stream.isatty():
        return text
    width = max(_NARROWEST, columns_of(stream))
    return "\n".join(_broken(line, width, further) for line in text.split("\n"))


def _broken(line: str, width: int, further: str) -> str:
    if len(line) <= width:
        return line
    words = line.lstrip()
    indent = line[: len(line) - len(words)]
    return textwrap.fill(
        words,
        width,
        initial_indent=indent,
        subsequent_indent=indent + further,
        break_long_words=False,
        break_on_hyphens=False,
    )
