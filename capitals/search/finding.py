"""What the search finds for a query, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_

from django.db.models import Case, IntegerField, Q, QuerySet, When

from capitals.models import SearchEntry, SearchKind, SearchNumber, SearchWord
from capitals.models.queries import position
from capitals.search.numbers import between, chosen, union
from capitals.search.words import YEAR
from capitals.words.languages import ENGLISH, page_language
from capitals.words.query import SearchQuery
from capitals.words.query import SearchWord as AskedWord

ENGLISH_COLUMN, RUSSIAN_COLUMN = "english", "russian"
COLUMNS = ("word", "names", "first", "whole", ENGLISH_COLUMN, RUSSIAN_COLUMN)
BEHIND_ALL = "{"
"""What sorts behind every word that begins with the letters before it."""
MOST_PLACES = 2000
"""How many entries with such a name are looked at, at most: cities and countries first."""


@dataclass(frozen=True)
class Found:
    """What a query finds, the best first."""

    leading: tuple[int, ...]
    """The numbers of those that stand before all others, in their order."""
    tiers: tuple[int, ...]
    """The others: sets of numbers, the better before the worse; each is in the order of its numbers."""

    @cached_property
    def kinds(self) -> dict[str, int]:
        """All entries of each kind that there is."""
        return kinds()

    @cached_property
    def _all(self) -> int:
        return reduce(or_, self.tiers, reduce(or_, (1 << number for number in self.leading), 0))

    def of_kind(self, kind: str) -> Found:
        """Those of that kind; all of them where it is empty."""
        if not kind:
            return self
        wanted = self.kinds.get(kind, 0)
        leading = tuple(number for number in self.leading if wanted >> number & 1)
        return Found(leading, tuple(tier & wanted for tier in self.tiers))

    def numbers_by_kind(self) -> dict[str, int]:
        """How many there are of each kind that there is."""
        found = self._all
        if not found:
            return {}
        numbers = {kind: (found & entries).bit_count() for kind, entries in self.kinds.items()}
        return {kind: number for kind, number in numbers.items() if number}

    def __len__(self) -> int:
        return self._all.bit_count()

    def count(self) -> int:
        return len(self)

    def exists(self) -> bool:
        return bool(self._all)

    def holds(self, number: int) -> bool:
        """Whether the entry of that number is among them."""
        return bool(self._all >> number & 1)

    def numbers(self, first: int, last: int) -> list[int]:
        """The numbers from one place to before another, in the order of the results."""
        found = list(self.leading[first:last])
        passed = len(self.leading)
        for tier in self.tiers:
            number = tier.bit_count()
            if passed + number > first and passed < last:
                found += chosen(tier, max(first - passed, 0), last - passed)
            passed += number
        return found

    def __getitem__(self, places: slice) -> list[SearchEntry]:
        """The results at these places, with city and country."""
        first = places.start or 0
        last = len(self) if places.stop is None else places.stop
        numbers = self.numbers(first, last)
        entries = {entry.at: entry for entry in SearchEntry.objects.numbered(numbers).with_places()}
        return [entries[number] for number in numbers if number in entries]


class _Words:
    """The words that hold what some queries look for.

    A name of several words is among them as one too, “nursultan”: see `column_of_names`.
    """

    def __init__(self, *queries: SearchQuery) -> None:
        asked = {word for query in queries for word in (*query.words, query.together) if word.text}
        found = [is_in_words(word) for word in asked]
        found += [Q(word=YEAR % word.year) for word in asked if word.year]
        self.words = (
            list(SearchWord.objects.filter(reduce(or_, found)).values_list(*COLUMNS)) if found else []
        )

    def with_word(self, word: AskedWord, column: str) -> int:
        """The entries that hold the word there."""
        place = COLUMNS.index(column)
        return union(row[place] for row in self.words if holds(row[0], word))

    def with_all(self, query: SearchQuery, column: str) -> int:
        """The entries that hold every word of the query there, or the query written as one word."""
        every = reduce(and_, (self.with_word(word, column) for word in query.words), -1) if query.words else 0
        return every | (self.with_word(query.together, column) if len(query.words) > 1 else 0)

    def named(self, query: SearchQuery) -> int:
        """The entries that hold them in a name; a year in the query is as good as a name."""
        every = -1
        for word in query.words:
            every &= self.with_word(word, "names") | (self._of_year(word.year) if word.year else 0)
        return (every if query.words else 0) | self.with_word(query.together, "names")

    def called(self, name: str) -> int:
        """The entries of which a name is that, spaces aside."""
        return union(row[COLUMNS.index("whole")] for row in self.words if row[0] == name)

    def beginning(self, name: str) -> int:
        """The entries of which a name begins with that, spaces aside."""
        return union(row[COLUMNS.index("first")] for row in self.words if row[0].startswith(name))

    def _of_year(self, year: int) -> int:
        return union(row[COLUMNS.index("names")] for row in self.words if row[0] == YEAR % year)


def is_in_words(word: AskedWord) -> Q:
    """That a word holds the one that is asked for, by the rule for short ones."""
    if len(word.text) == 1:
        return Q(word=word.text)
    if word.pattern != word.text:
        return beginning_with("word", word.text)
    return Q(word__contains=word.text)


def holds(word: str, asked: AskedWord) -> bool:
    """The same of a word that was fetched."""
    if len(asked.text) == 1:
        return word == asked.text
    return word.startswith(asked.text) if asked.pattern != asked.text else asked.text in word


def beginning_with(field: str, letters: str) -> Q:
    """That it begins with these letters: as an index has it, whichever the database."""
    return Q(**{f"{field}__gte": letters, f"{field}__lt": f"{letters}{BEHIND_ALL}"})


def kinds() -> dict[str, int]:
    """All entries of each kind that there is."""
    rows = SearchKind.objects.order_by("first").values_list("kind", "first", "number")
    return {kind: between(first, number) for kind, first, number in rows}


def find(query: SearchQuery, *, led_by: Sequence[str] = ()) -> Found:
    """What holds in one language every word asked for, or all of them written as one word.

    Beside it what stands at the addresses `led_by`, before all else and in their order. Then best
    a name that is the query, then names that begin with it, names with it, texts; a text in the
    page's language is better than one in the other. Among equals first what holds also the words
    that only ask, then by kind, then the newer before the older, undated last.
    """
    asked = query.asked
    words = _Words(query, asked)
    here, there = ENGLISH_COLUMN, RUSSIAN_COLUMN
    if page_language() != ENGLISH:
        here, there = there, here
    in_this, in_other = words.with_all(asked, here), words.with_all(asked, there)
    ways = {query.together.text, asked.together.text}
    ranks = (
        reduce(or_, map(words.called, ways)),
        reduce(or_, map(words.beginning, ways)),
        words.named(asked),
        in_this,
        in_other,
    )
    first = numbers_at(led_by)
    left = (in_this | in_other) & ~reduce(or_, (1 << number for number in first), 0)
    whole = words.with_all(query, here) if asked is not query else -1
    tiers = []
    for rank in ranks:
        tier = left & rank
        left &= ~tier
        tiers += [tier] if whole == -1 else [tier & whole, tier & ~whole]
    return Found(first, tuple(tiers))


def numbers_at(addresses: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the entries at these addresses, in their order."""
    if not addresses:
        return ()
    found = dict(SearchNumber.objects.filter(entry__in=addresses).values_list("entry", "number"))
    return tuple(found[address] for address in dict.fromkeys(addresses) if address in found)


def places_named(spellings: Collection[str]) -> QuerySet[SearchEntry]:
    """The cities and countries of which one of the folded `spellings` may be a name; none of no spelling."""
    ways = {spelling.replace(" ", "") for spelling in spellings} - {""}
    if not ways:
        return SearchEntry.objects.none()
    numbers = union(SearchWord.objects.filter(word__in=ways).values_list("whole", flat=True))
    places = SearchEntry.objects.numbered(chosen(numbers, 0, MOST_PLACES))
    return places.filter(kind__in=(SearchEntry.Kind.CITY, SearchEntry.Kind.COUNTRY))


def places_beginning_with(spelt: Collection[str]) -> QuerySet[SearchEntry]:
    """The cities, countries and titles with a word in a name that begins with one of the folded `spelt`.

    First those of which a name itself does, cities before countries before titles; none of no spelling.
    """
    ways = sorted(filter(None, spelt))
    if not ways:
        return SearchEntry.objects.none()
    kinds_of_places = (SearchEntry.Kind.CITY, SearchEntry.Kind.COUNTRY, SearchEntry.Kind.DESIGNATION)
    numbers = reduce(or_, map(_with_beginning, ways))
    begins = reduce(or_, (Q(folded_names__contains=f"| {way}") for way in ways))
    within = reduce(or_, (Q(folded_names__contains=f" {way}") for way in ways))
    rank = Case(When(begins, then=0), default=1, output_field=IntegerField())
    found = SearchEntry.objects.numbered(chosen(numbers, 0, MOST_PLACES)).filter(
        within, kind__in=kinds_of_places
    )
    in_order = found.annotate(rank=rank).order_by("rank", position("kind", kinds_of_places), "address")
    return in_order.with_places()


def _with_beginning(way: str) -> int:
    """The entries with a name that holds the words of `way`, the last of them perhaps cut short."""
    *whole, last = way.split()
    wanted = Q(word__in=whole) | beginning_with("word", last)
    words = dict(SearchWord.objects.filter(wanted).values_list("word", "names"))
    every = union(kept for word, kept in words.items() if word.startswith(last))
    for word in whole:
        every &= union([words.get(word, b"")])
    return every
