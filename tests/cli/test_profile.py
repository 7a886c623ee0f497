"""`mealmag profile`, and what is said where nobody is described."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mealmag.errors import ExitCode
from mealmag.storage.profile import load_profile


def test_the_first_use_needs_no_editor(cli: Callable, home: Path) -> None:
    shown = cli("profile")
    assert shown.code == ExitCode.OK
    assert f"There is no profile yet; it would be {home / 'profile.toml'}." in shown.out
    assert "mealmag profile --sex female --age 34" in shown.err
    assert json.loads(cli("profile", "--json").out)["profile"] is None
    assert not home.exists()
    kept = cli("profile", "--sex", "female", "--age", "34")
    assert kept.code == ExitCode.OK
    assert "female, 34 years" in kept.out
    assert kept.err == ""
    assert cli("today").code == ExitCode.OK


def test_what_is_not_named_stays_and_lists_grow(cli: Callable, home: Path) -> None:
    cli("profile", "--sex", "female", "--age", "34", "--avoid", "nuts", "--set", "nl")
    said = cli(
        *("profile", "--age", "35", "--life-stage", "pregnant", "--trimester", "2"),
        *("--avoid", "milk", "--figures", "cautious", "--at-least", "fish=1"),
        *("--limit", "potassium_mg=1500..2000", "--max-main-food", "none", "--meal", "friday:dinner=skip"),
    )  # fmt: skip
    assert said.code == ExitCode.OK
    profile = load_profile(home / "profile.toml")
    assert (profile.person.sex, profile.person.age, profile.person.trimester) == ("female", 35, 2)
    assert profile.diet.avoid_allergens == ("nuts", "milk")
    assert (profile.reference.set, profile.reference.figures) == ("nl", "cautious")
    words = " ".join(said.out.split())
    for each in (
        "female, 35 years, pregnant (trimester 2)", "without nuts, milk", "reference set nl",
        "the lowest of the tables", "groups: fish at least 1 a week", "potassium 1500 to 2000 mg a day",
        "max main food: none", "occasions: friday dinner skip",
    ):  # fmt: skip
        assert each in words
    assert all(len(line) <= 80 for line in said.out.splitlines()[1:])
    assert not (home / "profile.toml.bak").exists()
    document = json.loads(cli("profile", "--json").out)
    assert document["path"] == str(home / "profile.toml")
    assert document["profile"]["person"]["age"] == 35
    assert cli("profile").out == said.out


@pytest.mark.parametrize("mark", ["", "# written by mealmag; and edited by hand\n"])
def test_remarks_of_ones_own_are_kept_beside_and_told(cli: Callable, home: Path, mark: str) -> None:
    home.mkdir()
    text = mark + '[person]\nsex = "male"\nage = 50  # in May\n'
    (home / "profile.toml").write_text(text, encoding="utf-8")
    assert cli("profile", "--age", "50").err == ""  # nothing changes
    assert (home / "profile.toml").read_text("utf-8") == text
    said = cli("profile", "--age", "51")
    assert f"kept as {home / 'profile.toml.bak'}" in " ".join(said.err.split())
    assert (home / "profile.toml.bak").read_text("utf-8") == text
    assert load_profile(home / "profile.toml").person.age == 51


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ("--age 34", ExitCode.USAGE, "mealmag profile --sex female --age 34"),
        ("--sex female --age 340", ExitCode.BAD_INPUT, "--age: 340 is more than 120"),
        ("--sex male --age 34 --life-stage pregnant", ExitCode.BAD_INPUT, "needs sex"),
        ("--sex female --age 34 --dislike kael", ExitCode.BAD_INPUT, "no food, dish or group"),
        ("--sex female --age 34 --avoid nut", ExitCode.BAD_INPUT, 'Did you mean "nuts"?'),
        ("--profile x.toml", ExitCode.USAGE, "--profile"),
    ],
)
def test_what_cannot_be_is_not_kept(
    cli: Callable, home: Path, options: str, code: ExitCode, words: str
) -> None:
    said = cli("profile", *options.split())
    assert said.code == code
    assert words in " ".join(said.err.split())
    assert not home.exists()


@pytest.mark.parametrize(
    ("command", "again"),
    [
        (("day", "2026-11-21"), "`mealmag day 2026-11-21 --sex female --age 34`"),
        (("week", "sunday"), "`mealmag week sunday --sex female --age 34`"),
        (("today",), "`mealmag today --sex female --age 34`"),
        (("target",), "`mealmag target --sex female --age 34`"),
    ],
)
def test_where_nobody_is_known_the_way_on_is_told(
    cli: Callable, command: tuple[str, ...], again: str
) -> None:
    said = cli(*command)
    assert said.code == ExitCode.USAGE
    words = " ".join(said.err.split())
    assert "`mealmag profile --sex female --age 34` keeps it for good" in words
    assert again in words
