"""The Today screen: a line is logged, asked about, taken back; days are turned; the gap is closed."""

import threading
from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.closing import Closing, Option
from mealmag.nutrition.diary import Entry, Ledger
from mealmag.services import diary
from mealmag.services.catalogue import Sources, load_food_table
from mealmag.services.diary import LogRequest, entries_of, log, opened, remove
from mealmag.services.log import Reader
from mealmag.services.log_entries import When
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui.app import MealmagApp
from mealmag.tui.commands import APP, FOODS, TODAY, TODAY_MORE, WEEK, WEEK_MORE
from mealmag.tui.day_page import EXAMPLES
from mealmag.tui.dialogs import AskDialog, MessageDialog
from mealmag.tui.questions import ChooseDialog
from mealmag.tui.screens import closing, today
from mealmag.tui.screens.foods import FoodsScreen
from mealmag.tui.screens.profile import ProfileScreen
from mealmag.tui.screens.today import TodayScreen
from mealmag.tui.screens.week import WeekScreen
from tests.tui.conftest import TODAY as DAY
from tests.tui.snapshot import assert_snapshot, screen_text
from tests.tui.test_week import LARGE, SMALL, footer, until

BEFORE = DAY - timedelta(days=1)
_A_DAY = (
    "breakfast: 60 g rolled oats, 200 ml semi-skimmed milk and a banana at 7:30",
    "lunch: 2 slices rye bread, 30 g hummus, an apple",
    "dinner: 200 g cooked brown rice, 150 g tofu, 200 g boiled spinach, 1 tablespoon olive oil",
    "30 g almonds, 2 eggs, 300 g lentil soup, 0.5 l gerolsteiner",
)
_KEYS = {" ": "space", ",": "comma", ".": "full_stop", ":": "colon", "-": "minus"}


async def opened_at(pilot: Pilot[None], words: str = "Type what you ate") -> TodayScreen:
    """From the week, as soon as the page of today is whole."""
    app = pilot.app
    assert isinstance(app, MealmagApp)
    await until(pilot, "No plan yet." if app.profile else "who eats?")
    await pilot.press("t")
    await until(pilot, words)
    await until(pilot, "How sure" if app.profile and app.size.width > 100 else "food ")
    screen = app.screen
    assert isinstance(screen, TodayScreen)
    return screen


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*(_KEYS.get(sign, sign) for sign in text))


async def entered(pilot: Pilot[None], text: str, words: str) -> str:
    """Types a line, and waits for some words on the screen."""
    await typed(pilot, text)
    await pilot.press("enter")
    return await until(pilot, words)


def line(screen: TodayScreen) -> Input:
    return screen.query_one("#line", Input)


def logged(paths: Paths, day: date = DAY) -> list[str]:
    return [f"{e.meal}:{e.measure} {e.snapshot.food}" for e in entries_of(paths, day)]


def keep(paths: Paths, *lines: str, day: date = DAY, pill: str = "") -> list[Entry]:
    request = LogRequest(When(day), lines, (pill,) if pill else ())
    return log(paths, Sources(own=paths), request, today=DAY)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Logging waits until this is set."""
    go = threading.Event()

    def slowly(*arguments: Any, **named: Any) -> list[Entry]:
        assert go.wait(10)
        return diary.log(*arguments, **named)

    monkeypatch.setattr(today, "log", slowly)
    yield go
    go.set()


# Logging.


async def test_a_line_is_logged_and_the_page_follows(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        assert line(screen).has_focus
        assert "0 of 320 mg" in screen_text(app)
        text = await entered(pilot, "2 eggs and a slice of rye bread", "25 of 320 mg")
        assert "✓ 2 eggs raw egg (100 g) · 12 mg; 1 slice rye bread (32 g) · 13 mg" in text
        assert "▸  2  1 slice rye bread" in text, "the newest is chosen, so that it can be mended"
        assert line(screen).value == ""
        assert line(screen).has_focus
    assert logged(paths) == [":2 eggs egg-raw", ":1 slice bread-rye"]


async def test_the_examples_of_an_empty_day_are_sure(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        for example in EXAMPLES:
            assert example in screen_text(app)
    keep(paths, *EXAMPLES)
    assert len(logged(paths)) == 4


async def test_a_meal_is_chosen_and_a_line_that_names_one_wins(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("f2")
        assert "[breakfast]" in await until(pilot, "[breakfast]")
        await entered(pilot, "2 eggs", "✓ breakfast: 2 eggs")
        await entered(pilot, "lunch: a banana", "✓ lunch: 1 piece banana")
        text = await entered(pilot, "yesterday: 30 g almonds", "✓ Sun 22 Nov breakfast: 30 g")
        assert "30 g almonds" not in text.split("breakfast  ")[-1], "that is on another page"
        await pilot.click("#as", offset=(8, 0))
        await until(pilot, "[no meal]")
    assert logged(paths) == ["breakfast:2 eggs egg-raw", "lunch:1 piece banana"]
    assert logged(paths, BEFORE) == ["breakfast:30 g almonds"]


async def test_a_supplement_has_its_own_ledger(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        await pilot.press(*["f2"] * 5)
        await until(pilot, "[supplement]")
        await entered(pilot, "100 mg elemental magnesium citrate", "supplement 100 mg")
        await pilot.press("ctrl+e")
        await until(pilot, "A supplement has no other amount")
        await entered(pilot, "2 eggs", "→")
        assert line(screen).value == "2 eggs", "that is no supplement"
    assert [entry.ledger for entry in entries_of(paths, DAY)] == [Ledger.SUPPLEMENT]


async def test_what_cannot_be_read_is_said_and_stays(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        text = await entered(pilot, "3 zorks", "nothing was logged")
        assert "“3 zorks”: No food is called" in text
        assert line(screen).value == "3 zorks"
        assert line(screen).cursor_position == len("3 zorks")
        await pilot.press("ctrl+u")
        await entered(pilot, "500", "→ Write how much and of what")
    assert logged(paths) == []


async def test_enter_does_not_overtake_what_was_typed_before_it(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    """A fast hand, the clipboard or a slow machine: all keys are there at once."""
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        for text in ("28 g almonds", "30 g gouda"):
            for sign in text:
                app.post_message(events.Key(_KEYS.get(sign, sign), sign))
            app.post_message(events.Key("enter", "\r"))
        await until(pilot, "✓ 30 g Gouda cheese")
        assert line(screen).value == ""
    assert logged(paths) == [":28 g almonds", ":30 g gouda"]


async def test_the_next_line_is_typed_while_one_is_logged(
    profile: Profile, app: MealmagApp, paths: Paths, waiting: threading.Event
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        await entered(pilot, "2 eggs", "Logging “2 eggs” …")
        await typed(pilot, "a banana")
        await pilot.press("enter")
        await typed(pilot, "3 zorks")
        await pilot.press("enter")
        await typed(pilot, "an apple")
        waiting.set()
        text = await until(pilot, "“3 zorks” is not logged.")
        assert line(screen).value == "an apple", "what is being typed stays"
        assert "1 piece banana" in text
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WeekScreen)
    assert logged(paths) == [":2 eggs egg-raw", ":1 piece banana"]


async def test_leaving_waits_for_what_was_typed(
    profile: Profile, app: MealmagApp, paths: Paths, waiting: threading.Event
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await typed(pilot, "2 eggs")
        await pilot.press("enter")
        await typed(pilot, "a banana")
        await pilot.press("enter", "escape")
        waiting.set()
        await until(pilot, "No plan yet.")
    assert logged(paths) == [":2 eggs egg-raw", ":1 piece banana"]


# Questions.


async def test_a_doubtful_word_is_asked_and_remembered(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        text = await entered(pilot, "30 g cheese", "Which one: “30 g cheese”")
        assert '"cheese" may be several foods.' in text
        assert isinstance(app.screen, ChooseDialog)
        names = [o.prompt.plain for o in app.screen.query_one(OptionList).options]  # type: ignore[union-attr]
        place = next(n for n, name in enumerate(names) if name.endswith("Edam cheese"))
        await pilot.press("j", "k", *["down"] * place, "enter")
        await until(pilot, "✓ 30 g Edam cheese")
        await entered(pilot, "40 g cheese", "✓ 40 g Edam cheese")
    assert logged(paths) == [":30 g edam", ":40 g edam"]
    with opened(paths) as book:
        assert list(book.meanings().values()) == ["edam"]


async def test_a_digit_chooses(profile: Profile, app: MealmagApp, paths: Paths) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await entered(pilot, "30 g cheese", "Which one")
        await pilot.press("9")
        await pilot.pause()
        assert isinstance(app.screen, ChooseDialog), "there are not so many"
        await pilot.press("2")
        await until(pilot, "✓ 30 g cheddar")


async def test_other_words_answer_too(profile: Profile, app: MealmagApp, paths: Paths) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await entered(pilot, "30 g cheese", "Which one")
        await pilot.press("tab")
        await entered(pilot, "gruyere", "✓ 30 g Gruyère")
    with opened(paths) as book:
        assert list(book.meanings().values()) == ["gruyere"]


async def test_an_amount_is_asked(profile: Profile, app: MealmagApp, paths: Paths) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        text = await entered(pilot, "almonds", "How much: “almonds”")
        assert "grams, handful" in text
        await pilot.press("enter")
        await until(pilot, "✓ 1 handful almonds (28 g)")
    assert logged(paths) == [":1 handful almonds"]


async def test_escape_in_every_question_leaves_the_text_and_logs_nothing(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        await entered(pilot, "30 g cheese, almonds", "Which one")
        await pilot.press("escape")
        await until(pilot, "How much: “almonds”")
        await pilot.press("escape")
        text = await until(pilot, "nothing was logged")
        assert app.screen is screen
        assert "“almonds”: How much almonds is not said" in text
        assert line(screen).value == "30 g cheese, almonds"
        assert line(screen).has_focus
    assert logged(paths) == []


async def test_what_gets_no_answer_goes_back_to_the_line_and_the_rest_is_logged(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        await entered(pilot, "30 g cheese, 28 g almonds", "Which one")
        await pilot.press("escape")
        text = await until(pilot, "✓ 28 g almonds")
        assert "Not logged: 30 g cheese" in text
        assert line(screen).value == "30 g cheese"
    assert logged(paths) == [":28 g almonds"]


async def test_quitting_in_a_question_ends_it(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await entered(pilot, "30 g cheese", "Which one")
        app.exit()
    assert logged(paths) == []


# Changing what is there.


async def test_remove_and_undo(profile: Profile, app: MealmagApp, paths: Paths) -> None:
    keep(paths, "breakfast: 2 eggs, a banana", "lunch: an apple")
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot, "▸  1")
        await pilot.press("up", "down")
        await until(pilot, "▸  2")
        await pilot.press("delete")
        text = await until(pilot, "Gone · breakfast: 1 piece banana")
        assert "▸  2  1 piece apple" in text, "the one that follows is chosen"
        await pilot.press("ctrl+d")
        await until(pilot, "Gone · lunch: 1 piece apple")
        assert logged(paths) == ["breakfast:2 eggs egg-raw"]
        await pilot.press("ctrl+z")
        await until(pilot, "Back · lunch: 1 piece apple")
        await pilot.press("ctrl+z")
        await until(pilot, "Back · breakfast: 1 piece banana")
        await pilot.press("ctrl+z")
        await until(pilot, "Gone · breakfast: 2 eggs raw egg (100 g) · 12 mg; breakfast: 1 piece")
        await pilot.press("ctrl+z")
        await until(pilot, "There is nothing to take back.")
    assert logged(paths) == []


async def test_an_amount_is_changed_and_one_that_cannot_be_read_is_asked_again(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, "2 slices rye bread")
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot, "▸  1")
        await pilot.press("ctrl+e")
        assert "2 slices" in await until(pilot, "How much rye bread was it?")
        await pilot.press("ctrl+u")
        await entered(pilot, "3 cups", "no measure")
        assert isinstance(app.screen, AskDialog)
        assert app.screen.query_one(Input).value == "3 cups"
        await pilot.press("ctrl+u")
        text = await entered(pilot, "3 slices", "is now 3 slices rye bread (96 g)")
        assert "▸  1  3 slices" in text
        await pilot.press("ctrl+e", "escape")
        await pilot.press("ctrl+z")
        await until(pilot, "▸  1  2 slices")
    assert logged(paths) == [":2 slices bread-rye"]


async def test_much_that_is_taken_back_is_counted(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, *["2 eggs, a banana, an apple"] * 3)
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot, "▸  1")
        await pilot.press("ctrl+z")
        assert "a banana" not in await until(pilot, "and 6 more")


async def test_an_entry_that_another_program_took_away_is_not_confused(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, "2 eggs, a banana, an apple")
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot, "▸  1")
        remove(paths, DAY, [1])
        await pilot.press("delete")
        text = await until(pilot, "raw egg is not in the diary any more")
        assert "▸  1  1 piece banana" in text
        remove(paths, DAY, [1])
        await pilot.press("down", "delete")
        await until(pilot, "Gone · 1 piece apple")
    assert logged(paths) == []


async def test_while_one_types_the_keys_are_for_the_line(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, "2 eggs")
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot, "▸  1")
        assert {"Remove", "Amount", "Day before"} <= set(footer(app))
        assert "Log" not in footer(app)
        await typed(pilot, "1 eggs")
        assert "Log" in footer(app)
        assert not {"Remove", "Amount", "Day before"} & set(footer(app))
        await pilot.press("left", "delete", "home", "ctrl+d", "right_square_bracket", "ctrl+e")
        assert line(screen).value == "] egg"
        assert line(screen).cursor_position == len("] egg")
        await pilot.press("ctrl+u", "enter")
        await pilot.pause()
    assert logged(paths) == [":2 eggs egg-raw"]


async def test_a_click_chooses_an_entry(profile: Profile, app: MealmagApp, paths: Paths) -> None:
    keep(paths, "2 eggs, a banana", "lunch: an apple")
    async with app.run_test(size=LARGE) as pilot:
        await opened_at(pilot, "▸  1")
        await pilot.click("#entries", offset=(5, 4))
        await until(pilot, "▸  3")
        await pilot.click("#entries", offset=(5, 3))  # a heading
        await pilot.click("#entries", offset=(5, 2))
        await until(pilot, "▸  2")


async def test_many_entries_scroll_to_the_chosen_one(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, *["2 eggs, a banana, an apple"] * 5)
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot, "▸  1")
        await pilot.press(*["down"] * 20)
        await until(pilot, "▸ 15")
        await pilot.press(*["up"] * 20)
        await until(pilot, "between meals")


# Days.


async def test_days_are_turned_and_lines_go_to_the_day_that_is_shown(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, "2 eggs", day=BEFORE)
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        assert "Next day" not in footer(app)
        await pilot.press("left")
        text = await until(pilot, "12 of 320 mg")
        assert "Sunday 22 November 2026 · yesterday" in text
        assert "▸  1  2 eggs" in text
        assert "Next day" in footer(app)
        assert "Close the gap" not in footer(app), "that is for today"
        await entered(pilot, "a banana", "✓ 1 piece banana")
        await pilot.press("left_square_bracket")
        await until(pilot, "Nothing is logged on this day.")
        await pilot.press("right_square_bracket", "right", "right")
        await until(pilot, "Nothing is logged today yet.")
    assert logged(paths) == []
    assert logged(paths, BEFORE) == [":2 eggs egg-raw", ":1 piece banana"]


async def test_what_is_read_of_a_day_that_is_left_is_not_shown(
    profile: Profile, app: MealmagApp, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(paths, "2 eggs", day=BEFORE)
    go, read = threading.Event(), diary.entries_of

    def slowly(where: Paths, day: date) -> tuple[Entry, ...]:
        assert day != BEFORE or go.wait(10)
        return read(where, day)

    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        monkeypatch.setattr("mealmag.tui.day_page.entries_of", slowly)
        await pilot.press("left", "right")
        await until(pilot, "0 of 320 mg")
        go.set()
        await pilot.pause(0.2)
        text = screen_text(app)
        assert "2 eggs raw" not in text
        assert "Monday 23 November 2026 · today" in text


# Who eats, and what goes wrong.


async def test_without_a_profile_logging_works_and_the_profile_is_offered(
    app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("escape")
        await until(pilot, "who eats?")
        await opened_at(pilot)
        assert "Close the gap" not in footer(app)
        assert_snapshot(app, "today-nobody-80x24")
        text = await entered(pilot, "2 eggs", "magnesium 12 mg · no target yet")
        assert "▸  1  2 eggs" in text
        await pilot.press("f4")
        await until(pilot, "Still needed")
        assert isinstance(app.screen, ProfileScreen)
        app.profile = Profile.model_validate({"person": {"sex": "male", "age": 40}})
        await pilot.press("escape")
        await until(pilot, "12 of 420 mg")
    assert len(logged(paths)) == 1


async def test_a_person_without_a_published_target_is_told(
    paths: Paths, profile: Profile, app: MealmagApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mealmag.errors import InputError

    def refuse(*_: object) -> None:
        raise InputError("No value is published for them.", hint="Take another set.")

    monkeypatch.setattr("mealmag.tui.day_page.account_of_day", refuse)
    keep(paths, "2 eggs")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, "No plan yet.")
        await pilot.press("t")
        text = await until(pilot, "magnesium 12 mg · no target")
        assert "No value is published for them." in text
        assert "→ Take another set." in text


async def test_a_broken_diary_is_told(profile: Profile, app: MealmagApp, paths: Paths) -> None:
    paths.data.mkdir(parents=True)
    paths.diary.write_text("no diary", "utf-8")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, "No plan yet.")
        await pilot.press("t")
        await until(pilot, "the diary cannot be read")
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        await typed(pilot, "2 eggs")
        await pilot.press("enter")
        for _ in range(200):
            await pilot.pause(0.01)
            if line(screen).value:
                break
        assert line(screen).value == "2 eggs"


async def test_a_fault_of_ours_is_told(
    profile: Profile, app: MealmagApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object, **__: object) -> None:
        raise RuntimeError("unforeseen")

    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        monkeypatch.setattr(today, "log", fault)
        await entered(pilot, "2 eggs", "A fault of mealmag")
        assert isinstance(app.screen, MessageDialog)


# Closing the gap.


def option(kind: str, **given: Any) -> Option:
    whole = {
        "food": "pumpkin-seeds",
        "name": "pumpkin seeds",
        "measure": "2 tablespoons",
        "grams": 17.5,
        "instead_of": "",
        "magnesium_mg": 96.2,
        "energy_kcal": 91,
        "gap_mg": 0,
        "others_off": 12,
        "proven": True,
        "also": ("fat 17 %", "zinc 16 %"),
    }
    return Option.model_validate({"kind": kind, **whole, **given})


class StubGap:
    """Tries two ideas, and waits for Stop between them, where it is told to."""

    def __init__(self) -> None:
        self.waits = False
        self.ended = threading.Event()
        self.options: tuple[Option, ...] = (
            option("food"),
            option(
                "food",
                food="almonds",
                name="almonds",
                gap_mg=20,
                others_off=42,
                proven=False,
                also=(),
            ),
            option("swap", instead_of="white bread"),
        )

    def __call__(
        self,
        paths: Paths,
        profile: Profile,
        sources: Sources,
        day: date,
        *,
        to_come: Collection[Meal],
        on_progress: Callable[[int, int], None],
        stop: Callable[[], bool],
    ) -> Closing:
        assert set(to_come) == set(Meal), "at eight in the morning"
        on_progress(1, 2)
        while self.waits and not stop():
            threading.Event().wait(0.005)
        self.ended.set()
        return Closing(
            date=day,
            target_mg=320,
            so_far_mg=204,
            gap_mg=116,
            unknown=1,
            energy_left_kcal=1738,
            meals_left=("dinner", "snack"),
            gap_after_meals_mg=4,
            others_off=12,
            options=self.options,
            notes=("No lunch is logged.",),
        )


@pytest.fixture
def gap(monkeypatch: pytest.MonkeyPatch) -> StubGap:
    stub = StubGap()
    monkeypatch.setattr(closing, "close_gap", stub)
    return stub


async def test_a_food_that_closes_the_gap_is_logged(
    profile: Profile, app: MealmagApp, paths: Paths, gap: StubGap
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("ctrl+g")
        text = " ".join((await until(pilot, "One of these more")).split())
        for words in (
            "At least 204 of 320 mg from food and drink by now: 116 mg to go",
            "Still to come: dinner and snack. Planned well, that alone would leave 4 mg.",
            "No lunch is logged.",
            "2 tablespoons pumpkin seeds +96 +91 reached",
            "also fat 17 %, zinc 16 % of a day",
            "2 tablespoons almonds +96 +91 ~20 mg short",
            "the other nutrients lose 30 %",
            "2 tablespoons pumpkin seeds for",
            "white bread +96",
            "Enter logs a food",
        ):
            assert words in text
        await pilot.press("j", "j", "enter")
        await until(pilot, "white bread is eaten; pumpkin seeds is for another time.")
        await pilot.press("k", "k", "enter")
        await until(pilot, "✓ 2 tablespoons pumpkin seeds")
    assert logged(paths) == [":2 tablespoons pumpkin-seeds"]


async def test_the_search_for_the_gap_is_stopped(
    profile: Profile, app: MealmagApp, paths: Paths, gap: StubGap
) -> None:
    gap.waits = True
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("ctrl+g")
        await until(pilot, "1 of 2 ideas tried")
        await pilot.press("enter")
        await until(pilot, "Stopped: 1 of 2 ideas tried.")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        gap.ended.clear()
        await pilot.press("ctrl+g")
        await until(pilot, "1 of 2 ideas tried")
        await pilot.press("escape")
        await pilot.pause()
    assert gap.ended.wait(5), "closing the window stops it too"
    assert logged(paths) == []


async def test_a_gap_that_cannot_be_looked_at_is_told(
    profile: Profile, app: MealmagApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mealmag.errors import UsageError

    def refuse(*_: object, **__: object) -> None:
        raise UsageError("Not with these kidneys.", hint="Name the limits.")

    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        monkeypatch.setattr(closing, "close_gap", refuse)
        await pilot.press("ctrl+g")
        assert "→ Name the limits." in await until(pilot, "Not with these kidneys.")
        await pilot.press("escape")
        await pilot.pause()
        monkeypatch.setattr(closing, "close_gap", lambda *_: None)  # takes no such arguments
        await pilot.press("ctrl+g")
        await until(pilot, "A fault of mealmag")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


def test_every_food_in_grams_is_sure() -> None:
    """What closing the gap logs is read back as that food and amount."""
    foods = load_food_table()
    reader = Reader(foods, {})
    for food in foods.values():
        if food.serving_g:
            (entry,) = reader.read(f"{float(food.serving_g):g} g {food.id}", When(DAY), DAY)
            assert (entry.snapshot.food, entry.quantity) == (food.id, Decimal(food.serving_g))


# How it looks, and where it is.


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_day_as_it_looks(
    profile: Profile, app: MealmagApp, paths: Paths, size: tuple[int, int]
) -> None:
    for back in range(1, 9):
        keep(paths, *_A_DAY, day=DAY - timedelta(days=back))
    keep(paths, *_A_DAY[:2], "30 g almonds, 0.5 l gerolsteiner")
    async with app.run_test(size=size) as pilot:
        await opened_at(pilot, "▸  1")
        await pilot.press("down")
        await until(pilot, "▸  2")
        await until(pilot, "f1 Help")
        assert_snapshot(app, f"today-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_an_empty_day_as_it_looks(
    profile: Profile, app: MealmagApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened_at(pilot)
        await until(pilot, "f1 Help")
        assert_snapshot(app, f"today-empty-{size[0]}x{size[1]}")


async def test_the_figures_scroll_where_one_is_in_them(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, *_A_DAY)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot, "Magnesium came")
        for key in ("tab", "down", "down", "down", "up"):
            await pilot.press(key)
            await pilot.pause()
        account = screen.query_one("#account")
        assert account.has_focus
        assert account.scroll_y == 2
        assert "▸  1" in screen_text(app)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 15)])
async def test_figures_stand_beside_the_entries_or_below_them(
    profile: Profile, app: MealmagApp, paths: Paths, size: tuple[int, int]
) -> None:
    keep(paths, *_A_DAY)
    async with app.run_test(size=size) as pilot:
        screen = await opened_at(pilot, "Magnesium came")
        entries, account = screen.query_one("#entries"), screen.query_one("#account")
        below = account.region.y >= entries.region.bottom
        assert below == (size[0] < 110)
        assert below or account.region.x >= entries.region.right
        assert min(entries.region.height, account.region.height) >= 2
        assert "…" in screen_text(app) or size[0] > 40, "a cut name says so"
        await pilot.press(*["f2"] * 5)
        await until(pilot, "[supplement]")


async def test_the_palette_opens_it_from_everywhere_but_itself(
    profile: Profile, app: MealmagApp
) -> None:
    def offered() -> list[str]:
        return [c.title for c in app.get_system_commands(app.screen)]

    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, "No plan yet.")
        assert offered().count("Today") == 1
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(app.screen, FoodsScreen)
        command = next(c for c in app.get_system_commands(app.screen) if c.title == "Today")
        await command.callback()
        await until(pilot, "Type what you ate")
        assert isinstance(app.screen, TodayScreen)
        assert "Today" not in offered()
        assert {"Undo", "Meal", "Close the gap", "Day before"} <= set(offered())
        assert "Next day" not in offered()
        await pilot.press("f4")
        await pilot.pause()
        assert "Today" not in offered(), "it is below already"


async def test_help_comes_from_the_commands(profile: Profile, app: MealmagApp) -> None:
    async with app.run_test(size=(120, 70)) as pilot:
        await opened_at(pilot)
        await pilot.press("f1")
        text = await until(pilot, "Help · Today")
        assert all(command.help in text for command in (*TODAY, *TODAY_MORE, *APP))
        assert "left [" in text


def test_every_command_has_its_own_id() -> None:
    ids = [c.id for c in (*APP, *WEEK, *WEEK_MORE, *FOODS, *TODAY, *TODAY_MORE)]
    assert len(set(ids)) == len(ids)
