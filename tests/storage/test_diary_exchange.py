"""Entries that leave a diary as text: they come back to the digit, and every fault is named by its place."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta, timezone
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mealmag.errors import InputError
from mealmag.nutrition.diary import Basis, Entry, Ledger, Snapshot
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.storage.diary import exchange
from mealmag.storage.diary.entries import row_of
from mealmag.storage.diary.exchange_csv import COLUMNS, from_csv, to_csv
from mealmag.storage.diary.exchange_json import SCHEMA, SCHEMA_WITH_USUALS, read_jsonl, to_jsonl
from mealmag.storage.diary.usual import key_of


def from_jsonl(text: str, file: str) -> tuple[Entry, ...]:
    carried = read_jsonl(text, file)
    assert carried.usuals == {}
    return carried.entries


OATS = Snapshot(
    food="oats",
    name_en="Oats",
    name_nl="Havermout",
    group="whole-grains",
    source="USDA",
    record="usda:20038",
    basis=Basis.HUNDRED_GRAMS,
    nutrients={"magnesium_mg": Decimal("177.0"), "zinc_mg": None, "energy_kcal": Decimal(389)},
    magnesium_n=8,
    magnesium_se_mg=Decimal("2.10"),
    magnesium_tables={"usda": Decimal(177), "cofid": Decimal("110.0")},
)
PILL = Snapshot(
    "", "Pill", "Pil", "", "label", "", Basis.ONE, {"magnesium_mg": Decimal(100), "lutein_ug": None}
)
BREAKFAST = Entry(
    id="0123456789abcdef0123456789abcdef",
    day=date(2026, 3, 2),
    ledger=Ledger.FOOD,
    quantity=Decimal("40.50"),
    measure="½ cup",
    snapshot=OATS,
    meal="breakfast",
    at=time(7, 30),
    said='oats, "rolled"',
    dish="porridge",
)
TABLET = Entry("f" * 32, date(2026, 3, 2), Ledger.SUPPLEMENT, Decimal(2), "2 tablets", PILL)
BREAKFAST_LINE = (
    '{"id":"0123456789abcdef0123456789abcdef","day":"2026-03-02","time":"07:30:00","meal":"breakfast",'
    '"ledger":"food","quantity":"40.50","measure":"½ cup","said":"oats, \\"rolled\\"","dish":"porridge",'
    '"snapshot":{"basis":"100 g","food":"oats","group":"whole-grains","magnesium_n":8,'
    '"magnesium_se_mg":"2.10","magnesium_tables":{"cofid":"110.0","usda":"177"},"name_en":"Oats",'
    '"name_nl":"Havermout","nutrients":{"energy_kcal":"389","magnesium_mg":"177.0","zinc_mg":null},'
    '"record":"usda:20038","source":"USDA"}}'
)
BREAKFAST_CELLS = {
    "id": "0123456789abcdef0123456789abcdef", "day": "2026-03-02", "time": "07:30:00",
    "meal": "breakfast", "ledger": "food", "name_en": "Oats", "name_nl": "Havermout", "food": "oats",
    "group": "whole-grains", "source": "USDA", "record": "usda:20038", "basis": "100 g",
    "quantity": "40.50", "measure": "½ cup", "said": 'oats, "rolled"', "dish": "porridge",
    "magnesium_n": "8", "magnesium_se_mg": "2.10", "magnesium_tables": "cofid=110.0;usda=177",
}  # fmt: skip
OWN = ("choline_mg", "lutein_ug", "tryptophan_g")

FIGURES = st.builds(
    lambda digits, power: Decimal(f"{digits}E{power}"),
    st.integers(0, 10**6) | st.integers(0, 10**28 - 1),
    st.integers(-12, 3),
)
HELD = st.integers(0, 100).map(Decimal) | st.builds(
    lambda digits: Decimal(f"{digits}E-26"), st.integers(0, 10**28 - 1)
)
"""What 100 g may hold, whatever the unit."""
QUANTITIES = FIGURES.filter(lambda n: n > 0)
STARTS = st.sampled_from(["", "", "=", "+", "-", "@", "'", "''=", "\t", "\r\n", "＝", '"'])


def words(signs: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, STARTS, st.text(signs, max_size=6))


def entries(text: st.SearchStrategy[str]) -> st.SearchStrategy[Entry]:
    snapshots = st.builds(
        Snapshot,
        food=text,
        name_en=text,
        name_nl=text,
        group=text,
        source=text,
        record=text,
        basis=st.sampled_from(Basis),
        nutrients=st.dictionaries(st.sampled_from([*BY_KEY, *OWN]), st.none() | HELD, max_size=4),
        magnesium_n=st.none() | st.integers(0, 500),
        magnesium_se_mg=st.none() | FIGURES,
        magnesium_tables=st.dictionaries(
            st.sampled_from(["usda", "cofid", "NEVO", "my own table"]), HELD, max_size=3
        ),
    )
    return st.builds(
        Entry,
        id=st.uuids().map(lambda u: u.hex),
        day=st.dates(),
        ledger=st.sampled_from(Ledger),
        quantity=QUANTITIES,
        measure=text,
        snapshot=snapshots,
        meal=text,
        at=st.none() | st.times(),
        said=text,
        dish=text,
    )


def lists(one: st.SearchStrategy[Entry]) -> st.SearchStrategy[list[Entry]]:
    return st.lists(one, max_size=4, unique_by=lambda e: e.id)


ANY = words(st.characters(codec="utf-8", exclude_characters="\0"))
IN_A_TABLE = words(
    st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\t\r\n\"';,")
)


def filled(given: list[Entry]) -> list[Entry]:
    """The entries with every column's nutrient, unknown where they lack it."""
    keys = {**BY_KEY, **{key: None for one in given for key in one.snapshot.nutrients}}
    return [
        replace(
            one,
            snapshot=replace(
                one.snapshot, nutrients={**dict.fromkeys(keys), **one.snapshot.nutrients}
            ),
        )
        for one in given
    ]


def same(found: tuple[Entry, ...], wanted: list[Entry]) -> bool:
    """Whether they are equal, to the digit too."""
    rows = [row_of(one) for one in wanted]
    return found == tuple(wanted) and [row_of(one) for one in found] == rows


def table(*rows: dict[str, str], columns: tuple[str, ...] = ()) -> str:
    """A table of these cells, under the fixed columns and some of nutrients."""
    text = StringIO()
    writer = csv.DictWriter(text, [*COLUMNS, "magnesium_mg", *columns], restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def refused(read: Callable[[str, str], object], text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, "diary.txt")
    assert caught.value.hint
    assert caught.value.message.isprintable()
    assert all(str(problem).isprintable() for problem in caught.value.problems)
    assert {problem.file for problem in caught.value.problems} <= {"diary.txt"}
    return caught.value


def places(error: InputError) -> list[tuple[int | None, str | None]]:
    return [(problem.line, problem.column) for problem in error.problems]


@settings(max_examples=60, deadline=None)
@given(lists(entries(ANY)))
def test_json_lines_and_back(given: list[Entry]) -> None:
    text = to_jsonl(given)
    found = from_jsonl(text, "diary.jsonl")
    assert same(found, given)
    assert to_jsonl(found) == text


@settings(max_examples=60, deadline=None)
@given(lists(entries(IN_A_TABLE)))
def test_a_table_and_back(given: list[Entry]) -> None:
    text = to_csv(given)
    found = from_csv(text, "diary.csv")
    assert same(found, filled(given))
    assert to_csv(found) == text
    assert to_csv(filled(given)) == text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.integers(0, 1400), st.integers(0, 30))
def test_a_damaged_file_is_read_or_refused(noise: str, at: int, gone: int) -> None:
    for write, read in ((to_jsonl, from_jsonl), (to_csv, from_csv)):
        good = write([BREAKFAST, TABLET])
        for text in (noise, good[:at] + noise + good[at + gone :], good[:at]):
            try:
                again = write(read(text, "diary.txt"))
            except InputError as error:
                told = error.problems
            else:
                assert write(read(again, "diary.txt")) == again
                continue
            assert told
            assert all(str(problem).isprintable() for problem in told)


def test_json_lines_as_they_are_written() -> None:
    head = '{"schema": "mealmag/diary/1"}\n'
    assert to_jsonl([BREAKFAST]) == f"{head}{BREAKFAST_LINE}\n"
    assert to_jsonl([]) == head
    assert from_jsonl(head, "x") == ()
    other = replace(OATS, nutrients=dict(reversed(OATS.nutrients.items())))
    assert to_jsonl([replace(BREAKFAST, snapshot=other)]) == to_jsonl([BREAKFAST])
    assert from_jsonl(to_jsonl([TABLET, BREAKFAST]), "x") == (TABLET, BREAKFAST)
    assert json.loads(to_jsonl([TABLET]).splitlines()[1])["time"] is None


def test_a_table_as_it_is_written() -> None:
    choline = replace(OATS, nutrients={**OATS.nutrients, "choline_mg": Decimal("40.40")})
    text = to_csv([TABLET, replace(BREAKFAST, snapshot=choline)])
    header, tablet, breakfast, *rest = csv.reader(StringIO(text, newline=""))
    assert rest == []
    assert header == [*COLUMNS, *BY_KEY, "choline_mg", "lutein_ug"]
    cells = dict(zip(header, breakfast, strict=True))
    figures = {"energy_kcal": "389", "magnesium_mg": "177.0", "choline_mg": "40.40"}
    assert {key: cell for key, cell in cells.items() if cell} == BREAKFAST_CELLS | figures
    assert dict(zip(header, tablet, strict=True))["time"] == ""
    assert text.endswith("\r\n")
    assert to_csv([]).strip() == ",".join((*COLUMNS, *BY_KEY))
    assert from_csv(to_csv([]), "x") == ()


def test_a_nutrient_that_a_table_leaves_empty_or_out_is_unknown() -> None:
    found = from_csv(to_csv([BREAKFAST, TABLET]), "x")
    assert found == tuple(filled([BREAKFAST, TABLET]))
    assert found[0].amount("zinc_mg") is None
    assert found[1].snapshot.nutrients["zinc_mg"] is None
    (one,) = from_csv(table(BREAKFAST_CELLS | {"magnesium_mg": "0"}), "x")
    assert one.snapshot.nutrients == {"magnesium_mg": 0}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+2", "'=1+2"),
        ("+31", "'+31"),
        ("- oats", "'- oats"),
        ("@home", "'@home"),
        ("'=1", "''=1"),
        ("''@", "'''@"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("\r\nx", "'\r\nx"),
        ("'s morgens", "'s morgens"),
        ("''", "''"),
        ("a=b", "a=b"),
        (" =1", " =1"),
        ("", ""),
    ],
)
def test_no_cell_runs_as_a_formula(text: str, cell: str) -> None:
    one = replace(BREAKFAST, said=text, meal=text, snapshot=replace(OATS, name_en=text))
    written = to_csv([one])
    header, row = csv.reader(StringIO(written, newline=""))
    cells = dict(zip(header, row, strict=True))
    assert (cells["said"], cells["meal"], cells["name_en"]) == (cell, cell, cell)
    assert not any(each.startswith(("=", "+", "-", "@", "\t", "\r")) for each in row)
    (found,) = from_csv(written, "x")
    assert (found.said, found.meal, found.snapshot.name_en) == (text, text, text)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_editors_and_spreadsheets_make_of_a_file(mark: str, newline: str) -> None:
    lines = mark + to_jsonl([BREAKFAST, TABLET]).replace("\n", newline)
    assert from_jsonl(lines, "x") == (BREAKFAST, TABLET)
    assert from_jsonl(f"{lines}{newline} {newline}", "x") == (BREAKFAST, TABLET)
    assert from_jsonl(lines.removesuffix(newline), "x") == (BREAKFAST, TABLET)
    wanted = tuple(filled([BREAKFAST, TABLET]))
    rows = mark + to_csv([BREAKFAST, TABLET]).replace("\r\n", newline)
    assert from_csv(rows, "x") == wanted
    assert from_csv(f"{rows}{newline},,,{newline}", "x") == wanted
    assert from_csv(rows.removesuffix(newline), "x") == wanted
    header, *cells = csv.reader(StringIO(to_csv([BREAKFAST, TABLET]), newline=""))
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator=newline).writerows(
        row[::-1] for row in (header, *cells)
    )
    assert from_csv(mark + text.getvalue(), "x") == wanted


def test_equal_figures_are_held_once() -> None:
    given = [replace(BREAKFAST, id=f"{n:032x}") for n in range(3)]
    for found in (from_jsonl(to_jsonl(given), "x"), from_csv(to_csv(given), "x")):
        assert len({id(one.snapshot) for one in found}) == 1


def test_a_zero_with_a_sign_keeps_it() -> None:
    one = replace(BREAKFAST, snapshot=replace(OATS, magnesium_se_mg=Decimal("-0.00")))
    for (found,) in (from_jsonl(to_jsonl([one]), "x"), from_csv(to_csv([one]), "x")):
        assert str(found.snapshot.magnesium_se_mg) == "-0.00"


LONG = "1" * 41
VALUES = [
    ("id", "0123", "32 hexadecimal digits"),
    ("id", "A" * 32, "32 hexadecimal digits"),
    ("id", "1.23457E+31", "A spreadsheet may"),
    ("id", "", "32 hexadecimal digits"),
    ("day", "2026-02-30", "no such day"),
    ("day", "2-3-2026", "write it as in 2026-03-02"),
    ("day", "20260302", "write it as in 2026-03-02"),
    ("day", "2026-W10-1", "write it as in 2026-03-02"),
    ("day", "", "write it as in"),
    ("time", "24:00", "write it as in 07:30"),
    ("time", "7:30", "write it as in 07:30"),
    ("time", "07:30+01:00", "write it as in 07:30"),
    ("ledger", "suplement", 'Did you mean "supplement"?'),
    ("ledger", "x", "Write one of: food, water, supplement."),
    ("basis", "100g", 'Did you mean "100 g"?'),
    ("quantity", "0", "more than nothing"),
    ("quantity", "-1.5", "more than nothing"),
    ("quantity", "NaN", "not a number"),
    ("quantity", "Infinity", "not a number"),
    ("quantity", "-inf", "not a number"),
    ("quantity", "1,5", "with a decimal point"),
    ("quantity", "1_000", "not a number"),
    ("quantity", "٤", "not a number"),
    ("quantity", " 1", "not a number"),
    ("quantity", "", "not a number"),
    ("quantity", LONG, "more than 40 digits"),
    ("quantity", f"0.{LONG}", "more than 40 digits"),
    ("quantity", "1E+41", "too large or too small"),
    ("quantity", "1E-41", "too large or too small"),
    ("quantity", "1E+999999999999", "too large or too small"),
    ("magnesium_se_mg", "-0.1", "below zero"),
    ("magnesium_se_mg", "sNaN", "not a number"),
    ("magnesium_mg", "-1", "below zero"),
    ("magnesium_mg", "trace", "not a number"),
    ("magnesium_mg", LONG, "more than 40 digits"),
    ("dish", "\ud800", "signs that cannot be kept"),
    ("name_nl", "x" * 100_001, "shorten it"),
]


@pytest.mark.parametrize(("field", "value", "says"), VALUES)
def test_a_value_at_fault_is_named_in_either_form(field: str, value: str, says: str) -> None:
    """On the third line, behind an entry that is as it should be."""
    line = json.loads(BREAKFAST_LINE)
    if field in line:
        line[field] = value
    elif field in line["snapshot"]:
        line["snapshot"][field] = value
    else:
        line["snapshot"]["nutrients"][field] = value
    error = refused(from_jsonl, f"{to_jsonl([TABLET])}{json.dumps(line)}\n")
    assert places(error) == [(3, field)]
    if value:
        assert says in error.problems[0].message
    tablet = {**BREAKFAST_CELLS, "id": "f" * 32}
    error = refused(from_csv, table(tablet, {**BREAKFAST_CELLS, field: value}))
    assert places(error) == [(3, field)]
    assert says in error.problems[0].message
    assert error.message == "diary.txt has a problem."


def edited(**changes: object) -> str:
    """The entry's line with fields changed: `snapshot__food` is one of the snapshot; `...` takes it away."""
    line = json.loads(BREAKFAST_LINE)
    for place, value in changes.items():
        *outer, name = place.split("__")
        values = line
        for key in outer:
            values = values[key]
        if value is ...:
            del values[name]
        else:
            values[name] = value
    return json.dumps(line)


@pytest.mark.parametrize(
    ("line", "field", "says"),
    [
        ("{", None, "not JSON: Expecting property name"),
        (BREAKFAST_LINE[:-1], None, "not JSON: Expecting ',' delimiter, at character"),
        (f"{BREAKFAST_LINE} 1", None, "not JSON: Extra data"),
        ('"x"', None, "in braces"),
        ("[]", None, "in braces"),
        ("null", None, "in braces"),
        ("[" * 100_000, None, ""),
        (BREAKFAST_LINE.replace('"dish":', '"meal":'), "meal", "twice"),
        (BREAKFAST_LINE.replace('"zinc_mg"', '"energy_kcal"'), "energy_kcal", "twice"),
        (edited(dich=""), "dich", 'not known. Did you mean "dish"?'),
        (edited(**{"\x1b[31m": ""}), "�[31m", "not known."),
        (edited(snapshot__sauce=""), "sauce", 'not known. Did you mean "source"?'),
        (edited(dish=...), "dish", "missing"),
        (edited(snapshot=...), "snapshot", "missing"),
        (edited(snapshot=[]), "snapshot", "in braces"),
        (edited(snapshot__nutrients=...), "nutrients", "missing"),
        (edited(snapshot__nutrients=None), "nutrients", "in braces"),
        (edited(snapshot__magnesium_tables="usda=1"), "magnesium_tables", "in braces"),
        (edited(id=7), "id", 'text, in quotes: "7"'),
        (edited(meal=None), "meal", "text, in quotes."),
        (edited(meal=["breakfast"]), "meal", "text, in quotes."),
        (edited(time=""), "time", "write null"),
        (edited(time=True), "time", "text, in quotes, or null"),
        (edited(quantity=40.5), "quantity", 'text, in quotes: "40.5"'),
        (edited(quantity=float("nan")), "quantity", 'text, in quotes: "NaN"'),
        (edited(quantity=float("-inf")), "quantity", 'text, in quotes: "-Infinity"'),
        (edited(quantity=None), "quantity", "text, in quotes"),
        (edited(snapshot__magnesium_se_mg=2), "magnesium_se_mg", 'in quotes: "2", or null'),
        (edited(said="a\0b"), "said", "signs that cannot be kept"),
        (edited(snapshot__magnesium_n="8"), "magnesium_n", "whole number without quotes"),
        (edited(snapshot__magnesium_n=True), "magnesium_n", "whole number without quotes"),
        (edited(snapshot__magnesium_n=8.5), "magnesium_n", "not a whole number"),
        (edited(snapshot__magnesium_n=-1), "magnesium_n", "not a whole number"),
        (edited(snapshot__magnesium_n=int(LONG)), "magnesium_n", "more than 40 digits"),
        (edited(snapshot__nutrients__zinc_mg=1), "zinc_mg", 'in quotes: "1", or null'),
        (edited(snapshot__nutrients__zinc_mg=""), "zinc_mg", "write null"),
        (edited(snapshot__nutrients__magnesium="1"), "magnesium", 'Did you mean "magnesium_mg"?'),
        (edited(snapshot__nutrients__fiber_g="1"), "fiber_g", 'Did you mean "fibre_g"?'),
        (edited(snapshot__nutrients__zinc_g="1"), "zinc_g", "write zinc_mg"),
        (edited(snapshot__nutrients__magnesium_se_mg="1"), "magnesium_se_mg", "of its own"),
        (edited(snapshot__magnesium_tables__usda=None), "magnesium_tables", "text, in quotes."),
        (edited(snapshot__magnesium_tables__usda=""), "magnesium_tables", "not a number"),
        (edited(snapshot__magnesium_tables__usda="-1"), "magnesium_tables", "below zero"),
        (edited(snapshot__magnesium_tables={"a=b": "1"}), "magnesium_tables", "name a food table"),
        (edited(id="f" * 32), "id", "on line 2 has this id"),
    ],
)
def test_a_line_at_fault_is_named(line: str, field: str | None, says: str) -> None:
    good = to_jsonl([TABLET])
    other = BREAKFAST_LINE.replace("0123", "3210")
    error = refused(from_jsonl, f"{good}\r\n{line}\n{other}\n")
    assert places(error) == [(4, field)]
    assert says in error.problems[0].message


def test_an_empty_object_lacks_everything() -> None:
    error = refused(from_jsonl, f"{to_jsonl([])}{{}}\n{edited(snapshot={})}")
    assert [line for line, _ in places(error)] == [2] * 10 + [3] * 10
    assert (error.message, error.more) == ("diary.txt has 21 problems.", 1)


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        ("", 1, "schema", 'must be {"schema": "mealmag/diary/1"}'),
        ("\n\nx", 3, "schema", "The first line must be"),
        ("x", 1, "schema", '{"schema": "mealmag/diary/2"} where there are usual meals'),
        (BREAKFAST_LINE, 1, "schema", "The first line must be"),
        ("[" * 100_000, 1, "schema", "The first line must be"),
        ('{"schema": "mealmag/diary/3"}\nx', 1, "schema", f"this mealmag reads {SCHEMA}"),
        ('{"schema": 1}', 1, "schema", "This is not known"),
        ('{"schema": "mealmag/diary/1", "shema": 1}', 1, "shema", 'Did you mean "schema"?'),
    ],
)
def test_another_first_line_is_refused(text: str, line: int, field: str, says: str) -> None:
    error = refused(from_jsonl, text)
    assert places(error) == [(line, field)]
    assert says in error.problems[0].message


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("magnesium_n", "8.5", "not a whole number"),
        ("magnesium_n", LONG, "more than 40 digits"),
        ("magnesium_tables", "usda", "write it as in usda=270;cofid=240"),
        ("magnesium_tables", "usda=1;", "write it as in usda=270;cofid=240"),
        ("magnesium_tables", "usda=1;usda=2", "twice"),
        ("magnesium_tables", "usda=", "not a number"),
        ("magnesium_tables", "usda=-1", "below zero"),
        ("magnesium_tables", "=1", "name a food table"),
        ("said", "a\0b", "control character in it (U+0000)"),
        ("said", "\x1b[31m", "control character in it (U+001B)"),
        ("said", "\x85", "control character in it (U+0085)"),
        ("id", "f" * 32, "on line 2 has this id"),
    ],
)
def test_a_cell_at_fault_is_named(column: str, cell: str, says: str) -> None:
    """By the line that its row begins on, behind cells of several lines."""
    first = BREAKFAST_CELLS | {"id": "f" * 32, "said": "a\r\nb\nc\rd", "dish": "\u2028\u2029"}
    wrong = {**BREAKFAST_CELLS, "meal": "x\ny", column: cell}
    error = refused(from_csv, table(first, wrong, BREAKFAST_CELLS | {"id": "e" * 32}))
    assert places(error) == [(6, column)]
    assert says in error.problems[0].message


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        ("", 1, None, "must name the columns"),
        ("\n\n", 1, None, "must name the columns"),
        (table(columns=("dish",)), 1, "dish", "twice"),
        (table(columns=("zinc",)), 1, "zinc", 'Did you mean "zinc_mg"?'),
        (table(columns=("zync_mg",)), 1, "zync_mg", 'Did you mean "zinc_mg"?'),
        (table(columns=("zinc_g",)), 1, "zinc_g", "write zinc_mg"),
        (table(columns=("quantities",)), 1, "quantities", 'Did you mean "quantity"?'),
        (table(columns=("",)), 1, "column 21", "not known"),
        (table().replace(",dish", ""), 1, "dish", "missing"),
        (f"{table()}a,b\r\n", 2, None, "2 cells, the header has 20"),
        (f'\n{table()}\n"a"b,c\n', 4, None, "not CSV"),
        (f'{table()}a,"b\nc\nd', 2, None, "unexpected end of data"),
        (f"{table()}{'x' * 200_000}\n", 2, None, "field larger"),
    ],
)
def test_a_table_of_another_form_is_refused(
    text: str, line: int, field: str | None, says: str
) -> None:
    error = refused(from_csv, text)
    assert places(error) == [(line, field)]
    assert says in error.problems[0].message


def test_all_problems_are_counted_and_the_first_are_told() -> None:
    wrong = edited(id="x", day="x", quantity="x", snapshot__nutrients__zinc_mg="x", dish=None)
    error = refused(from_jsonl, to_jsonl([]) + f"{wrong}\n" * 300)
    assert (error.message, error.more) == ("diary.txt has 1,500 problems.", 1_480)
    assert [line for line, _ in places(error)] == [n for n in (2, 3, 4, 5) for _ in range(5)]
    assert {field for _, field in places(error)} == {"id", "day", "quantity", "zinc_mg", "dish"}
    cells = {**BREAKFAST_CELLS, "day": "x", "quantity": "x", "magnesium_tables": "x"}
    error = refused(from_csv, table(*[cells] * 3))
    assert (error.message, error.more) == ("diary.txt has 11 problems.", 0)
    assert {line for line, _ in places(error)} == {2, 3, 4}


def test_too_many_and_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [BREAKFAST, TABLET]
    lines, rows = to_jsonl(both), to_csv(both)
    monkeypatch.setattr(exchange, "MOST_ENTRIES", 2)
    assert len(from_jsonl(lines, "x")) == len(from_csv(rows, "x")) == 2
    monkeypatch.setattr(exchange, "MOST_ENTRIES", 1)
    assert "more than 1 entries" in refused(from_jsonl, lines).message
    assert "more than 1 entries" in refused(from_csv, rows).message
    for write in (to_jsonl, to_csv):
        assert write([TABLET])
        with pytest.raises(InputError, match="more than 1 entries"):
            write(both)
    for write, read in ((to_jsonl, from_jsonl), (to_csv, from_csv)):
        text = write([BREAKFAST])
        with monkeypatch.context() as patched:
            patched.setattr(exchange, "MOST_BYTES", len(text.encode()))
            assert len(read(text, "x")) == 1
            assert write([BREAKFAST]) == text
            patched.setattr(exchange, "MOST_BYTES", len(text))  # the ½ takes two
            assert "MB" in refused(read, text).message
            with pytest.raises(InputError, match="MB"):
                write([BREAKFAST])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(BREAKFAST, id="x\x1b"), "id"),
        (replace(BREAKFAST, quantity=Decimal(0)), "quantity"),
        (replace(BREAKFAST, quantity=Decimal("NaN")), "quantity"),
        (replace(BREAKFAST, quantity=Decimal(LONG)), "quantity"),
        (replace(BREAKFAST, at=time(7, tzinfo=timezone(timedelta(hours=1)))), "time"),
        (replace(BREAKFAST, said="\0"), "said"),
        (replace(BREAKFAST, dish="\ud800"), "dish"),
        (replace(BREAKFAST, meal="x" * 100_001), "meal"),
        (replace(BREAKFAST, snapshot=replace(OATS, magnesium_n=-1)), "magnesium_n"),
        (replace(BREAKFAST, snapshot=replace(OATS, nutrients={"zinc_mg": Decimal(-1)})), "zinc_mg"),
        (replace(BREAKFAST, snapshot=replace(OATS, nutrients={"zinc": None})), "zinc"),
        (
            replace(BREAKFAST, snapshot=replace(OATS, magnesium_tables={"a;b": Decimal(1)})),
            "magnesium_tables",
        ),
        (TABLET, "id"),
    ],
)
def test_nothing_is_written_that_could_not_be_read(wrong: Entry, field: str) -> None:
    for write in (to_jsonl, to_csv):
        with pytest.raises(InputError) as caught:
            write([TABLET, wrong])
        assert f"cannot be written: {field}: " in caught.value.message
        assert caught.value.message.isprintable()


def test_a_control_character_goes_in_json_lines_alone() -> None:
    one = replace(BREAKFAST, said="\x1b[31m\x07")
    assert from_jsonl(to_jsonl([one]), "x") == (one,)
    with pytest.raises(InputError, match=r"said: .*U\+001B") as caught:
        to_csv([one])
    assert "JSON Lines" in caught.value.hint


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
MEALS = st.lists(entries(ANY), min_size=1, max_size=3, unique_by=lambda e: e.id)


@settings(deadline=None, max_examples=50)
@given(lists(entries(ANY)), st.dictionaries(NAMES.filter(str.strip).map(key_of), MEALS, max_size=2))
def test_usual_meals_and_back(given: list[Entry], meals: dict[str, list[Entry]]) -> None:
    text = to_jsonl(given, meals)
    found = read_jsonl(text, "diary.jsonl")
    assert found.entries == tuple(given)
    assert found.usuals == {name: tuple(meal) for name, meal in meals.items()}
    assert to_jsonl(found.entries, found.usuals) == text
    assert meals or text == to_jsonl(given)


def test_usual_meals_as_they_are_written() -> None:
    text = to_jsonl([BREAKFAST], {"my breakfast": [BREAKFAST]})
    assert text == (
        f'{{"schema": "{SCHEMA_WITH_USUALS}"}}\n{BREAKFAST_LINE}\n'
        f'{{"usual":"my breakfast","entries":[{BREAKFAST_LINE}]}}\n'
    )
    found = read_jsonl(text.replace("my breakfast", " My  BREAKFAST "), "x")
    assert found.usuals == {"my breakfast": (BREAKFAST,)}


ENTRY = json.loads(BREAKFAST_LINE)


def usual(entries: object, name: object = "a") -> str:
    return json.dumps({"usual": name, "entries": entries})


@pytest.mark.parametrize(
    ("line", "field", "says"),
    [
        (usual([]), "entries", "must have an entry"),
        (usual({}), "entries", "must be entries"),
        (usual([1]), "entries", "must be entries"),
        ('{"usual":"a"}', "entries", "missing"),
        ('{"usual":"a","entrys":[]}', "entrys", 'Did you mean "entries"?'),
        (usual([ENTRY], 1), "usual", "must be text"),
        (usual([ENTRY], " "), "usual", "cannot be empty"),
        (usual([ENTRY], "\0"), "usual", "cannot be kept"),
        (usual([ENTRY], "Snack"), "usual", "line 2 has this name"),
        (usual([ENTRY, ENTRY]), "entries", "one id"),
        (usual([ENTRY | {"quantity": "-1"}]), "quantity", "more than nothing"),
        (usual([ENTRY | {"qantity": "1"}]), "qantity", "is not known"),
    ],
)
def test_a_usual_meal_at_fault_is_named(line: str, field: str, says: str) -> None:
    first = to_jsonl([], {"snack": [BREAKFAST]})
    error = refused(from_jsonl, f"{first}{line}\n")
    assert places(error)[0] == (3, field)
    assert says in error.problems[0].message


def test_a_usual_meal_under_the_first_schema_is_no_entry() -> None:
    error = refused(from_jsonl, to_jsonl([]) + '{"usual":"a","entries":[]}\n')
    assert (2, "usual") in places(error)


# What cannot be.


@pytest.mark.parametrize(
    ("key", "most", "over", "words"),
    [
        ("magnesium_mg", "100000", "100001", "100 g cannot hold 100001 mg: at most 100,000."),
        ("fat_g", "100", "100.5", "100 g cannot hold 100.5 g: at most 100."),
        ("selenium_ug", "100000000", "1E9", "100 g cannot hold 1E+9 µg"),
        ("choline_mg", "99999", "100000.1", "100 g cannot hold"),
        ("energy_kcal", "902", "921", "100 g cannot bring 921 kcal: pure fat brings 900."),
    ],
)
@pytest.mark.parametrize(("write", "read"), [(to_jsonl, from_jsonl), (to_csv, from_csv)])
def test_more_than_100_g_can_hold_is_refused_with_its_place(
    write: Callable, read: Callable, key: str, most: str, over: str, words: str
) -> None:
    def with_figure(figure: str) -> list[Entry]:
        of = replace(OATS, nutrients={**OATS.nutrients, key: Decimal(figure)})
        return [TABLET, replace(BREAKFAST, snapshot=of)]

    assert len(read(write(with_figure(most)), "file")) == 2
    text = write(with_figure(over))  # it goes out: a diary that has it is not locked in
    with pytest.raises(InputError) as caught:
        read(text, "file")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, key)
    assert words in problem.message


def test_a_table_and_a_tablet_have_limits_of_their_own() -> None:
    tables = replace(BREAKFAST, snapshot=replace(OATS, magnesium_tables={"x": Decimal(100_001)}))
    with pytest.raises(InputError) as caught:
        from_jsonl(to_jsonl([tables]), "file")
    assert str(caught.value.problems[0]).startswith(
        "file:2: magnesium_tables: x: 100 g cannot hold"
    )
    pill = replace(PILL, nutrients={"magnesium_mg": Decimal(100_001), "energy_kcal": Decimal(950)})
    assert from_jsonl(to_jsonl([replace(TABLET, snapshot=pill)]), "file")
