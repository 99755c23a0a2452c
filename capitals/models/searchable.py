"""What the search finds: the table, and how it is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from capitals.fields import AsciiField, LanguageField, PartialDateField
from capitals.models.bilingual import InTwoLanguages
from capitals.models.places import City, Country
from capitals.models.queries import position
from capitals.words.languages import ENGLISH, RUSSIAN, address_in, page_language
from capitals.words.query import SearchQuery


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
    def matching(self, query: SearchQuery, *, or_at: Collection[str] = ()) -> Self:
        """Those that hold in one language every word asked for, or all of them written as one word.

        Beside them those at the addresses `or_at`.
        """
        asked = query.asked
        matched = _any(_holds(asked, f"folded_{language}") for language in (ENGLISH, RUSSIAN))
        return self.filter(matched | Q(address__in=or_at) if or_at else matched)

    def places_named(self, spellings: Iterable[str]) -> Self:
        """The cities and countries of which one of the folded `spellings` is a name; none of no spelling.

        By the searched column, which begins with the names: it has the index.
        """
        ways = {way for spelling in spellings for way in (spelling, spelling.replace(" ", ""))}
        if not ways:
            return self.none()
        places = self.filter(kind__in=(SearchEntry.Kind.CITY, SearchEntry.Kind.COUNTRY))
        return places.filter(_any(Q(folded_en__contains=f"| {way} |") for way in sorted(ways)))

    def beginning_with(self, ways: Iterable[str]) -> Self:
        """The cities, countries and titles with a word in a name that begins with one of the folded `ways`.

        First those of which a name itself does, cities before countries before titles; none of no way.
        """
        spelt = sorted(filter(None, ways))
        if not spelt:
            return self.none()
        places = self.filter(
            kind__in=(SearchEntry.Kind.CITY, SearchEntry.Kind.COUNTRY, SearchEntry.Kind.DESIGNATION)
        )
        # By the searched column, which has the index, then by the names with which it begins.
        found = places.filter(
            _any(Q(folded_en__contains=f" {way}", folded_names__contains=f" {way}") for way in spelt)
        )
        rank = Case(
            When(_any(Q(folded_names__contains=f"| {way}") for way in spelt), then=0),
            default=1,
            output_field=IntegerField(),
        )
        return found.annotate(rank=rank).order_by(
            "rank", position("kind", tuple(SearchEntry.Kind.values)), "address"
        )

    def best_first(self, query: SearchQuery, *, led_by: Sequence[str] = ()) -> Self:
        """Best a name that is the query, then names that begin with it, names with it, texts: `rank` 0 to 4.

        A text in the page's language is better than one in the other. Among equals first what
        holds also the words that only ask, then by kind, then the newer before the older,
        undated last. Before all stand those at the addresses `led_by`, in their order.
        """
        asked, here = query.asked, f"folded_{page_language()}"
        ways = dict.fromkeys((query.spaced, query.together.text, asked.spaced, asked.together.text))
        named = Q()
        for word in asked.words:
            # A year in the query is as good as a name.
            dated = Q(year=word.year) if word.year else Q()
            named &= Q(folded_names__contains=word.pattern) | dated
        rank = Case(
            When(_any(Q(folded_names__contains=f"| {way} |") for way in ways), then=0),
            When(_any(Q(folded_names__contains=f"| {way}") for way in ways), then=1),
            When(named | Q(folded_names__contains=asked.together.pattern), then=2),
            When(_holds(asked, here), then=3),
            default=4,
            output_field=IntegerField(),
        )
        whole = Case(When(_holds(query, here), then=0), default=1, output_field=IntegerField())
        return self.annotate(rank=rank, known_on=Coalesce("start", "reported_on")).order_by(
            *([position("address", tuple(led_by))] if led_by else []),
            "rank",
            *([whole] if asked is not query else []),
            position("kind", tuple(SearchEntry.Kind.values)),
            F("known_on").desc(nulls_last=True),
            F("year").desc(nulls_last=True),
            "address",
        )

    def of_kind(self, kind: str) -> Self:
        """Those of that kind; all of them where it is empty."""
        return self.filter(kind=kind) if kind else self

    def with_places(self) -> Self:
        """With city and country."""
        return self.select_related("city__country", "country")

    def numbers_by_kind(self) -> dict[str, int]:
        """How many there are of each kind that there is."""
        return dict(self.order_by().values_list("kind").annotate(Count("pk")))


def _holds(query: SearchQuery, text: str) -> Q:
    """That the folded `text` holds every word of the query, or the query written as one word."""
    every = Q()
    for word in query.words:
        every &= Q(**{f"{text}__contains": word.pattern})
    if len(query.words) > 1:
        every |= Q(**{f"{text}__contains": query.together.pattern})
    return every


def _any(conditions: Iterable[Q]) -> Q:
    """That one of the conditions holds."""
    return reduce(or_, conditions)


class SearchEntry(InTwoLanguages):
    """What the search finds: one row for each page, and for each part of a page with an anchor.

    A row serves both languages; its address is the English one. Written by the loader,
    never a fixture: `search/indexing.py` makes them. On PostgreSQL a trigram index on each of the
    two folded texts serves the search (migration 0004).
    """

    CALLED = "title"

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
    folded_en = models.TextField(
        help_text="The folded names, then all else that is searched in English, folded."
    )
    folded_ru = models.TextField(help_text="The same with the texts in Russian.")
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
