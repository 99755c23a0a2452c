"""A text made to fit where there is little room: whole sentences, else whole words."""

from __future__ import annotations

import re

_END_OF_SENTENCE = re.compile(r"(?:(?<=\w{4})[”’»)]*\.|[!?])[”’»)]*(?=\s+[“‘«(]?[A-ZА-ЯЁ0-9])")
"""A full stop behind a short word may be that of “St.”, “г.” or “им.”: no sentence is taken to end there."""
_MARKS_BETWEEN = " \t\n.,;:–—-(“‘«"
"""What does not stand before the sign that something is left out."""
ENOUGH = 0.5
"""The part of the room that whole sentences must fill to be all that is said."""


def shortened(text: str, length: int) -> str:
    """`text` in at most so many characters: as many whole sentences as fit, where they say enough.

    Else it is cut between two words, within a word only where it is longer than all the room;
    then “…” stands for the rest.
    """
    if len(text) <= length:
        return text
    ends = [match.end() for match in _END_OF_SENTENCE.finditer(text) if match.end() <= length]
    if ends and ends[-1] >= length * ENOUGH:
        return text[: ends[-1]]
    room = text[:length]
    words, space, _cut = room.rpartition(" ")
    return f"{(words if space else room[:-1]).rstrip(_MARKS_BETWEEN)}…"
