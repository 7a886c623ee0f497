"""The same bytes, also where two are planned at once on a machine that has other things to do."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from mealmag.export.json import parse_plan
from mealmag.export.text import plan_text
from tests.stranger import dishes_toml, foods_csv

# Normal effort: with it HiGHS and neighbourhoods run beside each other, which could race.
PLAN = (
    *[
        "plan",
        "--sex",
        "female",
        "--age",
        "34",
        "--days",
        "1",
        "--start",
        "2026-11-23",
        "-q",
        "--json",
    ],
    *["--foods", "foods.csv", "--dishes", "dishes.toml"],
)


@contextmanager
def busy() -> Iterator[None]:
    """Another process that takes all it gets, and no longer than it is wanted."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        try:
            yield
        finally:
            process.kill()


def started(*more: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "mealmag", *PLAN, *more], stdout=subprocess.PIPE)


@pytest.fixture(autouse=True)
def catalogue(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "foods.csv").write_text(foods_csv(), encoding="utf-8")
    (tmp_path / "dishes.toml").write_text(dishes_toml(), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


def test_two_at_once_under_load_give_the_same_bytes_as_one_alone() -> None:
    with started() as process:
        alone, _ = process.communicate()
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(busy())
        both = [stack.enter_context(started()) for _ in range(2)]
        outputs = [process.communicate()[0] for process in both]
    plan = parse_plan(alone.decode(), "stdout")
    assert plan.goals[-1].bound > 0, "the engines had nothing to do: the test proves nothing"
    assert outputs == [alone, alone]


def test_a_plan_of_a_race_says_that_it_is_not_reproducible() -> None:
    with started("--fast") as process:
        raced, _ = process.communicate()
    plan = parse_plan(raced.decode(), "stdout")
    assert plan.made_by.solver.fast
    assert "not reproducible" in " ".join(plan_text(plan).split())
    steady = plan.made_by.solver.model_copy(update={"fast": False})
    made_by = plan.made_by.model_copy(update={"solver": steady})
    assert "reproducible" not in plan_text(plan.model_copy(update={"made_by": made_by}))
