"""What the form of each list shows and explains."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from factories import (
    make_centre,
    make_decision,
    make_designation,
    make_event,
    make_source,
)
from listing import (
    CHOICES,
    EVERY_YEAR,
    LISTS,
    YEARS,
    finds,
    followed,
    get,
    led_on,
    listed,
    refused,
)
from markup import Page

from capitals.models import Source
from capitals.words.dates import PartialDate
from capitals.words.languages import language_name

pytestmark = pytest.mark.once

# What the form shows


@pytest.mark.parametrize("address", ["/capitals/?country=GE", "/capitals/?year=2030", "/events/?year=1995"])
def test_a_well_formed_value_without_match_is_an_honest_empty_page(
    address: str, client: Client, db: None
) -> None:
    status, page = get(client, address)

    assert status == 200
    assert listed(page) == []
    assert page.main.one("h2", class_="count").text.startswith("0 ")
    empty = page.main.one("div", class_="empty")
    assert " matches these filters. We have searched pages up to March 2026." in empty.text
    # Without its only filter, or with none: the whole list.
    assert set(empty.hrefs) == {urlsplit(address).path}
    assert page.main.all(class_="field-error") == []


@pytest.mark.parametrize("path", LISTS)
def test_the_form_asks_with_get_for_its_own_filters_alone(path: str, client: Client, db: None) -> None:
    _, page = get(client, path)

    form = page.main.one("form", class_="filters")
    assert "method" not in form.attributes
    # The first result is in view then, for the heading above it is what the fragment names.
    assert form.attributes["action"] == f"{path}#results"
    assert page.main.one("h2", class_="count").attributes["id"] == "results"
    # Else a browser that goes back fills in what it remembers, not what the list is filtered by.
    assert form.attributes["autocomplete"] == "off"
    controls = form.all("input", "select")
    assert {control.attributes["name"] for control in controls} == {*CHOICES[path], *YEARS[path]}
    labels = {label.attributes["for"] for label in form.all("label") if label.text}
    assert labels == {control.attributes["id"] for control in controls}


@pytest.mark.parametrize("path", LISTS)
def test_clear_all_is_not_offered_while_nothing_is_in_force(path: str, client: Client, db: None) -> None:
    for address in (path, f"{path}?utm_source=x"):
        _, page = get(client, address)
        assert "Clear all" not in page.text


@pytest.mark.parametrize(("path", "name"), EVERY_YEAR)
@pytest.mark.parametrize("value", ["2013", "abc"], ids=["in force", "in error"])
def test_clear_all_leads_to_the_whole_list(
    path: str, name: str, value: str, client: Client, db: None
) -> None:
    _, page = get(client, f"{path}?{name}={value}")

    (clear,) = (link for link in page.main.all("a") if link.text == "Clear all")
    assert clear.attributes["href"] == path


def test_each_filter_in_force_has_a_chip_that_takes_it_alone_away(client: Client, db: None) -> None:
    _, page = get(client, "/capitals/?country=AZ&year_min=2012&year_max=2020&sort=city&utm=x")

    assert page.main.all("summary")[0].text == "Filters (3)"
    assert page.main.one("p", class_="printed").text == (
        "Filters: Country: Azerbaijan; Years: 2012–2020; Sort: city"
    )

    chips = {chip.text: followed("/capitals/", chip) for chip in page.main.all("a", class_="chip")}
    assert list(chips) == [
        "Remove Country: Azerbaijan ×",
        "Remove Years: 2012–2020 ×",
        "Remove Sort: city ×",
    ]
    for text, names in zip(chips, ({"country"}, {"year_min", "year_max"}, {"sort"}), strict=True):
        left = parse_qs(urlsplit(chips[text]).query)
        # Neither the page, which may no longer be there, nor what is no filter.
        assert set(left) == {"country", "year_min", "year_max", "sort"} - names
    (without_country,) = (href for text, href in chips.items() if "Country" in text)
    assert finds(client, without_country) == [
        *("almaty-2014", "astana-2012", "brest-2019", "dashoguz-2016", "gabala-2013", "ganja-2017"),
        *("goris-2018", "gyumri-2013", "kulob-2015", "mary-2012", "mogilev-2013", "osh-2014"),
        *("shymkent-2020", "voronezh-2015"),
    ]


def test_removing_the_only_filter_leads_to_the_whole_list(client: Client, db: None) -> None:
    _, page = get(client, "/capitals/?country=AZ")

    (chip,) = page.main.all("a", class_="chip")

    # An empty reference would lead to the same address, filter and all.
    assert chip.attributes["href"] in {"?", "/capitals/"}


def test_a_chip_removes_every_repetition_of_its_parameter(client: Client, db: None) -> None:
    _, page = get(client, led_on(client, "/capitals/?year=2012&year=2013&country=AZ"))

    (year,) = (chip for chip in page.main.all("a", class_="chip") if "2013" in chip.text)
    assert followed("/capitals/", year) == "/capitals/?country=AZ"


def test_a_form_in_error_shows_no_chips(client: Client, db: None) -> None:
    page = refused(client, "/capitals/?country=AZ&year=abc", "year_min", "year_max")

    assert page.main.all("a", class_="chip") == []
    assert page.main.all("summary")[0].text == "Filters"


# What the form explains


def numbered(page: Page, name: str) -> dict[str, tuple[str, int, bool]]:
    """The options of a select by value: label, number, and whether it is told that nothing is left."""
    found = {}
    for option in page.main.one("select", name=name).all("option"):
        if option.attributes["value"]:
            label, _, number = option.text.rpartition(" (")
            group = option.parent
            assert group is not None
            nothing = group.tag == "optgroup"
            assert not nothing or group.attributes["label"] == "No matches"
            found[option.attributes["value"]] = (label, int(number.removesuffix(")")), nothing)
    return found


def hints(page: Page) -> dict[str, str]:
    """The hint at each control by its name; each must be tied to its control."""
    found = {}
    for field in page.main.one("form", class_="filters").all(class_="field"):
        for hint in field.all("p", class_="hint"):
            for control in field.all("input", "select"):
                assert hint.attributes["id"] in control.attributes["aria-describedby"].split()
                found[control.attributes["name"]] = hint.text
    return found


def test_an_option_tells_how_many_it_would_leave_and_those_of_none_stand_apart(
    client: Client, db: None
) -> None:
    countries = numbered(get(client, "/capitals/?year=2013")[1], "country")

    assert countries["AZ"] == ("Azerbaijan", 1, False)
    assert countries["BY"] == ("Belarus", 1, False)
    assert countries["KZ"] == ("Kazakhstan", 0, True)
    assert sum(number for _, number, _ in countries.values()) == 3


def test_options_respect_the_other_filters_and_not_their_own(client: Client, db: None) -> None:
    alone = numbered(get(client, "/capitals/")[1], "country")
    chosen = get(client, "/capitals/?country=AZ&sort=city")[1]

    assert numbered(chosen, "country") == alone
    selected = [option for option in chosen.main.all("option") if "selected" in option.attributes]
    assert [option.attributes["value"] for option in selected] == ["AZ", "city"]


def test_an_option_chosen_without_match_is_still_the_one_chosen(client: Client, db: None) -> None:
    _, page = get(client, "/capitals/?country=GE")

    assert numbered(page, "country")["GE"] == ("Georgia", 0, True)
    [georgia] = [option for option in page.main.all("option") if option.attributes["value"] == "GE"]
    assert "selected" in georgia.attributes


def test_options_without_any_of_none_stand_in_no_group(client: Client, empty_record: None) -> None:
    make_decision()

    assert get(client, "/decisions/")[1].main.all("optgroup") == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/capitals/", "2011–2027"),
        ("/capitals/?country=AZ", "2013–2025"),
        # The years' own fields do not narrow themselves: with them one could not be left again.
        ("/capitals/?country=AZ&year=2017", "2013–2025"),
        ("/capitals/?country=GE", "no year"),
    ],
)
def test_a_year_field_tells_the_years_that_there_are(
    address: str, expected: str, client: Client, db: None
) -> None:
    assert hints(get(client, address)[1]) == {"year_min": expected, "year_max": expected}


@pytest.mark.parametrize("path", LISTS)
def test_every_year_field_has_its_hint(path: str, client: Client, empty_record: None) -> None:
    _, empty = get(client, path)
    assert hints(empty) == dict.fromkeys(YEARS[path], "no year")

    title = make_designation(year=2012, sources=0)
    make_designation(city=title.city, year=2016, sources=0)
    for first, last in (("2011-12-31", "2012-01-01"), ("2015", None)):
        make_event(start=first, end=last, sources=0)
    make_event(start=None, reported_on="2016-02-03", sources=0)
    make_event(start=None, sources=0)
    for date in ("2013-05", "2018", None):
        day = PartialDate.parse(date) if date else None
        make_decision(date=date, sources=0)
        make_source(date=day)
        make_centre(established=day, sources=0)
    make_centre(inaugurated=PartialDate(2019), sources=0)

    first_year, last_year = {
        "/capitals/": (2012, 2016),
        "/events/": (2011, 2016),
        "/centres/": (2013, 2019),
        "/decisions/": (2013, 2018),
        "/sources/": (2013, 2018),
    }[path]
    told = f"{first_year}–{last_year}"
    assert hints(get(client, path)[1]) == dict.fromkeys(YEARS[path], told)


def test_languages_of_sources_are_told_in_words(client: Client, db: None) -> None:
    _, page = get(client, "/sources/?language=ru")

    languages = numbered(page, "language")
    assert {code: label for code, (label, *_) in languages.items()} == {
        code: str(language_name(code)) for code in Source.objects.values_list("language", flat=True)
    }
    assert languages["ru"][0] == "Russian"
    labels = [label for label, _, nothing in languages.values() if not nothing]
    assert labels == sorted(labels)
    (chip,) = page.main.all("a", class_="chip")
    assert chip.text == "Remove Language: Russian ×"


def test_outlets_stand_in_alphabetical_order_whatever_their_script(
    client: Client, empty_record: None
) -> None:
    for outlet in ("ТАСС", "azernews", "Sputnik", "Новости", "Əsas", "BelTA"):
        make_source(outlet=outlet)

    outlets = numbered(get(client, "/sources/")[1], "outlet")

    assert list(outlets) == ["azernews", "BelTA", "Əsas", "Новости", "Sputnik", "ТАСС"]
