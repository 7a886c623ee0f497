"""Sums over a diary: nothing is lost, nothing unknown is taken for zero."""

from datetime import date
from decimal import Decimal
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from mealmag.nutrition.diary import Basis, Entry, Ledger, Snapshot
from mealmag.nutrition.intake import (
    MAGNESIUM,
    Sum,
    brought,
    by_ledger,
    by_meal,
    contributions,
)

DAY = date(2026, 11, 28)
figures = st.none() | st.decimals(min_value=0, max_value=900, places=3, allow_nan=False)


def an_entry(
    name: str,
    figure: Decimal | None,
    quantity: Decimal = Decimal(100),
    *,
    meal: str = "lunch",
    ledger: Ledger = Ledger.FOOD,
    basis: Basis = Basis.HUNDRED_GRAMS,
) -> Entry:
    snapshot = Snapshot(
        name, name, name, "nuts", "a table", "", basis, MappingProxyType({MAGNESIUM: figure})
    )
    return Entry("0" * 32, DAY, ledger, quantity, "some", snapshot, meal=meal)


@given(
    st.lists(
        st.builds(
            an_entry,
            st.sampled_from(["almonds", "bread", "water"]),
            figures,
            st.decimals(min_value="0.01", max_value=2000, places=2),
            meal=st.sampled_from(["", "lunch", "dinner"]),
            ledger=st.sampled_from(list(Ledger)),
            basis=st.sampled_from(list(Basis)),
        ),
        max_size=12,
    )
)
def test_ledgers_meals_and_foods_each_add_up_to_the_whole(entries: list[Entry]) -> None:
    whole = brought(entries, MAGNESIUM)
    assert sum(by_ledger(entries, MAGNESIUM).values(), Sum()) == whole
    assert sum(by_meal(entries, MAGNESIUM).values(), Sum()) == whole
    parts = contributions(entries, MAGNESIUM)
    assert sum((part.amount or 0 for part in parts), Decimal(0)) == whole.amount
    known = [part.amount for part in parts if part.amount is not None]
    assert known == sorted(known, reverse=True)
    assert whole.unknown == sum(entry.amount(MAGNESIUM) is None for entry in entries)


def test_a_sum_with_a_gap_says_so() -> None:
    entries = [an_entry("almonds", Decimal(270), Decimal(25)), an_entry("stew", None)]
    assert brought(entries, MAGNESIUM) == Sum(Decimal("67.5"), 1)
    assert not brought(entries, MAGNESIUM).complete
    assert [part.name for part in contributions(entries, MAGNESIUM)] == ["almonds", "stew"]


def test_a_product_is_counted_by_the_piece() -> None:
    tablets = an_entry(
        "tablet", Decimal(100), Decimal(2), ledger=Ledger.SUPPLEMENT, basis=Basis.ONE
    )
    assert tablets.amount(MAGNESIUM) == 200
    assert by_ledger([tablets], MAGNESIUM)[Ledger.SUPPLEMENT] == Sum(Decimal(200))
    assert by_ledger([tablets], MAGNESIUM)[Ledger.FOOD] == Sum()
