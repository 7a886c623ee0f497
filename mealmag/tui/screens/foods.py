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
from textual.widgets import DataTable, Footer, Input, Static

from mealmag.catalogue.every_food import EveryFood, is_code
from mealmag.catalogue.search import Index
from mealmag.errors import MealmagError
from mealmag.export.food_facts import about
from mealmag.nutrition.food import Diet, Food
from mealmag.nutrition.nutrients import BY_KEY, CORE
from mealmag.services.catalogue import Sources, load_food_table
from mealmag.services.foods import Basis, food_index, top
from mealmag.tui.commands import APP, FOODS, bindings
from mealmag.tui.dialogs import MessageDialog

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_MOST = 60
_SIDE_BY_SIDE = 110
_COLUMNS = (("mg/100 g", 8), ("serving", 10), ("food", 52))


class FoodsScreen(Screen[None]):
    """A line to type in, what it finds, and the facts of the food under the cursor."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FOODS, APP)]
    TITLE = "Foods"
    HELP = (
        "Type a food's name in English or Dutch, a synonym, or a group; spelling it nearly right is "
        "enough. With nothing typed, the list has the foods that bring most magnesium in a usual "
        "serving, within your diet. The numbers are milligrams of magnesium. All foods are USDA's "
        "7,777: for looking up, not for planning."
    )

    def __init__(self) -> None:
        super().__init__()
        self._foods: Mapping[str, Food] = {}
        self._index: Index | None = None
        self._every: EveryFood | None = None
        self._every_index: Index | None = None
        self._all = False
        self._shown: list[Food] = []

    def compose(self) -> ComposeResult:
        yield Input(placeholder="a food: spinach, pindakaas, choco 85 …", id="ask", compact=True)
        yield Static("Loading the foods …", id="progress")
        with Horizontal(id="foods"):
            yield DataTable[Text](id="found", cursor_type="row", show_header=True)
            with VerticalScroll(id="meals"):
                yield Static(id="facts", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one("#found", DataTable)
        for label, width in _COLUMNS:
            table.add_column(
                Text(label, justify="left" if label == "food" else "right"), width=width
            )
        self.query_one("#ask").focus()
        self._load()

    def on_resize(self) -> None:
        self.query_one("#foods").set_class(self.app.size.width < _SIDE_BY_SIDE, "narrow")

    @work(group="catalogue", exit_on_error=False)
    async def _load(self) -> None:
        try:
            self._foods = await asyncio.to_thread(load_food_table, Sources(own=self.app.paths))
            self._index = await asyncio.to_thread(food_index, self._foods)
        except MealmagError as error:
            self.app.push_screen(MessageDialog.of(error))
            return
        self._answer()

    @work(group="catalogue", exit_on_error=False)
    async def _load_all(self) -> None:
        """The source table, once it is asked for."""
        try:
            self._every = await asyncio.to_thread(EveryFood)
            self._every_index = await asyncio.to_thread(food_index, self._foods, self._every)
        except MealmagError as error:
            self._all = False
            self.app.push_screen(MessageDialog.of(error))
        self._answer()

    @on(Input.Changed, "#ask")
    def _answer(self) -> None:
        index = self._every_index if self._all else self._index
        if index is None:
            return
        text = self.query_one("#ask", Input).value
        if text.strip():
            self._shown = [self._food(key) for key in index.find(text, _MOST)]
        else:
            self._shown = self._richest()
        self._fill(text.strip())

    def _food(self, key: str) -> Food:
        return self._every.food(key) if self._every and is_code(key) else self._foods[key]

    def _richest(self) -> list[Food]:
        profile = self.app.profile
        diet = profile.diet.kind if profile else Diet.OMNIVORE
        avoid = profile.diet.avoid_allergens if profile else ()
        ranked = top(self._foods, by=Basis.SERVING, diet=diet, avoid=avoid, limit=_MOST)
        return [entry.food for entry in ranked]

    def _fill(self, asked: str) -> None:
        where = "all foods" if self._all else "our foods"
        if not asked:
            said = "Most magnesium in a usual serving, within your diet"
        elif not self._shown:
            more = "" if self._all else "; ^t looks through all 7,777 of USDA"
            said = f"Nothing is called that in {where}{more}"
        else:
            said = f"{len(self._shown)}{'+' if len(self._shown) == _MOST else ''} found in {where}"
        self.query_one("#progress", Static).update(said)
        table = self.query_one("#found", DataTable)
        table.clear()
        for food in self._shown:
            table.add_row(*_row(food))
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
        facts.update(Group(Text(food.name_en, "bold"), words, Text(), _figures(food)))

    def action_all(self) -> None:
        """Look through all foods of the source table, or through ours again."""
        self._all = not self._all
        if self._all and self._every_index is None:
            self.query_one("#progress", Static).update("Loading all foods …")
            self._load_all()
        else:
            self._answer()

    def action_move(self, step: int) -> None:
        """Move the cursor of the list while typing goes on."""
        table = self.query_one("#found", DataTable)
        if self._shown:
            table.move_cursor(row=min(max(0, table.cursor_row + step), len(self._shown) - 1))

    def action_back(self) -> None:
        self.dismiss()


def _row(food: Food) -> tuple[Text, Text, Text]:
    magnesium = food.nutrients["magnesium_mg"]
    per_100 = "–" if magnesium is None else f"{magnesium:.0f}"
    serving = ""
    if magnesium is not None and food.serving_g:
        serving = f"{magnesium * food.serving_g / 100:.0f} mg"
    name = food.name_en if food.name_nl == food.name_en else f"{food.name_en} · {food.name_nl}"
    return Text(per_100, justify="right"), Text(serving, justify="right"), Text(name)


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
