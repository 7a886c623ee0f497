"""What can be done on each screen, said once: keys, footer, palette and help all read this.

The order is that of the footer, which shows as many as there is room for.
"""

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its stable id, keys, label for the footer, a sentence of help, and its action."""

    id: str
    key: str
    label: str
    help: str
    action: str
    footer: bool = True
    priority: bool = False

    @property
    def binding(self) -> Binding:
        """The same as a Textual binding."""
        return Binding(
            self.key,
            self.action,
            self.label,
            show=self.footer,
            id=self.id,
            tooltip=self.help,
            priority=self.priority,
        )

    @property
    def keys(self) -> str:
        """Its keys as people read them."""
        names = {
            "question_mark": "?",
            "plus": "+",
            "minus": "-",
            "left_square_bracket": "[",
            "right_square_bracket": "]",
        }
        return " ".join(names.get(key, key) for key in self.key.split(","))


APP = (
    Command("app.help", "question_mark,f1", "Help", "This help.", "app.help"),
    Command("app.quit", "q,ctrl+q", "Quit", "Leave; a search that runs is stopped.", "app.quit"),
)
# A key of the week; from everywhere else the palette opens it.
OPEN_TODAY = Command("week.today", "t", "Today", "The diary: log what you eat.", "app.today")
WEEK = (
    Command(
        "week.day", "enter", "Open day", "The day's portions and nutrients.", "day", priority=True
    ),
    Command("week.plan", "p", "Plan", "Plan from today on, in the background.", "plan"),
    Command("week.another", "n", "Another", "Plan other dishes, with the next seed.", "another"),
    Command("week.stop", "s", "Stop", "Stop the search and keep the best plan so far.", "stop"),
    Command(
        "week.others", "a", "Others", "Two more plans of other dishes, to choose from.", "others"
    ),
    Command("week.profile", "e", "Profile", "Who eats, and by which rules.", "profile"),
    OPEN_TODAY,
)
WEEK_MORE = (
    Command("week.save", "w", "Save", "Write the plan as JSON to a file.", "save"),
    Command("week.foods", "f", "Foods", "Look foods up while you type.", "foods"),
    Command("week.down", "j", "Down", "The next day; the arrow keys too.", "cursor_down", False),
    Command("week.up", "k", "Up", "The day before.", "cursor_up", False),
)
DAY = (
    Command("day.back", "escape,enter", "Back", "Back to the week.", "back"),
    Command("day.why", "y", "Why", "What brings the magnesium, and what binds.", "why"),
    Command("day.choose", "space", "Next meal", "Choose the next meal; 1 to 4 too.", "choose"),
    Command("day.other", "o", "Other dish", "Another dish for the chosen meal.", "other"),
    Command("day.lock", "x", "Lock", "The chosen meal stays, or may change again.", "lock"),
    Command(
        "day.otherwise",
        "e",
        "Otherwise",
        "The chosen meal is skipped, out, eaten already, with a guest, cooked double, or a dish.",
        "otherwise",
    ),
)
DAY_MORE = (
    Command("day.next", "right,l", "Next day", "The next day.", "turn(1)"),
    Command("day.before", "left,h", "Day before", "The day before.", "turn(-1)"),
    Command("day.like", "plus", "Like", "Rate the chosen dish one higher, up to +2.", "rate(1)"),
    Command(
        "day.unlike", "minus", "Dislike", "Rate it one lower, down to -2; 0 is unrated.", "rate(-1)"
    ),
    Command(
        "day.down", "j", "Down", "Scroll the portions down; the arrow keys too.", "scroll(1)", False
    ),
    Command("day.up", "k", "Up", "Scroll the portions up.", "scroll(-1)", False),
)
WHY = (
    Command("why.back", "escape,enter", "Back", "Back to the day.", "back"),
    Command("why.next", "right,l", "Next day", "The next day.", "turn(1)"),
    Command("why.before", "left,h", "Day before", "The day before.", "turn(-1)"),
    Command("why.down", "j", "Down", "Scroll down; the arrow keys too.", "scroll(1)", False),
    Command("why.up", "k", "Up", "Scroll up.", "scroll(-1)", False),
)
ALTERNATIVES = (
    Command("others.back", "escape", "Back", "Back to the week as it was.", "back"),
    Command("others.take", "t", "Take it", "The plan that is shown becomes the week.", "take"),
    Command("others.next", "right,l", "Next plan", "The next plan.", "turn(1)"),
    Command("others.before", "left,h", "Plan before", "The plan before.", "turn(-1)"),
    Command("others.stop", "s", "Stop", "Stop looking; the plans found stay.", "stop"),
    Command(
        "others.day", "enter", "Open day", "The day's portions and nutrients.", "day", priority=True
    ),
    Command("others.down", "j", "Down", "The next day; the arrow keys too.", "cursor_down", False),
    Command("others.up", "k", "Up", "The day before.", "cursor_up", False),
)
FOODS = (
    Command("foods.back", "escape", "Back", "Back to the week.", "back"),
    Command("foods.all", "ctrl+t", "All foods", "All of USDA's foods, or ours again.", "all"),
    Command("foods.down", "down", "Down", "The next food.", "move(1)", footer=False, priority=True),
    Command("foods.up", "up", "Up", "The food before.", "move(-1)", footer=False, priority=True),
)
TODAY = (
    Command("today.log", "enter", "Log", "Log what is typed.", "log", priority=True),
    Command("today.back", "escape", "Back", "Back to where you came from.", "back"),
    Command(
        "today.close", "ctrl+g", "Close the gap", "Foods that would close today's gap.", "close_gap"
    ),
    Command("today.again", "f3", "Again", "Log a usual, planned or earlier meal again.", "again"),
    Command(
        "today.meal",
        "f2",
        "Meal",
        "The meal that is typed for; or a supplement.",
        "meal",
        footer=False,
    ),
    Command(
        "today.edit", "ctrl+e", "Amount", "Another amount for the chosen.", "edit", priority=True
    ),
    Command(
        "today.remove",
        "delete,ctrl+d",
        "Remove",
        "Take the chosen entry away.",
        "remove",
        priority=True,
    ),
    Command("today.undo", "ctrl+z", "Undo", "Take back the last change of the diary.", "undo"),
)
TODAY_MORE = (
    Command("today.keep", "ctrl+s", "Keep", "Keep the chosen entry's meal as a usual one.", "keep"),
    Command(
        "today.before",
        "left,left_square_bracket",
        "Day before",
        "The day before, with nothing typed.",
        "turn(-1)",
        priority=True,
    ),
    Command(
        "today.next",
        "right,right_square_bracket",
        "Next day",
        "The next day, up to today.",
        "turn(1)",
        priority=True,
    ),
    Command("today.profile", "f4", "Profile", "Who eats, and by which rules.", "profile"),
    Command("today.down", "down", "Down", "The next entry.", "move(1)", False, priority=True),
    Command("today.up", "up", "Up", "The entry before.", "move(-1)", False, priority=True),
)
PROFILE = (
    Command("profile.save", "ctrl+s", "Save", "Check the profile and keep it.", "save"),
    Command("profile.back", "escape", "Back", "Leave; asks first where something changed.", "back"),
    Command("profile.next", "ctrl+n,ctrl+pagedown", "Next page", "The next page.", "turn(1)"),
    Command(
        "profile.before", "ctrl+b,ctrl+pageup", "Page before", "The page before.", "turn(-1)", False
    ),
)


def bindings(*groups: tuple[Command, ...]) -> list[Binding]:
    """The bindings of some groups of commands."""
    return [command.binding for group in groups for command in group]
