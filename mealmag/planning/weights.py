"""What the last goal counts, one entry each, and how much each weighs: the taste of the eater.

Model, annealer and checker count these each in its own way; all three read the names and weights here.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Weight = Annotated[int, Field(strict=True, ge=0, le=20)]


class Weights(BaseModel):
    """Points for one of each; 0 is not counted. Editorial: the trade of a cook, no figures of a table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dish_again: Weight = Field(default=5, description="each time a dish comes again")
    food_often: Weight = Field(
        default=1, description="each time a food comes beyond three times a week"
    )
    food_twice_a_day: Weight = Field(
        default=2, description="each time a food comes again on one day"
    )
    group_missing: Weight = Field(
        default=3,
        description="each day without vegetables, fruit, a starchy food or a protein food",
    )
    special_trip: Weight = Field(
        default=1,
        description="a food that few kitchens have; three times where no shop nearby does",
    )
    off_usual_amount: Weight = Field(
        default=1, description="each step that a serving lies off the usual amount"
    )
    liking: Weight = Field(
        default=2, description="each step that a meal or a food is rated below the best it could be"
    )
    colours: Weight = Field(
        default=1, description="each colour fewer than three on a day's vegetables and fruit"
    )
    open_packet: Weight = Field(
        default=0,
        description="each packet that does not keep, opened for one serving in three days or more",
    )
    pantry: Weight = Field(
        default=2,
        description="each food at home that is not used; three times where it would spoil by then",
    )

    def changed(self) -> dict[str, int]:
        """Those that are not as by default."""
        return {
            name: value
            for name, value in self.model_dump().items()
            if value != type(self).model_fields[name].default
        }


NAMES = tuple(Weights.model_fields)
