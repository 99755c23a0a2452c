"""Names as readers inflect them: Azerbaijani, Armenian and Belarusian endings by rule, Russian cases beside.

Rules and no library, as for Russian (`declension.py`): the names are of places, and a form too many does
no harm to the search. Articles, the copula and the ending of “with” count as cases: a reader types them.
"""

from __future__ import annotations

from collections.abc import Callable

from capitals.words.declension import case_forms

AZERBAIJANI_VOWELS = {
    # The last vowel of a name: the open and the close one of its endings.
    "a": ("a", "ı"),
    "ı": ("a", "ı"),
    "o": ("a", "u"),
    "u": ("a", "u"),
    "ə": ("ə", "i"),
    "e": ("ə", "i"),
    "i": ("ə", "i"),
    "ö": ("ə", "ü"),
    "ü": ("ə", "ü"),
}
AFTER_A_CONSONANT = ("{close}n", "{open}", "{close}")
"""Genitive, dative, accusative: Laçının, Laçına, Laçını."""
AFTER_A_VOWEL = ("n{close}n", "y{open}", "n{close}")
"""The same of Gəncə: Gəncənin, Gəncəyə, Gəncəni."""
AFTER_ALL = ("d{open}", "d{open}n", "l{open}", "d{close}r")
"""Locative, ablative, “with”, “is”: Gəncədə, Gəncədən, Laçınla, Laçındır."""

ARMENIAN_ENDINGS = ("ի", "ին", "ում", "ից", "ով")
"""Genitive, with the article, locative, ablative, instrumental."""
ARMENIAN_VOWELS = "աեէըիոօու"
WITH_A_GLIDE = "աոօ"
"""After these a յ stands before the ending: Գաբալայում."""
OLDER_GENITIVE = ("ու", "ուն", "ուց")
"""Of names in -ի, beside the younger one: Գյումրու, Գյումրիի."""

BELARUSIAN_HARD = "жшчрц"
"""After these the locative has ы: Варонежы."""
BELARUSIAN_VELAR = "гкх"
"""After these it has у: Мінску."""
BELARUSIAN_SOFTENED = {"т": "ц", "д": "дз", "ў": "в"}
"""What a last consonant becomes before the locative's е: Брэсце, Ленінградзе, Магілёве."""
BELARUSIAN_SOFTENED_OF_WOMEN = BELARUSIAN_SOFTENED | {"г": "з", "к": "ц", "х": "с"}
"""Of names in -а, which soften more: Рызе."""


def inflected(name: str, language: str) -> list[str]:
    """The other forms of `name` in that language, each once; none where its rules are not kept."""
    inflect = INFLECTING.get(language)
    return [form for form in dict.fromkeys(inflect(name)) if form != name] if inflect else []


def _azerbaijani(name: str) -> list[str]:
    vowels = [letter for letter in name.replace("I", "ı").lower() if letter in AZERBAIJANI_VOWELS]
    if not vowels:
        return []
    open_vowel, close_vowel = AZERBAIJANI_VOWELS[vowels[-1]]
    endings = (AFTER_A_VOWEL if name[-1:] in AZERBAIJANI_VOWELS else AFTER_A_CONSONANT) + AFTER_ALL
    return [name + ending.format(open=open_vowel, close=close_vowel) for ending in endings]


def _armenian(name: str) -> list[str]:
    glide = "յ" if name[-1:] in WITH_A_GLIDE and not name.endswith("ու") else ""
    articles = ("ն",) if name[-1:] in ARMENIAN_VOWELS else ("ը", "ն")
    older = [name[:-1] + ending for ending in OLDER_GENITIVE] if name.endswith("ի") else []
    return [
        *(name + article for article in articles),
        *(name + glide + ending for ending in ARMENIAN_ENDINGS),
        *older,
    ]


def _belarusian(name: str) -> list[str]:
    stem, last = name[:-1], name[-1:]
    if last == "а":
        # Of women's kind and of neither: Масквы, Маладзечна.
        plural = "і" if stem[-1:] in BELARUSIAN_VELAR else "ы"
        softened = _softened(stem, BELARUSIAN_SOFTENED_OF_WOMEN)
        return [stem + plural, stem + "у", stem + "ай", stem + "ам", stem + "е", softened + "е"]
    if last == "ь":
        return [stem + ending for ending in ("я", "ю", "ем", "і", stem[-1:] + "ю")]
    if last == "е":
        return [stem + ending for ending in ("я", "ю", "ем", "і")]
    if last.lower() not in "бвгджзклмнпрстўфхцчш" or not last:
        return []
    bare = stem + "в" if last == "ў" else name
    locative = "у" if last in BELARUSIAN_VELAR else "ы" if last in BELARUSIAN_HARD else "е"
    where = _softened(name, BELARUSIAN_SOFTENED) if locative == "е" else bare
    return [bare + "а", bare + "у", bare + "ам", where + locative]


def _softened(stem: str, consonants: dict[str, str]) -> str:
    return stem[:-1] + consonants.get(stem[-1:], stem[-1:])


INFLECTING: dict[str, Callable[[str], list[str]]] = {
    "az": _azerbaijani,
    "be": _belarusian,
    "hy": _armenian,
    "ru": case_forms,
}
