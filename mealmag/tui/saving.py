"""Save a plan as JSON: ask where, ask before replacing, write in a thread, say how it went."""

import asyncio
from pathlib import Path
from typing import Any

from textual.app import App

from mealmag.errors import MealmagError
from mealmag.export.json import plan_json
from mealmag.planning.plan import Plan
from mealmag.storage.atomic import write_atomic
from mealmag.tui.dialogs import AskDialog, MessageDialog


async def save_plan(app: App[Any], plan: Plan) -> None:
    """The whole conversation; runs in a worker, because it waits for answers."""
    name = f"mealmag-week-{plan.days[0].date}.json"
    while True:
        name = await app.push_screen_wait(
            AskDialog(
                "Save the plan as JSON",
                name,
                hint="A name, or a full path; without a folder it goes to the current one.",
                button="Save",
            )
        )
        if not name:
            return
        path = _path(name)
        if await asyncio.to_thread(path.is_file):
            question = MessageDialog(
                "That file is there already",
                f"{path}\nReplace it with this plan?",
                {"cancel": "Keep it", "replace": "Replace"},
            )
            if await app.push_screen_wait(question) != "replace":
                continue
        try:
            await asyncio.to_thread(write_atomic, path, plan_json(plan))
        except MealmagError as error:
            await app.push_screen_wait(MessageDialog.of(error))
            continue
        app.notify(str(path.absolute()), title="Plan saved", markup=False)
        return


def _path(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # "~nobody" has no home
        return Path(name)
