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
    Designation,
    Dispute,
    Event,
    EventSeries,
    Source,
)
from capitals.record.report import weak_spots

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

    assert counted["Designations"] >= 23
    assert counted["Decisions"] >= 20
    assert counted["Events"] >= 120
    assert counted["Recurring events"] == 4
    assert all(series.editions.count() >= 5 for series in EventSeries.objects.all())


def test_a_finished_title_year_has_at_least_four_events() -> None:
    finished = [year for year in years_covered(TODAY) if year.year < TODAY.year]

    assert len(finished) == 15
    assert {year.year: year.events.total() for year in finished if year.events.total() < 4} == {}


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
