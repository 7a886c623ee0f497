"""Which words tell of a kidney disease: in English and Dutch, in full, in letters, and nearly spelt right.

It errs on the careful side: what is wrong with the kidneys in any way is a kidney disease "of unknown degree"
until somebody says more. Stones in them are what the table of interactions makes of them, and the adrenal
glands (bijnieren) are no kidneys.
"""

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from types import MappingProxyType

MODERATE, SEVERE = "ckd_moderate", "ckd_severe"  # ids in the table of interactions

# Names to show; the patterns below know many more.
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        MODERATE: (
            "kidney disease", "kidney", "kidney failure", "renal", "ckd", "nephropathy", "nephritis",
            "nephrotic", "glomerulonephritis", "nierziekte", "nierfunctie", "nierinsufficiëntie",
            "nefropathie", "nefritis",
        ),
        SEVERE: ("dialysis", "haemodialysis", "kidney failure", "esrd", "esrf", "nierfalen", "dialyse"),
    }
)  # fmt: skip

# "EGFR" is a receptor too, of which some tumours have too much: its medicines are in the table by their name.
_EGFR = r"egfr(?!\W*(?:inhib|block|antag|antibod|remmer|mut|pos|neg|\+))"
_SEVERE = re.compile(r"dialys|dialyz|esr[df]")
_EITHER = re.compile(rf"(?<!bij)nierfalen|{_EGFR}")  # the degree is not said, or by a number alone
_ANY = re.compile(
    r"ckd|(?<!ad)(?<!supra)renaa?l|glomerul|ne(?:ph|f)rit[ie]s|ne(?:ph|f)ro(?:pat|ti[cs]|se|sis)"
    r"|\bnier(?!st)|(?<!bij)nier(?:ziek|falen|insuf|func|schade|aandoen|patient|transpl)|cystenier"
)
_NEARLY = ("kidney", "dialysis", "dialyse", "nierziekte", "nierfalen", "nierinsufficientie")
_NEAR = 0.8  # of SequenceMatcher: two letters that changed places in six


def kidney_rows(word: str) -> frozenset[str]:
    """The rows of the interactions table (`MODERATE`, `SEVERE`) that a person's word means; mostly none.

    Case, accents and how words are joined do not matter. No errors.
    """
    text = _plain(word)
    if _EITHER.search(text):
        return frozenset({MODERATE, SEVERE})
    if _SEVERE.search(text):
        return frozenset({SEVERE})
    if _ANY.search(text) or any(_is_nearly_one(token) for token in re.findall(r"\w+", text)):
        return frozenset({MODERATE})
    return frozenset()


def _plain(word: str) -> str:
    """Lower case, without accents, with one space for whatever joins two words."""
    letters = unicodedata.normalize("NFKD", word.lower())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+|\+", kept))


def _is_nearly_one(token: str) -> bool:
    """Whether a word is one of those with a slip or two; its first letter is right."""
    return any(
        token[0] == known[0] and SequenceMatcher(None, token, known).ratio() >= _NEAR
        for known in _NEARLY
    )
