"""Reading TOML by hand-written rules, with the line of every fault.

The standard reader forgets where a value stood; a person who has to mend a file of a thousand lines
needs to know. So the text is looked through once for headers and keys, next to the real parser.
"""

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from mealmag.errors import DataProblem, did_you_mean

_HEADER = re.compile(r"\s*\[\[\s*([\w.\s-]+?)\s*\]\]")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*=""")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")
LONGEST_TEXT = 240


def read_toml(path: Path) -> tuple[dict[str, object], str, DataProblem | None]:
    """The parsed file and its text, or the problem that kept it from being read."""
    file = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return {}, "", DataProblem(file, None, None, "There is no such file.")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        return {}, "", DataProblem(file, None, None, f"The file cannot be read: {reason}.")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return {}, "", DataProblem(file, line, None, "This is not UTF-8 text; save it as UTF-8.")
    try:
        return tomllib.loads(text), text, None
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found.group(1)) if found else max(1, text.rstrip().count("\n") + 1)
        message = _AT_LINE.sub("", str(error))
        return {}, text, DataProblem(file, line, None, f"This is not valid TOML: {message}.")
    except RecursionError:
        return {}, text, DataProblem(file, None, None, "The values are nested too deeply.")


class Lines:
    """Where the n-th `[[outer]]`, its m-th `[[outer.inner]]` and their keys stand (from 1)."""

    def __init__(self, text: str, outer: str, inner: str) -> None:
        self._found: dict[tuple[int, int | None, str | None], int] = {}
        self._top: dict[str, int] = {}
        first, second, quote = -1, -1, ""
        for number, line in enumerate(text.split("\n"), start=1):
            if quote:
                quote = "" if quote in line else quote
                continue
            header = _HEADER.match(line)
            name = re.sub(r"\s", "", header.group(1)) if header else ""
            if name == outer:
                first, second = first + 1, -1
                self._found[first, None, None] = number
            elif name == f"{outer}.{inner}":
                second += 1
                self._found[first, second, None] = number
            elif key := _KEY.match(line):
                self._note(first, second, next(word for word in key.groups() if word), number)
            quote = _left_open(line)

    def _note(self, first: int, second: int, key: str, number: int) -> None:
        if first < 0:
            self._top.setdefault(key, number)
        else:
            self._found.setdefault((first, second if second >= 0 else None, key), number)

    def of(self, first: int, second: int | None = None, key: str | None = None) -> int | None:
        """The line of a key, else of its table, else of the outer table; None if none is found."""
        for place in ((first, second, key), (first, second, None), (first, None, None)):
            if place in self._found:
                return self._found[place]
        return None

    def of_top(self, key: str) -> int | None:
        """The line of a key above all tables."""
        return self._top.get(key)


def _left_open(line: str) -> str:
    """The triple quote that a line opens and does not close."""
    for quote in ('"""', "'''"):
        if line.count(quote) % 2:
            return quote
    return ""


class Table:
    """One table of a file: hands out checked values, and notes what is wrong instead of raising.

    A getter that finds no good value gives an empty one, and has noted why.
    """

    def __init__(
        self,
        values: dict[str, object],
        name: str,
        file: str,
        line_of: Callable[[str | None], int | None],
        problems: list[DataProblem],
    ) -> None:
        self.values = values
        self.name = name
        self._file = file
        self._line_of = line_of
        self._problems = problems

    def line(self, key: str | None) -> int | None:
        """The line on which `key` stands, else where the table begins."""
        return self._line_of(key)

    def wrong(self, key: str | None, message: str) -> None:
        """Note a problem with `key`, in words that are safe to show in a terminal."""
        shown = "".join(sign if sign.isprintable() else "�" for sign in f"{self.name}: {message}")
        self._problems.append(DataProblem(self._file, self.line(key), key, shown))

    def check_keys(self, required: Sequence[str], optional: Sequence[str]) -> None:
        """Note every key that is missing, and every one that nobody knows."""
        known = (*required, *optional)
        for key in self.values:
            if key not in known:
                self.wrong(key, f'there is no key "{key}".{did_you_mean(key, known)}')
        for key in required:
            if key not in self.values:
                self.wrong(key, f'"{key}" is missing.')

    def text(self, key: str) -> str:
        """A line of text: not empty, without control characters, at most 240 characters."""
        if key not in self.values:
            return ""
        value = self.values[key]
        if not isinstance(value, str):
            self.wrong(key, f"this must be text in quotes, not {_kind(value)}.")
        elif not value.strip():
            self.wrong(key, "this is empty.")
        elif not value.isprintable() or len(value) > LONGEST_TEXT:
            self.wrong(key, f"this must be one line of at most {LONGEST_TEXT} characters.")
        else:
            return value.strip()
        return ""

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`; `low` where the key is absent."""
        value = self.values.get(key, low)
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(key, f"this must be a whole number, not {_kind(value)}.")
        elif not low <= value <= high:
            self.wrong(key, f"{value} is not between {low} and {high}.")
        else:
            return value
        return low

    def flag(self, key: str) -> bool:
        """True or false; false where the key is absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, f"this must be true or false, not {_kind(value)}.")
            return False
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts, with at least one; empty where the key is absent."""
        if key not in self.values:
            return ()
        value = self.values[key]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(key, 'this must be a list of texts, such as ["one", "two"].')
            return ()
        if not value:
            self.wrong(key, "this list is empty.")
            return ()
        twice = sorted({item for item in value if value.count(item) > 1})
        if twice:
            self.wrong(key, f'"{twice[0]}" stands there twice.')
            return ()
        return tuple(value)

    def tables(self, key: str) -> tuple[dict[str, object], ...]:
        """The tables under `key` (`[[…]]`); none where the key is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(key, f"this must be a list of tables, not {_kind(value)}.")
            return ()
        return tuple(value)


def _kind(value: object) -> str:
    kinds: dict[type, str] = {
        bool: "true or false", int: "a number", float: "a number with decimals", str: "text",
        list: "a list", dict: "a table",
    }  # fmt: skip
    return kinds.get(type(value), "a date or time")
