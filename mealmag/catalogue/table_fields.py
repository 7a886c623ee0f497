"""The fields of one row of a shipped table: checked values, and what is wrong with the others."""

from decimal import Decimal, InvalidOperation

from mealmag.errors import DataProblem


class Fields:
    """One row: hands out checked values and notes what is wrong with them."""

    def __init__(
        self,
        values: dict[str, str],
        file: str,
        line: int,
        problems: list[DataProblem],
    ) -> None:
        self._values = values
        self._file = file
        self._line = line
        self._problems = problems
        if None in values:
            self._wrong(None, "the row has more fields than the header")

    def _wrong(self, column: str | None, message: str) -> None:
        problem = DataProblem(self._file, self._line, column, message)
        if problem not in self._problems:
            self._problems.append(problem)

    def text(self, column: str) -> str:
        """The text, empty if the cell is."""
        value: str | None = self._values.get(column)
        if value is None:
            self._wrong(column, "the column or the cell is missing")
            return ""
        return value

    def needed(self, column: str) -> str:
        """A text that must not be empty."""
        value = self.text(column)
        if not value:
            self._wrong(column, "this must not be empty")
        return value

    def one_of(self, column: str, known: tuple[str, ...]) -> str:
        """One of the known words."""
        value = self.text(column)
        if value not in known:
            self._wrong(column, f'"{value}" is not one of {", ".join(known)}')
            return known[0]
        return value

    def number(self, column: str) -> Decimal | None:
        """A number that is not negative; None if the cell is empty."""
        value = self.signed(column)
        if value is not None and value < 0:
            self._wrong(column, f"{value} is negative")
            return None
        return value

    def signed(self, column: str) -> Decimal | None:
        """A number; None if the cell is empty."""
        value = self.text(column)
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            self._wrong(column, f'"{value}" is not a number')
            return None
        if not number.is_finite():
            self._wrong(column, f'"{value}" is not a number')
            return None
        return number

    def ages(self) -> tuple[Decimal | None, Decimal | None]:
        """The ages of a row in years, from inclusive to exclusive."""
        low, high = self.number("age_min_y"), self.number("age_max_y")
        if low is not None and high is not None and low >= high:
            self._wrong("age_max_y", f"{high} is not more than {low}")
        return low, high
