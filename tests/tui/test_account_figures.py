"""The figures of a day in words and signs: nothing rests on colour, and unknown is never zero."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console

from mealmag.nutrition.account import Amount, DayAccount, MagnesiumAccount, NutrientAccount
from mealmag.nutrition.diary import Entry, Ledger, snapshot_of
from mealmag.services.catalogue import load_food_table
from mealmag.tui.account_figures import _sign, account_page, bare_head, bare_page, magnesium_head

NONE = Amount(amount=0)


def magnesium(total: float, gap: float, *, unknown: int = 0) -> MagnesiumAccount:
    return MagnesiumAccount(
        target_mg=320,
        target_type="RDA",
        food=Amount(amount=total, unknown=unknown),
        water=NONE,
        supplement=NONE,
        total=Amount(amount=total, unknown=unknown),
        percent=round(100 * total / 320, 1),
        gap_mg=gap,
        upper_level_mg=350,
        upper_level_scope="supplements",
        source="IOM",
    )


def nutrient(amount: float, floor: float | None, ceiling: float | None) -> NutrientAccount:
    return NutrientAccount(
        amount=amount, unknown=0, mean=None, floor=floor, ceiling=ceiling, per="day"
    )


@pytest.fixture
def entry() -> Entry:
    food = load_food_table()["almonds"]
    snapshot = snapshot_of(food)
    return Entry("0" * 32, date(2026, 11, 23), Ledger.FOOD, Decimal(30), "30 g", snapshot)


@pytest.fixture
def without_figure(entry: Entry) -> Entry:
    nutrients = {**entry.snapshot.nutrients, "magnesium_mg": None}
    return replace(entry, id="1" * 32, snapshot=replace(entry.snapshot, nutrients=nutrients))


def printed(page: object, width: int = 62) -> str:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(page)
    return capture.get()


def test_the_bar_has_its_figures_beside_it() -> None:
    head = magnesium_head(magnesium(204.4, 115.6)).plain
    assert head.splitlines() == [
        "magnesium █████████░░░░░░ 204 of 320 mg (RDA) · 64 % · 116 mg to go",
        "          food 204 mg · water 0 mg · supplement 0 mg",
    ]


def test_what_has_no_figure_makes_it_at_least_so_much() -> None:
    head = magnesium_head(magnesium(204.4, 115.6, unknown=1)).plain
    assert "at least 204 of 320 mg" in head
    assert "food ≥ 204 mg" in head
    assert max(map(len, head.splitlines())) <= 78


def test_a_gap_is_never_said_to_be_zero_where_there_is_one() -> None:
    assert "0.4 mg to go" in magnesium_head(magnesium(319.6, 0.4)).plain
    full = magnesium_head(magnesium(500, 0)).plain
    assert "███████████████ 500 of 320 mg (RDA) · 156 % · ✓ reached" in full


@pytest.mark.parametrize(
    ("amount", "floor", "ceiling", "unknown", "sign"),
    [
        (5, 10, 20, False, "▼"),
        (15, 10, 20, False, "✓"),
        (25, 10, 20, False, "▲"),
        (5, None, 20, False, "✓"),
        (5, 10, None, True, "?"),
        (15, 10, 20, True, "?"),
        (15, 10, None, True, "✓"),
        (25, 10, 20, True, "▲"),
    ],
)
def test_a_sign_says_how_a_figure_stands(
    amount: float, floor: float | None, ceiling: float | None, unknown: bool, sign: str
) -> None:
    assert _sign(amount, nutrient(amount, floor, ceiling), at_least=unknown).plain == sign


def test_without_a_target_the_sums_are_still_told(entry: Entry, without_figure: Entry) -> None:
    head = bare_head([entry, without_figure], "no target").plain
    assert head.splitlines() == [
        "magnesium at least 81 mg · no target",
        "          food ≥ 81 mg · water 0 mg · supplement 0 mg",
    ]
    page = printed(bare_page([entry, without_figure], "Who eats?"))
    assert "81 mg  100 %  almonds" in page
    assert "Who eats?" in page
    assert "Magnesium came from" not in printed(bare_page([], "Who eats?"))


def test_a_page_names_the_largest_first_and_counts_the_rest(account: DayAccount) -> None:
    page = printed(account_page(account), width=63)
    assert page.index("20 mg   14 %  food 0") < page.index("food 1\n")
    assert "no figure" in page
    assert "and 2 more" in page
    assert "most likely (9 in 10) 180 to 230 mg" in " ".join(page.split())
    assert "≥ 12.0 g ?" in page
    assert "7-day mean" in page
    assert "Of the 7 days one is finished; the mean is of those." in page
    assert "Left out: 21 Nov" in page
    nothing = printed(account_page(account.model_copy(update={"mean_days": ()})))
    assert "None of the 7 days is finished yet, so there is no mean." in nothing
    assert "Note: Something." in page
    assert page.lstrip().startswith("Heed: Something grave.")
    assert all(not each.strip().startswith("%") for each in page.splitlines())


@pytest.fixture
def account() -> DayAccount:
    day = date(2026, 11, 23)
    names = [(f"food {n}", 20.0 - n if n != 7 else None) for n in range(10)]
    return DayAccount.model_validate(
        {
            "date": day,
            "cautions": ["Something grave."],
            "person": {},
            "reference_set": "us",
            "magnesium": {**magnesium(200, 120).model_dump(), "low_mg": 180, "high_mg": 230},
            "energy_kj": 4184,
            "meals": [],
            "contributions": [
                {
                    "name": name,
                    "food": name,
                    "meal": "",
                    "ledger": "food",
                    "magnesium_mg": mg,
                    "percent": 10,
                }
                for name, mg in names
            ],
            "nutrients": {
                "fibre_g": {**nutrient(12, 25, None).model_dump(), "unknown": 1, "mean": 30},
            },
            "mean_days": [day],
            "adequacy": {
                "days": [],
                "left_out": [date(2026, 11, 21)],
                "mean_mg": None,
                "unknown": 0,
                "ear_mg": None,
                "probability": 0.99,
                "firm": True,
                "days_still": None,
                "within_person_sd_mg": None,
                "within_person_source": "",
                "method": "",
                "said": "A probability that is enough for you of a whole ninety-nine is 99 %, firmly.",
            },
            "entries": [
                {
                    "id": "0" * 32,
                    "meal": "",
                    "time": None,
                    "ledger": "food",
                    "name": "almonds",
                    "food": "almonds",
                    "measure": "30 g",
                    "quantity": 30,
                    "unit": "g",
                    "dish": "",
                    "magnesium_mg": 81,
                    "energy_kcal": 170,
                    "source": "",
                }
            ],
            "notes": ["Something."],
        }
    )
