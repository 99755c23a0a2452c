"""What became of the record, as entries of a feed: one for each table of an edition; corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from capitals.data.atom import ENTRIES, Entry
from capitals.data.ourselves import absolute
from capitals.data.telling import in_one_line, words
from capitals.models import Change, Correction, SearchEntry
from capitals.words.dates import PartialDate
from capitals.words.folding import fold, russian_order
from capitals.words.languages import ENGLISH, RUSSIAN, address_in, page_language
from capitals.words.shortening import shortened
from capitals.words.texts import printable

NAMES = 200
"""How many records an entry names: the first edition has added all that there are."""
TITLE_LENGTH = 120

Kind = SearchEntry.Kind

TABLES = {
    "capitals": (Kind.DESIGNATION, gettext_lazy("titles")),
    "cities": (Kind.CITY, gettext_lazy("cities")),
    "countries": (Kind.COUNTRY, gettext_lazy("countries")),
    "events": (Kind.EVENT, gettext_lazy("events")),
    "series": (Kind.SERIES, gettext_lazy("series of events")),
    "centres": (Kind.CENTRE, gettext_lazy("cultural centres")),
    "decisions": (Kind.DECISION, gettext_lazy("decisions")),
    "bodies": (Kind.BODY, gettext_lazy("bodies")),
    "sources": (Kind.SOURCE, gettext_lazy("sources")),
    "disputes": (Kind.DISPUTE, gettext_lazy("points on which sources differ")),
    "statements": (Kind.STATEMENT, gettext_lazy("statements about the programme")),
    "sister-titles": (Kind.SISTER_TITLE, gettext_lazy("other titles")),
}
"""What the search calls a record of each table, and the table in words that stand beside a number."""
ON_A_PAGE = (Kind.DESIGNATION, Kind.DISPUTE, Kind.STATEMENT, Kind.SISTER_TITLE)
"""What has no page but a place on one, of which its key is the anchor; there are few of them."""
WHAT_BECAME = {
    Change.Kind.ADDED: gettext_lazy("%(number)s added"),
    Change.Kind.MENDED: gettext_lazy("%(number)s mended"),
    Change.Kind.WITHDRAWN: gettext_lazy("%(number)s withdrawn"),
}

Names = dict[tuple[str, str], tuple[str, str]]
"""By table and key, what a record is called, and the path where it is told: none where it is no more."""


def change_entries(page: str, language: str) -> list[Entry]:
    """What each edition changed, by tables, and the corrections; the newest first.

    `page` is the path of the page that tells of the changes.
    """
    with override(language):
        corrections = Correction.objects.order_by("-date", "pk")[:ENTRIES]
        entries = [*editions(page), *map(_correction, corrections)]
        return sorted(entries, key=attrgetter("updated"), reverse=True)[:ENTRIES]


def editions(page: str, names_each: int = NAMES) -> Iterator[Entry]:
    """An entry for each table of each edition, the newest first, in the language of the page.

    Of what an entry tells `names_each` records are named.
    """
    tables = list(Change.objects.numbers_by_table()[:ENTRIES])
    if not tables:
        return
    changes = list(Change.objects.since(tables[-1]["date"]).first_of_each_table(names_each))
    names = _names(changes)
    found = {key: list(each) for key, each in groupby(changes, key=attrgetter("date", "table"))}
    for numbers in tables:
        yield _edition(numbers, found[numbers["date"], numbers["table"]], names, page)


def _edition(numbers: dict[str, Any], changes: list[Change], names: Names, page: str) -> Entry:
    """The entry of one table in one edition: how many changed, and the first of them by name."""
    day, table = numbers["date"], numbers["table"]
    told = ", ".join(
        str(became) % {"number": numbers[kind]} for kind, became in WHAT_BECAME.items() if numbers[kind]
    )
    parts = [
        format_html("<p>{}:</p><ul>{}</ul>", capfirst(kind.label), _listed(changes, kind, names))
        for kind in WHAT_BECAME
        if any(change.kind == kind for change in changes)
    ]
    left = sum(numbers[kind] for kind in WHAT_BECAME) - len(changes)
    if left:
        parts.append(format_html("<p>{}</p>", _("and %(number)s more") % {"number": left}))
    title = f"{PartialDate.of(day).display()}, {TABLES[table][1]}: {told}"
    return Entry(
        permanent=f"/changes/{day}/{table}/",
        address=f"{page}#{day}",
        title=title,
        updated=day,
        summary=title,
        content=SafeString("".join(parts)),
    )


def _listed(changes: Iterable[Change], kind: str, names: Names) -> SafeString:
    """The records of these changes of one kind, by name."""
    order = russian_order if page_language() == RUSSIAN else fold
    shown = [names[change.table, change.key] for change in changes if change.kind == kind]
    items = (
        format_html('<a href="{}">{}</a>', absolute(path), name) if path else escape(name)
        for name, path in sorted(shown, key=lambda named: (order(named[0]), named))
    )
    return format_html_join("", "<li>{}</li>", ((item,) for item in items))


def _names(changes: Iterable[Change]) -> Names:
    """The names of what changed, asked of the search in one query; what was withdrawn has kept its own.

    What was added and withdrawn since has that name; its key where none was kept.
    """
    names: Names = {}
    addresses, kinds = [], set()
    for change in changes:
        kind = TABLES[change.table][0]
        kept = change.called(page_language())
        if kept or (change.table, change.key) not in names:
            names[change.table, change.key] = (printable(kept) or change.key, "")
        if kind in ON_A_PAGE:
            kinds.add(kind)
        else:
            # Pages are named as the search names what they show.
            addresses.append(address_in(ENGLISH, reverse(kind, args=[change.key])))
    tables = {kind: table for table, (kind, _words) in TABLES.items()}
    known = SearchEntry.objects.filter(Q(address__in=addresses) | Q(kind__in=kinds))
    for entry in known.only("address", "kind", "title", "title_ru"):
        between = "#" if entry.kind in ON_A_PAGE else "/"
        key = (tables[Kind(entry.kind)], entry.address.rstrip("/").rpartition(between)[2])
        names[key] = (in_one_line(entry), entry.get_absolute_url())
    return names


def _correction(correction: Correction) -> Entry:
    """A correction of a page, as the log has it."""
    text, path = in_one_line(correction), address_in(page_language(), correction.path)
    link = format_html('<a href="{}">{}</a>', absolute(path), path)
    return Entry(
        permanent=f"/corrections/{correction.pk}/",
        address=path,
        title=shortened(_("Correction: %(text)s") % {"text": text}, TITLE_LENGTH),
        updated=correction.date.earliest,
        summary=words(correction),
        content=format_html("<p>{}</p><p>{}</p>", text, link),
    )
