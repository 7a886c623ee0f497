"""The diary in short sentences: what was logged, what came back, what is wrong with a line."""

from collections.abc import Sequence
from datetime import date, timedelta

from mealmag.errors import MealmagError
from mealmag.export.entry_text import portion_words
from mealmag.nutrition.diary import Entry
from mealmag.nutrition.intake import MAGNESIUM
from mealmag.services.doubt import Question
from mealmag.storage.diary.diary import Undone

_MOST_PROBLEMS = 4
_MOST_ENTRIES = 3


def figure_words(entry: Entry) -> str:
    """Its magnesium."""
    mg = entry.amount(MAGNESIUM)
    return "no figure" if mg is None else f"{mg:.0f} mg"


def entry_words(entry: Entry, shown: date) -> str:
    """An entry in a line; its day is said where that is not the one on the screen."""
    day = "" if entry.day == shown else f"{entry.day:%a %d %b}"
    place = " ".join(filter(None, [day, entry.meal]))
    return f"{place + ': ' if place else ''}{portion_words(entry)} · {figure_words(entry)}"


def entries_words(lead: str, entries: Sequence[Entry], shown: date) -> str:
    """Some entries after a word that says what became of them."""
    words = [entry_words(entry, shown) for entry in entries[:_MOST_ENTRIES]]
    if len(entries) > _MOST_ENTRIES:
        words.append(f"and {len(entries) - _MOST_ENTRIES} more")
    return f"{lead} {'; '.join(words)}"


def contents_words(entries: Sequence[Entry]) -> str:
    """What some entries are together: the dish that they make, or how much of what, without its figures."""
    dishes = {entry.dish for entry in entries}
    if len(dishes) == 1 and "" not in dishes:
        return dishes.pop()
    return ", ".join(f"{entry.measure} {entry.snapshot.name_en}" for entry in entries)


def meal_words(meal: str) -> str:
    """A meal, also where none was named."""
    return meal or "between meals"


def undone_words(undone: Undone | None, shown: date) -> str:
    """What was taken back, and which entries that took away or brought back."""
    if undone is None:
        return "There is nothing to take back."
    parts = [
        entries_words(lead, entries, shown)
        for lead, entries in (("Gone ·", undone.away), ("Back ·", undone.back))
        if entries
    ]
    return "\n".join(parts)


def refusal_words(error: MealmagError) -> str:
    """Why a line was not logged: each thing that is not sure, and what to write instead."""
    problems = [str(problem) for problem in error.problems[:_MOST_PROBLEMS]]
    if len(error.problems) > _MOST_PROBLEMS:
        problems.append(f"and {len(error.problems) - _MOST_PROBLEMS} more")
    hint = "Say how much of what: 2 slices, 30 g." if problems else error.hint
    return "\n".join(filter(None, [error.message, *problems, hint and f"→ {hint}"]))


def open_words(error: MealmagError, questions: Sequence[Question]) -> str:
    """The same, where the person has seen the questions: without the answers that were offered."""
    if not (error.problems and questions):
        return refusal_words(error)
    reasons = [f"“{question.text}”: {question.reason}" for question in questions[:_MOST_PROBLEMS]]
    return "\n".join([error.message, *reasons])


def near_words(day: date, today: date) -> str:
    """A day in a word or three."""
    return "yesterday" if day == today - timedelta(days=1) else f"{day:%a %d %b}"


def turned_words(today: date) -> str:
    """The date has changed while its page was open."""
    return (
        f"It is {today:%A %d %B} now, and this page has turned to it. A line that begins with "
        "“yesterday:” goes to the day before."
    )


def day_title(day: date, today: date) -> str:
    """A day as people call it."""
    near = {today: " · today", today - timedelta(days=1): " · yesterday"}.get(day, "")
    return f"{day:%A %d %B %Y}{near}"
