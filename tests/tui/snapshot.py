"""Screens as plain text: what a person sees, line by line, compared with a file beside this one."""

import difflib
import os
from pathlib import Path
from typing import Any

from textual.app import App

FOLDER = Path(__file__).parent / "snapshots"
UPDATE = "MEALMAG_SNAPSHOT_UPDATE"


def screen_text(app: App[Any]) -> str:
    """The text of the open screen, without trailing spaces."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips).rstrip("\n") + "\n"


def assert_snapshot(app: App[Any], name: str) -> None:
    """Compare with `snapshots/NAME.txt`; `MEALMAG_SNAPSHOT_UPDATE=1` writes it instead."""
    seen = screen_text(app)
    path = FOLDER / f"{name}.txt"
    if os.environ.get(UPDATE):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(seen, "utf-8")
        return
    wanted = path.read_text("utf-8") if path.exists() else ""
    if seen != wanted:
        lines = difflib.unified_diff(
            wanted.splitlines(), seen.splitlines(), f"{name} (kept)", f"{name} (now)", lineterm=""
        )
        raise AssertionError(
            f"The screen {name} looks different. {UPDATE}=1 keeps it as it is now.\n"
            + "\n".join(lines)
        )
