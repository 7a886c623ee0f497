"""Keep a meal under a name: ask for one, tell what it stands for already, write in a thread."""

import asyncio
from collections.abc import Sequence
from typing import Any

from textual.app import App

from mealmag.errors import MealmagError
from mealmag.nutrition.diary import Entry
from mealmag.services.diary import keep_usual, usual_of
from mealmag.storage.paths import Paths
from mealmag.tui.dialogs import AskDialog
from mealmag.tui.diary_words import contents_words, meal_words

_HOW = "By which name? It is in the list that f3 opens, from now on."


async def keep_meal(
    app: App[Any], paths: Paths, entries: Sequence[Entry], writes: asyncio.Lock
) -> str | None:
    """The whole conversation, and the name under which the entries of a meal are kept; None for none.

    A name that is taken is asked for once more, and then stands for these entries only. Runs in a worker,
    because it waits for answers; `writes` lets one change come after the other.
    """
    meal, what = meal_words(entries[0].meal), contents_words(entries)
    name, told, hint = entries[0].meal, "", f"{what}\n{_HOW}"
    while True:
        title = f"Keep as a usual meal: {meal}"
        name = await app.push_screen_wait(AskDialog(title, name, hint=hint, button="Keep"))
        if not name:
            return None
        try:
            taken = await asyncio.to_thread(usual_of, paths, name)
            if taken and name != told:
                told = name
                stands = f"“{name}” is {contents_words(taken)} now."
                hint = f"{stands}\nEnter once more puts this in its place: {what}"
                continue
            async with writes:
                await asyncio.to_thread(keep_usual, paths, name, entries)
        except MealmagError as error:
            hint = f"{error.message}\n{_HOW}"
        else:
            return name
