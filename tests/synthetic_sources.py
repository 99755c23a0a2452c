"""What every part of the made-up record is made with: chances, dates, texts, sources (`synthetic.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from synthetic_words import Name, Names, Texts

LAST_YEAR_HELD = 2026
"""Titles of later years have plans alone."""
DATA_SETS = ("gazetteer-one", "gazetteer-two", "names-of-languages", "codes-of-countries", "items-of-places")
NEW_SOURCES = 0.55
"""How many citations of a hundred name an article that nothing cites yet."""
RECENT = 300
"""An article is cited beside the records that were made with it."""

Fields = dict[str, Any]


class Record(NamedTuple):
    """The model's name, the key if it has one, the fields as a fixture has them."""

    model: str
    key: str | None
    fields: Fields


class Cluster(NamedTuple):
    """A record with its dependents, and the file that they stand in."""

    file: str
    records: list[Record]


class Made:
    """What was made so far of a record, and how sources, texts and dates of more are made."""

    def __init__(self, factor: float, seed: int) -> None:
        self.factor = factor
        self.random = Random(seed)
        self.names = Names(self.random)
        self.countries: list[str] = []
        self.cities: list[tuple[str, Name]] = []
        self.country_of: dict[str, str] = {}
        self.name_of: dict[str, Name] = {}
        self.bodies: list[str] = []
        self.titles: list[tuple[str, str, int]] = []
        self.events: list[str] = []
        self.series: list[tuple[str, Name]] = []
        self.centres: list[str] = []
        self.decisions: list[str] = []
        self.outlets = [(name.latin, name.cyrillic) for name in self._named(int(420 * min(factor, 20)))]
        self.places = self._named(self._so_many(46))
        self.texts = Texts(self.random, self.places)
        self.articles: list[str] = []
        self.encyclopedias: list[str] = []
        self.pending: list[Cluster] = []
        self.sources = 0

    def _so_many(self, at_factor_one: float) -> int:
        return max(1, round(at_factor_one * self.factor))

    def _named(self, number: int) -> list[Name]:
        return [self.names.new(2) for _ in range(max(number, 1))]

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _early(self, number: int) -> int:
        """A place in a list of `number`, the first far oftener than the last."""
        return min(int((number + 3) ** self.random.random() * 3) - 3, number - 1)

    def _day(self, year: int) -> str:
        return f"{year}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def _date(self, year: int) -> str:
        """A day, or what is known of it."""
        day = self._day(year)
        return day[: self.random.choices((10, 7, 4), (85, 10, 5))[0]]

    def _told(self, share: float, name: str, length: int, most_words: int = 58) -> Fields:
        """The text field of that name in both languages, in so large a share of records."""
        return self.texts.of(length, most_words=most_words).fields(name) if self._chance(share) else {}

    def _summarised(self, summary: int, account: float, note: float) -> Fields:
        return {
            **self.texts.of(summary).fields("summary"),
            **self._told(account, "account", 200, 300),
            **self._told(note, "note", 80),
        }

    # Sources

    def _cited(self, mean: float, year: int = 2020, *, places: bool = False) -> Fields:
        """About so many sources, of that year or later where they are dated; for places encyclopedias too."""
        number = max(1, round(self.random.triangular(0.5, 2.5 * mean, 0.6 * mean)))
        keys = {self._source(year, self.articles, "news") for _ in range(number)}
        if places:
            keys.add(self._source(year, self.encyclopedias, "encyclopedia"))
        return {"sources": sorted(keys)}

    def _source(self, year: int, known: list[str], kind: str) -> str:
        if known and not self._chance(NEW_SOURCES if kind == "news" else 0.2):
            return known[-self.random.randint(1, min(RECENT, len(known)))]
        self.sources += 1
        outlet, outlet_ru = self.outlets[self._early(len(self.outlets))]
        key = f"{outlet.lower()}-{year}-{self.sources}"
        known.append(key)
        title = self.texts.of(40, most_words=20)
        given = self._chance(0.7)
        language = self.random.choice(("en", "ru", "ru"))
        fields = {"outlet": outlet, "outlet_ru": outlet_ru, "title": title.english}
        if self._chance(0.22):
            # Every fourth outlet is an agency that others relay.
            via, via_ru = self.outlets[self._early(len(self.outlets)) // 4 * 4]
            fields |= {"via": via, "via_ru": via_ru}
        if self._chance(0.08):
            person = self.names.new(2)
            fields |= {"author": person.latin, "author_ru": person.cyrillic}
        if given and language == "ru":
            fields["title"] = title.russian
        more: Fields = {} if given else {"title_ru": title.russian, "title_given": False}
        if kind == "news":
            kind = self.random.choices(
                ("news", "official", "other", "decision", "academic"), (80, 14, 4, 1, 1)
            )[0]
        if self._chance(0.57):
            more["date"] = self._day(min(max(year, 1991), LAST_YEAR_HELD - 1))
        fields |= {
            **more,
            "language": language,
            "kind": kind,
            "read_as": "excerpt",
            "seen_on": "2026-11",
            "address": f"https://{outlet.lower()}.example/news/{year}/{self.sources}",
            **self._told(0.62, "weakness", 30),
            **self.texts.of(80).fields("establishes"),
        }
        self.pending.append(Cluster(f"sources/{kind}", [Record("source", key, fields)]))
        return key

    def _data_sets(self) -> Iterator[Cluster]:
        for key in DATA_SETS:
            fields = {
                "outlet": key.replace("-", " ").capitalize(),
                "title": f"The data set {key}",
                "title_ru": f"Набор данных {key}",
                "title_given": False,
                "language": "en",
                "kind": "data",
                "address": f"https://data.example/{key}",
                "read_as": "full",
                "seen_on": "2026-11",
                "establishes": "Where places lie and what they are called.",
            }
            yield Cluster("sources/data", [Record("source", key, fields)])
