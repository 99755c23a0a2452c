"""The search over many entries: what it finds and in which order, and by which index."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from capitals.models import SearchEntry
from capitals.models.searchable import SearchEntryQuerySet
from capitals.record.writing import write_search_entries
from capitals.search.entries import column_of_names
from capitals.words.dates import PartialDate
from capitals.words.folding import fold
from capitals.words.query import SearchQuery

ENTRIES = 6_000
TABLE = "capitals_searchentry"
INDEXES = ("searchentry_folded_en_trigrams", "searchentry_folded_ru_trigrams")
KINDS = SearchEntry.Kind.values

# None of the words made of these holds what a query below looks for.
SYLLABLES = ("ka", "ru", "mo", "la", "te", "bi", "so", "ni", "de", "vu")

QUERIES = [
    pytest.param("Kirovabad", id="long-word"),
    pytest.param("osh", id="three-letters"),
    pytest.param("az", id="two-letters"),
    pytest.param("round kirovabad", id="two-words"),
    pytest.param("old kirovabad", id="words-of-a-name-turned"),
    pytest.param("round osh", id="long-and-short-word"),
    pytest.param("nur sultan", id="two-words-that-are-one"),
    pytest.param("нурсултан", id="one-word-that-is-two"),
    pytest.param("kirova bad", id="one-word-typed-as-two"),
    pytest.param("Гянджа", id="Cyrillic"),
    pytest.param("1993", id="year"),
    pytest.param("kirovabad 1993", id="word-and-year"),
]
"""Each finds some of the entries, and few enough of them for an index to pay."""


WORDS = ["".join(four) for four in product(SYLLABLES, repeat=4)]


def names_of(number: int) -> list[str]:
    """The names of the entry of that number: now and then one that a query looks for."""
    names = [f"{WORDS[number % 9973]} {WORDS[number * 7 % 9967]}"]
    if number % 397 == 0:
        names.append("Kirovabad" if number % 2 else "Kirovabad the old")
    if number % 401 == 0:
        names += ["Гянджа", "Nur-Sultan"]
    if number % 409 == 0:
        names.append("Osh" if number % 3 else "The Az and Osh")
    if number % 419 == 0:
        # A short word is looked for at the beginnings of words: not found in Toshkent.
        names.append("Toshkent" if number % 2 else "Oshoba")
    return names


def text_of(number: int) -> str:
    """What its text ends in: now and then what other entries have as a name."""
    words = []
    if number % 191 == 0:
        words += ["Round", "Kirovabad"] if number % 4 == 1 else ["Round", "Osh", "gandzha"]
    if number % 787 == 0:
        words += ["in", "Kirovabad", "1993"]
    if number % 431 == 0:
        words += ["Нур-Султан,", "az", "21993", "19930"]
    return " ".join(words)


def make_entry(number: int) -> SearchEntry:
    """An entry; the kinds take turns, and dates, days of report and years come and go.

    Its text says what it says in both languages or, as often, in one of them alone.
    """
    names, text = column_of_names(names_of(number)), text_of(number)
    english, russian = ("" if number % 3 == 1 else text, "" if number % 3 == 2 else text)
    # Folding these, thirty a text, would take longer than all else here.
    made, made_ru = (
        " ".join(WORDS[number * factor % prime] for factor in range(11, 41)) for prime in (9949, 9941)
    )
    dates = {
        "start": f"{2000 + number % 7}-{number % 2 + 1:02}" if number % 3 else None,
        "reported_on": f"{2000 + number % 7}" if number % 5 else None,
    }
    return SearchEntry(
        address=f"/made/{number * 7919 % 100_003}/",
        kind=KINDS[number % len(KINDS)],
        title=names_of(number)[0],
        spellings=[],
        title_ru=names_of(number)[0],
        text=f"{made} {english}",
        text_ru=f"{made_ru} {russian}",
        folded_names=names,
        folded_en=f"{names} {made} {fold(english)} ",
        folded_ru=f"{names} {made_ru} {fold(russian)} ",
        year=1993 if number % 3 == 0 else 1992 if number % 4 else None,
        **{field: PartialDate.parse(date) for field, date in dates.items() if date},
    )


@pytest.fixture(scope="module")
def written() -> list[SearchEntry]:
    return [make_entry(number) for number in range(1, ENTRIES + 1)]


@pytest.fixture(scope="module")
def _many_entries(
    django_db_setup: None, django_db_blocker: Any, written: list[SearchEntry]
) -> Iterator[None]:
    """Those entries in place of the record's: once for this file, since an index on them takes seconds."""
    with django_db_blocker.unblock():
        SearchEntry.objects.all().delete()
        SearchEntry.objects.bulk_create(written, batch_size=1000)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {TABLE}")
    yield
    with django_db_blocker.unblock():
        SearchEntry.objects.all().delete()
        write_search_entries("default")


@pytest.fixture
def many_entries(_many_entries: None, db: None) -> None:
    """A database with many search entries."""


def pattern(word: str) -> str:
    return f" {word}" if len(word) <= 3 or word.isdigit() else word


def holds(text: str, typed: str) -> bool:
    """The rule in plain words: every word is in the folded text, or all of them written as one."""
    words = fold(typed).split()
    return all(pattern(word) in text for word in words) or pattern("".join(words)) in text


def matches(entry: SearchEntry, typed: str) -> bool:
    return holds(entry.folded_en, typed) or holds(entry.folded_ru, typed)


def rank(entry: SearchEntry, typed: str, language: str) -> int:
    """0 for a name that is what was typed, 1 for one that begins with it, 2 for one with it.

    3 for a text in the language, 4 for one in the other.
    """
    words = fold(typed).split()
    names = [name.strip() for name in entry.folded_names.split("|")]
    ways = (" ".join(words), "".join(words))
    if any(name in ways for name in names):
        return 0
    if any(name.startswith(ways) for name in names):
        return 1
    if all(pattern(word) in entry.folded_names or word == str(entry.year) for word in words):
        return 2
    if pattern("".join(words)) in entry.folded_names:
        return 2
    return 3 if holds(entry.folded_en if language == "en" else entry.folded_ru, typed) else 4


def newest_first(entries: list[SearchEntry], date: Any) -> list[SearchEntry]:
    """By `date` of the entry, those without one last; those of one date stay as they stand."""
    dated = [entry for entry in entries if date(entry)]
    dated.sort(key=lambda entry: str(date(entry)), reverse=True)
    return [*dated, *(entry for entry in entries if not date(entry))]


def expected(entries: list[SearchEntry], typed: str, language: str) -> list[SearchEntry]:
    """What the search has to find among `entries`, in its order."""
    found = [entry for entry in entries if matches(entry, typed)]
    # The last key first: each sort leaves equals as they stand.
    found.sort(key=lambda entry: entry.address)
    found = newest_first(found, lambda entry: entry.year)
    found = newest_first(found, lambda entry: entry.start or entry.reported_on)
    return sorted(found, key=lambda entry: (rank(entry, typed, language), KINDS.index(entry.kind)))


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("typed", QUERIES)
def test_among_many_entries_the_search_finds_what_the_rule_says_in_its_order(
    typed: str, language: str, written: list[SearchEntry], many_entries: None
) -> None:
    query = SearchQuery.read(typed)
    matching = SearchEntry.objects.matching(query)
    wanted = expected(written, typed, language)

    assert 5 < len(wanted) < ENTRIES / 20
    with override(language):
        found: QuerySet[Any] = matching.best_first(query)
    assert list(found.values_list("address", "rank")) == [
        (entry.address, rank(entry, typed, language)) for entry in wanted
    ]
    assert matching.numbers_by_kind() == Counter(entry.kind for entry in wanted)


def test_the_queries_above_find_names_and_texts_of_every_rank(written: list[SearchEntry]) -> None:
    typed = [str(value) for query in QUERIES for value in query.values]
    found = [(query, entry) for query in typed for entry in written if matches(entry, query)]

    for language in ("en", "ru"):
        assert {rank(entry, query, language) for query, entry in found} == {0, 1, 2, 3, 4}


def scans(sql: str) -> set[tuple[str, str]]:
    """How PostgreSQL would read the search entries and their indexes: (way, table or index)."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()
    nodes = json.loads(plan) if isinstance(plan, str) else plan
    found, waiting = set(), [node["Plan"] for node in nodes]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        read = node.get("Index Name") or node.get("Relation Name")
        if read in {TABLE, *INDEXES}:
            found.add((node["Node Type"], read))
    return found


def searches(client: Client, typed: str, address: str = "/search/") -> list[str]:
    """The SQL by which the search page asks for entries: their numbers by kind, the results."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, {"q": typed}).status_code == 200
    return [query["sql"] for query in queries if TABLE in query["sql"]]


BY_INDEXES = {("Bitmap Heap Scan", TABLE), *(("Bitmap Index Scan", index) for index in INDEXES)}


@pytest.mark.postgresql
@pytest.mark.parametrize("address", ["/search/", "/ru/search/"])
@pytest.mark.parametrize("typed", QUERIES)
def test_the_search_page_reads_many_entries_by_the_trigram_indexes_of_both_languages(
    typed: str, address: str, client: Client, many_entries: None
) -> None:
    asked = searches(client, typed, address)

    places, *found = asked
    assert ["LIMIT" in sql for sql in found] == [False, True]
    assert [scans(sql) for sql in found] == [BY_INDEXES, BY_INDEXES]
    assert scans(places) < BY_INDEXES


@pytest.mark.postgresql
@pytest.mark.parametrize("index", INDEXES)
@pytest.mark.parametrize("typed", QUERIES)
def test_without_one_of_the_indexes_the_search_page_would_read_every_entry(
    typed: str, index: str, client: Client, many_entries: None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {index}")

    _places, *asked = searches(client, typed)

    assert len(asked) == 2
    assert all(("Seq Scan", TABLE) in scans(sql) for sql in asked)


@pytest.mark.postgresql
def test_what_the_indexes_cannot_serve_reads_every_entry(many_entries: None) -> None:
    """A column without an index as another way to match, as if `matching` looked there too."""
    query = SearchQuery.read("kirovabad")
    matching = SearchEntry.objects.matching(query)
    beside = matching | SearchEntry.objects.filter(folded_names__contains=query.together.pattern)

    def ways(entries: SearchEntryQuerySet) -> set[tuple[str, str]]:
        with CaptureQueriesContext(connection) as queries:
            list(entries.best_first(query)[:25])
        return scans(queries[0]["sql"])

    assert ways(matching) == BY_INDEXES
    assert ways(beside) == {("Seq Scan", TABLE)}
