"""Several plans as pages to read: what each one loses stands above it."""

from collections.abc import Iterator

from mealmag.export.text import plan_text, wrapped
from mealmag.planning.alternatives import Loss, Plans


def plans_text(plans: Plans) -> str:
    """The best plan, the others below it, and at the end why there are no more."""
    pages = []
    for number, plan in enumerate(plans.plans, start=1):
        head = [f"═══ Plan {number} of {len(plans.plans)} ═══", *_against(plans, number)]
        pages.append("\n".join([*head, "", plan_text(plan)]))
    end = [*wrapped(plans.missing), ""] if plans.missing else []
    return "\n\n".join([*pages, "\n".join(end)] if end else pages)


def _against(plans: Plans, number: int) -> Iterator[str]:
    if number == 1:
        yield "The best one."
        return
    plan = plans.plans[number - 1]
    dishes = {meal.dish for day in plans.plans[0].days for meal in day.meals}
    other = sum(
        meal.dish not in dishes for day in plan.days for meal in day.meals if meal.is_cooked
    )
    yield from wrapped(
        f"{other} meals are of dishes that the best one does not have; it loses "
        f"{loss_words(plans.lose[number - 1])}."
    )


def loss_words(loss: Loss) -> str:
    """What is lost, in words; nothing where nothing is."""
    said = [
        words
        for value, words in (
            (loss.magnesium_mg, f"{loss.magnesium_mg:.1f} mg of magnesium"),
            (loss.nutrients_percent, f"{loss.nutrients_percent:.1f} % of other nutrients"),
            (
                loss.points,
                f"{loss.points:.0f} {'point' if loss.points == 1 else 'points'} of variety",
            ),
        )
        if value
    ]
    return " and ".join(said) or "nothing"
