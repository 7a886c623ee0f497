"""Figures of a plan's document as the decimals that were written."""

from decimal import Decimal


def exact(number: float) -> Decimal:
    """The decimal that was written, not the binary fraction nearest to it."""
    return Decimal(str(number))
