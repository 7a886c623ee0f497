"""Each day's dishes fit the time there is."""

from mealmag.planning.menu import MenuModel


def post(menu: MenuModel) -> None:
    """One row for each day with a limit."""
    problem = menu.instance.problem
    for day in menu.days:
        limit = problem.rules.minutes_on(problem.days[day])
        terms, constant = menu.minutes(day)
        if limit is not None and terms:
            menu.model.add(terms, upper=limit - constant, rule="minutes")
