"""Entries as JSON Lines: what leaves a diary whole, to the digit, and comes back the same.

The first line is `{"schema": "mealmag/diary/1"}`; each line after it is an entry, with its figures and
their source under `snapshot`. Numbers are text, because readers of JSON make binary fractions of them;
only the count of samples is a JSON number. Keys have a fixed order, so that equal entries give equal
bytes. null is what is unknown or was not told. Every field must be there.

Where there are usual meals, the first line is `{"schema": "mealmag/diary/2"}`, and after the entries each
usual meal has a line, `{"usual": NAME, "entries": [ENTRY, …]}`. Who reads 1 only refuses 2 by its first line.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from mealmag.errors import did_you_mean
from mealmag.nutrition.diary import Entry
from mealmag.storage.diary.entries import row_of
from mealmag.storage.diary.exchange import Intake, incoming_lines, outgoing, outgoing_text
from mealmag.storage.diary.exchange_fields import ENTRY_FIELDS, SNAPSHOT_FIELDS, TABLES, Fields
from mealmag.storage.diary.exchange_values import fault_of_key, quoted

SCHEMA = "mealmag/diary/1"
SCHEMA_WITH_USUALS = "mealmag/diary/2"

_HEADER = '{"schema": "%s"}'
_SNAPSHOT, _NUTRIENTS = "snapshot", "nutrients"
_OF_ENTRY = (*ENTRY_FIELDS, _SNAPSHOT)
_OF_SNAPSHOT = (*SNAPSHOT_FIELDS, _NUTRIENTS, TABLES)
_COUNT = "magnesium_n"
_USUAL, _ENTRIES = "usual", "entries"
_MAY_BE_NULL = frozenset({"time", "magnesium_se_mg"})

Wrong = Callable[[str | None, str], None]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file holds: entries in their order, and usual meals by name."""

    entries: tuple[Entry, ...]
    usuals: Mapping[str, tuple[Entry, ...]] = field(default_factory=lambda: MappingProxyType({}))


def to_jsonl(
    entries: Iterable[Entry], usuals: Mapping[str, Iterable[Entry]] = MappingProxyType({})
) -> str:
    """The entries and usual meals in their order. InputError for what `read_jsonl` would refuse."""
    lines = [
        _HEADER % (SCHEMA_WITH_USUALS if usuals else SCHEMA),
        *(_line(entry) for entry, _ in outgoing(entries)),
        *(_usual_line(name, meal) for name, meal in usuals.items()),
        "",
    ]
    return outgoing_text("\n".join(lines))


def read_jsonl(text: str, file: str) -> Carried:
    """What such a text holds. InputError that names every problem by its line of `file` and field.

    A byte-order mark, any kind of newline and empty lines are accepted.
    """
    intake = Intake(file)
    lines = (
        (number, line)
        for number, whole in enumerate(incoming_lines(text, file), 1)
        if (line := whole.strip(" \t\r\n"))
    )
    number, header = next(lines, (1, ""))
    schema = _schema_of(header, partial(intake.wrong, number))
    if intake.all_well:
        for number, line in lines:
            wrong = partial(intake.wrong, number)
            values = _values(line, wrong)
            if values is None:
                continue
            if schema == SCHEMA_WITH_USUALS and _USUAL in values:
                name, meal = _usual(values, wrong)
                intake.take_usual(number, name, meal)
            else:
                intake.take(number, _fields(values, wrong))
    return Carried(intake.entries(), MappingProxyType(intake.usuals()))


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of JSON as it is written, so that no digit of it is lost."""

    text: str


class _TwiceError(ValueError):
    """An object has a field twice; JSON would take the last and say nothing."""

    def __init__(self, field: str) -> None:
        super().__init__("This field stands there twice.")
        self.field = field


def _without_twice(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _TwiceError(name)
        found[name] = value
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_without_twice,
    parse_float=_Number,
    parse_int=_Number,
    parse_constant=_Number,
)


def _line(entry: Entry) -> str:
    row, figures = row_of(entry)
    del row["snapshot"]
    head = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"{_SNAPSHOT}":{figures}}}'


def _usual_line(name: str, meal: Iterable[Entry]) -> str:
    entries = ",".join(_line(entry) for entry, _ in outgoing(meal))
    return f'{{"{_USUAL}":{json.dumps(name, ensure_ascii=False)},"{_ENTRIES}":[{entries}]}}'


def _schema_of(line: str, wrong: Wrong) -> object:
    """The schema that the first line names; one that is not known is told."""
    try:
        header = _DECODER.decode(line)
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict) or "schema" not in header:
        known = f"{_HEADER % SCHEMA}, or {_HEADER % SCHEMA_WITH_USUALS} where there are usual meals"
        wrong("schema", f"The first line must be {known}.")
        return None
    _check_names(header, ("schema",), wrong)
    schema = header["schema"]
    if schema not in (SCHEMA, SCHEMA_WITH_USUALS):
        name = quoted(schema) if isinstance(schema, str) else "This"
        known = f"{SCHEMA} and {SCHEMA_WITH_USUALS}"
        wrong("schema", f"{name} is not known: this mealmag reads {known}.")
    return schema


def _usual(values: Mapping[str, object], wrong: Wrong) -> tuple[str, list[Fields]]:
    """The name of a usual meal, and the texts of its entries."""
    _check_names(values, (_USUAL, _ENTRIES), wrong)
    name, meal = values[_USUAL], values.get(_ENTRIES)
    if not isinstance(name, str):
        wrong(_USUAL, "This must be text, in quotes.")
        name = ""
    if not isinstance(meal, list) or not all(isinstance(entry, dict) for entry in meal):
        wrong(_ENTRIES, "These must be entries, in brackets.")
        meal = []
    return name, [_fields(entry, wrong) for entry in meal]


def _fields(entry: Mapping[str, object], wrong: Wrong) -> Fields:
    """The texts of an entry; what has not the form that it should have is told and left out."""
    _check_names(entry, _OF_ENTRY, wrong)
    snapshot = _object(entry, _SNAPSHOT, wrong, _OF_SNAPSHOT)
    nutrients = _object(snapshot, _NUTRIENTS, wrong)
    return Fields(
        _texts(
            {name: entry[name] for name in ENTRY_FIELDS if name in entry}
            | {name: snapshot[name] for name in SNAPSHOT_FIELDS if name in snapshot},
            _field,
            wrong,
        ),
        _texts(nutrients, partial(_figure, nutrients), wrong),
        _texts(
            _object(snapshot, TABLES, wrong),
            lambda _, value: _text(value),
            lambda _, message: wrong(TABLES, message),
        ),
    )


def _values(line: str, wrong: Wrong) -> Mapping[str, object] | None:
    """The object on a line; None, and told, when there is none."""
    try:
        entry = _DECODER.decode(line)
    except _TwiceError as error:
        wrong(error.field, str(error))
    except json.JSONDecodeError as error:
        wrong(None, f"This is not JSON: {error.msg}, at character {error.pos + 1}.")
    except RecursionError:
        wrong(None, "This is no entry: too much of it is inside something else.")
    else:
        if isinstance(entry, dict):
            return entry
        wrong(None, "This is no entry: write it as one object, in braces.")
    return None


def _object(
    values: Mapping[str, object], name: str, wrong: Wrong, fields: Sequence[str] = ()
) -> Mapping[str, object]:
    """The object under a name, of these fields if any are given; empty where there is none."""
    if name not in values:
        return {}
    value = values[name]
    if not isinstance(value, dict):
        wrong(name, "This must be an object, in braces.")
        return {}
    if fields:
        _check_names(value, fields, wrong)
    return value


def _check_names(values: Mapping[str, object], known: Sequence[str], wrong: Wrong) -> None:
    for name in values:
        if name not in known:
            wrong(name, f"This field is not known.{did_you_mean(name, known)}")
    for name in known:
        if name not in values:
            wrong(name, "This field is missing.")


def _texts(
    values: Mapping[str, object], form: Callable[[str, object], str], wrong: Wrong
) -> dict[str, str]:
    texts = {}
    for name, value in values.items():
        try:
            texts[name] = form(name, value)
        except ValueError as error:
            wrong(name, str(error))
    return texts


def _field(name: str, value: object) -> str:
    return _count(value) if name == _COUNT else _text(value, may_be_null=name in _MAY_BE_NULL)


def _figure(beside: Mapping[str, object], key: str, value: object) -> str:
    if fault := fault_of_key(key, beside):
        raise ValueError(fault)
    return _text(value, may_be_null=True)


def _text(value: object, *, may_be_null: bool = False) -> str:
    if value is None and may_be_null:
        return ""
    if isinstance(value, str):
        if may_be_null and not value:
            raise ValueError("This is empty: write null for what is unknown or was not told.")
        return value
    way = f": {quoted(value.text)}" if isinstance(value, _Number) else ""
    raise ValueError(f"This must be text, in quotes{way}{', or null' if may_be_null else ''}.")


def _count(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, _Number):
        return value.text
    raise ValueError("This must be a whole number without quotes, or null.")
