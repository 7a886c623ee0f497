"""What there is to say of a food besides its figures: who may eat it, how much, and who measured it."""

from collections.abc import Iterator

from mealmag.catalogue.every_food import EveryFood
from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import BY_KEY

_TABLES = {
    "usda": "USDA SR", "foundation": "USDA Foundation", "swiss": "Swiss", "cofid": "British (CoFID)",
    "ciqual": "French (Ciqual)", "label": "label",
}  # fmt: skip


def about(food: Food, every: EveryFood | None = None) -> Iterator[str]:
    """One line a fact. `every` is the source table where the food is one of it."""
    if every is None:
        yield f"id {food.id} · group {food.group} · {food.diet} · {food.state}"
        if food.synonyms_en or food.synonyms_nl:
            yield f"also called: {', '.join((*food.synonyms_en, *food.synonyms_nl))}"
        yield f"allergens: {', '.join(sorted(food.allergens)) or 'none of the fourteen'}"
        measures = ", ".join(f"1 {m.name} = {m.grams:g} g" for m in food.measures)
        yield f"measures: {measures or 'grams only'}"
    else:
        yield f"{food.id} · diet class and allergens not looked at: can be logged, not planned with"
        measures = ", ".join(f"{p.text} = {p.grams:g} g" for p in every.portions(food.id))
        yield f"measures: {measures or 'grams only'}"
    if food.serving:
        yield f"usual serving: {food.serving} ({food.serving_g:g} g)"
    if food.edible_percent is not None and food.edible_percent < 100:
        yield f"edible: {food.edible_percent:g} % of what is bought"
    yield f"{food.source}, record {food.record or food.ndb_no}: {food.source_description}"
    yield from _magnesium(food)
    if food.fortified:
        names = ", ".join(BY_KEY[key].name for key in sorted(food.fortified))
        yield f"hangs on what a country adds, so look at your own packet: {names}"
    if food.missing_to_plan and every is None:
        names = ", ".join(BY_KEY[key].name for key in food.missing_to_plan)
        yield f"not planned with: there is no figure for {names}"
    elif food.missing_core and every is None:
        names = ", ".join(BY_KEY[key].name for key in food.missing_core)
        yield f"no figure for {names}: counts as none of it, towards a ceiling as the most of its group"


def _magnesium(food: Food) -> Iterator[str]:
    if food.magnesium_n:
        spread = f", standard error {food.magnesium_se_mg:g} mg" if food.magnesium_se_mg else ""
        samples = "1 sample" if food.magnesium_n == 1 else f"{food.magnesium_n} samples"
        yield f"magnesium from {samples}{spread}"
    if len(food.magnesium_tables) > 1:
        figures = ", ".join(
            f"{_TABLES[table]} {mg:g}" for table, mg in food.magnesium_tables.items()
        )
        yield f"magnesium in the tables, mg per 100 g: {figures}"
