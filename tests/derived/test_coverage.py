"""What the record says of itself: coverage for readers, weak spots for the next editor."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from asking import on
from conftest import Fill, Manage
from django.test import Client
from factories import (
    make_city,
    make_decision,
    make_designation,
    make_dispute,
    make_event,
    make_source,
)
from markup import Page
from minimal import write_fixtures

from capitals.derived.coverage import amounts, sources_covered, years_covered
from capitals.models import Designation, Source
from capitals.record.report import voices, weak_spots
from capitals.words.dates import PartialDate

TODAY = datetime.date(2026, 11, 22)

pytestmark = pytest.mark.django_db


def spots() -> dict[str, list[str]]:
    return {spot.name: spot.records for spot in weak_spots(TODAY)}


def test_a_year_counts_its_decisions_events_and_disputes(empty_record: None) -> None:
    gabala = make_designation(city=make_city(slug="gabala", name="Gabala"), year=2013)
    gyumri = make_designation(city=make_city(slug="gyumri", name="Gyumri"), year=2013)
    make_decision(names=(gabala, gyumri), date="2012-12-05")
    make_decision(names=(gabala,), kind="recommended", date="2012-10")
    make_event(titles=((gabala, "opening"),))
    make_event(titles=((gabala, "outgoing"), (gabala, "closing")), status="announced")
    make_event(titles=((gyumri, "programme"),), status="planned")
    make_event(titles=((gyumri, "opening"),), status="cancelled")
    make_event(titles=((gyumri, "mentioned"),))
    make_dispute(designation=gabala)

    [year] = years_covered(TODAY)

    assert (year.year, year.decisions, year.held, year.unconfirmed, year.disputes) == (2013, 2, 1, 2, 1)
    assert [title.designation.pk for title in year.titles] == ["gabala-2013", "gyumri-2013"]
    assert {title.designation.pk: title.not_recorded for title in year.incomplete} == {
        "gabala-2013": ["handover", "closing"],
        "gyumri-2013": ["handover", "closing"],
    }


def test_a_year_that_is_not_over_is_never_said_to_lack_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, empty_record: None
) -> None:
    on(2026, 11, 22, monkeypatch)
    for year in (2025, 2026, 2027, 2028):
        title = make_designation(city=make_city(name="Gomel"), year=year)
        if year < 2028:
            make_decision(names=(title,))
        parts = ("opening", "closing", "outgoing") if year < 2027 else ()
        make_event(titles=tuple((title, part) for part in parts))

    rows = Page(client.get("/about/").content.decode()).main.all("tr")

    assert {
        row.one("th").text: row.all("td")[-1].text for row in rows if "/capitals/" in "".join(row.hrefs)
    } == {
        "2025": "every step recorded",
        "2026": "the year is not over; nothing missing so far",
        "2027": "the year has not begun",
        "2028": "Gomel: the decision",
    }


def test_a_handover_counts_for_the_years_of_both_titles(empty_record: None) -> None:
    brest, shymkent = make_designation(year=2019), make_designation(year=2020)
    make_event(titles=((brest, "outgoing"), (brest, "closing"), (shymkent, "incoming")))

    assert {year.year: year.held for year in years_covered(TODAY)} == {2019: 1, 2020: 1}


def test_amounts_tell_how_many_records_there_are_and_how_many_lack_something(empty_record: None) -> None:
    dated = make_designation(year=2012)
    make_designation(year=2013)
    make_decision(names=(dated,), date="2012-10-05", document="Решение", document_language="ru")
    make_decision(date="2012-10")
    make_decision(date=None)
    make_event(start="2012-10-05")
    make_event(start="2012-10", status="announced")
    make_event(start=None, reported_on="2012-10-05", status="planned")
    make_event(start="2012", status="cancelled")

    held, lacking = amounts()

    assert {amount.name: amount.number for amount in held}["Events"] == 4
    assert {amount.name: (amount.number, amount.whole) for amount in lacking} == {
        "Titles without a dated decision": (1, 2),
        "Events without an exact date": (3, 4),
        "Events known only from plans and announcements": (2, 4),
        "Decisions without an exact date": (2, 3),
        "Decisions without a recorded document": (2, 3),
        "Cultural centres without an opening date": (0, 0),
        "Sources without a date": (Source.objects.count(), Source.objects.count()),
    }


def test_sources_are_counted_the_commonest_first(empty_record: None) -> None:
    for number, date in enumerate(("2024-10-08", "2026-03", None)):
        make_source(
            outlet="Azernews", via="AZERTAC", date=PartialDate.parse(date) if date else None, language="az"
        )
        make_source(outlet=f"Other {number}", kind="encyclopedia", language="ru" if number else "az")

    covered = sources_covered()

    assert covered.newest == PartialDate.parse("2026-03")
    assert covered.kinds == [("encyclopedia", 3), ("news", 3)]
    assert covered.languages == [("az", 4), ("ru", 2)]
    assert covered.outlets[0] == ("Azernews", "/sources/?outlet=Azernews", 3)
    assert covered.agencies == [("AZERTAC", 3)]


def test_the_search_reached_as_far_as_the_latest_search_for_a_title(empty_record: None) -> None:
    make_designation(year=2012, searched_to=PartialDate.parse("2026-01"))
    make_designation(year=2013, searched_to=PartialDate.parse("2026-03"))
    make_designation(year=2014)

    assert str(Designation.objects.searched_to()) == "2026-03"


def test_relays_of_one_agency_are_one_voice_and_encyclopedias_none() -> None:
    agency = Source(outlet="AZERTAC")
    relays = [Source(outlet=outlet, via="AZERTAC") for outlet in ("Azernews", "Day.Az")]
    encyclopedia = Source(outlet="Wikipedia", kind=Source.Kind.ENCYCLOPEDIA)

    assert voices([agency, *relays, encyclopedia]) == {"AZERTAC"}
    assert voices([*relays, Source(outlet="BelTA")]) == {"AZERTAC", "BelTA"}


def test_titles_are_weak_where_a_step_is_missing_or_one_voice_speaks(empty_record: None) -> None:
    weak = make_designation(city=make_city(slug="mary"), year=2012, sources=2)
    weak.sources.update(via="AZERTAC")
    strong = make_designation(city=make_city(slug="goris"), year=2012, sources=2)
    for designation in (weak, strong):
        make_decision(names=(designation,), date="2011-12-20")
        make_event(titles=((designation, "opening"), (designation, "closing")))
    make_event(titles=((strong, "outgoing"),))

    found = spots()

    assert found["Titles with a step that is not recorded"] == ["mary-2012: the handover"]
    assert found["Designations that rest on fewer than two independent sources"] == ["mary-2012"]
    assert "mary-2012" in found["On the programme: resting on relays of one agency only"]
    assert "goris-2012" not in found["On the programme: resting on relays of one agency only"]


@pytest.mark.parametrize(
    ("start", "end", "status", "weak"),
    [
        ("2026-11-21", None, "announced", True),
        ("2026-11-20", "2026-11-21", "planned", True),
        ("2026-11-22", None, "announced", False),
        ("2026-11", None, "planned", False),
        ("2026-11-20", "2026-11-22", "planned", False),
        ("2025", None, "held", False),
        ("2025", None, "cancelled", False),
    ],
)
def test_a_plan_is_weak_once_its_time_is_over(
    empty_record: None, start: str, end: str | None, status: str, weak: bool
) -> None:
    event = make_event(start=start, end=end, status=status)

    over = spots()["Announced or planned, their time over, never reported as held"]

    assert over == ([event.pk] if weak else [])


@pytest.mark.parametrize(
    ("sources", "how"),
    [
        ([{}], "one source only"),
        ([{"via": "BelTA"}, {"outlet": "BelTA"}], "relays of one agency only"),
        ([{"kind": "encyclopedia"}, {"kind": "encyclopedia"}], "encyclopedias only"),
        ([{"date": None}, {"date": None}], "undated sources only"),
        ([{"weakness": "A mirror."}, {"weakness": "A copy."}], "sources with a known weakness only"),
    ],
)
def test_an_event_is_weak_by_the_sources_it_rests_on(
    empty_record: None, sources: list[dict[str, str]], how: str
) -> None:
    good = {"date": PartialDate.parse("2024-01-01")}
    event, strong = make_event(sources=0), make_event(sources=0)
    event.sources.set([make_source(**{**good, **fields}) for fields in sources])
    strong.sources.set([make_source(**{**good, **fields}) for fields in [*sources, {}, {}]])

    found = {name: keys for name, keys in spots().items() if event.pk in keys}

    assert f"On the programme: resting on {how}" in found
    assert not [keys for keys in found.values() if strong.pk in keys]


def test_names_and_places_are_told_apart_from_the_programme(empty_record: None) -> None:
    make_city(slug="ganja")

    found = spots()

    assert found["Names and places: resting on one source only"][-2] == "ganja"
    assert "ganja: Имя" in found["Names and places: resting on one source only"][-1]
    assert found["On the programme: resting on one source only"] == []


def test_the_report_follows_a_load(manage: Manage, fill: Fill, tmp_path: Path) -> None:
    folder = write_fixtures(tmp_path / "fixtures")
    fill(folder)

    said = manage("load", "--report", "--fixtures", str(folder))

    assert said.returncode == 0, said.stderr
    lines = said.stdout.splitlines()
    assert [line.split() for line in lines if line.startswith("2025 ")] == [
        ["2025", "1", "1", "0", "1", "Lachin"]
    ]
    assert "Titles without a dated decision: 0 of 1" in lines
    assert "Newest source: 2024-10-08; searched up to: None" in lines
    position = lines.index("Designations that rest on fewer than two independent sources: 1")
    assert lines[position + 1] == "  lachin-2025"


def test_a_check_alone_has_nothing_to_report_on(manage: Manage) -> None:
    said = manage("load", "--check", "--report")

    assert said.returncode != 0
    assert "not allowed with argument" in said.stderr


def test_the_page_about_the_record_shows_its_coverage(client: Client, empty_record: None) -> None:
    ganja = make_city(slug="ganja", name="Ganja")
    designation = make_designation(city=ganja, year=2017, searched_to=PartialDate.parse("2026-03"))
    make_decision(names=(designation,))
    make_event(titles=((designation, "opening"),))

    page = Page(client.get("/about/").content.decode())

    [row] = page.main.one("tbody").all("tr")
    assert [cell.text for cell in row.all("th", "td")] == [
        "2017",
        "Ganja",
        "1",
        "1",
        "0",
        "0",
        "Ganja: the handover, the closing",
    ]
    assert "We have searched pages up to March 2026." in page.main.text
    amounts_shown = {one.one("dt").text: one.one("dd").text for one in page.main.all("div") if one.all("dt")}
    assert amounts_shown["Events without an exact date"] == "0 of 1"
    assert amounts_shown["Titles"] == "1"


def test_a_search_that_is_overdue_is_told_to_the_editor(empty_record: None) -> None:
    for slug, due in (("goris", "2026-10"), ("meghri", "2026-11"), ("mary", None)):
        make_designation(city=make_city(slug=slug), year=2018, next_search=due)

    assert spots()["Titles to be searched again, the time for it over"] == ["goris-2018"]
