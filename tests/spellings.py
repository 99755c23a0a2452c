"""How readers type a name."""

from __future__ import annotations

import unicodedata


def ways_to_type(name: str) -> set[str]:
    """The name as it is, in capitals, without accents, with hyphens for spaces and the reverse."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    )
    return {
        name,
        name.upper(),
        name.lower(),
        bare,
        name.replace("-", ""),
        name.replace("-", " "),
        name.replace(" ", "-"),
        name.replace(" ", "_"),
    }
