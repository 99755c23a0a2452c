"""What answers a question before any result: the capitals of a year, a city or a country with its titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from capitals.models import Designation, EventDesignation
from capitals.search.finding import Found, find
from capitals.search.questions import AskedPlace, Question
from capitals.words.languages import ENGLISH
from capitals.words.query import SearchQuery

Role = EventDesignation.Role

FRAMING = (Role.OPENING, Role.CLOSING)
ROLES = {
    "opening": (Role.OPENING,),
    "closing": (Role.CLOSING,),
    "handover": (Role.INCOMING, Role.OUTGOING),
}
"""The parts of events in a title that a word for a ceremony asks for."""


@dataclass(frozen=True)
class Answer:
    """What is searched for a question, what leads the results, and whose cards stand there."""

    query: SearchQuery
    leading: Sequence[str] = ()
    """The addresses that stand before all others, in their order; they need not match the query."""
    titles: dict[str, list[Designation]] = field(default_factory=dict)
    """Of each place that leads, by its address, the earliest first."""
    years: tuple[int, ...] = ()
    """Those for which the places were asked."""
    capitals: Sequence[Designation] = ()
    """The capitals of the years that were asked for."""
    capitals_first: bool = True
    """Whether they stand before the places."""
    is_inflected: bool = False
    """Whether a place was asked for by what is not its name but a form of it."""

    @cached_property
    def found(self) -> Found:
        """All that it finds, the best first."""
        return find(self.query, led_by=self.leading)


def answer_to(question: Question, this_year: int) -> Answer:
    """What answers the question in the calendar year `this_year`.

    What holds other words than those of a question is searched as it stands, or, if that finds
    nothing, with the names for their inflected forms.
    """
    if question.rest:
        searched = Answer(question.query)
        return (
            searched if not question.is_inflected or searched.found.exists() else Answer(question.by_names())
        )
    titles = _titles_around(question)
    years = _years_asked(question, titles, this_year)
    if question.places:
        return _on_places(question, titles, years, leads_on=bool(years) and not question.is_of_own_years)
    capitals = [title for title in titles if title.year in years]
    if capitals or question.years:
        events = _ceremonies(capitals, question) if question.ceremonies else []
        query = _worded(question, years)
        return Answer(query, events, capitals=capitals)
    with override(ENGLISH):
        programme = reverse("programme")
    now = [title for title in titles if title.year == this_year]
    return Answer(question.query, [programme], capitals=now)


def answer_in_part(question: Question, this_year: int) -> Answer:
    """What is recorded of the places and years in a question of which other words find nothing."""
    named = replace(question, rest=())
    answer = answer_to(named, this_year)
    return answer if answer.leading else replace(answer, leading=[city.address for city in named.cities])


def _titles_around(question: Question) -> list[Designation]:
    """The titles that the question may be about: of its places and years, or all; by year."""
    titles = Designation.objects.oldest_first().with_places().select_related("replaced_by__city")
    if question.times or not question.names_something:
        return list(titles)
    cities = [city.key for city in question.cities]
    countries = [country.key for country in question.countries]
    places = Q(city__in=cities) | Q(city__country__in=countries)
    return list(titles.filter(places | Q(year__in=question.years)))


def _titles_of(place: AskedPlace, titles: Iterable[Designation]) -> list[Designation]:
    """Those of a city, replaced ones too, or those that a country's cities hold."""
    if place.is_city:
        return [title for title in titles if title.city_id == place.key]
    return [title for title in titles if title.city.country_id == place.key and not title.replaced_by]


def _years_asked(question: Question, titles: list[Designation], this_year: int) -> tuple[int, ...]:
    """The years in figures, and those meant by “now” or, if recorded, “next”, “last”, “first”.

    “Next” counts from a year or a city that is named, else from today.
    """
    if not question.times:
        return question.years
    own = [title.year for place in question.places for title in _titles_of(place, titles)]
    every = own if question.countries else [title.year for title in titles]
    base = question.years or (own if question.cities else ()) or (this_year,)
    first = own or every
    meant = {
        "now": [this_year],
        "next": [year for year in every if year > max(base)][:1],
        "previous": [year for year in every if year < min(base)][-1:],
        "first": first[:1],
    }
    return tuple(dict.fromkeys(year for time in question.times for year in meant[time]))


def _on_places(
    question: Question, titles: list[Designation], years: tuple[int, ...], *, leads_on: bool
) -> Answer:
    """The answer to a question that names cities or countries; `leads_on` if to another's year."""
    places = question.cities or question.countries
    own = {place.address: _titles_of(place, titles) for place in places}
    held = {(place, title.year) for place in own for title in own[place] if not title.replaced_by}
    all_own = [title for place in own for title in own[place]]
    capitals = [title for title in titles if title.year in years]
    of_the_country = [title for title in capitals if title in all_own]
    if question.cities:
        all_held = all((place, year) in held for place in own for year in years)
        capitals = [] if all_held else [title for title in capitals if title not in all_own]
    elif of_the_country:
        capitals = of_the_country
    in_years = [title for title in all_own if not years or title.year in years]
    events = _ceremonies(in_years, question) if question.cities else []
    # Who names several cities asks for what they share: a handover, a decision.
    leads = years or len(places) == 1
    return Answer(
        _worded(question, () if leads_on else years),
        [*own, *events] if leads else [],
        own,
        () if leads_on else years,
        capitals,
        capitals_first=leads_on or bool(of_the_country and not question.cities),
        is_inflected=question.is_inflected,
    )


def _ceremonies(titles: list[Designation], question: Question) -> list[str]:
    """The addresses of what opened and closed these years, first what the question asks for."""
    asked = [role for ceremony in question.asked_ceremonies for role in ROLES[ceremony]]
    roles = list(dict.fromkeys([*asked, *FRAMING]))
    events = EventDesignation.objects.ceremonies_of(titles, roles).values_list("event", flat=True)
    with override(ENGLISH):
        return [reverse("event", args=[event]) for event in dict.fromkeys(events)]


def _worded(question: Question, years: tuple[int, ...]) -> SearchQuery:
    """The query for places and years; with the words for a ceremony, where something holds them too."""
    if question.ceremonies:
        worded = question.looking_for(*question.ceremonies, years=years)
        if find(worded).exists():
            return worded
    return question.looking_for(years=years)
