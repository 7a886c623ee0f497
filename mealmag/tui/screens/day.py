"""One day: what is on each plate, and what it adds up to."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import DataTable, Static

from mealmag.errors import MealmagError
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.planning.occasion import Place, parse
from mealmag.planning.plan import Plan, PlanDay, PlanMeal, PlanTarget
from mealmag.services.change import Changed, ChangeRequest
from mealmag.tui.commands import APP, DAY, DAY_MORE, bindings
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.figures import amount, magnesium_bar, nutrient_row, portions_table
from mealmag.tui.screens.otherwise import OtherwiseDialog
from mealmag.tui.screens.why import WhyScreen
from mealmag.tui.widgets.keys import Keys

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_SIDE_BY_SIDE = 110
_CHANGES = frozenset({"choose", "other", "lock", "otherwise", "rate", "why"})
_COLUMNS = (("nutrient", 13), ("amount", 11), ("at least", 8), ("at most", 8), ("", 18))


class DayScreen(Screen[None]):
    """Portions by meal in household measures with their magnesium, and the day's nutrients."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(DAY, APP, DAY_MORE),
        *(Binding(str(n), f"choose({n - 1})", show=False) for n in range(1, 5)),
    ]
    TITLE = "Day"
    HELP = (
        "The meals with their portions, in household measures and grams, each with its milligrams of "
        "magnesium; and the day's nutrients against floor and ceiling. Where the mean of all days "
        "counts and says otherwise than this day, that is said beside it. ≥ means that some portion "
        "has no published figure. Tab goes from one part to the other. The chosen meal can get another "
        "dish (o), with the rest kept as it is, be locked (x), so that no change touches it, or be "
        "otherwise (e): skipped, out, eaten already, for a guest too, cooked double, or a dish that you "
        "name (which may be for a guest or cooked double as well). + and - rate its dish; the next plan "
        "leans to what you like. Why (y) says what brings the magnesium and what binds."
    )

    def __init__(
        self,
        days: Sequence[PlanDay],
        index: int,
        targets: Mapping[str, PlanTarget],
        *,
        plan: Plan | None = None,
        changed: Callable[[Plan], None] = lambda _: None,
    ) -> None:
        """`plan` is what the days belong to, where it can be changed; `changed` hears of every change."""
        super().__init__()
        self._days = days
        self._index = index
        self._targets = targets
        self._plan = plan
        self._changed = changed
        self._chosen: int | None = 0 if plan else None

    def compose(self) -> ComposeResult:
        yield Static(id="who")
        with Horizontal(id="day"):
            with VerticalScroll(id="meals"):
                for index, _ in enumerate(self._days[self._index].meals):
                    yield Static(id=f"meal-{index}")
            yield DataTable[Text](id="nutrients", cursor_type="none")
        yield Keys()

    def on_mount(self) -> None:
        self._show()
        self.query_one("#meals").focus()

    def on_resize(self) -> None:
        self.query_one("#day").set_class(self.app.size.width < _SIDE_BY_SIDE, "narrow")

    def _show(self, *, home: bool = True) -> None:
        day = self._days[self._index]
        title = Text(f"{day.date:%A %d %B} · ")
        title.append_text(magnesium_bar(day.magnesium))
        title.append(f" · {day.totals['energy_kcal']:,.0f} kcal")
        self.query_one("#who", Static).update(title)
        for index, meal in enumerate(day.meals):
            chosen = index == self._chosen
            self.query_one(f"#meal-{index}", Static).update(portions_table(meal, chosen=chosen))
        table = self.query_one("#nutrients", DataTable)
        table.clear(columns=True)
        for label, width in _COLUMNS:
            right = label.startswith("a")
            table.add_column(Text(label, justify="right" if right else "left"), width=width)
        for key, target in self._targets.items():
            table.add_row(*nutrient_row(key, self._days, self._index, target))
        if not self._targets:  # a search runs; its plan has no targets yet
            for key in sorted(day.totals, key=lambda key: key != "magnesium_mg"):
                table.add_row(Text(nutrient_of(key).name), amount(key, day))
        if home:
            self.query_one("#meals").scroll_home(animate=False)

    def action_back(self) -> None:
        self.dismiss()

    def action_turn(self, step: int) -> None:
        """Go to a neighbouring day, round the week."""
        self._index = (self._index + step) % len(self._days)
        self._show()

    def action_scroll(self, step: int) -> None:
        """Scroll the portions."""
        self.query_one("#meals").scroll_relative(y=step, animate=False)

    # The chosen meal.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Meals are chosen and changed only where there is a plan to change."""
        del parameters
        return self._plan is not None or action not in _CHANGES

    @property
    def _meal(self) -> PlanMeal:
        return self._days[self._index].meals[self._chosen or 0]

    def action_choose(self, index: int | None = None) -> None:
        """Choose a meal of the day; without `index` the next one."""
        meals = len(self._days[self._index].meals)
        wanted = (self._chosen or 0) + 1 if index is None else index
        self._chosen = wanted % meals
        self._show(home=False)
        self.query_one(f"#meal-{self._chosen}").scroll_visible(top=True, animate=False)

    def action_other(self) -> None:
        """Another dish for the chosen meal."""
        self._change(ChangeRequest(swap=(self._place(),)))

    def action_lock(self) -> None:
        """Lock the chosen meal, or unlock it."""
        place = (self._place(),)
        self._change(
            ChangeRequest(unlock=place) if self._meal.locked else ChangeRequest(lock=place)
        )

    def action_why(self) -> None:
        """Say why the day is as it is."""
        if self._plan is not None:
            self.app.push_screen(WhyScreen(self._plan, self._index))

    def action_otherwise(self) -> None:
        """Ask what is otherwise at the chosen meal, and plan the day around it."""
        occasion = self._meal.occasion
        place = self._place()
        self.app.push_screen(
            OtherwiseDialog(place, "" if occasion is None else str(occasion)),
            lambda words: self._make_otherwise(place, words or ""),
        )

    def _make_otherwise(self, place: Place, words: str) -> None:
        if not words:
            return
        try:
            occasion = parse(words)
        except ValueError as error:
            self.app.push_screen(MessageDialog("What is that meal?", str(error)))
        else:
            self._change(ChangeRequest(meals={place: occasion}))

    def action_rate(self, step: int) -> None:
        """Rate the chosen meal's dish one step higher or lower."""
        self._rate(self._meal.dish, self._meal.name, step)

    @work(thread=True, group="rate")
    def _rate(self, dish: str, name: str, step: int) -> None:
        try:
            rating = self.app.rate(dish, step)
        except MealmagError as error:
            self.app.call_from_thread(self.app.push_screen, MessageDialog.of(error))
        else:
            words = f"{rating:+d}" if rating else "unrated"
            self.notify(f"{name}: {words}", title="Rated", markup=False)

    def _place(self) -> Place:
        return Place(self._days[self._index].date, self._meal.meal)

    @work(thread=True, exclusive=True, group="change")
    def _change(self, request: ChangeRequest) -> None:
        plan = self._plan
        if plan is None:
            return
        try:
            changed = self.app.changer.change(plan, request)
        except MealmagError as error:
            self.app.call_from_thread(self.app.push_screen, MessageDialog.of(error))
        else:
            self.app.call_from_thread(self._take, changed)

    def _take(self, changed: Changed) -> None:
        self._plan, self._days = changed.plan, changed.plan.days
        self._targets = changed.plan.targets
        self._show(home=False)
        if changed.said:
            self.notify("\n".join(changed.said), title="Changed", markup=False)
        self._changed(changed.plan)
