"""Opening the screens costs no solver."""

import subprocess
import sys

_PROGRAM = """
import asyncio, pathlib, sys
from datetime import date
from mealmag.storage.paths import Paths
from mealmag.tui.app import MealmagApp

home = pathlib.Path(sys.argv[1])
painted = []

def warm():
    painted.append(sorted({"ortools", "pandas", "numpy", "httpx"} & set(sys.modules)))

async def main():
    app = MealmagApp(Paths(home, home, home), today=date(2026, 11, 23), warm=warm)
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
