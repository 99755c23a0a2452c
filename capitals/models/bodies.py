"""Who decides, operates or organises."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from capitals.fields import FoldedField, PermanentKeyField, RussianOrderField
from capitals.models.addresses import address_of
from capitals.models.cited import Cited, NamedQuerySet
from capitals.models.places import Country


class BodyQuerySet(NamedQuerySet["Body"]):
    def that_decided(self) -> Self:
        """Those with at least one decision."""
        return self.filter(decisions__isnull=False).distinct()

    def called_in_either_language(self, name: str) -> Self:
        """Those of that name, in whatever case."""
        return self.filter(models.Q(name__iexact=name) | models.Q(name_ru__iexact=name))


class Body(Cited):
    """Who decides, operates or organises."""

    class Kind(models.TextChoices):
        CIS_ORGAN = "cis_organ", _("CIS body")
        MINISTRY = "ministry", _("ministry or state agency")
        GOVERNMENT = "government", _("government or head of state")
        CITY = "city", _("city or regional authority")
        EMBASSY = "embassy", _("embassy")
        INTERNATIONAL = "international", _("international organisation")
        SOCIETY = "society", _("foundation, union or society")

    slug = PermanentKeyField()
    name = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    country = models.ForeignKey(Country, models.PROTECT, related_name="bodies", null=True, blank=True)
    description = models.TextField(blank=True)
    description_ru = models.TextField(blank=True)
    folded = FoldedField("name", "name_ru")
    russian_order = RussianOrderField("name_ru", "name")

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("bodies")

    def get_absolute_url(self) -> str:
        return address_of("body", self.slug)
