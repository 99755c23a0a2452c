"""Where the next editor should dig: what the record lacks, and what its sources bear badly."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import F

from capitals.derived.coverage import UNCONFIRMED, years_covered
from capitals.models import Cited, Decision, Designation, DisputeVersion, Event, InTwoLanguages, Source
from capitals.models.sources import citations
from capitals.models.whole import CITED, RECORD
from capitals.record.dependents import BELONGS_TO
from capitals.record.rules import NAMES_AND_PLACES

Weak = Callable[[list[Source]], bool]

WEAKNESSES: tuple[tuple[str, Weak], ...] = (
    ("one source only", lambda sources: len(sources) == 1),
    (
        "relays of one agency only",
        lambda sources: len(sources) > 1 and len(voices(sources)) == 1,
    ),
    (
        "encyclopedias only",
        lambda sources: all(source.kind == Source.Kind.ENCYCLOPEDIA for source in sources),
    ),
    ("undated sources only", lambda sources: all(source.date is None for source in sources)),
    ("sources with a known weakness only", lambda sources: all(source.weakness for source in sources)),
)
"""How the sources of one record can be weak, as an editor reads it."""


def voices(sources: Iterable[Source]) -> set[str]:
    """Who speaks in `sources`: relays of one agency are one voice, and encyclopedias are none."""
    return {source.voice for source in sources if source.kind != Source.Kind.ENCYCLOPEDIA}


@dataclass(frozen=True)
class WeakSpot:
    """One way in which records are weak, and those that are."""

    name: str
    records: list[str]


def weak_spots(today: datetime.date) -> Iterator[WeakSpot]:
    """Where the next editor should dig: titles and events first, then what its sources bear badly."""
    titles = [title for year in years_covered(today) for title in year.incomplete]
    lacking = [
        f"{title.designation.pk}: {', '.join(str(step.label) for step in title.not_recorded)}"
        for title in titles
    ]
    yield WeakSpot("Titles with a step that is not recorded", lacking)

    meant = Designation.objects.filter(next_search__isnull=False).oldest_first()
    due = [title.pk for title in meant if title.next_search and title.next_search.latest < today]
    yield WeakSpot("Titles to be searched again, the time for it over", due)

    unconfirmed = Event.objects.filter(status__in=UNCONFIRMED).newest_first()
    over = [_key(event) for event in unconfirmed if _is_over(event, today)]
    yield WeakSpot("Announced or planned, their time over, never reported as held", over)

    yield WeakSpot("Texts without their Russian twin", list(_in_english_alone()))

    resting = list(_resting())
    alone = [
        _key(record)
        for record, sources in resting
        if isinstance(record, Designation) and len(voices(sources)) < 2
    ]
    yield WeakSpot("Designations that rest on fewer than two independent sources", alone)
    for what, places in (("On the programme", False), ("Names and places", True)):
        for how, weak in WEAKNESSES:
            found = [
                _key(record)
                for record, sources in resting
                if isinstance(record, NAMES_AND_PLACES) is places and weak(sources)
            ]
            yield WeakSpot(f"{what}: resting on {how}", found)


def in_numbers(today: datetime.date) -> Iterator[tuple[str, str]]:
    """The record in the numbers by which an edition is held against the one before."""
    yield "Events", str(Event.objects.count())
    yield "Sources", str(Source.objects.count())
    decisions = Decision.objects.all()
    yield "Decisions with a document", f"{decisions.exclude(document='').count()} of {decisions.count()}"
    titles = [title for year in years_covered(today) for title in year.titles]
    twice = [
        title for title in titles if all(len(voices(step.record.sources.all())) > 1 for step in title.steps)
    ]
    yield "Titles with two independent sources on each recorded step", f"{len(twice)} of {len(titles)}"
    of_one_voice = [record for record, sources in _resting() if len(voices(sources)) < 2]
    on_programme = [record for record in of_one_voice if not isinstance(record, NAMES_AND_PLACES)]
    yield "Records on one voice", f"{len(of_one_voice)}, {len(on_programme)} of them on the programme"


def on_one_relay() -> Iterator[tuple[str, list[str]]]:
    """Which records on the programme hang on one agency alone, by the agency; relayed by however many."""
    found: dict[str, list[str]] = defaultdict(list)
    for record, sources in _resting():
        said = voices(sources)
        programme = not isinstance(record, NAMES_AND_PLACES)
        if programme and len(said) == 1 and any(source.via for source in sources):
            relays = ", ".join(sorted({source.outlet for source in sources}))
            found[next(iter(said))].append(f"{_key(record)} ({relays})")
    yield from sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))


def by_outlet() -> Iterator[tuple[str, list[str]]]:
    """The address of each source, by outlet: what to look at again, and where more may be found."""
    sources = Source.objects.exclude(address="").order_by("outlet", F("date").asc(nulls_last=True), "pk")
    for outlet, of_outlet in groupby(sources, key=lambda source: source.outlet):
        yield (
            outlet,
            [
                f"{source.date!s:<10} {source.address}" if source.date else f"undated    {source.address}"
                for source in of_outlet
            ],
        )


def _in_english_alone() -> Iterator[str]:
    """Every record with a text that a Russian page has to show in English, and which texts."""
    for model in RECORD:
        if issubclass(model, InTwoLanguages):
            for record in model._default_manager.order_by("pk"):
                if lacking := record.lacks_in_russian():
                    yield f"{model._meta.model_name} {_key(record)}: {', '.join(lacking)}"


def _resting() -> Iterator[tuple[Cited, list[Source]]]:
    """Every record that states facts, with its sources; spellings for the search cite none.

    Versions in a dispute are left out: each is what one source says.
    """
    for model in CITED:
        if model is not DisputeVersion:
            for record in model._default_manager.order_by("pk").prefetch_related(citations()):
                if sources := list(record.sources.all()):
                    yield record, sources


def _is_over(event: Event, today: datetime.date) -> bool:
    last = event.end or event.start or event.reported_on
    return last is not None and last.latest < today


def _key(record: Any) -> str:
    """What the editor finds in the fixtures: the key, else the text and the owner of a row without one."""
    if isinstance(record.pk, str):
        return record.pk
    _whole, field = BELONGS_TO[type(record)]
    return f"{getattr(record, f'{field}_id')}: {record}"
