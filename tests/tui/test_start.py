"""Opening the screens costs no solver, and they fill the terminal."""

import subprocess
import sys

import pytest

_PROGRAM = """
import asyncio, pathlib, sys
from datetime import datetime
from mealmag.storage.paths import Paths
from mealmag.tui.app import MealmagApp

home = pathlib.Path(sys.argv[1])
painted = []

def warm():
    painted.append(sorted({"ortools", "pandas", "numpy", "httpx"} & set(sys.modules)))

async def main():
    app = MealmagApp(Paths(home, home, home), now=lambda: datetime(2026, 11, 23, 8), warm=warm)
    async with app.run_test() as pilot:
        await pilot.pause()
        while not painted:
            await pilot.pause(0.01)

asyncio.run(main())
print(painted)
"""


def test_first_paint_loads_no_solver(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[[]]\n"


_SIZE = """
import os, shutil, sys
from mealmag.cli.main import own_stdout
own_stdout()
from mealmag.tui import app
app.MealmagApp.run = lambda self: print(*shutil.get_terminal_size(), file=sys.stderr)
app.run(os.environ)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such terminals")
def test_the_screens_are_as_large_as_the_terminal(tmp_path) -> None:
    import os
    import pty
    import termios

    terminal, end = pty.openpty()
    termios.tcsetwinsize(end, (33, 111))
    environ = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    done = subprocess.run(
        [sys.executable, "-c", _SIZE],
        stdin=end,
        stdout=end,
        stderr=subprocess.PIPE,
        env={**environ, "MEALMAG_HOME": str(tmp_path)},
        text=True,
        timeout=60,
        check=False,
    )
    os.close(end)
    os.close(terminal)
    assert done.stderr == "111 33\n"
