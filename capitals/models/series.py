"""Recurring events."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from capitals.fields import FoldedField, LanguageField, PartialDateField, PermanentKeyField, RussianOrderField
from capitals.models.addresses import address_of
from capitals.models.bilingual import WithOriginal
from capitals.models.bodies import Body
from capitals.models.cited import Cited, NamedQuerySet
from capitals.models.constraints import language_rule
from capitals.models.disputes import Disputable
from capitals.models.places import City
from capitals.models.summarised import Summarised


class EventSeriesQuerySet(Disputable, NamedQuerySet["EventSeries"]):
    def with_organisers(self) -> Self:
        """With the bodies that organise it, by name."""
        return self.prefetch_related(Prefetch("organisers", Body.objects.by_name()))


class EventSeries(WithOriginal, Summarised, Cited):
    """A recurring event; none of them is part of the programme."""

    slug = PermanentKeyField()
    name = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200, blank=True)
    name_original = models.CharField(max_length=200, blank=True)
    original_language = LanguageField(blank=True)
    city = models.ForeignKey(City, models.PROTECT, related_name="series", null=True, blank=True)
    founded = PartialDateField()
    frequency = models.CharField(max_length=200, blank=True)
    frequency_ru = models.CharField(max_length=200, blank=True)
    organisers = models.ManyToManyField(Body, related_name="series", blank=True)
    folded = FoldedField("name", "name_original")
    russian_order = RussianOrderField("name_ru", "name")

    objects = EventSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "series"
        verbose_name_plural = _("series of events")
        constraints: ClassVar = [
            language_rule("name_original", "original_language", "series_original_name_has_language"),
        ]

    def get_absolute_url(self) -> str:
        return address_of("series", self.slug)
