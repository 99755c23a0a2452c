"""The cases of Russian names: a reader asks «в Гяндже», «про Лачин», «рядом с Ошем».

A table of endings and no library of the language: the names are some two hundred, all of places, and a
form too many does no harm to the search, where one too few would leave a reader with nothing. Names in
-и, -ы, -е, -э, -у and -ю do not change: Гюмри, Алматы, Душанбе, Баку.
"""

from __future__ import annotations

import re

HUSHING = "жшчщц"
"""After these the instrumental case has е: Воронежем, Ошем."""
WITH_I = "гкхжшчщ"
"""After these и is written and not ы."""

_ENDING = re.compile(r"(?:ский|цкий|ый|ое|ия|ье|[абвгдёжзйклмнопрстфхцчшщья])$")
_DECLINED = re.compile(r"[А-ЯЁа-яё]+(?=$|-на-)|[А-ЯЁа-яё]+(?:ый|ий)(?= )")
"""Of several words the last one is declined, an adjective before it too: Новый Мерв, Могилёв-на-Днепре."""

CASES, WAYS = 5, 2
"""Genitive, dative, accusative, instrumental, prepositional; how many ways a word has at most."""

ENDINGS: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    # What falls off, and for each way to decline it what comes instead, by case.
    "ский": ("ий", (("ого", "ому", "ий", "им", "ом"),)),
    "цкий": ("ий", (("ого", "ому", "ий", "им", "ом"),)),
    "ый": ("ый", (("ого", "ому", "ый", "ым", "ом"),)),
    "ое": ("ое", (("ого", "ому", "ое", "ым", "ом"), ("ого", "ому", "ое", "им", "ом"))),
    "ия": ("я", (("и", "и", "ю", "ей", "и"),)),
    "ье": ("е", (("я", "ю", "е", "ем", "е"),)),
    "й": ("й", (("я", "ю", "й", "ем", "е"),)),
    # Of either gender: Елизаветполя, Беларуси.
    "ь": ("ь", (("я", "ю", "ь", "ем", "е"), ("и", "и", "ь", "ью", "и"))),
    "я": ("я", (("и", "е", "ю", "ей", "е"),)),
    "о": ("о", (("а", "у", "о", "ом", "е"),)),
}
"""The ways of declining by the end of the name, the longest first; -а and consonants see below."""


def case_forms(name: str) -> list[str]:
    """What `name` becomes in the other cases, each form once; none where it does not change."""
    forms = dict.fromkeys(_form(name, case, way) for way in range(WAYS) for case in range(CASES))
    return [form for form in forms if form != name]


def _form(name: str, case: int, way: int) -> str:
    """The name with each of its words that change in that case."""
    return _DECLINED.sub(lambda word: _declined(word[0], case, way), name)


def _declined(word: str, case: int, way: int) -> str:
    """The word in that case, in the last of its ways where it has no second one."""
    match = _ENDING.search(word)
    if match is None:
        return word
    ending = match[0]
    dropped, ways = ENDINGS.get(ending) or _by_the_letter(word)
    return word[: len(word) - len(dropped)] + ways[min(way, len(ways) - 1)][case]


def _by_the_letter(word: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """What falls off a name in -а or in a consonant, and what comes instead."""
    if not word.endswith("а"):
        return "", (("а", "у", "", "ем" if word[-1] in HUSHING else "ом", "е"),)
    plural = "и" if word[-2:-1] in WITH_I else "ы"
    # Where the ending is stressed it is -ой after any letter: Шушой, Самарой.
    instrumental = ("ой", "ей") if word[-2:-1] in HUSHING else ("ой",)
    return "а", tuple((plural, "е", "у", by, "е") for by in instrumental)
