"""What is not sure of something that was typed: a question, for a person or for an error to tell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mealmag.catalogue.freetext.names import comparable, stem
from mealmag.catalogue.freetext.words import shown
from mealmag.errors import DataProblem


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the things that some words may mean: its key, and its name for people."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is not sure of the words in `text`: which food, or how much of it, and why.

    Answered by the key of a candidate or other words for the food, or by an amount ("2 slices"). None leaves
    it without an answer. `usual` is an amount that people eat of it, to be offered and not to be assumed.
    """

    text: str
    about: Literal["food", "amount"]
    reason: str
    candidates: tuple[Candidate, ...] = ()
    usual: str = ""


Ask = Callable[[Question], str | None]


class NotSureError(Exception):
    """Something is open, and nobody answered."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.reason)
        self.question = question


def answered(ask: Ask | None, question: Question) -> str:
    """The answer to a question. NotSureError without one."""
    answer = None if ask is None else ask(question)
    if answer is None:
        raise NotSureError(question)
    return answer


def told(question: Question) -> DataProblem:
    """The question as a problem of what was typed, with what it may be."""
    names = "; ".join(f"{each.key} ({each.name})" for each in question.candidates)
    offered = f" It may be: {names}." if names and question.about == "food" else ""
    return DataProblem(f'"{shown(question.text)}"', None, None, question.reason + offered)


def among(answer: str, offered: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys of what was offered (key to names) that have all words of an answer in one of their names.

    A whole name goes before names that have it among their words: "white bread" is not "toasted white bread".
    """
    wanted = comparable(answer)
    whole = [key for key, names in offered.items() if wanted in map(comparable, names)]
    stems = {stem(word) for word in wanted}
    return whole or [
        key
        for key, names in offered.items()
        if stems and any(stems <= {stem(w) for w in comparable(name)} for name in names)
    ]
