"""Events, and what became of the record, as Atom feeds (RFC 4287)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.xmlutils import SimplerXMLGenerator

from capitals.data.ourselves import LICENCE_ADDRESS, absolute
from capitals.data.permanent import permanent_id
from capitals.data.telling import Selection, evidence, in_one_line, places, words
from capitals.models import Event
from capitals.words.dates import days_in_words
from capitals.words.languages import address_in, page_language

ENTRIES = 50
"""As many as a page of a list has: who asks once a week misses nothing."""


@dataclass(frozen=True)
class Entry:
    """What one entry of a feed says; texts are plain, only the content is HTML."""

    permanent: str
    """The path that its identifier follows from."""
    address: str
    """The path of the page that it leads to."""
    title: str
    updated: datetime.date
    summary: str
    content: SafeString
    category: tuple[str, str] | None = None
    """A term and its label in the language."""


class Feed(Atom1Feed):
    """Django's Atom, with a date that asks no clock, the licence as a link, and contents."""

    def latest_post_date(self) -> datetime.datetime:
        """The day of the newest entry, else the one that the feed was given."""
        given: datetime.datetime = self.feed["otherwise"]
        return max((item["updateddate"] for item in self.items), default=given)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("link", "", {"rel": "license", "href": LICENCE_ADDRESS})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["category"]:
            term, label = item["category"]
            handler.addQuickElement("category", "", {"term": term, "label": label})
        handler.addQuickElement("content", item["content"], {"type": "html"})


def write_feed(
    selection: Selection, entries: Iterable[Entry], language: str, otherwise: datetime.date
) -> bytes:
    """The feed of the entries as they come; `otherwise` is its day where there is none."""
    with override(language):
        feed = Feed(
            title=selection.name(),
            link=absolute(selection.page),
            description=None,
            language=language,
            author_name=_("CIS Cultural Capitals: an independent record"),
            author_link=absolute(address_in(language, "/")),
            feed_url=absolute(selection.address),
            # Of the address with its language: a reader that has both must not take them for one.
            feed_guid=permanent_id(f"/feeds{selection.address}").urn,
            feed_copyright=_("Data and texts: CC BY 4.0. Coordinates: GeoNames. Map: Natural Earth."),
            otherwise=_midnight(otherwise),
        )
        for entry in entries:
            feed.add_item(
                title=entry.title,
                link=absolute(entry.address),
                # Django says of it that it is HTML.
                description=escape(entry.summary),
                unique_id=permanent_id(entry.permanent).urn,
                updateddate=_midnight(entry.updated),
                category=entry.category,
                content=entry.content,
            )
        return feed.writeString("utf-8").encode()


def _midnight(day: datetime.date) -> datetime.datetime:
    """The beginning of the day in UTC: Atom wants a time, and the record keeps days."""
    return datetime.datetime.combine(day, datetime.time.min, datetime.UTC)


def event_entries(events: Iterable[Event], language: str) -> Sequence[Entry]:
    """The entries of events `with_place()`, `with_citations()` and `with_last_change()`."""
    with override(language):
        return [_event(event) for event in events]


def _event(event: Event) -> Entry:
    address = event.get_absolute_url()
    return Entry(
        permanent=address,
        address=address,
        title=in_one_line(event),
        updated=event.changed_on,
        summary=words(event, "summary"),
        content=_content(event),
        category=(event.kind, event.get_kind_display()),
    )


def _content(event: Event) -> SafeString:
    """When and where, the kind, the status unless it was held, the summary, the sources with links."""
    when = days_in_words(event.start, event.end, event.reported_on)
    facts = [", ".join([when, *places(event)]), capfirst(event.get_kind_display())]
    if event.status != Event.Status.HELD:
        facts.append(capfirst(event.get_status_display()))
    links = ((source.address, source.name) for source in evidence(event))
    return format_html(
        '<p>{}.</p><p lang="{}">{}</p><p>{} {}</p>',
        ". ".join(facts),
        event.told("summary", page_language()).language,
        words(event, "summary"),
        _("Sources:"),
        format_html_join("; ", '<a href="{}">{}</a>', links),
    )
