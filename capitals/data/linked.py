"""The record in the words of schema.org, as search engines and other programs read it from a page.

A node says what the record states and nothing more: what has no true word there is left out. What
a record is about has the same `@id` in both languages, its texts and `url` are the page's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from django.urls import reverse
from django.utils.translation import gettext as _

from capitals.data.ourselves import LICENCE_ADDRESS, absolute, name
from capitals.models import (
    Body,
    Cited,
    City,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Event,
    EventSeries,
    RecordState,
    Source,
)
from capitals.words.dates import PartialDate
from capitals.words.languages import ENGLISH, RUSSIAN, address_in, page_language

Value: TypeAlias = "str | float | bool | Sequence[Value] | Mapping[str, Value]"
Node: TypeAlias = dict[str, Value]

VOCABULARY = "https://schema.org"
SUBJECT = "subject"
"""What stands behind the number sign in the `@id` of what a page is about: a page is not the city."""

_ESCAPED = str.maketrans({letter: f"\\u{ord(letter):04X}" for letter in "<>&"})


def written(*nodes: Node) -> str:
    """The nodes as JSON-LD that may stand within a script element: nothing in it ends the element."""
    told = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    return json.dumps({"@context": VOCABULARY, **told}, ensure_ascii=False).translate(_ESCAPED)


def _node(kind: str, told: Mapping[str, Value | None]) -> Node:
    """A node of that type, without what is not recorded."""
    return {
        "@type": kind,
        **{word: value for word, value in told.items() if value is not None and value not in ("", [], {})},
    }


# Pages


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Node:
    """The way to a page, by name and path of each step; of the last, the page itself, no path is needed."""
    items: list[Node] = [
        _node("ListItem", {"position": number, "name": called, "item": absolute(path) if path else None})
        for number, (called, path) in enumerate(steps, 1)
    ]
    return _node("BreadcrumbList", {"itemListElement": items})


def page(
    title: str, path: str, state: RecordState, *, about: Sequence[Node], sources: Iterable[Source]
) -> Node:
    """A page of ours, what it is `about`, by nodes with an `@id`, and the articles that it rests on."""
    address = absolute(path)
    told: dict[str, Value | None] = {
        "@id": address,
        "url": address,
        "name": title,
        "inLanguage": page_language(),
        "isPartOf": _mention_of_the_site(),
        "publisher": _publisher(),
        "license": LICENCE_ADDRESS,
        "version": state.version,
        "about": [{"@id": node["@id"]} for node in about],
        "citation": [source.address or absolute(source.get_absolute_url()) for source in sources],
    }
    return _node("WebPage", told)


def website() -> Node:
    """The site, with the address of its search."""
    search = f"{absolute(reverse('search'))}?q={{words}}"
    told: dict[str, Value | None] = {
        **_mention_of_the_site(),
        "description": _description(),
        "inLanguage": page_language(),
        "license": LICENCE_ADDRESS,
        "publisher": _publisher(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=words",
        },
    }
    return _node("WebSite", told)


def dataset(path: str, state: RecordState, distributions: Sequence[Node] = ()) -> Node:
    """The record as a data set, told of at `path`, with its downloads; `state` from `with_edition()`."""
    told: dict[str, Value | None] = {
        "@id": absolute("/#dataset"),
        "url": absolute(path),
        "name": name(),
        "description": _description(),
        "license": LICENCE_ADDRESS,
        "version": state.version,
        "dateModified": str(state.stands_since),
        "creator": _publisher(),
        "publisher": _publisher(),
        "isAccessibleForFree": True,
        "inLanguage": [ENGLISH, RUSSIAN],
        "isBasedOn": "https://www.geonames.org/",
        "distribution": distributions,
    }
    return _node("Dataset", told)


def distribution(path: str, media_type: str, called: str) -> Node:
    """A file with the whole data set or a part of it."""
    return _node("DataDownload", {"contentUrl": absolute(path), "encodingFormat": media_type, "name": called})


def _description() -> str:
    return _(
        "An independent record of the CIS Cultural Capitals: every city and year since 2011, the decisions"
        " behind them, their events, each fact with its source."
    )


def _mention_of_the_site() -> Node:
    return _node("WebSite", {"@id": absolute("/#website"), "name": name(), "url": absolute(reverse("home"))})


def _publisher() -> Node:
    return _node(
        "Organization", {"@id": absolute("/#project"), "name": name(), "url": absolute(reverse("about"))}
    )


# Records


def mention(record: Cited | Source) -> Node:
    """A record that another page is about: what it is, how it is called, where it is told."""
    return _node(type_of(record), _named(record))


def subject(record: Cited | Source, titles: Iterable[Designation] = ()) -> Node:
    """What the page of a record is about; of a city also the `titles` that it holds or held.

    Asks nothing of the database for a record as its own page fetches it.
    """
    told = _named(record) | _TOLD[type(record)](record)
    if held := [_title(designation) for designation in titles if not designation.replaced_by_id]:
        told["additionalProperty"] = held
    return _node(type_of(record), told)


def type_of(record: Cited | Source) -> str:
    """Its type in schema.org."""
    if isinstance(record, Body):
        # Those of the CIS and of other unions are governments' together, and no government's.
        return "GovernmentOrganization" if record.kind in GOVERNMENT else "Organization"
    if isinstance(record, Source):
        return TYPES_OF_SOURCES.get(Source.Kind(record.kind), "CreativeWork")
    return TYPES[type(record)]


GOVERNMENT = {Body.Kind.MINISTRY, Body.Kind.GOVERNMENT, Body.Kind.CITY, Body.Kind.EMBASSY}
TYPES_OF_SOURCES = {Source.Kind.NEWS: "NewsArticle", Source.Kind.ENCYCLOPEDIA: "Article"}
TYPES: dict[type[Cited], str] = {
    City: "City",
    Country: "Country",
    Event: "Event",
    EventSeries: "EventSeries",
    # Not a CivicStructure: of many no building is known, some are planned, and what is recorded of all
    # is who set them up and when.
    CulturalCentre: "Organization",
    # Not Legislation: most are steps towards one (proposed, recommended, supported), some only reported.
    Decision: "CreativeWork",
}


def _named(record: Cited | Source) -> dict[str, Value | None]:
    path = record.get_absolute_url()
    return {
        "@id": f"{absolute(address_in(ENGLISH, path))}#{SUBJECT}",
        "name": _called(record),
        "url": absolute(path),
    }


def _title(designation: Designation) -> Node:
    return _node(
        "PropertyValue",
        {
            "name": _("CIS Cultural Capital"),
            "value": designation.year,
            "url": absolute(reverse("year", args=[designation.year])),
        },
    )


def _city(city: City) -> dict[str, Value | None]:
    located = city.latitude is not None and city.longitude is not None
    geo = {"latitude": float(city.latitude or 0), "longitude": float(city.longitude or 0)}
    same = [
        f"https://sws.geonames.org/{city.geonames}/" if city.geonames else "",
        f"http://www.wikidata.org/entity/{city.wikidata}" if city.wikidata else "",
    ]
    return {
        "alternateName": _other_names(city),
        "description": _text(city, "description"),
        "geo": _node("GeoCoordinates", geo) if located else None,
        "containedInPlace": mention(city.country),
        "sameAs": [address for address in same if address],
    }


def _country(country: Country) -> dict[str, Value | None]:
    code: Mapping[str, Value] = {"propertyID": "ISO 3166-1 alpha-2", "value": country.code}
    return {
        "alternateName": [other.words for other in country.other_names(page_language())],
        "identifier": _node("PropertyValue", code),
    }


def _event(event: Event) -> dict[str, Value | None]:
    titles = {part.designation_id: part.designation for part in event.part_of()}
    about = [
        _node(
            "Thing", {"name": title.called(page_language()).words, "url": absolute(title.get_absolute_url())}
        )
        for title in titles.values()
    ]
    if event.theme:
        about.append(_node("Thing", {"name": _text(event, "theme")}))
    return {
        "alternateName": event.original_beside(page_language()),
        "description": _text(event, "summary"),
        "startDate": _date(event.start),
        "endDate": _date(event.end),
        "eventStatus": STATUSES.get(Event.Status(event.status)),
        "location": _places(event),
        "organizer": [mention(body) for body in event.organisers.all()],
        "superEvent": mention(event.series) if event.series else None,
        "about": about,
    }


STATUSES = {
    Event.Status.PLANNED: f"{VOCABULARY}/EventScheduled",
    Event.Status.CANCELLED: f"{VOCABULARY}/EventCancelled",
}
"""What was held, and what no report followed, has no word there that is sure to be true."""


def _places(event: Event) -> list[Node]:
    """Where it takes place: the venue or else the city, the other cities, online."""
    places: list[Node] = []
    if event.city:
        venue = _text(event, "venue")
        city = mention(event.city)
        place = _node("Place", {"name": venue, "containedInPlace": city}) if venue else city
        places.append(place | {"address": _address(event.city.country, event.city)})
    places += [mention(city) for city in event.other_cities.all()]
    if event.online:
        places.append(_node("VirtualLocation", {"name": _("online")}))
    return places


def _series(series: EventSeries) -> dict[str, Value | None]:
    return {
        "alternateName": series.original_beside(page_language()),
        "description": _text(series, "summary"),
        "startDate": _date(series.founded),
        "location": mention(series.city) if series.city else None,
        "organizer": [mention(body) for body in series.organisers.all()],
    }


def _centre(centre: CulturalCentre) -> dict[str, Value | None]:
    street = _text(centre, "street_address")
    return {
        "alternateName": centre.original_beside(page_language()),
        "description": _text(centre, "summary"),
        "foundingDate": _date(centre.established),
        "address": _address(centre.host_country, centre.host_city, street),
        "location": mention(centre.host_city or centre.host_country),
    }


def _decision(decision: Decision) -> dict[str, Value | None]:
    named = (designation.city for designation in decision.names.all())
    return {
        "alternateName": decision.document,
        "description": _text(decision, "summary"),
        "dateCreated": _date(decision.date),
        "locationCreated": _node("Place", {"name": _text(decision, "place")}) if decision.place else None,
        "creator": mention(decision.body),
        "about": [mention(city) for city in {city.pk: city for city in named}.values()],
    }


def _body(body: Body) -> dict[str, Value | None]:
    national = body.kind in {Body.Kind.MINISTRY, Body.Kind.GOVERNMENT}
    return {
        "alternateName": body.name_ru if page_language() == ENGLISH else body.name,
        "description": _text(body, "description"),
        "areaServed": mention(body.country) if body.country and national else None,
    }


def _source(source: Source) -> dict[str, Value | None]:
    """The article itself, at its own address; its author as printed, who may be several or an agency."""
    return {
        "url": source.address,
        "headline": source.title if source.title_given else None,
        "inLanguage": source.language,
        "datePublished": _date(source.date),
        "creditText": _text(source, "author"),
        "publisher": _node("Organization", {"name": _text(source, "outlet")}),
        "archivedAt": source.archive_address,
    }


_TOLD: dict[type[Cited | Source], Any] = {
    City: _city,
    Country: _country,
    Event: _event,
    EventSeries: _series,
    CulturalCentre: _centre,
    Decision: _decision,
    Body: _body,
    Source: _source,
}
"""What is told of each kind of record beside its name and its addresses."""


def _called(record: Cited | Source) -> str:
    return record.called(page_language()).words


def _text(record: Cited | Source, field: str) -> str:
    return record.told(field, page_language()).words


def _date(date: PartialDate | None) -> str | None:
    """As far as it is known, in the form of ISO 8601."""
    return str(date) if date else None


def _other_names(city: City) -> list[str]:
    """Every other spelling that its page shows, each once."""
    spellings = dict.fromkeys([city.name, city.name_ru, *(name.name for name in city.displayed_names)])
    return [spelling for spelling in spellings if spelling not in ("", _called(city))]


def _address(country: Country, city: City | None, street: str = "") -> Node:
    told: dict[str, Value | None] = {
        "streetAddress": street,
        "addressLocality": _called(city) if city else None,
        "addressRegion": _text(city, "region") if city else None,
        "addressCountry": country.code,
    }
    return _node("PostalAddress", told)
