"""A day of the diary, read for the screen: the entries at once, the account as soon as it is worked out."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from mealmag.errors import MealmagError
from mealmag.nutrition.account import DayAccount
from mealmag.nutrition.diary import Entry
from mealmag.services.account import account_of_day
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.services.diary import entries_of
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui.account_figures import (
    account_page,
    bare_head,
    bare_page,
    energy_words,
    magnesium_head,
)
from mealmag.tui.diary_words import refusal_words

EXAMPLES = ("2 eggs and a slice of rye bread", "lunch: 200 g lentil soup, an apple")
_NOBODY = "no target yet: who eats? (F4)"
_WHO_EATS = (
    "How much magnesium you need depends on who you are: F4 fills in the profile, sex and age are enough. "
    "Logging goes on without it, and what is logged now counts later."
)


@dataclass(frozen=True, slots=True)
class DayPage:
    """What is shown of a day. `head` and `figures` are None while they are not worked out yet; `words` stand
    where there are no entries."""

    day: date
    entries: tuple[Entry, ...]
    words: str
    head: Text | None = None
    figures: RenderableType | None = None
    energy: str = ""


async def pages_of(
    paths: Paths, profile: Profile | None, day: date, today: date
) -> AsyncIterator[DayPage]:
    """The page of a day, twice: without its account, and with it. Files are read in threads."""
    try:
        entries = await asyncio.to_thread(entries_of, paths, day)
    except MealmagError as error:
        head = bare_head((), "the diary cannot be read")
        yield DayPage(day, (), refusal_words(error), head, Text())
        return
    page = DayPage(day, entries, _invitation(day, today))
    yield page
    if profile is None:
        yield replace(page, head=bare_head(entries, _NOBODY), figures=bare_page(entries, _WHO_EATS))
        return
    try:
        account = await asyncio.to_thread(_account, paths, profile, day, today)
    except MealmagError as error:
        why = bare_page(entries, refusal_words(error))
        yield replace(page, head=bare_head(entries, "no target"), figures=why)
    else:
        head = magnesium_head(account.magnesium)
        energy = energy_words(account)
        yield replace(page, head=head, figures=account_page(account), energy=energy)


def _account(paths: Paths, profile: Profile, day: date, today: date) -> DayAccount:
    return account_of_day(paths, profile, load_catalogue(Sources(own=paths)), day, today)


def _invitation(day: date, today: date) -> str:
    when = "today yet" if day == today else "on this day"
    examples = "\n".join(f"  {example}" for example in EXAMPLES)
    return f"Nothing is logged {when}. Type what you ate, and press Enter:\n\n{examples}"
