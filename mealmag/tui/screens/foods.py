"""Foods: what has how much magnesium, found while one types."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static
from textual.worker import Worker, WorkerState

from mealmag.catalogue.every_food import EveryFood, is_code
from mealmag.catalogue.search import Index
from mealmag.errors import MealmagError
from mealmag.export.food_facts import about
from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import BY_KEY, CORE
from mealmag.services.catalogue import Sources, load_food_table
from mealmag.services.foods import Basis, food_index, top
from mealmag.storage.profile import DietChoice, Profile
from mealmag.tui.commands import APP, FOODS, bindings
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.widgets.keys import Keys

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_MOST = 60
_SIDE_BY_SIDE, _FACTS = 110, 44  # columns from which the facts stand beside, and how many they take
_FIGURES = (("mg/100 g", 8), ("serving", 8))
_EDGES, _SCROLLBAR = 2, 1
_LEAST = 12  # a name gets so many columns, however narrow the terminal


class FoodsScreen(Screen[None]):
    """A line to type in, what it finds, and the facts of the food under the cursor."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FOODS, APP)]
    TITLE = "Foods"
    HELP = (
        "Type a food's name in English or Dutch, a synonym, or a group; spelling it nearly right is "
        "enough. With nothing typed, the list has the foods that bring most magnesium in a usual "
        "serving, within your diet. The numbers are milligrams of magnesium. All foods are USDA's "
        "7,777: for looking up, not for planning. Tab goes to the facts, where the arrows scroll."
    )

    def __init__(self) -> None:
        super().__init__()
        self._foods: Mapping[str, Food] = {}
        self._index: Index | None = None
        self._every: EveryFood | None = None
        self._every_index: Index | None = None
        self._reading = asyncio.Lock()  # one table after the other: the second needs the first
        self._broken = False
        self._all = False
        self._richest: list[Food] = []
        self._shown: list[Food] = []
        self._room = _LEAST

    def compose(self) -> ComposeResult:
        yield Input(placeholder="a food: spinach, pindakaas, choco 85 …", id="ask", compact=True)
        yield Static("Loading the foods …", id="progress")
        with Horizontal(id="foods"):
            yield DataTable[Text](id="found", cursor_type="row", show_header=True)
            with VerticalScroll(id="meals"):
                yield Static(id="facts", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#ask").focus()
        self._load()

    def on_resize(self) -> None:
        """Names take what room there is; the cursor stays on its row."""
        width = self.app.size.width
        narrow = width < _SIDE_BY_SIDE
        self.query_one("#foods").set_class(narrow, "narrow")
        taken = sum(size + _EDGES for _, size in _FIGURES) + _EDGES + _SCROLLBAR
        self._room = max(_LEAST, width - (0 if narrow else _FACTS) - taken)
        table = self.query_one("#found", DataTable)
        row = table.cursor_row
        table.clear(columns=True)
        for label, size in _FIGURES:
            table.add_column(Text(label, justify="right"), width=size)
        table.add_column("food", width=self._room)
        self._fill()
        table.move_cursor(row=row)

    # Reading the tables.

    @work(group="catalogue", exit_on_error=False)
    async def _load(self) -> None:
        async with self._reading:
            try:
                self._foods = await asyncio.to_thread(load_food_table, Sources(own=self.app.paths))
                self._richest = await asyncio.to_thread(_richest, self._foods, self.app.profile)
                self._index = await asyncio.to_thread(food_index, self._foods)
            except MealmagError as error:
                self._broken = True
                self.app.push_screen(MessageDialog.of(error))
        self._answer()

    @work(group="catalogue", exit_on_error=False)
    async def _load_all(self) -> None:
        """The source table, once it is asked for."""
        async with self._reading:
            if self._every_index is not None:
                return
            try:
                self._every = await asyncio.to_thread(EveryFood)
                self._every_index = await asyncio.to_thread(food_index, self._foods, self._every)
            except MealmagError as error:
                self._all = False
                self.app.push_screen(MessageDialog.of(error))
        self._answer()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours is told like any other."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.app.push_screen(MessageDialog.fault(event.worker.error))

    # Answering.

    @on(Input.Changed, "#ask")
    def _answer(self) -> None:
        """Ours at once; all foods in a thread, for a word misspelled takes longer than a frame."""
        index, text = self._every_index if self._all else self._index, self._asked
        if index is None or not text:
            self._show([] if text else self._richest)
        elif self._all:
            self._find_in_all(index, text)
        else:
            self._show(self._find(index, text))

    @work(group="find", exclusive=True, exit_on_error=False)
    async def _find_in_all(self, index: Index, text: str) -> None:
        found = await asyncio.to_thread(self._find, index, text)
        if self._all and text == self._asked:
            self._show(found)

    @property
    def _asked(self) -> str:
        return self.query_one("#ask", Input).value.strip()

    def _find(self, index: Index, text: str) -> list[Food]:
        return [
            self._every.food(key) if self._every and is_code(key) else self._foods[key]
            for key in index.find(text, _MOST)
        ]

    def _show(self, foods: list[Food]) -> None:
        self._shown = foods
        self.query_one("#progress", Static).update(self._words())
        self._fill()

    def _words(self) -> str:
        """What the list is, in one line."""
        where = "all foods" if self._all else "our foods"
        if (self._every_index if self._all else self._index) is None:
            broken = self._broken and not self._all
            return "The foods cannot be read; ^t has USDA's" if broken else f"Loading {where} …"
        if not self._asked:
            typing = " · typing finds all foods" if self._all else ""
            if self._broken:
                return f"The foods cannot be read{typing}"
            diet = ", within your diet" if self.app.profile else ""
            return f"Most magnesium in a usual serving{diet}{typing}"
        if not self._shown:
            more = "" if self._all else "; ^t looks through all 7,777 of USDA"
            return f"Nothing is called that in {where}{more}"
        return f"{len(self._shown)}{'+' if len(self._shown) == _MOST else ''} found in {where}"

    def _fill(self) -> None:
        table = self.query_one("#found", DataTable)
        table.clear()
        for food in self._shown:
            table.add_row(*_row(food, self._room))
        self._tell()

    @on(DataTable.RowHighlighted, "#found")
    def _tell(self) -> None:
        """The facts of the food under the cursor."""
        row = self.query_one("#found", DataTable).cursor_row
        facts = self.query_one("#facts", Static)
        if not 0 <= row < len(self._shown):
            facts.update("")
            return
        food = self._shown[row]
        lines = about(food, self._every if is_code(food.id) else None)
        words = Text("\n").join(Text(line) for line in lines)
        self.query_one("#meals").scroll_home(animate=False)
        facts.update(Group(Text(_names(food), "bold"), words, Text(), _figures(food)))

    def action_all(self) -> None:
        """Look through all foods of the source table, or through ours again."""
        self._all = not self._all
        if self._all and self._every_index is None:
            self.query_one("#progress", Static).update(self._words())
            self._load_all()
        else:
            self._answer()

    def action_move(self, step: int) -> None:
        """Move the cursor of the list while typing goes on; scroll the facts where one is in them."""
        facts, table = self.query_one("#meals"), self.query_one("#found", DataTable)
        if facts.has_focus:
            facts.scroll_relative(y=step, animate=False)
        elif self._shown:
            table.move_cursor(row=min(max(0, table.cursor_row + step), len(self._shown) - 1))

    def action_back(self) -> None:
        self.dismiss()


def _richest(foods: Mapping[str, Food], profile: Profile | None) -> list[Food]:
    """The foods that bring most magnesium in a usual serving, within the diet."""
    diet = profile.diet if profile else DietChoice()
    avoid = diet.avoid_allergens
    ranked = top(foods, by=Basis.SERVING, diet=diet.kind, avoid=avoid, limit=_MOST)
    return [entry.food for entry in ranked]


def _names(food: Food) -> str:
    return food.name_en if food.name_nl == food.name_en else f"{food.name_en} · {food.name_nl}"


def _row(food: Food, room: int) -> tuple[Text, Text, Text]:
    magnesium = food.nutrients["magnesium_mg"]
    per_100 = "–" if magnesium is None else f"{magnesium:.0f}"
    serving = ""
    if magnesium is not None and food.serving_g:
        serving = f"{magnesium * food.serving_g / 100:.0f} mg"
    name = Text(_names(food))
    name.truncate(room, overflow="ellipsis")
    return Text(per_100, justify="right"), Text(serving, justify="right"), name


def _figures(food: Food) -> Table:
    """The core nutrients per 100 g, and in a usual serving where there is one."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "right", "right", "left"):
        grid.add_column(justify=justify)
    serving = food.serving_g
    grid.add_row("", Text("100 g", "dim"), Text("serving" if serving else "", "dim"), "")
    for key in dict.fromkeys(("magnesium_mg", *CORE)):
        nutrient, value = BY_KEY[key], food.nutrients.get(key)
        cells = ["–", ""]
        if value is not None:
            cells[0] = f"{value:.{nutrient.decimals}f}"
            cells[1] = f"{value * serving / 100:.{nutrient.decimals}f}" if serving else ""
        grid.add_row(nutrient.name, *cells, nutrient.unit)
    return grid
