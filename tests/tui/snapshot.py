"""Pictures of screens as plain text: readable in a diff, and the same on every machine."""

import os
from pathlib import Path

from textual.app import App

_FOLDER = Path(__file__).parent / "snapshots"


def screen_text(app: App[None]) -> str:
    """What the terminal shows, line by line."""
    lines = [
        "".join(segment.text for segment in line).rstrip()
        for line in app.screen._compositor.render_strips()
    ]
    return "\n".join(lines) + "\n"


def assert_like_snapshot(app: App[None], name: str) -> None:
    """Compare with the stored picture; MEALMAG_SNAPSHOT_UPDATE=1 stores a new one."""
    shown = screen_text(app)
    path = _FOLDER / f"{name}.txt"
    if os.environ.get("MEALMAG_SNAPSHOT_UPDATE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.exists(), f"no picture {name}; make it with MEALMAG_SNAPSHOT_UPDATE=1"
    assert shown.splitlines() == path.read_text(encoding="utf-8").splitlines()
