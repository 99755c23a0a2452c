"""How a question is read: the places, years, times and ceremonies in it, and whatever else it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import resolve
from django.utils.translation import override

from capitals.models import CityName, Country, SearchEntry
from capitals.search.finding import places_named
from capitals.words.folding import fold
from capitals.words.inflection import inflected
from capitals.words.languages import ENGLISH, RUSSIAN
from capitals.words.query import SearchQuery, SearchWord, letters_of
from capitals.words.question_words import ASKING_OF_A_PLACE, CEREMONY, TIME

LONGEST = 5
"""How many words a name of a place has at most."""


@dataclass(frozen=True)
class AskedPlace:
    """A city or a country that a question names."""

    address: str
    kind: str
    spelt: str
    """As the question has it, folded."""
    named: str
    """Its name there, for what may be inflected or never shown: “Гянджа” for “Гянджу”."""

    @property
    def key(self) -> str:
        """That of the city or the country."""
        with override(ENGLISH):
            return str(resolve(self.address).kwargs["slug"])

    @property
    def is_city(self) -> bool:
        return self.kind == SearchEntry.Kind.CITY


@dataclass(frozen=True)
class Question:
    """A query read as a question."""

    query: SearchQuery
    """As it was typed."""
    places: tuple[AskedPlace, ...] = ()
    years: tuple[int, ...] = ()
    times: tuple[str, ...] = ()
    """Of `TIMES` in words/question_words.py."""
    ceremonies: tuple[str, ...] = ()
    """The words for ceremonies, folded."""
    rest: tuple[str, ...] = ()
    """Words that are none of these and do not only ask."""

    @property
    def names_something(self) -> bool:
        """Whether it names a place or a year."""
        return bool(self.places or self.years)

    @property
    def cities(self) -> list[AskedPlace]:
        return [place for place in self.places if place.is_city]

    @property
    def countries(self) -> list[AskedPlace]:
        return [place for place in self.places if not place.is_city]

    @property
    def is_inflected(self) -> bool:
        """Whether it names a place in a case, or by a name that is never shown."""
        return any(place.named for place in self.places)

    @property
    def asked_ceremonies(self) -> list[str]:
        """Of `CEREMONIES` in words/question_words.py."""
        return [CEREMONY[word] for word in self.ceremonies]

    @property
    def is_of_own_years(self) -> bool:
        """Whether its years are not told from its city’s: neither the next one nor the one before."""
        return not self.cities or not {"next", "previous"}.intersection(self.times)

    def by_names(self) -> SearchQuery:
        """The query for all that it holds, its places by their names."""
        return self.looking_for(*self.ceremonies, *self.rest, years=self.years)

    def looking_for(self, *more: str, years: Iterable[int] = ()) -> SearchQuery:
        """The query for its places by their names and the years, and for `more` words."""
        named = [place.named or place.spelt for place in self.places]
        spaced = " ".join([*map(fold, named), *more, *map(str, years)])
        return SearchQuery(spaced, letters_of("".join(named)) if self.is_inflected else self.query.typed)


def read_question(typed: str) -> Question:
    """The query that was typed, read as a question."""
    query = SearchQuery.read(typed)
    places, others = _places_and_others(query.spaced.split())
    parts: dict[str, list[str]] = {"years": [], "times": [], "ceremonies": [], "asking": [], "rest": []}
    telling = SearchQuery(" ".join(others)).telling
    for word in telling:
        parts[_part_of(word)].append(word)
    if not places and not parts["years"]:
        # Alone, or beside words that are none of a question, it is looked for: “country”, “last”.
        asks_for_a_time = parts["times"] and telling != others and not parts["rest"]
        if not asks_for_a_time:
            parts = {"years": [], "times": [], "ceremonies": [], "rest": telling}
    return Question(
        query,
        tuple({place.address: place for place in places}.values()),
        tuple(dict.fromkeys(map(int, parts["years"]))),
        tuple(TIME[word] for word in parts["times"]),
        tuple(dict.fromkeys(parts["ceremonies"])),
        tuple(parts["rest"]),
    )


def _places_and_others(words: list[str]) -> tuple[list[AskedPlace], list[str]]:
    """The places in the folded words, the longest names first, and the words beside them."""
    known = _known_places(words)
    places, others = [], []
    at = 0
    while at < len(words):
        runs = {length: " ".join(words[at : at + length]) for length in range(LONGEST, 0, -1)}
        length = next((length for length, run in runs.items() if run in known), 0)
        if length:
            places.append(known[runs[length]])
        else:
            others.append(words[at])
        at += length or 1
    return places, others


def _part_of(word: str) -> str:
    """Which part of a question the folded word is."""
    if SearchWord(word).year:
        return "years"
    if word in TIME:
        return "times"
    if word in CEREMONY:
        return "ceremonies"
    return "asking" if word in ASKING_OF_A_PLACE else "rest"


def _known_places(words: list[str]) -> dict[str, AskedPlace]:
    """The places in the folded words, by the words that name them and them alone."""
    runs = {
        " ".join(words[at : at + length]) for at in range(len(words)) for length in range(1, LONGEST + 1)
    } - {""}
    named: dict[str, set[tuple[str, str, bool]]] = {}
    rows = places_named(runs)
    for address, kind, title, russian, names in rows.values_list(
        "address", "kind", "title", "title_ru", "folded_names"
    ):
        own = set(names.strip("| ").split(" | "))
        for run in runs:
            if run in own or run.replace(" ", "") in own:
                shown = run in {fold(title), fold(russian)}
                named.setdefault(run, set()).add((address, kind, shown))
    known = {}
    for run, found in named.items():
        if len(found) == 1:
            [(address, kind, shown)] = found
            known[run] = AskedPlace(address, kind, run, "")
            if not shown:
                known[run] = AskedPlace(address, kind, run, _name_behind(run, known[run]))
    return known


def _name_behind(spelt: str, place: AskedPlace) -> str:
    """The name of the place of which `spelt` is an inflected form; nothing where it is itself a name."""
    if place.is_city:
        names = CityName.objects.filter(city=place.key).exclude(kind=CityName.Kind.SEARCH).order_by("-pk")
        shown = list(names.values_list("name", "language"))
    else:
        country = Country.objects.get(pk=place.key)
        typed = country.also_typed()
        if any(spelt in map(fold, (name, *inflected(name, RUSSIAN))) for name in typed):
            return country.name_ru
        shown = [(country.name_local, country.local_language), (country.name_ru, RUSSIAN)]
    if spelt.replace(" ", "") in {fold(name).replace(" ", "") for name, _language in shown}:
        return ""
    forms = (name for name, language in shown if spelt in map(fold, inflected(name, language)))
    return next(forms, "")
