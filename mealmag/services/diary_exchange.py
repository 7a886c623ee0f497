"""The diary as a file: out as JSON Lines or CSV, and in again."""

from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from mealmag.catalogue.freetext.product import MOST_COUNT as MOST_UNITS
from mealmag.catalogue.freetext.weighing import MOST_GRAMS
from mealmag.errors import InputError, UsageError
from mealmag.nutrition.diary import Basis, Entry
from mealmag.services.diary import opened
from mealmag.storage.diary.exchange_csv import from_csv, to_csv
from mealmag.storage.diary.exchange_json import Carried, read_jsonl, to_jsonl
from mealmag.storage.paths import Paths

FORMATS = ("jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Exported:
    """The text of an export, and how many usual meals it has no room for."""

    text: str
    usuals_left_out: int = 0


def export(
    paths: Paths, form: str, first: date | None = None, last: date | None = None
) -> Exported:
    """The entries of some days, or of all with the usual meals, in one of the `FORMATS`.

    A CSV is a table of entries, and has no usual meals.
    """
    is_whole = first is None and last is None
    with opened(paths, create=False) as diary:
        entries = diary.between(first or date.min, last or date.max)
        usuals = diary.usuals() if is_whole else {}
    if form == "csv":
        return Exported(to_csv(entries), len(usuals))
    return Exported(to_jsonl(entries, usuals))


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """How many entries of a file came, were there already, and were there otherwise and stayed so.

    `usuals` of its usual meals came; `usuals_otherwise` go by a name that stands for something else here.
    """

    new: int
    known: int
    otherwise: int
    usuals: int = 0
    usuals_otherwise: int = 0


def bring_in(paths: Paths, text: str, file: str, form: str, today: date) -> BroughtIn:
    """Add what an exported file holds, its entries as one action; what is there already stays as it is.

    InputError, with every problem, where one is faulty, of a day to come, or of an amount that nobody eats.
    """
    carried = Carried(from_csv(text, file)) if form == "csv" else read_jsonl(text, file)
    every = (*carried.entries, *chain.from_iterable(carried.usuals.values()))
    strange = [entry for entry in every if not _is_sensible(entry, today)]
    if strange:
        first = strange[0]
        raise InputError(
            f"{file}: {len(strange)} entries cannot be, such as {first.quantity:f} of "
            f"{first.snapshot.name_en} on {first.day}.",
            hint=f"A day is not after {today}, and one entry at most {MOST_GRAMS} g. Nothing was changed.",
        )
    with opened(paths) as diary, diary.together():
        known, usuals = (
            {entry.id: entry for entry in diary.between(date.min, date.max)},
            diary.usuals(),
        )
        new = [entry for entry in carried.entries if entry.id not in known]
        otherwise = sum(e.id in known and known[e.id] != e for e in carried.entries)
        diary.add(new, "import")
        named = {name: e for name, e in carried.usuals.items() if name not in usuals}
        for name, entries in named.items():
            diary.keep_usual(name, entries)
    return BroughtIn(
        new=len(new),
        known=len(carried.entries) - len(new) - otherwise,
        otherwise=otherwise,
        usuals=len(named),
        usuals_otherwise=sum(usuals.get(n, e) != e for n, e in carried.usuals.items()),
    )


def _is_sensible(entry: Entry, today: date) -> bool:
    most = MOST_UNITS if entry.snapshot.basis is Basis.ONE else MOST_GRAMS
    return entry.day <= today and entry.quantity <= most


def form_of(path: Path | None, asked: str | None) -> str:
    """The format that was asked for, or that the name of a file says. UsageError where neither does."""
    if asked is not None:
        return asked
    ending = "" if path is None else path.suffix.lower().lstrip(".")
    if ending in FORMATS:
        return ending
    raise UsageError(
        "In which format?",
        hint=f"Say --format {' or '.join(FORMATS)}, or name a file that ends so.",
    )
