"""Each day's work fits the time there is, and no dish takes longer from start to table."""

from mealmag.planning.menu import MenuModel


def post(menu: MenuModel) -> None:
    """One row for each day with a limit, and one that forbids the dishes that take longer."""
    problem = menu.instance.problem
    for day in menu.days:
        limit = problem.rules.minutes_on(problem.days[day])
        terms, constant = menu.minutes(day)
        if limit is not None and terms:
            menu.model.add(terms, upper=limit - constant, rule="minutes")
        if limit is not None and (slow := menu.slower_than(day, limit)):
            menu.model.add(slow, upper=0, rule="minutes")
