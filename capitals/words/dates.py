"""Dates: those that are known only in part, how each language writes them, and today."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from capitals.words.languages import RUSSIAN, page_language

FIRST_YEAR, LAST_YEAR = 1991, 2100
"""The years that the site accepts: from the founding of the CIS on."""

FORMS = {
    "year": pgettext_lazy("date format", "Y"),
    "month": pgettext_lazy("date format", "F Y"),
    "day": pgettext_lazy("date format", "j E Y"),
}
"""How Django writes a date that is known to the year, the month or the day."""

DATES_KEPT = 4096

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)


def today() -> datetime.date:
    """Today in UTC, which decides what is past, current and to come.

    A response asks for it once, before anything else: `request.today`.
    """
    return datetime.datetime.now(datetime.UTC).date()


@dataclass(frozen=True)
class PartialDate:
    """A date as a source gives it: `2012`, `2012-10` or `2012-10-05`."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date that `text` writes; ValueError says what is wrong with it."""
        return _parse(text)

    @classmethod
    def of(cls, day: datetime.date) -> PartialDate:
        """A day that is known whole."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> str:
        """How much is known: `year`, `month` or `day`."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def earliest(self) -> datetime.date:
        """The first day that the date can mean; lists sort by it."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> datetime.date:
        """The last day that the date can mean; a history puts a vague step there."""
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return datetime.date(self.year, month, day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def display(self) -> str:
        """The date in the words of the page's language: “5 October 2012”."""
        return _in_words(self, page_language())


# A page reads and writes a few hundred dates, most of them the same as other pages: so the answers are kept.


@functools.lru_cache(maxsize=DATES_KEPT)
def _parse(text: str) -> PartialDate:
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is not a date: write 2012, 2012-10 or 2012-10-05")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise ValueError(f"“{text}” is not in the calendar: {error}") from error
    return PartialDate(year or 0, month, day)


@functools.lru_cache(maxsize=DATES_KEPT)
def _in_words(date: PartialDate, language: str) -> str:
    """The date in the words of that language, the page's."""
    words = date_format(date.earliest, str(FORMS[date.precision]))
    # Django has Russian months with a capital, as on a calendar's page.
    return words.lower() if language == RUSSIAN else words


def days_in_words(first: PartialDate | None, last: PartialDate | None, reported: PartialDate | None) -> str:
    """First and last day in words, the day of the report where the event's own is not known.

    What both share stands once: “18–28 September 2025”, “29 June – 3 July 2025”.
    """
    if first and last and first != last:
        if not (first.year == last.year and first.day and last.day):
            return f"{first.display()} – {last.display()}"
        if first.month == last.month:
            return f"{first.day}–{last.display()}"
        return f"{date_format(first.earliest, 'j E')} – {last.display()}"
    if reported and not first:
        return _("reported %(date)s") % {"date": reported.display()}
    return first.display() if first else _("date not recorded")
