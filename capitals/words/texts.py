"""A text together with the language that it is in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A text of the record as a page has it: for want of its own language, perhaps in the other."""

    words: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.words)
