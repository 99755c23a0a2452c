"""What became of the record: corrections, addresses that once were, and what stands in the database."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import (
    Count,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from capitals.fields import AsciiField, PartialDateField, PermanentKeyField
from capitals.models.bilingual import InTwoLanguages
from capitals.words.dates import PartialDate
from capitals.words.languages import ENGLISH, RUSSIAN
from capitals.words.texts import Text


class Correction(InTwoLanguages):
    """An entry of the corrections log."""

    CALLED = "text"

    slug = PermanentKeyField()
    date = PartialDateField(null=False, blank=False)
    path = AsciiField(max_length=300, help_text="The page that was corrected.")
    text = models.TextField()
    text_ru = models.TextField(blank=True)


class FormerAddress(models.Model):
    """An address that once was: where it went, or that it is gone."""

    path = AsciiField(max_length=300, primary_key=True)
    new_path = AsciiField(max_length=300, blank=True, help_text="Empty when the page is gone.")

    class Meta:
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return str(self.path)


class ChangeQuerySet(QuerySet["Change"]):
    def newest_first(self) -> ChangeQuerySet:
        """By edition, in each by table and key."""
        return self.order_by("-date", "table", "key")

    def numbers_by_table(self) -> QuerySet[Any, Any]:
        """How many were added, mended and withdrawn in each edition and table, the newest edition first."""
        numbers = {kind.value: Count("pk", filter=Q(kind=kind)) for kind in Change.Kind}
        return self.values("date", "table").annotate(**numbers).order_by("-date", "table")

    def since(self, date: datetime.date) -> ChangeQuerySet:
        """Those of the edition of that day and of later ones."""
        return self.filter(date__gte=date)

    def first_of_each_table(self, most: int) -> ChangeQuerySet:
        """Of each table in each edition so many at most, by kind and key; the newest edition first."""
        place = Window(RowNumber(), partition_by=["date", "table"], order_by=["kind", "key"])
        return self.annotate(place=place).filter(place__lte=most).order_by("-date", "table", "kind", "key")

    def newest(self) -> datetime.date | None:
        """The day of the newest edition; None where none is listed."""
        return self.order_by("-date").values_list("date", flat=True).first()

    def newest_by_table(self) -> dict[str, datetime.date]:
        """The last day on which a record of each table changed."""
        return dict(self.order_by().values_list("table").annotate(Max("date")))

    def last_dates_of(self, table: str, keys: Collection[Any]) -> dict[str, datetime.date]:
        """When each of the records of that table with these keys last changed, where it is listed."""
        theirs = self.filter(table=table, key__in=keys).order_by()
        return dict(theirs.values_list("key").annotate(Max("date")))

    def last_dates_by_table(self) -> dict[str, dict[str, datetime.date]]:
        """When each record last changed, by its table and key."""
        found: dict[str, dict[str, datetime.date]] = {}
        for table, key, date in self.order_by().values_list("table", "key").annotate(Max("date")):
            found.setdefault(table, {})[key] = date
        return found


class Change(models.Model):
    """What became of one record in one edition: written by the loader from `fixtures/changes.csv`.

    An edition is the record as it stood on a day; it has no name but the day.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        MENDED = "mended", _("mended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    date = models.DateField(help_text="The day of the edition that it came with.")
    table = AsciiField(max_length=20, help_text="The record's table, as in `models/whole.py`: events.")
    key = AsciiField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=400, blank=True, help_text="What a withdrawn record was called.")
    name_ru = models.CharField(max_length=400, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-date", "table", "key"], name="change_newest"),
            models.Index(fields=["date", "table", "kind", "key"], name="change_first"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "key", "date"], name="change_once_an_edition"),
        ]

    def called(self, language: str) -> Text:
        """What a withdrawn record was called; empty for others, which say it themselves."""
        if language == RUSSIAN and self.name_ru:
            return Text(self.name_ru, RUSSIAN)
        return Text(self.name, ENGLISH)

    def __str__(self) -> str:
        return f"{self.date}: {self.table}/{self.key} {self.kind}"


def last_change(table: str) -> Subquery:
    """The day of the last change of the outer record, one of that table; none where none is listed."""
    changes = Change.objects.filter(table=table, key=OuterRef("pk")).order_by("-date")
    return Subquery(changes.values("date")[:1])


class RecordStateQuerySet(QuerySet["RecordState"]):
    def numbers_of(self, asked: Iterable[QuerySet[Any]]) -> tuple[int, ...]:
        """How many records each of the queries finds, asked as one query.

        COUNT as a plain function: an aggregate would bring a GROUP BY into each subquery.
        """
        count = Func(function="COUNT", template="%(function)s(*)", output_field=IntegerField())
        subqueries = [Subquery(query.order_by().annotate(number=count).values("number")) for query in asked]
        numbers: tuple[int, ...] = self.values_list(*subqueries)[0]
        return numbers

    def with_edition(self) -> Self:
        """With the day of the newest edition, as `edition`: asked together with the row."""
        newest = Change.objects.order_by("-date").values("date")[:1]
        return self.annotate(edition=Subquery(newest))


class RecordState(models.Model):
    """What stands in the database: written by the loader, one row, never a fixture."""

    version = AsciiField(max_length=64)
    load_number = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()
    edition: datetime.date | None
    """The day of the newest edition, None where none is listed; only of a row from `with_edition()`."""

    objects = RecordStateQuerySet.as_manager()

    @property
    def as_told(self) -> str:
        """The version and the load, as the header `Record-Version` of each response has them."""
        return f"{self.version};load={self.load_number}"

    @property
    def stands_since(self) -> PartialDate:
        """The day of its edition, of its load where no edition is listed; after `with_edition()`."""
        return PartialDate.of(self.edition) if self.edition else self.loaded_on

    @property
    def loaded_on(self) -> PartialDate:
        """The day of the load (UTC)."""
        return PartialDate.of(self.loaded_at.date())

    def __str__(self) -> str:
        return str(self.version)
