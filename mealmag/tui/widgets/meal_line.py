"""One line on which stands what a typed line is logged as: a meal, no meal, or a supplement."""

from rich.cells import cell_len
from rich.text import Text
from textual.events import Click
from textual.widgets import Static

from mealmag.catalogue.dish import Meal

SUPPLEMENT = "supplement"
_LEAD = "as "
_KEY = " f2: next"
_NONE = "no meal"
_CHOICES = ("", *(meal.value for meal in Meal), SUPPLEMENT)


class MealLine(Static):
    """The chosen one stands in brackets; a key goes to the next, a click to any."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._index = 0

    @property
    def meal(self) -> Meal | None:
        """The meal; None for no meal and for a supplement."""
        choice = _CHOICES[self._index]
        return Meal(choice) if choice and choice != SUPPLEMENT else None

    @property
    def is_supplement(self) -> bool:
        """Whether what is typed was taken, not eaten."""
        return _CHOICES[self._index] == SUPPLEMENT

    def on_mount(self) -> None:
        self._draw()

    def next(self) -> None:
        """Choose the next one, round and round."""
        self._choose((self._index + 1) % len(_CHOICES))

    def _choose(self, index: int) -> None:
        self._index = index
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def on_click(self, event: Click) -> None:
        """Choose the one under the pointer."""
        end = cell_len(_LEAD)
        column = event.get_content_offset(self)
        for index, label in enumerate(self._labels()):
            end += cell_len(label)
            if column is not None and column.x < end:
                self._choose(index)
                return

    def _labels(self) -> list[str]:
        return [
            f"[{choice or _NONE}]" if index == self._index else f" {choice or _NONE} "
            for index, choice in enumerate(_CHOICES)
        ]

    def _draw(self) -> None:
        text = Text(_LEAD, "dim")
        for index, label in enumerate(self._labels()):
            text.append(label, "bold" if index == self._index else "dim")
        if text.cell_len + len(_KEY) <= self.size.width:
            text.append(_KEY, "dim")
        if text.cell_len > self.size.width:  # then the chosen one at least
            text = Text(f"{_LEAD}{self._labels()[self._index]}", "bold")
        self.update(text)
