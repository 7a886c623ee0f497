"""What the files that entries are carried in have in common: limits, and a way in and a way out.

On the way in every fault of a file is gathered before anything is refused. Nothing goes out that could
not come in again, but for figures that cannot be: a diary that has such must not be locked in.
"""

import re
from collections.abc import Iterable, Iterator

from mealmag.errors import DataProblem, InputError
from mealmag.nutrition.diary import Entry
from mealmag.storage.diary.entries import shown
from mealmag.storage.diary.exchange_fields import Fault, Fields, Maker, fields_of
from mealmag.storage.diary.usual import key_of

MOST_ENTRIES = 200_000
MOST_BYTES = 200_000_000
MOST_TOLD = 20

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LONGEST_FIELD_SHOWN = 40
_BYTE_ORDER_MARK = "\ufeff"


class Intake:
    """The entries and usual meals that the lines of a file make, and all that is wrong with them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._maker = Maker(strict=True)
        self._entries: list[Entry] = []
        self._lines: dict[str, int] = {}
        self._usuals: dict[str, tuple[Entry, ...]] = {}
        self._names: dict[str, int] = {}
        self._taken = 0
        self._problems: list[DataProblem] = []
        self._wrong = 0

    def wrong(self, line: int, field: str | None, message: str) -> None:
        """Count a problem, and keep the first ones to tell."""
        self._wrong += 1
        if len(self._problems) < MOST_TOLD:
            name = None if field is None else shown(field[:_LONGEST_FIELD_SHOWN])
            self._problems.append(DataProblem(self._file, line, name, message))

    @property
    def all_well(self) -> bool:
        """Whether nothing was wrong so far."""
        return not self._wrong

    def take(self, line: int, fields: Fields) -> None:
        """Make the entry of a line. InputError when there are too many."""
        self._taken += 1
        if self._taken > MOST_ENTRIES:
            raise InputError(
                f"{self._file} has more than {MOST_ENTRIES:,} entries.",
                hint="Divide it into several files. Nothing was changed.",
            )
        entry = self._made(line, fields)
        first = self._lines.setdefault(entry.id, line) if entry.id else line
        if first != line:
            self.wrong(line, "id", f"The entry on line {first} has this id: give each its own.")
        if self.all_well:
            self._entries.append(entry)

    def take_usual(self, line: int, name: str, meal: Iterable[Fields]) -> None:
        """Make the usual meal of a line. Its entries may have the ids of the entries it was kept of."""
        entries = tuple(self._made(line, fields) for fields in meal)
        if self.all_well and not entries:
            self.wrong(line, "entries", "A usual meal must have an entry.")
        if self.all_well and len({entry.id for entry in entries}) < len(entries):
            self.wrong(line, "entries", "Two of these entries have one id: give each its own.")
        try:
            key = key_of(name)
        except InputError as error:
            self.wrong(line, "usual", error.message)
            return
        first = self._names.setdefault(key, line)
        if first != line:
            self.wrong(line, "usual", f"The usual meal on line {first} has this name.")
        if self.all_well:
            self._usuals[key] = entries

    def _made(self, line: int, fields: Fields) -> Entry:
        entry, faults = self._maker.entry(fields)
        for fault in faults:
            self.wrong(line, fault.field, fault.message)
        return entry

    def usuals(self) -> dict[str, tuple[Entry, ...]]:
        """The usual meals by their names as a diary keeps them. To be asked for after `entries`."""
        return self._usuals

    def entries(self) -> tuple[Entry, ...]:
        """The entries in the order of the file. InputError when anything was wrong."""
        if self._wrong:
            count = "a problem" if self._wrong == 1 else f"{self._wrong:,} problems"
            raise InputError(
                f"{self._file} has {count}.",
                hint="Mend what is named above. Nothing was changed.",
                problems=self._problems,
                more=self._wrong - len(self._problems),
            )
        return tuple(self._entries)


def incoming_lines(text: str, file: str) -> Iterator[str]:
    """The lines of a file with their ends, as an editor counts them. InputError when it is too large."""
    if _is_too_large(text):
        raise InputError(
            f"{file} has more than {MOST_BYTES // 1_000_000} MB.",
            hint="Divide it into several files. Nothing was changed.",
        )
    return (line.group() for line in _LINE.finditer(text.removeprefix(_BYTE_ORDER_MARK)))


def outgoing(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Fields]]:
    """Each entry with its fields. InputError for what could not be read back."""
    maker = Maker()
    ids: set[str] = set()
    for entry in entries:
        fields = fields_of(entry)
        _, faults = maker.entry(fields)
        if faults:
            raise unwritable(entry, faults[0])
        if entry.id in ids:
            raise unwritable(entry, Fault("id", "it stands there twice."))
        ids.add(entry.id)
        if len(ids) > MOST_ENTRIES:
            raise InputError(
                f"There are more than {MOST_ENTRIES:,} entries.", hint="Write fewer days at once."
            )
        yield entry, fields


def outgoing_text(text: str) -> str:
    """The text itself. InputError when it is too large to be read back."""
    if _is_too_large(text):
        raise InputError(
            f"The entries take more than {MOST_BYTES // 1_000_000} MB.",
            hint="Write fewer days at once.",
        )
    return text


def unwritable(entry: Entry, fault: Fault, hint: str = "Change or remove it first.") -> InputError:
    """That an entry cannot be written, and why."""
    return InputError(
        f"The entry {shown(entry.id)} of {entry.day} cannot be written: "
        f"{shown(fault.field)}: {fault.message}",
        hint=hint,
    )


def _is_too_large(text: str) -> bool:
    return len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES
