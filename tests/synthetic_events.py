"""The events of the made-up record: of titles, of series, and others (see `synthetic.py`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from synthetic_sources import LAST_YEAR_HELD, Cluster, Fields, Made, Record
from synthetic_words import THINGS, Text

STEPS = {1: "opening", 2: "presented", 5: "outgoing", 6: "closing"}
"""Which parts the first events of a title have in it; the later are of its programme."""
KINDS = (
    "concert",
    "exhibition",
    "festival",
    "conference",
    "forum",
    "performance",
    "workshop",
    "competition",
    "talk",
    "tour",
    "presentation",
    "meeting",
)
"""Of the things of `THINGS`."""


class WithEvents(Made):
    """The part of the making that is about events."""

    def _series(self) -> Iterator[Cluster]:
        for number in range(self._so_many(4)):
            city, place = self.cities[self._early(len(self.cities))]
            thing = self.random.choice(THINGS)
            key = f"series-{number + 1}-of-{city}"
            self.series.append((key, place))
            fields = {
                "name": f"International {thing.english} {number + 1} of {place.latin}",
                "name_ru": f"Международное событие {number + 1}, {place.cyrillic}: {thing.russian}",
                "name_original": f"{place.georgian} {number + 1}",
                "original_language": "ka",
                "city": city,
                "founded": str(self.random.randint(1991, 2015)),
                "frequency": "Every year in September",
                "frequency_ru": "Ежегодно в сентябре",
                "organisers": [self.random.choice(self.bodies)],
                **self._summarised(250, 0.8, 0.5),
                **self._cited(5),
            }
            yield Cluster("series", [Record("eventseries", key, fields)])

    def _events(self) -> Iterator[Cluster]:
        """As many to a title as it happens, from none to very many; the rest mostly editions of series."""
        weights = [
            self.random.expovariate(1) * (1 if year <= LAST_YEAR_HELD else 0.15) for *_, year in self.titles
        ]
        chosen = self.random.choices(self.titles, weights, k=self._so_many(144))
        told: Counter[str] = Counter()
        for number in range(1, self._so_many(183) + 1):
            if number <= len(chosen):
                title = chosen[number - 1]
                told[title[0]] += 1
                yield self._event_of_title(number, title, told[title[0]])
            else:
                yield self._event_beside(number)

    def _event_of_title(self, number: int, title: tuple[str, str, int], place_in_year: int) -> Cluster:
        key, city, year = title
        role = STEPS.get(place_in_year, "programme")
        if place_in_year not in STEPS and self._chance(0.15):
            role = "mentioned"
        held_in = city if self._chance(0.9) else self.random.choice(self.cities)[0]
        event, fields = self._event(number, held_in, year)
        parts = {(key, role)}
        if role == "closing" or self._chance(0.05):
            near = [title for title, _city, other in self.titles if abs(other - year) <= 1]
            parts.add((self.random.choice(near), "incoming"))
        links: list[Record] = [
            Record("eventdesignation", None, {"event": event, "designation": of, "role": part})
            for of, part in sorted(parts)
        ]
        if self._chance(0.06):
            links[0].fields["stated"] = False
        return Cluster(f"events/{year}", [Record("event", event, fields), *links, *self._speakers(event)])

    def _event_beside(self, number: int) -> Cluster:
        year = self.random.randint(1995, LAST_YEAR_HELD)
        event, fields = self._event(number, self.cities[self._early(len(self.cities))][0], year)
        if self._chance(0.97):
            fields["series"] = self.series[self._early(len(self.series))][0]
            fields["edition"] = self.random.randint(1, 30)
        if self._chance(0.1):
            del fields["city"]
        return Cluster("events/beside", [Record("event", event, fields), *self._speakers(event)])

    def _event(self, number: int, city: str, year: int) -> tuple[str, Fields]:
        """The event, and what every event has."""
        thing, kind = self.random.choice(list(zip(THINGS, KINDS, strict=True)))
        place, other = self.name_of[city], self.random.choice(self.places)
        key = f"{city}-{year}-{kind}-{number}"
        self.events.append(key)
        past = year < LAST_YEAR_HELD or (year == LAST_YEAR_HELD and self._chance(0.7))
        status = (
            self.random.choices(("held", "announced", "cancelled"), (85, 14, 1))[0] if past else "planned"
        )
        fields = {
            "title": f"{thing.english.capitalize()} {number} of {place.latin} with {other.latin}",
            "title_ru": f"{thing.russian.capitalize()} {number}: {place.cyrillic} и {other.cyrillic}",
            "kind": kind,
            "status": status,
            "city": city,
            "known_from": self.random.choice(("report", "report", "retrospective"))
            if status == "held"
            else "announcement",
            **self._when(year),
            **self._summarised(260, 0.17, 0.39),
            **self._cited(2.2, min(year, 2025)),
        }
        if self._chance(0.5):
            language, written = self.random.choice(
                (("ru", place.cyrillic), ("ka", place.georgian), ("hy", place.armenian))
            )
            fields |= {
                "title_original": f"{written} {number} {other.cyrillic}",
                "original_language": language,
            }
        if self._chance(0.5):
            fields |= {"venue": f"Theatre of {other.latin}", "venue_ru": f"Театр «{other.cyrillic}»"}
        fields |= self._told(0.11, "theme", 60, 30)
        if self._chance(0.4):
            fields["participating_countries"] = sorted(
                {self.countries[self._early(len(self.countries))] for _ in range(self.random.randint(1, 7))}
            )
        if self._chance(0.21):
            states = self.random.randint(2, 11)
            fields |= Text(f"{states} countries", f"{states} стран").fields("countries_as_stated")
        if self._chance(0.33):
            fields["organisers"] = sorted(
                {self.bodies[self._early(len(self.bodies))], self.random.choice(self.bodies)}
            )
        if self._chance(0.04):
            fields["other_cities"] = [self.random.choice(self.cities)[0]]
        if self._chance(0.04):
            fields["online"] = True
        return key, fields

    def _when(self, year: int) -> Fields:
        if self._chance(0.06):
            return {"reported_on": self._day(year)}
        start = self._date(year)
        day = int(start[8:] or 0)
        if 0 < day < 20 and self._chance(0.35):
            return {"start": start, "end": f"{start[:8]}{day + self.random.randint(1, 8):02}"}
        return {"start": start}

    def _speakers(self, event: str) -> Iterator[Record]:
        if self._chance(0.3):
            for _ in range(self.random.randint(1, 3)):
                person, city = self.names.new(3), self.random.choice(self.places)
                called = Text(f"{person.latin} {city.latin}ev", f"{person.cyrillic} {city.cyrillic}ев")
                post = Text(
                    f"head of the culture department of {city.latin}",
                    f"глава управления культуры города {city.cyrillic}",
                )
                told = {**called.fields("name"), **post.fields("post")}
                yield Record("eventspeaker", None, {"event": event, **told})
