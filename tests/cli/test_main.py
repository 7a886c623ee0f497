"""The frame of the command line: help, version, faults, streams."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mealmag import __version__
from mealmag.errors import DataProblem, ExitCode, InputError

HEAVY = ("textual", "ortools", "pandas", "numpy", "httpx")


def mealmag(*argv: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "mealmag", *argv], capture_output=True, timeout=120, **options
    )


def loaded(*argv: str, stdin: bytes = b"") -> set[str]:
    """The top-level modules that a real run of the console script leaves behind."""
    code = (
        "import sys\n"
        f"sys.argv = ['mealmag', *{argv!r}]\n"
        "from mealmag.__main__ import main\n"
        "code = main()\n"
        "assert code == 0, code\n"
        "sys.stderr.write('\\nLOADED ' + ' '.join({name.split('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input=stdin, capture_output=True, timeout=120, check=True
    )
    return set(run.stderr.decode().rsplit("LOADED ", 1)[1].split())


def test_version_loads_next_to_nothing() -> None:
    modules = loaded("--version")
    assert modules.isdisjoint({*HEAVY, "pydantic", "argparse"})
    assert mealmag("--version").stdout.decode() == f"mealmag {__version__}\n"


@pytest.mark.parametrize(
    "argv",
    [
        ("target", "--sex", "female", "--age", "34"),
        ("foods", "search", "spinach"),
        ("foods", "top"),
        ("check", "-"),
        ("paths",),
    ],
    ids=" ".join,
)
def test_small_commands_load_no_engine_and_no_screen(argv: tuple[str, ...], week_json: str) -> None:
    assert loaded(*argv, stdin=week_json.encode()).isdisjoint(HEAVY)


@pytest.mark.parametrize(
    "argv",
    [
        "",
        "plan",
        "check",
        "target",
        "foods",
        "foods search",
        "foods show",
        "foods top",
        "dishes",
        "schema",
        "paths",
        "why",
        "change",
        "rate",
        "foods add",
        "dishes add",
    ],
)
def test_every_help_page_fits_and_names_exit_codes(cli: Callable, argv: str) -> None:
    said = cli(*argv.split(), "--help")
    assert said.code == ExitCode.OK
    assert "exit codes:" in said.out
    assert max(len(line) for line in said.out.splitlines()) <= 80
    assert said.err == ""


def test_the_main_help_documents_every_exit_code(cli: Callable) -> None:
    text = cli("--help").out.split("exit codes:")[1]
    assert [int(line.split()[0]) for line in text.splitlines()[1:10]] == [int(c) for c in ExitCode]


def test_alone_without_a_terminal_it_helps(cli: Callable) -> None:
    said = cli()
    assert said.code == ExitCode.USAGE
    assert said.err.startswith("usage: mealmag")
    assert said.out == ""


def test_alone_at_a_terminal_it_opens_the_screens(
    cli: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def screens(environ: dict[str, str]) -> int:
        opened.append(environ)
        return 0

    monkeypatch.setattr("mealmag.tui.app.run", screens)
    assert cli(terminal=True).code == ExitCode.OK
    assert "MEALMAG_HOME" in opened[0]


@pytest.mark.parametrize("argv", ["bogus", "foods", "plan --bogus", "plan --se female", "schema x"])
def test_wrong_use_is_2_and_says_so_on_stderr(cli: Callable, argv: str) -> None:
    said = cli(*argv.split())
    assert said.code == ExitCode.USAGE
    assert "usage: mealmag" in said.err
    assert said.out == ""


def test_a_fault_of_ours_is_one_line_and_the_rest_on_request(
    cli: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the kitchen is on fire")

    monkeypatch.setattr("mealmag.services.foods.top", broken)
    said = cli("foods", "top")
    assert said.code == ExitCode.INTERNAL
    assert "a fault of the program itself: ZeroDivisionError: the kitchen" in said.err
    assert "Traceback" not in said.err
    assert "Traceback" in cli("foods", "top", MEALMAG_DEBUG="1").err


def test_at_most_twenty_problems_are_listed(cli: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        problems = [DataProblem("f.csv", n, "id", "wrong.") for n in range(1, 24)]
        raise InputError("f.csv has 23 problems.", hint="Mend it.", problems=problems)

    monkeypatch.setattr("mealmag.services.foods.top", broken)
    lines = cli("foods", "top").err.splitlines()
    assert lines[0] == "mealmag: Something in the input is wrong."
    assert lines[1:3] == ["  f.csv has 23 problems.", "  f.csv:1: id: wrong."]
    assert lines[-3:] == ["  f.csv:20: id: wrong.", "  … and 3 more", "  → Mend it."]


LONG = "/a/long/path/" + "folder/" * 14 + "f.csv"


def long_error() -> InputError:
    return InputError(
        "What is wrong here takes many more words than there is room for on a terminal of eighty columns.",
        hint="What is to be done about it takes as many words, so that it too must go on in another line.",
        problems=[
            DataProblem("f.csv", 3, "id", "this is not what an id looks like, " * 4),
            DataProblem(LONG, None, None, "wrong."),
        ],
    )


def test_errors_fit_a_terminal_and_paths_stay_whole(
    cli: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise long_error()

    monkeypatch.setattr("mealmag.services.foods.top", broken)
    plain = cli("foods", "top")
    assert plain.err.splitlines()[1] == f"  {long_error().message}"
    assert len(plain.err.splitlines()) == 5
    said = cli("foods", "top", terminal=True)
    assert f"{LONG}:" in said.err.split()
    assert " ".join(said.err.split()) == " ".join(plain.err.split())
    lines = said.err.splitlines()
    assert all(len(line) <= 80 for line in lines if LONG not in line)
    assert all(line.startswith("  ") for line in lines[1:])
    assert lines[-1].startswith("    ")


def test_remarks_and_wrong_use_fit_a_terminal(cli: Callable) -> None:
    said = cli("schema", "x", terminal=True)
    assert said.code == ExitCode.USAGE
    assert max(len(line) for line in said.err.splitlines()) <= 80
    (line,) = [each for each in cli("schema", "x").err.splitlines() if "error:" in each]
    assert len(line) > 80
    argv = ("log", "--supplement", "300 mg elemental magnesium citrate")
    told = cli(*argv, terminal=True).err
    assert "loose stools" in " ".join(told.split())
    assert max(len(line) for line in told.splitlines()) <= 80
    assert max(len(line) for line in cli(*argv).err.splitlines()) > 80


def test_a_reader_that_leaves_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "mealmag", "foods", "top", "--limit", "999", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == ExitCode.OK


def test_a_full_disk_behind_stdout_is_said() -> None:
    full = Path("/dev/full")
    if not full.exists():  # a device of Linux; the rest of the test is for other systems
        return
    with full.open("wb") as stdout:
        run = subprocess.run(
            [sys.executable, "-m", "mealmag", "foods", "top"],
            stdout=stdout,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert run.returncode == ExitCode.CANNOT_WRITE
    said = run.stderr.decode()
    assert said.count("could not be written") == 1
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_pipes_are_utf8_whatever_the_locale() -> None:
    import os

    environ = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    run = mealmag("foods", "show", "almonds", env=environ)
    assert run.returncode == ExitCode.OK
    assert "almonds · amandelen" in run.stdout.decode("utf-8")


def test_a_home_that_is_no_full_path_is_refused(cli: Callable) -> None:
    said = cli("paths", MEALMAG_HOME="here")
    assert said.code == ExitCode.BAD_INPUT
    assert 'MEALMAG_HOME is "here"' in said.err


def test_what_an_engine_prints_does_not_reach_stdout() -> None:
    script = (
        "import os, sys\n"
        "from mealmag.cli.main import own_stdout, utf8_streams\n"
        "own_stdout(); utf8_streams()\n"
        "os.write(1, b'HiGHS says\\n'); print('data · ½')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == "data · ½\n"
