"""What the filters refuse, each mistake at its field, and what they forgive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

import pytest
from asking import read
from django.test import Client
from listing import (
    CHOICES,
    FILTERSETS,
    LISTS,
    YEARS,
    finds,
    get,
    led_on,
    listed,
    refused,
    refuses,
)

pytestmark = pytest.mark.once

HOSTILE = {
    "nul": "%00",
    "nul-inside": "A%00Z",
    "half-surrogate": "%ED%A0%80",
    "broken-utf-8": "%FF%FE",
    "right-to-left": quote("\u202eגומל"),
    "emoji": quote("🎭"),
    "250-characters": "x" * 250,
    "markup": quote("<script>alert(1)</script>\"'><img src=x>"),
    "template": quote("{{ 1|add:1 }}{% now 'Y' %}"),
    "percent-s": quote("%(value)s %s"),
    "sql": quote("' OR 1=1 --"),
}
BAD_YEARS = {
    "word": "abc",
    "exponent": "1e9",
    "20-digits": "99999999999999999999",
    "900-digits": "9" * 900,
    "before-the-cis": "1990",
    "too-late": "2101",
    "negative": "-2013",
    "zero": "0",
    "fraction": "2013.5",
    "hexadecimal": "0x7DD",
    "not-a-number": "nan",
    "plus-zero-padded-huge": "%2B0",
}


# What is refused


def in_the_form(path: str, names: Iterable[str]) -> list[str]:
    """Those controls of the list, in the order of its form."""
    order = [
        control
        for name in FILTERSETS[path].base_filters
        for control in (YEARS[path] if name == "year" else (name,))
    ]
    return [name for name in order if name in names]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", ["XX", "AZ,AM", "*", "None", "0"])
def test_an_unknown_choice_is_refused_at_its_field(path: str, value: str, client: Client, db: None) -> None:
    names = list(CHOICES[path])
    query = "&".join(f"{name}={value}" for name in names)

    page = refused(client, f"{path}?{query}", *in_the_form(path, names))

    assert page.main.text.count("is not in the list") == len(names)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", BAD_YEARS.values(), ids=BAD_YEARS)
def test_what_is_no_year_of_the_cis_is_refused_at_its_field(
    path: str, value: str, client: Client, db: None
) -> None:
    query = "&".join(f"{name}={value}" for name in YEARS[path])

    refused(client, f"{path}?{query}", *in_the_form(path, YEARS[path]))


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_value_is_refused_and_never_echoed_as_markup(
    path: str, value: str, client: Client, db: None
) -> None:
    names = in_the_form(path, (*CHOICES[path], *YEARS[path]))

    response = client.get(f"{path}?{'&'.join(f'{name}={value}' for name in names)}")

    # A bare NUL is allowed nowhere in HTML.
    assert b"\0" not in response.content
    page = refuses(response, *names)
    assert page.scripts == page.all("img") == []


@pytest.mark.parametrize("path", LISTS)
def test_every_mistake_is_told_at_once(path: str, client: Client, db: None) -> None:
    names = [*CHOICES[path], *YEARS[path]]
    query = "&".join(f"{name}=@" for name in names)

    status, page = get(client, f"{path}?{query}")

    assert status == 400
    assert len(page.main.all("p", class_="field-error")) == len({name[:4] for name in names})


@pytest.mark.parametrize("path", LISTS)
def test_a_mistake_stays_a_mistake_beside_a_page_number(path: str, client: Client, db: None) -> None:
    refused(client, f"{path}?year=abc&page=2", *YEARS[path])


def test_a_refused_form_keeps_what_was_typed(client: Client, db: None) -> None:
    page = refused(client, "/capitals/?country=azerbaijan&year_min=2012&year_max=abc", "year_max")

    values = {field.attributes["name"]: field.attributes["value"] for field in page.main.all("input")}
    assert values == {"year_min": "2012", "year_max": "abc"}
    country = page.main.one("select", name="country")
    assert [o.attributes["value"] for o in country.all("option") if "selected" in o.attributes] == ["AZ"]


@pytest.mark.parametrize("path", LISTS)
def test_a_form_in_error_explains_nothing_but_the_error(path: str, client: Client, db: None) -> None:
    page = refused(client, f"{path}?year=abc", *YEARS[path])

    assert page.main.all("p", class_="hint") == []
    assert page.main.all("optgroup") == []
    for name in CHOICES[path]:
        options = page.main.one("select", name=name).all("option")
        assert len(options) > 1
        assert not [option.text for option in options if re.search(r"\(\d+\)$", option.text)]


# What is forgiven


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("country=XX&country=AZ&year=2013", ["gabala-2013"]),
        ("year=2017&year=abc&year=2013&country=AZ", ["gabala-2013"]),
        ("country=AZ&country=&year=2013&year=+", ["gabala-2013"]),
    ],
)
def test_of_a_repeated_parameter_the_last_that_is_not_empty_counts(
    query: str, found: list[str], client: Client, db: None
) -> None:
    assert finds(client, led_on(client, f"/capitals/?{query}")) == found


def test_a_repeated_parameter_whose_last_value_is_bad_is_refused(client: Client, db: None) -> None:
    for query in ("year=2013&year=abc", "year=2013&year=abc&year="):
        refused(client, f"/capitals/?{query}", "year_min", "year_max")


@pytest.mark.parametrize("path", LISTS)
def test_an_unknown_parameter_changes_nothing(path: str, client: Client, db: None) -> None:
    everything = listed(read(client, path)[1])

    assert everything
    for query in ("utm_source=x&countries=AZ", "Year=abc&%00=%00", "&&=", "=1", "?"):
        assert finds(client, f"{path}?{query}") == everything, query
