"""An entry as texts by field, as it stands in a file of any form, and the entry that such texts make."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from mealmag.nutrition.diary import Basis, Entry, Ledger, Snapshot
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.storage.diary import exchange_values as values
from mealmag.storage.diary.exchange_limits import impossible

ENTRY_FIELDS = ("id", "day", "time", "meal", "ledger", "quantity", "measure", "said", "dish")
SNAPSHOT_FIELDS = (
    "food", "name_en", "name_nl", "group", "source", "record", "basis", "magnesium_n", "magnesium_se_mg",
)  # fmt: skip
TABLES = "magnesium_tables"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fields:
    """An entry as texts by field, its nutrients by key and its magnesium by food table.

    An empty text is what is unknown or was not told. A field whose text was at fault already is left out.
    """

    texts: Mapping[str, str]
    nutrients: Mapping[str, str]
    tables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field, as a sentence."""

    field: str
    message: str


def fields_of(entry: Entry) -> Fields:
    """The texts of an entry."""
    snapshot = entry.snapshot
    texts = {
        "id": entry.id,
        "day": entry.day.isoformat(),
        "time": "" if entry.at is None else entry.at.isoformat(),
        "meal": entry.meal,
        "ledger": entry.ledger.value,
        "quantity": str(entry.quantity),
        "measure": entry.measure,
        "said": entry.said,
        "dish": entry.dish,
        "food": snapshot.food,
        "name_en": snapshot.name_en,
        "name_nl": snapshot.name_nl,
        "group": snapshot.group,
        "source": snapshot.source,
        "record": snapshot.record,
        "basis": snapshot.basis.value,
        "magnesium_n": _text(snapshot.magnesium_n),
        "magnesium_se_mg": _text(snapshot.magnesium_se_mg),
    }
    return Fields(
        texts,
        {key: _text(figure) for key, figure in snapshot.nutrients.items()},
        {table: _text(figure) for table, figure in snapshot.magnesium_tables.items()},
    )


class Maker:
    """Makes entries of fields. Equal figures make one snapshot, so that years of entries stay small.

    `strict` finds fault with figures that cannot be.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self._strict = strict
        self._snapshots: dict[tuple[object, ...], Snapshot] = {}

    def entry(self, fields: Fields) -> tuple[Entry, list[Fault]]:
        """The entry, and what is wrong with it: something stands in the place of each fault."""
        read = _Reader(fields.texts)
        snapshot, faults = self._snapshot(fields)
        entry = Entry(
            id=read("id", values.read_id, ""),
            day=read("day", values.read_day, date.min),
            at=read("time", values.read_time, None),
            meal=read("meal", values.read_words, ""),
            ledger=read("ledger", values.read_ledger, Ledger.FOOD),
            quantity=read("quantity", values.read_quantity, Decimal(1)),
            measure=read("measure", values.read_words, ""),
            said=read("said", values.read_words, ""),
            dish=read("dish", values.read_words, ""),
            snapshot=snapshot,
        )
        return entry, [*read.faults, *faults]

    def _snapshot(self, fields: Fields) -> tuple[Snapshot, list[Fault]]:
        key = (
            *map(fields.texts.get, SNAPSHOT_FIELDS),
            tuple(fields.nutrients.items()),
            tuple(fields.tables.items()),
        )
        if key in self._snapshots:
            return self._snapshots[key], []
        read = _Reader(fields.texts)
        snapshot = Snapshot(
            food=read("food", values.read_words, ""),
            name_en=read("name_en", values.read_words, ""),
            name_nl=read("name_nl", values.read_words, ""),
            group=read("group", values.read_words, ""),
            source=read("source", values.read_words, ""),
            record=read("record", values.read_words, ""),
            basis=read("basis", values.read_basis, Basis.ONE),
            nutrients=_nutrients(fields.nutrients, read.faults),
            magnesium_n=read("magnesium_n", values.read_count, None),
            magnesium_se_mg=read("magnesium_se_mg", values.read_figure, None),
            magnesium_tables=_tables(fields.tables, read.faults),
        )
        if self._strict and not read.faults and snapshot.basis is Basis.HUNDRED_GRAMS:
            read.faults += _impossible(snapshot)
        if not read.faults:
            self._snapshots[key] = snapshot
        return snapshot, read.faults


class _Reader:
    """Reads the texts of fields; one that is at fault is told once, and a stand-in is given."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self.faults: list[Fault] = []

    def __call__(self, field: str, reader: Callable[[str], T], instead: T) -> T:
        text = self._texts.get(field)
        if text is None:
            return instead
        try:
            return reader(text)
        except ValueError as error:
            self.faults.append(Fault(field, str(error)))
            return instead


def _nutrients(texts: Mapping[str, str], faults: list[Fault]) -> Mapping[str, Decimal | None]:
    figures: dict[str, Decimal | None] = {}
    for key, text in texts.items():
        try:
            if key not in BY_KEY:
                values.read_nutrient_key(key)
            figures[key] = values.read_figure(text)
        except ValueError as error:
            faults.append(Fault(key, str(error)))
    return MappingProxyType(figures)


def _tables(texts: Mapping[str, str], faults: list[Fault]) -> Mapping[str, Decimal]:
    figures: dict[str, Decimal] = {}
    for table, text in texts.items():
        try:
            figures[values.read_table(table)] = values.read_known_figure(text)
        except ValueError as error:
            faults.append(Fault(TABLES, str(error)))
    return MappingProxyType(figures)


def _impossible(snapshot: Snapshot) -> Iterator[Fault]:
    for key, message in impossible(snapshot.nutrients):
        yield Fault(key, message)
    for table, figure in snapshot.magnesium_tables.items():
        for _, message in impossible({"magnesium_mg": figure}):
            yield Fault(TABLES, f"{table}: {message}")


def _text(number: Decimal | int | None) -> str:
    return "" if number is None else str(number)
