"""What is well formed and can hardly be true is refused, and the message says why and what to do."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from minimal import RECORD, write_fixtures
from test_fixtures import CENTRE, EVENT_DATES, SECOND_SOURCE, THE_END, changed, complaints, line_of

from capitals.models import Country
from capitals.record.loading import check
from capitals.record.plausibility import BOUNDS
from capitals.words import dates

pytestmark = pytest.mark.once

TO_COME = {"status: held": "status: planned", "known_from: report": "known_from: announcement"}
SUMMARY = "summary: Lachin held the title (first edition)."
CITED = "    sources: [herald-2024-10-08]\n"
KHANKENDI = f"""\
- model: capitals.city
  pk: khankendi
  fields:
    country: azerbaijan
    name: Khankendi
    geonames: 587378
    wikidata: Q192301
{CITED}"""
ITALY = f"- model: capitals.country\n  pk: italy\n  fields:\n    code: 'IT'\n    name: Italy\n{CITED}"


@pytest.fixture(autouse=True)
def _on_the_first_of_december_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "today", lambda: datetime.date(2026, 12, 1))


def bad(name: str, changes: dict[str, str], at: str, says: str) -> Any:
    """A row of the table: what is changed, the line that is named, what is said behind record and field."""
    return pytest.param(changes, at, says, id=name)


def source(**fields: str) -> dict[str, str]:
    """The change that adds a source with these fields, cited by the body."""
    written = "".join(f"    {name}: {value}\n" for name, value in fields.items())
    return {
        THE_END: SECOND_SOURCE + written,
        f"kind: cis_organ\n{CITED}": "kind: cis_organ\n    sources: [herald-2024-10-08, gazette-2025]\n",
    }


NONSENSE = [
    bad(
        "swapped coordinates",
        {'latitude: "39.6374"\n    longitude: "46.5462"': 'latitude: "46.5462"\n    longitude: "39.6374"'},
        "latitude: ",
        "city lachin field “latitude”: 46.5462, 39.6374 lies outside Azerbaijan. Latitude comes first, ",
    ),
    bad(
        "south for north",
        {'"39.6374"': '"-39.6374"'},
        "latitude: ",
        "city lachin field “latitude”: -39.6374, 46.5462 lies outside Azerbaijan. ",
    ),
    bad(
        "host city in another country",
        {
            THE_END: ITALY
            + CENTRE.replace(
                "host_country: azerbaijan", "host_country: italy\n    host_city: lachin"
            ).replace('    inaugurated: "2009-12"\n', "")
        },
        "host_city: ",
        "culturalcentre centre field “host_city”: lachin lies in azerbaijan, not in italy. Mend the city or ",
    ),
    bad(
        "two cities with one number",
        {"    country: azerbaijan\n": "    country: azerbaijan\n    geonames: 587378\n", THE_END: KHANKENDI},
        "geonames: 587378\n    wikidata",
        "city khankendi field “geonames”: 587378 is that of city lachin at fixtures/record.yaml:",
    ),
    bad(
        "two cities with one item",
        {"    country: azerbaijan\n": "    country: azerbaijan\n    wikidata: Q192301\n", THE_END: KHANKENDI},
        f"wikidata: Q192301\n{CITED}",
        "city khankendi field “wikidata”: Q192301 is that of city lachin at fixtures/record.yaml:",
    ),
    bad(
        "held and still to come",
        {EVENT_DATES: '    start: "2026-12-02"\n'},
        'start: "2026',
        "event lachin-2025-opening field “start”: 2026-12-02 is still to come. Mark the event as planned or ",
    ),
    bad(
        "reported tomorrow",
        {EVENT_DATES: '    reported_on: "2027"\n'},
        "reported_on: ",
        "event lachin-2025-opening field “reported_on”: 2027 is still to come. Check the date.",
    ),
    bad(
        "a source of tomorrow",
        source(date='"2026-12-02"'),
        'date: "2026',
        "source gazette-2025 field “date”: 2026-12-02 is still to come. Check the date.",
    ),
    bad(
        "seen next month",
        source(seen_on='"2027-01"'),
        "seen_on: ",
        "source gazette-2025 field “seen_on”: 2027-01 is still to come. Check the date.",
    ),
    bad(
        "far from its title's year",
        {EVENT_DATES: '    start: "2023-05"\n'},
        "designation: lachin-2025\n    role",
        "eventdesignation without a key field “designation”: "
        "The event of 2023-05 is no part of a title of 2025. ",
    ),
    bad(
        "held and known from an announcement",
        {"known_from: report": "known_from: announcement"},
        "known_from: ",
        "event lachin-2025-opening field “known_from”: It is said to have been held, and known from an ",
    ),
    bad(
        "planned and known from a report",
        {"status: held": "status: planned"},
        "known_from: ",
        "event lachin-2025-opening field “known_from”: It is said to be planned alone, and known from a ",
    ),
    bad(
        "held and reported before",
        {EVENT_DATES: '    start: "2025-05"\n    reported_on: "2025-04-30"\n'},
        "reported_on: ",
        "event lachin-2025-opening field “reported_on”: It lies before the start date, 2025-05, of what is ",
    ),
    bad(
        "a title over several lines",
        {"title: Opening of the year (first edition)": "title: |\n      Opening of\n      the year"},
        "title: |",
        "event lachin-2025-opening field “title”: It goes over several lines. Write it in one, or begin it ",
    ),
    bad(
        "two versions that say the same",
        {"A council did (first edition).": "The Heads of State did (first edition)."},
        "claim: The Heads",
        "disputeversion without a key field “claim”: The version at fixtures/record.yaml:",
    ),
    bad(
        "a tag",
        {SUMMARY: "summary: Lachin <b>held</b> the title."},
        "summary: Lachin",
        "designation lachin-2025 field “summary”: It holds “<b>”, which is HTML. Write the letter itself, ",
    ),
    bad(
        "a tag with an attribute",
        {SUMMARY: 'summary: See <a href="https://x.example/">Lachin</a>.'},
        "summary: See",
        "designation lachin-2025 field “summary”: It holds “<a href=",
    ),
    bad(
        "an entity",
        {SUMMARY: "summary: Lachin held the title &amp; the year."},
        "summary: Lachin",
        "designation lachin-2025 field “summary”: It holds “&amp;”, which is HTML. ",
    ),
    bad(
        "Russian in an English field",
        {SUMMARY: "summary: Лачин носил звание в этом году."},
        "summary: Лачин",
        "designation lachin-2025 field “summary”: The text is in Russian, and this field is for English. ",
    ),
    bad(
        "English in a Russian field",
        {SUMMARY: f"{SUMMARY}\n    summary_ru: Lachin held the title."},
        "summary_ru: ",
        "designation lachin-2025 field “summary_ru”: The text has no Cyrillic letter, and this field is for ",
    ),
    bad(
        "a twin without its original",
        {SUMMARY: f"{SUMMARY}\n    account_ru: Город носил звание."},
        "account_ru: ",
        "designation lachin-2025 field “account_ru”: It is the twin of account, which is not filled. ",
    ),
]


@pytest.mark.parametrize(("changes", "at", "says"), NONSENSE)
def test_what_can_hardly_be_true_is_refused(
    tmp_path: Path, changes: dict[str, str], at: str, says: str
) -> None:
    text = changed(RECORD, changes)

    found = complaints(tmp_path, text)

    expected = f"fixtures/record.yaml:{line_of(text, at)}: {says}"
    assert any(one.startswith(expected) for one in found), "\n".join([expected, "was not said:", *found])


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({EVENT_DATES: '    start: "2026-12-01"\n'}, id="held today, in the year after"),
        pytest.param({EVENT_DATES: '    start: "2024-12-09"\n'}, id="held in the year before"),
        pytest.param(
            {"role: opening": "role: mentioned", EVENT_DATES: '    start: "2017"\n'}, id="mentioned"
        ),
        pytest.param({EVENT_DATES: '    start: "2026-12-31"\n', **TO_COME}, id="planned"),
        pytest.param(
            {EVENT_DATES: '    start: "2025-05"\n    reported_on: "2025-05-01"\n'}, id="reported in its month"
        ),
        pytest.param(
            {
                EVENT_DATES: '    start: "2025-05"\n    reported_on: "2024-12"\n',
                **TO_COME,
            },
            id="planned, and reported before",
        ),
        pytest.param(
            {"title: Opening of the year (first edition)": "title: >-\n      Opening of\n      the year"},
            id="a title that is folded",
        ),
        pytest.param({SUMMARY: "summary: 5 < 7 & 9 > 8, R&D; a<b and c>d."}, id="signs that are no HTML"),
        pytest.param({SUMMARY: "summary: The town, Лачин or Laçın, held it."}, id="native names in prose"),
    ],
)
def test_what_only_looks_like_it_is_accepted(tmp_path: Path, changes: dict[str, str]) -> None:
    check(write_fixtures(tmp_path / "fixtures", changed(RECORD, changes)))


def test_how_far_it_reaches_is_known_of_every_country_of_the_record(settings: Any) -> None:
    countries = check(settings.FIXTURES_FOLDER).of(Country)

    assert {country.code for _entry, country in countries} == set(BOUNDS)


@pytest.mark.parametrize("country", ["russia", "ukraine"])
def test_the_rule_on_coordinates_takes_no_side_over_crimea(country: str, tmp_path: Path) -> None:
    code, language = {"russia": ("RU", "ru"), "ukraine": ("UA", "uk")}[country]
    place = {"39.6374": "44.4", "46.5462": "34.1", 'code: "AZ"': f'code: "{code}"'}

    check(
        write_fixtures(
            tmp_path / "fixtures", changed(RECORD, {**place, "languages: az": f"languages: {language} az"})
        )
    )
