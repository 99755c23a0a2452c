"""Texts in English and Russian, and which of the two a page in some language has."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from capitals.words.languages import ENGLISH, RUSSIAN
from capitals.words.texts import Text


class InTwoLanguages(models.Model):
    """What has texts in English and, in fields with `_ru` at the end, the same in Russian.

    As plain text a record is its English name. A page asks for a text in its own language
    (`{{ event|shown:"summary" }}`, see `templatetags/texts.py`); what has no Russian twin
    stands there in English, marked as such, and `load --report` counts it.

    Twins beside each other, rather than django-modeltranslation: an editor sees in one
    record what has no twin yet and leaves out what needs none; an attribute is the same
    text whatever the language of the page; and a text knows that it is a fallback.
    """

    CALLED: ClassVar[str] = "name"
    """The field with what the record is called."""
    NAMES_KEPT: ClassVar[tuple[str, ...]] = ()
    """Names that stand as they are where they have no Russian form: nothing is missing then."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.called(ENGLISH).words

    def called(self, language: str) -> Text:
        """What the record is called on a page in `language`."""
        return self.told(self.CALLED, language)

    def told(self, field: str, language: str) -> Text:
        """The text `field` on a page in `language`: the English one where there is no twin."""
        english: str = getattr(self, field)
        if language == ENGLISH:
            return Text(english, ENGLISH)
        twin = self.in_russian(field)
        if twin or not english or field in self.NAMES_KEPT:
            return Text(twin or english, RUSSIAN)
        return Text(english, ENGLISH)

    @classmethod
    def texts(cls) -> list[str]:
        """The names of the fields that have a Russian twin."""
        names = {field.name for field in cls._meta.get_fields()}
        return sorted(name for name in names if f"{name}_ru" in names)

    def in_russian(self, field: str) -> str:
        """The Russian twin of the text `field`; empty where there is none."""
        twin: str = getattr(self, f"{field}_ru")
        return twin

    def lacks_in_russian(self) -> list[str]:
        """The texts that it has in English alone."""
        return [
            field
            for field in self.texts()
            if field not in self.NAMES_KEPT and getattr(self, field) and not self.in_russian(field)
        ]


class WithOriginal(InTwoLanguages):
    """What a source may call by a name in its own language, kept beside ours.

    A Russian one heads the Russian page, unless it needs our words to be understood.
    """

    ORIGINAL: ClassVar[str] = "name_original"
    """The field with the source's name; `CALLED` is the one with ours."""

    original_language: models.CharField[str, str]

    class Meta:
        abstract = True

    @property
    def original(self) -> str:
        """What a source calls it, in its own language; empty where none is known to."""
        original: str = getattr(self, self.ORIGINAL)
        return original

    def in_russian(self, field: str) -> str:
        twin = super().in_russian(field)
        russian = field == self.CALLED and self.original_language == RUSSIAN
        return twin or (self.original if russian else "")

    def heading_is_ours(self, language: str) -> bool:
        """Whether the heading of the page in `language` is our Russian translation, no source's own words."""
        return language == RUSSIAN and bool(super().in_russian(self.CALLED))

    def original_beside(self, language: str) -> str:
        """The source's name, to stand beside that heading; nothing where it is the heading."""
        return "" if self.original == self.called(language).words else self.original
