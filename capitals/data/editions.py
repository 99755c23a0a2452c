"""What became of the record, as entries of a feed: one for each table of an edition; corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

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


@dataclass(frozen=True)
class Named:
    """What a changed record is called, and the path where it is told: none where it is no more."""

    name: str
    language: str
    """Empty where it is not known: of an article that was withdrawn, and of a key."""
    path: str = ""


@dataclass(frozen=True)
class Became:
    """What became of some records of a table: “Mended”, and the first of them by name."""

    label: str
    records: list[Named]


@dataclass(frozen=True)
class TableChanged:
    """What an edition changed in one table."""

    day: PartialDate
    table: str
    numbers: str
    """In words: “12 added, 3 mended”."""
    became: list[Became]
    left: int
    """How many more changed than are named."""

    @property
    def told(self) -> str:
        """The table and the numbers: “events: 12 added”."""
        return f"{TABLES[self.table][1]}: {self.numbers}"


Names = dict[tuple[str, str], Named]
"""By table and key."""


def change_entries(page: str, language: str) -> list[Entry]:
    """What each edition changed, by tables, and the corrections; the newest first.

    `page` is the path of the page that tells of the changes.
    """
    with override(language):
        corrections = Correction.objects.order_by("-date", "pk")[:ENTRIES]
        changed = (_edition(one, page) for one in editions())
        entries = [*changed, *map(_correction, corrections)]
        return sorted(entries, key=attrgetter("updated"), reverse=True)[:ENTRIES]


def editions(names_each: int = NAMES) -> Iterator[TableChanged]:
    """What each edition changed in each table, the newest first, in the language of the page.

    Of each table `names_each` records are named.
    """
    tables = list(Change.objects.numbers_by_table()[:ENTRIES])
    if not tables:
        return
    changes = list(Change.objects.since(tables[-1]["date"]).first_of_each_table(names_each))
    names = _names(changes)
    found = {key: list(each) for key, each in groupby(changes, key=attrgetter("date", "table"))}
    for numbers in tables:
        named = found[numbers["date"], numbers["table"]]
        yield TableChanged(
            day=PartialDate.of(numbers["date"]),
            table=numbers["table"],
            numbers=", ".join(
                str(became) % {"number": numbers[kind]}
                for kind, became in WHAT_BECAME.items()
                if numbers[kind]
            ),
            became=[
                Became(str(capfirst(kind.label)), _named(named, kind, names))
                for kind in WHAT_BECAME
                if any(change.kind == kind for change in named)
            ],
            left=sum(numbers[kind] for kind in WHAT_BECAME) - len(named),
        )


def _named(changes: Iterable[Change], kind: str, names: Names) -> list[Named]:
    """The records of these changes of one kind, by name."""
    order = russian_order if page_language() == RUSSIAN else fold
    shown = [names[change.table, change.key] for change in changes if change.kind == kind]
    return sorted(shown, key=lambda one: (order(one.name), one.name, one.path))


def _edition(changed: TableChanged, page: str) -> Entry:
    """The entry of one table in one edition: how many changed, and the first of them by name."""
    parts = [
        format_html("<p>{}:</p><ul>{}</ul>", became.label, _listed(became.records))
        for became in changed.became
    ]
    if changed.left:
        parts.append(format_html("<p>{}</p>", _("and %(number)s more") % {"number": changed.left}))
    title = f"{changed.day.display()}, {changed.told}"
    return Entry(
        permanent=f"/changes/{changed.day}/{changed.table}/",
        address=f"{page}#{changed.day}",
        title=title,
        updated=changed.day.earliest,
        summary=title,
        content=SafeString("".join(parts)),
    )


def _listed(records: Iterable[Named]) -> SafeString:
    items = (
        format_html('<a href="{}">{}</a>', absolute(one.path), one.name) if one.path else escape(one.name)
        for one in records
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
            language = "" if change.table == "sources" else kept.language
            names[change.table, change.key] = Named(printable(kept.words) or change.key, language)
        if kind in ON_A_PAGE:
            kinds.add(kind)
        else:
            # Pages are named as the search names what they show.
            addresses.append(address_in(ENGLISH, reverse(kind, args=[change.key])))
    tables = {kind: table for table, (kind, _words) in TABLES.items()}
    known = SearchEntry.objects.filter(Q(address__in=addresses) | Q(kind__in=kinds))
    for entry in known.only("address", "kind", "title", "title_ru", "title_language"):
        between = "#" if entry.kind in ON_A_PAGE else "/"
        key = (tables[Kind(entry.kind)], entry.address.rstrip("/").rpartition(between)[2])
        language = entry.title_language or entry.called(page_language()).language
        names[key] = Named(in_one_line(entry), language, entry.get_absolute_url())
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
