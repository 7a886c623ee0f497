"""Help for the screen that was open: what it is for, and its keys, from the one list of commands."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from mealmag.tui.commands import Command


class HelpScreen(ModalScreen[None]):
    """Any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close")
    ]

    def __init__(self, title: str, words: str, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self._heading = title
        self._words = words
        self._commands = commands

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(f"Help · {self._heading}", classes="dialog-title")
            with VerticalScroll(classes="dialog-scroll"):
                yield Static(self._words, classes="dialog-text", markup=False)
                yield Static(self._keys(), classes="dialog-text")
            yield Static("Escape closes. ctrl+p opens the palette.", classes="dialog-text")

    def _keys(self) -> Text:
        text = Text()
        for command in self._commands:
            keys = command.key.replace("question_mark", "?").replace(",", " ")
            text.append(f"{keys:<13}", style="bold")
            text.append(f"{command.help}\n")
        return text
