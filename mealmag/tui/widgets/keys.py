"""The footer: as many keys as there is room for, the first ones first, and none of them cut in two."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_PADDING = 3  # cells of a key beside its words
_PALETTE = "-command-palette"


class Keys(Footer):
    """The order of the commands is the order of their worth; help and palette have those left out."""

    def compose(self) -> ComposeResult:
        """Textual's own keys in the order of the screen's; the palette's comes last, where the others leave
        it room."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        order = {
            binding.action: place
            for place, binding in enumerate(self.screen.BINDINGS)
            if isinstance(binding, Binding)
        }
        keys.sort(key=lambda key: (key.has_class(_PALETTE), order.get(key.action, len(order))))
        room = self.app.size.width
        for key in keys:
            room -= cell_len(key.key_display) + cell_len(key.description) + _PADDING
            if room < 0:
                return
            yield key

    def on_resize(self) -> None:
        """Another width has room for others."""
        self.call_after_refresh(self.recompose)
