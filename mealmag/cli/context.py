"""The world around one run of the command line: handed in, so that tests can make their own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from mealmag.cli.wrap import wrapped
from mealmag.errors import InputError

if TYPE_CHECKING:
    from mealmag.services.catalogue import Sources
    from mealmag.storage.paths import Paths


@dataclass(frozen=True, slots=True)
class Context:
    """Environment, streams, today's date, the time of day with its zone, and the home folder."""

    environ: Mapping[str, str]
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    today: date
    now: datetime
    home: Path

    @property
    def paths(self) -> "Paths":
        """Where this person's files are."""
        from mealmag.storage.paths import Paths

        return Paths.of(self.environ, self.home)

    def sources(
        self, foods: Path | None = None, dishes: Path | None = None, pantry: Path | None = None
    ) -> "Sources":
        """The files of the catalogue: those named, else the shipped ones and this person's own."""
        from mealmag.services.catalogue import Sources

        return Sources(foods, dishes, self.paths, pantry)

    def say(self, text: str) -> None:
        """Data, on stdout."""
        print(text, file=self.stdout)

    def remark(self, text: str) -> None:
        """Talk, on stderr."""
        print(wrapped(text, self.stderr), file=self.stderr)

    def say_json(self, document: object) -> None:
        """Data as JSON, on stdout."""
        self.say(json.dumps(document, ensure_ascii=False, indent=2))

    def read_stdin(self) -> bytes:
        """All of stdin, as it came where it comes as bytes."""
        raw = getattr(self.stdin, "buffer", None)
        return self.stdin.read().encode("utf-8", "surrogateescape") if raw is None else raw.read()

    def read(self, name: str) -> str:
        """The text of a file, or of stdin for "-". InputError where it cannot be read."""
        shown = "stdin" if name == "-" else name
        try:
            data = self.read_stdin() if name == "-" else Path(name).read_bytes()
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise InputError(
                f"{shown} is not UTF-8 text (line {line}).", hint="Save it as UTF-8."
            ) from None
        except OSError as error:
            raise InputError(f"{shown} cannot be read: {error.strerror}.") from None
