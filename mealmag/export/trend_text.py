"""Weeks of magnesium as a plot in a terminal: a row a week, the target as a line across all of them."""

from mealmag.export.account_text import figures_lines
from mealmag.export.text import wrapped
from mealmag.nutrition.trend import Trend, TrendWeek

_PLOT = 44
_MEAN, _SPREAD, _TARGET, _BOTH = "●", "─", "│", "◉"
_ROOM_ABOVE = 1.1  # of the largest figure, so that no mark sticks to the edge


def trend_text(trend: Trend) -> str:
    """The plot with its scale and a legend; a week without a finished day is an empty row."""
    figures = [week.most_mg for week in trend.weeks if week.most_mg is not None]
    top = _ROOM_ABOVE * max([trend.target_mg, *figures])
    lines = [
        f"Magnesium, mean of a day by week; target {trend.target_mg:g} mg ({trend.target_type})",
        *figures_lines(trend.figures),
        "",
    ]
    lines += [_row(week, top, trend.target_mg) for week in trend.weeks]
    end = f"{top:.0f} mg"
    lines += [f"{'0':>15}{end:>{_PLOT - 1}}", ""]
    lines += wrapped(
        f"{_MEAN} mean of the finished days, {_SPREAD} from the least to the most, {_TARGET} target."
    )
    if not figures:
        lines += wrapped("No finished day is logged in these weeks.")
    if any(week.unknown for week in trend.weeks):
        lines += wrapped("≥ marks weeks with foods without a figure: at least so much.")
    return "\n".join(lines) + "\n"


def _row(week: TrendWeek, top: float, target: float) -> str:
    cells = [" "] * _PLOT
    goal = _place(target, top)
    if week.least_mg is not None and week.most_mg is not None and week.mean_mg is not None:
        for place in range(_place(week.least_mg, top), _place(week.most_mg, top) + 1):
            cells[place] = _SPREAD
        mean = _place(week.mean_mg, top)
        cells[goal] = _TARGET
        cells[mean] = _BOTH if mean == goal else _MEAN
        least = "≥ " if week.unknown else ""
        days = "1 day" if week.days == 1 else f"{week.days} days"
        told = f"{least}{week.mean_mg:.0f} mg, {days}"
    else:
        cells[goal], told = _TARGET, "–"
    return f"{week.monday:%d %b %Y}   {''.join(cells)}  {told}".rstrip()


def _place(figure: float, top: float) -> int:
    return min(_PLOT - 1, int(figure / top * _PLOT))
