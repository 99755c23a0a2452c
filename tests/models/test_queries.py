"""What the querysets answer, and that their orders are the same on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from factories import (
    make_body,
    make_centre,
    make_city,
    make_country,
    make_decision,
    make_designation,
    make_event,
    make_series,
    make_source,
)

from capitals.models import (
    Body,
    City,
    CityName,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Event,
    EventSeries,
    Source,
)
from capitals.models.sources import in_citation_order
from capitals.words.dates import PartialDate

# Every pair of these sorts differently where a collation skips hyphens or weighs digits late.
KEYS = ["a", "a-1", "a-b", "a-b-c", "a1", "a10", "a2", "ab", "ab-c", "abc", "b"]


def keys(rows: QuerySet[Any]) -> list[str]:
    return list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("start", "end", "reported_on", "years"),
    [
        ("2016-12-20", "2017-01-10", None, [2016, 2017]),
        ("2015", "2017", None, [2015, 2016, 2017]),
        ("2015-11", "2017-01", None, [2015, 2016, 2017]),
        ("2016", None, None, [2016]),
        ("2016-12", None, None, [2016]),
        ("2016-12-31", None, None, [2016]),
        ("2016-01-01", "2016-12-31", None, [2016]),
        ("2016", "2016-03", None, [2016]),
        (None, None, "2016-02-03", [2016]),
        ("2015-12-31", None, "2016-01-01", [2015]),
        (None, None, None, []),
    ],
)
def test_an_event_is_held_in_each_year_that_one_of_its_days_may_lie_in(
    start: str | None, end: str | None, reported_on: str | None, years: list[int], empty_record: None
) -> None:
    make_event(start=start, end=end, reported_on=reported_on)

    assert [year for year in range(2010, 2022) if Event.objects.held_in(year)] == years


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (2016, 2017, ["new-year", "vague", "year"]),
        (2017, None, ["new-year", "later"]),
        (None, 2015, ["earlier"]),
        (None, None, ["earlier", "later", "new-year", "undated", "vague", "year"]),
        (2018, 2018, ["later"]),
        (2019, None, []),
    ],
)
def test_events_are_found_between_two_years_of_which_either_may_be_open(
    first: int | None, last: int | None, found: list[str], empty_record: None
) -> None:
    make_event(slug="earlier", start="2015-12-31")
    make_event(slug="year", start="2016")
    make_event(slug="vague", start="2016-12")
    make_event(slug="new-year", start="2016-12-31", end="2017-01-01")
    make_event(slug="later", start="2018")
    make_event(slug="undated", start=None)

    events = Event.objects.all()
    events = events if first is None else events.held_from(first)
    events = events if last is None else events.held_until(last)
    assert sorted(keys(events)) == sorted(found)


def test_an_event_belongs_to_a_title_year_whenever_it_was_held(empty_record: None) -> None:
    title = make_designation(year=2013)
    make_event(slug="late", start="2014-03-15", titles=((title, "closing"),))
    make_event(slug="mention", start="2013-03-15", titles=((title, "mentioned"),))
    make_event(slug="other", start="2013-03-15")

    assert keys(Event.objects.of_title_year(2013)) == ["late"]


def test_a_handover_is_in_both_countries_and_where_it_was_held(empty_record: None) -> None:
    belarus, kazakhstan, russia = (make_country(code=code) for code in ("BY", "KZ", "RU"))
    brest, shymkent = make_city(slug="brest", country=belarus), make_city(slug="shymkent", country=kazakhstan)
    old, new = make_designation(city=brest, year=2019), make_designation(city=shymkent, year=2020)
    place = make_city(slug="moscow", country=russia)
    make_event(slug="handover", city=place, titles=((old, "outgoing"), (new, "incoming")))

    for code, city in (("BY", "brest"), ("KZ", "shymkent"), ("RU", "moscow")):
        assert keys(Event.objects.in_country(code)) == ["handover"], code
        assert keys(Event.objects.in_city(city)) == ["handover"], city


def test_an_event_is_found_once_however_many_links_lead_to_it(empty_record: None) -> None:
    country = make_country(code="BY")
    city, other = make_city(slug="brest", country=country), make_city(country=country)
    titles = tuple(make_designation(city=city, year=year) for year in (2018, 2019))
    event = make_event(
        city=city, titles=((titles[0], "outgoing"), (titles[0], "closing"), (titles[1], "incoming"))
    )
    event.other_cities.set([other])

    assert keys(Event.objects.in_country("BY")) == [event.pk]
    assert keys(Event.objects.in_city("brest")) == [event.pk]
    assert keys(Event.objects.in_scope("programme")) == [event.pk]


def test_an_event_is_in_its_other_cities_and_their_countries(empty_record: None) -> None:
    other = make_city(slug="other", country=make_country(code="KZ"))
    event = make_event(slug="shared", city=make_city(slug="main"))
    event.other_cities.set([other])

    assert keys(Event.objects.in_country("KZ")) == ["shared"]
    assert keys(Event.objects.in_city("other")) == ["shared"]
    assert keys(Event.objects.in_city("main")) == ["shared"]


def test_a_mention_puts_an_event_in_no_country_city_or_programme(empty_record: None) -> None:
    city = make_city(slug="brest", country=make_country(code="BY"))
    make_event(slug="elsewhere", titles=((make_designation(city=city), "mentioned"),))

    assert keys(Event.objects.in_country("BY")) == []
    assert keys(Event.objects.in_city("brest")) == []
    assert keys(Event.objects.in_scope("programme")) == []
    assert keys(Event.objects.in_scope("other")) == ["elsewhere"]


def test_a_scope_is_programme_series_or_neither_and_may_be_both(empty_record: None) -> None:
    title, series = make_designation(), make_series()
    make_event(slug="both", series=series, titles=((title, "programme"),))
    make_event(slug="neither")
    make_event(slug="programme", titles=((title, "opening"),))
    make_event(slug="series", series=series)

    found = {scope: sorted(keys(Event.objects.in_scope(scope))) for scope in ("programme", "series", "other")}

    assert found == {"programme": ["both", "programme"], "series": ["both", "series"], "other": ["neither"]}


def test_a_mention_is_no_part_of_a_title(empty_record: None) -> None:
    one, two = make_designation(year=2016), make_designation(year=2017)
    event = make_event(titles=((two, "mentioned"), (one, "closing")))

    assert [link.role for link in Event.objects.for_cards().get(pk=event.pk).part_of()] == ["closing"]


def test_events_of_a_title_are_counted_once_each_and_without_mentions(empty_record: None) -> None:
    title = make_designation()
    make_event(titles=((title, "closing"), (title, "outgoing")))
    make_event(titles=((title, "programme"),))
    make_event(titles=((title, "mentioned"),))

    assert Designation.objects.with_event_counts().values_list("event_count", flat=True).get() == 2  # type: ignore[misc]


def test_the_deciding_step_is_the_last_decision_not_a_recommendation(empty_record: None) -> None:
    title = make_designation()
    make_decision(slug="a-second", kind="decided", date="2016-10-01", names=(title,))
    make_decision(slug="b-first", kind="decided", date="2016-01-01", names=(title,))
    make_decision(slug="c-draft", kind="drafted", date="2016-12-01", names=(title,))

    step = Designation.objects.with_decisions().get().deciding_step()

    assert step is not None
    assert step.pk == "a-second"


def test_designations_are_found_by_country_and_year(empty_record: None) -> None:
    country = make_country(code="AZ")
    here = make_designation(city=make_city(country=country), year=2013)
    make_designation(year=2013)

    assert keys(Designation.objects.in_country("AZ")) == [here.pk]
    assert Designation.objects.held_in(2013).count() == 2
    assert not Designation.objects.held_in(2014)


@pytest.mark.parametrize(
    ("date", "year", "found"),
    [
        ("2013", 2013, True),
        ("2013-12-31", 2013, True),
        ("2013-01", 2013, True),
        ("2014-01-01", 2013, False),
        ("2012-12-31", 2013, False),
        (None, 2013, False),
        ("2100-12-31", 2100, True),
    ],
)
def test_sources_decisions_and_centres_have_one_year(
    date: str | None, year: int, found: bool, empty_record: None
) -> None:
    day = PartialDate.parse(date) if date else None
    make_decision(slug="one", date=date, sources=0)
    make_centre(slug="one", established=day)
    Source.objects.all().delete()
    make_source(slug="one", date=day)

    expected = ["one"] if found else []
    assert keys(Decision.objects.taken_in(year)) == expected
    assert keys(CulturalCentre.objects.established_in(year)) == expected
    assert keys(Source.objects.published_in(year)) == expected


def test_a_centre_begins_with_its_founding_else_with_its_inauguration(empty_record: None) -> None:
    make_centre(slug="both", established=PartialDate(2012), inaugurated=PartialDate(2013))
    make_centre(slug="opened", inaugurated=PartialDate(2013))

    assert keys(CulturalCentre.objects.established_in(2012)) == ["both"]
    assert keys(CulturalCentre.objects.established_in(2013)) == ["opened"]


def test_the_founding_articles_come_first_then_the_dates_then_the_undated(empty_record: None) -> None:
    make_source(slug="a-undated")
    make_source(slug="b-new", date=PartialDate(2020))
    make_source(slug="c-old", date=PartialDate(2010))
    make_source(slug="z-founding", date=PartialDate(2015), founding=True)

    assert [source.pk for source in in_citation_order(Source.objects.all())] == [
        "z-founding",
        "c-old",
        "b-new",
        "a-undated",
    ]
    assert keys(Source.objects.newest_first()) == ["z-founding", "b-new", "c-old", "a-undated"]


def test_decisions_and_events_put_unknown_dates_last_both_ways(empty_record: None) -> None:
    for slug, date in (("a", None), ("b", "2012"), ("c", "2013-05")):
        make_decision(slug=slug, date=date)
        make_event(slug=slug, start=date)

    assert keys(Decision.objects.newest_first()) == ["c", "b", "a"]
    assert keys(Decision.objects.oldest_first()) == ["b", "c", "a"]
    assert keys(Event.objects.newest_first()) == ["c", "b", "a"]
    assert keys(Event.objects.oldest_first()) == ["b", "c", "a"]


def test_centres_without_a_beginning_stand_last_both_ways(empty_record: None) -> None:
    make_centre(slug="a")
    make_centre(slug="b", established=PartialDate(2012), inaugurated=PartialDate(2020))
    make_centre(slug="c", inaugurated=PartialDate(2013, 5))

    assert keys(CulturalCentre.objects.newest_first()) == ["c", "b", "a"]
    assert keys(CulturalCentre.objects.oldest_first()) == ["b", "c", "a"]


@pytest.mark.parametrize(
    "make_and_model",
    [
        (make_designation, Designation),
        (make_event, Event),
        (make_centre, CulturalCentre),
        (make_decision, Decision),
        (make_source, Source),
    ],
    ids=lambda pair: pair[1]._meta.model_name,
)
def test_years_are_spanned_from_the_first_to_the_last_and_none_without_a_date(
    make_and_model: Any, empty_record: None
) -> None:
    make, model = make_and_model
    field = {Designation: "year", Event: "start", CulturalCentre: "established"}.get(model, "date")
    assert model.objects.years_spanned() is None

    if model is not Designation:
        make(**{} if model is CulturalCentre else {field: None})
        model.objects.exclude(**{f"{field}__isnull": True}).delete()
        assert model.objects.years_spanned() is None
    # A year alone sorts before its own first day and is the same year.
    for date in ("2014-01-01", "2012"):
        value: Any = PartialDate.parse(date) if model in (CulturalCentre, Source) else date
        make(**{field: int(date[:4]) if model is Designation else value})

    assert model.objects.years_spanned() == (2012, 2014)


def test_the_years_of_events_run_to_their_last_day_else_to_that_of_the_report(empty_record: None) -> None:
    make_event(start="2013-12-31", end="2015-01-01")
    make_event(start="2014-05")
    assert Event.objects.years_spanned() == (2013, 2015)

    make_event(start=None, reported_on="2016-03-01")
    # Where a day is known, that of the report is no year of the event.
    make_event(start="2014", reported_on="2019-01-01")
    assert Event.objects.years_spanned() == (2013, 2016)


def test_an_event_that_belongs_to_a_place_in_several_ways_is_counted_there_once(empty_record: None) -> None:
    belarus, kazakhstan = make_country(code="BY"), make_country(code="KZ")
    brest, minsk = make_city(slug="brest", country=belarus), make_city(slug="minsk", country=belarus)
    shymkent = make_city(slug="shymkent", country=kazakhstan)
    titles = tuple(make_designation(city=brest, year=year) for year in (2018, 2019))
    mention = make_designation(city=shymkent, year=2020)
    event = make_event(
        city=brest,
        titles=(
            (titles[0], "outgoing"),
            (titles[0], "closing"),
            (titles[1], "incoming"),
            (mention, "mentioned"),
        ),
    )
    event.other_cities.set([brest, minsk])
    make_event(city=minsk, titles=((titles[1], "programme"),))
    make_event(city=None)

    assert Event.objects.numbers_by_country() == {"BY": 2}
    assert Event.objects.numbers_by_city() == {"brest": 2, "minsk": 2}
    assert Event.objects.numbers_by_scope() == {"programme": 2, "series": 0, "other": 1}


def test_centres_stand_by_host_country_then_city_with_unknown_cities_last(empty_record: None) -> None:
    austria, zambia = make_country(name="Austria"), make_country(name="Zambia")
    graz, vienna = make_city(name="Graz", country=austria), make_city(name="Vienna", country=austria)
    make_centre(slug="a", host_city=make_city(country=zambia))
    make_centre(slug="b", host_country=austria, host_city=vienna)
    centre = make_centre(slug="c", host_city=graz)
    CulturalCentre.objects.filter(pk=make_centre(slug="d", host_city=graz).pk).update(host_city=None)

    assert keys(CulturalCentre.objects.by_country()) == [centre.pk, "b", "d", "a"]


@pytest.mark.parametrize(
    ("make", "model", "order", "fields"),
    [
        (make_source, Source, "newest_first", {}),
        (make_source, Source, "oldest_first", {}),
        (make_country, Country, "by_name", {"name": "Same"}),
        (make_city, City, "by_name", {"name": "Same"}),
        (make_body, Body, "by_name", {"name": "Same"}),
        (make_series, EventSeries, "by_name", {"name": "Same"}),
        (make_event, Event, "newest_first", {}),
        (make_event, Event, "oldest_first", {}),
        (make_event, Event, "by_city", {}),
        (make_event, Event, "by_country", {}),
        (make_decision, Decision, "newest_first", {}),
        (make_decision, Decision, "oldest_first", {}),
    ],
)
def test_what_is_otherwise_alike_stands_in_the_order_of_ascii_keys(
    make: Any, model: Any, order: str, fields: dict[str, str], empty_record: None
) -> None:
    for key in reversed(KEYS):
        make(slug=key, **fields)

    assert keys(getattr(model.objects.filter(pk__in=KEYS), order)()) == sorted(KEYS)


@pytest.mark.parametrize("order", ["by_city", "by_country", "newest_first", "oldest_first"])
def test_centres_alike_stand_in_the_order_of_ascii_keys(order: str, empty_record: None) -> None:
    city, country = make_city(), make_country()
    for key in reversed(KEYS):
        make_centre(slug=key, host_city=city, operating_country=country, established=PartialDate(2012))

    assert keys(getattr(CulturalCentre.objects, order)()) == sorted(KEYS)


@pytest.mark.postgresql
def test_keys_dates_and_folded_texts_sort_by_their_bytes_whatever_the_server_s_locale(db: None) -> None:
    """On a server with locale C the orders above hold by themselves, so the columns are asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, collation_name FROM information_schema.columns "
            "WHERE table_name LIKE 'capitals_%%' AND column_name IN "
            "('slug', 'folded', 'code', 'date', 'start', 'end', 'reported_on', 'established', 'city_id', "
            # Of changes; their dates are whole, and no text.
            "'key', 'table') AND data_type <> 'date' "
            # What the search looks into is no order; its entries' addresses and dates are.
            "AND NOT (table_name = 'capitals_searchentry' AND column_name = 'folded') "
            "OR table_name = 'capitals_searchentry' AND column_name IN ('address', 'kind')"
        )
        rows = cursor.fetchall()

    assert len(rows) > 20
    assert [row for row in rows if row[2] != "C"] == []


@pytest.mark.parametrize("order", ["newest_first", "oldest_first", "by_city", "by_country"])
def test_designations_alike_stand_in_the_order_of_ascii_keys(order: str, empty_record: None) -> None:
    country = make_country()
    for key in reversed(KEYS):
        make_designation(city=make_city(slug=key, name="Same", country=country), slug=key, year=2017)

    assert keys(getattr(Designation.objects, order)()) == sorted(KEYS)


def test_names_sort_by_their_folding_in_every_script(empty_record: None) -> None:
    names = [
        "Osh",
        "Ömsk",
        "Şymkent",
        "Shymkent",
        "Saint Petersburg",
        "Saint-Petersburg 2",
        "Ələt",
        "Zugdidi",
    ]
    for number, name in enumerate(names):
        make_city(slug=f"c-{number}", name=name)

    # "Ələt" folds to "elet" and "Şymkent" to "symkent".
    assert list(City.objects.by_name().values_list("name", flat=True)) == [
        "Ələt",
        "Ömsk",
        "Osh",
        "Saint Petersburg",
        "Saint-Petersburg 2",
        "Shymkent",
        "Şymkent",
        "Zugdidi",
    ]


@pytest.mark.parametrize(
    "order",
    [
        Source.objects.newest_first,
        Source.objects.oldest_first,
        Event.objects.by_city,
        Event.objects.by_country,
        Event.objects.oldest_first,
        CulturalCentre.objects.by_city,
        CulturalCentre.objects.newest_first,
        CulturalCentre.objects.oldest_first,
        CulturalCentre.objects.by_country,
        City.objects.by_name,
        Event.objects.newest_first,
        Decision.objects.newest_first,
        Decision.objects.oldest_first,
        Designation.objects.by_city,
        Designation.objects.by_country,
    ],
)
def test_every_order_ends_in_a_unique_key(order: Any, db: None) -> None:
    last = order().query.order_by[-1]

    assert str(last).lstrip("-") in {"pk", "slug"}


def test_a_city_is_spelt_as_its_name_or_one_of_its_names(empty_record: None) -> None:
    city = make_city(name="Saint Petersburg", names=0)
    city.names.create(name="Санкт-Петербург", language="ru", kind="common")
    city.names.create(name="Питер", language="ru", kind="search")

    def spelt(text: str) -> list[str]:
        return keys(City.objects.known_as(text, CityName.objects.displayed()))

    assert spelt("SAINTPETERSBURG") == spelt("Санкт Петербург") == [city.pk]
    assert spelt("Петербург") == spelt("Питер") == []


def test_numbers_of_centres_do_not_multiply_each_other(empty_record: None) -> None:
    country = make_country(slug="here")
    for _ in range(2):
        make_centre(host_city=make_city(country=country))
        make_centre(operating_country=country)
    make_centre(operating_country=country)

    numbers = Country.objects.with_counts().values_list("hosted_count", "abroad_count")  # type: ignore[misc]

    assert numbers.get(pk="here") == (2, 3)


def test_bodies_that_decided_are_told_from_those_that_organised(empty_record: None) -> None:
    decided = make_body()
    make_decision(body=decided)
    make_decision(body=decided)
    make_body()

    assert keys(Body.objects.that_decided()) == [decided.pk]


def test_displayed_names_leave_out_those_for_search_and_put_official_ones_first(empty_record: None) -> None:
    city = make_city(names=0)
    for kind in ("search", "former", "variant", "used_by", "local", "common", "official"):
        city.names.create(name=kind, language="ru", kind=kind, note="who" if kind == "used_by" else "")

    shown = [name.kind for name in city.names.displayed()]

    assert shown == ["official", "common", "local", "used_by", "variant", "former"]


def test_what_is_sorted_without_the_database_stands_as_the_database_sorts_it(db: None) -> None:
    for city in City.objects.with_names():
        assert city.displayed_names == list(city.names.displayed())
    for title in Designation.objects.with_steps():
        assert title.decisions_behind == list(title.decisions.oldest_first())
