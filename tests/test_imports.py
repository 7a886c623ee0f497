"""Quick questions get quick answers: what they do not need is not loaded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"textual", "ortools", "pandas", "numpy", "httpx"}
ROOT = Path(__file__).parents[1]
PROBE = """
import json, sys
from mealmag.cli.main import run
code = int(run(json.loads(sys.argv[1])))
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def loaded(*argv: str) -> tuple[int, set[str]]:
    """The exit code and the packages that `mealmag ARGV` loads, in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(argv)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, {name.partition(".")[0] for name in modules}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    person = ["--sex", "female", "--age", "34"]
    code, packages = loaded(
        "plan", *person, "--days", "1", "--effort", "quick", "-q", "-o", str(path)
    )
    assert code == 0
    assert "ortools" in packages  # the probe sees what is loaded
    return path


@pytest.mark.parametrize(
    "argv",
    [
        ("target", "--sex", "female", "--age", "34"),
        ("foods", "search", "spinach"),
        ("foods", "top"),
        ("dishes", "--diet", "vegan"),
        ("paths",),
        ("schema", "plan"),
        ("log", "--dry-run", "2", "eggs"),
        ("today", "--sex", "female", "--age", "34"),
        ("trend", "--sex", "female", "--age", "34"),
        ("doctor",),
    ],
)
def test_look_ups_load_nothing_heavy(argv: tuple[str, ...]) -> None:
    code, packages = loaded(*argv)
    assert code == 0
    assert packages & HEAVY == set()


def test_the_checker_runs_without_the_optimiser(plan: Path) -> None:
    code, packages = loaded("check", str(plan))
    assert code == 0
    assert packages & HEAVY == set()


def test_the_version_loads_next_to_nothing() -> None:
    code, packages = loaded("--version")
    assert code == 0
    assert packages & (HEAVY | {"pydantic"}) == set()
