"""Log again: usual meals, planned ones and those of the days before; and a meal that is kept as usual."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.diary import Entry
from mealmag.services.catalogue import Sources
from mealmag.services.diary import LogRequest, log, opened, usual_meals
from mealmag.services.log_entries import When
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui import keeping, log_again
from mealmag.tui.app import MealmagApp
from mealmag.tui.dialogs import AskDialog, MessageDialog
from mealmag.tui.log_again import BEFORE, PLANNED, USUAL, Offer, offers_for
from mealmag.tui.screens import again
from mealmag.tui.screens.again import AgainDialog
from mealmag.tui.screens.today import TodayScreen
from tests.tui.conftest import TODAY as DAY
from tests.tui.snapshot import assert_snapshot
from tests.tui.test_today import keep, line, logged, opened_at, typed
from tests.tui.test_week import LARGE, SMALL, footer, until

DAY_BEFORE = DAY - timedelta(days=1)
BREAKFAST = "breakfast: 60 g rolled oats, 200 ml semi-skimmed milk and a banana at 7:30"


def keep_as(paths: Paths, name: str, text: str, day: date = DAY_BEFORE) -> None:
    request = LogRequest(When(day), (text,), keep_as=name)
    log(paths, Sources(own=paths), request, today=DAY)


def offered(paths: Paths, day: date = DAY) -> list[tuple[str, str]]:
    return [(offer.section, offer.words) for offer in offers_for(paths, day, DAY)]


async def opened_with_week(pilot: Pilot[None]) -> TodayScreen:
    await until(pilot, "Mon 23 Nov")
    await pilot.press("t")
    await until(pilot, "320 mg (RDA)")
    screen = pilot.app.screen
    assert isinstance(screen, TodayScreen)
    return screen


# What is offered.


def test_the_days_before_come_newest_first_by_meal(paths: Paths) -> None:
    for back in range(1, 10):
        keep(paths, f"lunch: {back * 10} g almonds", day=DAY - timedelta(days=back * 2 - 1))
    keep(paths, "30 g walnuts", "dinner: 2 eggs, an apple", day=DAY_BEFORE)
    keep(paths, "lunch: 5 g almonds")
    assert offered(paths) == [
        (BEFORE, "yesterday lunch: 10 g almonds"),
        (BEFORE, "yesterday between meals: 30 g walnuts"),
        (BEFORE, "yesterday dinner: 2 eggs raw egg, 1 piece apple"),
        (BEFORE, "Fri 20 Nov lunch: 20 g almonds"),
        (BEFORE, "Wed 18 Nov lunch: 30 g almonds"),
        (BEFORE, "Mon 16 Nov lunch: 40 g almonds"),
        (BEFORE, "Sat 14 Nov lunch: 50 g almonds"),
        (BEFORE, "Thu 12 Nov lunch: 60 g almonds"),
        (BEFORE, "Tue 10 Nov lunch: 70 g almonds"),
    ], "seven days that have any, without the shown one"


def test_what_would_be_logged_alike_is_offered_once(paths: Paths) -> None:
    keep_as(paths, "Porridge", BREAKFAST)
    keep(
        paths,
        "breakfast: a banana, 200 ml semi-skimmed milk, 60 g rolled oats",
        day=date(2026, 11, 20),
    )
    keep(
        paths, "lunch: 60 g rolled oats, 200 ml semi-skimmed milk, a banana", day=date(2026, 11, 19)
    )
    keep(paths, "breakfast: 60 g rolled oats, 200 ml semi-skimmed milk", day=date(2026, 11, 18))
    keep(paths, pill="100 mg elemental magnesium citrate", day=date(2026, 11, 17))
    keep(paths, pill="200 mg elemental magnesium citrate", day=date(2026, 11, 16))
    assert [words.partition(":")[0] for _, words in offered(paths)] == [
        "porridge",
        "Thu 19 Nov lunch",
        "Wed 18 Nov breakfast",
        "Tue 17 Nov between meals",
        "Mon 16 Nov between meals",
    ]


def test_planned_meals_are_of_that_day_and_not_logged_yet(
    app_with_week: MealmagApp, paths: Paths
) -> None:
    keep(paths, "lunch: 2 eggs")
    sections = [(offer.section, offer.name) for offer in offers_for(paths, DAY, DAY)]
    assert sections == [(PLANNED, "breakfast"), (PLANNED, "dinner"), (PLANNED, "snack")]
    assert offered(paths, DAY_BEFORE) == [], "the plan has nothing there"


def test_a_planned_meal_of_a_food_that_is_unknown_by_now_is_left_out(
    app_with_week: MealmagApp, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = log_again.load_catalogue()
    plan = log_again.last_plan(paths)
    assert plan is not None
    del catalogue.foods[plan.days[0].meals[0].portions[0].food]  # type: ignore[attr-defined]
    monkeypatch.setattr(log_again, "load_catalogue", lambda _: catalogue)
    assert "breakfast" not in [offer.name for offer in offers_for(paths, DAY, DAY)]


def test_a_figure_that_is_not_whole_says_so(paths: Paths) -> None:
    (entry,) = keep(paths, "30 g almonds")
    assert Offer(USUAL, "nuts", (entry,)).figure == "81 mg"
    unknown = log_again.Offer(USUAL, "nuts", (entry, _without_figures(entry)))
    assert unknown.figure == "≥ 81 mg"


def _without_figures(entry: Entry) -> Entry:
    from dataclasses import replace

    return replace(entry, snapshot=replace(entry.snapshot, nutrients={}))


# Choosing.


async def test_two_keys_log_the_usual_breakfast(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep_as(paths, "my breakfast", BREAKFAST)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        assert "Again" in footer(app)
        await pilot.press("f3", "enter")
        text = await until(pilot, "✓ breakfast: 60 g rolled oats · 83 mg")
        assert "takes it back" in text
        assert app.screen is screen
        assert "▸  3  1 piece banana" in text
        assert line(screen).has_focus
        await pilot.press("ctrl+z")
        await until(pilot, "Gone · breakfast: 60 g rolled oats")
        assert logged(paths) == []
        await pilot.press("f3")
        await until(pilot, "1 my breakfast: 60 g rolled oats, 200 ml semi-skimmed milk")
        await pilot.press("1")
        await until(pilot, "✓ breakfast")
    assert logged(paths) == [
        "breakfast:60 g oats-rolled",
        "breakfast:200 ml milk-semi-skimmed",
        "breakfast:1 piece banana",
    ]
    with opened(paths) as book:
        assert {entry.at for entry in book.day(DAY)} == {None}, (
            "the clock of another day is not its"
        )


async def test_a_typed_line_also_says_how_it_is_taken_back(
    profile: Profile, app: MealmagApp
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await typed(pilot, "2 eggs")
        await pilot.press("enter")
        await until(pilot, "✓ 2 eggs raw egg (100 g) · 12 mg · ctrl+z takes it back")


async def test_arrows_and_enter_choose_and_what_is_typed_stays_on_its_line(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, "lunch: 2 eggs", "dinner: an apple", day=DAY_BEFORE)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        await typed(pilot, "30 g al")
        await pilot.press("f3")
        await until(pilot, "2 yesterday dinner")
        await pilot.press("down", "up", "down", "enter")
        await until(pilot, "✓ dinner: 1 piece apple")
        assert line(screen).value == "30 g al"
    assert logged(paths) == ["dinner:1 piece apple"]


async def test_the_meal_and_the_day_of_the_screen_win(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, "lunch: 2 eggs", day=DAY - timedelta(days=2))
    keep(paths, "lunch: an apple", day=DAY_BEFORE)
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("left", "f2", "f3")
        text = await until(pilot, "Log again · Sunday 22 November · as breakfast")
        text = await until(pilot, "1 Sat 21 Nov lunch: 2 eggs")
        assert "yesterday lunch" not in text, "that is the shown day itself"
        await pilot.press("1")
        await until(pilot, "✓ breakfast: 2 eggs")
    assert logged(paths) == []
    assert logged(paths, DAY_BEFORE) == ["lunch:1 piece apple", "breakfast:2 eggs egg-raw"]


async def test_a_planned_meal_is_logged_as_its_meal(
    app_with_week: MealmagApp, paths: Paths
) -> None:
    app = app_with_week
    async with app.run_test(size=SMALL) as pilot:
        await opened_with_week(pilot)
        await pilot.press("f3")
        await until(pilot, "Planned for this day")
        await pilot.press("3")
        await until(pilot, "✓ dinner:")
    with opened(paths) as book:
        entries = book.day(DAY)
    plan = log_again.last_plan(paths)
    assert plan is not None
    dinner = next(meal for meal in plan.days[0].meals if meal.meal is Meal.DINNER)
    assert [entry.snapshot.food for entry in entries] == [p.food for p in dinner.portions]
    assert {(entry.meal, entry.dish) for entry in entries} == {("dinner", dinner.name)}


async def test_typing_narrows_the_list_and_its_numbers(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep_as(paths, "nuts", "30 g walnuts")
    keep(paths, "lunch: 2 eggs", "dinner: 40 g almonds", "snack: an apple", day=DAY_BEFORE)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        await pilot.press("f3")
        await until(pilot, "4 yesterday snack")
        await typed(pilot, "ALM dinner")
        text = await until(pilot, "1 yesterday dinner: 40 g almonds")
        assert "walnuts" not in text
        assert "Usual meals" not in text
        await pilot.press("9")
        await pilot.pause()
        assert app.screen is not screen, "there are not so many"
        await typed(pilot, " zz")
        await until(pilot, "Nothing here has “ALM dinner zz” in it.")
        await pilot.press("enter", "1")
        await pilot.pause()
        assert app.screen is not screen, "there is nothing to choose"
        await pilot.press("ctrl+u")
        await until(pilot, "4 yesterday snack")
        await typed(pilot, "eggs")
        await until(pilot, "1 yesterday lunch")
        await pilot.press("1")
        await until(pilot, "✓ lunch: 2 eggs")
    assert logged(paths) == ["lunch:2 eggs egg-raw"]


async def test_a_click_chooses(profile: Profile, app: MealmagApp, paths: Paths) -> None:
    keep(paths, "lunch: 2 eggs", "dinner: an apple", day=DAY_BEFORE)
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("f3")
        await until(pilot, "2 yesterday dinner")
        await pilot.click(OptionList, offset=(5, 2))
        await until(pilot, "✓ dinner: 1 piece apple")
    assert logged(paths) == ["dinner:1 piece apple"]


async def test_nothing_to_log_again_says_how_something_gets_there(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        await pilot.press("f3")
        text = await until(pilot, "There is nothing to log again yet.")
        assert "ctrl+s" in text
        await pilot.press("enter", "1", "escape")
        await pilot.pause()
        assert app.screen is screen
    assert logged(paths) == []


async def test_a_broken_diary_is_told(profile: Profile, app: MealmagApp, paths: Paths) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        paths.data.mkdir(parents=True, exist_ok=True)
        paths.diary.write_text("no diary", "utf-8")
        await pilot.press("f3")
        await until(pilot, "it is not a diary")
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_what_cannot_be_written_is_told_and_nothing_comes_to_the_line(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, "lunch: 2 eggs", day=DAY_BEFORE)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot)
        await typed(pilot, "an apple")
        await pilot.press("f3")
        await until(pilot, "1 yesterday lunch")
        paths.diary.write_text("no diary", "utf-8")
        await pilot.press("1")
        text = await until(pilot, "cannot be read")
        assert "is not logged" not in text
        assert line(screen).value == "an apple"


async def test_a_fault_of_ours_is_told(
    profile: Profile, app: MealmagApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(again, "offers_for", fault)
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("f3")
        await until(pilot, "A fault of mealmag")
        assert isinstance(app.screen, MessageDialog)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The list waits until this is set."""
    go = threading.Event()

    def slowly(paths: Paths, day: date, today: date) -> tuple[Offer, ...]:
        assert go.wait(10)
        return offers_for(paths, day, today)

    monkeypatch.setattr(again, "offers_for", slowly)
    yield go
    go.set()


@pytest.mark.parametrize(("key", "food"), [("enter", "2 eggs egg-raw"), ("2", "1 piece apple")])
async def test_who_is_faster_than_the_list_gets_what_the_key_means(
    profile: Profile, app: MealmagApp, paths: Paths, slow: threading.Event, key: str, food: str
) -> None:
    keep(paths, "lunch: 2 eggs", "dinner: an apple", day=DAY_BEFORE)
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot)
        await pilot.press("f3", key)
        await until(pilot, "Looking …")
        slow.set()
        await until(pilot, "✓ ")
    assert [each.partition(":")[2] for each in logged(paths)] == [food]


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_list_as_it_looks(
    app_with_week: MealmagApp, paths: Paths, size: tuple[int, int]
) -> None:
    keep_as(paths, "my breakfast", BREAKFAST)
    for back in range(1, 8):
        keep(
            paths,
            f"lunch: {back} slices rye bread, {back * 10} g hummus, an apple, 250 ml orange juice",
            day=DAY - timedelta(days=back),
        )
    async with app_with_week.run_test(size=size) as pilot:
        await opened_with_week(pilot)
        await until(pilot, "f1 Help")
        await pilot.press("f3")
        await until(pilot, "my breakfast")
        assert_snapshot(app_with_week, f"again-{size[0]}x{size[1]}")
        await pilot.press(*["down"] * 11)
        await until(pilot, "7 slices rye bread")


async def test_the_list_is_whole_in_a_small_terminal(
    app_with_week: MealmagApp, paths: Paths
) -> None:
    keep_as(paths, "my breakfast", BREAKFAST)
    for back in range(1, 8):
        keep(paths, f"lunch: {back} eggs", day=DAY - timedelta(days=back))
    async with app_with_week.run_test(size=(60, 16)) as pilot:
        await opened_with_week(pilot)
        await pilot.press("f3")
        text = await until(pilot, "my breakfast")
        assert "Log again" in text
        assert "Escape closes" in text


# Keeping a meal.


async def test_a_meal_is_kept_under_a_name_and_is_there_to_log_again(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, "lunch: 2 eggs", "dinner: an apple", "lunch: 30 g almonds")
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot, "▸  1")
        await pilot.press("ctrl+s")
        text = await until(pilot, "Keep as a usual meal: lunch")
        assert "2 eggs raw egg, 30 g almonds" in text
        assert app.screen.query_one(Input).value == "lunch"
        await pilot.press("ctrl+u")
        await typed(pilot, "eggs and nuts")
        await pilot.press("enter")
        await until(pilot, "“eggs and nuts” is now 2 eggs raw egg, 30 g almonds · f3 logs it again")
        await pilot.press("left", "f3")
        await until(pilot, "1 eggs and nuts:")
        await pilot.press("enter")
        await until(pilot, "✓ lunch: 2 eggs")
    assert logged(paths, DAY_BEFORE) == ["lunch:2 eggs egg-raw", "lunch:30 g almonds"]


async def test_a_name_that_is_taken_is_told_and_replaced_by_one_more_enter(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep_as(paths, "Lunch", "an apple")
    keep(paths, "lunch: 2 eggs")
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot, "▸  1")
        await pilot.press("ctrl+s", "enter")
        text = await until(pilot, "“lunch” is 1 piece apple now.")
        assert "Enter once more puts this in its place: 2 eggs raw egg" in text
        assert isinstance(app.screen, AskDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen
        assert [e.measure for e in usual_meals(paths)["lunch"]] == ["1 piece"]
        await pilot.press("ctrl+s", "enter")
        await until(pilot, "“lunch” is 1 piece apple now.")
        await pilot.press("enter")
        await until(pilot, "“lunch” is now 2 eggs")
    assert [e.measure for e in usual_meals(paths)["lunch"]] == ["2 eggs"]


async def test_another_name_that_is_taken_is_told_too(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep_as(paths, "lunch", "an apple")
    keep_as(paths, "lunch2", "a banana")
    keep(paths, "lunch: 2 eggs")
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot, "▸  1")
        await pilot.press("ctrl+s", "enter")
        await until(pilot, "“lunch” is 1 piece apple now.")
        await pilot.press("2", "enter")
        await until(pilot, "“lunch2” is 1 piece banana now.")
        await pilot.press("escape")
    assert [e.measure for e in usual_meals(paths)["lunch2"]] == ["1 piece"]


async def test_what_was_had_between_meals_is_kept_and_needs_a_name(
    profile: Profile, app: MealmagApp, paths: Paths
) -> None:
    keep(paths, "30 g almonds")
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened_at(pilot, "▸  1")
        await pilot.press("ctrl+s")
        await until(pilot, "Keep as a usual meal: between meals")
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is screen, "no name, nothing is kept"
    assert usual_meals(paths) == {}


async def test_a_meal_that_cannot_be_kept_is_told_and_asked_again(
    profile: Profile, app: MealmagApp, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mealmag.errors import WriteError

    def refuse(*_: object) -> None:
        raise WriteError("The disk is full.")

    keep(paths, "lunch: 2 eggs")
    monkeypatch.setattr(keeping, "keep_usual", refuse)
    async with app.run_test(size=SMALL) as pilot:
        await opened_at(pilot, "▸  1")
        await pilot.press("ctrl+s", "enter")
        await until(pilot, "The disk is full.")
        assert isinstance(app.screen, AskDialog)


async def test_there_is_nothing_to_keep_on_an_empty_day(profile: Profile, app: MealmagApp) -> None:
    async with app.run_test(size=LARGE) as pilot:
        screen = await opened_at(pilot)
        assert "Keep" not in footer(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.screen is screen
        assert not isinstance(app.screen, AgainDialog)
