"""A record of any size, written in bulk: every list long, every related row of its hub records too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from capitals.models import (
    Body,
    Change,
    City,
    CityName,
    Correction,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Dispute,
    DisputeVersion,
    Event,
    EventDesignation,
    EventSeries,
    EventSpeaker,
    FormerAddress,
    ProgrammeStatement,
    SisterTitle,
    SisterTitleHolding,
    Source,
)
from capitals.models.whole import TABLES
from capitals.record.writing import write_search_entries
from capitals.words.dates import PartialDate

DISPUTES = 10
"""Disputes on each hub record, whatever the size: each is long and none is listed elsewhere."""

COUNTRIES = 200
"""The earth has no more, and each stands as a choice in the forms of most lists."""


def fill(rows: int) -> None:
    """Write `rows` records of each kind; those with the key `hub` have them as related rows.

    The factories would take minutes for a thousand; here each model is one statement or a
    few. All sources stand behind every hub record, the hub source behind all records.
    The search finds them all, and two addresses are former ones: one moved, one gone.
    """
    sources = _make(Source, rows, outlet="Outlet", language="en", kind="news", read_as="full", date=2016)
    countries = _make(
        Country, min(rows, COUNTRIES), codes=True, name="Country", state_languages="ru", sources=sources
    )
    hub_country = countries[0]
    cities = _make(
        City,
        rows,
        name="City",
        country=hub_country,
        # Spread over the map, the hub in its middle.
        latitude=[50 + number % 8 for number in range(rows)],
        longitude=[50 + number // 8 % 20 for number in range(rows)],
        wikidata=[f"Q{number}" for number in range(1, rows + 1)],
        sources=sources,
    )
    hub_city = cities[0]
    names = [CityName(city=city, name=f"Город {city.pk}", language="ru", kind="official") for city in cities]
    names += [
        CityName(city=hub_city, name=f"Имя {number}", language="ru", kind="variant") for number in range(rows)
    ]
    CityName.objects.bulk_create(names)
    _cite(CityName, CityName.objects.all(), sources)
    bodies = _make(Body, rows, name="Body", kind="ministry", country=hub_country, sources=sources)
    designations = _make(Designation, rows, year=2017, summary="Held.", city=cities, sources=sources)
    decisions = _make(
        Decision,
        rows,
        title="Decision",
        kind="decided",
        summary="Named.",
        date=2016,
        body=bodies[0],
        sources=sources,
    )
    _link(Decision, "names", [(decision, designations[0]) for decision in decisions])
    # Another decision with one source: the hub's many would stand in every row of the capitals.
    _link(Decision, "names", [(decisions[1], designation) for designation in designations[1:]])
    series = _make(EventSeries, rows, name="Series", summary="Again.", city=hub_city, sources=sources)
    _link(EventSeries, "organisers", [(one, bodies[0]) for one in series])
    _link(EventSeries, "organisers", [(series[0], body) for body in bodies[1:]])
    events = _make(
        Event,
        rows,
        title="Event",
        kind="concert",
        status="held",
        known_from="report",
        summary="Met.",
        start="2017-05-01",
        city=hub_city,
        series=series[0],
        sources=sources,
    )
    _link(Event, "organisers", [(event, bodies[0]) for event in events])
    _link(Event, "organisers", [(events[0], body) for body in bodies[1:]])
    _link(Event, "participating_countries", [(events[0], country) for country in countries])
    _link(Event, "other_cities", [(events[0], city) for city in cities])
    parts = [(event, designations[0], "opening") for event in events]
    parts += [(events[1], designation, "incoming") for designation in designations[1:]]
    EventDesignation.objects.bulk_create(
        EventDesignation(event=event, designation=designation, role=role)
        for event, designation, role in parts
    )
    EventSpeaker.objects.bulk_create(
        EventSpeaker(event=events[0], name=f"Speaker {number}") for number in range(rows)
    )
    centres = _make(
        CulturalCentre,
        rows,
        name="Centre",
        kind="state",
        status="unknown",
        summary="Shows films.",
        established=2016,
        operating_country=hub_country,
        host_country=hub_country,
        host_city=hub_city,
        sources=sources,
    )
    statements = _make(ProgrammeStatement, rows, positions=True, heading="Rule", text="So.", sources=sources)
    titles = _make(SisterTitle, rows, name="Sister title", summary="Another.", sources=sources)
    holdings = [(titles[0], city) for city in cities] + [(title, hub_city) for title in titles[1:]]
    SisterTitleHolding.objects.bulk_create(
        SisterTitleHolding(title=title, city=city, year=2016) for title, city in holdings
    )
    _cite(SisterTitleHolding, SisterTitleHolding.objects.order_by("pk"), sources)
    subjects = {
        "designation": designations[0],
        "decision": decisions[0],
        "event": events[0],
        "city": hub_city,
        "centre": centres[0],
        "series": series[0],
        "statement": statements[0],
    }
    _disputes(subjects, sources)
    FormerAddress.objects.create(path="/events/moved/", new_path="/events/hub/")
    FormerAddress.objects.create(path="/events/gone/")
    changes = [
        Change(date="2026-11-30", table=table, key=key, kind="added")
        for table, model in TABLES.items()
        for key in model._default_manager.values_list("pk", flat=True)
    ]
    changes += [Change(date="2026-12-24", table="events", key=event.pk, kind="mended") for event in events]
    Change.objects.bulk_create(changes)
    corrected = {"date": PartialDate(2026, 12), "path": "/events/hub/", "text": "The year."}
    Correction.objects.bulk_create(Correction(slug=f"one-{number}", **corrected) for number in range(rows))
    write_search_entries("default")


def _key(model: type[models.Model], number: int) -> str:
    if model is Designation:
        return f"{_key(City, number)}-2017"
    # Statements and sister titles have their anchors on one page.
    start = "title-" if model is SisterTitle else ""
    return f"{start}hub" if number == 0 else f"{start}one-{number}"


def _make(
    model: Any,
    rows: int,
    *,
    sources: list[Any] | None = None,
    codes: bool = False,
    positions: bool = False,
    **fields: Any,
) -> list[Any]:
    """`rows` records with these fields, the texts and keys numbered; a list gives each its own value."""
    made = []
    for number in range(rows):
        values: dict[str, Any] = {"slug": _key(model, number)}
        for name, value in fields.items():
            field = model._meta.get_field(name)
            if isinstance(value, list):
                value = value[number]
            elif name in {"start", "date", "established"}:
                value = PartialDate.parse(str(value))
            elif name in {"name", "title", "heading"}:
                value = f"{value} {number}"
            values[field.name] = value
        if model is Source:
            values |= {"title": f"Article {number}", "establishes": "Something."}
        if codes:
            first, second = divmod(number, 26)
            values["code"] = chr(65 + first) + chr(65 + second)
        if positions:
            values["position"] = number + 1
        made.append(model(**values))
    model.objects.bulk_create(made)
    if sources is not None:
        _cite(model, made, sources)
    return made


def _cite(model: Any, records: Iterable[Any], sources: list[Any]) -> None:
    """The hub source behind each record, the other sources behind the first alone."""
    records = list(records)
    _link(model, "sources", [(record, sources[0]) for record in records])
    _link(model, "sources", [(records[0], source) for source in sources[1:]])


def _link(model: Any, field: str, pairs: list[tuple[Any, Any]]) -> None:
    many = model._meta.get_field(field)
    link = many.remote_field.through
    near = link._meta.get_field(many.m2m_field_name()).attname
    far = link._meta.get_field(many.m2m_reverse_field_name()).attname
    link.objects.bulk_create(link(**{near: one.pk, far: other.pk}) for one, other in pairs)


def _disputes(subjects: dict[str, Any], sources: list[Any]) -> None:
    disputes = [
        Dispute(slug=f"{name}-{number}", question="Who?", **{name: record})
        for name, record in subjects.items()
        for number in range(DISPUTES)
    ]
    Dispute.objects.bulk_create(disputes)
    versions = [
        DisputeVersion(dispute=dispute, position=position, claim="So.")
        for dispute in disputes
        for position in (1, 2)
    ]
    DisputeVersion.objects.bulk_create(versions)
    _link(DisputeVersion, "sources", [(version, sources[0]) for version in DisputeVersion.objects.all()])
