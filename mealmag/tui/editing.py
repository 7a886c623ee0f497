"""Change the amount of an entry: ask until it can be read or is left, write in a thread."""

import asyncio
from datetime import date
from typing import Any

from textual.app import App

from mealmag.errors import MealmagError
from mealmag.nutrition.diary import Entry
from mealmag.storage.paths import Paths
from mealmag.tui.dialogs import AskDialog
from mealmag.tui.diary_changes import change_amount

_HOW = "Write it as you would log it: 30 g, 2 slices, ½ cup."


async def edit_amount(
    app: App[Any], paths: Paths, entry: Entry, today: date, writes: asyncio.Lock
) -> Entry | None:
    """The whole conversation, and the entry as it is then; None where it was left as it was.

    Runs in a worker, because it waits for answers; `writes` lets one change come after the other.
    """
    amount, hint = entry.measure, _HOW
    while True:
        title = f"How much {entry.snapshot.name_en} was it?"
        amount = await app.push_screen_wait(AskDialog(title, amount, hint=hint, button="Change"))
        if not amount:
            return None
        try:
            async with writes:
                return await asyncio.to_thread(change_amount, paths, entry, amount, today)
        except MealmagError as error:
            reasons = [problem.message for problem in error.problems] or [error.message]
            hint = "\n".join([*reasons, _HOW])
