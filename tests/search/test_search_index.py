"""The search over many entries: what it finds and in which order, and by which index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from capitals.models import SearchEntry
from capitals.record.writing import write_search_entries
from capitals.search.entries import column_of_names
from capitals.search.finding import find
from capitals.search.words import Words
from capitals.words.dates import PartialDate
from capitals.words.folding import fold
from capitals.words.query import SearchQuery

ENTRIES = 6_000
TABLE = "capitals_searchword"
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
    entry = SearchEntry(
        address=f"/made/{number * 7919 % 100_003}/",
        kind=KINDS[number % len(KINDS)],
        title=names_of(number)[0],
        spellings=[],
        title_ru=names_of(number)[0],
        text=f"{made} {english}",
        text_ru=f"{made_ru} {russian}",
        folded_names=names,
        year=1993 if number % 3 == 0 else 1992 if number % 4 else None,
        **{field: PartialDate.parse(date) for field, date in dates.items() if date},
    )
    entry.folded_en = f"{names} {made} {fold(english)} "
    entry.folded_ru = f"{names} {made_ru} {fold(russian)} "
    return entry


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
        words = Words()
        for entry in written:
            words.add(entry)
        words.write("default")
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {TABLE}")
            cursor.execute("ANALYZE capitals_searchnumber")
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
    wanted = expected(written, typed, language)

    assert 5 < len(wanted) < ENTRIES / 20
    with override(language):
        found = find(query)
    assert [entry.address for entry in found[:]] == [entry.address for entry in wanted]
    assert [entry.address for entry in found[3:8]] == [entry.address for entry in wanted[3:8]]
    assert [tier.bit_count() for tier in found.tiers] == [
        sum(rank(entry, typed, language) == one for entry in wanted) for one in range(5)
    ]
    assert found.numbers_by_kind() == Counter(entry.kind for entry in wanted)
    assert [entry.address for entry in found.of_kind("event")[:]] == [
        entry.address for entry in wanted if entry.kind == "event"
    ]


def test_the_queries_above_find_names_and_texts_of_every_rank(written: list[SearchEntry]) -> None:
    typed = [str(value) for query in QUERIES for value in query.values]
    found = [(query, entry) for query in typed for entry in written if matches(entry, query)]

    for language in ("en", "ru"):
        assert {rank(entry, query, language) for query, entry in found} == {0, 1, 2, 3, 4}


def plan(sql: str) -> str:
    """How the database would answer that, in its own words."""
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}")
        return "\n".join(str(row) for row in cursor.fetchall())


def asked(client: Client, typed: str) -> list[str]:
    """The SQL by which the search page asks for words and entries."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/search/", {"q": typed}).status_code == 200
    return [query["sql"] for query in queries if '"capitals_search' in query["sql"]]


@pytest.mark.parametrize("typed", QUERIES)
def test_the_search_page_reads_entries_and_their_words_by_indexes(
    typed: str, client: Client, many_entries: None
) -> None:
    for sql in asked(client, typed):
        way = plan(sql)
        if "capitals_searchkind" in sql and "capitals_searchword" not in sql:
            continue  # a row for each kind
        if connection.vendor == "sqlite" and "LIKE" in sql:
            # It has no index for letters in the middle of a word: it reads the words, and no entry.
            assert "capitals_searchentry" not in way, sql
        else:
            assert "SCAN" not in way, (sql, way)
            # A few countries are rightly read whole.
            assert "Seq Scan on capitals_search" not in way, (sql, way)
