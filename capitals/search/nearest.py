"""What a slip of the finger may have meant: names that are near to what was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from capitals.models import SearchEntry
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


class Names:
    """All names in the search, folded, and the words in them."""

    def __init__(self) -> None:
        named = SearchEntry.objects.exclude(folded_names="|")
        self.rows = list(named.values_list("address", "kind", "folded_names"))
        self.words = set(" ".join(names for _address, _kind, names in self.rows).split()) - {"|"}


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
    like = {word: likeness(word.text, known.words) for word in (*query.words, query.together)}
    like |= {word: {word.text: 1.0} for word in certain}
    kinds = SearchEntry.Kind.values
    wanted = (query.words,) if certain else (query.words, (query.together,))
    ways = [asked for asked in wanted if all(like[word] for word in asked)]
    found = []
    for address, kind, names in known.rows if ways else ():
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
    entries = SearchEntry.objects.with_places().in_bulk(meant)
    return [Near(entries[address], SearchQuery(spaced), score) for address, (spaced, score) in meant.items()]


def likeness(word: str, known: Iterable[str]) -> dict[str, float]:
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
