"""What the next editor is shown: numbers, claims on one relay, what to look for in which words, addresses."""

from __future__ import annotations

import datetime

import pytest
from conftest import Manage
from factories import (
    make_body,
    make_city,
    make_decision,
    make_designation,
    make_event,
    make_source,
)

from capitals.models import CityName, Designation
from capitals.record.report import by_outlet, in_numbers, on_one_relay
from capitals.record.watch import CALLED_IN, Search, searches

TODAY = datetime.date(2026, 12, 1)

pytestmark = pytest.mark.django_db


def test_what_is_missing_comes_with_phrases_in_the_languages_of_the_place(empty_record: None) -> None:
    ganja = make_city(slug="ganja", name="Ganja", name_ru="Гянджа")
    for name, language, kind in (("Gəncə", "az", "official"), ("Գանձակ", "hy", "variant")):
        CityName.objects.create(city=ganja, name=name, language=language, kind=kind)
    title = make_designation(city=ganja, year=2017, searched_in="Report, Trend; Azerbaijani.")
    heads = make_body(name="Heads of State", name_ru="Совет глав государств")
    make_decision(
        slug="bishkek-2016-09-16",
        body=heads,
        names=(title,),
        date="2016-09-16",
        title="Ganja named",
        title_ru="Названа Гянджа",
    )
    make_event(titles=((title, "opening"),), start="2017-03")
    make_event(
        slug="ganja-2017-plan", city=ganja, title="A plan", title_ru="План", status="planned", start="2017-05"
    )

    found = {search.record: search for search in searches(TODAY)}

    assert found["ganja-2017"] == Search(
        "ganja-2017",
        "the handover, the closing, events (its year has 1 that were held, 6 are wanted)",
        "Report, Trend; Azerbaijani.",
        [
            "ru: Гянджа культурная столица СНГ 2017 передал эстафету",
            "ru: Гянджа культурная столица СНГ 2017 закрытие года итоги",
            "en: Ganja CIS cultural capital 2017 handed over",
            "en: Ganja CIS cultural capital 2017 closing ceremony",
            "az: Gəncə MDB-nin mədəniyyət paytaxtı 2017",
        ],
    )
    assert found["bishkek-2016-09-16"].phrases == [
        "ru: Совет глав государств решение 16 сентября 2016 года Названа Гянджа"
    ]
    assert found["ganja-2017-plan"].phrases == ["ru: План Гянджа 2017"]
    assert set(found) == {"ganja-2017", "bishkek-2016-09-16", "ganja-2017-plan"}


def test_nothing_is_looked_for_that_is_there_or_still_to_come(empty_record: None) -> None:
    title = make_designation(city=make_city(slug="meghri"), year=2027)
    make_decision(names=(title,), document="Решение", document_language="ru")
    make_event(titles=((title, "opening"),), status="planned", start="2027-05")

    assert list(searches(TODAY)) == []


def test_claims_on_one_agency_are_told_with_those_who_relay_it(empty_record: None) -> None:
    relays = [make_source(outlet=outlet, via="AZERTAC") for outlet in ("Trend", "APA")]
    make_event(slug="one-voice", sources=0).sources.set(relays)
    make_event(slug="two-voices", sources=1).sources.add(*relays)
    make_event(slug="no-relay", sources=1)

    assert list(on_one_relay()) == [("AZERTAC", ["one-voice (APA, Trend)"])]


def test_the_record_is_told_in_numbers(empty_record: None) -> None:
    report, herald, relay = make_source(outlet="Report"), make_source(), make_source(via="Report")
    for slug, sources in (("goris", [report, herald]), ("ganja", [report, relay])):
        title = make_designation(city=make_city(slug=slug), year=2017, sources=2)
        make_event(titles=((title, "opening"),), sources=0).sources.set(sources)

    numbers = dict(in_numbers(TODAY))

    assert numbers["Events"] == "2"
    assert numbers["Titles with two independent sources on each recorded step"] == "1 of 2"
    assert numbers["Decisions with a document"] == "0 of 0"
    # The opening of Ganja's year; the countries and cities are names and places.
    assert numbers["Records on one voice"].endswith(", 1 of them on the programme")


def test_each_address_stands_under_its_outlet(empty_record: None) -> None:
    make_source(outlet="Herald", date="2017-05", address="https://herald.example/2")
    make_source(outlet="Herald", date=None, address="https://herald.example/1")
    make_source(outlet="Gazette", address="")

    assert list(by_outlet()) == [
        ("Herald", ["2017-05    https://herald.example/2", "undated    https://herald.example/1"])
    ]


@pytest.mark.once
def test_the_command_shows_all_of_it_and_knows_each_state_language_of_a_capital(manage: Manage) -> None:
    printed = manage("load", "--report").stdout

    for part in ("In numbers", "To look for next, with words to search by", "The sources by outlet"):
        assert f"\n{part}\n" in printed
    languages = {
        name.partition("-")[0]
        for languages in Designation.objects.values_list("city__country__state_languages", flat=True)
        for name in languages.split()
    }
    assert languages <= set(CALLED_IN)
