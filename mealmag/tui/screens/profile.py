"""The profile: who eats, by which reference set and rules."""

import asyncio
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, ClassVar

from pydantic import ValidationError
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import (
    Input,
    Label,
    Select,
    SelectionList,
    Static,
    TabbedContent,
    TabPane,
)

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import MealmagError
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.profile import keep_profile
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile
from mealmag.tui.commands import APP, PROFILE, bindings
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.fields import FIELDS, PAGES, Field, Page
from mealmag.tui.form import (
    NEEDED,
    days_fault,
    document,
    faults,
    profile_of,
    unknown,
    unread,
)
from mealmag.tui.widgets.keys import Keys
from mealmag.tui.widgets.ticks import TickList

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_SIDE_BY_SIDE = 110
_TALL, _TICKS_SHOWN = 36, 7


class ProfileScreen(Screen[None]):
    """A form in pages; the line at the top says what it amounts to, a fault stands beside its field."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PROFILE, APP)]
    TITLE = "Profile"
    HELP = (
        "Tab and Shift+Tab go from field to field, ^n and ^b from page to page; Enter opens a choice, "
        "Space ticks a box. Only sex and age are needed: without weight and height energy is that of the "
        "age group; minutes left empty are no limit. Commas stand between dislikes (ids of foods, dishes "
        "or groups), conditions and medicines; these decide whether a supplement may be suggested. A "
        "range is written 1–3, or 1– or –3 where the other end is open. The line at the top says what it "
        "all amounts to; what is wrong stands beside its field, and ✗ on the tab of its page."
    )

    def __init__(self, profile: Profile | None, days: int) -> None:
        super().__init__()
        self._start = document(profile, days)
        self._values = deepcopy(self._start)
        self._catalogue: Catalogue | None = None
        self._tables = ReferenceTables()
        self._faults: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield Static(id="verdict", markup=False)
        with TabbedContent(id="pages"):
            for page in PAGES:
                with TabPane(page.title, id=page.id):
                    if page is PAGES[0]:
                        yield self._form(page)
        yield Keys()

    def _form(self, page: Page) -> Widget:
        columns = Horizontal(self._column(page.left), self._column(page.right), classes="columns")
        return VerticalScroll(columns, classes="form", can_focus=False)

    def _column(self, fields: Sequence[Field]) -> Widget:
        return Vertical(*(self._row(field) for field in fields), classes="column")

    def _row(self, field: Field) -> Widget:
        label, widget = Label(field.label, classes="field-label"), self._widget(field)
        hint = Static(id=f"{field.id}-hint", classes="field-hint", markup=False)
        self._hint(hint, field)
        if field.line is not None:
            return Horizontal(label, Vertical(widget, hint, classes="line"), classes="field")
        return Horizontal(label, widget, hint, classes="field")

    def _hint(self, hint: Static, field: Field) -> None:
        wrong = field.id in self._faults
        hint.set_class(wrong, "wrong")
        hint.update(f"✗ {self._faults[field.id]}" if wrong else field.hint)

    def _widget(self, field: Field) -> Widget:
        value = field.value(self._values)
        if field.kind == "choice":
            options = [(choice.replace("_", " "), choice) for choice in field.choices]
            if value is None:
                return Select(options, id=field.id, prompt="choose", compact=True)
            return Select(options, id=field.id, value=value, allow_blank=False, compact=True)
        if field.kind == "many":
            choices = ((choice, choice, choice in value) for choice in field.choices)
            return TickList(*choices, id=field.id, compact=True, classes="many")
        return Input(field.text(self._values), id=field.id, compact=True)

    def on_mount(self) -> None:
        self._judge()
        self.query_one(f"#{FIELDS[0].id}").focus()
        self._load()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """One column or two, and long lists of ticks no longer than there is room for."""
        for columns in self.query(".columns"):
            columns.set_class(self.app.size.width < _SIDE_BY_SIDE, "narrow")
        most = 99 if self.app.size.height >= _TALL else _TICKS_SHOWN
        for ticks in self.query(TickList):
            ticks.styles.height = min(most, ticks.option_count)

    @work(group="catalogue", exit_on_error=False)
    async def _load(self) -> None:
        """The catalogue, to know a dislike by; a broken one is told when a plan is asked for."""
        self._catalogue = await asyncio.to_thread(load_catalogue, Sources(own=self.app.paths))
        self._judge()

    # Reading the form.

    def on_input_changed(self, event: Input.Changed) -> None:
        self._take(event.input.id, event.value)

    def on_select_changed(self, event: Select.Changed) -> None:
        self._take(event.select.id, "" if event.value is Select.NULL else str(event.value))

    def on_selection_list_selected_changed(self, event: SelectionList.SelectedChanged[str]) -> None:
        field = self._field(event.selection_list.id)
        chosen = event.selection_list.selected
        field.table(self._values)[field.key] = [c for c in field.choices if c in chosen]
        self._judge()

    def _field(self, widget_id: str | None) -> Field:
        return next(field for field in FIELDS if field.id == widget_id)

    def _take(self, widget_id: str | None, text: str) -> None:
        field = self._field(widget_id)
        value = field.read(text)
        if value != field.value(self._values):
            field.table(self._values)[field.key] = value
            self._judge()

    def _judge(self) -> Profile | None:
        """Say what the form amounts to; the profile, where it is one."""
        profile, words, found = None, "", {}
        try:
            profile = profile_of(self._values)
            report = target_report(
                profile.person, profile.reference.set, self._tables, profile.limits
            )
            magnesium = report.magnesium
            words = (
                f"{magnesium.target_mg} mg magnesium a day, {magnesium.target_type}, "
                f"{magnesium.reference_set.code} {magnesium.year}; {report.energy.kcal:,} kcal"
            )
        except ValidationError as error:
            found = faults(error)
        except MealmagError as error:
            found = {"": error.message}
        if profile is not None and self._catalogue is not None:
            found = {**found, **unknown(profile, self._catalogue)}
        found = {**found, **unread(self._values)}
        if wrong := days_fault(self._values):
            found["days-days"] = wrong
        self._say(words, found)
        return None if found else profile

    def _say(self, words: str, found: dict[str, str]) -> None:
        before, self._faults = self._faults, found
        verdict = self.query_one("#verdict", Static)
        verdict.set_class(bool(found), "wrong")
        if not found:
            verdict.update(f"✓ {words}")
        elif set(found.values()) == {NEEDED}:
            labels = " and ".join(f.label.lower() for f in FIELDS if f.id in found)
            verdict.update(f"Still needed: {labels}. All else is optional.")
        elif "" in found:
            verdict.update(f"✗ {found['']}")
        else:
            labels = ", ".join(field.label for field in FIELDS if field.id in found)
            verdict.update(f"✗ Look at: {labels}")
        for field in FIELDS:
            if found.get(field.id) != before.get(field.id):
                for hint in self.query(f"#{field.id}-hint").results(Static):
                    self._hint(hint, field)
        tabs = self.query_one(TabbedContent)
        for page in PAGES:
            wrong = any(field.id in found for field in page.fields)
            if wrong != any(field.id in before for field in page.fields):
                tabs.get_tab(page.id).label = f"✗ {page.title}" if wrong else page.title

    # What can be done.

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Keep the profile and go back, or go to the field that is wrong."""
        profile = self._judge()
        if profile is None:
            await self._refuse()
            return
        try:
            backup = await asyncio.to_thread(keep_profile, self.app.paths, profile)
        except MealmagError as error:
            self.app.push_screen(MessageDialog.of(error))
            return
        self.app.profile = profile
        self.app.days = self._values["days"]["days"]
        kept = f"\nYour own file is kept as {backup}" if backup else ""
        self.app.notify(f"{self.app.paths.profile}{kept}", title="Profile saved", markup=False)
        self.dismiss()

    async def _refuse(self) -> None:
        self.app.bell()
        wrong = next((field for field in FIELDS if field.id in self._faults), None)
        if wrong is not None:
            await self._open(next(page for page in PAGES if wrong in page.fields), wrong)
            words = f"{wrong.label}: {self._faults[wrong.id]}"
        else:
            words = next(iter(self._faults.values()))
        self.notify(words, title="Not saved", severity="warning", markup=False)

    async def action_turn(self, step: int) -> None:
        """Go to another page, round them all."""
        active = self.query_one(TabbedContent).active
        index = next(i for i, page in enumerate(PAGES) if page.id == active)
        page = PAGES[(index + step) % len(PAGES)]
        await self._open(page, page.fields[0])

    async def _open(self, page: Page, field: Field) -> None:
        await self._fill(page)
        self.query_one(TabbedContent).active = page.id
        self.query_one(f"#{field.id}").focus()

    async def _fill(self, page: Page) -> None:
        """Make a page the first time it is seen: all of them at once are slow to open."""
        pane = self.query_one(f"#{page.id}", TabPane)
        if not pane.children:
            await pane.mount(self._form(page))
            self._fit()

    async def on_tabbed_content_tab_activated(self, event: TabbedContent.TabActivated) -> None:
        """A tab was clicked."""
        await self._fill(next(page for page in PAGES if page.id == event.pane.id))

    @work(group="leave", exclusive=True)
    async def action_back(self) -> None:
        """Leave; ask first where something would be lost."""
        if self._values != self._start:
            question = MessageDialog(
                "Leave without saving?",
                "Your changes to the profile will be lost.",
                {"stay": "Stay", "leave": "Leave"},
            )
            if await self.app.push_screen_wait(question) != "leave":
                return
        self.dismiss()
