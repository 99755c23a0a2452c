"""What a slip of the finger may have meant: names that are near to what was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from math import ceil, floor
from operator import and_, or_
from threading import Lock
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from capitals.models import SearchEntry, SearchKind, SearchWord
from capitals.search.numbers import chosen, union
from capitals.words.query import SearchQuery

NEAR_ENOUGH = 0.7
"""The least likeness of a word to the one that may have been meant: 1 less the slips for each letter.

A slip is a letter wrong, missing or too many, or two that changed places.
"""
NEAR_ENOUGH_TO_A_WORD = 0.8
"""The same for words that name no place: they are many, and “Полацк” is no slip for “Палац”."""
PLACES = (SearchEntry.Kind.CITY, SearchEntry.Kind.COUNTRY, SearchEntry.Kind.DESIGNATION)
ABOUT_AS_NEAR = 0.1
"""By how much less than the nearest name another may be like what was typed."""
NEAREST = 8
MOST_KEPT = 500
"""For how many words what is like them is kept in mind."""
MOST_LOOKED_AT = 2000
"""How many entries with words that are like those typed are put in order: places first."""


class Names:
    """The words in all names of the search, folded."""

    def __init__(self) -> None:
        words = SearchWord.objects.exclude(names=b"").exclude(word__contains=" ")
        self.words = frozenset(words.values_list("word", flat=True))
        self._of_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            self._of_length[len(word)].append(word)
        self._like: dict[str, dict[str, float]] = {}

    def like(self, word: str) -> dict[str, float]:
        """The words that are near to `word`, each with its likeness, up to 1."""
        if word not in self._like:
            if len(self._like) >= MOST_KEPT:
                self._like.clear()
            self._like[word] = self._near(word)
        return self._like[word]

    def _near(self, word: str) -> dict[str, float]:
        # A word that is much longer or shorter has too many letters wrong.
        lengths = range(ceil(len(word) * NEAR_ENOUGH), floor(len(word) / NEAR_ENOUGH) + 1)
        near = (
            process.extract(
                word,
                self._of_length.get(length, ()),
                scorer=OSA.normalized_similarity,
                score_cutoff=NEAR_ENOUGH,
                limit=None,
            )
            for length in lengths
        )
        return {found: likeness for alike in near for found, likeness, _position in alike}


_making = Lock()
_known: dict[str, Names] = {}
"""The words of the record that stands, by the digest of its names."""


def names_known() -> Names:
    """All names of the search; read from the database once for each record."""
    digest = SearchKind.objects.values_list("names", flat=True).first() or ""
    with _making:
        if digest not in _known:
            _known.clear()
            _known[digest] = Names()
        return _known[digest]


class Near(NamedTuple):
    """An entry with a name near to what was typed."""

    entry: SearchEntry
    words: SearchQuery
    """Those of the name, which may have been meant."""
    likeness: float
    """A little more for a place, which readers mean more often."""


def nearest(query: SearchQuery, known: Names, sure: Collection[str] = ()) -> list[Near]:
    """The entries with a name near to the query, the nearest first.

    No number is a slip, and no word of `sure`.
    Near is a name in which every word of the query has a likeness, or a word that is like
    the whole query.
    """
    certain = {word for word in query.words if word.text in sure or word.text.isdigit()}
    like = {word: known.like(word.text) for word in (*query.words, query.together)}
    like |= {word: {word.text: 1.0} for word in certain}
    kinds = SearchEntry.Kind.values
    wanted = (query.words,) if certain else (query.words, (query.together,))
    ways = [asked for asked in wanted if all(like[word] for word in asked)]
    found = []
    for address, kind, names in _entries_with([[like[word] for word in asked] for asked in ways]):
        for asked in ways:
            pairs = [_best(like[word], names) for word in asked]
            least = 0 if kind in PLACES else NEAR_ENOUGH_TO_A_WORD
            if all(pair[0] > 0 and pair[0] >= least for pair in pairs):
                score = sum(pair[0] for pair in pairs) / len(pairs)
                score += ABOUT_AS_NEAR if kind in PLACES else 0
                found.append((-score, kinds.index(kind), address, " ".join(pair[1] for pair in pairs)))
    found.sort()
    meant: dict[str, tuple[str, float]] = {}
    for score, _kind, address, spaced in found:
        if -score >= -found[0][0] - ABOUT_AS_NEAR and len(meant) < NEAREST:
            meant.setdefault(address, (spaced, -score))
    entries = SearchEntry.objects.with_numbers().with_places().in_bulk(meant)
    return [Near(entries[address], SearchQuery(spaced), score) for address, (spaced, score) in meant.items()]


def _entries_with(ways: Iterable[Sequence[Collection[str]]]) -> list[tuple[str, str, str]]:
    """Address, kind and names of the entries with one word of each group in a name, in one of the ways."""
    ways = list(ways)
    words = {word for way in ways for group in way for word in group}
    kept = dict(SearchWord.objects.filter(word__in=words).values_list("word", "names"))

    def holding(group: Collection[str]) -> int:
        return union(kept[word] for word in group if word in kept)

    numbers = reduce(or_, (reduce(and_, map(holding, way), -1) for way in ways if way), 0)
    if not numbers:
        return []
    rows = SearchEntry.objects.numbered(chosen(numbers, 0, MOST_LOOKED_AT))
    return list(rows.values_list("address", "kind", "folded_names"))


def _best(like: dict[str, float], names: str) -> tuple[float, str]:
    """The word in the folded `names` that is most alike, behind its likeness; 0 where none is near.

    Of words that are equally alike the first is taken: titles stand before other names.
    """
    words = [word for word in like if f" {word} " in names]
    best = max(words, key=lambda word: (like[word], -names.index(f" {word} ")), default="")
    return like.get(best, 0), best
