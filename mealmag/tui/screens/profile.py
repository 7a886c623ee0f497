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
from textual.widgets import Footer, Input, Label, Select, SelectionList, Static

from mealmag.catalogue.reference import ReferenceTables
from mealmag.errors import MealmagError
from mealmag.services.catalogue import Catalogue, Sources, load_catalogue
from mealmag.services.problem import refuse_unknown_dislikes
from mealmag.services.profile import keep_profile
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile
from mealmag.tui.commands import APP, PROFILE, bindings
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.form import (
    FIELDS,
    NEEDED,
    PERSON,
    PLATE,
    Field,
    days_fault,
    dislikes_fault,
    document,
    faults,
    profile_of,
)
from mealmag.tui.widgets.ticks import TickList

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp

_SIDE_BY_SIDE = 110
_TALL, _TICKS_SHOWN = 36, 7


class ProfileScreen(Screen[None]):
    """A form; the line at the top says what it amounts to, a fault stands beside its field."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PROFILE, APP)]
    TITLE = "Profile"
    HELP = (
        "Tab and Shift+Tab go from field to field; Enter opens a choice, Space ticks a box. Only sex "
        "and age are needed: without weight and height energy is that of the age group; minutes left "
        "empty are no limit. Commas stand between dislikes (ids of foods, dishes or groups), "
        "conditions and medicines; these decide whether a supplement may be suggested. The line at "
        "the top says what it all amounts to; what is wrong stands beside its field."
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
        with VerticalScroll(id="form", can_focus=False), Horizontal(id="columns"):
            yield from self._column(PERSON)
            yield from self._column(PLATE)
        yield Footer()

    def _column(self, fields: Sequence[Field]) -> ComposeResult:
        with Vertical(classes="column"):
            for field in fields:
                with Horizontal(classes="field"):
                    yield Label(field.label, classes="field-label")
                    yield from self._widget(field)
                    yield Static(
                        field.hint, id=f"{field.id}-hint", classes="field-hint", markup=False
                    )

    def _widget(self, field: Field) -> ComposeResult:
        value = self._values[field.section][field.key]
        if field.kind == "choice":
            options = [(choice.replace("_", " "), choice) for choice in field.choices]
            if value is None:
                yield Select(options, id=field.id, prompt="choose", compact=True)
            else:
                yield Select(options, id=field.id, value=value, allow_blank=False, compact=True)
        elif field.kind == "many":
            choices = ((choice, choice, choice in value) for choice in field.choices)
            yield TickList(*choices, id=field.id, compact=True, classes="many")
        else:
            yield Input(field.text(self._values), id=field.id, compact=True)

    def on_mount(self) -> None:
        self._judge()
        self.query_one(f"#{FIELDS[0].id}").focus()
        self._load()

    def on_resize(self) -> None:
        self.query_one("#columns").set_class(self.app.size.width < _SIDE_BY_SIDE, "narrow")
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
        self._values[field.section][field.key] = [c for c in field.choices if c in chosen]
        self._judge()

    def _field(self, widget_id: str | None) -> Field:
        return next(field for field in FIELDS if field.id == widget_id)

    def _take(self, widget_id: str | None, text: str) -> None:
        field = self._field(widget_id)
        value = field.read(text)
        if value != self._values[field.section][field.key]:
            self._values[field.section][field.key] = value
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
            try:
                refuse_unknown_dislikes(profile.diet.dislikes, self._catalogue)
            except MealmagError as error:
                found = {**found, **dislikes_fault(error)}
        if wrong := days_fault(self._values):
            found = {**found, "days-days": wrong}
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
                hint = self.query_one(f"#{field.id}-hint", Static)
                hint.set_class(field.id in found, "wrong")
                hint.update(f"✗ {found[field.id]}" if field.id in found else field.hint)

    # What can be done.

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Keep the profile and go back, or go to the field that is wrong."""
        profile = self._judge()
        if profile is None:
            self._refuse()
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

    def _refuse(self) -> None:
        self.app.bell()
        wrong = next((field for field in FIELDS if field.id in self._faults), None)
        if wrong is not None:
            self.query_one(f"#{wrong.id}").focus()
            words = f"{wrong.label}: {self._faults[wrong.id]}"
        else:
            words = next(iter(self._faults.values()))
        self.notify(words, title="Not saved", severity="warning", markup=False)

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
