"""Rules that span records, held against the fixtures in memory before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from capitals.fixtures import Entry, Fixtures, Problem
from capitals.models import (
    City,
    CityName,
    Cited,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Dispute,
    DisputeVersion,
    Event,
    Source,
)

Rule = Callable[[Fixtures], Iterator[Problem]]


def what_states_facts_is_cited(fixtures: Fixtures) -> Iterator[Problem]:
    """Every subclass of Cited names a source; only a spelling that is never shown need not."""
    for entry in fixtures:
        never_shown = isinstance(entry.instance, CityName) and entry.instance.kind == CityName.Kind.SEARCH
        if isinstance(entry.instance, Cited) and not entry.many.get("sources") and not never_shown:
            yield entry.problem("sources", "This record cites nothing.", "Name a source that states it.")


def no_source_is_an_orphan(fixtures: Fixtures) -> Iterator[Problem]:
    """Every source is cited by some record."""
    cited = {key for entry in fixtures for key, _ in entry.many.get("sources", ())}
    for entry in fixtures.of(Source):
        if entry.key not in cited:
            yield entry.problem("", "No record rests on this source.", "Cite it somewhere, or remove it.")


def nothing_ends_before_it_starts(fixtures: Fixtures) -> Iterator[Problem]:
    """An event's last possible day is not before its first; a centre opens after its founding."""
    for model, first, last in ((Event, "start", "end"), (CulturalCentre, "established", "inaugurated")):
        for entry in fixtures.of(model):
            start, end = getattr(entry.instance, first), getattr(entry.instance, last)
            if start and end and end.latest < start.earliest:
                what = f"It lies before the {first} date, {start}."
                yield entry.problem(last, what, "Check both dates in the source.")


def a_title_is_decided_before_it_ends(fixtures: Fixtures) -> Iterator[Problem]:
    """No decision names a capital for a year that is over."""
    for entry in fixtures.of(Decision):
        date = entry.instance.date  # type: ignore[attr-defined]
        for key, line in entry.many.get("names", ()):
            year = fixtures.by_key[Designation][key].instance.year  # type: ignore[attr-defined]
            if date and date.year > year:
                what = f"The decision of {date} names {key}, whose year was over."
                yield entry.problem("names", what, "Check the date and the title.", line)


def a_designation_is_called_by_city_and_year(fixtures: Fixtures) -> Iterator[Problem]:
    """The key of a designation is its city's key and its year."""
    for entry in fixtures.of(Designation):
        key = f"{entry.instance.city_id}-{entry.instance.year}"  # type: ignore[attr-defined]
        if entry.key != key:
            yield entry.problem("pk", "The key does not fit city and year.", f"It should be “{key}”.")


def official_names_are_in_a_state_language(fixtures: Fixtures) -> Iterator[Problem]:
    """One official name a language, in a state language of the city's country."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in fixtures.of(CityName):
        name = entry.instance
        assert isinstance(name, CityName)
        if name.kind != CityName.Kind.OFFICIAL:
            continue
        city = fixtures.by_key[City][name.city_id].instance
        country = fixtures.by_key[Country][city.country_id].instance  # type: ignore[attr-defined]
        languages = country.state_languages.split()  # type: ignore[attr-defined]
        if name.language.partition("-")[0] not in languages:
            what = f"“{name.language}” is no state language of {country}."
            yield entry.problem("kind", what, "Call the name local or common.")
        first = seen.setdefault((name.city_id, name.language), entry)
        if first is not entry:
            what = f"There is another official name in this language at {first.file}:{first.line}."
            yield entry.problem("kind", what, "Keep one as official; the other is a variant.")


def a_titled_city_has_its_names_and_place(fixtures: Fixtures) -> Iterator[Problem]:
    """A capital has an official name, a Russian one and coordinates."""
    names: dict[str, list[CityName]] = defaultdict(list)
    for entry in fixtures.of(CityName):
        assert isinstance(entry.instance, CityName)
        names[entry.instance.city_id].append(entry.instance)
    for key in sorted({entry.instance.city_id for entry in fixtures.of(Designation)}):  # type: ignore[attr-defined]
        city = fixtures.by_key[City][key]
        shown = [name for name in names[key] if name.kind not in {"search", "former", "variant"}]
        if not any(name.kind == CityName.Kind.OFFICIAL for name in shown):
            yield city.problem("", "This capital has no official name.", "Add a cityname of kind official.")
        if not any(name.language == "ru" for name in shown):
            yield city.problem("", "This capital has no Russian name.", "Add a cityname in ru.")
        if city.instance.latitude is None:  # type: ignore[attr-defined]
            yield city.problem("latitude", "This capital has no coordinates.", "Take them from GeoNames.")


def a_dispute_has_versions(fixtures: Fixtures) -> Iterator[Problem]:
    """A dispute has two versions or more, numbered from 1."""
    positions: dict[str, list[int]] = defaultdict(list)
    for entry in fixtures.of(DisputeVersion):
        assert isinstance(entry.instance, DisputeVersion)
        positions[entry.instance.dispute_id].append(entry.instance.position)
    for entry in fixtures.of(Dispute):
        found = sorted(positions[entry.instance.pk])
        if len(found) < 2:
            yield entry.problem("", "A dispute needs two versions.", "Add the other one, or drop the dispute.")
        elif found != list(range(1, len(found) + 1)):
            yield entry.problem("", f"Its versions are numbered {found}.", "Number them 1, 2, 3 …")


RULES: tuple[Rule, ...] = (
    what_states_facts_is_cited,
    no_source_is_an_orphan,
    nothing_ends_before_it_starts,
    a_title_is_decided_before_it_ends,
    a_designation_is_called_by_city_and_year,
    official_names_are_in_a_state_language,
    a_titled_city_has_its_names_and_place,
    a_dispute_has_versions,
)
