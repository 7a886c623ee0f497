"""A person: what mealmag must know to look up what they need.

Ages are whole years, weights kg, heights cm. Nothing here is stored or sent anywhere.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

# The reference tables hold their pregnancy and breast-feeding rows for these ages (both inclusive).
PREGNANCY_AGES = (14, 50)
_LONGEST_WORD = 80


class Sex(StrEnum):
    """The two columns of the reference tables."""

    FEMALE = "female"
    MALE = "male"


class LifeStage(StrEnum):
    """What changes a woman's reference values."""

    NONE = "none"
    PREGNANT = "pregnant"
    BREASTFEEDING = "breastfeeding"


class Activity(StrEnum):
    """The four activity levels of the energy equations (NASEM 2023), least active first."""

    INACTIVE = "inactive"
    LOW_ACTIVE = "low_active"
    ACTIVE = "active"
    VERY_ACTIVE = "very_active"


def _one_line(word: str) -> str:
    tidy = word.strip()
    if not tidy or not tidy.isprintable() or len(tidy) > _LONGEST_WORD:
        raise ValueError(f"each must be a word or a few, on one line, at most {_LONGEST_WORD} long")
    return tidy


Word = Annotated[str, Field(strict=True), AfterValidator(_one_line)]


class Person(BaseModel):
    """Who the plan is for.

    Only `sex` and `age` (whole years, 1–120) are needed. `energy_kcal` (kcal a day) overrides every
    equation. `trimester` belongs to a pregnancy; without it the second is taken, and said so.
    Impossible combinations raise pydantic's ValidationError (a ValueError) with a plain sentence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    sex: Sex
    age: Annotated[int, Field(strict=True, ge=1, le=120)]
    life_stage: LifeStage = LifeStage.NONE
    trimester: Annotated[int, Field(strict=True, ge=1, le=3)] | None = None
    weight_kg: Annotated[float, Field(strict=True, ge=5, le=350)] | None = None
    height_cm: Annotated[float, Field(strict=True, ge=50, le=260)] | None = None
    activity: Activity = Activity.LOW_ACTIVE
    energy_kcal: Annotated[int, Field(strict=True, ge=800, le=6000)] | None = None
    conditions: tuple[Word, ...] = ()
    medicines: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.life_stage is not LifeStage.NONE:
            if self.sex is Sex.MALE:
                raise ValueError(f'life_stage "{self.life_stage}" needs sex "female"')
            youngest, oldest = PREGNANCY_AGES
            if not youngest <= self.age <= oldest:
                raise ValueError(
                    f'life_stage "{self.life_stage}" goes with an age of {youngest} to {oldest}, '
                    f"not {self.age}: no reference table has values outside it"
                )
        if self.trimester is not None and self.life_stage is not LifeStage.PREGNANT:
            raise ValueError('trimester is only for life_stage "pregnant"')
        return self
