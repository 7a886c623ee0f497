"""A command line in a world of its own: temporary home, fixed day, captured streams."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from mealmag.cli.main import run

TODAY = date(2026, 11, 23)


@dataclass
class Said:
    code: int
    out: str
    err: str


Cli = Callable[..., Said]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's own profile is ever seen, also not by a subprocess."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MEALMAG_HOME", str(folder))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def cli(home: Path) -> Cli:
    def call(*argv: str, stdin: str = "", terminal: bool = False, **environ: str) -> Said:
        stream = Terminal if terminal else io.StringIO
        out, err = stream(), stream()
        code = run(
            argv,
            environ={"MEALMAG_HOME": str(home), **environ},
            stdin=stream(stdin),
            stdout=out,
            stderr=err,
            today=TODAY,
            home=home.parent,
        )
        return Said(int(code), out.getvalue(), err.getvalue())

    return call


@pytest.fixture(scope="session")
def week_json(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One real day for a woman of 34, as `mealmag plan` writes it."""
    out = io.StringIO()
    code = run(
        ["plan", "--sex", "female", "--age", "34", "--days", "1", "--effort", "quick", "--json"],
        environ={"MEALMAG_HOME": str(tmp_path_factory.mktemp("home"))},
        stdin=io.StringIO(),
        stdout=out,
        stderr=io.StringIO(),
        today=TODAY,
    )
    assert code == 0
    return out.getvalue()
