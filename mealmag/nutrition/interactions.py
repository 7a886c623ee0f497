"""Which medicines and conditions a magnesium supplement must heed, and the words that find them.

Matching errs on the careful side: a word which names several things finds all of them, and a word
which names nothing is handed back as unknown, never dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mealmag.nutrition import kidneys


class Level(StrEnum):
    """What a match asks of the program, gravest first."""

    BLOCK = "block"  # no supplement suggestion
    ASK = "ask"  # only with "ask a doctor or pharmacist first"
    SPACE = "space"  # hours between the two
    INFORM = "inform"  # a text to show


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """One row of the table. `before_h`: hours the medicine should precede magnesium; `after_h`:
    hours it should follow; None where there is no such rule.
    """

    id: str
    kind: str
    name: str
    examples: tuple[str, ...]
    level: Level
    before_h: Decimal | None
    after_h: Decimal | None
    advice: str
    evidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Match:
    """One row, and the word of the person that found it."""

    word: str
    row: InteractionRow


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word that may stand in a profile, what it stands for, and what it leads to."""

    word: str
    kind: str
    meaning: str
    level: Level


# Other names and spellings people use for what is in the table. They add no rule of their own.
# What tells of the kidneys is in `nutrition.kidneys`.
ALIASES: dict[str, tuple[str, ...]] = {
    **kidneys.NAMES,
    "heart_block": ("slow heart rate", "cardiac conduction", "atrioventricular block"),
    "myasthenia": ("myasthenia", "eaton lambert"),
    "bowel": ("bowel blockage", "severe diarrhea", "diarrhoea", "diarrhea", "ileus"),
    "malabsorption": ("celiac", "inflammatory bowel", "gastric bypass", "colitis", "malabsorption"),
    "pregnancy": ("pregnant", "breastfeeding"),
    "mg_medicines": ("magnesium", "milk of magnesia", "antacid", "epsom"),
    "levothyroxine": ("thyroxine",),
    "digoxin": ("digitalis",),
    "bp_ccb": ("antihypertensive", "calcium channel blocker"),
    "loop_diuretics": ("water tablet", "water pill", "diuretic"),
    "thiazides": ("diuretic",),
    "k_sparing": ("diuretic",),
    "alcohol": ("alcoholism",),
    "surgery": ("operation",),
    "bisphosphonates": ("bisphosphonate",),
    "iron": ("iron supplement",),
}

# Words that name nothing by themselves.
_GENERIC = frozenset(
    {
        "a", "and", "any", "at", "disease", "dose", "drug", "for", "gravis", "heavy", "high", "in",
        "hormone", "level", "low", "medicine", "more", "of", "once", "or", "oral", "other",
        "planned", "reduced", "related", "severe", "similar", "some", "supplement", "tablet",
        "that", "the", "to", "type", "unknown", "use", "used",
    }
)  # fmt: skip
_SPLIT_NAME = re.compile(r",|\bor\b|\band\b|\(|\)")
_EVERY_MEDICINE = "other_oral"
_BY_AGE = frozenset({"child", "older"})


def matches(
    rows: Sequence[InteractionRow], words: Sequence[str]
) -> tuple[tuple[Match, ...], tuple[str, ...]]:
    """What a person's words (conditions, medicines) find, and the words that find nothing."""
    found: list[Match] = []
    unknown: list[str] = []
    for word in words:
        hits = [Match(word, row) for row in rows if _finds(word, row)]
        found.extend(hits)
        if not hits:
            unknown.append(word)
    return tuple(found), tuple(unknown)


def every_medicine(rows: Sequence[InteractionRow]) -> InteractionRow | None:
    """The rule for any medicine by mouth that has none of its own."""
    return next((row for row in rows if row.id == _EVERY_MEDICINE), None)


def known_words(rows: Sequence[InteractionRow]) -> tuple[KnownWord, ...]:
    """Every word that a profile's conditions and medicines may hold to a known effect, sorted.

    Others may stand there too: they lead to the advice to ask a pharmacist.
    """
    words = {
        KnownWord(word.lower(), row.kind, row.name, row.level)
        for row in rows
        if row.id not in _BY_AGE and row.id != _EVERY_MEDICINE and row.kind != "symptom"
        for word in (row.id.replace("_", "-"), *row.examples, *ALIASES.get(row.id, ()))
    }
    return tuple(sorted(words, key=lambda known: (known.kind, known.word, known.meaning)))


def _tokens(text: str) -> frozenset[str]:
    """Lower-case words, singular by the simplest rule, without those that name nothing."""
    return _all_tokens(text) - _GENERIC


def _all_tokens(text: str) -> frozenset[str]:
    found = re.findall(r"[^\W_]+", text.lower())
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found)


def _finds(word: str, row: InteractionRow) -> bool:
    """Whether a person's word means this row.

    "levothyroxine 50 mcg" says all of "levothyroxine"; "kidney" is a part of "kidney disease".
    """
    if row.id in kidneys.kidney_rows(word):
        return True
    said = _tokens(word)
    if not said or row.id == _EVERY_MEDICINE or row.id in _BY_AGE:
        return False
    if said == _tokens(row.id):
        return True
    terms = [*row.examples, *ALIASES.get(row.id, ())]
    if row.kind == "symptom":
        return any(_all_tokens(word) == _all_tokens(term) for term in terms)
    terms.extend(_SPLIT_NAME.split(row.name))
    return any(term <= said or said <= term for term in map(_tokens, terms) if term)
