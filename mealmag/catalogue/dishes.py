"""The dish file: read, checked against the foods, and turned into dishes.

What is wrong comes back as values with their line, all at once, so that somebody who keeps a dish
file of their own can mend it in one go. A dish with a fault is left out; the others are kept.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from mealmag.catalogue.amounts import say
from mealmag.catalogue.cooked import shipped_processes
from mealmag.catalogue.dish import KITCHENS, Amount, Component, Dish, Meal, Serving
from mealmag.catalogue.dish_amounts import read_amounts, read_grams, usual_position
from mealmag.catalogue.toml_tables import LONGEST_TEXT, Lines, Table, read_toml
from mealmag.errors import DataProblem, did_you_mean
from mealmag.nutrition.cooking import Process, cook
from mealmag.nutrition.food import Food

_DISH_KEYS = ("id", "name_en", "meals", "minutes", "method", "component")
_COMPONENT_KEYS = ("name", "amounts")
_DISH_OPTIONS = (
    "name_nl", "keeps_days", "total_minutes", "kitchen", "servings", "freezes", "equipment",
)  # fmt: skip
_COMPONENT_OPTIONS = ("foods", "role", "except", "usual", "optional", "cooked")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_MINUTES = 240
_MOST_TOTAL_MINUTES = 600
_MOST_DAYS_KEPT = 14
_MOST_PORTIONS = 12
_MOST_STEPS = 8


def load_dishes(
    path: Path, foods: Mapping[str, Food], processes: Mapping[str, Process] | None = None
) -> tuple[dict[str, Dish], list[DataProblem]]:
    """The dishes of a TOML file by id, in the file's order, and everything wrong with it.

    `processes` are the ways of cooking by id (those shipped, unless given); what a dish cooks itself
    has to be looked up by `cooked.with_cooked`. Raises nothing for a faulty or missing file: that is a
    problem like any other.
    """
    document, text, problem = read_toml(path)
    if problem:
        return {}, [problem]
    problems: list[DataProblem] = []
    lines = Lines(text, "dish", "component")
    top = Table(document, "the file", str(path), lambda key: lines.of_top(key or ""), problems)
    top.check_keys((), ("dish",))
    tables = top.tables("dish")
    if not tables and not problems:
        top.wrong(None, "there is no dish in it; a dish begins with [[dish]].")
    known = shipped_processes() if processes is None else processes
    reader = _Reader(str(path), foods, known, lines, problems)
    dishes: dict[str, Dish] = {}
    for position, values in enumerate(tables):
        dish = reader.dish(position, values)
        if dish is not None:
            dishes[dish.id] = dish
    problems.sort(key=lambda one: one.line or 0)
    return dishes, problems


class _Reader:
    """Reads dish after dish, and remembers which ids and names are taken."""

    def __init__(
        self,
        file: str,
        foods: Mapping[str, Food],
        processes: Mapping[str, Process],
        lines: Lines,
        problems: list[DataProblem],
    ) -> None:
        self._file = file
        self._foods = foods
        self._processes = processes
        self._lines = lines
        self._problems = problems
        self._roles: dict[str, list[str]] = {}
        for food in foods.values():
            for role in food.roles:
                self._roles.setdefault(role, []).append(food.id)
        self._taken: dict[tuple[str, str], int | None] = {}

    def dish(self, position: int, values: dict[str, object]) -> Dish | None:
        """The dish at `position` in the file, or None where anything about it is wrong."""
        before = len(self._problems)
        label = values.get("id")
        name = f'dish "{label}"' if isinstance(label, str) else f"dish number {position + 1}"
        place = partial(self._lines.of, position, None)
        table = Table(values, name, self._file, place, self._problems)
        table.check_keys(_DISH_KEYS, _DISH_OPTIONS)
        name_en = self._own(table, "name_en")
        minutes = table.whole("minutes", 0, _MOST_MINUTES)
        total = table.whole("total_minutes", minutes, _MOST_TOTAL_MINUTES)
        dish = Dish(
            id=self._own(table, "id"),
            name_en=name_en,
            name_nl=self._own(table, "name_nl") or name_en,
            meals=_meals(table),
            minutes=minutes,
            method=_method(table),
            keeps_days=table.whole("keeps_days", 0, _MOST_DAYS_KEPT),
            components=self._components(table, position),
            total_minutes=total,
            kitchen=_kitchen(table),
            portions=table.whole("servings", 1, _MOST_PORTIONS),
            freezes=table.flag("freezes"),
            equipment=table.texts("equipment"),
        )
        if dish.id and not _ID.fullmatch(dish.id):
            table.wrong("id", "an id has small letters, digits and single hyphens only.")
        return dish if len(self._problems) == before else None

    def _own(self, table: Table, key: str) -> str:
        """A text that no other dish may have; compared without regard to capitals."""
        value = table.text(key)
        taken = (key, value.casefold())
        if value and taken in self._taken:
            table.wrong(key, f'"{value}" was used before, on line {self._taken[taken]}.')
        self._taken.setdefault(taken, table.line(key))
        return value

    def _components(self, dish: Table, position: int) -> tuple[Component, ...]:
        tables = dish.tables("component")
        if dish.values.get("component") == []:
            dish.wrong("component", "a dish needs at least one component.")
        names: set[str] = set()
        components: list[Component] = []
        for number, values in enumerate(tables):
            label = values.get("name")
            label = f'component "{label}"' if isinstance(label, str) else f"component {number + 1}"
            place = partial(self._lines.of, position, number)
            table = Table(values, f"{dish.name}, {label}", self._file, place, self._problems)
            table.check_keys(_COMPONENT_KEYS, _COMPONENT_OPTIONS)
            name = table.text("name")
            if name and name in names:
                table.wrong("name", "another component of this dish has that name.")
            amounts = read_amounts(table)
            servings, steps = self._servings(table, amounts)
            optional = table.flag("optional")
            names.add(name)
            components.append(Component(name, servings, steps, optional, amounts))
        if components and all(component.optional for component in components):
            dish.wrong("component", "a dish needs a component that is not optional.")
        return tuple(components)

    def _servings(
        self, table: Table, amounts: Sequence[Amount]
    ) -> tuple[tuple[Serving, ...], tuple[int, ...]]:
        """Every food of the choice in every amount, food by food, with its steps from the usual."""
        choice = self._cooked(table, self._choice(table))
        usual = usual_position(table, amounts)
        servings: list[Serving] = []
        steps: list[int] = []
        for food in choice:
            grams = read_grams(table, food, amounts)
            for index, (amount, weight) in enumerate(zip(amounts, grams, strict=False)):
                servings.append(Serving(food.id, weight, say(food, amount)))
                steps.append(abs(index - usual))
        return tuple(servings), tuple(steps)

    def _cooked(self, table: Table, choice: tuple[Food, ...]) -> tuple[Food, ...]:
        """The foods as the dish cooks them; every one must then be a raw row."""
        name = table.text("cooked")
        if not name:
            return choice
        process = self._processes.get(name)
        if process is None:
            hint = did_you_mean(name, self._processes)
            table.wrong("cooked", f'there is no way of cooking "{name}".{hint}')
            return choice
        if process.missing_core:
            lacks = ", ".join(process.missing_core)
            table.wrong("cooked", f'nobody published what "{name}" leaves of {lacks}.')
            return choice
        try:
            return tuple(cook(food, process) for food in choice)
        except ValueError as error:
            table.wrong("cooked", str(error))
            return choice

    def _choice(self, table: Table) -> tuple[Food, ...]:
        """The foods of a component: those listed, then those of the role, each once."""
        listed = table.texts("foods")
        chosen = {food.id: food for food in self._known(table, "foods", listed)}
        for food in chosen.values():
            if food.missing_to_plan:
                lacks = ", ".join(food.missing_to_plan)
                table.wrong("foods", f'"{food.id}" has no {lacks}; it cannot be planned with.')
        if "foods" not in table.values and "role" not in table.values:
            table.wrong(None, 'give "foods", "role" or both.')
            return ()
        if "except" in table.values and "role" not in table.values:
            table.wrong("except", '"except" needs a "role" to take foods from.')
        role = table.text("role")
        if not role:
            return tuple(chosen.values())
        if role not in self._roles:
            hint = did_you_mean(role, self._roles)
            table.wrong("role", f'no food has the role "{role}".{hint}')
            return ()
        left_out = {food.id for food in self._known(table, "except", table.texts("except"))}
        for food_id in self._roles[role]:
            if food_id not in left_out and not self._foods[food_id].missing_to_plan:
                chosen.setdefault(food_id, self._foods[food_id])
        if not chosen:
            table.wrong("role", f'nothing is left to choose from in the role "{role}".')
        return tuple(chosen.values())

    def _known(self, table: Table, key: str, ids: Sequence[str]) -> list[Food]:
        found = []
        for food_id in ids:
            if food_id in self._foods:
                found.append(self._foods[food_id])
            else:
                hint = did_you_mean(food_id, self._foods)
                table.wrong(key, f'there is no food "{food_id}".{hint}')
        return found


def _method(table: Table) -> tuple[str, ...]:
    """The steps; a method of one step may be written as a text."""
    if isinstance(table.values.get("method"), str):
        return (table.text("method"),)
    steps = table.texts("method")
    if len(steps) > _MOST_STEPS:
        table.wrong("method", f"{len(steps)} steps are too many; {_MOST_STEPS} at most.")
    for step in steps:
        if not step.strip() or not step.isprintable() or len(step) > LONGEST_TEXT:
            table.wrong("method", f"a step is one line of at most {LONGEST_TEXT} characters.")
    return steps


def _kitchen(table: Table) -> str:
    name = table.text("kitchen")
    if name and name not in KITCHENS:
        hint = did_you_mean(name, KITCHENS) or f" The kitchens are {', '.join(KITCHENS)}."
        table.wrong("kitchen", f'there is no kitchen "{name}".{hint}')
    return name


def _meals(table: Table) -> frozenset[Meal]:
    known = [meal.value for meal in Meal]
    names = table.texts("meals")
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f" The meals are {', '.join(known)}."
            table.wrong("meals", f'there is no meal "{name}".{hint}')
    return frozenset(Meal(name) for name in names if name in known)
