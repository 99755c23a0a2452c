"""Slips of the keyboard: a word in the letters of two scripts, or typed on the wrong layout."""

from __future__ import annotations

import re

LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю."
"""The keys of both layouts, row by row."""
WITH_SHIFT = {"~": "Ё", "{": "Х", "}": "Ъ", ":": "Ж", '"': "Э", "<": "Б", ">": "Ю", "?": ","}
"""Those that give no letter on the Latin layout, with shift."""


def _layout(keys: str, others: str) -> dict[int, str]:
    """What each of `keys` is on the other layout, and each letter with shift."""
    pairs = list(zip(keys, others, strict=True))
    return str.maketrans(dict(pairs) | {key.upper(): other.upper() for key, other in pairs if key.isalpha()})


_TO_RUSSIAN = _layout(LATIN_KEYS, RUSSIAN_KEYS) | str.maketrans(WITH_SHIFT)
_TO_LATIN = _layout(RUSSIAN_KEYS[:-1], LATIN_KEYS[:-1])

LOOKING_LATIN = "aceopxykmtbhi"
LOOKING_CYRILLIC = "асеорхукмтвні"
"""Letters that look alike in the two scripts, small or as capitals."""

_AS_CYRILLIC = str.maketrans(
    LOOKING_LATIN + LOOKING_LATIN.upper(), LOOKING_CYRILLIC + LOOKING_CYRILLIC.upper()
)
_AS_LATIN = str.maketrans(LOOKING_CYRILLIC + LOOKING_CYRILLIC.upper(), LOOKING_LATIN + LOOKING_LATIN.upper())
_LATIN, _CYRILLIC = re.compile("[a-z]", re.IGNORECASE), re.compile("[а-яёіў]", re.IGNORECASE)


def in_one_script(word: str) -> list[str]:
    """The word in Cyrillic or in Latin letters alone, if it mixes them and look-alikes allow it."""
    if not (_LATIN.search(word) and _CYRILLIC.search(word)):
        return []
    cyrillic, latin = word.translate(_AS_CYRILLIC), word.translate(_AS_LATIN)
    return [
        *([] if _LATIN.search(cyrillic) else [cyrillic]),
        *([] if _CYRILLIC.search(latin) else [latin]),
    ]


def on_the_other_layout(word: str) -> list[str]:
    """What the same keys give on the other layout, Russian or English: `Uzylf;f` is “Гянджа”."""
    made = (word.translate(_TO_RUSSIAN), word.translate(_TO_LATIN))
    return [typed for typed in made if typed != word]
