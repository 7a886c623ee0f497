"""Small windows over a screen: a message, a question, a file name."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from mealmag.errors import ImpossibleError, MealmagError

_MOST_PROBLEMS = 8


class MessageDialog(ModalScreen[str]):
    """A title, some text, and buttons; answers with the pressed button's id ("" for escape)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", "Close"),
        Binding("left,h", "app.focus_previous", "Before", show=False),
        Binding("right,l", "app.focus_next", "Next", show=False),
    ]

    def __init__(self, title: str, text: str, buttons: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._heading = title
        self._text = text
        self._buttons = buttons or {"ok": "OK"}

    @classmethod
    def of(cls, error: MealmagError, buttons: Mapping[str, str] | None = None) -> "MessageDialog":
        """The dialog that tells an error: title, message, places, and what to do next."""
        parts = [error.message, *(str(problem) for problem in error.problems[:_MOST_PROBLEMS])]
        if len(error.problems) > _MOST_PROBLEMS:
            parts.append(f"and {len(error.problems) - _MOST_PROBLEMS} more")
        if error.hint:
            parts.append(f"→ {error.hint}")
        if isinstance(error, ImpossibleError):
            parts += [f"• {way.change}: {way.gives}" for way in error.ways]
        return cls(error.title, "\n\n".join(parts), buttons)

    @classmethod
    def fault(cls, error: BaseException) -> "MessageDialog":
        """The dialog for what nobody foresaw: a fault of ours, in one line."""
        words = f"{type(error).__name__}: {error}".strip().rstrip(":")
        return cls("A fault of mealmag", f"{words}\n\n→ Please report it, with your profile.")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self._heading, classes="dialog-title", markup=False)
            with VerticalScroll(classes="dialog-scroll", can_focus=False):
                yield Static(self._text, classes="dialog-text", markup=False)
            with Horizontal(classes="dialog-buttons"):
                for number, (name, label) in enumerate(self._buttons.items()):
                    yield Button(label, id=name, variant="default" if number else "primary")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer with the button."""
        self.dismiss(event.button.id or "")


class AskDialog(ModalScreen[str]):
    """Asks for a line of text; answers "" when the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "Cancel")]

    def __init__(self, title: str, value: str, *, hint: str, button: str) -> None:
        super().__init__()
        self._heading = title
        self._value = value
        self._hint = hint
        self._button = button

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self._heading, classes="dialog-title", markup=False)
            yield Input(self._value, id="name", select_on_focus=False)
            yield Static(self._hint, classes="dialog-text", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(self._button, id="save", variant="primary")
                yield Button("Cancel", id="cancel")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with what was written."""
        self.dismiss(event.value.strip())

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer as Enter does, cancel as Escape does."""
        value = self.query_one("#name", Input).value.strip()
        self.dismiss(value if event.button.id == "save" else "")
