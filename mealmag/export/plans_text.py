"""Several plans as pages to read: what each one loses stands above it."""

from collections.abc import Iterator

from mealmag.export.text import plan_text, wrapped
from mealmag.planning.alternatives import Loss, Plans
from mealmag.planning.plan import Plan


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
    best, plan, lost = plans.plans[0], plans.plans[number - 1], plans.lose[number - 1]
    yield from wrapped(
        f"{others(best, plan)} meals are of dishes that the best one does not have; it loses "
        f"{loss_words(lost)}."
    )


def others(best: Plan, plan: Plan) -> int:
    """How many meals of a plan are of dishes that the best one does not have."""
    dishes = {meal.dish for day in best.days for meal in day.meals}
    return sum(meal.dish not in dishes for day in plan.days for meal in day.meals if meal.is_cooked)


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
