"""What a reader asks of a title first, and its place among its country's."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from factories import make_city, make_country, make_decision, make_designation, make_event

from capitals.derived.history import title_history
from capitals.derived.standing import turn_of
from capitals.models import Designation, Event

BEFORE, WITHIN, AFTER = (datetime.date(year, 6, 1) for year in (2016, 2017, 2018))


def told(designation: Designation, today: datetime.date) -> dict[str, str]:
    """Each question with what answers it: the step's key, or why there is none."""
    title = title_history(Designation.objects.with_history().get(pk=designation.pk), today)
    return {
        str(answer.label): f"{answer.state} {answer.step.record.pk}" if answer.step else answer.state
        for answer in title.answers
    }


@pytest.mark.parametrize(
    ("today", "opened", "closed"),
    [
        (BEFORE, "to come", "to come"),
        (WITHIN, "not recorded", "to come"),
        (AFTER, "not recorded", "not recorded"),
    ],
    ids=["before the year", "in the year", "after the year"],
)
def test_what_the_year_has_not_brought_yet_is_to_come_and_later_not_recorded(
    today: datetime.date, opened: str, closed: str, empty_record: None
) -> None:
    answers = told(make_designation(year=2017), today)

    assert answers == {
        "Decided": "not recorded",
        "Opened": opened,
        "Handed over": closed,
        "Closed": closed,
    }


def test_what_was_held_answers_before_what_was_planned(empty_record: None) -> None:
    title = make_designation(year=2017)
    make_decision(slug="first", date="2016-01-01", names=(title,))
    make_decision(slug="again", date="2016-02-01", names=(title,))
    make_event(slug="plan", start="2017-01-01", status=Event.Status.PLANNED, titles=((title, "opening"),))
    make_event(slug="opening", start="2017-03-21", titles=((title, "opening"),))
    make_event(slug="second", start="2017-04-21", titles=((title, "opening"),))
    make_event(slug="farewell", start="2017-12-01", titles=((title, "outgoing"), (title, "closing")))

    assert told(title, AFTER) == {
        "Decided": "recorded again",
        "Opened": "recorded opening",
        "Handed over": "recorded farewell",
        "Closed": "recorded farewell",
    }


@pytest.mark.parametrize(
    ("status", "today", "state"),
    [
        (Event.Status.PLANNED, BEFORE, "to come"),
        (Event.Status.PLANNED, AFTER, "planned"),
        (Event.Status.ANNOUNCED, AFTER, "planned"),
        (Event.Status.CANCELLED, AFTER, "cancelled"),
    ],
)
def test_a_plan_is_marked_as_one(
    status: Event.Status, today: datetime.date, state: str, empty_record: None
) -> None:
    title = make_designation(year=2017)
    make_event(slug="plan", start="2017-03-21", status=status, titles=((title, "opening"),))

    assert told(title, today)["Opened"] == f"{state} plan"


def test_of_a_title_that_went_to_another_city_only_the_decision_is_asked(empty_record: None) -> None:
    kept = make_designation(year=2017)
    replaced = make_designation(year=2017, replaced_by=kept)
    make_decision(slug="named", names=(replaced,))

    assert told(replaced, AFTER) == {"Decided": "recorded named"}


def test_titles_are_counted_in_their_country_and_replaced_ones_are_not(empty_record: None) -> None:
    country = make_country()

    def of(year: int, **fields: Any) -> Designation:
        return make_designation(city=make_city(country=country), year=year, **fields)

    first, third = of(2011), of(2017)
    second = of(2013)
    lost = of(2012, replaced_by=make_designation(year=2012))
    twins = [of(2019), of(2019)]
    held = list(Designation.objects.in_country(country.code).oldest_first())

    place = turn_of(third, held)
    assert place is not None
    assert (place.number, place.before) == (3, [first, second])
    assert turn_of(lost, held) is None
    assert [turn_of(twin, held) for twin in twins] == [None, None]
