"""A catalogue of a stranger's: its own ids, groups and nutrients, and columns that ours has and it has not.

Every figure is invented test data, from a seeded draw; no food here exists.
"""

import random

# (group, allergens, diet, kcal per 100 g, usual grams); two of the groups are not ours.
_KINDS = {
    "flatcake": ("bread", "gluten", "vegan", 250, 60),
    "gruel": ("whole-grains", "", "vegan", 110, 200),
    "moonroot": ("roots-of-the-moon", "", "vegan", 90, 200),
    "skyfruit": ("fruit", "", "vegan", 55, 150),
    "bitterleaf": ("leafy-greens", "", "vegan", 25, 100),
    "stonenut": ("nuts", "nuts", "vegan", 380, 30),
    "curd": ("dairy", "milk", "vegetarian", 80, 150),
    "riverbeast": ("fish", "fish", "pescatarian", 150, 110),
    "groundbean": ("pulses", "", "vegan", 120, 150),
    "glowpaste": ("spreads-of-glow", "", "vegan", 350, 20),
}
_A_KIND = 4
_MEALS = {
    "breakfast": ("gruel", "skyfruit", "stonenut", "curd"),
    "lunch": ("flatcake", "bitterleaf", "glowpaste", "groundbean", "curd"),
    "dinner": ("moonroot", "bitterleaf", "riverbeast", "groundbean", "glowpaste"),
    "snack": ("skyfruit", "stonenut", "flatcake"),
}
_A_MEAL = 6
# Amounts in 100 kcal, about; choline_mg, omega3_g and glowstone_ug are no nutrients of ours.
_IN_100_KCAL = {
    "magnesium_mg": 24.0, "protein_g": 4.5, "fat_g": 3.3, "saturated_fat_g": 0.8,
    "carbohydrate_g": 10.0, "fibre_g": 2.0, "sodium_mg": 80.0, "calcium_mg": 55.0, "iron_mg": 1.0,
    "potassium_mg": 180.0, "choline_mg": 25.0, "omega3_g": 0.1, "glowstone_ug": 40.0,
}  # fmt: skip
NUTRIENTS = ("energy_kcal", *_IN_100_KCAL)
COLUMNS = ("id", "name_en", "group", "diet", "allergens", "roles", *NUTRIENTS)


def foods_csv(*, columns: tuple[str, ...] = COLUMNS, delimiter: str = ",", end: str = "\n") -> str:
    """Forty foods; every ninth has no figure for its choline."""
    draw = random.Random(7)
    lines = [delimiter.join(columns)]
    for kind, (group, allergens, diet, kcal, _) in _KINDS.items():
        for number in range(1, _A_KIND + 1):
            energy = round(kcal * draw.uniform(0.85, 1.15))
            row = {
                "id": f"{kind}-{number}", "name_en": f"{kind} no. {number}", "group": group,
                "diet": diet, "allergens": allergens, "roles": f"any-{kind}",
                "energy_kcal": str(energy),
            } | {
                key: f"{amount * energy / 100 * draw.uniform(0.6, 1.4):.2f}"
                for key, amount in _IN_100_KCAL.items()
            }  # fmt: skip
            if len(lines) % 9 == 0:
                row["choline_mg"] = ""
            lines.append(delimiter.join(row.get(column, "") for column in columns))
    return end.join([*lines, ""])


def dishes_toml() -> str:
    """Twenty-four dishes, without Dutch names and household measures; their choices go by role and by id."""
    draw = random.Random(8)
    text = []
    for meal, kinds in _MEALS.items():
        for number in range(1, _A_MEAL + 1):
            text.append(
                f'[[dish]]\nid = "{meal}-of-{number}"\nname_en = "{meal} of {number}"\n'
                f'meals = ["{meal}"]\nminutes = {draw.choice([5, 10, 15])}\nmethod = "Heat."\n'
            )
            for place, kind in enumerate(kinds):
                usual = _KINDS[kind][4] * (1.5 if meal in ("lunch", "dinner") else 1)
                amounts = ", ".join(f'"{round(usual * times)} g"' for times in (0.5, 1, 1.5))
                first = draw.randint(1, _A_KIND)
                choice = (
                    f'role = "any-{kind}"'
                    if place % 2
                    else f'foods = ["{kind}-{first}", "{kind}-{first % _A_KIND + 1}"]'
                )
                optional = "optional = true\n" if kind == "glowpaste" else ""
                text.append(
                    f'[[dish.component]]\nname = "{kind}"\n{choice}\namounts = [{amounts}]\n{optional}'
                )
    return "\n".join(text)
