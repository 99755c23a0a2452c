"""What is said of the programme itself, and the titles that it is taken for."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from capitals.fields import FoldedField, PartialDateField, PermanentKeyField, RussianOrderField
from capitals.models.cited import Cited, CitedQuerySet, NamedQuerySet
from capitals.models.constraints import year_rule
from capitals.models.disputes import Disputable
from capitals.models.places import City
from capitals.models.queries import name_order, position
from capitals.words.dates import FIRST_YEAR, LAST_YEAR
from capitals.words.texts import Text


class ProgrammeStatementQuerySet(Disputable, CitedQuerySet["ProgrammeStatement"]):
    def in_order(self) -> Self:
        """Section by section."""
        return self.order_by(position("section", tuple(ProgrammeStatement.Section.values)), "position", "pk")


class ProgrammeStatement(Cited):
    """A statement on the programme's own history and rules, in order."""

    CALLED = "heading"

    class Section(models.TextChoices):
        """In the order in which the page tells them."""

        ORIGINS = "origins", _("How it began")
        RULES = "rules", _("Aims and rules")
        CHOICE = "choice", _("How a capital is chosen")
        CITIES = "cities", _("Which cities, and how many")
        MONEY = "money", _("Who runs it and who pays")
        CEREMONIES = "ceremonies", _("Certificate, handover, emblem")

    slug = PermanentKeyField()
    section = models.CharField(max_length=20, choices=Section)
    position = models.PositiveSmallIntegerField(unique=True)
    heading = models.CharField(max_length=200)
    heading_ru = models.CharField(max_length=200, blank=True)
    date = PartialDateField()
    text = models.TextField()
    text_ru = models.TextField(blank=True)

    objects = ProgrammeStatementQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("statements about the programme")

    def get_absolute_url(self) -> str:
        return f"{reverse('programme')}#{self.slug}"


class SisterTitleQuerySet(NamedQuerySet["SisterTitle"]):
    def with_holdings(self, most: int | None = None) -> Self:
        """With the cities of the record that held it, each with its sources; so many of each at most."""
        holdings = SisterTitleHolding.objects.in_order().select_related("city").with_citations()
        if most is not None:
            in_order = ("year", name_order("city__"), "pk")
            place = Window(RowNumber(), partition_by=F("title"), order_by=in_order)
            holdings = holdings.annotate(place=place).filter(place__lte=most)
        return self.prefetch_related(Prefetch("holdings", holdings))


class SisterTitle(Cited):
    """A title of another programme that is easily taken for this one."""

    slug = PermanentKeyField()
    name = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200, blank=True)
    given_by = models.CharField(max_length=200, blank=True, help_text="The body that gives it, in words.")
    given_by_ru = models.CharField(max_length=200, blank=True)
    summary = models.TextField(help_text="What it is, and what tells it apart.")
    summary_ru = models.TextField(blank=True)
    folded = FoldedField("name", "name_ru")
    russian_order = RussianOrderField("name_ru", "name")

    objects = SisterTitleQuerySet.as_manager()

    class Meta:
        verbose_name = "sister title"

    def get_absolute_url(self) -> str:
        return f"{reverse('programme')}#{self.slug}"


class SisterTitleHoldingQuerySet(CitedQuerySet["SisterTitleHolding"]):
    def in_order(self) -> Self:
        """The older first."""
        return self.order_by("year", "title", name_order("city__"), "pk")


class SisterTitleHolding(Cited):
    """A city of the record that held, or is to hold, a sister title in a year."""

    ADDRESS_NEEDS = ("city", "title")

    title = models.ForeignKey(SisterTitle, models.CASCADE, related_name="holdings")
    city = models.ForeignKey(City, models.PROTECT, related_name="sister_titles")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    note = models.CharField(max_length=300, blank=True, help_text="Shared, postponed, prolonged ...")
    note_ru = models.CharField(max_length=300, blank=True)

    objects = SisterTitleHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "holding of a sister title"
        verbose_name_plural = _("holdings of sister titles")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["title", "city", "year"],
                name="sister_title_city_and_year_unique",
                violation_error_message="This city already holds this title in this year.",
            ),
            year_rule("year", "sister_title_year_in_range"),
        ]

    def called(self, language: str) -> Text:
        """Title, year and city."""
        title, city = self.title.called(language), self.city.called(language)
        return Text(f"{title.words} {self.year}: {city.words}", title.language)

    def get_absolute_url(self) -> str:
        return f"{self.city.get_absolute_url()}#other-titles"
