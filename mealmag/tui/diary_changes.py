"""Changes of one entry of the diary by what it is, not by where it stood when it was last shown.

Another program may have changed the day since. These read and write files: call them in a thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from mealmag.errors import InputError
from mealmag.nutrition.diary import Entry
from mealmag.services.catalogue import Sources
from mealmag.services.diary import edit, remove
from mealmag.storage.diary.prefix import NoSuchEntryError
from mealmag.storage.paths import Paths


def remove_entry(paths: Paths, entry: Entry) -> None:
    """Take an entry away. InputError where it is not there any more."""
    with _still_there(entry):
        remove(paths, entry.day, [entry.id])


def change_amount(paths: Paths, entry: Entry, amount: str, today: date) -> Entry:
    """Give an entry another amount. InputError where that cannot be read, or the entry is gone."""
    with _still_there(entry):
        sources = Sources(own=paths)
        _, after = edit(paths, sources, entry.day, entry.id, amount=amount, today=today)
    return after


@contextmanager
def _still_there(entry: Entry) -> Iterator[None]:
    try:
        yield
    except NoSuchEntryError as error:
        raise InputError(
            f"{entry.snapshot.name_en} is not in the diary any more.",
            hint="Something else changed the diary; the page is read anew.",
        ) from error
