"""The record as a whole: which models it is made of, and which pages there are."""

from __future__ import annotations

import functools

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from capitals.models.bodies import Body
from capitals.models.centres import CulturalCentre
from capitals.models.cited import Cited
from capitals.models.disputes import Dispute, DisputeVersion
from capitals.models.events import Event
from capitals.models.log import Correction, FormerAddress
from capitals.models.names import CityName
from capitals.models.parts import EventDesignation, EventSpeaker
from capitals.models.places import City, Country
from capitals.models.programme import ProgrammeStatement, SisterTitle, SisterTitleHolding
from capitals.models.searchable import SearchEntry, SearchKind, SearchNumber, SearchWord
from capitals.models.series import EventSeries
from capitals.models.sources import Source
from capitals.models.titles import Decision, Designation

RECORD: tuple[type[models.Model], ...] = (
    Source,
    Country,
    City,
    CityName,
    Body,
    Designation,
    Decision,
    EventSeries,
    Event,
    EventDesignation,
    EventSpeaker,
    CulturalCentre,
    ProgrammeStatement,
    SisterTitle,
    SisterTitleHolding,
    Dispute,
    DisputeVersion,
    Correction,
    FormerAddress,
)
"""What fixtures fill, each after those that it refers to; the order in which kinds are told.

A system check holds it complete (`capitals/checks.py`).
"""

SEARCHED: tuple[type[models.Model], ...] = (SearchEntry, SearchNumber, SearchKind, SearchWord)
"""What the search finds, and what it is found by: written by the loader behind the record."""

CITED: tuple[type[Cited], ...] = tuple(model for model in RECORD if issubclass(model, Cited))
"""What states facts."""

LISTS = (
    "home",
    "capitals",
    "cities",
    "countries",
    "events",
    "series-list",
    "centres",
    "decisions",
    "sources",
    "programme",
    "about",
    "data",
)
"""Pages that stand whatever the record holds, most of them lists, by their names in `capitals/urls.py`."""

PAGES: dict[str, type[models.Model]] = {
    "city": City,
    "country": Country,
    "event": Event,
    "series": EventSeries,
    "centre": CulturalCentre,
    "decision": Decision,
    "body": Body,
    "source": Source,
}
"""The records with a page of their own, by its name; it is addressed by their key. Years have pages too."""


TABLES: dict[str, type[models.Model]] = {
    "capitals": Designation,
    "cities": City,
    "countries": Country,
    "events": Event,
    "series": EventSeries,
    "centres": CulturalCentre,
    "decisions": Decision,
    "bodies": Body,
    "sources": Source,
    "disputes": Dispute,
    "statements": ProgrammeStatement,
    "sister-titles": SisterTitle,
}
"""The records that are told of by themselves in data and in the list of changes, by their tables' names.

What fixtures fill beside them (names, speakers, parts in titles ...) belongs to one of these.
"""


TABLE_OF = {model: table for table, model in TABLES.items()}
"""The table of each such model."""


def records_resting_on(source: Source) -> list[tuple[str, QuerySet[Cited]]]:
    """The records that cite `source`, by the name of their kind; kinds without any left out."""
    found = []
    for model, cites_it in zip(CITED, _sources_by_what_cites_them().get(pk=source.pk), strict=True):
        if cites_it:
            records: QuerySet[Cited] = getattr(source, f"{model._meta.model_name}_records")
            records = records.order_by("pk").select_related(*model.ADDRESS_NEEDS)
            found.append((str(model._meta.verbose_name_plural), records))
    return found


@functools.cache
def _sources_by_what_cites_them() -> QuerySet[Source, tuple[bool, ...]]:
    """Sources, each as whether records of each of CITED cite it: few kinds do, and each is costly to fetch.

    Made once: to put a subquery for each of them together takes longer than to ask them.
    """
    cites = {
        f"{model._meta.model_name}_cites": Exists(
            model.sources.through._default_manager.filter(source=OuterRef("pk"))
        )
        for model in CITED
    }
    return Source.objects.annotate(**cites).values_list(*cites)
