"""The weeks of a plan as the checker counts them, from the dates: seven days each from the first on."""

from mealmag.planning.plan import Plan, PlanDay


def weeks_of(plan: Plan) -> list[tuple[str, list[PlanDay]]]:
    """Each week with its days, and a word for where it is: its first date where there are several."""
    found: dict[int, list[PlanDay]] = {}
    for day in plan.days:
        found.setdefault((day.date - plan.days[0].date).days // 7, []).append(day)
    return [
        (f"week of {days[0].date}" if len(found) > 1 else "", days)
        for _, days in sorted(found.items())
    ]
