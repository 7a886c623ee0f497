"""A plain table of text: columns as wide as their cells, two spaces between."""

from collections.abc import Collection, Sequence

WIDTH = 80
_LEAST = 16


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """The table as lines of at most 80 columns; columns in `right` are set to the right.

    What is too long is cut in the last column, so ids and figures belong before it.
    """
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    left = max(_LEAST, WIDTH - sum(widths[:-1]) - 2 * (len(head) - 1))
    widths[-1] = min(widths[-1], left)
    return "\n".join(
        "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(_cut(row, left), widths, strict=True))
        ).rstrip()
        for row in [head, *rows]
    )


def _cut(row: Sequence[str], most: int) -> list[str]:
    last = row[-1]
    return [*row[:-1], last if len(last) <= most else f"{last[: most - 1]}…"]
