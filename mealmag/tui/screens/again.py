"""Log again: usual meals, planned ones, and those of the days before, in a window over the day."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState

from mealmag.errors import MealmagError
from mealmag.services.log_entries import When
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.diary_words import refusal_words
from mealmag.tui.log_again import Offer, offers_for
from mealmag.tui.option_cursor import move_cursor
from mealmag.tui.widgets.typed_line import WordsLine

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_MOST_DIGITS = 9
_FIGURE = 6  # columns
_AROUND = 11  # lines that the list leaves to the rest of the window, and to what is behind it
_LEAST = 3
_NOTHING_YET = (
    "There is nothing to log again yet. What you log comes here on the next day by itself, and so do the "
    "meals of a plan on their days; ctrl+s on the Today screen keeps a meal here under a name."
)


class AgainDialog(ModalScreen[Offer | None]):
    """Typing narrows the list down, the digits choose from it; answers with what to log, if anything."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("enter", "take", "Log", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        *(
            Binding(str(n), f"number({n})", show=False, priority=True)
            for n in range(1, _MOST_DIGITS + 1)
        ),
    ]

    def __init__(self, when: When) -> None:
        super().__init__()
        self._when = when
        self._offers: tuple[Offer, ...] = ()
        self._shown: list[Offer] = []
        self._is_read = False
        self._early: int | None = None  # the number that was chosen before the list was there

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(_title(self._when, self.app.today), classes="dialog-title")
            yield WordsLine(placeholder="type to find one", id="find", compact=True)
            yield Static("Looking …", id="told", classes="dialog-text", markup=False)
            yield OptionList(compact=True)
            yield Static("Enter, or its number, logs it · Escape closes", classes="dialog-foot")

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False  # what is typed is for the line
        self.query_one("#find").focus()
        self._read()

    def on_resize(self) -> None:
        """The list is as long as there is room for."""
        room = self.app.size.height - _AROUND
        self.query_one(OptionList).styles.max_height = max(_LEAST, room)

    @work(exit_on_error=False)
    async def _read(self) -> None:
        app = self.app
        try:
            self._offers = await asyncio.to_thread(offers_for, app.paths, self._when.day, app.today)
        except MealmagError as error:
            self._tell(refusal_words(error))
            return
        self._is_read = True
        self._show()
        if self._early is not None:
            self.action_number(self._early)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours is told like any other."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.app.switch_screen(MessageDialog.fault(event.worker.error))

    @on(Input.Changed, "#find")
    def _show(self) -> None:
        """The list, as far as it has what is typed."""
        if not self._is_read:
            return
        text = self.query_one("#find", Input).value
        self._shown = [offer for offer in self._offers if offer.has(text)]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(_options(self._shown))
        options.action_first()
        none = f"Nothing here has “{text}” in it." if self._offers else _NOTHING_YET
        self._tell("" if self._shown else none)

    def _tell(self, words: str) -> None:
        told = self.query_one("#told", Static)
        told.update(words)
        told.display = bool(words)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the one under the pointer."""
        self.action_number(int(event.option_id or 0))

    def action_take(self) -> None:
        """Answer with the marked one, or the first as soon as it is there."""
        marked = self.query_one(OptionList).highlighted_option
        self.action_number(1 if marked is None else int(marked.id or 0))

    def action_number(self, number: int) -> None:
        """Answer with one of them by its number."""
        if not self._is_read:
            self._early = number
        elif number <= len(self._shown):
            self.dismiss(self._shown[number - 1])

    def action_move(self, step: int) -> None:
        """Mark another one."""
        move_cursor(self.query_one(OptionList), step)


def _title(when: When, today: date) -> str:
    """For which day and meal, where that is not said by the screen below or by the list."""
    day = "" if when.day == today else f"{when.day:%A %d %B}"
    meal = "" if when.meal is None else f"as {when.meal}"
    return " · ".join(filter(None, ["Log again", day, meal]))


def _options(offers: Sequence[Offer]) -> Iterator[Option]:
    """A line for each, with its number, under the headings of their sections."""
    numbered = enumerate(offers, start=1)
    for section, rows in groupby(numbered, key=lambda row: row[1].section):
        yield Option(Text(section, "bold"), disabled=True)
        yield from (Option(_row(number, offer), id=str(number)) for number, offer in rows)


def _row(number: int, offer: Offer) -> Table:
    row = Table.grid(expand=True, padding=(0, 1, 0, 0))
    row.add_column(width=1)
    row.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    row.add_column(justify="right", no_wrap=True, min_width=_FIGURE)
    digit = str(number) if number <= _MOST_DIGITS else ""
    row.add_row(digit, Text(offer.words), offer.figure)
    return row
