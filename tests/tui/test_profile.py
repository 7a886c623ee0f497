"""The Profile screen: what it amounts to, faults beside their fields, saving without losing anything."""

import pytest
from pydantic import ValidationError
from textual.widgets import Input, Select

from mealmag.services.profile import stored_profile
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile, load_profile
from mealmag.tui.app import MealmagApp
from mealmag.tui.form import FIELDS, document, faults, profile_of
from mealmag.tui.screens.profile import ProfileScreen
from mealmag.tui.screens.week import WeekScreen
from mealmag.tui.widgets.ticks import TickList
from tests.tui.conftest import TODAY, StubPlanner
from tests.tui.snapshot import assert_snapshot
from tests.tui.test_week import LARGE, SMALL, footer, until

WITH_MAGNESIUM = "✓ 320 mg magnesium a day, RDA, NAM 1997; 2,079 kcal"


def put(app: MealmagApp, field: str, text: str) -> None:
    app.screen.query_one(f"#{field}", Input).value = text


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_profile_as_it_looks(app_with_week: MealmagApp, size: tuple[int, int]) -> None:
    async with app_with_week.run_test(size=size) as pilot:
        await pilot.press("e")
        await until(pilot, WITH_MAGNESIUM)
        app_with_week.screen.set_focus(None)
        await pilot.pause()
        assert_snapshot(app_with_week, f"profile-{size[0]}x{size[1]}")


async def test_a_first_profile_by_keyboard(app: MealmagApp, paths: Paths) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, "Still needed: sex and age.")
        await pilot.press("enter", "down", "enter", "tab", *"34")
        await until(pilot, "mg magnesium a day, RDA, NAM 1997")
        await pilot.press("ctrl+s")
        await until(pilot, "No plan yet.")
    found = stored_profile(paths)
    assert found is not None
    assert (found.person.sex, found.person.age) == ("female", 34)
    assert paths.profile.read_text("utf-8").startswith("# written by mealmag")


async def test_a_fault_stands_beside_its_field(app_with_week: MealmagApp, paths: Paths) -> None:
    before = paths.profile.read_text("utf-8")
    async with app_with_week.run_test(size=LARGE, notifications=True) as pilot:
        await pilot.press("e")
        await until(pilot, WITH_MAGNESIUM)
        for field, text, words in (
            ("person-age", "old", "✗ a whole number"),
            ("person-age", "", "✗ needed"),
            ("person-trimester", "2", "✗ is only for"),
            ("days-days", "0", "from 1 to 28"),
            ("diet-dislikes", "leafy-green", '"leafy-greens"?'),
        ):
            widget = app_with_week.screen.query_one(f"#{field}", Input)
            good, widget.value = widget.value, text
            await until(pilot, words)
            app_with_week.screen.set_focus(None)
            await pilot.press("ctrl+s")
            await until(pilot, "Not saved")
            assert app_with_week.focused is widget
            widget.value = good
            app_with_week.clear_notifications()
            await until(pilot, WITH_MAGNESIUM)
    assert paths.profile.read_text("utf-8") == before


async def test_an_unlikely_pair_and_a_mended_one(app_with_week: MealmagApp) -> None:
    async with app_with_week.run_test(size=LARGE) as pilot:
        await pilot.press("e")
        await until(pilot, WITH_MAGNESIUM)
        app_with_week.screen.query_one("#person-life-stage", Select).value = "pregnant"
        await until(pilot, "360 mg magnesium a day")
        put(app_with_week, "person-age", "60")
        await until(pilot, "Look at: Life stage")
        put(app_with_week, "person-age", "30")
        await until(pilot, "350 mg magnesium a day")
        app_with_week.screen.query_one("#person-sex", Select).value = "male"
        await until(pilot, "✗ pregnant needs")


async def test_saving_keeps_a_profile_that_mealmag_did_not_write(
    paths: Paths, planner: StubPlanner
) -> None:
    paths.config.mkdir(parents=True)
    own = '# my own\n[person]\nsex = "female"\nage = 34\nlife_stage = "pregnant"\ntrimester = 3\n'
    paths.profile.write_text(own, "utf-8")
    app = MealmagApp(paths, today=TODAY, planner=planner, warm=lambda: None)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, "No plan yet.")
        await pilot.press("e")
        await until(pilot, "mg magnesium a day")
        app.screen.query_one("#diet-avoid-allergens", TickList).focus()
        await pilot.press("j", "space")
        put(app, "diet-dislikes", "tempeh, ")
        put(app, "days-days", "3")
        await pilot.press("ctrl+s")
        text = await until(pilot, "Plan 3 days")
        assert "profile.toml.bak" in text.replace("\n", "")
    assert (paths.config / "profile.toml.bak").read_text("utf-8") == own
    found = load_profile(paths.profile)
    assert found.diet.avoid_allergens == ("crustaceans",)
    assert found.diet.dislikes == ("tempeh",)
    assert found.person.trimester == 3
    assert found.plan.weekend_minutes is None


async def test_escape_asks_only_where_something_changed(
    app_with_week: MealmagApp, paths: Paths
) -> None:
    before = paths.profile.read_text("utf-8")
    async with app_with_week.run_test(size=SMALL) as pilot:
        await pilot.press("e")
        await until(pilot, WITH_MAGNESIUM)
        await pilot.press("escape")
        await until(pilot, "Mon 23 Nov")
        await pilot.press("e")
        await until(pilot, WITH_MAGNESIUM)
        put(app_with_week, "person-age", "35")
        await pilot.press("escape")
        await until(pilot, "Leave without saving?")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app_with_week.screen, ProfileScreen)
        await pilot.press("escape")
        await until(pilot, "Leave without saving?")
        await pilot.press("right", "enter")
        await until(pilot, "Mon 23 Nov")
        assert isinstance(app_with_week.screen, WeekScreen)
    assert paths.profile.read_text("utf-8") == before


async def test_a_plan_of_another_profile_says_so(app_with_week: MealmagApp) -> None:
    async with app_with_week.run_test(size=LARGE) as pilot:
        await pilot.press("e")
        await until(pilot, WITH_MAGNESIUM)
        put(app_with_week, "person-age", "60")
        await pilot.press("ctrl+s")
        await until(pilot, "This plan was made for another profile.")


async def test_only_ticked_boxes_show_a_mark(app_with_week: MealmagApp) -> None:
    async with app_with_week.run_test(size=SMALL) as pilot:
        await pilot.press("e")
        text = await until(pilot, WITH_MAGNESIUM)
        app_with_week.screen.query_one("#plan-meals").focus()
        text += await until(pilot, "breakfast")
        lines = {line.split("▌")[1].split()[0]: line for line in text.splitlines() if "▌" in line}
        assert "X" in lines["breakfast"]
        assert "X" not in lines["gluten"]


async def test_letters_are_letters_in_a_field(app_with_week: MealmagApp) -> None:
    async with app_with_week.run_test(size=SMALL) as pilot:
        await pilot.press("e")
        await until(pilot, WITH_MAGNESIUM)
        app_with_week.screen.query_one("#person-medicines").focus()
        await pilot.press("q", "question_mark")
        assert app_with_week.screen.query_one("#person-medicines", Input).value == "q?"
        assert "Quit" not in footer(app_with_week)
        await pilot.press("f1")
        await until(pilot, "Help · Profile")


async def test_a_home_that_cannot_be_written_to(app: MealmagApp, paths: Paths) -> None:
    paths.config.write_text("a file where the folder should be", "utf-8")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, "Still needed")
        app.screen.query_one("#person-sex", Select).value = "male"
        put(app, "person-age", "45")
        await pilot.press("ctrl+s")
        await until(pilot, "could not be written")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ProfileScreen)


@pytest.mark.parametrize(
    ("section", "key", "value", "field", "words"),
    [
        ("person", "age", 150, "person-age", "at most 120"),
        ("person", "age", 0, "person-age", "at least 1"),
        ("person", "age", 34.5, "person-age", "a whole number"),
        ("person", "weight_kg", -4.0, "person-weight-kg", "at least 5"),
        ("person", "weight_kg", "much", "person-weight-kg", "a number"),
        ("person", "weight_kg", float("nan"), "person-weight-kg", "a number"),
        ("plan", "max_repeats", 9, "plan-max-repeats", "at most 7"),
        ("plan", "weekday_minutes", 3, "plan-weekday-minutes", "at least 5"),
        ("plan", "meals", [], "plan-meals", "choose at least one"),
        ("diet", "dislikes", ["tofu", "tofu"], "diet-dislikes", "tofu stands there twice"),
        ("person", "sex", None, "person-sex", "needed"),
    ],
)
def test_a_fault_in_words(section: str, key: str, value: object, field: str, words: str) -> None:
    values = document(Profile.model_validate({"person": {"sex": "female", "age": 34}}), 7)
    values[section][key] = value
    with pytest.raises(ValidationError) as caught:
        profile_of(values)
    assert faults(caught.value) == {field: words}


def test_the_form_changes_nothing_by_itself() -> None:
    full = Profile.model_validate(
        {
            "person": {
                "sex": "female", "age": 30, "life_stage": "pregnant", "trimester": 2,
                "weight_kg": 61.5, "height_cm": 168, "activity": "active", "energy_kcal": 2300,
                "conditions": ["kidney-disease"], "medicines": ["levothyroxine"],
            },
            "reference": {"set": "eu", "figures": "swiss"},
            "diet": {"kind": "vegan", "avoid_allergens": ["gluten"], "dislikes": ["tofu"]},
            "plan": {
                "meals": ["lunch", "dinner"], "weekday_minutes": None, "weekend_minutes": 90,
                "budget": 9.5, "caffeine_mg": 100.0, "groups": {"fish": {"min": 1}},
            },
            "limits": {"potassium_mg": {"ceiling": 2000.0}},
        }
    )  # fmt: skip
    values = document(full, 7)
    assert profile_of(values) == full
    for field in FIELDS:
        if field.kind in ("number", "words"):
            assert field.read(field.text(values)) == values[field.section][field.key]
