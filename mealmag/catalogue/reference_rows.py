"""One row of each shipped reference table, from its fields."""

from decimal import Decimal

from mealmag.catalogue.table_fields import Fields
from mealmag.nutrition.companions import NutrientRow
from mealmag.nutrition.cooking import Process
from mealmag.nutrition.energy import EnergyRow
from mealmag.nutrition.forms import Form
from mealmag.nutrition.interactions import InteractionRow, Level
from mealmag.nutrition.reference import MagnesiumRow

_SEXES = ("F", "M", "both")


def magnesium(row: Fields) -> MagnesiumRow:
    """A row of magnesium targets and limits."""
    low, high = row.ages()
    year = row.number("year") or Decimal(0)
    return MagnesiumRow(
        ref_set=row.needed("ref_set"),
        authority=row.needed("authority"),
        year=int(year),
        table=row.needed("table"),
        sex=row.one_of("sex", _SEXES),
        life_stage=row.needed("life_stage"),
        age_min_y=low,
        age_max_y=high,
        age_label=row.needed("age_label"),
        ear_mg=row.number("ear_mg"),
        target_mg=row.number("target_mg"),
        target_type=row.text("target_type"),
        ul_mg=row.number("ul_mg"),
        ul_scope=row.text("ul_scope"),
        evidence=row.needed("evidence"),
        source=row.needed("source"),
        note=row.text("note"),
    )


def nutrient(row: Fields) -> NutrientRow:
    """A row of another nutrient."""
    low, high = row.ages()
    return NutrientRow(
        ref_set=row.needed("ref_set"),
        nutrient=row.needed("nutrient"),
        unit=row.needed("unit"),
        sex=row.one_of("sex", _SEXES),
        life_stage=row.needed("life_stage"),
        age_min_y=low,
        age_max_y=high,
        target=row.number("target"),
        target_type=row.text("target_type"),
        lower=row.number("lower"),
        upper=row.number("upper"),
        upper_type=row.text("upper_type"),
        upper_scope=row.text("upper_scope"),
        evidence=row.needed("evidence"),
        source=row.needed("source"),
        note=row.text("note"),
    )


def energy(row: Fields) -> EnergyRow:
    """A row of an energy equation."""
    low, high = row.ages()

    def coefficient(column: str) -> Decimal:
        return row.signed(column) or Decimal(0)

    return EnergyRow(
        set=row.needed("set"),
        sex=row.one_of("sex", _SEXES),
        life_stage=row.needed("life_stage"),
        age_min_y=low,
        age_max_y=high,
        activity=row.needed("activity"),
        intercept=coefficient("intercept"),
        age_y=coefficient("age_y"),
        height_cm=coefficient("height_cm"),
        weight_kg=coefficient("weight_kg"),
        extra_kcal=coefficient("extra_kcal"),
        evidence=row.needed("evidence"),
        source=row.needed("source"),
        note=row.text("note"),
    )


def interaction(row: Fields) -> InteractionRow:
    """A row of what a supplement must heed."""
    return InteractionRow(
        id=row.needed("id"),
        kind=row.one_of("kind", ("drug", "nutrient", "condition", "symptom")),
        name=row.needed("name_en"),
        examples=tuple(word.strip() for word in row.text("examples").split(";") if word.strip()),
        level=Level(row.one_of("level", tuple(Level))),
        before_h=row.number("drug_before_mg_h"),
        after_h=row.number("drug_after_mg_h"),
        advice=row.needed("advice_en"),
        evidence=row.needed("evidence"),
        source=row.text("source"),
    )


_RETAINED = {
    "calcium": "calcium_mg", "iron": "iron_mg", "magnesium": "magnesium_mg",
    "potassium": "potassium_mg", "sodium": "sodium_mg", "zinc": "zinc_mg",
    "vitamin_c": "vitamin_c_mg", "folate": "folate_ug_dfe",
}  # fmt: skip


def process(row: Fields) -> Process:
    """A row of what cooking leaves."""
    factors = {key: row.number(column) for column, key in _RETAINED.items()}
    return Process(
        id=row.needed("id"),
        name=row.needed("process"),
        factors={key: value for key, value in factors.items() if value is not None},
        evidence=row.needed("evidence"),
        source=row.needed("source"),
    )


def form(row: Fields) -> Form:
    """A row of a magnesium salt."""
    return Form(
        id=row.needed("form_id"),
        name_en=row.needed("name_en"),
        name_nl=row.needed("name_nl"),
        formula=row.needed("formula"),
        elemental_fraction=row.number("elemental_mg_mass_fraction") or Decimal(0),
        solubility=row.text("solubility_class"),
        bioavailability=row.one_of("bioavailability_class", ("high", "medium", "low", "uncertain")),
        bioavailability_evidence=row.text("bioavailability_evidence"),
        gut=row.text("gi_tolerance"),
        typical_unit_mg=row.text("typical_elemental_mg_per_unit"),
        in_eu_supplements=row.text("eu_food_supplement"),
        remark=row.text("remark"),
        evidence=row.needed("evidence"),
    )
