"""The named constraints hold in the database itself, and the loader's evaluator agrees with it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q
from factories import (
    make_centre,
    make_city,
    make_country,
    make_decision,
    make_designation,
    make_dispute,
    make_event,
    make_series,
    make_sister_title,
    make_source,
)
from hypothesis import HealthCheck, example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from capitals.models import (
    SUBJECTS,
    City,
    CityName,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Dispute,
    DisputeVersion,
    Event,
    EventDesignation,
    EventSeries,
    EventSpeaker,
    SisterTitleHolding,
)
from capitals.models.whole import RECORD
from capitals.record.constraints import holds
from capitals.words.dates import PartialDate

pytestmark = pytest.mark.django_db

RECORD_MODELS: list[type[models.Model]] = list(RECORD)


def constraints_of(kind: type[models.BaseConstraint]) -> list[tuple[type[models.Model], Any]]:
    return [
        (model, constraint)
        for model in RECORD_MODELS
        for constraint in model._meta.constraints
        if isinstance(constraint, kind)
    ]


def name_with(**fields: Any) -> CityName:
    defaults = {"name": "Berdzor", "language": "hy", "kind": "local"}
    return CityName.objects.create(**{"city": make_city(), **defaults, **fields})


BREAKS_CHECK: dict[str, Callable[[], Any]] = {
    "country_relation_is_dated": lambda: make_country(
        standing="related", relation="It left.", relation_as_of=None
    ),
    "country_relation_is_told": lambda: make_country(standing="related"),
    "country_local_name_has_language": lambda: make_country(name_local="Հայաստան", local_language=""),
    "city_coordinates_both_or_none": lambda: make_city(latitude=Decimal(40), longitude=None),
    "city_coordinates_on_earth": lambda: make_city(latitude=Decimal("90.0001"), longitude=Decimal(0)),
    "city_name_years_in_order": lambda: name_with(from_year=1990, to_year=1989),
    "city_name_used_by_has_note": lambda: name_with(kind="used_by", note=""),
    "designation_year_in_range": lambda: make_designation(year=2101),
    "decision_document_has_language": lambda: make_decision(document="Решение", document_language=""),
    "series_original_name_has_language": lambda: make_series(name_original="Форум", original_language=""),
    "event_end_needs_start": lambda: make_event(start=None, end="2017-05-01"),
    "event_edition_needs_series": lambda: make_event(edition=2, series=None),
    "event_original_title_has_language": lambda: make_event(title_original="Год", original_language=""),
    "centre_status_is_dated": lambda: make_centre(status="operating", status_as_of=None),
    "centre_original_name_has_language": lambda: make_centre(name_original="Зал", original_language=""),
    "sister_title_year_in_range": lambda: make_sister_title(held_by=((make_city(), 1990),)),
    "dispute_has_one_subject": lambda: make_dispute(),
    "dispute_step_needs_designation": lambda: make_dispute(step="opening", city=make_city()),
}


def twice(model: Any, **fields: Any) -> Callable[[], Any]:
    """Make the same record of `model` two times, with what the fields' functions give."""

    def make() -> None:
        values = {name: value() if callable(value) else value for name, value in fields.items()}
        model.objects.create(**values)
        model.objects.create(**values)

    return make


def two_designations_of_a_year() -> None:
    city = make_city()
    make_designation(city=city, year=2017, slug="one")
    make_designation(city=city, year=2017, slug="two")


def two_sources_with_one_address() -> None:
    make_source(address="https://example.org/same")
    make_source(address="https://example.org/same")


def two_versions_at_one_position() -> None:
    dispute = make_dispute(city=make_city(), versions=1)
    DisputeVersion.objects.create(dispute=dispute, position=1, claim="Otherwise.")


BREAKS_UNIQUE: dict[str, Callable[[], Any]] = {
    "source_address_unique": two_sources_with_one_address,
    "city_name_unique": twice(CityName, city=make_city, name="Berdzor", language="hy", kind="local"),
    "city_name_and_first_year_unique": twice(
        CityName, city=make_city, name="Astana", language="en", kind="former", from_year=1998
    ),
    "designation_city_and_year_unique": two_designations_of_a_year,
    "event_designation_role_unique": twice(
        EventDesignation, event=make_event, designation=make_designation, role="opening"
    ),
    "event_speaker_unique": twice(EventSpeaker, event=make_event, name="A. Speaker"),
    "sister_title_city_and_year_unique": twice(
        SisterTitleHolding, title=make_sister_title, city=make_city, year=2012
    ),
    "dispute_version_position_unique": two_versions_at_one_position,
}


def constraint_in(error: IntegrityError) -> str:
    """The name of the constraint that the database says was broken; SQLite names only checks."""
    if connection.vendor == "postgresql":
        return str(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]
    return str(error).removeprefix("CHECK constraint failed: ")


def test_every_named_constraint_has_a_record_that_breaks_it() -> None:
    assert list(BREAKS_CHECK) == [one.name for _, one in constraints_of(models.CheckConstraint)]
    assert list(BREAKS_UNIQUE) == [one.name for _, one in constraints_of(models.UniqueConstraint)]


@pytest.mark.parametrize("name", BREAKS_CHECK)
def test_the_database_itself_refuses_what_breaks_a_check(empty_record: None, name: str) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        BREAKS_CHECK[name]()
    assert constraint_in(caught.value) == name


@pytest.mark.parametrize("name", BREAKS_UNIQUE)
def test_the_database_itself_refuses_what_is_not_unique(empty_record: None, name: str) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        BREAKS_UNIQUE[name]()
    if connection.vendor == "postgresql":
        assert constraint_in(caught.value) == name
    else:
        model, constraint = next(
            found for found in constraints_of(models.UniqueConstraint) if found[1].name == name
        )
        columns = [model._meta.get_field(one).column for one in constraint.fields]  # type: ignore[union-attr]
        shown = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
        assert str(caught.value) == f"UNIQUE constraint failed: {shown}"


def test_what_differs_in_one_part_is_not_a_duplicate(empty_record: None) -> None:
    city, event = make_city(), make_event()
    one, other = make_designation(city=city, year=2017), make_designation(city=city, year=2018)
    make_designation(year=2017)
    for link in ({"designation": one}, {"designation": other}, {"designation": one, "role": "closing"}):
        EventDesignation.objects.create(**{"event": event, "role": "opening", **link})
    for name in ({}, {"language": "en"}, {"name": "Berdzhor"}, {"city": make_city()}):
        name_with(**{"city": city, **name})
    EventSpeaker.objects.create(event=event, name="A. Speaker")
    EventSpeaker.objects.create(event=make_event(), name="A. Speaker")
    make_source(address="")
    make_source(address="")


# What each model's record needs beside the fields that its constraints name. Foreign keys lead
# nowhere: both databases look at them when the transaction ends, and it is rolled back before.
PLAIN: dict[type[models.Model], dict[str, Any]] = {
    Country: {"slug": "drawn", "code": "QQ", "name": "Drawn"},
    City: {"slug": "drawn", "name": "Drawn", "country_id": "nowhere"},
    CityName: {"pk": -1, "name": "Drawn", "language": "en", "city_id": "nowhere"},
    Designation: {"slug": "drawn", "summary": "Drawn.", "city_id": "nowhere"},
    Decision: {
        "slug": "drawn",
        "title": "Drawn",
        "body_id": "nowhere",
        "kind": "decided",
        "summary": "Drawn.",
    },
    EventSeries: {"slug": "drawn", "name": "Drawn", "summary": "Drawn."},
    Event: {
        "slug": "drawn",
        "title": "Drawn",
        "kind": "forum",
        "status": "held",
        "known_from": "report",
        "summary": "Drawn.",
    },
    CulturalCentre: {
        "slug": "drawn",
        "name": "Drawn",
        "kind": "state",
        "operating_country_id": "nowhere",
        "host_country_id": "nowhere",
        "summary": "Drawn.",
    },
    SisterTitleHolding: {"pk": -1, "title_id": "nothing", "city_id": "nowhere"},
    Dispute: {"slug": "drawn", "question": "Drawn?"},
}

EDGES = ("-180.0001", "-180", "-90.0001", "-90", "90", "90.0001", "180", "180.0001")
DATES = ("1991", "2012", "2012-10", "2012-10-05", "2013-01-01", "2100-12-31")


def field_names(condition: Any) -> set[str]:
    """The fields of the record that a constraint's condition speaks of."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in field_names(child)}
    path, expected = condition
    names = {path.partition("__")[0]}
    if isinstance(expected, F):
        names.add(expected.name)  # type: ignore[attr-defined]
    return names


def values_of(field: Any) -> st.SearchStrategy[Any]:
    """Values on both sides of every border, and nothing at all where the column allows it."""
    drawn: st.SearchStrategy[Any]
    if isinstance(field, models.ForeignKey):
        return st.sampled_from([None, None, None, "somewhere"])
    if field.get_internal_type() == "PartialDateField":
        drawn = st.sampled_from(DATES).map(PartialDate.parse)
    elif isinstance(field, models.DecimalField):
        drawn = st.decimals(-200, 200, places=4) | st.sampled_from([Decimal(edge) for edge in EDGES])
    elif isinstance(field, models.IntegerField):
        drawn = st.integers(0, 32767) | st.sampled_from([1990, 1991, 2100, 2101])
    elif field.choices:
        drawn = st.sampled_from([value for value, _ in field.choices] + [""])
    else:
        drawn = st.sampled_from(["", "x", "Շուշի"[: field.max_length]])
    return drawn | st.none() if field.null else drawn


def drawn_records(model: type[models.Model]) -> st.SearchStrategy[dict[str, Any]]:
    named = {
        name
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        for name in field_names(constraint.condition)
    }
    fields: list[Any] = [model._meta.get_field(name) for name in sorted(named)]
    return st.fixed_dictionaries({field.attname: values_of(field) for field in fields})


def broken_in_the_database(record: models.Model) -> str | None:
    """The check that the database says `record` breaks, None if it takes it; nothing stays."""
    try:
        with transaction.atomic():
            type(record)._base_manager.bulk_create([record])
            transaction.set_rollback(True)
    except IntegrityError as error:
        return constraint_in(error)
    return None


def broken_in_memory(record: models.Model) -> set[str]:
    return {
        constraint.name
        for constraint in record._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and holds(constraint.condition, record) is False
    }


def test_every_model_with_a_check_is_drawn() -> None:
    assert list(PLAIN) == list(dict.fromkeys(model for model, _ in constraints_of(models.CheckConstraint)))


@pytest.mark.parametrize("model", PLAIN, ids=lambda model: model._meta.model_name)
def test_the_evaluator_in_memory_agrees_with_the_database(model: type[models.Model], db: None) -> None:
    @effort(max_examples=150, suppress_health_check=[HealthCheck.too_slow], database=None)
    @given(drawn_records(model))
    def agree(drawn: dict[str, Any]) -> None:
        expected = broken_in_memory(model(**PLAIN[model], **drawn))
        found = broken_in_the_database(model(**PLAIN[model], **drawn))
        # The database names one of the broken checks, memory all of them.
        assert (found in expected) if expected else (found is None), (found, expected)

    agree()


@pytest.mark.parametrize("count", [0, 1, 2, 3, len(SUBJECTS)])
def test_a_dispute_has_one_subject_and_not_an_odd_number_of_them(db: None, count: int) -> None:
    subjects = {f"{name}_id": "somewhere" for name in SUBJECTS[:count]}
    expected = set() if count == 1 else {"dispute_has_one_subject"}
    assert broken_in_memory(Dispute(**PLAIN[Dispute], **subjects)) == expected
    found = broken_in_the_database(Dispute(**PLAIN[Dispute], **subjects))
    assert found == (None if count == 1 else "dispute_has_one_subject")


NUMBERS = (None, 1, 2, 3, 4)
YEARS = st.sampled_from(
    [(one, two) for one in NUMBERS for two in NUMBERS if one is None or two is None or one <= two]
)
CONDITIONS: st.SearchStrategy[Q] = st.recursive(
    st.sampled_from(
        [
            Q(from_year=2),
            Q(from_year__isnull=True),
            Q(to_year__isnull=False),
            Q(from_year__in=[1, 3]),
            Q(from_year__gt=2),
            Q(from_year__gte=2),
            Q(to_year__lt=3),
            Q(to_year__lte=3),
            Q(to_year__gte=F("from_year")),
            Q(to_year=F("from_year")),
        ]
    ),
    lambda inner: (
        st.builds(lambda one, other: one & other, inner, inner)
        | st.builds(lambda one, other: one | other, inner, inner)
    ),
    max_leaves=5,
)


@effort(max_examples=200, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(CONDITIONS, YEARS)
@example(Q(from_year=2) | Q(to_year__gte=F("from_year")), (None, 3))
def test_the_evaluator_reads_any_condition_as_sql_does(
    condition: Q, years: tuple[int | None, int | None]
) -> None:
    record = CityName(**PLAIN[CityName], kind="local", from_year=years[0], to_year=years[1])
    in_memory = holds(condition, record)
    with transaction.atomic():
        CityName.objects.bulk_create([record])
        in_database = CityName.objects.filter(pk=-1).filter(condition).exists()
        transaction.set_rollback(True)
    assert (in_memory is True) == in_database


def test_the_evaluator_refuses_xor_which_sql_and_python_read_differently() -> None:
    with pytest.raises(TypeError, match="XOR is not understood"):
        holds(Q(kind="official") ^ Q(kind="common"), CityName(kind="official"))
