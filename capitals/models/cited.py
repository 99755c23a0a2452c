"""Whatever states facts, and its sources."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import DateField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Length
from django.utils.functional import cached_property

from capitals.models.bilingual import InTwoLanguages
from capitals.models.log import last_change
from capitals.models.queries import name_order
from capitals.models.sources import Source, citations, in_citation_order
from capitals.words.folding import fold

RecordT = TypeVar("RecordT", bound=models.Model)
A_DAY = len("2012-12-05")
"""The length of a partial date that is known to the day."""


class CitedQuerySet(QuerySet[RecordT]):
    """Records that state facts."""

    def without_a_day(self, field: str) -> Self:
        """Those whose partial date `field` is empty, or known to the month or year alone."""
        return self.annotate(precision=Coalesce(Length(field), 0)).filter(precision__lt=A_DAY)

    def known_to_the_day(self, first: str, last: str) -> Self:
        """Those whose partial date `first` is known to the day, and `last` too where it is known."""
        known = self.alias(first_precision=Length(first), last_precision=Length(last))
        return known.filter(Q(last_precision=A_DAY) | Q(last_precision=None), first_precision=A_DAY)

    def with_last_change(self, table: str, otherwise: datetime.date) -> Self:
        """With `changed_on`: the day of their last change, `otherwise` where none is listed.

        `table` is the records' own, as in `models/whole.py`.
        """
        unlisted = Value(otherwise, output_field=DateField())
        return self.annotate(changed_on=Coalesce(last_change(table), unlisted))

    def last_changed_first(self) -> Self:
        """By the day of their last change, those of one day as they stood; after `with_last_change()`."""
        return self.order_by("-changed_on", *self.query.order_by)

    def with_citations(self) -> Self:
        """With their sources, in the order in which a page cites them."""
        return self.prefetch_related(citations())


class NamedQuerySet(CitedQuerySet[RecordT]):
    """Records with a folded name."""

    def by_name(self) -> Self:
        """In the order of their names in the page's language."""
        return self.order_by(name_order(), "pk")


class SpeltQuerySet(NamedQuerySet[RecordT]):
    """Records that a reader may call by name."""

    def spelt(self, spelling: str) -> Self:
        """Those whose name is `spelling`, in whatever script and case, with or without spaces."""
        return self.filter(together=fold(spelling).replace(" ", ""))


class Cited(InTwoLanguages):
    """Whatever states facts: every subclass names at least one source.

    The loader refuses a record without one (`record/rules.py`); the one exception, a
    spelling that is never displayed, is named there.
    """

    ADDRESS_NEEDS: ClassVar[tuple[str, ...]] = ()
    """Paths of the foreign keys that `get_absolute_url` and `called` follow."""

    changed_on: datetime.date
    """The day of its last change; there after `with_last_change()` alone."""

    sources = models.ManyToManyField(Source, related_name="%(class)s_records", blank=True)
    supports = models.JSONField(
        default=dict,
        blank=True,
        help_text="The fields that a source states, by its key; a source that is not named states the whole.",
    )

    class Meta:
        abstract = True

    @cached_property
    def sources_fetched(self) -> list[Source]:
        """Its sources in no order; `with_citations()` has filled it."""
        return list(self.sources.all())

    @cached_property
    def cited_sources(self) -> list[Source]:
        """Its sources, in the order in which a page cites them.

        A plain list: for `sources.all()` Django makes a manager and a query for each record, though
        it asks neither; on a list of events that took as long as all else that reads the record.
        """
        return in_citation_order(self.sources_fetched)

    def sources_of(self, fact: str = "") -> list[Source]:
        """The sources that state its field `fact`: those tied to it, else those that state the whole.

        Several fields may be named, with spaces between them. Without a `fact` all of them, those
        that state the whole before those tied to some fields. Asks nothing of the database after
        `with_citations()`.
        """
        sources = self.cited_sources
        if fact:
            facts = set(fact.split())
            tied = [source for source in sources if facts.intersection(self.supports.get(source.pk, ()))]
            whole = [source for source in sources if source.pk not in self.supports]
            return tied or whole or sources
        return sorted(sources, key=lambda source: source.pk in self.supports)

    @abstractmethod
    def get_absolute_url(self) -> str:
        """Where the record is told: its page, or its place on another's."""
