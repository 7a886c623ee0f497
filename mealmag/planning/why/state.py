"""How much room a rule leaves, and which rules are the tightest, in words."""

from collections.abc import Sequence
from decimal import Decimal

from mealmag.nutrition.totals import rounded
from mealmag.planning.why.answer import RuleState

TIGHT = 0.05  # of what a rule allows; what leaves less room than that binds
_MOST = 3  # rules of one kind that are named; the rest is counted


def state(
    rule: str,
    subject: str,
    amount: Decimal,
    *,
    floor: Decimal | None = None,
    ceiling: Decimal | None = None,
    unit: str = "",
    words: str,
    when_tight: str = "",
) -> RuleState:
    """The state of a rule with a floor, a ceiling, or both; the nearer one gives the slack.

    The room is the slack as a share of the band between both, or of the one there is.
    """
    above = None if floor is None else amount - floor
    below = None if ceiling is None else ceiling - amount
    slack = min(side for side in (above, below) if side is not None)
    whole = (ceiling or Decimal(0)) - (floor or Decimal(0)) if ceiling else floor or Decimal(0)
    left = _left(slack, unit, over_floor=slack == above, band=None not in (above, below))
    return RuleState(
        rule=rule,
        subject=subject,
        amount=rounded(amount),
        floor=None if floor is None else float(floor),
        ceiling=None if ceiling is None else float(ceiling),
        unit=unit or "times",
        slack=rounded(slack),
        room=rounded(slack / whole, 4) if whole > 0 else 0.0,
        words=words,
        left=left,
        when_tight=when_tight or f"{subject} ({left if unit and slack else words})",
    )


def _left(slack: Decimal, unit: str, *, over_floor: bool, band: bool) -> str:
    """The slack in words: what is left, or how far it is broken."""
    size = abs(slack)
    number = f"{size:,.0f}" if size >= 10 else f"{rounded(size, 1):g}"
    figure = f"{number} {unit}".strip()
    if slack < 0:
        return f"{figure} {'too little' if over_floor else 'too much'}"
    if band:
        return f"{figure} {'over the floor' if over_floor else 'under the ceiling'}"
    return f"{figure} more" if over_floor else f"{figure} left"


def binds(when: str, states: Sequence[RuleState]) -> str:
    """Which rules are tight, in a sentence; else which one is nearest to being so."""
    measured = [each for each in states if each.room is not None]
    tight = [each for each in measured if (each.room or 0) <= TIGHT]
    if tight:
        return f"What binds {when}: {', '.join(_named(tight))}."
    if not measured:
        return f"Nothing binds {when}."
    nearest = min(measured, key=lambda each: each.room or 0)
    return f"Nothing binds {when}; nearest to it is {nearest.when_tight}."


def _named(tight: Sequence[RuleState]) -> list[str]:
    """The tightest first; of a rule that binds in many places a few."""
    ordered = sorted(tight, key=lambda each: each.room or 0)
    by_rule: dict[str, list[str]] = {}
    for each in ordered:
        by_rule.setdefault(each.rule, []).append(each.when_tight)
    return [
        words
        for named in by_rule.values()
        for words in (
            *named[:_MOST],
            *([f"and {len(named) - _MOST} more"] if len(named) > _MOST else []),
        )
    ]
