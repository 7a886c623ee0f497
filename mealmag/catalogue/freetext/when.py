"""When it was: a meal, a day or a time, said in one phrase: "for breakfast", "gisteren", "om 8.30 uur".

A phrase is what stands before or behind the foods; finding it there is for `line`. Days are counted from a
given today, and none lies ahead of it.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from mealmag.catalogue.dish import Meal
from mealmag.catalogue.freetext.words import shown
from mealmag.errors import InputError

LONGEST_PHRASE = 6
_FIRST_YEAR = 1900
_HALF_A_YEAR = dt.timedelta(days=183)
_LAST_MONTH, _LAST_DAY = 12, 31

_MEALS: Mapping[str, Meal] = MappingProxyType({
    "breakfast": Meal.BREAKFAST, "ontbijt": Meal.BREAKFAST, "brekkie": Meal.BREAKFAST,
    "lunch": Meal.LUNCH, "middageten": Meal.LUNCH, "dinner": Meal.DINNER, "supper": Meal.DINNER,
    "diner": Meal.DINNER, "avondeten": Meal.DINNER, "avondmaal": Meal.DINNER,
    "snack": Meal.SNACK, "tussendoortje": Meal.SNACK,
})  # fmt: skip
_BEFORE_A_MEAL = frozenset({"for", "at", "as", "during", "bij", "voor", "als", "tijdens"})
_MIDDAY = ("tussen", "de", "middag")
_ARTICLES = frozenset({"a", "an", "the", "my", "de", "het", "een", "mijn"})

_DAYS_AGO: Mapping[tuple[str, ...], int] = MappingProxyType({
    ("today",): 0, ("vandaag",): 0, ("this", "morning"): 0, ("this", "afternoon"): 0,
    ("this", "evening"): 0, ("tonight",): 0, ("vanochtend",): 0, ("vanmorgen",): 0,
    ("vanmiddag",): 0, ("vanavond",): 0, ("yesterday",): 1, ("gisteren",): 1, ("last", "night"): 1,
    ("gisterochtend",): 1, ("gistermiddag",): 1, ("gisteravond",): 1, ("eergisteren",): 2,
    ("the", "day", "before", "yesterday"): 2, ("day", "before", "yesterday"): 2,
})  # fmt: skip
_AHEAD = frozenset({"tomorrow", "morgen", "overmorgen"})
_WEEKDAYS: Mapping[str, int] = MappingProxyType({
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
    "sunday": 6, "maandag": 0, "dinsdag": 1, "woensdag": 2, "donderdag": 3, "vrijdag": 4,
    "zaterdag": 5, "zondag": 6,
})  # fmt: skip
_PAST = frozenset({"last", "afgelopen", "vorige"})
_ON = frozenset({"on", "op"})
_MONTHS: Mapping[str, int] = MappingProxyType({
    name: number
    for number, names in enumerate((
        "january januari jan", "february februari feb", "march maart mrt", "april apr", "may mei",
        "june juni jun", "july juli jul", "august augustus aug", "september sept sep",
        "october oktober oct okt", "november nov", "december dec",
    ), start=1)
    for name in names.split()
})  # fmt: skip
_HOURS: Mapping[str, int] = MappingProxyType({
    word: hour
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    )
    for hour, word in enumerate(words.split(), start=1)
})  # fmt: skip
_AT = frozenset({"at", "om"})
_OF_THE_CLOCK = frozenset({"uur", "u", "o'clock", "h"})

_DIGITS = re.compile("[0-9]{1,4}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DATE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.hu]([0-9]{2}))?[hu]?(am|pm)?")

# Said around what was eaten; it adds nothing.
_SAID_AROUND = frozenset({
    ("i", "had"), ("i", "ate"), ("i", "drank"), ("had",), ("ate",), ("ik", "had"), ("ik", "at"), ("at",),
    ("ik", "dronk"), ("ik", "heb"), ("had", "ik"), ("at", "ik"), ("dronk", "ik"), ("heb", "ik"),
    ("gegeten",), ("gedronken",),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A meal, a day and a time, each where it was said.

    `is_plain` tells that the phrase can be nothing else: a bare "breakfast" may also begin the name of a
    food ("breakfast biscuits").
    """

    meal: Meal | None = None
    day: dt.date | None = None
    time: dt.time | None = None
    is_plain: bool = True

    def joined(self, other: "When") -> "When":
        """Both together; InputError where they say two different things."""
        for one, two in ((self.meal, other.meal), (self.day, other.day), (self.time, other.time)):
            if one is not None and two is not None and one != two:
                raise InputError(
                    f"Both {one} and {two} are named.", hint="Write each meal in a line of its own."
                )
        return When(self.meal or other.meal, self.day or other.day, self.time or other.time)


def read_when(words: Sequence[str], today: dt.date) -> When | None:
    """What exactly these words say of when, in their simplest spelling; None where they say no such thing.

    InputError for a day that does not exist, lies ahead, or may be one of two.
    """
    phrase = tuple(words)
    if phrase in _SAID_AROUND:
        return When()
    return _meal(phrase) or _day(phrase, today) or _time(phrase)


def _meal(words: tuple[str, ...]) -> When | None:
    is_plain = words[0] in _BEFORE_A_MEAL
    rest = words[1:] if is_plain else words
    if rest == _MIDDAY:
        return When(meal=Meal.LUNCH)
    if is_plain and rest and rest[0] in _ARTICLES:
        rest = rest[1:]
    if len(rest) == 1 and rest[0] in _MEALS:
        return When(meal=_MEALS[rest[0]], is_plain=is_plain)
    return None


def _day(words: tuple[str, ...], today: dt.date) -> When | None:
    if words in _DAYS_AGO:
        return When(day=today - dt.timedelta(days=_DAYS_AGO[words]))
    if len(words) == 1 and words[0] in _AHEAD:
        raise InputError(
            f'"{shown(words[0])}" lies ahead; only what was eaten can be written down.'
        )
    is_on = words[0] in _ON
    rest = words[1:] if is_on else words
    if len(rest) == 1 and rest[0] in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS[rest[0]]) % 7
        return When(day=today - dt.timedelta(days=back), is_plain=is_on)
    if len(rest) == 2 and rest[0] in _PAST and rest[1] in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS[rest[1]] - 1) % 7 + 1
        return When(day=today - dt.timedelta(days=back))
    day = _date(rest, today, is_on=is_on)
    return None if day is None else When(day=day)


def _date(words: tuple[str, ...], today: dt.date, *, is_on: bool) -> dt.date | None:
    if len(words) == 1:
        return _numeric_date(words[0], today, is_on=is_on)
    month = next((_MONTHS[word] for word in words[:2] if word in _MONTHS), None)
    numbers = [word for word in words if _DIGITS.fullmatch(word)]
    if month is None or len(numbers) != len(words) - 1 or len(numbers[0]) > 2:
        return None
    said = shown(" ".join(words))
    if len(numbers) == 1:
        return _latest(int(numbers[0]), month, today, said)
    if len(numbers) == 2 and len(numbers[1]) == 4:
        return _checked(int(numbers[1]), month, int(numbers[0]), today, said)
    return None


def _numeric_date(word: str, today: dt.date, *, is_on: bool) -> dt.date | None:
    iso = _ISO.fullmatch(word)
    if iso:
        return _checked(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)), today, word)
    full = _DATE.fullmatch(word)
    if full:
        first, _, second, year = full.groups()
        if len(year) == 2:
            raise _unclear(word)
        day, month = _day_and_month(int(first), int(second), word)
        return _checked(int(year), month, day, today, word)
    short = _DAY_AND_MONTH.fullmatch(word)
    if not short:
        return None
    first_number, second_number = (int(part) for part in short.groups())
    # Without a year only "28-11" is plainly a date: "5-6" may be five or six, and "1/2" a half.
    if is_on or (_LAST_MONTH < first_number <= _LAST_DAY and 1 <= second_number <= _LAST_MONTH):
        return _latest(*_day_and_month(first_number, second_number, word), today, word)
    return None


def _day_and_month(first: int, second: int, said: str) -> tuple[int, int]:
    if first <= _LAST_MONTH and second <= _LAST_MONTH and first != second:
        raise _unclear(said)
    return (second, first) if second > _LAST_MONTH else (first, second)


def _unclear(said: str) -> InputError:
    return InputError(
        f'"{shown(said)}" can be read as more than one day.', hint="Write it as 2026-11-28."
    )


def _latest(day: int, month: int, today: dt.date, said: str) -> dt.date:
    """That day of this year, or of the last where this one's lies far ahead: in January, "28-12"."""
    try:
        found = dt.date(today.year, month, day)
        if found - today > _HALF_A_YEAR:
            found = dt.date(today.year - 1, month, day)
    except ValueError:
        raise InputError(f'There is no day "{said}".') from None
    return _checked(found.year, month, day, today, said)


def _checked(year: int, month: int, day: int, today: dt.date, said: str) -> dt.date:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise InputError(f'There is no day "{said}".', hint="Write it as 2026-11-28.") from None
    if found > today:
        raise InputError(f'"{said}" lies ahead; only what was eaten can be written down.')
    if found.year < _FIRST_YEAR:
        raise InputError(f'"{said}" is before {_FIRST_YEAR}; that is too long ago.')
    return found


def _time(words: tuple[str, ...]) -> When | None:
    is_at = words[0] in _AT
    rest = words[1:] if is_at else words
    is_clock = bool(rest) and rest[-1] in _OF_THE_CLOCK
    if is_clock:
        rest = rest[:-1]
    if len(rest) == 2 and rest[1] in {"am", "pm"}:
        rest = (rest[0] + rest[1],)
    if (is_at or is_clock) and rest and rest[-1] in _HOURS:
        hour = _HOURS[rest[-1]]
        if len(rest) == 1:
            return When(time=dt.time(hour), is_plain=words[0] != "at" or is_clock)
        if rest[:-1] == ("half",) and words[0] != "at":  # "at half eight" is half past eight
            return When(time=dt.time((hour - 1) or 12, 30))
        return When(time=dt.time(hour, 30)) if rest[:-1] == ("half", "past") else None
    clock = _CLOCK.fullmatch(rest[0]) if len(rest) == 1 else None
    if clock is None or not (is_at or is_clock or clock.group(3) or ":" in rest[0]):
        return None
    # "at 8" may also be the Dutch for "ate 8".
    is_plain = words[0] != "at" or len(rest[0]) > 2 or is_clock
    return When(time=_time_of_day(clock, rest[0]), is_plain=is_plain)


def _time_of_day(clock: re.Match[str], said: str) -> dt.time:
    hour, minute, half = int(clock.group(1)), int(clock.group(2) or 0), clock.group(3)
    noon = 12
    if half and not 1 <= hour <= noon:
        hour = 24
    elif half:
        hour = hour % noon + (noon if half == "pm" else 0)
    try:
        return dt.time(hour, minute)
    except ValueError:
        raise InputError(f'"{shown(said)}" is no time of day; write for example "8:30".') from None
