"""A question asked in a terminal: a number for one of some names, other words, or an amount."""

from mealmag.cli.context import Context
from mealmag.services.doubt import Question


def asking(context: Context) -> "Asking | None":
    """Who answers: the person at the terminal, where there is one; None in a script."""
    if not (context.stdin.isatty() and context.stderr.isatty()):
        return None
    return Asking(context)


class Asking:
    """Asks at the terminal; `left_out` are the texts that got no answer."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.left_out: list[str] = []

    def __call__(self, question: Question) -> str | None:
        """The key of a candidate, other words for it, or the amount; None where it is left out."""
        answer = _asked(question, self._context)
        if answer is None:
            self.left_out.append(question.text)
        return answer


def _asked(question: Question, context: Context) -> str | None:
    context.remark(f'"{question.text}": {question.reason}')
    if question.about == "amount":
        offered = f"= is {question.usual}, " if question.usual else ""
        answer = _line(context, f"How much? ({offered}Enter leaves it out) ")
        return (question.usual if answer == "=" else answer) or None
    many = len(question.candidates)
    for number, candidate in enumerate(question.candidates, start=1):
        context.remark(f"  {number}  {candidate.name}")
    which = f"Which? 1-{many}, or other words" if many else "Other words for it?"
    while True:
        answer = _line(context, f"{which} (Enter leaves it out) ")
        if not answer:
            return None
        if not answer.isdecimal():
            return answer
        if 1 <= int(answer) <= many:
            return question.candidates[int(answer) - 1].key
        context.remark(f'"{answer[:20]}" is none of these numbers.')


def _line(context: Context, prompt: str) -> str:
    context.stderr.write(prompt)
    context.stderr.flush()
    return context.stdin.readline().strip()
