"""`mealmag rate`, from end to end."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mealmag.errors import ExitCode


def test_rating_and_listing(cli: Callable, home: Path) -> None:
    home.mkdir()
    (home / "profile.toml").write_text('[person]\nsex = "male"\nage = 45\n')
    nothing = cli("rate")
    assert (nothing.code, nothing.out) == (ExitCode.OK, "")
    assert "Nothing is rated yet" in nothing.err
    assert cli("rate", "Shakshuka", "2").out == "shakshuka: +2\n"
    assert cli("rate", "okra-boiled", "-1").out == "okra-boiled: -1\n"
    listed = cli("rate").out.splitlines()
    assert [line.split()[:2] for line in listed[1:]] == [["+2", "shakshuka"], ["-1", "okra-boiled"]]
    assert listed[2].endswith("boiled okra")
    assert json.loads(cli("rate", "--json").out) == {"shakshuka": 2, "okra-boiled": -1}
    assert cli("rate", "okra-boiled", "0").out == "okra-boiled: unrated\n"
    assert (home / "profile.toml").read_text().endswith("\n[ratings]\nshakshuka = 2\n")


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["shakshuka"], ExitCode.USAGE, "How much do you like shakshuka?"),
        (["shakshuka", "much"], ExitCode.USAGE, "invalid int value"),
        (["shakshuka", "3"], ExitCode.BAD_INPUT, "3 is no rating"),
        (["shakshuka", "1"], ExitCode.USAGE, "there is none at"),
    ],
)
def test_what_cannot_be_rated(cli: Callable, argv: list[str], code: ExitCode, words: str) -> None:
    said = cli("rate", *argv)
    assert said.code == code
    assert words in said.err
