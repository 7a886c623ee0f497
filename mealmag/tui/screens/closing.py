"""Close the gap: foods and swaps, each tried on the day, in a window over it."""

import textwrap
import threading
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Button, Label, OptionList, Static
from textual.widgets.option_list import Option as Line
from textual.worker import Worker, WorkerState

from mealmag.errors import MealmagError
from mealmag.export.closing_text import beside_magnesium, still_to_come, then
from mealmag.nutrition.closing import Closing, Option
from mealmag.services.catalogue import Sources
from mealmag.services.close import close_gap
from mealmag.services.rest import meals_to_come
from mealmag.storage.profile import Profile
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.option_cursor import move_cursor

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_KINDS = (("food", "One of these more"), ("swap", "Another time, in its place"))
_NAME = 34
_LEGEND = (
    "“then”: the day at its best with it, the rest planned anew; ~ is unproven.\n"
    "The better day first; of days as good, what is eaten as it is.\n"
    "Enter logs a food · Escape closes"
)


class ClosingDialog(ModalScreen[Option | None]):
    """Tries the ideas in a thread, with a Stop; answers with the food to log, if any."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close"),
        Binding("s", "stop", "Stop"),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
    ]

    class Tried(Message):
        """So many ideas of all are tried."""

        def __init__(self, done: int, of: int) -> None:
            super().__init__()
            self.done = done
            self.of = of

    class Found(Message):
        """What came of it."""

        def __init__(self, closing: Closing) -> None:
            super().__init__()
            self.closing = closing

    class Failed(Message):
        """It could not be tried."""

        def __init__(self, error: MealmagError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, profile: Profile, day: date) -> None:
        super().__init__()
        self._profile = profile
        self._day = day
        self._stop = threading.Event()
        self._tried = ""
        self._lines: dict[str, Option] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label("Close the gap", classes="dialog-title")
            yield Static(self._progress(), id="closing", classes="dialog-text", markup=False)
            yield OptionList(id="options", compact=True)
            yield Static(_LEGEND, id="legend", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Stop", id="stop", variant="primary")

    def on_mount(self) -> None:
        for part in ("#options", "#legend"):
            self.query_one(part).display = False
        self.query_one("#stop").focus()
        self.run_worker(self._work, group="close", thread=True, exit_on_error=False)

    def on_unmount(self) -> None:
        self._stop.set()

    # The thread touches no widget; it only posts messages.

    def _work(self) -> None:
        paths = self.app.paths
        try:
            closing = close_gap(
                paths,
                self._profile,
                Sources(own=paths),
                self._day,
                to_come=meals_to_come(self.app.now().time()),
                on_progress=self._tell_tried,
                stop=self._stop.is_set,
            )
        except MealmagError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Found(closing))

    def _tell_tried(self, done: int, of: int) -> None:
        self.post_message(self.Tried(done, of))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours is told like any other."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.app.switch_screen(MessageDialog.fault(event.worker.error))

    def on_closing_dialog_tried(self, message: Tried) -> None:
        self._tried = f"{message.done} of {message.of} ideas tried"
        self._tell(self._progress())

    def on_closing_dialog_failed(self, message: Failed) -> None:
        self._end()
        error = message.error
        self._tell("\n".join(filter(None, [error.message, error.hint and f"→ {error.hint}"])))

    def on_closing_dialog_found(self, message: Found) -> None:
        closing = message.closing
        stopped = f"Stopped: {self._tried or 'nothing tried'}." if self._stop.is_set() else ""
        self._tell("\n".join(filter(None, [*_situation(closing), stopped, *closing.notes])))
        self._end()
        options = self.query_one("#options", OptionList)
        for kind, title in _KINDS:
            found = [option for option in closing.options if option.kind == kind]
            if found:
                options.add_option(Line(_row(title, "mg", "kcal", "then", "bold"), disabled=True))
            for option in found:
                line = Line(_option(option, closing), id=f"{kind}-{len(self._lines)}")
                self._lines[line.id or ""] = option
                options.add_option(line)
        if self._lines:
            self.query_one(".dialog").add_class("found")
            options.display = self.query_one("#legend").display = True
            options.focus()
            options.action_first()

    def _end(self) -> None:
        self.query_one(".dialog-buttons").display = False

    def _tell(self, words: str) -> None:
        self.query_one("#closing", Static).update(words)

    def _progress(self) -> str:
        lead = "Stopping · " if self._stop.is_set() else ""
        return f"{lead}{self._tried or 'Looking at the day …'}"

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        option = self._lines.get(event.option.id or "")
        if option is None:
            return
        if option.kind == "food":
            self.dismiss(option)
        else:
            self._tell(f"{option.instead_of} is eaten; {option.name} is for another time.")

    @on(Button.Pressed, "#stop")
    def action_stop(self) -> None:
        """Leave out the ideas that are not tried yet."""
        self._stop.set()
        self._tell(self._progress())

    def action_close(self) -> None:
        """Go back; what runs is stopped."""
        self.dismiss(None)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        move_cursor(self.query_one("#options", OptionList), step)


def _situation(closing: Closing) -> Iterator[str]:
    """The gap by now, and what the meals to come can do alone."""
    least = "at least " if closing.unknown else ""
    eaten = f"{least}{closing.so_far_mg:.0f} of {closing.target_mg:g} mg from food and drink by now"
    left = closing.energy_left_kcal
    energy = f"{left:,.0f} kcal are left" if left > 0 else "no energy is left for today"
    gap = f"{closing.gap_mg:.0f} mg to go" if closing.gap_mg else "there is no gap"
    yield f"{eaten[0].upper()}{eaten[1:]}: {gap}, {energy}."
    if closing.meals_left:
        yield still_to_come(closing)


def _option(option: Option, closing: Closing) -> Text:
    """Some lines: what it is with its figures and the day's outcome, and what else it brings."""
    name = f"{option.measure} {option.name}"
    if option.instead_of:
        name += f" for {option.instead_of}"
    figures = f"{option.magnesium_mg:+.0f}", f"{option.energy_kcal:+.0f}"
    text = _row(name, *figures, then(option), "none")
    beside = beside_magnesium(option, closing)
    if beside:
        text.append(f"\n  {beside}", "dim")
    return text


def _row(name: str, mg: str, kcal: str, then: str, style: str) -> Text:
    *above, last = textwrap.wrap(name, _NAME, subsequent_indent="  ")
    left = Text("\n".join([*above, f"{last:<{_NAME}}"]), style)
    return left.append(f"{mg:>5}{kcal:>6}  {then}", style)
