"""The designation history, derived: the order of its steps, disputes, what is not recorded."""

from __future__ import annotations

import datetime

import pytest
from factories import make_decision, make_designation, make_dispute, make_event

from capitals.derived.history import Title, title_history
from capitals.derived.steps import RANKS
from capitals.models import Decision, Designation, Dispute, Event, EventDesignation

TODAY = datetime.date(2018, 6, 1)


def history(designation: Designation, today: datetime.date = TODAY) -> Title:
    """The history as pages get it."""
    return title_history(Designation.objects.with_history().get(pk=designation.pk), today)


def steps(designation: Designation) -> list[str]:
    """The keys of the decisions and events in the history, in order."""
    return [str(step.record.pk) for step in history(designation).steps]


def test_steps_stand_in_date_order_whatever_their_kind(empty_record: None) -> None:
    title = make_designation(year=2017)
    make_event(slug="closing", start="2017-12-10", titles=((title, "closing"),))
    make_event(slug="opening", start="2017-03-21", titles=((title, "opening"),))
    make_decision(slug="decided", kind="decided", date="2016-09-16", names=(title,))
    make_decision(slug="recommended", kind="recommended", date="2016-04-08", names=(title,))
    make_event(slug="received", start="2016-12-01", titles=((title, "incoming"),))

    assert steps(title) == ["recommended", "decided", "received", "opening", "closing"]


def test_a_date_beats_a_rank(empty_record: None) -> None:
    title = make_designation(year=2017)
    make_decision(slug="a-decided", kind="decided", date="2016-01-01", names=(title,))
    make_decision(slug="b-proposed", kind="proposed", date="2016-01-02", names=(title,))

    assert steps(title) == ["a-decided", "b-proposed"]


@pytest.mark.parametrize(
    ("vague", "exact_before", "exact_after"),
    [("2016-10", "2016-10-30", "2016-11-01"), ("2016", "2016-12-30", "2017-01-01")],
    ids=["month", "year"],
)
def test_a_vague_date_stands_at_the_end_of_its_period(
    vague: str, exact_before: str, exact_after: str, empty_record: None
) -> None:
    title = make_designation(year=2017)
    make_decision(slug="a-vague", kind="proposed", date=vague, names=(title,))
    make_decision(slug="b-before", kind="decided", date=exact_before, names=(title,))
    make_decision(slug="c-after", kind="amended", date=exact_after, names=(title,))

    assert steps(title) == ["b-before", "a-vague", "c-after"]


def test_a_vague_step_of_the_first_rank_precedes_one_on_the_last_day_of_its_period(
    empty_record: None,
) -> None:
    title = make_designation(year=2017)
    make_decision(slug="a-decided", kind="decided", date="2016-10-31", names=(title,))
    make_decision(slug="b-proposed", kind="proposed", date="2016-10", names=(title,))

    assert steps(title) == ["b-proposed", "a-decided"]


def test_steps_that_share_a_date_stand_by_rank(empty_record: None) -> None:
    title = make_designation(year=2017)
    # Keys that sort the other way round, so that the key cannot decide.
    expected = []
    for number, kind in enumerate(RANKS):
        slug = f"{chr(ord('z') - number)}-{kind}"
        expected.append(slug)
        if kind in Decision.Kind.values:
            make_decision(slug=slug, kind=kind, date="2016-10-08", names=(title,))
        else:
            make_event(slug=slug, start="2016-10-08", titles=((title, kind),))

    assert steps(title) == expected


def test_the_ranks_follow_the_life_of_a_title_and_name_every_step() -> None:
    order = ["proposed", "recommended", "drafted", "decided", "opening", "closing"]
    other = {EventDesignation.Role.PROGRAMME, EventDesignation.Role.MENTIONED}

    assert [kind for kind in RANKS if kind in order] == order
    assert RANKS.index("incoming") < RANKS.index("outgoing")
    assert set(RANKS) == {*Decision.Kind.values, *EventDesignation.Role.values} - other


def test_steps_alike_in_date_and_rank_stand_by_key(empty_record: None) -> None:
    title = make_designation(year=2017)
    for slug in ("b", "a-c", "a", "ab"):
        make_decision(slug=slug, kind="decided", date="2016-10-08", names=(title,))

    assert steps(title) == sorted(["b", "a-c", "a", "ab"])


def test_an_undated_step_stands_before_the_first_dated_step_that_follows_it(empty_record: None) -> None:
    title = make_designation(year=2017)
    make_decision(slug="proposed", kind="proposed", date="2015-01-01", names=(title,))
    make_decision(slug="recommended", kind="recommended", date="2015-06-01", names=(title,))
    make_decision(slug="z-decided", kind="decided", date=None, names=(title,))
    make_event(slug="opening", start="2017-03-21", titles=((title, "opening"),))
    make_event(slug="closing", start="2017-12-10", titles=((title, "closing"),))

    assert steps(title) == ["proposed", "recommended", "z-decided", "opening", "closing"]


def test_an_undated_step_that_nothing_follows_stands_last(empty_record: None) -> None:
    title = make_designation(year=2017)
    make_event(slug="a-closing", start=None, titles=((title, "closing"),))
    make_event(slug="b-opening", start="2017-03-21", titles=((title, "opening"),))

    assert steps(title) == ["b-opening", "a-closing"]


def test_undated_steps_alone_stand_by_rank(empty_record: None) -> None:
    title = make_designation(year=2017)
    make_event(slug="a-closing", start=None, titles=((title, "closing"),))
    make_decision(slug="b-decided", kind="decided", date=None, names=(title,))
    make_decision(slug="c-proposed", kind="proposed", date=None, names=(title,))

    assert steps(title) == ["c-proposed", "b-decided", "a-closing"]


def test_an_event_without_a_day_of_its_own_stands_where_it_was_reported(empty_record: None) -> None:
    title = make_designation(year=2017)
    make_event(slug="a-closing", start="2017-12-10", titles=((title, "closing"),))
    make_event(slug="b-opening", start=None, reported_on="2017-03-22", titles=((title, "opening"),))

    assert steps(title) == ["b-opening", "a-closing"]


@pytest.mark.parametrize("role", ["programme", "mentioned"])
def test_an_event_of_the_programme_or_a_mention_is_no_step(role: str, empty_record: None) -> None:
    title = make_designation()
    make_event(titles=((title, role),))

    assert steps(title) == []


def test_an_event_with_two_roles_is_one_step(empty_record: None) -> None:
    title = make_designation(year=2017)
    make_event(slug="both", titles=((title, "closing"), (title, "outgoing"), (title, "programme")))

    (step,) = history(title).steps

    assert step.kinds == ["outgoing", "closing"]
    assert step.event is not None
    assert step.event.pk == "both"


def test_a_handover_is_a_step_of_both_titles(empty_record: None) -> None:
    old, new = make_designation(year=2016), make_designation(year=2017)
    make_event(titles=((old, "outgoing"), (new, "incoming")))

    assert [step.kinds for step in history(old).steps] == [["outgoing"]]
    assert [step.kinds for step in history(new).steps] == [["incoming"]]


@pytest.mark.parametrize(
    ("status", "planned"),
    [(Event.Status.HELD, False), (Event.Status.ANNOUNCED, True), (Event.Status.PLANNED, True)],
)
def test_a_step_that_no_source_reports_as_held_is_planned(
    status: str, planned: bool, empty_record: None
) -> None:
    title = make_designation(year=2017)
    make_event(status=status, titles=((title, "opening"),))
    make_decision(names=(title,), date="2018-01-01")

    assert [step.planned for step in history(title).steps] == [planned, False]


@pytest.mark.parametrize(
    ("concerned", "expected"),
    [("decision", "decided"), ("opening", "opening"), ("handover", "handover"), ("closing", "closing")],
)
def test_a_dispute_stands_beside_the_step_that_it_concerns(
    concerned: str, expected: str, empty_record: None
) -> None:
    title = make_designation(year=2017)
    make_decision(slug="recommended", kind="recommended", date="2016-01-01", names=(title,))
    make_decision(slug="decided", kind="decided", date="2016-02-01", names=(title,))
    make_event(slug="opening", start="2017-03-01", titles=((title, "opening"),))
    make_event(slug="handover", start="2017-11-01", titles=((title, "outgoing"),))
    make_event(slug="closing", start="2017-12-01", titles=((title, "closing"),))
    dispute = make_dispute(designation=title, step=concerned)

    found = history(title)

    beside = {step.record.pk: step.disputes for step in found.steps}
    assert beside.pop(expected) == [dispute]
    assert not any(beside.values())
    assert found.disputes == []


@pytest.mark.parametrize("kind", ["drafted", "supported", "recommended"])
def test_a_dispute_on_the_decision_stands_at_an_earlier_step_where_no_decision_is_known(
    kind: str, empty_record: None
) -> None:
    title = make_designation(year=2017)
    make_decision(kind=kind, names=(title,))
    dispute = make_dispute(designation=title, step="decision")

    assert [step.disputes for step in history(title).steps] == [[dispute]]


@pytest.mark.parametrize("step", ["", Dispute.Step.CLOSING], ids=["no step", "a step not recorded"])
def test_a_dispute_without_a_recorded_step_stands_with_the_title(step: str, empty_record: None) -> None:
    title = make_designation(year=2017)
    make_decision(names=(title,))
    dispute = make_dispute(designation=title, step=step)

    found = history(title)

    assert found.disputes == [dispute]
    assert [step.disputes for step in found.steps] == [[]]


def test_disputes_and_their_versions_keep_their_order(empty_record: None) -> None:
    title = make_designation(year=2017)
    for slug in ("b", "a"):
        make_dispute(slug=slug, designation=title, versions=3)

    found = history(title).disputes

    assert [dispute.pk for dispute in found] == ["a", "b"]
    assert [version.position for version in found[0].versions.all()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("year", "missing"),
    [
        (TODAY.year - 1, ["decision", "opening", "handover", "closing"]),
        (TODAY.year, ["decision", "opening"]),
    ],
    ids=["past", "current"],
)
def test_what_should_have_been_and_is_not_known_is_named(
    year: int, missing: list[str], empty_record: None
) -> None:
    assert history(make_designation(year=year)).not_recorded == missing


@pytest.mark.parametrize("year", [TODAY.year + 1, TODAY.year + 2])
def test_of_a_year_to_come_no_ceremony_is_missing(year: int, empty_record: None) -> None:
    title = make_designation(year=year)
    make_decision(names=(title,))

    assert history(title).not_recorded == []


def test_of_a_title_that_was_not_held_only_the_decision_is_missing(empty_record: None) -> None:
    replaced = make_designation(year=2017, replaced_by=make_designation(year=2017))

    assert history(replaced).not_recorded == ["decision"]


def test_a_year_becomes_past_with_the_new_year_in_utc(empty_record: None) -> None:
    title = make_designation(year=2017)

    assert "closing" not in history(title, datetime.date(2017, 12, 31)).not_recorded
    assert "closing" in history(title, datetime.date(2018, 1, 1)).not_recorded


@pytest.mark.parametrize("status", [Event.Status.ANNOUNCED, Event.Status.PLANNED])
@pytest.mark.parametrize(
    ("role", "step"), [("opening", "opening"), ("outgoing", "handover"), ("closing", "closing")]
)
def test_what_is_recorded_is_not_missing_but_a_plan_is_no_record(
    role: str, step: str, status: str, empty_record: None
) -> None:
    held, planned = make_designation(year=2016), make_designation(year=2015)
    make_event(titles=((held, role),))
    make_event(titles=((planned, role),), status=status)

    assert step not in history(held).not_recorded
    assert step in history(planned).not_recorded


def test_a_step_that_is_known_to_have_been_cancelled_is_not_missing(empty_record: None) -> None:
    title = make_designation(year=2016)
    make_event(titles=((title, "opening"),), status=Event.Status.CANCELLED)

    found = history(title)

    assert "opening" not in found.not_recorded
    assert [step.planned for step in found.steps] == [True]


def test_a_recommendation_is_no_decision(empty_record: None) -> None:
    title = make_designation(year=2017)
    make_decision(kind="recommended", names=(title,))

    assert "decision" in history(title).not_recorded


def test_the_real_histories_stand_in_the_order_of_their_latest_days(db: None) -> None:
    for designation in Designation.objects.with_history():
        found = title_history(designation, TODAY).steps
        days = [step.date.latest for step in found if step.date]
        assert days == sorted(days), designation.pk
        keys = [step.record.pk for step in found]
        assert len(keys) == len(set(keys)), designation.pk
