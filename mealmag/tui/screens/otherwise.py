"""What is otherwise at a meal: a line for words, and beneath it the dishes that the words find."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from mealmag.catalogue.dish import Dish
from mealmag.catalogue.dish_index import dish_entries
from mealmag.catalogue.search import Index
from mealmag.errors import MealmagError
from mealmag.planning.occasion import Place, dish_part
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.tui.option_cursor import move_cursor

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_MOST = 5  # dishes shown
_WORDS = (
    "skip · out 800 (kcal) · ate 60 g oats-rolled, 118 g banana · guest vegan, nuts · "
    "double (the rest is tomorrow's lunch) · planned · a dish: type its name, ↓ and Enter take it "
    "(guest … or double may follow)"
)


class OtherwiseDialog(ModalScreen[str]):
    """Answers with the words for a meal; "" when the person thinks better of it."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", "Cancel"),
        Binding("enter", "take", "Take", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
    ]

    def __init__(self, place: Place, value: str) -> None:
        super().__init__()
        self._place = place
        self._value = value
        self._dishes: Mapping[str, Dish] = {}
        self._index: Index | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            title = f"What is otherwise at {self._place}?"
            yield Label(title, classes="dialog-title", markup=False)
            yield Input(self._value, id="name", select_on_focus=False, compact=True)
            yield OptionList(compact=True)
            yield Static(_WORDS, classes="dialog-text", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Plan around it", id="save", variant="primary")
                yield Button("Cancel", id="cancel")

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.can_focus, options.display = False, False  # what is typed is for the line
        self.query_one("#name").focus()
        self._read()

    @work(exit_on_error=False)
    async def _read(self) -> None:
        """Read the cookbook; without it the line takes words all the same."""
        sources = Sources(own=self.app.paths)
        try:
            catalogue = await asyncio.to_thread(load_catalogue, sources)
        except MealmagError:
            return
        self._dishes = catalogue.dishes
        self._index = Index(dish_entries(catalogue.dishes.values(), self._place.meal))
        self._show()

    @on(Input.Changed, "#name")
    def _show(self) -> None:
        """The dishes that what is typed may name."""
        dish, _ = dish_part(self.query_one("#name", Input).value)
        found = self._index.find(dish, _MOST) if self._index and dish else []
        options = self.query_one(OptionList)
        options.clear_options()
        options.display = bool(found) and dish not in self._dishes
        if options.display:
            options.add_options([Option(self._line(each), id=each) for each in found])

    def _line(self, dish: str) -> Table:
        line = Table.grid(expand=True, padding=(0, 1))
        line.add_column(no_wrap=True, ratio=1)
        line.add_column(no_wrap=True, justify="right")
        line.add_row(Text(self._dishes[dish].name_en, overflow="ellipsis"), Text(dish, "dim"))
        return line

    def action_move(self, step: int) -> None:
        """Mark another dish."""
        options = self.query_one(OptionList)
        if options.display:
            move_cursor(options, step)

    def action_take(self) -> None:
        """Press the button, or take the marked dish into the line. Words that are no dish but find some
        mark the first; all others are the answer."""
        options = self.query_one(OptionList)
        marked = options.highlighted_option
        if isinstance(self.focused, Button):
            self.focused.press()
        elif marked is not None and marked.id is not None:
            self._put(marked.id)
        elif options.display:
            self.action_move(1)
        else:
            self._answer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the dish under the pointer into the line."""
        self._put(event.option_id or "")

    def _put(self, dish: str) -> None:
        line = self.query_one("#name", Input)
        line.value = " ".join(filter(None, [dish, dish_part(line.value)[1]]))
        line.cursor_position = len(line.value)
        line.focus()

    def _answer(self) -> None:
        self.dismiss(self.query_one("#name", Input).value.strip())

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer as Enter does, cancel as Escape does."""
        if event.button.id == "save":
            self._answer()
        else:
            self.dismiss("")
