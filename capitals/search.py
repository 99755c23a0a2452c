"""What a reader looks for, and what a slip of the finger may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from capitals.folding import fold
from capitals.models import FIRST_YEAR, LAST_YEAR, SearchEntry

SHORT = 3
"""Words of so many letters, and numbers, are looked for at the beginnings of words alone.

Else “Osh” would find Toshkent and “az” Kazakhstan, and no trigram index could help. One
letter is looked for as a word of its own.
"""
NEAR_ENOUGH = 0.7
"""The least likeness of a word to the one that may have been meant: 1 less the slips for each letter.

A slip is a letter wrong, missing or too many, or two that changed places.
"""
ABOUT_AS_NEAR = 0.1
"""By how much less than the nearest name another may be like what was typed."""
NEAREST = 8


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


def nearest(query: SearchQuery) -> list[tuple[SearchEntry, SearchQuery]]:
    """The entries with a name near to the query, the nearest first, each with what may have been meant.

    Near is a name in which every word of the query has a likeness, or a word that is like
    the whole query.
    """
    named = SearchEntry.objects.exclude(folded_names="|")
    rows = list(named.values_list("address", "kind", "folded_names"))
    known = set(" ".join(names for _address, _kind, names in rows).split()) - {"|"}
    like = {word: _likeness(word.text, known) for word in (*query.words, query.together)}
    kinds = SearchEntry.Kind.values
    ways = [asked for asked in (query.words, (query.together,)) if all(like[word] for word in asked)]
    found = []
    for address, kind, names in rows if ways else ():
        for asked in ways:
            pairs = [_best(like[word], names) for word in asked]
            score = sum(pair[0] for pair in pairs) / len(pairs) if all(pair[0] for pair in pairs) else 0
            if score:
                found.append((-score, kinds.index(kind), address, " ".join(pair[1] for pair in pairs)))
    found.sort()
    meant: dict[str, str] = {}
    for score, _kind, address, spaced in found:
        if -score >= -found[0][0] - ABOUT_AS_NEAR and len(meant) < NEAREST:
            meant.setdefault(address, spaced)
    entries = SearchEntry.objects.with_places().in_bulk(meant)
    return [(entries[address], SearchQuery(spaced)) for address, spaced in meant.items()]


def _likeness(word: str, known: Iterable[str]) -> dict[str, float]:
    """The `known` words that are near to `word`, each with its likeness, up to 1."""
    near = process.extract(
        word, known, scorer=OSA.normalized_similarity, score_cutoff=NEAR_ENOUGH, limit=None
    )
    return {found: likeness for found, likeness, _position in near}


def _best(like: dict[str, float], names: str) -> tuple[float, str]:
    """The word in the folded `names` that is most alike, behind its likeness; 0 where none is near.

    Of words that are equally alike the first is taken: titles stand before other names.
    """
    words = [word for word in like if f" {word} " in names]
    best = max(words, key=lambda word: (like[word], -names.index(f" {word} ")), default="")
    return like.get(best, 0), best
