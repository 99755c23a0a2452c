"""One folding for everything that is sorted or searched, the same on every database."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['ʹʼ’‘`ʻ]")


def fold(text: str) -> str:
    """`text` in small ASCII letters and single spaces.

    “Gəncə” gives `gence`, “Санкт-Петербург” gives `sankt peterburg`: case,
    accents, ё and е, apostrophes and hyphens make no difference. anyascii is the
    transliterator because Unidecode and text-unidecode turn ə into “@”.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    ascii_text = _APOSTROPHES.sub("", anyascii(_APOSTROPHES.sub("", bare)).casefold())
    return _NOT_A_WORD.sub(" ", ascii_text).strip()
