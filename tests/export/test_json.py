"""What is no plan is refused with its place."""

import pytest

from mealmag.errors import InputError
from mealmag.export.json import parse_plan


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_file(text: str) -> None:
    with pytest.raises(InputError, match=r"week\.json is empty"):
        parse_plan(text, "week.json")


def test_the_line_of_broken_json() -> None:
    with pytest.raises(InputError) as caught:
        parse_plan('{\n"days": [\n}', "week.json")
    assert str(caught.value.problems[0]).startswith("week.json:3: this is not JSON")


@pytest.mark.parametrize("text", ['{"days": NaN}', '{"days": 1e999}', "[" * 100_000])
def test_numbers_and_nests_without_end(text: str) -> None:
    with pytest.raises(InputError, match="without end"):
        parse_plan(text, "week.json")


def test_the_fields_that_are_wrong() -> None:
    with pytest.raises(InputError, match="no plan of mealmag") as caught:
        parse_plan('{"days": 3}', "week.json")
    columns = {problem.column for problem in caught.value.problems}
    assert {"days", "person", "targets"} <= columns
