"""Languages in words."""

from __future__ import annotations

from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

VARIETIES = {
    "Arab": gettext_lazy("Arabic script"),
    "Cyrl": gettext_lazy("Cyrillic script"),
    "Latn": gettext_lazy("Latin script"),
    "tarask": gettext_lazy("classical spelling"),
}
"""The subtags by which the record tells spellings of one language apart."""


def language_name(code: str) -> str:
    """A language in words: “Uzbek (Cyrillic script)”; the code where there is no name for it."""
    language, _hyphen, variety = code.partition("-")
    try:
        name = _("Chinese") if language == "zh" else get_language_info(language)["name_translated"]
    except KeyError:
        return code
    return f"{name} ({VARIETIES.get(variety, variety)})" if variety else name
