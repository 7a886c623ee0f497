import pytest
from hypothesis import given
from hypothesis import strategies as st

from mealmag.planning.linear import ROW_LIMIT, LinearModel


def test_a_row_merges_repeated_variables_and_drops_zeros() -> None:
    model = LinearModel()
    a, b, c = model.variable(), model.variable(), model.variable()
    model.add([(a, 2), (b, 0), (a, 3), (c, 1)], upper=5, rule="test")
    row = model.rows[0]
    assert dict(zip(row.variables, row.coefficients, strict=True)) == {a: 5, c: 1}


@pytest.mark.parametrize(("coefficient", "fits"), [(ROW_LIMIT, True), (ROW_LIMIT + 1, False)])
def test_rows_stay_within_32_bits(coefficient: int, fits: bool) -> None:
    model = LinearModel()
    variable = model.variable()
    if fits:
        model.add([(variable, coefficient)], upper=0, rule="test")
        assert len(model.rows) == 1
    else:
        with pytest.raises(OverflowError, match="test"):
            model.add([(variable, coefficient)], upper=0, rule="test")


@pytest.mark.parametrize("given", [False, True])
@pytest.mark.parametrize(("reach", "fits"), [(1000, True), (1001, False), (-1001, False)])
def test_a_variable_counts_as_far_as_it_reaches(given: bool, reach: int, fits: bool) -> None:
    coefficient = ROW_LIMIT // 1000
    lower, upper = min(0, reach), max(0, reach)
    model = LinearModel([0, lower], [1, upper]) if given else LinearModel()
    if not given:
        model.variable()
        model.variable(lower, upper)
    if fits:
        model.add([(1, coefficient)], upper=0, rule="test")
        assert not model.violations([1, 0])
    else:
        with pytest.raises(OverflowError, match="test"):
            model.add([(1, coefficient)], upper=0, rule="test")


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-9, 9)), min_size=1),
    st.lists(st.integers(0, 1), min_size=4, max_size=4),
    st.integers(-20, 20),
)
def test_violations_are_the_rows_that_do_not_hold(
    terms: list[tuple[int, int]], values: list[int], upper: int
) -> None:
    model = LinearModel()
    for _ in range(4):
        model.variable()
    model.add(terms, upper=upper, rule="test")
    amount = sum(c * values[v] for v, c in terms)
    assert bool(model.violations(values)) == (amount > upper)
