"""Help for the screen that was open: what it is for, and its keys, from the one list of commands."""

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
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
        Binding("escape,enter,q,question_mark,f1", "dismiss", "Close"),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, title: str, words: str, commands: Sequence[Command]) -> None:
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
            yield Static("Escape closes this; ctrl+p opens the list of all commands.")

    def _keys(self) -> Table:
        grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(width=12)
        grid.add_column(ratio=1)
        for command in self._commands:
            grid.add_row(Text(command.keys, "bold"), Text(command.help))
        return grid

    def action_scroll(self, step: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)
