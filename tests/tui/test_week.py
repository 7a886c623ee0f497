"""The Week screen: what it opens with, planning with Stop, its days, and saving."""

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, DataTable, Input

from mealmag.catalogue.dish import Meal
from mealmag.errors import ImpossibleError, InputError, MealmagError
from mealmag.export.json import parse_plan
from mealmag.planning.occasion import EatingOut, FixedDish, Place
from mealmag.planning.plan import Plan
from mealmag.services.change import Changed, ChangeRequest
from mealmag.services.last_plan import last_plan, remember_plan
from mealmag.services.plan_progress import PlanProgress
from mealmag.services.profile import stored_profile
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile
from mealmag.tui.app import MealmagApp
from mealmag.tui.commands import ALTERNATIVES, APP, DAY, DAY_MORE, PROFILE, WEEK, WEEK_MORE, WHY
from mealmag.tui.dialogs import AskDialog, MessageDialog
from mealmag.tui.figures import magnesium_bar, progress_words
from mealmag.tui.fits import made_for
from mealmag.tui.screens.day import DayScreen
from mealmag.tui.screens.help import HelpScreen
from mealmag.tui.screens.profile import ProfileScreen
from mealmag.tui.screens.week import WeekScreen
from tests.tui.conftest import NOW, TODAY, StubPlanner, build
from tests.tui.snapshot import assert_snapshot, screen_text

SMALL, LARGE = (80, 24), (120, 40)


async def until(pilot: Pilot[None], words: str) -> str:
    """The screen's text as soon as `words` stand on it."""
    for _ in range(200):
        await pilot.pause()
        text = screen_text(pilot.app)
        if words in text:
            return text
        await pilot.pause(0.01)
    raise AssertionError(f"never on the screen: {words}\n{text}")


def footer(app: MealmagApp) -> list[str]:
    return [
        binding.binding.description
        for binding in app.screen.active_bindings.values()
        if binding.binding.show and binding.enabled
    ]


async def test_without_a_profile_it_asks_who_eats(app: MealmagApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ProfileScreen)
        await pilot.press("escape")
        text = await until(pilot, "who eats?")
        assert "Fill in the profile" in text
        assert "Plan" not in footer(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ProfileScreen)


async def test_with_a_profile_it_invites_to_plan(profile: Profile, app: MealmagApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        text = await until(pilot, "No plan yet.")
        assert "Plan 7 days" in text
        assert footer(app)[:3] == ["Plan", "Profile", "Today"]
        assert not app.screen.query_one("#days").display


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_last_week_as_it_looks(app_with_week: MealmagApp, size: tuple[int, int]) -> None:
    async with app_with_week.run_test(size=size) as pilot:
        await until(pilot, "Mon 23 Nov")
        await until(pilot, "q Quit")  # the footer comes last
        assert_snapshot(app_with_week, f"week-{size[0]}x{size[1]}")


async def test_planning_tells_how_it_goes_and_stop_keeps_the_best(
    profile: Profile, app: MealmagApp, planner: StubPlanner, plan: Plan, paths: Paths
) -> None:
    planner.waits = True
    planner.steps = [
        PlanProgress(0.5, "magnesium_shortfall", "mg", 40.0, None, list(plan.days[:3])),
        PlanProgress(1.0, "other_nutrients", "% of reference", 12.0, 9.0, list(plan.days)),
    ]
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, "No plan yet.")
        await pilot.press("p")
        text = await until(pilot, "other nutrients out of bounds: 12 % · bound 9 · gap 25%")
        assert "Sun 29 Nov" in text
        assert "the search goes on" in text
        assert "Stop" in footer(app)
        assert not {"Plan", "Save", "Another"} & set(footer(app))
        await pilot.press("enter")
        assert "magnesium" in await until(pilot, "Monday 23 November")
        await pilot.press("escape", "s")
        text = await until(pilot, "Done after")
        assert "proven best: magnesium, worst nutrient, nutrients" in text
        assert "No supplement needed" in text
        assert {"Plan", "Save", "Another"} <= set(footer(app))
        assert "Stop" not in footer(app)
        request = planner.requests[0]
        assert (request.start, request.days, request.seed) == (TODAY, 7, 1)
        planner.waits = False
        await pilot.press("n")
        await until(pilot, "Done after")
    assert planner.requests[1].seed == 2
    kept = paths.data / "last-plan.json"
    assert parse_plan(kept.read_text("utf-8"), "kept") == plan


async def test_stop_before_the_first_plan_is_no_error(
    profile: Profile, app: MealmagApp, planner: StubPlanner
) -> None:
    planner.waits = True
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p")
        await until(pilot, "looking for a first plan")
        await pilot.press("s")
        await until(pilot, "Stopped before a plan was found.")
        assert isinstance(app.screen, WeekScreen)
        assert "Plan 7 days" in screen_text(app)


async def test_quitting_stops_the_search(
    profile: Profile, app: MealmagApp, planner: StubPlanner
) -> None:
    planner.waits = True
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p")
        await until(pilot, "looking for a first plan")
        await pilot.press("q")
    assert planner.stopped.wait(5)
    assert app.return_code == 0


async def test_rules_that_collide_lead_to_the_profile(
    app_with_week: MealmagApp, planner: StubPlanner
) -> None:
    planner.error = ImpossibleError(
        "These rules collide: minutes, repeats", rules=["minutes"], hint="Loosen one."
    )
    async with app_with_week.run_test(size=SMALL) as pilot:
        await pilot.press("p")
        text = await until(pilot, "These rules collide: minutes, repeats")
        assert "→ Loosen one." in text
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app_with_week.screen, ProfileScreen)
        await pilot.press("escape")
        assert "Mon 23 Nov" in await until(pilot, "Others"), "the plan of before is still there"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (InputError("foods.csv is broken.", hint="Mend it."), "→ Mend it."),
        (ZeroDivisionError("oops"), "ZeroDivisionError: oops"),
    ],
)
async def test_an_error_is_told_without_a_traceback(
    profile: Profile, app: MealmagApp, planner: StubPlanner, error: Exception, words: str
) -> None:
    planner.error = error
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p")
        text = await until(pilot, words)
        assert "Traceback" not in text
        await pilot.press("escape")
        await until(pilot, "No plan yet.")
        assert "Plan" in footer(app)


async def test_a_day_opens_and_turns(app_with_week: MealmagApp, plan: Plan) -> None:
    async with app_with_week.run_test(size=LARGE) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("j", "j", "k", "enter")
        text = await until(pilot, "Tuesday 24 November")
        assert isinstance(app_with_week.screen, DayScreen)
        portion = plan.days[1].meals[0].portions[0]
        assert f"{portion.magnesium_mg:.1f} mg  {portion.name}" in text
        assert f"{portion.grams:g} g" in text
        assert "saturated fat" in text
        await pilot.press("left", "left")
        await until(pilot, "Sunday 29 November")
        await pilot.press("escape")
        await pilot.pause()
        assert app_with_week.screen.query_one(DataTable).cursor_row == 1


class StubChanger:
    """Notes what is asked; gives the plan with one breakfast renamed."""

    def __init__(self) -> None:
        self.requests: list[ChangeRequest] = []
        self.error: MealmagError | None = None

    def change(self, plan: Plan, request: ChangeRequest) -> Changed:
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        document = plan.model_dump(mode="json", by_alias=True)
        meal = document["days"][0]["meals"][1]
        meal["name"], meal["locked"] = "Another lunch", bool(request.lock)
        return Changed(Plan.model_validate(document), ["Monday lunch: Another lunch"])


async def test_a_meal_is_chosen_changed_and_locked(
    app_with_week: MealmagApp, plan: Plan, paths: Paths
) -> None:
    changer = StubChanger()
    app_with_week.changer = changer  # type: ignore[assignment]
    lunch = Place(plan.days[0].date, Meal.LUNCH)
    async with app_with_week.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("enter")
        await until(pilot, "Monday 23 November")
        await pilot.press("space", "o")
        await until(pilot, "Another lunch")
        await until(pilot, "Changed")
        assert changer.requests == [ChangeRequest(swap=(lunch,))]
        await pilot.press("x")
        await until(pilot, "Another lunch (locked)")
        assert changer.requests[1:] == [ChangeRequest(lock=(lunch,))]
        await pilot.press("4", "1", "2", "x")
        await pilot.pause(0.2)
        assert changer.requests[2:] == [ChangeRequest(unlock=(lunch,))]
        changer.error = InputError("There is no other dish for lunch within the rules.")
        await pilot.press("o")
        await until(pilot, "There is no other dish")
        await pilot.press("escape", "escape")
        await until(pilot, "Changed by hand")
    kept = last_plan(paths)
    assert kept is not None
    assert kept.days[0].meals[1].name == "Another lunch"


async def test_a_footer_shows_the_first_keys_whole(app_with_week: MealmagApp) -> None:
    def shown() -> str:
        return screen_text(app_with_week).splitlines()[-1]

    async with app_with_week.run_test(size=SMALL) as pilot:
        await until(pilot, "q Quit")
        assert "a Others" in shown()
        await pilot.press("enter")
        await until(pilot, "y Why")
        assert shown().endswith("? Help"), "no room for q Quit"
        await pilot.resize_terminal(*LARGE)
        await until(pilot, "l Next day")
        await pilot.resize_terminal(40, 24)
        await until(pilot, "\n esc Back  y Why  space Next meal\n")


async def test_why_says_what_brings_the_magnesium(app_with_week: MealmagApp, plan: Plan) -> None:
    async with app_with_week.run_test(size=LARGE) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("enter")
        await until(pilot, "Monday 23 November")
        await pilot.press("y")
        text = await until(pilot, "Rules that must hold")
        assert "Why Monday 23 November is as it is" in text
        assert f"Magnesium: {plan.days[0].magnesium.food_mg:.0f} of 320 mg" in text
        await pilot.press("l")
        text = await until(pilot, "Why Tuesday 24 November is as it is")
        assert f"Magnesium: {plan.days[1].magnesium.food_mg:.0f} of 320 mg" in text
        await pilot.press("?")
        await until(pilot, "Help · Why")
        await pilot.press("escape", "escape")
        await until(pilot, "Monday 23 November")


async def test_why_of_a_plan_by_an_older_cookbook_is_refused_in_words(
    paths: Paths, profile: Profile, plan: Plan, planner: StubPlanner
) -> None:
    document = plan.model_dump(mode="json", by_alias=True)
    document["days"][0]["meals"][1]["dish"] = "no-more"
    document["made_by"]["dishes_sha256"] = "0" * 64
    remember_plan(paths, Plan.model_validate(document))
    app = build(paths, planner)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("enter")
        await until(pilot, "Monday 23 November")
        await pilot.press("y")
        text = await until(pilot, "cannot be explained")
        assert "another cookbook than today's" in " ".join(text.replace("│", " ").split())
        assert "the dish no-more" in text
        assert isinstance(app.screen, MessageDialog)
        await pilot.press("enter")
        await until(pilot, "Monday 23 November ·")
        assert isinstance(app.screen, DayScreen)


async def test_a_dish_is_rated_by_its_meal(
    app_with_week: MealmagApp, plan: Plan, paths: Paths
) -> None:
    lunch, dinner = plan.days[0].meals[1:3]
    async with app_with_week.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("enter")
        await until(pilot, "Monday 23 November")
        assert {"Like", "Dislike"} <= set(footer(app_with_week))
        for wanted in ("+1", "+2", "+2"):  # two is the most
            await pilot.press("2", "+")
            await until(pilot, f"{lunch.name}: {wanted}")
            app_with_week.clear_notifications()
        await pilot.press("3", "-")
        await until(pilot, f"{dinner.name}: -1")
        await pilot.press("+")
        await until(pilot, f"{dinner.name}: unrated")
        kept = stored_profile(paths)
        assert kept is not None
        assert kept.ratings == {lunch.dish: 2}
        assert app_with_week.profile == kept
        paths.profile.unlink()
        await pilot.press("+")
        await until(pilot, "there is none at")


async def test_another_week_keeps_the_locked_meals(
    app_with_week: MealmagApp, planner: StubPlanner, plan: Plan
) -> None:
    async with app_with_week.run_test(size=SMALL) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("n")
        await until(pilot, "Done after")
        assert planner.requests[-1].keep is None
        document = plan.model_dump(mode="json", by_alias=True)
        document["days"][2]["meals"][2]["locked"] = True
        planner.plan = locked = Plan.model_validate(document)
        await pilot.press("n")
        await until(pilot, "Done after")
        await pilot.press("n")
        await until(pilot, "Done after")
        await pilot.pause(0.1)
    assert planner.requests[-1].keep == locked


async def test_the_mouse_opens_a_day_too(app_with_week: MealmagApp) -> None:
    async with app_with_week.run_test(size=SMALL) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.click("#days", offset=(5, 3), times=2)
        await until(pilot, "Wednesday 25 November")


async def test_saving_asks_before_it_replaces(app_with_week: MealmagApp, plan: Plan) -> None:
    path = Path("mealmag-week-2026-11-23.json")
    async with app_with_week.run_test(size=SMALL, notifications=True) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("w")
        await until(pilot, path.name)
        await pilot.press("enter")
        await until(pilot, "Plan saved")
        assert parse_plan(path.read_text("utf-8"), "saved") == plan
        path.write_text("mine", "utf-8")
        await pilot.press("w")
        await until(pilot, path.name)
        await pilot.press("enter")
        await until(pilot, "Replace it with this plan?")
        await pilot.press("enter")
        await pilot.pause()
        assert path.read_text("utf-8") == "mine"
        assert isinstance(app_with_week.screen, AskDialog), "another name may be given"
        await pilot.press("enter")
        await until(pilot, "Replace it with this plan?")
        await pilot.click("#replace")
        for _ in range(100):
            if path.read_text("utf-8") != "mine":
                break
            await pilot.pause(0.01)
    assert json.loads(path.read_text("utf-8"))["schema"] == "mealmag/plan/1"


async def test_a_place_that_cannot_be_written_to(app_with_week: MealmagApp) -> None:
    async with app_with_week.run_test(size=SMALL) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("w")
        await pilot.pause()
        app_with_week.screen.query_one(Input).value = "no-such-folder/week.json"
        await pilot.press("enter")
        await until(pilot, "was not written")
        assert isinstance(app_with_week.screen, MessageDialog)
        await pilot.press("enter")
        await pilot.pause()
        assert app_with_week.screen.query_one(Input).value == "no-such-folder/week.json"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app_with_week.screen, WeekScreen)


async def test_help_comes_from_the_commands(app_with_week: MealmagApp) -> None:
    async with app_with_week.run_test(size=LARGE) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("question_mark")
        text = await until(pilot, "Help · Week")
        assert all(command.help in text for command in (*WEEK, *WEEK_MORE, *APP))
        await pilot.press("f1")
        await pilot.pause()
        assert not isinstance(app_with_week.screen, HelpScreen)
        titles = [c.title for c in app_with_week.get_system_commands(app_with_week.screen)]
        assert titles[:3] == ["Open day", "Plan", "Another"]
        assert "Stop" not in titles


async def test_a_broken_profile_is_told(paths: Paths, planner: StubPlanner) -> None:
    paths.config.mkdir(parents=True)
    paths.profile.write_text("[person]\nsex = 3\n", "utf-8")
    app = MealmagApp(paths, now=lambda: NOW, planner=planner, warm=lambda: None)
    async with app.run_test(size=SMALL) as pilot:
        assert "profile.toml:2" in (await until(pilot, "cannot be used")).replace("\n", "")
        await pilot.press("enter")
        await until(pilot, "who eats?")
        assert app.screen.query_one("#begin", Button).display


def test_every_command_has_its_own_id() -> None:
    everything = (*APP, *WEEK, *WEEK_MORE, *ALTERNATIVES, *DAY, *DAY_MORE, *WHY, *PROFILE)
    ids = [command.id for command in everything]
    assert len(set(ids)) == len(ids)


def test_a_gap_is_said_in_words(plan: Plan) -> None:
    ledger = plan.days[0].magnesium.model_copy(
        update={"food_mg": 297.2, "gap_mg": 22.8, "supplement": 20.0}
    )
    assert magnesium_bar(ledger).plain == "████░│░░░ 297 of 320 mg short 23 mg +20 pill"
    near = ledger.model_copy(update={"food_mg": 319.7, "gap_mg": 0.3, "supplement": None})
    assert magnesium_bar(near).plain == "████░│░░░ 319 of 320 mg short 0.3 mg"


def test_progress_in_words() -> None:
    assert progress_words(1.23, None, stopping=False) == "  1.2 s · looking for a first plan"
    why = PlanProgress(1.0, "", "", None, None, explaining=True)
    assert "no plan is possible" in progress_words(1.23, why, stopping=False)
    done = PlanProgress(1.0, "magnesium_shortfall", "mg", 0.0, 0.0)
    assert progress_words(1, done, stopping=False).endswith("0 mg · bound 0 · proven best")
    first = PlanProgress(1.0, "magnesium_shortfall", "mg", 12.0, None)
    assert progress_words(1, first, stopping=False).endswith("12 mg · no bound yet")
    assert "best plan so far is kept" in progress_words(1, first, stopping=True)


@pytest.mark.parametrize(
    ("dinner", "fits"),
    [("double", True), ("double 2", True), ("lentil-soup double", False), ("out 800", False)],
)
def test_a_week_fits_a_profile_that_cooks_double_for_the_day_after_it(
    plan: Plan, dinner: str, fits: bool
) -> None:
    """Its Sunday is the last day: the lunch would be that of another week."""
    profile = Profile.model_validate(
        {
            "person": {"sex": "female", "age": 34},
            "plan": {"occasions": {"sunday": {"dinner": dinner}}},
        }
    )
    assert made_for(plan, profile) is fits


async def test_a_meal_is_made_otherwise(
    app_with_week: MealmagApp, plan: Plan, paths: Paths
) -> None:
    changer = StubChanger()
    app_with_week.changer = changer  # type: ignore[assignment]
    dinner = Place(plan.days[0].date, Meal.DINNER)
    async with app_with_week.run_test(size=SMALL, notifications=True) as pilot:
        await until(pilot, "Mon 23 Nov")
        await pilot.press("enter")
        await until(pilot, "Monday 23 November")
        await pilot.press("3", "e")
        await until(pilot, "What is otherwise at Monday dinner?")
        await pilot.press(*"out", "enter")
        await until(pilot, "needs its energy")
        await pilot.press("enter")
        await pilot.press("e")
        await until(pilot, "What is otherwise")
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert changer.requests == []
        await pilot.press("e")
        await until(pilot, "What is otherwise")
        await pilot.press("o", "u", "t", "space", "7", "0", "0", "enter")
        await until(pilot, "Changed")
        await pilot.press("e")
        await until(pilot, "a dish: type its name")
        await pilot.press(*"lentil", "minus", *"soup", "enter")
        await pilot.pause(0.1)
        await until(pilot, "Monday 23 November")
    assert changer.requests == [
        ChangeRequest(meals={dinner: EatingOut(kcal=700)}),
        ChangeRequest(meals={dinner: FixedDish(dish="lentil-soup")}),
    ]
