"""Dates that are known in part: what is read, shown, kept, and how they sort."""

from __future__ import annotations

import datetime

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from factories import make_event, make_source
from hypothesis import given
from hypothesis import strategies as st

from capitals.models import Event, Source
from capitals.models.sources import in_citation_order
from capitals.templatetags.facts import as_date, day_span
from capitals.words.dates import PartialDate

days = st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(9998, 12, 31))
precisions = st.sampled_from(["year", "month", "day"])


def at_precision(day: datetime.date, precision: str) -> PartialDate:
    """The partial date that says as much of `day` as `precision` names."""
    known = {"year": 1, "month": 2, "day": 3}[precision]
    return PartialDate(*(day.year, day.month, day.day)[:known])


dates = st.builds(at_precision, days, precisions)


@pytest.mark.parametrize(
    ("text", "precision", "shown", "earliest", "latest"),
    [
        ("2012", "year", "2012", (2012, 1, 1), (2012, 12, 31)),
        ("2012-10", "month", "October 2012", (2012, 10, 1), (2012, 10, 31)),
        ("2012-10-05", "day", "5 October 2012", (2012, 10, 5), (2012, 10, 5)),
        ("2012-02", "month", "February 2012", (2012, 2, 1), (2012, 2, 29)),
        ("2013-02", "month", "February 2013", (2013, 2, 1), (2013, 2, 28)),
        ("2012-12", "month", "December 2012", (2012, 12, 1), (2012, 12, 31)),
        ("2012-02-29", "day", "29 February 2012", (2012, 2, 29), (2012, 2, 29)),
    ],
)
def test_a_date_knows_its_precision_words_and_span(
    text: str,
    precision: str,
    shown: str,
    earliest: tuple[int, int, int],
    latest: tuple[int, int, int],
) -> None:
    date = PartialDate.parse(text)

    assert date.precision == precision
    assert date.display() == shown
    assert date.earliest == datetime.date(*earliest)
    assert date.latest == datetime.date(*latest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "12",
        "212",
        "20121",
        "2012-1",
        "2012-1-05",
        "2012-10-5",
        "2012/10/05",
        "05.10.2012",
        "2012-10-05T00:00",
        "2012-",
        "2012-10-",
        "-2012",
        " 2012",
        "2012\n",
        "２０１２",
        "٢٠١٢",
        "autumn 2012",
    ],
)
def test_what_is_not_written_as_a_date_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date: write 2012, 2012-10 or 2012-10-05"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["0000", "2012-00", "2012-13", "2012-10-00", "2012-10-32", "2013-02-29"])
def test_what_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not in the calendar"):
        PartialDate.parse(text)


@given(dates)
def test_text_and_date_are_the_same_thing(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date


@given(dates)
def test_a_date_begins_before_it_ends_and_within_its_year(date: PartialDate) -> None:
    assert date.earliest <= date.latest
    assert date.earliest.year == date.latest.year == date.year
    assert (date.earliest == date.latest) == (date.precision == "day")


@given(days, precisions)
def test_a_date_spans_the_day_that_it_was_made_from(day: datetime.date, precision: str) -> None:
    date = at_precision(day, precision)

    assert date.earliest <= day <= date.latest


@given(st.lists(dates))
def test_the_kept_text_sorts_by_the_earliest_day(some: list[PartialDate]) -> None:
    kept = [PartialDate.parse(text) for text in sorted(map(str, some))]

    assert [date.earliest for date in kept] == sorted(date.earliest for date in some)


@pytest.mark.parametrize("text", ["2012", "2012-10", "2012-10-05"])
def test_a_date_comes_back_from_the_database_as_it_was(text: str, empty_record: None) -> None:
    event = make_event(start=text, end=text)

    event.refresh_from_db()

    assert (event.start, event.end, event.reported_on) == (
        PartialDate.parse(text),
        PartialDate.parse(text),
        None,
    )


def test_a_date_can_be_looked_up_by_value_and_by_text(empty_record: None) -> None:
    source = make_source(date=PartialDate(2012, 10))
    make_source(date=PartialDate(2012))

    assert Source.objects.get(date=PartialDate(2012, 10)) == source
    assert Source.objects.get(date="2012-10") == source


@pytest.mark.parametrize("text", ["2012", "2012-10", "2012-10-05", None])
def test_a_date_round_trips_through_a_fixture(text: str | None, empty_record: None) -> None:
    event = make_event(start=text)

    written = serializers.serialize("yaml", [event])
    (read,) = (found.object for found in serializers.deserialize("yaml", written))

    assert isinstance(read, Event)
    assert read.start == (PartialDate.parse(text) if text else None)


@pytest.mark.parametrize("value", ["2012-13", "soon", "2012-10-05-01", "", 2012, 2012.5, ["2012"]])
def test_the_field_refuses_a_bad_date_as_a_validation_error(value: object) -> None:
    with pytest.raises(ValidationError):
        Event._meta.get_field("start").clean(value, Event())


def test_the_field_takes_text_a_date_or_nothing() -> None:
    field = Event._meta.get_field("start")

    assert field.clean("2012-10", Event()) == PartialDate(2012, 10)
    assert field.clean(PartialDate(2012, 10), Event()) == PartialDate(2012, 10)
    assert field.clean(None, Event()) is None


def test_a_list_sorts_by_earliest_day_with_unknown_dates_last_both_ways(empty_record: None) -> None:
    texts = ["2013-01-01", None, "2012-12-31", "2012", "2012-01-02", "2012-12", "2013"]
    for number, text in enumerate(texts):
        make_source(slug=f"s-{number}", date=PartialDate.parse(text) if text else None)

    oldest = [str(source.date) for source in in_citation_order(Source.objects.all())]
    newest = [str(source.date) for source in Source.objects.newest_first()]

    known = ["2012", "2012-01-02", "2012-12", "2012-12-31", "2013", "2013-01-01"]
    assert oldest == [*known, "None"]
    assert newest == [*reversed(known), "None"]


def test_a_date_that_is_not_known_is_called_not_recorded() -> None:
    assert as_date(None) == "not recorded"
    assert as_date(PartialDate(2012)) == "2012"


@pytest.mark.parametrize(
    ("start", "end", "reported_on", "shown"),
    [
        ("2012-10-05", None, None, "5 October 2012"),
        ("2012-10-05", "2012-10-05", None, "5 October 2012"),
        ("2012-10-05", "2012-11", None, "5 October 2012 – November 2012"),
        ("2012-10", "2012-11", None, "October 2012 – November 2012"),
        ("2012-10-05", "2012-10-28", None, "5–28 October 2012"),
        ("2012-09-29", "2012-10-03", None, "29 September – 3 October 2012"),
        ("2012-12-29", "2013-01-03", None, "29 December 2012 – 3 January 2013"),
        ("2012-10-05", "2013-10-05", None, "5 October 2012 – 5 October 2013"),
        ("2012-10-05", None, "2012-10-06", "5 October 2012"),
        (None, None, "2012-10", "reported October 2012"),
        (None, None, None, "date not recorded"),
    ],
)
def test_the_days_of_an_event_are_shown_as_far_as_known(
    start: str | None, end: str | None, reported_on: str | None, shown: str
) -> None:
    event = Event(
        start=PartialDate.parse(start) if start else None,
        end=PartialDate.parse(end) if end else None,
        reported_on=PartialDate.parse(reported_on) if reported_on else None,
    )

    assert day_span(event) == shown
