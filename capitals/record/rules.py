"""Rules that span records, held against the fixtures in memory before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from capitals.models import (
    SUBJECTS,
    Body,
    Cited,
    City,
    CityName,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Dispute,
    DisputeVersion,
    Event,
    FormerAddress,
    ProgrammeStatement,
    SisterTitle,
    Source,
    WithOriginal,
)
from capitals.models.names import TODAY, OneName
from capitals.models.summarised import WORDS_IN_A_SUMMARY, Summarised
from capitals.models.whole import LISTS, PAGES
from capitals.record.entries import Entry, Fixtures
from capitals.record.plausibility import PLAUSIBILITY
from capitals.record.problems import Problem
from capitals.words.dates import PartialDate
from capitals.words.languages import RUSSIAN

Rule = Callable[[Fixtures], Iterator[Problem]]

NAMES_AND_PLACES = (Country, City, CityName, Body)
"""What may rest on encyclopedias alone; no fact on the programme may."""


def what_states_facts_is_cited(fixtures: Fixtures) -> Iterator[Problem]:
    """Every subclass of Cited names a source; only a spelling that is never shown need not."""
    for entry in fixtures.every():
        if not entry.sound and entry.written.get("sources"):
            continue
        never_shown = isinstance(entry.instance, CityName) and entry.instance.kind == CityName.Kind.SEARCH
        if isinstance(entry.instance, Cited) and not entry.many.get("sources") and not never_shown:
            yield entry.problem("sources", "This record cites nothing.", "Name a source that states it.")


def a_tie_names_a_source_and_fields(fixtures: Fixtures) -> Iterator[Problem]:
    """What `supports` ties is a source of the record and fields that the record has filled."""
    for entry in fixtures:
        record = entry.instance
        if not isinstance(record, Cited):
            continue
        cited = {key for key, _ in entry.many.get("sources", ())}
        for source, fields in record.supports.items():
            if source not in cited:
                what = f"“{source}” is none of this record's sources."
                yield entry.problem("supports", what, "Name it under sources too, or mend the key.")
            for name in fields:
                if name in {"sources", "supports"} or name not in entry.lines:
                    what = f"This record has no “{name}” that {source} could state."
                    yield entry.problem("supports", what, "Name a field that the record fills.")


def no_source_is_an_orphan(fixtures: Fixtures) -> Iterator[Problem]:
    """Every source is cited by some record."""
    cited = {key for entry in fixtures.every() for key, _ in entry.many.get("sources", ())}
    for entry, source in fixtures.of(Source):
        if source.pk not in cited:
            yield entry.problem("", "No record rests on this source.", "Cite it somewhere, or remove it.")


def no_fact_on_the_programme_rests_on_encyclopedias_alone(fixtures: Fixtures) -> Iterator[Problem]:
    """Encyclopedias, mostly copies of Wikipedia, bear names and places; all else needs another source."""
    for entry in fixtures:
        cited = [fixtures.get(Source, key) for key, _ in entry.many.get("sources", ())]
        if (
            cited
            and isinstance(entry.instance, Cited)
            and not isinstance(entry.instance, NAMES_AND_PLACES)
            and all(source.kind == Source.Kind.ENCYCLOPEDIA for source in cited)
        ):
            what = "It rests on encyclopedias alone."
            yield entry.problem("sources", what, "Cite an article or a document beside them.")


def a_summary_is_short(fixtures: Fixtures) -> Iterator[Problem]:
    """A summary is read whole on a list; what goes beyond it is the record's account."""
    for entry in fixtures:
        if isinstance(entry.instance, Summarised):
            for field in ("summary", "summary_ru"):
                words = len(getattr(entry.instance, field).split())
                if words > WORDS_IN_A_SUMMARY:
                    what = f"It has {words} words; a list has room for {WORDS_IN_A_SUMMARY}."
                    mend = f"Move what goes beyond into {field.replace('summary', 'account')}."
                    yield entry.problem(field, what, mend)


def nothing_ends_before_it_starts(fixtures: Fixtures) -> Iterator[Problem]:
    """An event's last possible day is not before its first; a centre opens after its founding."""
    for entry, event in fixtures.of(Event):
        yield from _in_order(entry, "start", event.start, "end", event.end)
    for entry, centre in fixtures.of(CulturalCentre):
        yield from _in_order(entry, "established", centre.established, "inaugurated", centre.inaugurated)


def _in_order(
    entry: Entry, first: str, start: PartialDate | None, last: str, end: PartialDate | None
) -> Iterator[Problem]:
    if start and end and end.latest < start.earliest:
        yield entry.problem(last, f"It lies before the {first} date, {start}.", "Check both in the source.")


def a_title_is_decided_before_it_ends(fixtures: Fixtures) -> Iterator[Problem]:
    """No decision names a capital for a year that is over."""
    for entry, decision in fixtures.of(Decision):
        for key, line in entry.many.get("names", ()):
            if decision.date and decision.date.year > fixtures.get(Designation, key).year:
                what = f"The decision of {decision.date} names {key}, whose year was over."
                yield entry.problem("names", what, "Check the date and the title.", line)


def a_designation_is_called_by_city_and_year(fixtures: Fixtures) -> Iterator[Problem]:
    """The key of a designation is its city's key and its year."""
    for entry, designation in fixtures.of(Designation):
        key = f"{designation.city_id}-{designation.year}"
        if designation.pk != key:
            yield entry.problem("pk", "The key does not fit city and year.", f"It should be “{key}”.")


def a_designation_is_replaced_by_one_of_its_year(fixtures: Fixtures) -> Iterator[Problem]:
    """What took the place of a designation is another one of the same year, and was held."""
    for entry, designation in fixtures.of(Designation):
        if designation.replaced_by_id is None:
            continue
        other = fixtures.get(Designation, designation.replaced_by_id)
        if other.year != designation.year or other.replaced_by_id is not None:
            what = f"{other.pk} did not take its place: it is of another year, or was replaced itself."
            yield entry.problem("replaced_by", what, "Name the designation that was held in that year.")


def official_names_are_in_a_state_language(fixtures: Fixtures) -> Iterator[Problem]:
    """One official name a language, in a state language of the city's country."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry, name in fixtures.of(CityName):
        if name.kind != CityName.Kind.OFFICIAL:
            continue
        country = fixtures.get(Country, fixtures.get(City, name.city_id).country_id)
        if name.language.partition("-")[0] not in country.state_languages.split():
            what = f"“{name.language}” is no state language of {country}."
            yield entry.problem("kind", what, "Call the name local or common.")
        first = seen.setdefault((name.city_id, name.language), entry)
        if first is not entry:
            what = f"There is another official name in this language at {first.file}:{first.line}."
            yield entry.problem("kind", what, "Keep one as official; the other is a variant.")


def the_spellings_of_a_name_agree(fixtures: Fixtures) -> Iterator[Problem]:
    """Spellings of one name are of one kind, state no two spans of years, and one alone bears its note."""
    together: dict[tuple[str, str], list[tuple[Entry, CityName]]] = defaultdict(list)
    for entry, name in fixtures.every_of(CityName):
        if name.spelling_of:
            together[name.city_id, name.spelling_of].append((entry, name))
    for (_city, key), spellings in together.items():
        if not all(entry.sound for entry, _name in spellings):
            continue
        first, other = spellings[0], f"another spelling of “{key}”"
        years = OneName(tuple(name for _, name in spellings)).years
        bearer = next((name for _, name in spellings if name.note), None)
        for entry, name in spellings:
            if len(spellings) == 1:
                what = f"No other spelling of “{key}” is recorded."
                yield entry.problem("spelling_of", what, "Mend the key, or leave it out.")
            if _kind_of_name(name) != _kind_of_name(first[1]):
                what = f"It is “{name.kind}”, {other} is “{first[1].kind}”."
                yield entry.problem("kind", what, "Give today's, variant and former names keys of their own.")
            if (name.from_year, name.to_year) not in {years, (None, None)}:
                what = f"Its years are not those of {other}: {years[0] or '…'}–{years[1] or '…'}."
                yield entry.problem("spelling_of", what, "A name of other years has a key of its own.")
            if name.note and name is not bearer:
                yield entry.problem("note", f"There is a note at {other}.", "Write one for all spellings.")
        if bearer is None and first[1].kind == CityName.Kind.USED_BY:
            yield first[0].problem("note", "No spelling of this name says who uses it.", "Add a note to one.")


def _kind_of_name(name: CityName) -> str:
    return "today" if name.kind in TODAY else name.kind


def a_titled_city_has_its_names_and_place(fixtures: Fixtures) -> Iterator[Problem]:
    """A capital has an official name, a Russian one and coordinates."""
    titled = {designation.city_id for _, designation in fixtures.of(Designation)}
    names = [name for _, name in fixtures.every_of(CityName)]
    official = {name.city_id for name in names if name.kind == CityName.Kind.OFFICIAL}
    today = {CityName.Kind.OFFICIAL, CityName.Kind.COMMON, CityName.Kind.LOCAL}
    russian = {name.city_id for name in names if name.language == "ru" and name.kind in today}
    for entry, city in fixtures.of(City):
        if city.pk not in titled:
            continue
        if city.pk not in official:
            yield entry.problem("", "This capital has no official name.", "Add a cityname of kind official.")
        if city.pk not in russian:
            yield entry.problem("", "This capital has no Russian name.", "Add a cityname in ru.")
        if city.latitude is None:
            yield entry.problem("latitude", "This capital has no coordinates.", "Take them from GeoNames.")


def the_russian_name_of_a_city_is_one_of_its_names(fixtures: Fixtures) -> Iterator[Problem]:
    """What heads a city's Russian page is a name of today with its sources."""
    recorded = {
        (name.city_id, name.name)
        for _, name in fixtures.every_of(CityName)
        if name.language == RUSSIAN and name.kind in {CityName.Kind.OFFICIAL, CityName.Kind.COMMON}
    }
    for entry, city in fixtures.of(City):
        if city.name_ru and (city.pk, city.name_ru) not in recorded:
            what = f"“{city.name_ru}” is no official or common name of it in Russian."
            yield entry.problem("name_ru", what, "Write it as its cityname in ru has it, or add that.")


def an_outlet_has_one_russian_name(fixtures: Fixtures) -> Iterator[Problem]:
    """An outlet or agency is called the same in Russian wherever it is named."""
    first: dict[str, tuple[str, Entry]] = {}
    for entry, source in fixtures.of(Source):
        for field in ("outlet", "via"):
            name, russian = getattr(source, field), getattr(source, f"{field}_ru")
            known, other = first.setdefault(name, (russian, entry)) if name else (russian, entry)
            if known != russian:
                what = f"{name} is “{known or name}” in Russian at {other.file}:{other.line}."
                yield entry.problem(f"{field}_ru", what, "Write it the same everywhere.")


def a_heading_of_ours_is_not_the_source_s(fixtures: Fixtures) -> Iterator[Problem]:
    """A name that a source gives in Russian heads the Russian page by itself, and is not called ours."""
    for model in WithOriginal.__subclasses__():
        name, original = model.CALLED, model.ORIGINAL
        for entry, record in fixtures.of(model):
            if getattr(record, f"{name}_ru") == getattr(record, original) != "":
                what = f"It repeats {original}, which the page shows by itself."
                yield entry.problem(f"{name}_ru", what, f"Leave {name}_ru out.")


def an_anchor_is_used_once_on_a_page(fixtures: Fixtures) -> Iterator[Problem]:
    """Titles, statements, sister titles and disputes stand on pages of others, each by its own key."""
    first: dict[str, Entry] = {}
    models: tuple[Any, ...] = (Designation, ProgrammeStatement, SisterTitle, Dispute)
    for model in models:
        for entry, record in fixtures.of(model):
            page = _subject_of(fixtures, record) if isinstance(record, Dispute) else record
            address = f"{page.get_absolute_url().partition('#')[0]}#{record.pk}"
            other = first.setdefault(address, entry)
            if other is not entry:
                what = f"At {address} stands another record, of {other.file}:{other.line}."
                yield entry.problem("pk", what, "Give this one another key.")


def _subject_of(fixtures: Fixtures, dispute: Dispute) -> Any:
    """The record that the dispute is about, found without a database."""
    keys = {name: getattr(dispute, f"{name}_id") for name in SUBJECTS}
    name = next(filter(keys.get, SUBJECTS))
    model: Any = Dispute._meta.get_field(name).related_model
    return fixtures.get(model, keys[name])


def a_former_address_leads_on(fixtures: Fixtures) -> Iterator[Problem]:
    """No page stands at a former address, and one stands where it leads."""
    years = {title.year for _, title in fixtures.of(Designation)}
    stand = {*map(reverse, LISTS), *(reverse("year", args=[year]) for year in years)}
    for name, model in PAGES.items():
        # Asked for once a kind: a route puts a key where it puts any other.
        before, after = reverse(name, args=["a-key"]).split("a-key")
        stand |= {f"{before}{record.pk}{after}" for _, record in fixtures.every_of(model)}
    for entry, former in fixtures.of(FormerAddress):
        if former.pk in stand:
            yield entry.problem("pk", "A page stands at this address.", "Only what stands no more is former.")
        if former.new_path and former.new_path not in stand:
            what = f"Nothing stands at {former.new_path}."
            yield entry.problem(
                "new_path", what, "Name the page as it is now, / at both ends; left out, the page is gone."
            )


def a_dispute_has_versions(fixtures: Fixtures) -> Iterator[Problem]:
    """A dispute has two versions or more, which differ, numbered from 1."""
    versions: dict[str, list[tuple[Entry, DisputeVersion]]] = defaultdict(list)
    for entry, version in fixtures.every_of(DisputeVersion):
        versions[version.dispute_id].append((entry, version))
    for entry, dispute in fixtures.of(Dispute):
        found = versions[dispute.pk]
        if len(found) < 2:
            yield entry.problem("", "A dispute needs two versions.", "Add the other, or drop the dispute.")
        elif all(one.sound for one, _version in found):
            numbers = sorted(version.position for _, version in found)
            if numbers != list(range(1, len(numbers) + 1)):
                yield entry.problem("", f"Its versions are numbered {numbers}.", "Number them 1, 2, 3 …")
            yield from _claimed_once(found)


def _claimed_once(versions: list[tuple[Entry, DisputeVersion]]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry, version in versions:
        other = first.setdefault(version.claim.casefold(), entry)
        if other is not entry:
            what = f"The version at {other.file}:{other.line} says the same."
            yield entry.problem("claim", what, "Cite all who say it in one version.")


RULES: tuple[Rule, ...] = (
    what_states_facts_is_cited,
    a_tie_names_a_source_and_fields,
    no_source_is_an_orphan,
    no_fact_on_the_programme_rests_on_encyclopedias_alone,
    a_summary_is_short,
    nothing_ends_before_it_starts,
    a_title_is_decided_before_it_ends,
    a_designation_is_called_by_city_and_year,
    a_designation_is_replaced_by_one_of_its_year,
    official_names_are_in_a_state_language,
    the_spellings_of_a_name_agree,
    a_titled_city_has_its_names_and_place,
    the_russian_name_of_a_city_is_one_of_its_names,
    an_outlet_has_one_russian_name,
    a_heading_of_ours_is_not_the_source_s,
    a_dispute_has_versions,
    an_anchor_is_used_once_on_a_page,
    a_former_address_leads_on,
    *PLAUSIBILITY,
)

MISSING_SOMEWHERE = frozenset(
    {
        no_source_is_an_orphan,
        the_spellings_of_a_name_agree,
        a_titled_city_has_its_names_and_place,
        the_russian_name_of_a_city_is_one_of_its_names,
        a_dispute_has_versions,
        a_former_address_leads_on,
    }
)
"""Those that ask whether something stands anywhere: no mistake while a file cannot be read."""
