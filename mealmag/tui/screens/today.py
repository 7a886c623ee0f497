"""Today: the diary at a terminal. A line to type in, what was logged, and what the day comes to."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from mealmag.errors import MealmagError
from mealmag.export.entry_text import portion_words
from mealmag.nutrition.closing import Option
from mealmag.nutrition.diary import Entry, Ledger
from mealmag.services.catalogue import Sources
from mealmag.services.diary import LogRequest, log, undo
from mealmag.services.doubt import Question
from mealmag.services.log_entries import When
from mealmag.tui.commands import APP, TODAY, TODAY_MORE, bindings
from mealmag.tui.day_page import EXAMPLES, DayPage, pages_of
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.diary_changes import remove_entry
from mealmag.tui.diary_words import (
    contents_words,
    day_title,
    entries_words,
    entry_words,
    open_words,
    refusal_words,
    turned_words,
    undone_words,
)
from mealmag.tui.editing import edit_amount
from mealmag.tui.keeping import keep_meal
from mealmag.tui.log_again import Offer
from mealmag.tui.questions import Asked, Asker, dialog_for
from mealmag.tui.screens.again import AgainDialog
from mealmag.tui.screens.closing import ClosingDialog
from mealmag.tui.widgets.entry_list import EntryList
from mealmag.tui.widgets.keys import Keys
from mealmag.tui.widgets.meal_line import MealLine
from mealmag.tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_SIDE_BY_SIDE = 110
_MOST_REASONS = 2
_LOOK_S = 1.0  # how often to look whether it is another day


class TodayScreen(Screen[None]):
    """A day of the diary. With nothing typed the arrows and delete are for days and entries."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TODAY, APP, TODAY_MORE)]
    TITLE = "Today"
    HELP = (
        "Type what you ate, drank or took as you would say it, in English or Dutch, and press Enter. What "
        "is not sure is asked, and the food that you choose is remembered for its words; nothing is "
        "guessed. A line may name its meal, day and time: “yesterday lunch: 2 slices of rye bread at "
        "13:00”. While something is typed, left, right, delete and the like are for the line; with "
        "nothing typed they are for the days and for the entry that ▸ marks. f3 logs again what you had "
        "before, what is planned, and meals that ctrl+s kept under a name. ≥ and “at least” say that "
        "something has no published figure. Beside a nutrient, ▼ is below its bounds, ▲ above, ✓ within, "
        "and ? not known. Tab goes to the figures, where the arrows scroll."
    )

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self._today = day  # as of the last look at the calendar
        self._choose: str | None = None  # the id of an entry that is new
        self._writes = asyncio.Lock()  # one change after the other, in the order of the keys
        self._gone = threading.Event()
        self._reading = 0  # how often the page was read; what an older reading finds is not shown
        self._was_typing = False

    def compose(self) -> ComposeResult:
        yield Static(id="who")
        yield Static(id="target", markup=False)
        yield TypedLine(placeholder=f"what you ate: {EXAMPLES[0]}", id="line", compact=True)
        yield MealLine(id="as")
        yield Static(id="said", markup=False)
        with Horizontal(id="today"):
            yield EntryList(id="entries")
            with VerticalScroll(id="account"):
                yield Static(id="figures")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#line").focus()
        self.set_interval(_LOOK_S, self._look)

    def on_unmount(self) -> None:
        self._gone.set()

    def on_screen_resume(self) -> None:
        """Opened, or back from another screen: profile and diary may have changed."""
        self._turn_with_the_calendar()
        self._read()

    def on_resize(self) -> None:
        self.query_one("#today").set_class(self.app.size.width < _SIDE_BY_SIDE, "narrow")

    # The calendar.

    def _look(self) -> None:
        """Past midnight another page is today's; a window over this one keeps the day that it is about."""
        if self.is_active and self._turn_with_the_calendar():
            self._read()

    def _turn_with_the_calendar(self) -> bool:
        """Whether it is another day than at the last look. The page of today goes on to it, and says so;
        what is typed stays."""
        before, self._today = self._today, self.app.today
        if self._today == before:
            return False
        if self._day == before:
            self._day = self._today
            self._say(turned_words(self._today))
        return True

    # Reading a day, and showing it.

    @work(group="read", exit_on_error=False)
    async def _read(self) -> None:
        await self._refresh()

    async def _refresh(self) -> None:
        """The page of the day, as long as nothing newer is being read."""
        self._reading += 1
        reading, app = self._reading, self.app
        async for page in pages_of(app.paths, app.profile, self._day, app.today):
            if reading != self._reading:
                return
            self._show(page)

    def _show(self, page: DayPage) -> None:
        self.query_one(EntryList).show(page.entries, page.words, self._choose)
        self._choose = None
        if page.head is not None and page.figures is not None:
            self._show_account(page.head, page.figures, page.energy)
        self.refresh_bindings()

    def _show_account(self, head: Text, figures: RenderableType, energy: str = "") -> None:
        title = Table.grid(expand=True)
        title.add_column(ratio=1)
        title.add_column(justify="right")
        title.add_row(Text(day_title(self._day, self.app.today)), Text(energy))
        self.query_one("#who", Static).update(title)
        self.query_one("#target", Static).update(head)
        self.query_one("#figures", Static).update(figures)

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(words)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours is told like any other."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.app.push_screen(MessageDialog.fault(event.worker.error))

    # What can be done.

    @property
    def _line(self) -> Input:
        return self.query_one("#line", Input)

    @property
    def _typing(self) -> bool:
        """Whether keys are for the typed line: it has the focus, and something stands in it."""
        return self.is_mounted and self._line.has_focus and bool(self._line.value)

    @on(Input.Changed, "#line")
    def _typed(self) -> None:
        if self._typing != self._was_typing:
            self._was_typing = self._typing
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command applies now; keys, footer and palette follow it."""
        if not self.is_mounted:
            return True
        is_today = self._day >= self.app.today
        chosen = self.query_one(EntryList).chosen is not None
        applies = {
            "log": self._typing,
            "edit": chosen and not self._typing,
            "remove": chosen and not self._typing,
            "keep": chosen,
            "turn": not self._typing and not (parameters == (1,) and is_today),
            "close_gap": is_today and self.app.profile is not None,
        }
        return applies.get(action, True)

    def action_turn(self, step: int) -> None:
        """Go to a neighbouring day, not beyond today."""
        self._day = min(self.app.today, self._day + timedelta(days=step))
        self._say("")
        self._show_account(Text("magnesium …\n"), Text())
        self._read()

    def action_move(self, step: int) -> None:
        """Mark another entry while typing goes on; scroll the figures where one is in them."""
        account = self.query_one("#account")
        if account.has_focus:
            account.scroll_relative(y=step, animate=False)
        else:
            self.query_one(EntryList).move(step)

    def action_meal(self) -> None:
        """What the typed line is logged as: the next choice."""
        self.query_one(MealLine).next()

    def action_profile(self) -> None:
        """Say who eats."""
        self.app.open_profile()

    @work(group="back")
    async def action_back(self) -> None:
        """Leave, once all that was typed is written."""
        async with self._writes:
            self.dismiss()

    # Changing the diary.

    def action_log(self) -> None:
        """Log the typed line, once all that was typed stands in it."""
        self._line.post_message(TypedLine.Finish())

    @on(Input.Submitted, "#line")
    def _submitted(self, event: Input.Submitted) -> None:
        """Log the line; refused, it comes back. Where it has just become another day, it comes back too, and
        waits for one more Enter."""
        day = self._day
        self._look()
        text, chosen = event.value.strip(), self.query_one(MealLine)
        if self._day != day:
            self._put_back(text)
        elif text:
            when = When(self._day, chosen.meal)
            lines, supplements = ((), (text,)) if chosen.is_supplement else ((text,), ())
            self._log(text, LogRequest(when, lines, supplements))

    @work(group="write", exit_on_error=False)
    async def _log(self, name: str, request: LogRequest) -> None:
        paths, ask = self.app.paths, Asker(self, self._gone)
        async with self._writes:
            self._say(f"Logging “{name}” …")
            try:
                entries = await asyncio.to_thread(
                    log,
                    paths,
                    Sources(own=paths),
                    request,
                    today=self.app.today,
                    now=self.app.now().astimezone(),
                    ask=ask,
                )
            except MealmagError as error:
                typed = "".join((*request.lines, *request.supplements))
                self._refuse(typed, open_words(error, ask.open))
            else:
                words = entries_words("✓", entries, self._day) + " · ctrl+z takes it back"
                if ask.open:
                    words += "\n" + self._leave(ask.open)
                await self._changed(words, entries[-1])

    def _leave(self, questions: Sequence[Question]) -> str:
        """What got no answer goes back to the line, unless another is being typed there; says why."""
        if not self._line.value:
            self._put_back(", ".join(question.text for question in questions))
        return "\n".join(f"Not logged: {q.text}. {q.reason}" for q in questions[:_MOST_REASONS])

    def _put_back(self, text: str) -> None:
        """A text to its line, where another may be typed already: before that."""
        self._line.value = text + self._line.value
        self._line.cursor_position = len(self._line.value)

    def _refuse(self, text: str, words: str) -> None:
        """Say why; a text goes back to its line, unless another is being typed there."""
        if text and self._line.value:
            words = f"“{text}” is not logged. {words}"
        elif text:
            self._put_back(text)
        self._say(words)

    async def _changed(self, words: str, newest: Entry | None = None) -> None:
        """Say what was done, and show the day as it is now, with a new entry chosen."""
        self._say(words)
        self._choose = None if newest is None else newest.id
        await self._refresh()

    def on_asked(self, message: Asked) -> None:
        """A service asks, in its thread; the answer goes back to it."""
        self.app.push_screen(
            dialog_for(message.question), lambda found: message.answer.set_result(found or None)
        )

    @work(group="write", exit_on_error=False)
    async def action_remove(self) -> None:
        """Take the marked entry away."""
        async with self._writes:
            entry = self.query_one(EntryList).chosen
            if entry is None:
                return
            try:
                await asyncio.to_thread(remove_entry, self.app.paths, entry)
            except MealmagError as error:
                words = refusal_words(error)
            else:
                words = entries_words("Gone ·", [entry], self._day) + " · ctrl+z brings it back"
            await self._changed(words)

    @work(group="write", exit_on_error=False)
    async def action_undo(self) -> None:
        """Take back the last thing that was done to the diary."""
        async with self._writes:
            try:
                words = undone_words(await asyncio.to_thread(undo, self.app.paths), self._day)
            except MealmagError as error:
                words = refusal_words(error)
            await self._changed(words)

    @work(group="edit", exclusive=True, exit_on_error=False)
    async def action_edit(self) -> None:
        """Ask for another amount of the marked entry."""
        entry = self.query_one(EntryList).chosen
        if entry is None:
            return
        if entry.ledger is Ledger.SUPPLEMENT:
            self._say("A supplement has no other amount; remove it, and log it anew.")
            return
        app = self.app
        after = await edit_amount(app, app.paths, entry, app.today, self._writes)
        if after is not None:
            words = f"{portion_words(entry)} is now {entry_words(after, self._day)}"
            await self._changed(words, after)

    @work(group="edit", exclusive=True, exit_on_error=False)
    async def action_keep(self) -> None:
        """Keep the meal of the marked entry under a name."""
        rows = self.query_one(EntryList)
        if rows.chosen is None:
            return
        meal = rows.meal
        name = await keep_meal(self.app, self.app.paths, meal, self._writes)
        if name is not None:
            self._say(f"“{name}” is now {contents_words(meal)} · f3 logs it again")

    def action_again(self) -> None:
        """Choose something to log once more, on the day that is shown now."""
        when = When(self._day, self.query_one(MealLine).meal)

        def take(offer: Offer | None) -> None:
            if offer is not None:
                self._log(offer.name, LogRequest(when, again=offer.entries))

        self.app.push_screen(AgainDialog(when), take)

    def action_close_gap(self) -> None:
        """What would close the gap of today?"""
        profile, day = self.app.profile, self._day

        def take(option: Option | None) -> None:
            if option is not None:
                text = f"{option.measure} {option.food}"
                self._log(text, LogRequest(When(day, self.query_one(MealLine).meal), (text,)))

        if profile is not None:
            self.app.push_screen(ClosingDialog(profile, day), take)
