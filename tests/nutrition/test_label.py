"""A label's figures in the table's terms."""

from decimal import Decimal

import pytest

from mealmag.nutrition.label import FIELDS, LabelKind, per_100_g
from mealmag.nutrition.nutrients import BY_KEY


def label(**figures: str) -> dict[str, Decimal]:
    return {word.replace("_", "-"): Decimal(figure) for word, figure in figures.items()}


def test_every_word_of_a_label_is_a_column_of_the_table() -> None:
    assert set(FIELDS.values()) <= set(BY_KEY)


def test_a_serving_is_brought_to_100_g() -> None:
    found = per_100_g(label(energy="150", magnesium="39"), Decimal(30))
    assert found == {"energy_kcal": Decimal(500), "magnesium_mg": Decimal(130)}


def test_salt_is_sodium_times_two_and_a_half() -> None:
    assert per_100_g(label(salt="1.25"), Decimal(100)) == {"sodium_mg": Decimal(500)}


def test_kilojoules() -> None:
    assert per_100_g(label(energy_kj="418.4"), Decimal(100)) == {"energy_kcal": Decimal(100)}


def test_european_carbohydrate_is_without_fibre() -> None:
    figures = label(carbohydrate="54", fibre="9")
    assert per_100_g(figures, Decimal(100))["carbohydrate_g"] == 63
    assert per_100_g(figures, Decimal(100), LabelKind.US)["carbohydrate_g"] == 54
    assert "carbohydrate_g" not in per_100_g(label(carbohydrate="54"), Decimal(100))


@pytest.mark.parametrize(
    ("figures", "per", "says"),
    [
        ({"carbs": "5"}, "100", "nothing that a label says"),
        ({"salt": "1", "sodium": "400"}, "100", "salt or sodium"),
        ({"energy": "1", "energy_kj": "4"}, "100", "energy-kj or energy"),
        ({"fat": "1"}, "0", "more than nothing"),
    ],
)
def test_what_makes_no_sense_is_refused(figures: dict[str, str], per: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        per_100_g(label(**figures), Decimal(per))
