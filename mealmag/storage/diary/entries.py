"""Entries and their figures as rows and text, and back, so that every digit and every sign returns."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType

from mealmag.errors import InputError
from mealmag.nutrition.diary import Basis, Entry, Ledger, Snapshot

Row = dict[str, str | int | None]

COLUMNS = (
    "id", "day", "time", "meal", "ledger", "quantity", "measure", "said", "dish", "snapshot",
)  # fmt: skip

_ID = re.compile(r"[0-9a-f]{32}")
_UNREADABLE = (KeyError, TypeError, ValueError, ArithmeticError, AttributeError)


def row_of(entry: Entry) -> tuple[Row, str]:
    """An entry's columns, and its figures as text, of which the column `snapshot` is the hash.

    InputError for what no diary can keep.
    """
    if not _ID.fullmatch(entry.id):
        raise InputError(f'"{shown(entry.id)}" is no id of an entry: 32 hexadecimal digits.')
    # The second condition is the database's own: a number that it too sees as more than nothing.
    if not entry.quantity.is_finite() or float(entry.quantity) <= 0:
        raise InputError(f"{entry.quantity} is not a quantity above zero.")
    figures = figures_of(entry.snapshot)
    row: Row = {
        "id": entry.id,
        "day": entry.day.isoformat(),
        "time": None if entry.at is None else entry.at.isoformat(),
        "meal": kept(entry.meal),
        "ledger": entry.ledger.value,
        "quantity": str(entry.quantity),
        "measure": kept(entry.measure),
        "said": kept(entry.said),
        "dish": kept(entry.dish),
        "snapshot": hash_of(figures),
    }
    return row, figures


def entry_of(row: Mapping[str, object], snapshot: Snapshot) -> Entry:
    """The entry of a row. InputError when the row does not make one."""
    try:
        at = row["time"]
        return Entry(
            id=_text(row["id"]),
            day=date.fromisoformat(_text(row["day"])),
            ledger=Ledger(_text(row["ledger"])),
            quantity=_decimal(row["quantity"]),
            measure=_text(row["measure"]),
            snapshot=snapshot,
            meal=_text(row["meal"]),
            at=None if at is None else time.fromisoformat(_text(at)),
            said=_text(row["said"]),
            dish=_text(row["dish"]),
        )
    except _UNREADABLE as error:
        raise _unreadable(f"the entry {shown(str(row.get('id')))}") from error


def figures_of(snapshot: Snapshot) -> str:
    """A snapshot as canonical JSON: equal figures, to the digit, give equal text."""
    words = {
        "food": snapshot.food,
        "name_en": snapshot.name_en,
        "name_nl": snapshot.name_nl,
        "group": snapshot.group,
        "source": snapshot.source,
        "record": snapshot.record,
        "basis": snapshot.basis.value,
    }
    return json.dumps(
        {
            **{key: kept(word) for key, word in words.items()},
            "nutrients": {kept(key): _digits(n) for key, n in snapshot.nutrients.items()},
            "magnesium_n": snapshot.magnesium_n,
            "magnesium_se_mg": _digits(snapshot.magnesium_se_mg),
            "magnesium_tables": {
                kept(key): _digits(n) for key, n in snapshot.magnesium_tables.items()
            },
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def read_figures(figures: str) -> Snapshot:
    """The snapshot of such text. InputError when the text does not make one."""
    try:
        values = json.loads(figures)
        n = values["magnesium_n"]
        if n is not None and type(n) is not int:
            raise TypeError("a count is a whole number")
        se_mg = values["magnesium_se_mg"]
        return Snapshot(
            food=_text(values["food"]),
            name_en=_text(values["name_en"]),
            name_nl=_text(values["name_nl"]),
            group=_text(values["group"]),
            source=_text(values["source"]),
            record=_text(values["record"]),
            basis=Basis(values["basis"]),
            nutrients=MappingProxyType(
                {
                    key: None if number is None else _decimal(number)
                    for key, number in values["nutrients"].items()
                }
            ),
            magnesium_n=n,
            magnesium_se_mg=None if se_mg is None else _decimal(se_mg),
            magnesium_tables=MappingProxyType(
                {key: _decimal(number) for key, number in values["magnesium_tables"].items()}
            ),
        )
    except _UNREADABLE as error:
        raise _unreadable("the figures of a food") from error


def hash_of(figures: str) -> str:
    """The name under which figures are kept."""
    return hashlib.sha256(figures.encode()).hexdigest()


def text_of(rows: object) -> str:
    """A row, or several, as JSON."""
    return json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rows_of(text: str) -> tuple[Row, ...]:
    """The row, or the several, of such JSON. InputError when it holds something else."""
    rows: list[Row] = []
    try:
        values = json.loads(text)
        for row in values if isinstance(values, list) else [values]:
            if not isinstance(row, dict) or not row.keys() >= set(COLUMNS):
                raise TypeError("not a row")
            rows.append(row)
    except _UNREADABLE as error:
        raise _unreadable("an earlier or usual entry") from error
    return tuple(rows)


def kept(text: str) -> str:
    """The text itself. InputError when it holds signs that no file can keep."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _unkeepable(text) from error
    if "\0" in text:
        raise _unkeepable(text)
    return text


def shown(text: str) -> str:
    """Text that is safe for a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _digits(number: Decimal | None) -> str | None:
    if number is None:
        return None
    if not number.is_finite():
        raise InputError(f"{number} is not a figure of a food.", hint="Nothing was changed.")
    return str(number)


def _decimal(value: object) -> Decimal:
    number = Decimal(_text(value))
    if not number.is_finite():
        raise ValueError("not a number")
    return number


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _unkeepable(text: str) -> InputError:
    return InputError(
        f'"{shown(text)}" holds signs that cannot be kept.',
        hint="Write it with other signs. Nothing was changed.",
    )


def _unreadable(what: str) -> InputError:
    return InputError(
        f"The diary cannot be read: {what} in it is damaged.",
        hint="Put a copy of the diary that is whole in its place.",
    )
