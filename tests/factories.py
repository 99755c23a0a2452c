"""Plain functions that make one record each, cited, with what a test does not care about filled in."""

from __future__ import annotations

from itertools import count
from typing import Any, TypeVar

from capitals.models import (
    Body,
    Cited,
    City,
    CityName,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Dispute,
    DisputeVersion,
    Event,
    EventDesignation,
    EventSeries,
    SisterTitle,
    SisterTitleHolding,
    Source,
)
from capitals.words.dates import PartialDate

_numbers = count(1)


def make_source(**fields: Any) -> Source:
    number = next(_numbers)
    defaults = {
        "slug": f"source-{number}",
        "outlet": f"Outlet {number}",
        "title": f"Article {number}",
        "language": "en",
        "kind": Source.Kind.NEWS,
        "address": f"https://example.org/{number}",
        "read_as": Source.ReadAs.EXCERPT,
        "establishes": "That something happened.",
    }
    return Source.objects.create(**{**defaults, **fields})


def make_country(*, sources: int = 1, **fields: Any) -> Country:
    number = next(_numbers)
    code = chr(65 + number // 26 % 26) + chr(65 + number % 26)
    defaults = {
        "slug": f"country-{number}",
        "code": code,
        "name": f"Country {number}",
        "state_languages": "en",
    }
    return _cited(Country.objects.create(**{**defaults, **fields}), sources)


def make_city(*, country: Country | None = None, names: int = 1, sources: int = 1, **fields: Any) -> City:
    number = next(_numbers)
    defaults = {"slug": f"city-{number}", "name": f"City {number}", "country": country or make_country()}
    city = _cited(City.objects.create(**{**defaults, **fields}), sources)
    for position in range(names):
        name = CityName.objects.create(
            city=city, name=f"Имя {number} {position}", language="ru", kind="common"
        )
        _cited(name, sources)
    return city


def make_body(*, sources: int = 1, **fields: Any) -> Body:
    number = next(_numbers)
    defaults = {"slug": f"body-{number}", "name": f"Body {number}", "kind": Body.Kind.CIS_ORGAN}
    return _cited(Body.objects.create(**{**defaults, **fields}), sources)


def make_designation(
    *, city: City | None = None, year: int = 2017, sources: int = 1, **fields: Any
) -> Designation:
    city = city or make_city()
    defaults = {"slug": f"{city.pk}-{year}", "city": city, "year": year, "summary": "It held the title."}
    return _cited(Designation.objects.create(**{**defaults, **fields}), sources)


def make_decision(
    *, names: tuple[Designation, ...] = (), date: str | None = "2016-10-01", sources: int = 1, **fields: Any
) -> Decision:
    number = next(_numbers)
    defaults = {
        "slug": f"decision-{number}",
        "title": f"Decision {number}",
        "body": fields.get("body") or make_body(),
        "kind": Decision.Kind.DECIDED,
        "date": PartialDate.parse(date) if date else None,
        "summary": "Cities were named.",
    }
    decision = _cited(Decision.objects.create(**{**defaults, **fields}), sources)
    decision.names.set(names)
    return decision


def make_series(*, sources: int = 1, **fields: Any) -> EventSeries:
    number = next(_numbers)
    defaults = {"slug": f"series-{number}", "name": f"Series {number}", "summary": "It comes again."}
    return _cited(EventSeries.objects.create(**{**defaults, **fields}), sources)


def make_event(
    *,
    titles: tuple[tuple[Designation, str], ...] = (),
    start: str | None = "2017-05-01",
    end: str | None = None,
    reported_on: str | None = None,
    sources: int = 1,
    **fields: Any,
) -> Event:
    number = next(_numbers)
    dates = {"start": start, "end": end, "reported_on": reported_on}
    defaults = {
        "slug": f"event-{number}",
        "title": f"Event {number}",
        "kind": Event.Kind.FESTIVAL,
        "status": Event.Status.HELD,
        "known_from": Event.KnownFrom.REPORT,
        "summary": "People met.",
        **{name: PartialDate.parse(date) for name, date in dates.items() if date},
    }
    event = _cited(Event.objects.create(**{**defaults, **fields}), sources)
    for designation, role in titles:
        EventDesignation.objects.create(event=event, designation=designation, role=role)
    return event


def make_centre(*, sources: int = 1, **fields: Any) -> CulturalCentre:
    number = next(_numbers)
    host_city = fields.get("host_city") or make_city()
    defaults = {
        "slug": f"centre-{number}",
        "name": f"Centre {number}",
        "kind": CulturalCentre.Kind.STATE,
        "operating_country": fields.get("operating_country") or make_country(),
        "host_country": host_city.country,
        "host_city": host_city,
        "status": CulturalCentre.Status.UNKNOWN,
        "summary": "It shows films.",
    }
    return _cited(CulturalCentre.objects.create(**{**defaults, **fields}), sources)


def make_dispute(*, versions: int = 2, sources: int = 1, **fields: Any) -> Dispute:
    number = next(_numbers)
    dispute = Dispute.objects.create(**{"slug": f"dispute-{number}", "question": "Who decided?", **fields})
    for position in range(1, versions + 1):
        version = DisputeVersion.objects.create(
            dispute=dispute, position=position, claim=f"Version {position}"
        )
        _cited(version, sources)
    return dispute


def make_sister_title(*, held_by: tuple[tuple[City, int], ...] = (), **fields: Any) -> SisterTitle:
    number = next(_numbers)
    defaults = {
        "slug": f"sister-title-{number}",
        "name": f"Sister title {number}",
        "summary": "Another title.",
    }
    title = _cited(SisterTitle.objects.create(**{**defaults, **fields}), 1)
    for city, year in held_by:
        _cited(SisterTitleHolding.objects.create(title=title, city=city, year=year), 1)
    return title


Record = TypeVar("Record", bound=Cited)


def _cited(record: Record, sources: int) -> Record:
    record.sources.set([make_source() for _ in range(sources)])
    return record
