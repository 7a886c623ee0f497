"""The entries of a day by meal, one of them chosen, each with its number and its magnesium."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Click
from textual.geometry import Region
from textual.widgets import Static

from mealmag.export.entry_text import portion_words
from mealmag.nutrition.diary import Entry
from mealmag.nutrition.intake import MAGNESIUM, Sum, by_meal
from mealmag.tui.diary_words import figure_words, meal_words

_LEAST = 24  # columns of a row, however narrow the terminal


class EntryList(VerticalScroll, can_focus=False):
    """The typed line keeps the focus; the screen moves the choice. ▸ marks it beside the colour."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: list[tuple[int, Entry]] = []
        self._sums: dict[str, Sum] = {}
        self._at = 0
        self._lines: list[int] = []
        self._invitation = ""

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, entries: Sequence[Entry], invitation: str, choose: str | None = None) -> None:
        """These entries, or the invitation where there are none; `choose` is the id of the one to choose."""
        before = None if self.chosen is None else self.chosen.id
        self._invitation = invitation
        self._sums = by_meal(entries, MAGNESIUM)
        self._rows = [
            (number, entry)
            for meal in self._sums
            for number, entry in enumerate(entries, start=1)
            if entry.meal == meal
        ]
        places = {entry.id: place for place, (_, entry) in enumerate(self._rows)}
        kept = places.get(before or "", min(self._at, len(self._rows) - 1))
        self._at = max(0, places.get(choose or "", kept))
        self._draw()

    @property
    def chosen(self) -> Entry | None:
        """The entry that is marked."""
        return self._rows[self._at][1] if self._rows else None

    @property
    def meal(self) -> list[Entry]:
        """The entries of the same meal as the marked one."""
        chosen = self.chosen
        return [entry for _, entry in self._rows if chosen and entry.meal == chosen.meal]

    def move(self, step: int) -> None:
        """Mark the next entry, or the one before."""
        if self._rows:
            self._at = max(0, min(len(self._rows) - 1, self._at + step))
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    def on_click(self, event: Click) -> None:
        """Mark the entry under the pointer."""
        line = event.screen_y - self.query_one(Static).region.y
        if line in self._lines:
            self._at = self._lines.index(line)
            self._draw()

    def _draw(self) -> None:
        room = max(_LEAST, self.scrollable_content_region.width)
        lines: list[Text] = []
        self._lines = []
        meal = None
        for place, (number, entry) in enumerate(self._rows):
            if entry.meal != meal:
                meal = entry.meal
                lines.append(self._heading(meal, room))
            self._lines.append(len(lines))
            lines.append(_row(number, entry, room, chosen=place == self._at))
        text = Text("\n").join(lines) if lines else Text(self._invitation)
        self.query_one(Static).update(text)
        self.call_after_refresh(self._scroll)

    def _heading(self, meal: str, room: int) -> Text:
        total = self._sums[meal]
        least = "" if total.complete else "at least "
        return Text(_apart(meal_words(meal), f"{least}{total.amount:.0f} mg", room), "bold")

    def _scroll(self) -> None:
        if self._rows:
            line = self._lines[self._at]
            top = 0 if self._at == 0 else line  # the first one's meal is seen too
            self.scroll_to_region(Region(0, top, 1, line - top + 1), animate=False)


def _row(number: int, entry: Entry, room: int, *, chosen: bool) -> Text:
    mark = "▸" if chosen else " "
    clock = "" if entry.at is None else f"{entry.at:%H:%M} "
    words = _apart(f"{mark}{number:>3}  {clock}{portion_words(entry)}", figure_words(entry), room)
    return Text(words, "reverse" if chosen else "")


def _apart(left: str, right: str, room: int) -> str:
    """One at the left edge, one at the right; the left one is cut where there is no room, and says so."""
    space = room - cell_len(right) - 1
    words = Text(left)
    words.truncate(space, overflow="ellipsis", pad=True)
    return f"{words.plain} {right}"
