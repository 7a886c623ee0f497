"""What an impossible request says as JSON: the demands that collide, and what would do instead."""

from typing import ClassVar, Literal

from pydantic import Field

from mealmag.errors import ImpossibleError
from mealmag.nutrition.document import Document, Part


class CollidingDemand(Part):
    """One of the demands that no menu can follow together; `rule` is the model's name, `words` the user's."""

    conflict: int = Field(description="demands of one number collide with each other, from 1")
    rule: str
    words: str
    proven: bool = Field(description="whether it is known that the conflict takes this demand")


class PlannedWayOut(Part):
    """A change of one demand that leaves a plan, which was made and checked; figures are means of a day."""

    option: str = Field(
        description='as one would type it; where one is to be left out it begins with "without"'
    )
    words: str
    gives: str
    magnesium_mg: float
    energy_kcal: float
    points: float
    least: bool = Field(
        description="whether it is proven that no gentler step of the same demand leaves a plan"
    )


class ImpossibleDocument(Document):
    """Why there is no plan. No way out, and no demand, is told where none was found."""

    schema_name: ClassVar[str] = "mealmag/impossible/1"

    message: str
    hint: str
    proven: Literal[True] = Field(description="no menu can follow the request: never a guess")
    complete: bool = Field(description="false where a stop ended the explanation")
    demands: tuple[CollidingDemand, ...]
    ways_out: tuple[PlannedWayOut, ...]


def impossible_document(error: ImpossibleError) -> ImpossibleDocument:
    """The document of an error."""
    return ImpossibleDocument(
        message=error.message,
        hint=error.hint,
        proven=True,
        complete=error.complete,
        demands=tuple(
            CollidingDemand(
                conflict=each.conflict, rule=each.rule, words=each.sentence, proven=each.proven
            )
            for each in error.demands
        ),
        ways_out=tuple(
            PlannedWayOut(
                option=way.option,
                words=way.change,
                gives=way.gives,
                magnesium_mg=way.magnesium_mg,
                energy_kcal=way.energy_kcal,
                points=way.points,
                least=way.least,
            )
            for way in error.ways
        ),
    )
