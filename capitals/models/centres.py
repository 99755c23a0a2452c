"""Cultural centres abroad."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from capitals.fields import LanguageField, PartialDateField, PermanentKeyField
from capitals.models.addresses import address_of
from capitals.models.bilingual import WithOriginal
from capitals.models.cited import Cited, CitedQuerySet
from capitals.models.constraints import language_rule
from capitals.models.disputes import Disputable
from capitals.models.places import City, Country
from capitals.models.queries import Years, in_year, name_order, span
from capitals.models.summarised import Summarised

SHOWN_ON_A_CARD = (
    *("name", "name_ru", "name_original", "original_language", "summary", "summary_ru", "supports"),
    *("kind", "status", "status_as_of", "host_city__name", "host_city__name_ru"),
    *("host_country__name", "host_country__name_ru"),
    *("operating_country__name", "operating_country__name_ru"),
)


class CulturalCentreQuerySet(Disputable, CitedQuerySet["CulturalCentre"]):
    def with_places(self) -> Self:
        return self.select_related("operating_country", "host_country", "host_city")

    def for_cards(self) -> Self:
        """With all that a card of a centre shows, and no more."""
        return self.with_places().with_citations().only(*SHOWN_ON_A_CARD)

    def by_country(self) -> Self:
        """By host country, in it by city, those without one last."""
        return self.order_by(
            name_order("host_country__"), F(name_order("host_city__")).asc(nulls_last=True), "pk"
        )

    def by_city(self) -> Self:
        """By host city, those without one last."""
        return self.order_by(
            F(name_order("host_city__")).asc(nulls_last=True), name_order("host_country__"), "pk"
        )

    def with_beginnings(self) -> Self:
        """With `begun`: set up on paper, or else inaugurated."""
        return self.annotate(begun=Coalesce("established", "inaugurated"))

    def newest_first(self) -> Self:
        return self.with_beginnings().order_by(F("begun").desc(nulls_last=True), "pk")

    def oldest_first(self) -> Self:
        return self.with_beginnings().order_by(F("begun").asc(nulls_last=True), "pk")

    def years_spanned(self) -> Years | None:
        """The years in which the first and the last began; None where none is dated."""
        return span(self.with_beginnings(), "begun", "begun")

    def established_in(self, year: int) -> Self:
        """Begun in that calendar year."""
        return self.with_beginnings().filter(in_year("begun", year))


class CulturalCentre(WithOriginal, Summarised, Cited):
    """A state's cultural centre abroad."""

    class Kind(models.TextChoices):
        STATE = "state", _("state centre")
        CITY = "city", _("city-run centre")
        DIASPORA = "diaspora", _("diaspora centre")
        JOINT = "joint", _("joint centre")

    class Status(models.TextChoices):
        OPERATING = "operating", _("open")
        CLOSED = "closed", _("closed")
        PLANNED = "planned", pgettext_lazy("cultural centre", "planned")
        UNKNOWN = "unknown", _("not recorded")

    slug = PermanentKeyField()
    name = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200, blank=True)
    name_original = models.CharField(max_length=200, blank=True)
    original_language = LanguageField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    operating_country = models.ForeignKey(Country, models.PROTECT, related_name="centres_abroad")
    host_country = models.ForeignKey(Country, models.PROTECT, related_name="centres_hosted")
    host_city = models.ForeignKey(City, models.PROTECT, related_name="centres", null=True, blank=True)
    street_address = models.CharField(max_length=200, blank=True)
    street_address_ru = models.CharField(max_length=200, blank=True)
    established = PartialDateField(help_text="When it was set up on paper.")
    inaugurated = PartialDateField(help_text="When it opened its doors.")
    operator = models.CharField(max_length=300, blank=True)
    operator_ru = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20, choices=Status)
    status_as_of = PartialDateField()

    objects = CulturalCentreQuerySet.as_manager()

    class Meta:
        verbose_name = "cultural centre"
        verbose_name_plural = _("cultural centres")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="unknown") | Q(status_as_of__isnull=False),
                name="centre_status_is_dated",
                violation_error_message="A status needs the date as of which it holds.",
            ),
            language_rule("name_original", "original_language", "centre_original_name_has_language"),
        ]

    def get_absolute_url(self) -> str:
        return address_of("centre", self.slug)
