"""New records to be filled in: what is known already, what must be said, and the closed lists beside it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models

from capitals.fields import LanguageField, PartialDateField
from capitals.models import (
    SUBJECTS,
    City,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Dispute,
    Event,
    Source,
)
from capitals.record.described import Described, fields_of
from capitals.record.entries import Fixtures
from capitals.record.known import alike, page_of
from capitals.words.dates import PartialDate
from capitals.words.folding import fold
from capitals.words.languages import RUSSIAN

WORDS_OF_A_KEY = 4
"""A key is typed again and again: no more words of a name than these,"""
LETTERS_OF_A_KEY = 50
"""and no more letters of them."""
BOOLEANS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
"""What YAML takes for something else than a text."""
EMPTY = ""
"""What the editor fills in: the check asks for it."""


class NotKnown(Exception):
    """What the new record would belong to is not in the fixtures, or the record is there already."""


@dataclass
class Skeleton:
    """A record to be filled in."""

    model: type[models.Model]
    key: str
    file: str
    """Below the folder of fixtures."""
    fields: dict[str, Any]
    """In their order; EMPTY where the editor is asked."""
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __str__(self) -> str:
        """The record in YAML, with what each empty field takes beside it."""
        known = {one.name: one for one in fields_of(self.model)}
        lines = [f"- model: {self.model._meta.label_lower}", f"  pk: {_written(self.key)}", "  fields:"]
        for name, value in self.fields.items():
            above, behind = ("", "") if value else _hints(known[name])
            lines += [f"    # {above}"] if above else []
            lines.append(f"    {name}: {_written(value)}".rstrip() + (f" # {behind}" if behind else ""))
        for name, items in self.parts.items():
            lines.append(f"    {name}:")
            for item in items:
                own = [f"{field}: {_written(value)}".rstrip() for field, value in item.items()]
                lines += [f"    - {own[0]}", *(f"      {line}" for line in own[1:])]
        return "\n".join(lines) + "\n"


def _written(value: Any) -> str:
    """A value as YAML has it: lists in brackets, text in quotes where YAML would misread it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, int):
        return str(value)
    plain = (
        re.fullmatch(r"[^\W\d_][\w .,’/-]*|https?://\S*[^\s:]", value) and value.casefold() not in BOOLEANS
    )
    return value if plain or not value else json.dumps(value, ensure_ascii=False)


def _hints(described: Described) -> tuple[str, str]:
    """What an empty field takes: above it where its text would swallow a comment, else behind it."""
    one = described.field
    if described.choices:
        return "", ", ".join(described.choices)
    if isinstance(one, PartialDateField):
        return "", '"2024-10-08", "2024-10" or "2024"'
    if isinstance(one, LanguageField):
        return "", "its code: az, en, hy, ru"
    if isinstance(one, models.ManyToManyField):
        return "", f"keys of {one.related_model._meta.verbose_name_plural}"
    if isinstance(one, models.ForeignKey):
        return "", f"the key of a {one.related_model._meta.verbose_name}"
    return described.help.rstrip("."), ""


def new_source(fixtures: Fixtures, address: str, name: str, today: datetime.date) -> Skeleton:
    """An article at `address`, called `name`: its outlet as known, the day as its address shows it."""
    try:
        site = urlsplit(address).hostname or ""
    except ValueError:
        site = ""
    if "." not in site:
        raise NotKnown(f"“{address}” is no address: begin it with https://.")
    sources = [source for _entry, source in fixtures.every_of(Source)]
    for source in sources:
        if page_of(source.address) == page_of(address):
            raise NotKnown(f"This article is there: {source.pk}.")
    others = [source for source in sources if urlsplit(source.address).hostname == site]
    date = _date_in(address, today)
    begun = re.sub(r"-\d{4}.*", "", others[0].pk) if others else _key(site.removeprefix("www."))
    same = {each: _said_by_all(others, each) for each in ("outlet", "outlet_ru", "kind")}
    # One article says nothing of the language of the others.
    same["language"] = _said_by_all(others, "language") if len(others) > 1 else EMPTY
    fields: dict[str, Any] = {
        "outlet": same["outlet"],
        # An outlet that is known without a Russian name has none.
        **({"outlet_ru": same["outlet_ru"]} if same["outlet_ru"] or not others else {}),
        "title": name,
        "date": date,
        "language": same["language"],
        "kind": same["kind"],
        "address": address,
        "read_as": EMPTY,
    }
    if date:
        fields |= {"weakness": "Date read from the address.", "weakness_ru": "Дата взята из адреса страницы."}
    fields |= {"seen_on": _month(today), "establishes": EMPTY, "establishes_ru": EMPTY}
    key = "-".join(filter(None, (begun, date, _key(name))))
    return Skeleton(Source, _free(fixtures, Source, key), _file_of_sources(fixtures, date), fields)


def new_event(fixtures: Fixtures, capital: str, name: str, today: datetime.date) -> Skeleton:
    """An event of that title, which also has its part in it."""
    title = _known(fixtures, Designation, capital)
    asked = ("kind", "status", "known_from", "start")
    fields = {**_called("title", name), **dict.fromkeys(asked, EMPTY), "city": title.city_id}
    fields |= dict.fromkeys(("venue", "venue_ru", "summary", "summary_ru"), EMPTY)
    return Skeleton(
        Event,
        _free(fixtures, Event, f"{title.pk}-{_key(name)}"),
        f"events/{title.year}.yaml",
        {**fields, "sources": []},
        {
            "titles": [{"designation": title.pk, "role": "programme"}],
            "speakers": [{"name": EMPTY, "name_ru": EMPTY, "post": EMPTY, "post_ru": EMPTY}],
        },
    )


def new_designation(fixtures: Fixtures, city: str, year: str, today: datetime.date) -> Skeleton:
    """A city's title for a year."""
    place = _known(fixtures, City, city)
    if not re.fullmatch(r"20\d\d", year):
        raise NotKnown(f"“{year}” is no year: {city} and a year make a title, like lachin 2025.")
    fields = {"city": place.pk, "year": int(year), "summary": EMPTY, "summary_ru": EMPTY}
    fields |= {"searched_to": _month(today), "sources": []}
    key = f"{place.pk}-{year}"
    if key in fixtures.by_key[Designation]:
        raise NotKnown(f"This title is there: {key}.")
    return Skeleton(Designation, key, "designations.yaml", fields)


def new_decision(fixtures: Fixtures, capital: str, name: str, today: datetime.date) -> Skeleton:
    """A step towards that title."""
    title = _known(fixtures, Designation, capital)
    asked = ("body", "kind", "date", "place", "place_ru", "summary", "summary_ru")
    fields = {**_called("title", name), **dict.fromkeys(asked, EMPTY), "names": [title.pk], "sources": []}
    key = _free(fixtures, Decision, f"{title.pk}-{_key(name, 2)}")
    return Skeleton(Decision, key, "decisions.yaml", fields)


def new_centre(fixtures: Fixtures, city: str, name: str, today: datetime.date) -> Skeleton:
    """A cultural centre in that city."""
    place = _known(fixtures, City, city)
    fields = {**_called("name", name), "kind": EMPTY, "operating_country": EMPTY}
    fields |= {"host_country": place.country_id, "host_city": place.pk, "inaugurated": EMPTY}
    fields |= {"status": EMPTY, "status_as_of": _month(today), "summary": EMPTY, "summary_ru": EMPTY}
    key = _own(fixtures, CulturalCentre, _key(name))
    return Skeleton(CulturalCentre, key, "centres.yaml", {**fields, "sources": []})


def new_dispute(fixtures: Fixtures, subject: str, name: str, today: datetime.date) -> Skeleton:
    """A question on which sources differ, on the record with that key, with two versions."""
    related: dict[str, Any] = {one: Dispute._meta.get_field(one).related_model for one in SUBJECTS}
    about = next((one for one, model in related.items() if subject in fixtures.by_key[model]), None)
    if about is None:
        raise _missing(
            fixtures, subject, f"{', '.join(SUBJECTS[:-1])} or {SUBJECTS[-1]}", [*related.values()]
        )
    fields = {**_called("question", name), about: subject, "assessment": EMPTY, "assessment_ru": EMPTY}
    versions = [{"claim": EMPTY, "claim_ru": EMPTY, "sources": []} for _ in range(2)]
    key = _free(fixtures, Dispute, f"{subject}-{_key(name, 3)}")
    return Skeleton(Dispute, key, "disputes.yaml", fields, {"versions": versions})


def new_city(fixtures: Fixtures, country: str, name: str, today: datetime.date) -> Skeleton:
    """A city of that country, with its name in a state language and in Russian."""
    state = _known(fixtures, Country, country)
    language = state.state_languages.split()[0] if state.state_languages else EMPTY
    called = _called("name", name)
    asked = ("region", "region_ru", "latitude", "longitude")
    fields = {"country": country, **called, **dict.fromkeys(asked, EMPTY)}
    names = [
        {"name": EMPTY, "language": language, "kind": "official", "sources": []},
        {"name": called["name_ru"], "language": RUSSIAN, "kind": "common", "sources": []},
    ]
    key = _own(fixtures, City, _key(name))
    return Skeleton(City, key, "cities.yaml", {**fields, "sources": []}, {"names": names})


New = Callable[[Fixtures, str, str, datetime.date], Skeleton]
KINDS: dict[str, tuple[New, str, str]] = {
    "source": (new_source, "its address", "its title"),
    "event": (new_event, "the capital, like lachin-2025", "what to call it"),
    "designation": (new_designation, "the city's key", "the year"),
    "decision": (new_decision, "the capital, like lachin-2025", "what to call it"),
    "centre": (new_centre, "the host city's key", "its name"),
    "dispute": (new_dispute, "the key of what it is about", "the question"),
    "city": (new_city, "the country's key", "its name in English"),
}
"""What can be begun: how, what it belongs to, and what else must be said."""


def _known(fixtures: Fixtures, model: Any, key: str) -> Any:
    if key not in fixtures.by_key[model]:
        raise _missing(fixtures, key, model._meta.model_name, [model])
    return fixtures.get(model, key)


def _missing(fixtures: Fixtures, key: str, what: str, of: Collection[type[models.Model]]) -> NotKnown:
    near = alike(fixtures, key, of)
    guess = f" Did you mean {', '.join(near)}?" if near else ""
    return NotKnown(f"There is no {what} “{key}”.{guess} “manage.py find” shows what is there.")


def _free(fixtures: Fixtures, model: type[models.Model], key: str) -> str:
    """The key, with a number behind it where another record has it."""
    numbered = (key if number == 1 else f"{key}-{number}" for number in count(1))
    return next(one for one in numbered if one not in fixtures.by_key[model])


def _own(fixtures: Fixtures, model: type[models.Model], key: str) -> str:
    """The key of what has its name for itself; NotKnown where a record has it."""
    if key in fixtures.by_key[model]:
        raise NotKnown(f"This {model._meta.verbose_name} is there: {key}. Another one needs another name.")
    return key


def _called(field: str, name: str) -> dict[str, str]:
    """The name in the field of its language, the other empty; NotKnown where it has no letter."""
    if not _key(name):
        raise NotKnown(f"“{name}” has no letter that a key could be made of: say what to call it.")
    russian = any("а" <= letter <= "я" for letter in name.casefold())
    return {field: EMPTY if russian else name, f"{field}_{RUSSIAN}": name if russian else EMPTY}


def _key(name: str, words: int = WORDS_OF_A_KEY) -> str:
    """The first words of a name as a key has them."""
    return "-".join(fold(name).split()[:words])[:LETTERS_OF_A_KEY].strip("-")


def _month(today: datetime.date) -> str:
    return f"{today:%Y-%m}"


def _date_in(address: str, today: datetime.date) -> str:
    """The day that an address shows, like /2024/10/08/; empty where it shows none."""
    found = re.search(r"(20\d\d)[-/](\d\d)[-/](\d\d)(?!\d)", address)
    try:
        date = PartialDate.parse("-".join(found.groups())) if found else None
    except (ValueError, ValidationError):
        date = None
    return str(date) if date and date.latest <= today else EMPTY


def _said_by_all(sources: list[Source], name: str) -> str:
    """What all of the sources say in that field; empty where they differ, or without any."""
    said = {str(getattr(source, name)) for source in sources}
    return said.pop() if len(said) == 1 else EMPTY


def _file_of_sources(fixtures: Fixtures, date: str) -> str:
    """The file of articles on events whose years hold that date, else the one of the latest years."""
    files = sorted({entry.file.partition("/")[2] for entry, _ in fixtures.every_of(Source)})
    of_events = {file: re.findall(r"\d{4}", file) for file in files if "events_" in file}
    fitting = [file for file, years in of_events.items() if years[0] <= date[:4] <= years[-1]]
    return (fitting or [*of_events] or ["sources/new.yaml"])[-1]
