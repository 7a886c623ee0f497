"""Days as people name them on the command line."""

from collections.abc import Callable
from datetime import date

import pytest

from mealmag.cli.when import day_before
from mealmag.errors import ExitCode, InputError

TODAY = date(2026, 11, 28)  # a Saturday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-28"),
        ("Vandaag", "2026-11-28"),
        (" gisteren ", "2026-11-27"),
        ("yesterday", "2026-11-27"),
        ("last night", "2026-11-27"),
        ("eergisteren", "2026-11-26"),
        ("day before yesterday", "2026-11-26"),
        ("the day before yesterday", "2026-11-26"),
        ("Saturday", "2026-11-28"),
        ("zaterdag", "2026-11-28"),
        ("last saturday", "2026-11-21"),
        ("afgelopen maandag", "2026-11-23"),
        ("zondag", "2026-11-22"),
        ("0 days ago", "2026-11-28"),
        ("1 day ago", "2026-11-27"),
        ("3 days ago", "2026-11-25"),
        ("3  dagen geleden", "2026-11-25"),
        ("een week geleden", "2026-11-21"),
        ("2 weeks ago", "2026-11-14"),
        ("25 nov", "2026-11-25"),
        ("nov 25", "2026-11-25"),
        ("op 25 november 2025", "2025-11-25"),
        ("29 dec", None),
        ("25-11", "2026-11-25"),
        ("11/11", "2026-11-11"),
        ("25-11-2025", "2025-11-25"),
        ("2026-11-21", "2026-11-21"),
    ],
)
def test_a_day_that_was(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(InputError, match="lies ahead"):
            day_before(text, TODAY)
    else:
        assert day_before(text, TODAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tomorrow", "tomorrow is still to come"),
        ("Morgen", "morgen is still to come"),
        ("day after tomorrow", "still to come"),
        ("2026-11-29", "2026-11-29 is still to come"),
        ("1815-06-18", "too long ago"),
        ("99999 weeks ago", "too long ago"),
        ("2026-11-31", "There is no day"),
        ("31 juni", "There is no day"),
        ("5-6", "more than one day"),
        ("gistern", 'Did you mean "gisteren"?'),
        ("lunch", "is no day"),
        ("8:30", "is no day"),
        ("ago", "is no day"),
        ("-3 days ago", "is no day"),
        ("", "is no day"),
        ("\x1b[2J", "is no day"),
    ],
)
def test_what_is_no_day_that_was(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        day_before(text, TODAY)
    assert words in caught.value.message
    assert caught.value.message.isprintable()


def test_every_command_takes_them(cli: Callable) -> None:
    who = ("--sex", "female", "--age", "34")
    assert cli("log", "--day", "eergisteren", "2 eggs").code == ExitCode.OK
    for words in (["eergisteren"], ["2", "days", "ago"], ["21", "nov"], ["saturday"]):
        said = cli("day", *words, *who)
        assert said.out.startswith("Saturday 21 November 2026"), words
        assert "2 eggs" in said.out
    assert "21 November 2026" in cli("week", "2", "dagen", "geleden", *who).out
    assert cli("rm", "1", "--day", "2 days ago").code == ExitCode.OK
