"""The profile: who eats, by which reference set and rules."""

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import ValidationError
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Input, Label, Select, SelectionList, Static

from mealmag.errors import MealmagError
from mealmag.services.catalogue import Catalogue, load_catalogue
from mealmag.services.plan import refuse_unknown_dislikes
from mealmag.services.profile import keep_profile
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile
from mealmag.tui.commands import APP, PROFILE, bindings
from mealmag.tui.dialogs import MessageDialog
from mealmag.tui.form import FIELDS, Field, document, profile_of
from mealmag.tui.ticks import TickList

if TYPE_CHECKING:
    from mealmag.tui.app import MealmagApp


class ProfileScreen(Screen[bool]):
    """A form; the line at the top says what it amounts to, or what is wrong with it."""

    app: "MealmagApp"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PROFILE, APP)]
    TITLE = "Profile"
    HELP = (
        "Tab goes from field to field; space opens a choice or ticks a box. The line at the top says "
        "what the profile amounts to, or what is wrong with it. Only sex and age are needed. "
        "Ctrl+S saves."
    )

    def __init__(self, profile: Profile | None) -> None:
        super().__init__()
        self._start = document(profile)
        self._values = document(profile)
        self._catalogue: Catalogue | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="verdict", markup=False)
        with VerticalScroll(id="form", can_focus=False):
            for field in FIELDS:
                with Horizontal(classes="field"):
                    yield Label(field.label, classes="field-label")
                    yield from self._widget(field)
                    if field.hint:
                        yield Label(field.hint, classes="field-hint")
        yield Footer()

    def _widget(self, field: Field) -> ComposeResult:
        if field.kind == "choice":
            options = [(choice.replace("_", " "), choice) for choice in field.choices]
            value = self._values[field.section][field.key]
            if value is None:
                yield Select(options, id=field.id, prompt="choose", compact=True)
            else:
                yield Select(options, id=field.id, value=value, allow_blank=False, compact=True)
        elif field.kind == "many":
            chosen = self._values[field.section][field.key]
            yield TickList(
                *((choice, choice, choice in chosen) for choice in field.choices),
                id=field.id,
                compact=True,
                classes="many",
            )
        else:
            yield Input(self._shown(field), id=field.id, compact=True)

    def _shown(self, field: Field) -> str:
        return field.text(self._values)

    def on_mount(self) -> None:
        for field in FIELDS:
            if field.kind == "many":
                widget = self.query_one(f"#{field.id}", SelectionList)
                widget.styles.height = min(7, len(field.choices))
        self._judge()
        self.query_one(f"#{FIELDS[0].id}").focus()
        self.run_worker(self._load, thread=True, group="catalogue", exit_on_error=False)

    def _load(self) -> None:
        self._catalogue = load_catalogue()

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
        self._values[field.section][field.key] = field.read(text)
        self._judge()

    def _judge(self) -> Profile | None:
        """Say what the form amounts to; the profile, where it is one."""
        verdict = self.query_one("#verdict", Static)
        try:
            profile = profile_of(self._values)
            report = target_report(profile.person, profile.reference.set)
            if self._catalogue is not None:
                refuse_unknown_dislikes(profile.diet.dislikes, self._catalogue)
        except ValidationError as error:
            words = _said(error)
        except MealmagError as error:
            words = error.message
        else:
            magnesium = report.magnesium
            verdict.update(
                f"✓ {magnesium.target_mg} mg magnesium a day ({magnesium.target_type}, "
                f"{magnesium.reference_set.code} {magnesium.year}) · {report.energy.kcal} kcal"
            )
            verdict.set_class(False, "wrong")
            return profile
        verdict.update(f"✗ {words}")
        verdict.set_class(True, "wrong")
        return None

    # What can be done.

    def action_save(self) -> None:
        """Keep the profile and go back, or say why not."""
        profile = self._judge()
        if profile is None:
            self.app.bell()
            verdict = str(self.query_one("#verdict", Static).content)
            self.notify(verdict.removeprefix("✗ "), title="Not saved", severity="warning")
            return
        try:
            backup = keep_profile(self.app.paths, profile)
        except MealmagError as error:
            self.app.push_screen(MessageDialog.of(error))
            return
        self.app.profile = profile
        if backup is not None:
            self.app.notify(f"Your own file is kept as {backup}.", title="Profile saved")
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave; ask first where something would be lost."""
        if self._values == self._start:
            self.dismiss(False)
            return
        self.app.push_screen(
            MessageDialog(
                "Leave without saving?",
                "Your changes to the profile will be lost.",
                {"stay": "Stay", "leave": "Leave"},
            ),
            self._leave,
        )

    def _leave(self, answer: str | None) -> None:
        if answer == "leave":
            self.dismiss(False)


def _said(error: ValidationError) -> str:
    """The first fault, with the label of its field in front."""
    fault: dict[str, Any] = dict(error.errors(include_url=False)[0])
    names = [str(part) for part in fault["loc"]]
    field = next((f for f in FIELDS if f.section in names[:1] and f.key in names[1:2]), None)
    message = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "missing":
        message = "needed"
    return f"{field.label}: {message}" if field else message
