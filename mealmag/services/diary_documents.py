"""What `mealmag log`, `undo` and `doctor` say as JSON."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Literal

from mealmag.nutrition.diary import Basis, Entry, Ledger
from mealmag.nutrition.document import Document, Part
from mealmag.nutrition.intake import ENERGY, MAGNESIUM
from mealmag.nutrition.totals import rounded
from mealmag.storage.diary.diary import Undone


class LoggedEntry(Part):
    """An entry and its day. `id` names it for ever; None is what is not known, or was not told."""

    id: str
    day: datetime.date
    meal: str
    time: str | None
    ledger: Ledger
    food: str
    name: str
    measure: str
    quantity: float
    unit: Literal["g", "unit"]
    dish: str
    magnesium_mg: float | None
    energy_kcal: float | None


class LogDocument(Document):
    """What was logged, in order; in a dry run nothing of it was `written`."""

    schema_name: ClassVar[str] = "mealmag/log/1"

    written: bool
    entries: tuple[LoggedEntry, ...]


class UndoDocument(Document):
    """What was taken back, and when it was done; both None where there was nothing to take back.

    `gone` are the entries that went away by it, `back` those that came back.
    """

    schema_name: ClassVar[str] = "mealmag/undo/1"

    what: str | None
    at: datetime.datetime | None
    gone: tuple[LoggedEntry, ...]
    back: tuple[LoggedEntry, ...]


class DoctorDocument(Document):
    """Whether the diary in the file is whole: where it is not, `faults` say why.

    No diary is a whole one. `copy_kept` is the diary as it was before a rebuild.
    """

    schema_name: ClassVar[str] = "mealmag/doctor/1"

    file: str
    exists: bool
    whole: bool
    faults: tuple[str, ...]
    copy_kept: str | None


def log_document(entries: Iterable[Entry], *, written: bool) -> LogDocument:
    """The document of what was logged, or would be."""
    return LogDocument(written=written, entries=_logged(entries))


def undo_document(undone: Undone | None) -> UndoDocument:
    """The document of what was taken back."""
    if undone is None:
        return UndoDocument(what=None, at=None, gone=(), back=())
    return UndoDocument(
        what=undone.what, at=undone.at, gone=_logged(undone.away), back=_logged(undone.back)
    )


def doctor_document(
    file: Path, faults: tuple[str, ...], *, exists: bool = True, copy: Path | None = None
) -> DoctorDocument:
    """The document of what the doctor found."""
    return DoctorDocument(
        file=str(file),
        exists=exists,
        whole=not faults,
        faults=faults,
        copy_kept=None if copy is None else str(copy),
    )


def _logged(entries: Iterable[Entry]) -> tuple[LoggedEntry, ...]:
    return tuple(map(_entry, entries))


def _entry(entry: Entry) -> LoggedEntry:
    magnesium, energy = entry.amount(MAGNESIUM), entry.amount(ENERGY)
    return LoggedEntry(
        id=entry.id,
        day=entry.day,
        meal=entry.meal,
        time=None if entry.at is None else entry.at.isoformat("minutes"),
        ledger=entry.ledger,
        food=entry.snapshot.food,
        name=entry.snapshot.name_en,
        measure=entry.measure,
        quantity=float(entry.quantity),
        unit="g" if entry.snapshot.basis is Basis.HUNDRED_GRAMS else "unit",
        dish=entry.dish,
        magnesium_mg=None if magnesium is None else rounded(magnesium),
        energy_kcal=None if energy is None else rounded(energy, 0),
    )
