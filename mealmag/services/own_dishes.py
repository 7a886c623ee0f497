"""The user's own dishes: a draft is edited, read with the whole catalogue, and only then taken in.

A draft with faults is kept where it is; the own cookbook is never touched before all is well.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from mealmag.catalogue.cooked import shipped_processes
from mealmag.catalogue.dish import KITCHENS, Dish, Meal
from mealmag.catalogue.dishes import load_dishes
from mealmag.catalogue.locate import data_file
from mealmag.errors import InputError, WriteError, did_you_mean
from mealmag.services.catalogue import Sources, load_food_table
from mealmag.storage.atomic import write_atomic
from mealmag.storage.paths import Paths

_DISH = re.compile(r"\s*\[\[\s*dish\s*\]\]\s*(?:#.*)?")
_ID = re.compile(r"""\s*id\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def template(dish_id: str) -> str:
    """A commented dish to begin from."""
    meals = ", ".join(Meal)
    processes = "\n".join(f"#   {each.id}" for each in shipped_processes().values())
    return f"""\
# A dish of your own. Lines that begin with # are remarks. Save and close to add it; leave the file
# without a [[dish]] to give up. Amounts are for one person; cooked food is weighed cooked.
# `mealmag foods search WORD` finds the ids of foods and their measures.
#
# meals: {meals}
# kitchen (may be left out): {", ".join(KITCHENS)}

[[dish]]
id = "{dish_id}"
name_en = "Lentil soup with spinach"
name_nl = "Linzensoep met spinazie"
meals = ["lunch", "dinner"]
minutes = 15               # work
total_minutes = 30         # from start to table; leave it out where it is the same
servings = 2               # what the recipe makes in your pan
keeps_days = 3             # in the fridge; 0 where it must be eaten at once
freezes = true
method = [
  "Fry the garlic in the oil.",
  "Add the lentils and water; simmer for 15 minutes.",
  "Stir in the spinach and the salt.",
]

# A part: one food of a choice, in one of the amounts (small to large; the middle one is usual).
# An amount is "150 g", or so many of a measure that every food of the choice has: "2 tablespoon".
[[dish.component]]
name = "lentils"
foods = ["lentils-boiled", "chickpeas-boiled"]
amounts = ["150 g", "200 g"]

# A raw food that the dish cooks loses something; say how, and it is reckoned with:
#   cooked = "greens-boiled-water-eaten"
# The ways of cooking that are known:
{processes}
[[dish.component]]
name = "spinach"
foods = ["spinach-raw"]
cooked = "greens-boiled-water-eaten"
amounts = ["50 g", "100 g"]

[[dish.component]]
name = "oil"
foods = ["olive-oil"]
amounts = ["2 teaspoon"]

[[dish.component]]
name = "garlic"
foods = ["garlic"]
amounts = ["1 clove"]

[[dish.component]]
name = "salt"
foods = ["salt"]
amounts = ["1 pinch"]
optional = true
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken into the own cookbook: the dishes, the file, and shipped dishes now hidden."""

    dishes: tuple[Dish, ...]
    file: Path
    hides: tuple[str, ...]


def begin_draft(paths: Paths, dish_id: str, *, edit: bool) -> Path:
    """The draft of a dish: the one begun before, else the dish as it is (`edit`), else a template.

    InputError where there is no such dish to edit, or one to add is there already.
    """
    own = dish_texts(_text(paths.dishes))
    if edit and dish_id not in own:
        shipped = dish_texts(data_file("dishes.toml").read_text("utf-8"))
        if dish_id not in shipped:
            hint = did_you_mean(dish_id, [*own, *shipped])
            raise InputError(
                f'There is no dish "{dish_id}".{hint}', hint="`mealmag dishes` has all."
            )
        own = shipped
    elif not edit and dish_id in own:
        raise InputError(
            f'You have a dish "{dish_id}" already.', hint=f"mealmag dishes edit {dish_id}"
        )
    draft = paths.drafts / f"{dish_id}.toml"
    if not draft.exists():
        try:
            paths.drafts.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(f"{paths.drafts} cannot be made: {error.strerror}.") from None
        write_atomic(draft, own[dish_id] if edit else template(dish_id))
    return draft


def take(draft: Path, paths: Paths, *, edited: str | None = None) -> Taken | None:
    """Take the dishes of a draft into the own cookbook; None, and nothing done, where it has none.

    `edited` is the id that may be written over. InputError, with the draft's lines, for every fault;
    the draft and the cookbook are then as they were.
    """
    text = _text(draft)
    if not text.strip() or not any(_DISH.fullmatch(line) for line in text.splitlines()):
        return None
    dishes, problems = load_dishes(draft, load_food_table(Sources(own=paths)))
    if problems:
        raise InputError(
            f"{draft.name} is not ready: {len(problems)} to mend.",
            hint=f"Your draft is kept at {draft}; the same command goes on with it.",
            problems=problems,
        )
    if edited is not None and set(dishes) != {edited}:
        raise InputError(
            f'This was to be the dish "{edited}"; it holds {_some(dishes)}.',
            hint="Keep the id, or use `mealmag dishes add` for a new dish.",
        )
    own = dish_texts(_text(paths.dishes))
    for dish_id in dishes:
        if dish_id in own and dish_id != edited:
            raise InputError(
                f'You have a dish "{dish_id}" already.', hint=f"mealmag dishes edit {dish_id}"
            )
    new = dish_texts(text)
    _write(paths, _merged(_text(paths.dishes), new))
    shipped = dish_texts(data_file("dishes.toml").read_text("utf-8"))
    return Taken(tuple(dishes.values()), paths.dishes, tuple(d for d in dishes if d in shipped))


def _some(ids: Iterable[str]) -> str:
    """The first few, and how many more."""
    names = list(ids)
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def dish_texts(text: str) -> dict[str, str]:
    """The text of every dish of a file by id, with the remarks above it."""
    return {_id(block): block for block in _blocks(text)[1:] if _id(block)}


def _blocks(text: str) -> list[str]:
    """The part above the first dish, then each dish; remarks and blank lines go with what follows."""
    blocks: list[str] = []
    current: list[str] = []
    for line in text.splitlines(keepends=True):
        if _DISH.fullmatch(line.rstrip("\n")):
            lead: list[str] = []
            while current and (not current[-1].strip() or current[-1].lstrip().startswith("#")):
                lead.insert(0, current.pop())
            if not blocks:
                # A file's own heading is parted from the first dish's remarks by a blank line.
                cut = max((i for i, one in enumerate(lead) if not one.strip()), default=-1) + 1
                current, lead = [*current, *lead[:cut]], lead[cut:]
            blocks.append("".join(current))
            current = lead
        current.append(line)
    return [*blocks, "".join(current)] if blocks else [text]


def _id(block: str) -> str:
    for line in block.splitlines():
        found = _ID.match(line)
        if found:
            return found.group(1) or found.group(2) or ""
    return ""


def _merged(old: str, new: dict[str, str]) -> str:
    """The own cookbook with dishes put in: in their old place, else at the end."""
    left = dict(new)
    blocks = [left.pop(_id(block), block) if n else block for n, block in enumerate(_blocks(old))]
    blocks += left.values()
    kept = [block.strip("\n") for block in blocks if block.strip()]
    return "\n\n".join(kept) + "\n"


def _write(paths: Paths, text: str) -> None:
    """Write the own cookbook, once it reads without a fault."""
    paths.dishes.parent.mkdir(parents=True, exist_ok=True)
    trial = replace(paths, config=paths.drafts)
    write_atomic(trial.dishes, text)
    try:
        _, problems = load_dishes(trial.dishes, load_food_table(Sources(own=paths)))
    finally:
        trial.dishes.unlink()
    if problems:
        raise InputError(
            f"{paths.dishes} must be mended first.", hint="Nothing was changed.", problems=problems
        )
    write_atomic(paths.dishes, text)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8 text.") from error
