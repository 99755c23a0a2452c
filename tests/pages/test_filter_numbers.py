"""The numbers that the filters show: each is what choosing that option leaves."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from conftest import thorough
from django.http import QueryDict
from django.test import Client
from factories import make_city, make_country, make_designation, make_event
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from listing import YEARS
from markup import Element, Page

from capitals.models import CulturalCentre, Event
from capitals.pages.filtering import (
    ClosedChoiceFilter,
    RecordFilterSet,
    SortFilter,
    YearFilter,
    YearsFilter,
)
from capitals.pages.filters import (
    CulturalCentreFilterSet,
    DecisionFilterSet,
    DesignationFilterSet,
    EventFilterSet,
    SourceFilterSet,
)
from capitals.words.dates import FIRST_YEAR, LAST_YEAR

pytestmark = pytest.mark.once

Values = dict[str, str]
Years = tuple[int, int]

LISTS: dict[str, type[RecordFilterSet]] = {
    "/capitals/": DesignationFilterSet,
    "/events/": EventFilterSet,
    "/centres/": CulturalCentreFilterSet,
    "/decisions/": DecisionFilterSet,
    "/sources/": SourceFilterSet,
}
COMBINATIONS = {
    "/capitals/": "country=AZ&year_min=2012&year_max=2020",
    "/events/": "kind=concert&year_min=2014",
    "/centres/": "operator=AZ",
    "/decisions/": "year=2016",
    "/sources/": "year=2018",
}
"""A few filters at once for each list, which leave something, and leave something out."""
DRAWN = {"/sources/": 4}
"""How many combinations are drawn where they are fewer: sources have hundreds of outlets to choose."""
FOLLOWED, FOLLOWED_BY_THE_LONG = 4, 50
"""Of the options that leave something, and of those that leave nothing, so many are followed."""


def asked(path: str, values: Values) -> RecordFilterSet:
    """The filters of that list with these values, in force."""
    filterset = LISTS[path]
    found = filterset(QueryDict(urlencode(values)), filterset._meta.model._default_manager.all())
    assert found.is_valid(), (values, found.errors)
    return found


def names_of(path: str, *kinds: type) -> list[str]:
    """The parameters of that list's filters that are of these kinds."""
    return [name for name, one in LISTS[path].base_filters.items() if isinstance(one, kinds)]


def offered(select: Element) -> dict[str, tuple[str, int, bool]]:
    """The options of a select by value: label, number, and whether they stand in the group of nothing."""
    found = {}
    for option in select.all("option"):
        if value := option.attributes["value"]:
            told = re.fullmatch(r"(.+) \((\d+)\)", option.text)
            assert told, option.text
            assert value not in found
            assert option.parent is not None
            found[value] = (told[1], int(told[2]), option.parent.tag == "optgroup")
    return found


def years_of(record: Any) -> Years | None:
    """The calendar years of a record's first and last day, from its own fields."""
    if isinstance(record, Event):
        first = record.start or record.reported_on
        last = record.end or first
    elif isinstance(record, CulturalCentre):
        first = last = record.established or record.inaugurated
    elif hasattr(record, "year"):
        return record.year, record.year
    else:
        first = last = record.date
    return (first.year, last.year) if first and last else None


def bounds(path: str, values: Values) -> Years | None:
    """The first and the last year among what all filters but those of years leave."""
    others = {name: value for name, value in values.items() if name not in YEARS[path] and name != "year"}
    years = [years for record in asked(path, others).rows() if (years := years_of(record))]
    return (min(first for first, _ in years), max(last for _, last in years)) if years else None


def check(path: str, values: Values) -> None:
    """That every number and every bound that the form shows with these values is true."""
    filterset = asked(path, values)
    filterset.explain()
    for name in names_of(path, ClosedChoiceFilter):
        form_field = Page(str(filterset.form[name]))
        options = offered(form_field.one("select"))
        choices = [(value, str(label)) for value, label in filterset.filters[name].extra["choices"]]
        assert {value: label for value, (label, *_) in options.items()} == dict(choices)
        # Each option where a reader looks for it: in the choices' own order, in its part.
        order = [value for value, _ in choices]
        assert list(options) == sorted(options, key=lambda value: (options[value][2], order.index(value)))
        # Asked anew without this filter, not taken from what counted the numbers.
        others = asked(path, {other: chosen for other, chosen in values.items() if other != name}).rows()
        for value, (_, number, nothing) in options.items():
            left = filterset.filters[name].filter(others, value).count()
            assert number == left, (values, name, value)
            assert nothing == (left == 0), (values, name, value)
    span = bounds(path, values)
    told = "–".join(map(str, dict.fromkeys(span))) if span else "no year"
    for name in names_of(path, YearFilter, YearsFilter):
        assert str(filterset.form[name].help_text) == told, (values, name)


@st.composite
def combinations(draw: st.DrawFn, path: str) -> Values:
    """Valid values for some of that list's filters, often those of a record that there is."""
    filterset = asked(path, {})
    years = bounds(path, {})
    assert years is not None
    first, last = years
    around = [
        FIRST_YEAR,
        first - 1,
        first,
        first + 1,
        (first + last) // 2,
        last - 1,
        last,
        last + 1,
        LAST_YEAR,
    ]
    values: Values = {}
    for name, one in filterset.filters.items():
        # Half of them without: more filters than two leave nothing most of the time.
        if isinstance(one, YearFilter | YearsFilter):
            possible = [str(year) for year in around if FIRST_YEAR <= year <= LAST_YEAR]
            drawn = [draw(st.just("") | st.sampled_from(possible)) for _ in YEARS[path]]
            # From and to are in order, where both are drawn.
            values |= dict(zip(YEARS[path], sorted(drawn) if all(drawn) else drawn, strict=True))
        else:
            possible = [value for value, _ in one.extra["choices"]]
            values[name] = draw(st.just("") | st.sampled_from(possible))
    return values


@pytest.mark.parametrize("path", LISTS)
def test_every_number_and_year_shown_is_what_the_filters_leave(path: str, db: None) -> None:
    @effort(
        max_examples=200 if thorough() else DRAWN.get(path, 10),
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(combinations(path))
    def agree(values: Values) -> None:
        check(path, values)

    agree()


@pytest.mark.parametrize("path", LISTS)
def test_every_number_and_year_is_true_beside_each_choice_alone(path: str, db: None) -> None:
    """What draws may miss: the choice with the most records of each filter, and a year in each field."""
    check(path, {})
    filterset = asked(path, {})
    for name, one in filterset.filters.items():
        if isinstance(one, YearFilter | YearsFilter):
            for parameter in {"year", *YEARS[path]}:
                check(path, {parameter: "2017"})
        elif isinstance(one, ClosedChoiceFilter):
            numbers = one.numbers_in(filterset.rows())
            check(path, {name: max(numbers, key=lambda value: numbers[value])})


def form_of(page: Page) -> Element:
    return page.main.one("form", class_="filters")


@pytest.mark.parametrize("path", LISTS)
def test_the_numbers_on_the_page_are_those_of_the_lists_that_they_lead_to(
    path: str, client: Client, db: None
) -> None:
    values = {name: value for name, value in QueryDict(COMBINATIONS[path]).items() if isinstance(value, str)}
    page = Page(client.get(path, values).content.decode())
    counted = page.main.one("h2", class_="count").text
    assert int(counted.split()[0]) == asked(path, values).rows().count() > 0

    for name in names_of(path, ClosedChoiceFilter):
        options = offered(form_of(page).one("select", name=name))
        followed = FOLLOWED_BY_THE_LONG if thorough() else FOLLOWED
        some = [value for value, (_, number, _) in options.items() if number][:followed]
        none = [value for value, (_, number, _) in options.items() if not number][:followed]
        assert some
        for value in some + none:
            led_to = Page(client.get(path, {**values, name: value}, follow=True).content.decode())
            told = led_to.main.one("h2", class_="count").text.split()[0]
            assert told == str(options[value][1]), (name, value)
    orders = form_of(page).one("select", name="sort").all("option")
    assert names_of(path, SortFilter) == ["sort"]
    for option in orders:
        asked_for = {**values, "sort": option.attributes["value"]}
        led_to = Page(client.get(path, asked_for, follow=True).content.decode())
        assert led_to.main.one("h2", class_="count").text == counted


def test_an_event_that_belongs_to_a_country_in_several_ways_is_one(
    client: Client, empty_record: None
) -> None:
    belarus = make_country(code="BY", name="Belarus")
    brest, minsk = (make_city(slug=slug, country=belarus) for slug in ("brest", "minsk"))
    titles = tuple(make_designation(city=brest, year=year) for year in (2018, 2019))
    event = make_event(
        city=brest, titles=((titles[0], "outgoing"), (titles[0], "closing"), (titles[1], "incoming"))
    )
    event.other_cities.set([brest, minsk])

    form = form_of(Page(client.get("/events/").content.decode()))

    assert offered(form.one("select", name="country")) == {"BY": ("Belarus", 1, False)}
    cities = offered(form.one("select", name="city"))
    assert {city: number for city, (_, number, _) in cities.items()} == {"brest": 1, "minsk": 1}
    check("/events/", {})
    check("/events/", {"country": "BY", "city": "minsk", "scope": "programme"})


def test_a_mention_of_a_title_counts_for_no_country_city_or_title(empty_record: None) -> None:
    mentioned = make_designation(city=make_city(slug="brest", country=make_country(code="BY")))
    make_event(city=None, titles=((mentioned, "mentioned"),))

    filterset = asked("/events/", {})
    filterset.explain()

    told = {name: offered(Page(str(filterset.form[name]))) for name in ("country", "city", "scope")}
    assert told["country"]["BY"][1] == told["city"]["brest"][1] == told["scope"]["programme"][1] == 0
    assert told["scope"]["other"][1] == 1
