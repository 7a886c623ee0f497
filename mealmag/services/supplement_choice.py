"""A supplement for what a plan proves that food cannot bring: which form, how much, how taken."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mealmag.catalogue.freetext.product import read_product
from mealmag.catalogue.reference import ReferenceTables
from mealmag.nutrition.diary import Ledger
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.intake import MAGNESIUM, brought
from mealmag.nutrition.reference import magnesium_reference
from mealmag.nutrition.supplement import SupplementAdvice
from mealmag.nutrition.supplement_choice import SupplementChoice, choose
from mealmag.planning.plan import Plan
from mealmag.services.account import logged
from mealmag.storage.paths import Paths
from mealmag.storage.profile import Profile

_LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class SupplementWish:
    """What a person asks of a supplement, and takes already ("100 mg elemental magnesium citrate")."""

    form: str | None = None
    sensitive_gut: bool = False
    product_mg: Decimal | None = None
    taking: tuple[str, ...] = ()


def supplement_choice(
    paths: Paths, profile: Profile, plan: Plan, wish: SupplementWish, today: date
) -> tuple[SupplementAdvice | None, SupplementChoice | None]:
    """The plan's advice, and for a dose what to choose; None where the plan needs none, or refuses one.

    Water is that of the diary's last two weeks. InputError for a form, or something taken, that is none.
    """
    tables = ReferenceTables()
    reference = magnesium_reference(tables.magnesium, profile.person, profile.reference.set)
    if plan.supplement is None:
        return None, None
    advice = SupplementAdvice.model_validate(plan.supplement)
    if advice.refused is not None or not advice.elemental_mg:
        return advice, None
    products = [read_product(text, tables.forms) for text in wish.taking]
    choice = choose(
        advice,
        tables.forms,
        profile.person,
        reference,
        wanted=wish.form,
        sensitive_gut=wish.sensitive_gut,
        product_mg=wish.product_mg,
        taken_mg=sum((each.count * each.elemental_mg for each in products), Decimal(0)),
        water_mg=_water_mg(paths, today, profile.reference.figures),
    )
    return advice, choice


def _water_mg(paths: Paths, today: date, figures: Figures) -> Decimal:
    """The mean mg a day from water, over the days that have any entry."""
    days = logged(paths, today - _LATELY, today - timedelta(days=1), figures)
    if not days:
        return Decimal(0)
    water = (e for entries in days.values() for e in entries if e.ledger is Ledger.WATER)
    return brought(water, MAGNESIUM).amount / len(days)
