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
    """`words` without what neither XML nor iCalendar can hold: control characters and what is no character.

    Each line ends in the same way.
    """
    return "".join(filter(_is_printable, _LINE_END.sub("\n", words)))


def _is_printable(letter: str) -> bool:
    no_character = ord(letter) & 0xFFFE == 0xFFFE
    return letter in "\n\t" or not (no_character or unicodedata.category(letter) == "Cc")
