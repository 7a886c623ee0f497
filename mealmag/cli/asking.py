"""A question asked in a terminal: a number for one of some names, or an amount."""

from mealmag.cli.context import Context
from mealmag.services.doubt import Ask, Question

_NOTHING = frozenset({"", "0", "q"})


def asking(context: Context) -> Ask | None:
    """Who answers: the person at the terminal, where there is one; None in a script."""
    if not (context.stdin.isatty() and context.stderr.isatty()):
        return None
    return lambda question: _asked(question, context)


def _asked(question: Question, context: Context) -> str | None:
    """The key of the chosen candidate, or the amount; None where the person gives up."""
    context.remark(f'"{question.text}": {question.reason}')
    if question.about == "amount":
        return _line(context, "How much? (nothing: leave it) ") or None
    for number, candidate in enumerate(question.candidates, start=1):
        context.remark(f"  {number}  {candidate.name}")
    if not question.candidates:
        return None
    while True:
        answer = _line(context, f"Which? 1-{len(question.candidates)} (nothing: none of them) ")
        if answer in _NOTHING:
            return None
        if answer.isdecimal() and 1 <= int(answer) <= len(question.candidates):
            return question.candidates[int(answer) - 1].key
        context.remark(f'"{answer[:20]}" is none of these numbers.')


def _line(context: Context, prompt: str) -> str:
    context.stderr.write(prompt)
    context.stderr.flush()
    return context.stdin.readline().strip()
