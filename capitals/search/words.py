"""The words by which the search finds its entries, each with the entries that hold it.

Made beside the entries, as these are written. The entries are numbered in the order in which
equally good results stand: by kind, the newer before the older, undated ones last.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterator

from capitals.models import SearchEntry, SearchKind, SearchNumber, SearchWord
from capitals.models.inserting import insert_records
from capitals.search.numbers import LETTER, packed

YEAR = "year %d"
"""As a word has no space, none is taken for the year of an entry."""

Numbers = defaultdict[str, "array[int]"]


def _numbers() -> Numbers:
    return defaultdict(lambda: array(LETTER))


class Words:
    """The words of entries as they are written, one after the other."""

    def __init__(self) -> None:
        self.order: list[tuple[int, str, int, str]] = []
        """What the place of each is told by: kind, date, year, address."""
        self.columns = {column: _numbers() for column in ("english", "russian", "names", "first", "whole")}

    def add(self, entry: SearchEntry) -> None:
        """Take the words of the next entry, and the names that it has."""
        number = len(self.order)
        date = entry.start or entry.reported_on
        kind = SearchEntry.Kind.values.index(entry.kind)
        self.order.append((kind, str(date or ""), entry.year or 0, entry.address))
        for column, text in (("english", entry.folded_en), ("russian", entry.folded_ru)):
            self._put(column, set(text.split()) - {"|"}, number)
        names = [name.split() for name in entry.folded_names.split("|") if name.strip()]
        self._put("names", {word for words in names for word in words}, number)
        self._put("first", {words[0] for words in names}, number)
        self._put("whole", {words[0] for words in names if len(words) == 1}, number)
        if entry.year:
            self._put("names", {YEAR % entry.year}, number)

    def _put(self, column: str, words: set[str], number: int) -> None:
        numbers = self.columns[column]
        for word in words:
            numbers[word].append(number)

    def write(self, database: str) -> None:
        """Write them in place of all that were, now that the order of the entries is known."""
        for model in (SearchNumber, SearchKind, SearchWord):
            model._default_manager.using(database).all().delete()
        # Each sort leaves equals as they stand; what is newest comes first, and what has no date last.
        ordered = sorted(range(len(self.order)), key=lambda number: self.order[number][3])
        ordered.sort(key=lambda number: self.order[number][1:3], reverse=True)
        ordered.sort(key=lambda number: self.order[number][0])
        places = array(LETTER, bytes(4 * len(ordered)))
        for place, number in enumerate(ordered):
            places[number] = place
        self._write_order(database, ordered)
        self._write_words(database, places)

    def _write_order(self, database: str, ordered: list[int]) -> None:
        numbered = (
            SearchNumber(number=place, entry_id=self.order[number][3]) for place, number in enumerate(ordered)
        )
        insert_records(database, SearchNumber, numbered)
        every = [self.order[number][0] for number in ordered]
        known = "\n".join(sorted(self.columns["names"]))
        digest = hashlib.sha256(known.encode()).hexdigest()[:16]
        SearchKind.objects.using(database).bulk_create(
            SearchKind(kind=kind, first=every.index(place), number=every.count(place), names=digest)
            for place, kind in enumerate(SearchEntry.Kind.values)
            if place in every
        )

    def _write_words(self, database: str, places: array[int]) -> None:
        def kept(numbers: array[int] | None) -> bytes:
            in_order = sorted(places[number] for number in numbers or ())
            return packed(array(LETTER, in_order), len(places))

        def words() -> Iterator[SearchWord]:
            for word in sorted({word for column in self.columns.values() for word in column}):
                columns = {name: kept(column.get(word)) for name, column in self.columns.items()}
                yield SearchWord(word=word, **columns)

        insert_records(database, SearchWord, words())
