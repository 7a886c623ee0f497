"""Changes of one entry of the diary by what it is, not by where it stood when it was last shown.

Another program may have changed the day since; the services number the entries of a day. These read and write
files: call them in a thread.
"""

from datetime import date

from mealmag.errors import InputError
from mealmag.nutrition.diary import Entry
from mealmag.services.catalogue import Sources
from mealmag.services.diary import edit, entries_of, remove
from mealmag.storage.paths import Paths


def remove_entry(paths: Paths, entry: Entry) -> None:
    """Take an entry away. InputError where it is not there any more."""
    remove(paths, entry.day, [_number(paths, entry)])


def change_amount(paths: Paths, entry: Entry, amount: str, today: date) -> Entry:
    """Give an entry another amount. InputError where that cannot be read, or the entry is gone."""
    number = _number(paths, entry)
    _, after = edit(
        paths, Sources(own=paths), entry.day, number, amount=amount, moved=None, today=today
    )
    return after


def _number(paths: Paths, entry: Entry) -> int:
    for number, each in enumerate(entries_of(paths, entry.day), start=1):
        if each.id == entry.id:
            return number
    raise InputError(
        f"{entry.snapshot.name_en} is not in the diary any more.",
        hint="Something else changed the diary; the page is read anew.",
    )
