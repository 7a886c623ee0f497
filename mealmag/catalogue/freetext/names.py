"""Names compared as people write them: joined or apart, one or many, in any order, in either language.

A name has several keys, from the strictest to the loosest. A stricter one decides before a looser one is
asked, so that "milk chocolate" is not "chocolate milk", though both have the same words; but already the
strictest makes no difference between one and many, nor between a compound joined and apart.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from mealmag.catalogue.search import plain

_LITTLE = frozenset({"of", "a", "an", "the", "de", "het", "een", "van", "n"})
_IRREGULAR: Mapping[str, str] = MappingProxyType({
    "eieren": "ei", "leaves": "leaf", "halves": "half", "loaves": "loaf", "yogurt": "yoghurt",
    "yogurts": "yoghurt", "yoghourt": "yoghurt", "soy": "soya", "chili": "chilli", "tinned": "canned",
    "fris": "frisdrank",  # no fries
})  # fmt: skip
# Endings of more than one, with what stands in their place. Both languages at once: a stem need not be a
# word, only the same for all forms of one.
_ENDINGS = (
    ("ches", "ch"), ("che", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("oes", "o"), ("ies", "i"),
    ("ie", "i"), ("en", ""), ("s", ""), ("y", "i"),
)  # fmt: skip
# Dutch adjectives have it or not, by number and gender: "gekookt ei", "gekookte eieren".
_INFLECTION = ("e", "")
_SHORTEST_STEM = 2
_VOICED: Mapping[str, str] = MappingProxyType({"v": "f", "z": "s"})
_DOUBLE_VOWEL = re.compile(r"([aeou])\1")
_PLUS = re.compile(r"(?<=[0-9])\+")
# Four spellings, and two words, for what English kitchens do not tell apart.
_WHOLE_GRAIN = re.compile(r"\bwhole[\s-]?(?:grain|meal|wheat)\b")
_BRACKETS = re.compile(r"\([^()]*\)")


def comparable(text: str) -> tuple[str, ...]:
    """The words of a name without capitals, accents and hyphens, and without articles and "of".

    The signs of "2% milk" and "cheese 48+" are words: two milks are something else.
    """
    text = text.casefold().replace("’", "'").replace("'s", "s")
    text = text.replace("&", " and ").replace("%", " percent ")
    text = _WHOLE_GRAIN.sub("wholewheat", text)
    words = plain(_PLUS.sub(" plus ", text)).split()
    return tuple(word for word in words if word not in _LITTLE) or tuple(words)


@lru_cache(maxsize=32_768)
def stem(word: str, *, loose: bool = True) -> str:
    """What one and many have in common: "bananen" and "banaan", "berries" and "berry".

    A loose stem is without the "e" of a Dutch adjective too.
    """
    word = _IRREGULAR.get(word, word)
    if not word.isalpha():
        return word
    endings = (*_ENDINGS, _INFLECTION) if loose else _ENDINGS
    before = ""
    while word != before:
        before = word
        word = _shorter(word, endings)
    return _DOUBLE_VOWEL.sub(r"\1", word)


def _shorter(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] + _VOICED.get(word[-1], word[-1])


def keys(text: str) -> Iterator[str]:
    """The keys of a name, strictest first; a name may lack one, which is empty then.

    They are: as one word, by number alone; by loose stems in their order; by those in any order; and as the
    first, without what stands in brackets and the sign of a percentage at the end. Only in two words or more
    may one be an adjective.
    """
    words = comparable(text)
    yield number_key(words)
    stems = [stem(word) for word in words] if len(words) > 1 else []
    yield " ".join(stems)
    yield " ".join(sorted(stems))
    if "(" in text:
        words = comparable(_BRACKETS.sub(" ", text))
    if words and not words[0][0].isdecimal() and words[-1] == "percent":
        words = words[:-1]
    yield number_key(words)


def number_key(words: tuple[str, ...]) -> str:
    """Words as one, the same for one thing and for many."""
    return stem("".join(words), loose=False)


def meaning_key(text: str) -> str:
    """The key under which a meaning is remembered: the words in their order, one and many alike."""
    return " ".join(stem(word, loose=False) for word in comparable(text))
