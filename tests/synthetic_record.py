"""A made-up record of any size: what it holds, and how it hangs together (see `synthetic.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from synthetic_events import WithEvents
from synthetic_sources import DATA_SETS, LAST_YEAR_HELD, Cluster, Record
from synthetic_words import Name, Text

COUNTRIES = 200
STATE_LANGUAGES = ("ka", "hy", "fa", "ru")
SECTIONS = {"origins": 4, "rules": 4, "choice": 5, "cities": 5, "money": 3, "ceremonies": 4}
SISTER_TITLES = 11


class Synthesis(WithEvents):
    """The making of one record: `clusters()` gives it piece by piece."""

    def clusters(self) -> Iterator[Cluster]:
        """All records, each kind after those that it refers to; sources beside what cites them."""
        parts = (
            self._data_sets,
            self._countries,
            self._cities,
            self._bodies,
            self._titles,
            self._decisions,
            self._series,
            self._events,
            self._centres,
            self._statements,
            self._sister_titles,
            self._disputes,
            self._log,
        )
        for part in parts:
            for cluster in part():
                yield from self.pending
                self.pending.clear()
                yield cluster

    # Places

    def _countries(self) -> Iterator[Cluster]:
        # Here, for it needs the models, and the command sets Django up when it has begun.
        from capitals.record.plausibility import BOUNDS

        # A made-up city lies anywhere: not in a country of which it is known how far it reaches.
        codes = [line[:2] for line in _lines_of_codes() if line[:2] not in BOUNDS]
        for number, code in enumerate(codes[: min(self._so_many(20), COUNTRIES)]):
            name = self.names.new(2)
            languages = [self.random.choice(STATE_LANGUAGES)]
            self.countries.append(name.slug)
            fields = {
                "code": code,
                "name": name.latin,
                "name_ru": name.cyrillic,
                "name_local": name.georgian,
                "local_language": "ka",
                "state_languages": " ".join(dict.fromkeys([*languages, "ru"])),
                "standing": "member" if number < 10 else "outside",
                "other_spellings": f"Republic of {name.latin}, Республика {name.cyrillic}",
                "sources": list(DATA_SETS[2:4]),
                "supports": {DATA_SETS[2]: ["name", "name_local"], DATA_SETS[3]: ["code", "name"]},
            }
            yield Cluster("countries", [Record("country", name.slug, fields)])

    def _cities(self) -> Iterator[Cluster]:
        for number, name in enumerate(self.places):
            country = self._early(len(self.countries))
            key = name.slug
            self.cities.append((key, name))
            self.country_of[key], self.name_of[key] = self.countries[country], name
            region = self.random.choice(self.places)
            fields = {
                "country": self.countries[country],
                "name": name.latin,
                "name_ru": name.cyrillic,
                "region": f"{region.latin} Region",
                "region_ru": f"{region.cyrillic}ская область",
                "latitude": f"{38 + country * 7 % 18 + self.random.random() * 4:.4f}",
                "longitude": f"{26 + country * 11 % 52 + self.random.random() * 8:.4f}",
                "geonames": 100000 + number,
                "wikidata": f"Q{100000 + number}",
                **self._told(0.9, "description", 90),
                **self._cited(2, places=True),
            }
            fields["sources"] += [DATA_SETS[0], DATA_SETS[4]]
            fields["supports"] = {
                DATA_SETS[0]: ["latitude", "longitude", "geonames"],
                DATA_SETS[4]: ["wikidata"],
            }
            yield Cluster(f"cities/{key[0]}", [Record("city", key, fields), *self._names_of(key, name)])

    def _names_of(self, city: str, name: Name) -> Iterator[Record]:
        both = [("ru", name.cyrillic), ("en", name.latin)]
        for language, written in [*both, ("hy", name.armenian), ("uz-Cyrl", name.cyrillic)]:
            kind = "official" if language == "ru" else "common"
            cited = {"sources": [DATA_SETS[1], DATA_SETS[2]]}
            shared = {"city": city, "name": written, "language": language, "kind": kind}
            yield Record("cityname", None, {**shared, "spelling_of": city, **cited})
        if self._chance(0.7):
            former, first = self.names.new(2), self.random.randint(1918, 1985)
            key = f"{city}-formerly-{former.slug}"[:60]
            years = {"from_year": first, "to_year": first + self.random.randint(3, 20)}
            note = self.texts.of(50, name, 25).fields("note")
            for language, written in (("ru", former.cyrillic), ("en", former.latin)):
                shared = {"city": city, "name": written, "language": language, "kind": "former"}
                told = note if language == "ru" else {}
                cited = self._cited(1, places=True)
                yield Record("cityname", None, {**shared, "spelling_of": key, **years, **told, **cited})
        known = {written for _language, written in both}
        for language, written in name.spellings():
            if written not in known:
                yield Record(
                    "cityname", None, {"city": city, "name": written, "language": language, "kind": "search"}
                )

    def _bodies(self) -> Iterator[Cluster]:
        kinds = ("cis_organ", "ministry", "government", "city", "embassy", "international", "society")
        for number in range(self._so_many(34)):
            _key, place = self.random.choice(self.cities)
            kind = "cis_organ" if number < 4 else self.random.choice(kinds)
            key = f"body-{number + 1}-of-{place.slug}"
            self.bodies.append(key)
            fields = {
                "name": f"Council {number + 1} of {place.latin}",
                "kind": kind,
                "name_ru": f"Совет {number + 1} города {place.cyrillic}",
                **self.texts.of(110, place).fields("description"),
                **self._cited(2, places=True),
            }
            if number >= 4:
                fields["country"] = self.random.choice(self.countries)
            yield Cluster("bodies", [Record("body", key, fields)])

    # Titles and decisions

    def _titles(self) -> Iterator[Cluster]:
        number = self._so_many(24)
        told: set[tuple[int, str]] = set()
        while len(told) < number:
            # Every second city of the record held a title, a few of them two.
            city, _name = self.cities[
                self._early((len(self.cities) + 1) // 2)
                if self._chance(0.05)
                else self.random.randrange((len(self.cities) + 1) // 2)
            ]
            past = self._chance(0.75)
            year = self.random.randint(1991, LAST_YEAR_HELD) if past else self.random.randint(2027, 2100)
            told.add((year, city))
        held: dict[int, str] = {}
        for year, city in sorted(told):
            key = f"{city}-{year}"
            self.titles.append((key, city, year))
            fields = {
                "city": city,
                "year": year,
                "searched_to": "2026-03",
                **self._summarised(260, 0.6, 0.2),
                **self._cited(5, year),
            }
            if self._chance(0.4):
                amount = self.random.randint(10, 200)
                fields |= Text(f"more than {amount}", f"более {amount}").fields("events_planned")
            if year <= LAST_YEAR_HELD and self._chance(0.3):
                amount = self.random.randint(10, 200)
                counted = Text(f"{amount}, as the city counted", f"{amount}, по подсчёту города")
                fields |= counted.fields("events_held")
            if year >= LAST_YEAR_HELD:
                fields["next_search"] = "2026-12"
            if year in held and self._chance(0.04):
                fields["replaced_by"] = held[year]
            else:
                held.setdefault(year, key)
            yield Cluster(f"designations/{year}", [Record("designation", key, fields)])

    def _decisions(self) -> Iterator[Cluster]:
        kinds = ("proposed", "proposed", "recommended", "drafted", "supported")
        decided = iter(range(len(self.titles)))
        for number in range(self._so_many(38)):
            decides = number % 19 < 7
            together = self.random.randint(1, 3)
            if decides:
                named = [self.titles[place] for _, place in zip(range(together), decided, strict=False)]
            else:
                named = [self.random.choice(self.titles)]
            if not named:
                continue
            named = [title for title in named if title[2] == named[0][2]]
            year = max(1991, min(named[0][2] - self.random.randint(0, 2), LAST_YEAR_HELD - 1))
            body = self.bodies[self._early(len(self.bodies))]
            _key, place = self.cities[self._early(len(self.cities))]
            key = f"{place.slug}-{year}-decision-{number + 1}"
            self.decisions.append(key)
            what = "Capitals named" if decides else "Capitals proposed"
            fields = {
                "title": f"{what} in {place.latin} ({number + 1})",
                "title_ru": f"О столицах: {place.cyrillic} ({number + 1})",
                "body": body,
                "kind": "decided" if decides else self.random.choice(kinds),
                "place": place.latin,
                "place_ru": place.cyrillic,
                "names": [title[0] for title in named],
                **self._summarised(200, 0.05, 0.7),
                **self._cited(2.8, year),
            }
            if self._chance(0.76):
                fields["date"] = self._date(year)
            if self._chance(0.13):
                fields |= {
                    "document": f"Решение {number + 1} о культурных столицах",
                    "document_language": "ru",
                }
            yield Cluster("decisions", [Record("decision", key, fields)])

    def _centres(self) -> Iterator[Cluster]:
        for number in range(self._so_many(38)):
            city, place = self.cities[self._early(len(self.cities))]
            operates = self._early(len(self.countries))
            key = f"centre-{number + 1}-{city}"
            self.centres.append(key)
            year = self.random.randint(1995, 2025)
            fields = {
                "name": f"House of Culture {number + 1} in {place.latin}",
                "name_ru": f"Дом культуры {number + 1}, {place.cyrillic}",
                "kind": self.random.choices(("state", "city", "diaspora", "joint"), (28, 3, 7, 1))[0],
                "operating_country": self.countries[operates],
                "host_country": self.country_of[city],
                "host_city": city,
                "operator": f"Agency of {place.latin} for work abroad",
                "operator_ru": f"Агентство города {place.cyrillic} по работе за рубежом",
                "inaugurated": self._day(year),
                **self._summarised(280, 0.55, 0.5),
                **self._cited(4.5, year),
            }
            status = self.random.choices(("operating", "unknown", "closed"), (21, 13, 3))[0]
            fields["status"] = status
            if status != "unknown":
                fields["status_as_of"] = self._day(2025)
            yield Cluster("centres", [Record("culturalcentre", key, fields)])

    # The programme, and what sources differ on

    def _statements(self) -> Iterator[Cluster]:
        sections = [section for section, number in SECTIONS.items() for _ in range(number)]
        for position, section in enumerate(sections, start=1):
            fields = {
                "section": section,
                "position": position,
                "heading": f"Statement {position}",
                "heading_ru": f"Положение {position}",
                **self.texts.of(380, None, 150).fields("text"),
                **self._cited(3.5),
            }
            yield Cluster("statements", [Record("programmestatement", f"statement-{position}", fields)])

    def _sister_titles(self) -> Iterator[Cluster]:
        holdings = {
            (
                self.random.randint(1, SISTER_TITLES),
                self.random.choice(self.cities)[0],
                self.random.randint(1991, 2026),
            )
            for _ in range(self._so_many(20))
        }
        for number in range(1, SISTER_TITLES + 1):
            name = self.names.new(2)
            key = f"sister-title-{number}"
            fields = {
                "name": f"Capital of {name.latin}",
                "name_ru": f"Столица: {name.cyrillic}",
                "given_by": f"the Council of {name.latin}",
                "given_by_ru": f"Совет: {name.cyrillic}",
                **self.texts.of(160).fields("summary"),
                **self._cited(2.5),
            }
            held = [
                Record(
                    "sistertitleholding", None, {"title": key, "city": city, "year": year, **self._cited(1.8)}
                )
                for title, city, year in sorted(holdings)
                if title == number
            ]
            yield Cluster("sister_titles", [Record("sistertitle", key, fields), *held])

    def _disputes(self) -> Iterator[Cluster]:
        subjects = {
            "designation": [key for key, _city, _year in self.titles],
            "event": self.events,
            "centre": self.centres,
            "decision": self.decisions,
            "city": [key for key, _ in self.cities],
            "series": [key for key, _ in self.series],
            "statement": [f"statement-{number + 1}" for number in range(sum(SECTIONS.values()))],
        }
        for number in range(1, self._so_many(33) + 1):
            subject = self.random.choices(list(subjects), (11, 9, 8, 2, 2, 1, 1))[0]
            if not subjects[subject]:
                continue
            about = self.random.choice(subjects[subject])
            key = f"dispute-{number}-{about}"[:100].strip("-")
            fields = {
                "question": f"Which account of {number} holds?",
                subject: about,
                "question_ru": f"Какая версия {number} верна?",
                **self._told(0.9, "assessment", 180),
            }
            if subject == "designation" and self._chance(0.8):
                fields["step"] = self.random.choice(("decision", "opening", "handover", "closing"))
            versions: list[Record] = [
                Record(
                    "disputeversion",
                    None,
                    {
                        "dispute": key,
                        "position": position,
                        **self.texts.of(110).fields("claim"),
                        **self._cited(1.7),
                    },
                )
                for position in range(1, self.random.choice((2, 2, 2, 3)) + 1)
            ]
            yield Cluster("disputes", [Record("dispute", key, fields), *versions])

    def _log(self) -> Iterator[Cluster]:
        for number in range(1, self._so_many(0.2) + 1):
            path = f"/events/{self.random.choice(self.events)}/"
            text = Text(f"The day of event {number} was mended.", f"Исправлен день события {number}.")
            corrected = {"date": "2026-11-29", "path": path, **text.fields("text")}
            yield Cluster("log", [Record("correction", f"correction-{number}", corrected)])
            yield Cluster("log", [Record("formeraddress", f"/events/moved-{number}/", {"new_path": path})])
            yield Cluster("log", [Record("formeraddress", f"/events/gone-{number}/", {})])


def _lines_of_codes() -> Iterator[str]:
    """The countries of ISO 3166, as the time zone data lists them: code and name."""
    table = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    return (line for line in table.splitlines() if not line.startswith("#"))
