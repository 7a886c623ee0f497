"""The Profile screen: what it amounts to, faults beside their fields, saving without losing anything."""

import pytest
from pydantic import ValidationError
from textual.pilot import Pilot
from textual.widgets import Input, Select, TabbedContent

from mealmag.planning.plan import Plan
from mealmag.services.catalogue import load_catalogue
from mealmag.services.profile import stored_profile
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile, load_profile
from mealmag.tui.app import MealmagApp
from mealmag.tui.fields import FIELDS, PAGES
from mealmag.tui.fits import made_for
from mealmag.tui.form import document, faults, profile_of, unknown, unread
from mealmag.tui.screens.profile import ProfileScreen
from mealmag.tui.screens.week import WeekScreen
from mealmag.tui.widgets.ticks import TickList
from tests.tui.conftest import NOW, StubPlanner
from tests.tui.snapshot import assert_snapshot
from tests.tui.test_week import LARGE, SMALL, footer, until

WITH_MAGNESIUM = "✓ 320 mg magnesium a day, RDA, NAM 1997; 2,079 kcal"


async def see_every_page(pilot: Pilot[None]) -> None:
    """A page has its fields once it has been seen."""
    for page in (*PAGES[1:], PAGES[0]):
        await pilot.press("ctrl+n")
        await until(pilot, page.fields[0].label)


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
        await see_every_page(pilot)
        for field, text, words in (
            ("person-age", "old", "✗ a whole number"),
            ("person-age", "", "✗ needed"),
            ("person-trimester", "2", "✗ is only for"),
            ("days-days", "0", "from 1 to 28"),
            ("diet-dislikes", "leafy-green", '"leafy-greens"?'),
        ):
            widget = app_with_week.screen.query_one(f"#{field}", Input)
            good, widget.value = widget.value, text
            await until(pilot, "✗ Look at" if text else "Still needed")
            app_with_week.screen.set_focus(None)
            await pilot.press("ctrl+s")
            await until(pilot, "Not saved")
            assert app_with_week.focused is widget
            await until(pilot, words)
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
    app = MealmagApp(paths, now=lambda: NOW, planner=planner, warm=lambda: None)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, "No plan yet.")
        await pilot.press("e")
        await until(pilot, "mg magnesium a day")
        await see_every_page(pilot)
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
        await until(pilot, WITH_MAGNESIUM)
        await pilot.press("ctrl+n")
        text = await until(pilot, "gluten")
        await pilot.press("ctrl+n")
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
                "budget": 12345.67, "caffeine_mg": 100.0, "max_repeats": 3, "max_main_food": "none",
                "groups": {"fish": {"min": 1}, "red-meat": {"max": 2}, "pulses": {"min": 2, "max": 5}},
                "shares": {"lunch": {"min": 20}, "dinner": {"min": 0, "max": 40}},
                "weights": {"dish_again": 8, "colours": 0},
                "occasions": {
                    "friday": {"dinner": "out 800", "lunch": "ate 60.5 g oats-rolled, 118 g banana"},
                    "2026-11-28": {"dinner": "guest vegan, nuts", "lunch": "planned"},
                    "sunday": {"dinner": "double", "lunch": "skip"},
                    "monday": {"dinner": "lentil-soup"},
                },
            },
            "limits": {"potassium_mg": {"ceiling": 2000.0}, "vitamin_b12_ug": {"floor": 2.45}},
            "ratings": {"overnight-oats": 2},
        }
    )  # fmt: skip
    values = document(full, 7)
    assert profile_of(values) == full
    for field in FIELDS:
        if field.kind in ("number", "words", "line"):
            assert field.read(field.text(values)) == field.value(values)


@pytest.mark.parametrize(
    ("place", "text", "words"),
    [
        ("plan.groups", "fish", "“fish” is no range; write fish 1–, red-meat –2"),
        ("plan.groups", "fish 2", "“fish 2” is no range"),
        ("plan.groups", "fish 1–, fish –2", "fish stands there twice"),
        ("plan.groups", "fishh 1–", "fishh is no food group. Did you mean fish?"),
        ("plan.groups", "fish 3–1", "fish: the min 3 is above the max 1"),
        ("plan.groups", "fish 1–99", "fish max: at most 28"),
        ("plan.shares", "brunch 10–20", "brunch is no meal"),
        ("plan.shares", "lunch 50–20", "lunch: the min 50 is not below the max 20"),
        ("limits", "potassium 1–", "potassium is no nutrient of mealmag. Did you mean potassium_mg?"),
        ("limits", "magnesium_mg –400", "magnesium_mg needs a floor"),
        ("limits", "caffeine_mg –100", "caffeine is set by caffeine_mg in"),
        ("plan.occasions", "friday dinner", "“friday dinner”: write a day, a meal and what is"),
        ("plan.occasions", "funday dinner skip", 'Did you mean "sunday"?'),
        ("plan.occasions", "friday brunch skip", "“brunch” is no meal. Did you mean"),
        ("plan.occasions", "friday dinner out", "a meal out needs its energy"),
        ("plan.occasions", "friday lunch skip; friday lunch skip", "stands there twice"),
        ("plan.occasions", "friday lunch double", "friday lunch: only a dinner is cooked double"),
        ("plan.weights.dish_again", "21", "at most 20"),
        ("plan.budget", "0", "above 0"),
        ("plan.budget", "much", "a number"),
        ("plan.caffeine_mg", "0", "at least 1"),
    ],
)  # fmt: skip
def test_a_fault_of_a_line_in_words(place: str, text: str, words: str) -> None:
    field = next(field for field in FIELDS if field.place == place)
    values = document(Profile.model_validate({"person": {"sex": "female", "age": 34}}), 7)
    field.table(values)[field.key] = field.read(text)
    found = unread(values)
    if not found:
        with pytest.raises(ValidationError) as caught:
            profile_of(values)
        found = faults(caught.value)
    assert found.keys() == {field.id}
    assert words in found[field.id]


@pytest.mark.parametrize(
    ("place", "text", "read"),
    [
        (
            "plan.groups",
            "fish 1-, red meat=..2,",
            {"fish": {"min": 1}, "red-meat": {"max": 2}},
        ),
        ("limits", "vitamin_b12_ug 2.4–", {"vitamin_b12_ug": {"floor": 2.4}}),
        (
            "plan.occasions",
            "Friday:dinner=out 800; 2026-11-28 lunch skip",
            {"friday": {"dinner": "out 800 kcal"}, "2026-11-28": {"lunch": "skip"}},
        ),
        ("plan.occasions", " ", {}),
        ("plan.budget", "9,50", 9.5),
    ],
)
def test_what_is_typed_is_read_generously(place: str, text: str, read: object) -> None:
    field = next(field for field in FIELDS if field.place == place)
    assert field.read(text) == read


async def test_the_rules_of_the_planner_by_keyboard(
    app_with_week: MealmagApp, paths: Paths
) -> None:
    """From page to page, and into the file."""
    async with app_with_week.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("e")
        await until(pilot, WITH_MAGNESIUM)
        await pilot.press("ctrl+n", *["tab"] * 4)
        await pilot.press(*"fishh", "space", *"1-")
        await until(pilot, "✗ fishh is no food group.")
        assert "✗ Food" in await until(pilot, "Look at: Meals a week")
        await pilot.press("ctrl+n")
        await until(pilot, "Most repeats")
        await pilot.press("ctrl+s")
        await until(pilot, "Not saved")
        assert app_with_week.screen.query_one("#plan-groups").has_focus
        await pilot.press(*"fish", "space", *"1-")
        await until(pilot, WITH_MAGNESIUM)
        await pilot.press("ctrl+b", "ctrl+b", "tab", "1", "2")
        await pilot.press("ctrl+s")
        await until(pilot, "This plan was made for another profile")
    found = stored_profile(paths)
    assert found is not None
    assert found.plan.groups["fish"].min == 1
    assert found.plan.weights.food_often == 12


def test_a_dish_that_nobody_knows_is_a_fault_of_its_line() -> None:
    field = next(field for field in FIELDS if field.place == "plan.occasions")
    catalogue = load_catalogue()
    for typed, words in (
        ("friday dinner lentil-soup", None),
        ("friday dinner lentil-sop", 'Did you mean "lentil-soup"?'),
        ("friday dinner skp", 'Did you mean "skip"?'),
    ):
        values = document(Profile.model_validate({"person": {"sex": "female", "age": 34}}), 7)
        field.table(values)[field.key] = field.read(typed)
        found = unknown(profile_of(values), catalogue)
        assert found.keys() == ({field.id} if words else set())
        assert (words or "") in found.get(field.id, "")


async def test_a_page_is_opened_with_the_mouse(app_with_week: MealmagApp) -> None:
    async with app_with_week.run_test(size=SMALL) as pilot:
        await pilot.press("e")
        await until(pilot, WITH_MAGNESIUM)
        tab = app_with_week.screen.query_one(TabbedContent).get_tab(PAGES[3].id)
        await pilot.click(tab)
        await until(pilot, "each time a dish comes again")


@pytest.mark.parametrize(
    "change",
    [
        {"limits": {"fibre_g": {"floor": 30}}},
        {"reference": {"figures": "cautious"}},
        {"plan": {"groups": {"fish": {"min": 1}}}},
        {"plan": {"budget": 9}},
        {"plan": {"caffeine_mg": 100}},
        {"plan": {"shares": {"lunch": {"min": 20}}}},
        {"plan": {"weights": {"colours": 2}}},
        {"plan": {"occasions": {"friday": {"dinner": "skip"}}}},
        {"plan": {"occasions": {"friday": {"dinner": "lentil-soup"}}}},
        {"plan": {"max_repeats": 1}},
    ],
    ids=str,
)
def test_a_plan_fits_until_a_rule_is_another(plan: Plan, change: dict[str, object]) -> None:
    person = {"person": {"sex": "female", "age": 34}}
    same = {"plan": {"shares": {"lunch": {"min": 15, "max": 50}}, "caffeine_mg": 400}}
    for wanted in ({}, same, {"ratings": {"overnight-oats": 2}}):
        assert made_for(plan, Profile.model_validate(person | wanted))
    assert not made_for(plan, Profile.model_validate(person | change))
