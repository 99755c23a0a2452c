"""What feeds and calendars tell of an event alike, as plain text in the language in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from capitals.data.ourselves import absolute
from capitals.models import Cited, Event, Source
from capitals.models.bilingual import InTwoLanguages
from capitals.words.languages import page_language
from capitals.words.texts import printable


def words(record: InTwoLanguages, field: str = "") -> str:
    """That text of the record, or what it is called, of characters that every format can hold."""
    language = page_language()
    text = record.told(field, language) if field else record.called(language)
    return printable(text.words).strip()


def in_one_line(record: InTwoLanguages, field: str = "") -> str:
    """As `words`, in one line."""
    return " ".join(words(record, field).split())


def places(event: Event) -> Iterator[str]:
    """Where it is held, from the venue to the country; “online” last. Needs `with_place()`."""
    if event.venue:
        yield in_one_line(event, "venue")
    if event.city:
        yield in_one_line(event.city)
        yield in_one_line(event.city.country)
    if event.online:
        yield _("online")


@dataclass(frozen=True)
class Evidence:
    """A source in short, “Azertag, 4 June 2025”, and where to read it."""

    name: str
    address: str


def evidence(record: Cited) -> list[Evidence]:
    """The sources of the record in the order of its page; one without an address is read about here."""
    return [_evidence(source) for source in record.sources_of()]


def _evidence(source: Source) -> Evidence:
    outlet = in_one_line(source, "outlet")
    date = source.date.display() if source.date else _("undated")
    return Evidence(f"{outlet}, {date}", source.address or absolute(source.get_absolute_url()))


@dataclass(frozen=True)
class Selection:
    """Records that a feed or a calendar has, as the address that gives it tells of them."""

    title: str
    """Which they are, in the language: “Events: Ganja”."""
    page: str
    """The path, with its query, of the page that shows them to readers."""
    address: str
    """The path, with its query, of the feed or calendar itself."""

    def name(self) -> str:
        """The title with the record's name, as readers see it among those of other sites."""
        return f"{printable(self.title)} · {_('CIS Cultural Capitals')}"
