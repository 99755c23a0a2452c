"""The site's two languages: which one a page is in, addresses in it; languages in words."""

from __future__ import annotations

from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

ENGLISH, RUSSIAN = "en", "ru"

VARIETIES = {
    "Arab": gettext_lazy("Arabic script"),
    "Cyrl": gettext_lazy("Cyrillic script"),
    "Latn": gettext_lazy("Latin script"),
    "tarask": gettext_lazy("classical spelling"),
}
"""The subtags by which the record tells spellings of one language apart."""


def page_language() -> str:
    """The language of the page that is being made: Russian under /ru/, else English."""
    return RUSSIAN if get_language() == RUSSIAN else ENGLISH


def address_in(language: str, path: str) -> str:
    """`path`, with or without its query, as the edition in that language has it: /ru/cities/ganja/.

    Never begins with two slashes, which a browser would read as another host's address.
    """
    bare = path.removeprefix(f"/{RUSSIAN}") if f"{path}/".startswith(f"/{RUSSIAN}/") else path
    bare = "/" + bare.lstrip("/")
    return f"/{RUSSIAN}{bare}" if language == RUSSIAN else bare


def language_name(code: str) -> str:
    """A language in words: “Uzbek (Cyrillic script)”; the code where there is no name for it.

    Russian writes them with a small letter; what begins with one needs a capital.
    """
    language, _hyphen, variety = code.partition("-")
    try:
        name = _("Chinese") if language == "zh" else get_language_info(language)["name_translated"]
    except KeyError:
        return code
    if page_language() == RUSSIAN:
        name = name.lower()
    return f"{name} ({VARIETIES.get(variety, variety)})" if variety else name
