"""The user's own foods: written into a file of their own, never into the shipped table."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from mealmag.catalogue.foods import COLUMNS, delimiter_of, load_foods
from mealmag.errors import InputError
from mealmag.nutrition.label import LabelKind, per_100_g
from mealmag.services.catalogue import Sources, load_catalogue
from mealmag.storage.atomic import write_atomic
from mealmag.storage.paths import Paths

_SOURCE = "own"


@dataclass(frozen=True, slots=True)
class NewFood:
    """What a person says of a food. `label` is per `per_g` grams, in the words of a label."""

    id: str
    name_en: str
    name_nl: str
    group: str
    diet: str
    label: Mapping[str, Decimal]
    per_g: Decimal = Decimal(100)
    kind: LabelKind = LabelKind.EU
    allergens: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    measures: Mapping[str, Decimal] = field(default_factory=dict)
    serving: str = ""
    source: str = _SOURCE
    colour: str = ""
    main_food: str = ""

    def cells(self) -> dict[str, str]:
        """The row of the food table. Raises ValueError where the label makes no sense."""
        figures = per_100_g(self.label, self.per_g, self.kind)
        about = {
            "id": self.id, "name_en": self.name_en, "name_nl": self.name_nl or self.name_en,
            "group": self.group, "state": "ready", "source": self.source, "diet": self.diet,
            "allergens": ";".join(self.allergens), "roles": ";".join(self.roles),
            "measures": ";".join(f"1 {name}={grams:f}" for name, grams in self.measures.items()),
            "serving": self.serving, "everyday": "1", "colour": self.colour,
            "main_food": self.main_food,
        }  # fmt: skip
        return about | {key: f"{value:f}" for key, value in figures.items()}


def add_food(food: NewFood, paths: Paths, *, replace: bool = False) -> Path:
    """Write the food into the user's own table; the file it went to.

    Everything is read back with the whole catalogue before the old file is touched. InputError where
    the row, or a dish that uses the food, would be at fault, or the id is taken and `replace` is not
    said; WriteError where the file cannot be written.
    """
    target = paths.foods
    rows = _own_rows(target)
    if food.id in rows and not replace:
        raise InputError(
            f'You have a food "{food.id}" already.', hint="Say --replace to write over it."
        )
    try:
        rows[food.id] = food.cells()
    except ValueError as error:
        raise InputError(f"{food.id}: {error}") from None
    text = _csv(rows.values())
    _try(text, paths)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(target, text)
    return target


def _own_rows(path: Path) -> dict[str, dict[str, str]]:
    """The rows of the own table as they stand, by id; what is wrong in it is told, not dropped."""
    if not path.is_file():
        return {}
    _, problems = load_foods(path)
    if problems:
        raise InputError(
            f"{path} must be mended first.", hint="Nothing was changed.", problems=problems
        )
    text = path.read_text("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    return {row["id"]: row for row in rows}


def _csv(rows: Iterable[Mapping[str, str]]) -> str:
    rows = list(rows)
    columns = dict.fromkeys([*COLUMNS, *(column for row in rows for column in row)])
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _try(text: str, paths: Paths) -> None:
    """Read the catalogue as it would be; InputError as the loader tells it, without the trial's name."""
    import tempfile
    from dataclasses import replace

    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / paths.foods.name
        trial.write_text(text, "utf-8", newline="")
        own = replace(paths, config=Path(folder))
        if paths.dishes.is_file():
            own.dishes.write_bytes(paths.dishes.read_bytes())
        try:
            load_catalogue(Sources(own=own))
        except InputError as error:
            problems = [
                replace(problem, file=problem.file.replace(folder, str(paths.config)), line=None)
                for problem in error.problems
            ]
            raise InputError(
                "This food cannot be added.", hint="Nothing was changed.", problems=problems
            ) from None
