"""What a reader may be about to type: the places and titles with a name that begins so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import resolve
from django.utils.translation import gettext as _
from django.utils.translation import override

from capitals.models import Designation, SearchEntry
from capitals.search.finding import places_beginning_with
from capitals.words.folding import fold
from capitals.words.keyboard import on_the_other_layout
from capitals.words.languages import ENGLISH, page_language

SHORTEST = 2
"""Letters and digits; fewer begin too many names."""
MOST = 8
LOOKED_AT = 50
"""How many names that begin so are put in order, at most."""

Kind = SearchEntry.Kind


@dataclass(frozen=True)
class Suggestion:
    """A name, what it is in a few words, and its page."""

    name: str
    told: str
    address: str


def suggestions(typed: str) -> list[Suggestion]:
    """The cities, countries and titles with a name that begins with what was `typed`, in whatever script.

    Where there is none, those for the same keys on the other layout. Capitals stand first.
    """
    entries = _beginning_with([typed]) or _beginning_with(on_the_other_layout(typed))
    years = _years_held({_city_of(entry) for entry in entries} - {""})
    return [
        Suggestion(
            entry.called(page_language()).words,
            " · ".join(_told(entry, years)),
            entry.get_absolute_url(),
        )
        for entry in _capitals_first(entries, years)[:MOST]
    ]


def _beginning_with(ways: Iterable[str]) -> list[SearchEntry]:
    """The entries with a name that begins with one of the `ways`, once folded."""
    folded = {way for way in map(fold, ways) if len(way) >= SHORTEST}
    spelt = folded | {way.replace(" ", "") for way in folded}
    return list(places_beginning_with(spelt)[:LOOKED_AT])


def _city_of(entry: SearchEntry) -> str:
    """The key of the city that the entry is, or whose title it is; empty for a country."""
    if entry.kind == Kind.CITY:
        with override(ENGLISH):
            return str(resolve(entry.address).kwargs["slug"])
    return entry.city_id or ""


def _years_held(cities: Iterable[str]) -> dict[str, list[int]]:
    """The years for which those cities hold the title, held it or are to hold it, the earliest first."""
    held: dict[str, list[int]] = defaultdict(list)
    keys = list(cities)
    titles = Designation.objects.held().filter(city__in=keys).order_by("year") if keys else ()
    for title in titles:
        held[title.city_id].append(title.year)
    return held


def _capitals_first(entries: Sequence[SearchEntry], years: Mapping[str, Sequence[int]]) -> list[SearchEntry]:
    """The entries, cities with a title before all others, without the titles that went to another city."""
    standing = [
        entry
        for entry in entries
        if entry.kind != Kind.DESIGNATION or entry.year in years.get(_city_of(entry), ())
    ]
    return sorted(standing, key=lambda entry: not (entry.kind == Kind.CITY and years.get(_city_of(entry))))


def _told(entry: SearchEntry, years: Mapping[str, Sequence[int]]) -> list[str]:
    """What the entry is, in a few words: its country, its titles."""
    if entry.kind == Kind.COUNTRY:
        return [str(entry.get_kind_display())]
    country = entry.country or (entry.city and entry.city.country)
    held = [entry.year] if entry.kind == Kind.DESIGNATION else years.get(_city_of(entry), ())
    return [
        *([country.called(page_language()).words] if country else []),
        *(_("CIS Cultural Capital %(year)s") % {"year": year} for year in held),
    ]
