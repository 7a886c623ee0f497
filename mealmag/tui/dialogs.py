"""Small windows over a screen: a message, a question, a file name."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from mealmag.errors import MealmagError


class MessageDialog(ModalScreen[str]):
    """A title, some text, and buttons; answers with the pressed button's id ("" for escape)."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "Close")]

    def __init__(self, title: str, text: str, buttons: dict[str, str] | None = None) -> None:
        super().__init__()
        self._heading = title
        self._text = text
        self._buttons = buttons or {"ok": "OK"}

    @classmethod
    def of(cls, error: MealmagError, buttons: dict[str, str] | None = None) -> "MessageDialog":
        """The dialog that tells an error: title, message, places, and what to do next."""
        parts = [error.message, *(str(problem) for problem in error.problems[:8])]
        if error.hint:
            parts.append(f"→ {error.hint}")
        return cls(error.title, "\n\n".join(parts), buttons)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self._heading, classes="dialog-title", markup=False)
            yield Static(self._text, classes="dialog-text", markup=False)
            with Horizontal(classes="dialog-buttons"):
                for name, label in self._buttons.items():
                    yield Button(label, id=name, variant="primary" if name == "ok" else "default")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer with the button."""
        self.dismiss(event.button.id or "")


class NameDialog(ModalScreen[str]):
    """Asks for a file name; answers "" when the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "Cancel")]

    def __init__(self, title: str, value: str) -> None:
        super().__init__()
        self._heading = title
        self._value = value

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self._heading, classes="dialog-title", markup=False)
            yield Input(self._value, id="name")
            yield Static("Enter saves, Escape cancels.", classes="dialog-text")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the name."""
        self.dismiss(event.value.strip())
