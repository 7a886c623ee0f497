"""A checklist whose boxes are empty unless ticked: colour alone says nothing."""

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import SelectionList


class TickList(SelectionList[str]):
    """One line a choice. Textual draws the same X in every box, in two colours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def render_line(self, y: int) -> Strip:
        """The line as drawn, with the mark taken out of a box that is not ticked."""
        strip = super().render_line(y)
        index = self.scroll_offset.y + y
        if index >= self.option_count or self.get_option_at_index(index).value in self.selected:
            return strip
        label = self.get_option_at_index(index).value
        segments = [
            segment
            if label in segment.text
            else Segment(segment.text.replace("X", " "), segment.style, segment.control)
            for segment in strip
        ]
        return Strip(segments, strip.cell_length)
