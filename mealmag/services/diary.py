"""What can be done to the diary: log, take back, change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.freetext.names import meaning_key
from mealmag.errors import InputError, UsageError
from mealmag.nutrition.diary import Entry, Ledger
from mealmag.nutrition.figures import Figures, recounted
from mealmag.nutrition.food import Food
from mealmag.services.batch import read_batch
from mealmag.services.catalogue import (
    Sources,
    everyday_words,
    load_catalogue,
    load_food_table,
)
from mealmag.services.doubt import Ask
from mealmag.services.log import Reader
from mealmag.services.log_entries import When, copied, planned_entries, product_entry
from mealmag.services.moments import refuse_what_is_to_come
from mealmag.services.planned import not_yet_logged
from mealmag.storage.diary.diary import Diary, Undone
from mealmag.storage.diary.usual import key_of
from mealmag.storage.paths import Paths

if TYPE_CHECKING:
    from mealmag.planning.plan import Plan

Which = int | str
"""An entry: its number of a day (from 1), or its id or the first digits of it."""


@dataclass(frozen=True, slots=True)
class LogRequest:
    """What to log: any of these, as one action. `batch` is a text of many lines; `copy` is a day and perhaps
    a meal of the diary itself; `again` are entries to log once more."""

    when: When
    lines: tuple[str, ...] = ()
    supplements: tuple[str, ...] = ()
    usual: str | None = None
    copy: tuple[date, Meal | None] | None = None
    again: tuple[Entry, ...] = ()
    plan: "Plan | None" = None
    keep_as: str | None = None
    dry_run: bool = False
    batch: str = ""


def log(
    paths: Paths,
    sources: Sources,
    request: LogRequest,
    *,
    today: date,
    now: datetime | None = None,
    ask: Ask | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Entry]:
    """The entries that were logged (or, in a dry run, would be), as one action.

    A line that is the name of a usual meal is that meal. What was answered is remembered for the next time.
    What of a plan is logged already is left out, and told in a sentence. Raises InputError where something
    is not sure, there is nothing to copy, all of a plan is logged, or a time is after `now`; WriteError where
    the diary cannot be written.
    """
    with opened(paths, create=not request.dry_run) as diary:
        entries: list[Entry] = []
        learnt: dict[str, str] = {}
        if request.lines or request.batch:
            reader = Reader(
                load_food_table(sources),
                diary.meanings(),
                partial(load_catalogue, sources),
                ask,
                everyday_words(),
            )
            usuals = diary.usuals()
            for text in request.lines:
                usual = _called(text, usuals)
                entries += (
                    reader.read(text, request.when, today)
                    if usual is None
                    else copied(usual, request.when)
                )
            entries += read_batch(reader, request.batch, request.when, today, now)
            learnt = reader.learnt
        entries += [product_entry(text, request.when) for text in request.supplements]
        if request.plan is not None:
            foods = load_catalogue(sources).foods
            planned = planned_entries(request.plan, request.when, foods)
            entries += _still_to_log(planned, diary.day(request.when.day), tell)
        if request.usual is not None:
            entries += copied(diary.usual(request.usual), request.when)
        if request.copy is not None:
            entries += copied(_of_day(diary, *request.copy), request.when)
        entries += copied(request.again, request.when)
        if not entries:
            raise UsageError("There is nothing to log.", hint="Write what you ate.")
        if now is not None:
            refuse_what_is_to_come(entries, now)
        if not request.dry_run:
            with diary.together():
                diary.add(entries)
                for words, key in learnt.items():
                    diary.mean(words, key)
                if request.keep_as is not None:
                    diary.keep_usual(request.keep_as, entries)
    return entries


def _called(text: str, usuals: Mapping[str, tuple[Entry, ...]]) -> tuple[Entry, ...] | None:
    """The usual meal of that name; None where there is none, or the text is no name."""
    try:
        return usuals.get(key_of(text))
    except InputError:
        return None


def _still_to_log(
    planned: Sequence[Entry], logged: Sequence[Entry], tell: Callable[[str], None]
) -> list[Entry]:
    """What of a plan is not logged yet; InputError where all of it is."""
    new, known = not_yet_logged(planned, logged)
    dishes = ", ".join(dict.fromkeys(f"{entry.meal}: {entry.dish}" for entry in known))
    if known and not new:
        place = f"{known[0].day}:{known[0].meal} --day {known[0].day}"
        raise InputError(
            f"That is logged already ({dishes}), and was not logged once more.",
            hint=f"What you had a second time: mealmag log --copy {place}",
        )
    if known:
        tell(f"Logged already, and left out: {dishes}.")
    return new


def _of_day(diary: Diary, day: date, meal: Meal | None) -> list[Entry]:
    found = [e for e in diary.day(day) if meal is None or e.meal == meal.value]
    if not found:
        what = "Nothing" if meal is None else f"No {meal.value}"
        raise InputError(f"{what} is logged on {day}.", hint=f"See `mealmag day {day}`.")
    return found


def undo(paths: Paths) -> Undone | None:
    """Take back the last thing that was done to the diary; None where there is nothing to take back."""
    with opened(paths, create=paths.diary.exists()) as diary:
        return diary.undo()


def entries_of(paths: Paths, day: date, figures: Figures = Figures.USDA) -> tuple[Entry, ...]:
    """The entries of a day, in the order of their numbers (from 1).

    Their magnesium is that of `figures`: to be counted, and not to be written back or logged again.
    """
    with opened(paths, create=False) as diary:
        return recounted(diary.day(day), figures)


def days_before(paths: Paths, day: date, most: int) -> dict[date, tuple[Entry, ...]]:
    """The entries of the last days before this one that have any, the latest first."""
    with opened(paths, create=False) as diary:
        days = [each for each in diary.days() if each < day]
        return {each: diary.day(each) for each in reversed(days[-most:])}


def usual_meals(paths: Paths) -> dict[str, tuple[Entry, ...]]:
    """All names of usual meals, as they are kept and in order, with their entries."""
    with opened(paths, create=False) as diary:
        return diary.usuals()


def usual_of(paths: Paths, name: str) -> tuple[Entry, ...]:
    """The entries that go by a name, in whatever case; none where it is free. InputError for no name."""
    return usual_meals(paths).get(key_of(name), ())


def keep_usual(paths: Paths, name: str, entries: Sequence[Entry]) -> None:
    """Let a name stand for these entries from now on, also where it stood for others."""
    with opened(paths) as diary:
        diary.keep_usual(name, entries)


def remove(paths: Paths, day: date, which: Sequence[Which]) -> list[Entry]:
    """Take entries away, as one action; numbers are of that day. InputError where one is not there."""
    with opened(paths, create=False) as diary, diary.together():
        gone = {entry.id: entry for entry in (_entry(diary, day, each) for each in which)}
        diary.remove(gone)
    return list(gone.values())


def edit(
    paths: Paths,
    sources: Sources,
    day: date,
    which: Which,
    *,
    amount: str | None = None,
    meal: Meal | None = None,
    to: date | None = None,
    today: date,
    now: datetime | None = None,
) -> tuple[Entry, Entry]:
    """Change the amount, the meal or the day of an entry; returns it as it was and as it is.

    A number is of that day. A new amount is counted with the figures that the entry has. InputError where
    that cannot be read, or the entry would be after `now`.
    """
    foods = {} if amount is None else load_food_table(sources)
    with opened(paths, create=False) as diary, diary.together():
        before = _entry(diary, day, which)
        after = before if amount is None else _measured(before, amount, foods, today)
        after = replace(
            after,
            day=after.day if to is None else to,
            meal=after.meal if meal is None else meal.value,
        )
        if now is not None and to is not None:
            refuse_what_is_to_come([after], now)
        diary.replace(after)
    return before, after


def _measured(entry: Entry, amount: str, foods: Mapping[str, Food], today: date) -> Entry:
    """The entry in another amount, with the same figures."""
    if entry.ledger is Ledger.SUPPLEMENT:
        raise InputError(
            "The amount of a supplement cannot be changed.", hint="Take it away and log it anew."
        )
    food = entry.snapshot.food.partition("+")[0]
    if food not in foods:
        raise InputError(
            f"{entry.snapshot.name_en} is not in the food table, so its measures are not known.",
            hint="Take it away and log it anew.",
        )
    (new,) = Reader(foods, {}).read(f"{amount} {food}", When(entry.day), today)
    return replace(entry, quantity=new.quantity, measure=new.measure, said=amount)


def _entry(diary: Diary, day: date, which: Which) -> Entry:
    if isinstance(which, str):
        return diary.entry(which)
    entries = diary.day(day)
    if not 1 <= which <= len(entries):
        count = "nothing is" if not entries else f"{len(entries)} are"
        raise InputError(
            f"There is no entry {which} on {day}: {count} logged there.",
            hint=f"`mealmag day {day}` shows the numbers.",
        )
    return entries[which - 1]


def forget(paths: Paths, words: str) -> bool:
    """Let some words mean no food and no usual meal any more; whether they meant something."""
    if not paths.diary.exists():
        return False
    with opened(paths, create=False) as diary, diary.together():
        is_usual = _called(words, diary.usuals()) is not None
        if is_usual:
            diary.forget_usual(words)
        return diary.forget(meaning_key(words)) or is_usual


def opened(paths: Paths, *, create: bool = True) -> Diary:
    """The diary of these paths."""
    return Diary.open(paths.diary, now=_now, create=create)


def _now() -> datetime:
    return datetime.now(UTC)
