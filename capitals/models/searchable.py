"""What the search finds: the table, and how it is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from capitals.fields import AsciiField, LanguageField, PartialDateField
from capitals.models.bilingual import InTwoLanguages
from capitals.models.places import City, Country
from capitals.words.languages import address_in, page_language


@dataclass(frozen=True)
class Spelling:
    """A name that a result may show beside its title, as `SearchEntry.spellings` keeps it."""

    name: str
    language: str
    kind: str
    """What it is to the record: one of `search/results.py`'s PHRASES."""
    note: str = ""
    note_ru: str = ""


class SearchEntryQuerySet(QuerySet["SearchEntry"]):
    def with_numbers(self) -> Self:
        """Each with its number, as `at`."""
        return self.annotate(at=F("place_found__number"))

    def numbered(self, numbers: Collection[int]) -> Self:
        """Those of the numbers, in their order."""
        return self.filter(place_found__number__in=numbers).with_numbers().order_by("at")

    def with_places(self) -> Self:
        """With city and country."""
        return self.select_related("city__country", "country")


class SearchEntry(InTwoLanguages):
    """What the search finds: one row for each page, and for each part of a page with an anchor.

    A row serves both languages; its address is the English one. Written by the loader,
    never a fixture: `search/indexing.py` makes them, `search/words.py` what they are found by.
    """

    CALLED = "title"

    at: int
    """Its number; there after `numbered()` alone."""
    folded_en: str
    """The folded names, then all else that is searched in English, folded; of an entry as it is made."""
    folded_ru: str
    """The same with the texts in Russian."""

    class Kind(models.TextChoices):
        """In the order in which equally good results stand."""

        CITY = "city", _("city")
        COUNTRY = "country", _("country")
        YEAR = "year", _("year")
        DESIGNATION = "designation", _("title")
        SERIES = "series", _("recurring event")
        EVENT = "event", _("event")
        CENTRE = "centre", _("cultural centre")
        DECISION = "decision", _("decision")
        BODY = "body", _("body")
        STATEMENT = "statement", _("the programme")
        SISTER_TITLE = "sister-title", _("other title")
        DISPUTE = "dispute", _("where sources differ")
        SOURCE = "source", _("source")

    address = AsciiField(max_length=300, primary_key=True)
    kind = AsciiField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField(null=True)
    folded_names = models.TextField(help_text="Each name folded, with and without spaces: | a b | ab |")
    title = models.CharField(max_length=410)
    title_ru = models.CharField(max_length=410)
    title_language = LanguageField(blank=True, help_text="Of an article, which keeps its own title.")
    spellings = models.JSONField(
        help_text="Name, language, kind, English and Russian note of each name that may be shown."
    )
    text = models.TextField(help_text="What a passage is shown from, one part to a line.")
    text_ru = models.TextField()
    city = models.ForeignKey(City, models.CASCADE, related_name="+", null=True, db_index=False)
    country = models.ForeignKey(Country, models.CASCADE, related_name="+", null=True, db_index=False)
    place = models.CharField(max_length=100, help_text="Where no city of the record stands for it.")
    place_ru = models.CharField(max_length=100)
    start = PartialDateField()
    end = PartialDateField()
    reported_on = PartialDateField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"

    def get_absolute_url(self) -> str:
        return address_in(page_language(), self.address)

    def spelt(self) -> Iterator[Spelling]:
        """The names that may be shown beside its title."""
        return (Spelling(**kept) for kept in self.spellings)


class SearchNumber(models.Model):
    """The place of an entry among all, in the order of equally good results."""

    number = models.PositiveIntegerField(primary_key=True)
    entry = models.OneToOneField(SearchEntry, models.CASCADE, related_name="place_found")

    def __str__(self) -> str:
        return f"{self.number}: {self.entry_id}"


class SearchKind(models.Model):
    """Which numbers the entries of a kind have."""

    kind = AsciiField(max_length=20, primary_key=True)
    first = models.PositiveIntegerField()
    number = models.PositiveIntegerField(help_text="How many entries of the kind there are.")
    names = AsciiField(max_length=16, help_text="A digest of all names, the same with every kind.")

    def __str__(self) -> str:
        return f"{self.kind}: {self.number} from {self.first}"


class SearchWord(models.Model):
    """A folded word, and the entries that hold it: sets of numbers as `search/numbers.py` packs them.

    On PostgreSQL a trigram index finds the words with some letters in their middle (migration 0011).
    """

    word = AsciiField(max_length=1000, primary_key=True)
    names = models.BinaryField(help_text="The entries with the word in a name, or whose year it is.")
    first = models.BinaryField(help_text="The entries of which a name begins with it.")
    whole = models.BinaryField(help_text="The entries of which it is a name.")
    english = models.BinaryField(help_text="The entries that are found by it in English.")
    russian = models.BinaryField(help_text="The same in Russian.")

    def __str__(self) -> str:
        return str(self.word)
