"""Questions of a service, which runs in a thread, put to the person at the screen."""

from concurrent.futures import Future
from threading import Event
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from mealmag.services.doubt import Question
from mealmag.tui.dialogs import AskDialog
from mealmag.tui.option_cursor import move_cursor

_LOOK_S = 0.1
_MOST_DIGITS = 9


class Asked(Message):
    """A question that waits for its answer; None where it is left out."""

    def __init__(self, question: Question, answer: "Future[str | None]") -> None:
        super().__init__()
        self.question = question
        self.answer = answer


class Asker:
    """Asks for one line.

    Called in the thread of the service: posts the question to the screen and waits, and never longer than
    the screen lives. `open` are the questions that got no answer.
    """

    def __init__(self, screen: MessagePump, gone: Event) -> None:
        self._screen = screen
        self._gone = gone
        self.open: list[Question] = []

    def __call__(self, question: Question) -> str | None:
        """The key of a candidate, or an amount; None without an answer."""
        found = None
        can_choose = question.about == "amount" or bool(question.candidates)
        if can_choose:
            answer: Future[str | None] = Future()
            self._screen.post_message(Asked(question, answer))
            found = self._wait(answer)
        if found is None:
            self.open.append(question)
        return found

    def _wait(self, answer: "Future[str | None]") -> str | None:
        while not self._gone.is_set():
            try:
                return answer.result(timeout=_LOOK_S)
            except TimeoutError:
                continue
        return None


def dialog_for(question: Question) -> ModalScreen[str]:
    """The window that asks; it answers "" where it is left out."""
    if question.about == "food":
        return ChooseDialog(question)
    return AskDialog(
        f"How much: “{question.text}”",
        question.usual,
        hint=f"{question.reason}\nWrite 30 g, 2 slices, ½ cup. Escape leaves it out.",
        button="Log it",
    )


class ChooseDialog(ModalScreen[str]):
    """The foods that some words may mean; answers with the key of one or other words, "" to leave it out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", "Leave it out"),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
        *(Binding(str(n), f"take({n - 1})", show=False) for n in range(1, _MOST_DIGITS + 1)),
    ]

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        question = self._question
        with Vertical(classes="dialog"):
            yield Label(f"Which one: “{question.text}”", classes="dialog-title", markup=False)
            yield Static(question.reason, classes="dialog-text", markup=False)
            yield OptionList(
                *(
                    Option(Text(f"{number}  {candidate.name}"))
                    for number, candidate in enumerate(question.candidates, start=1)
                ),
                compact=True,
            )
            yield Input(placeholder="or other words for it", id="other", compact=True)
            yield Static(
                "Enter, or its number · Tab: other words · Escape leaves it out",
                classes="dialog-foot",
            )

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the chosen one."""
        self.action_take(event.option_index)

    @on(Input.Submitted, "#other")
    def _in_other_words(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_take(self, index: int) -> None:
        """Answer with one of them by its place."""
        if index < len(self._question.candidates):
            self.dismiss(self._question.candidates[index].key)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        move_cursor(self.query_one(OptionList), step)
