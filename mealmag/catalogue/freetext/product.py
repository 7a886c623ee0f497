"""What a person took, as they write it: "200 mg magnesium", "2 x 100 mg elemental magnesium citrate".

A number beside the name of a salt may be the salt or the magnesium in it, and the two differ by up to a
factor of nineteen. It is never guessed: such a text must say "elemental" or "salt".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from mealmag.catalogue.freetext.names import comparable, stem
from mealmag.catalogue.freetext.words import shown
from mealmag.errors import InputError
from mealmag.nutrition.diary import Basis, Snapshot
from mealmag.nutrition.forms import Form
from mealmag.nutrition.nutrients import BY_KEY

MOST_MG = 5_000
MOST_ELEMENTAL_MG = 1_000
MOST_COUNT = 20
_AMOUNT = re.compile(
    r"(?:(?P<count>\d{1,9})\s*(?:x|×|times|tablets? (?:of|with)|capsules? (?:of|with))\s*)?"
    r"(?P<mg>\d{1,12}(?:[.,]\d{1,2})?)\s*mg\b\s*(?P<what>.*)",
    re.IGNORECASE | re.DOTALL,
)
# "magnesium citrate 200 mg", "magnesiumcitraat: 2 tabletten van 100 mg": the name stands first.
_NAME_FIRST = re.compile(
    r"(?P<what>[^\d]*?[^\d\s:,])[\s:,]+(?P<amount>\d.*?\bmg)\b\s*(?P<rest>\D*)",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT = frozenset({"elemental", "element", "elementair", "elementaire"})
_SALT = frozenset({"salt", "zout"})
_LITTLE = frozenset({"from", "as", "uit", "als", "in", "tablet", "tablets", "capsule", "capsules"})
_MAGNESIUM = "magnesium"
# What people call a supplement, in both languages, by how the word begins or by the word.
_SUPPLEMENT = re.compile(
    r"\b(?:magnesium|supplement|multivitamin|vitamin|tablet|capsule|pill|pil\b|bruistablet)",
    re.IGNORECASE,
)
_IN_GRAMS = frozenset(key for key, each in BY_KEY.items() if each.unit in {"kcal", "g"})
_HINT = (
    'Write the magnesium, "200 mg elemental magnesium citrate", or the salt, "1240 mg salt magnesium '
    'citrate"; two tablets are "2 x 100 mg".'
)


@dataclass(frozen=True, slots=True)
class Product:
    """What was taken: how many units, the mg of magnesium (the element) in each, and of which salt."""

    count: Decimal
    elemental_mg: Decimal
    form: Form | None
    text: str

    @property
    def snapshot(self) -> Snapshot:
        """The figures of one unit. A salt brings no energy, and of what is counted nothing but magnesium; of
        a product whose salt is not told, all else is unknown."""
        rest = None if self.form is None else Decimal(0)
        figures = {key: Decimal(0) if key in _IN_GRAMS else rest for key in BY_KEY}
        name = "magnesium" if self.form is None else f"magnesium, as {self.form.name_en}"
        return Snapshot(
            food="",
            name_en=name,
            name_nl=name if self.form is None else f"magnesium, als {self.form.name_nl}",
            group="supplement",
            source="as logged, from its label",
            record="" if self.form is None else self.form.id,
            basis=Basis.ONE,
            nutrients=MappingProxyType({**figures, "magnesium_mg": self.elemental_mg}),
        )


def is_supplement(words: str) -> bool:
    """Whether some words name a supplement or a pill rather than a food: "magnesium tablet", "vitamin D"."""
    return _SUPPLEMENT.search(words) is not None


def read_product(text: str, forms: Sequence[Form]) -> Product:
    """The product that `text` says. InputError where it is none, or may mean two amounts."""
    line = " ".join(text.split())
    name_first = _NAME_FIRST.fullmatch(line)
    if name_first:
        line = "{amount} {what} {rest}".format_map(name_first.groupdict())
    found = _AMOUNT.fullmatch(line.strip())
    if found is None:
        raise InputError(f'"{shown(text)}" does not say how many mg were taken.', hint=_HINT)
    mg = Decimal(found["mg"].replace(",", "."))
    count = Decimal(found["count"] or 1)
    words = set(comparable(found["what"]))
    is_element, is_salt = bool(words & _ELEMENT), bool(words & _SALT)
    name = [word for word in comparable(found["what"]) if word not in _ELEMENT | _SALT | _LITTLE]
    form = _form(name, forms, text)
    if is_element and is_salt:
        raise InputError(f'"{shown(text)}" says both the element and the salt.', hint=_HINT)
    if form is not None and not (is_element or is_salt):
        of_salt = form.elemental_mg(mg)
        raise InputError(
            f"{mg.normalize():f} mg {form.name_en}: is that the magnesium, or the salt, which holds "
            f"{of_salt:.0f} mg of magnesium?",
            hint=_HINT,
        )
    if is_salt and form is None:
        raise InputError(f'"{shown(text)}" does not say of which salt.', hint=_HINT)
    each = form.elemental_mg(mg) if form is not None and is_salt else mg
    if not 0 < each <= MOST_ELEMENTAL_MG or mg > MOST_MG or not 1 <= count <= MOST_COUNT:
        raise InputError(
            f'"{shown(text)}" is no amount that people take: up to {MOST_COUNT} units of up to '
            f"{MOST_ELEMENTAL_MG:,} mg of magnesium can be logged at once.",
            hint="Look at the label once more: a number beside a salt may be the salt. " + _HINT,
        )
    return Product(count, each, form, text)


def _form(name: Sequence[str], forms: Sequence[Form], text: str) -> Form | None:
    """The salt that is named; None where only magnesium is. InputError where it is none of ours."""
    parts = (word.removeprefix(_MAGNESIUM) or word for word in name)  # "magnesiumcitraat"
    wanted = {stem(word) for word in parts} - {stem(_MAGNESIUM)}
    if not name:
        raise InputError(f'"{shown(text)}" does not say of what.', hint=_HINT)
    if not wanted:
        return None
    fitting = [form for form in forms if wanted <= _words_of(form)]
    if not fitting:
        known = ", ".join(form.id.replace("_", " ") for form in forms)
        raise InputError(
            f'"{shown(" ".join(name))}" is no salt of magnesium that is known here.',
            hint=f"Known are: {known}.",
        )
    return min(fitting, key=lambda form: (len(_words_of(form) - wanted), forms.index(form)))


def _words_of(form: Form) -> set[str]:
    names = (form.id.replace("_", " "), form.name_en, form.name_nl.removeprefix(_MAGNESIUM))
    return {stem(word) for name in names for word in comparable(name)}
