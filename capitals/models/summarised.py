"""What is told of a record: in short on lists, whole on its own page, and how we came to it."""

from __future__ import annotations

from django.db import models

from capitals.models.bilingual import InTwoLanguages

WORDS_IN_A_SUMMARY = 60
"""A list is read, not studied: so many words of a summary a reader takes in at one look."""


class Summarised(InTwoLanguages):
    """A record that lists tell of in a summary of at most `WORDS_IN_A_SUMMARY` words.

    What goes beyond the summary is its account, on the record's own page alone. Remarks on
    method (what was counted, what is inferred) are no news of the record: they are its note.
    """

    summary = models.TextField(help_text="At most 60 words: lists show it whole.")
    summary_ru = models.TextField(blank=True)
    account = models.TextField(
        blank=True, help_text="What goes beyond the summary, for the record's own page; paragraphs part it."
    )
    account_ru = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text="How we came to it: what was counted, what is inferred.")
    note_ru = models.TextField(blank=True)

    class Meta:
        abstract = True
