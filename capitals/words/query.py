"""What a reader typed, folded into the words that the search looks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from capitals.words.dates import FIRST_YEAR, LAST_YEAR
from capitals.words.folding import fold
from capitals.words.question_words import (
    ASKING,
    ASKING_OF_A_CAPITAL,
    ASKING_OF_A_PLACE,
    BEHIND_A_YEAR,
    CAPITAL,
    CEREMONY,
    TIME,
)

SHORT = 3
"""Words of so many letters, and numbers, are looked for at the beginnings of words alone.

Else “Osh” would find Toshkent and “az” Kazakhstan, and no trigram index could help. One
letter is looked for as a word of its own.
"""
_YEAR = re.compile(rf"(\d{{4}})(?:{'|'.join(sorted(BEHIND_A_YEAR))})?")


@dataclass(frozen=True)
class SearchWord:
    """A folded word of a query."""

    text: str

    @property
    def pattern(self) -> str:
        """What a folded text with this word in it holds."""
        before = " " if len(self.text) <= SHORT or self.text.isdigit() else ""
        return f"{before}{self.text}{' ' if len(self.text) == 1 else ''}"

    @property
    def year(self) -> int | None:
        """The year that it is, if it is one that the site accepts."""
        year = int(self.text) if len(self.text) == 4 and self.text.isdigit() else 0
        return year if FIRST_YEAR <= year <= LAST_YEAR else None


def is_of_a_question(word: str) -> bool:
    """Whether the folded word is one of a question, or a year."""
    asking = (ASKING, ASKING_OF_A_CAPITAL, ASKING_OF_A_PLACE, TIME, CEREMONY)
    return any(word in words for words in asking) or SearchWord(word).year is not None


def letters_of(text: str) -> str:
    """The letters and digits of `text` in their own script, small and without anything between them."""
    return "".join(filter(str.isalnum, text.casefold()))


@dataclass(frozen=True)
class SearchQuery:
    """What a reader typed, folded: words in small ASCII letters with single spaces."""

    spaced: str
    typed: str = ""
    """Its letters as they were typed: of spellings that fold alike, the one in that script is meant."""

    @classmethod
    def read(cls, typed: str) -> SearchQuery:
        """The query that was typed, in whatever script."""
        return cls(fold(typed), letters_of(typed))

    @cached_property
    def words(self) -> tuple[SearchWord, ...]:
        """Its words, each once."""
        return tuple(map(SearchWord, dict.fromkeys(self.spaced.split())))

    @cached_property
    def together(self) -> SearchWord:
        """All of it as one word: “nur sultan” is “nursultan” too."""
        return SearchWord(self.spaced.replace(" ", ""))

    @cached_property
    def asked(self) -> SearchQuery:
        """What it asks for: itself without the words that only ask, a year without its ending.

        Itself, where too little would be left to look for.
        """
        left = self.telling
        enough = any(len(word) > 1 for word in left)
        changed = left != self.spaced.split()
        return SearchQuery(" ".join(left), self.typed) if enough and changed else self

    @cached_property
    def telling(self) -> list[str]:
        """Its words without those that only ask, a year without its ending; none may be left."""
        words = self.spaced.split()
        asking = ASKING | ASKING_OF_A_CAPITAL if CAPITAL.intersection(words) else ASKING
        left: list[str] = []
        for word in words:
            year = _YEAR.fullmatch(word)
            of_a_year = bool(left) and word in BEHIND_A_YEAR and SearchWord(left[-1]).year
            if year and SearchWord(year[1]).year:
                left.append(year[1])
            elif word not in asking and not of_a_year:
                left.append(word)
        return left
