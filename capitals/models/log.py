"""What became of the record: corrections, addresses that once were, and what stands in the database."""

from __future__ import annotations

from django.db import models

from capitals.fields import AsciiField, PartialDateField, PermanentKeyField
from capitals.models.bilingual import InTwoLanguages
from capitals.words.dates import PartialDate


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


class RecordState(models.Model):
    """What stands in the database: written by the loader, one row, never a fixture."""

    version = AsciiField(max_length=64)
    load_number = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    @property
    def loaded_on(self) -> PartialDate:
        """The day of the load (UTC)."""
        return PartialDate(self.loaded_at.year, self.loaded_at.month, self.loaded_at.day)

    def __str__(self) -> str:
        return str(self.version)
