"""Articles and documents, and the order in which a page cites them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from capitals.fields import LanguageField, PartialDateField, PermanentKeyField
from capitals.models.addresses import address_of
from capitals.models.bilingual import InTwoLanguages
from capitals.models.queries import UnknownLast, Years, in_year, span
from capitals.words.dates import PartialDate

UNDATED = "~"
"""Sorts after all dates."""


class SourceQuerySet(QuerySet["Source"]):
    def newest_first(self) -> Self:
        """The founding articles first, then the newer before the older, undated last."""
        return self.order_by("-founding", F("date").desc(nulls_last=True), "slug")

    def oldest_first(self) -> Self:
        """The founding articles first, then the older before the newer, undated last."""
        return self.order_by("-founding", F("date").asc(nulls_last=True), "slug")

    def years_spanned(self) -> Years | None:
        """The years of the first and the last publication; None where none is dated."""
        return span(self, "date", "date")

    def published_in(self, year: int) -> Self:
        """Published in that calendar year."""
        return self.filter(in_year("date", year))


class Source(InTwoLanguages):
    """An article or a document that states something that the record holds."""

    CALLED = "title"
    NAMES_KEPT = ("outlet", "via", "author")

    class Kind(models.TextChoices):
        NEWS = "news", _("news")
        OFFICIAL = "official", _("official page")
        DECISION = "decision", _("decision or legal text")
        ACADEMIC = "academic", _("academic work")
        ENCYCLOPEDIA = "encyclopedia", _("encyclopedia")
        DATA = "data", _("data set")
        OTHER = "other", _("other")

    class ReadAs(models.TextChoices):
        FULL = "full", _("read in full")
        EXCERPT = "excerpt", _("read as an excerpt")
        COPY = "copy", _("read as a copy elsewhere")

    slug = PermanentKeyField(help_text="Outlet, date and subject: azernews-2025-06-04-lachin.")
    outlet = models.CharField(max_length=200, help_text="Who published it, one spelling for each outlet.")
    outlet_ru = models.CharField(max_length=200, blank=True)
    via = models.CharField(
        max_length=200,
        blank=True,
        help_text="The agency that it relays; two relays of one agency are not independent.",
    )
    via_ru = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    author_ru = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=400, help_text="In its own language, or ours if it has none.")
    title_ru = models.CharField(
        max_length=400, blank=True, help_text="Where the title is our description; articles keep theirs."
    )
    title_given = models.BooleanField(
        default=True, help_text="False when the title is our description; it is then shown in brackets."
    )
    date = PartialDateField(help_text="When it was published.")
    language = LanguageField()
    kind = models.CharField(max_length=20, choices=Kind)
    address = models.URLField(max_length=600, blank=True)
    archive_address = models.URLField(max_length=600, blank=True)
    read_as = models.CharField(max_length=20, choices=ReadAs)
    weakness = models.CharField(max_length=500, blank=True, help_text="Why to trust it less, if so.")
    weakness_ru = models.CharField(max_length=500, blank=True)
    seen_on = PartialDateField(help_text="When we read it.")
    establishes = models.CharField(max_length=500, help_text="One line: what this source shows.")
    establishes_ru = models.CharField(max_length=500, blank=True)
    founding = models.BooleanField(
        default=False, help_text="One of the two articles that the project grew from."
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(F("founding").desc(), UnknownLast("date"), "slug", name="source_newest"),
            models.Index(fields=["outlet", "outlet_ru"], name="source_outlet"),
            models.Index(fields=["via", "via_ru"], name="source_via"),
            models.Index(fields=["language"], name="source_language"),
            models.Index(fields=["kind"], name="source_kind"),
            models.Index(fields=["date"], name="source_date"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address"],
                condition=~Q(address=""),
                name="source_address_unique",
                violation_error_message="Another source has this address: one source, one address.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.title if self.title_given else f'[{self.title}]'}"

    def get_absolute_url(self) -> str:
        return address_of("source", self.slug)

    def in_russian(self, field: str) -> str:
        """The Russian twin; the title of an article stands for itself, in its own language."""
        return self.title if field == "title" and self.title_given else super().in_russian(field)

    @property
    def voice(self) -> str:
        """Who speaks: the agency that it relays, else the outlet itself."""
        return self.via or self.outlet


def in_citation_order(sources: Iterable[Source]) -> list[Source]:
    """The founding articles first, those without a weakness before others, the older before the newer.

    Not by the database: Django takes longer to write the order into a query than it takes to sort a few.
    """
    return sorted(sources, key=lambda one: place_in_citations(one.founding, one.weakness, one.date, one.slug))


def place_in_citations(
    founding: bool, weakness: str, date: PartialDate | None, slug: str
) -> tuple[bool, bool, str, str]:
    """What that order sorts by, of a source with these values."""
    return not founding, bool(weakness), str(date or UNDATED), slug


def citations(path: str = "sources") -> Prefetch[str]:
    """The sources at `path`, for `Cited.cited_sources` to sort."""
    return Prefetch(path, Source.objects.all(), to_attr="sources_fetched")
