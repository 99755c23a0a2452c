"""A text together with the language that it is in, and what of it other formats can hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Text:
    """A text of the record as a page has it: for want of its own language, perhaps in the other."""

    words: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.words)


def printable(words: str) -> str:
    """`words` without the characters that neither XML nor iCalendar can hold; each line ends in one way.

    What is left out has no form on paper: control characters, halves of a pair, what is no character.
    """
    return "".join(
        letter
        for letter in _LINE_END.sub("\n", words)
        if letter in "\n\t"
        or not (unicodedata.category(letter) in {"Cc", "Cs"} or ord(letter) & 0xFFFE == 0xFFFE)
    )
