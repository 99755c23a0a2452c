"""One folding for everything that is sorted or searched, the same on every database."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

MOST_LETTERS = 5000
"""So many letters are remembered: more than the record has."""
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['ʹʼ’‘`ʻ՛՜՞]")
"""Signs within a word: apostrophes, and the Armenian ones of stress and question, as in “ո՞ր”."""


def fold(text: str) -> str:
    """`text` in small ASCII letters and single spaces.

    “Gəncə” gives `gence`, “Санкт-Петербург” gives `sankt peterburg`: case,
    accents, ё and е, apostrophes and hyphens make no difference. anyascii is the
    transliterator because Unidecode and text-unidecode turn ə into “@”.
    """
    return " ".join(text.translate(_FOLDED).split())


@lru_cache(maxsize=MOST_LETTERS)
def fold_letter(letter: str) -> str:
    """What one letter becomes: none for an apostrophe or accent, several for щ, a space for a hyphen.

    Letter by letter, so that a place in the folded text has its place in the text itself.
    """
    decomposed = unicodedata.normalize("NFKD", letter.casefold())
    bare = "".join(part for part in decomposed if not unicodedata.combining(part))
    ascii_text = _APOSTROPHES.sub("", anyascii(_APOSTROPHES.sub("", bare)).casefold())
    return _NOT_A_WORD.sub(" ", ascii_text)


class _Folded(dict[int, str]):
    """What letters become, by their code, for `str.translate`, which is many times as fast as a loop."""

    def __missing__(self, code: int) -> str:
        folded = fold_letter(chr(code))
        if len(self) < MOST_LETTERS:
            self[code] = folded
        return folded


_FOLDED = _Folded()


def russian_order(text: str) -> str:
    """An ASCII key whose order of bytes is the Russian one: digits, а to я, then Latin letters.

    ё counts as е, as in Russian dictionaries; what is neither letter nor digit parts words.
    """
    keyed = "".join(map(_key_of_letter, text.casefold().replace("ё", "е")))
    return " ".join(keyed.split())


def _key_of_letter(letter: str) -> str:
    if "а" <= letter <= "я":
        # 32 letters take the 32 ASCII characters before the small Latin ones.
        return chr(ord("A") + ord(letter) - ord("а"))
    return fold_letter(letter)
