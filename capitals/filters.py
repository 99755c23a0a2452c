"""The filters of each list: plain GET forms that refuse what they do not understand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from capitals.models import (
    FIRST_YEAR,
    LAST_YEAR,
    Body,
    City,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Event,
    Source,
)
from capitals.querysets import (
    CulturalCentreQuerySet,
    DecisionQuerySet,
    DesignationQuerySet,
    EventQuerySet,
    SourceQuerySet,
)

Choices = list[tuple[str, str]]
ANY = _("any")


def country_choices() -> Choices:
    return [(code, name) for code, name in Country.objects.by_name().values_list("code", "name")]


def city_choices() -> Choices:
    return list(City.objects.by_name().values_list("slug", "name"))


def body_choices() -> Choices:
    return list(Body.objects.that_decided().by_name().values_list("slug", "name"))


def outlet_choices() -> Choices:
    outlets = Source.objects.order_by().values_list("outlet", flat=True).distinct()
    return [(outlet, outlet) for outlet in sorted(outlets, key=str.casefold)]


def language_choices() -> Choices:
    languages = Source.objects.order_by().values_list("language", flat=True).distinct()
    return [(language, language) for language in sorted(languages)]


class YearFilter(django_filters.Filter):
    """A calendar year between 1991 and 2100."""

    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(
            min_value=FIRST_YEAR,
            max_value=LAST_YEAR,
            error_messages={"invalid": _("This is no year. Write four digits, such as 2013.")},
            # Not a number field: browsers drop what is no number, and the reader's slip with it.
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
            **options,
        )


def choice_filter(
    label: Any, choices: Any, *, field_name: str = "", method: str | None = None, empty: Any = ANY
) -> django_filters.ChoiceFilter:
    """A closed choice; a value outside it is an error, shown at the field."""
    return django_filters.ChoiceFilter(
        label=label,
        choices=choices,
        field_name=field_name or None,
        method=method,
        empty_label=empty,
        error_messages={"invalid_choice": _("“%(value)s” is not one of the choices.")},
    )


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the parameters that remain without it, for {% querystring %}."""

    label: str
    value: str
    remaining: QueryDict


def readable(query: QueryDict) -> QueryDict:
    """`query` with each NUL byte made visible: HTML cannot hold one, PostgreSQL neither."""
    if not any("\0" in value for values in query.lists() for value in values[1]):
        return query
    made = query.copy()
    for name, values in query.lists():
        made.setlist(name, [value.replace("\0", "\N{REPLACEMENT CHARACTER}") for value in values])
    return made


class RecordFilterSet(django_filters.FilterSet):
    """What the lists' filters share."""

    def __init__(self, data: QueryDict, queryset: QuerySet) -> None:
        super().__init__(readable(data), queryset)

    def in_force(self) -> dict[str, Any]:
        """The filters that a reader has set, by parameter; none while the form is in error."""
        values = self.form.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in values.items() if value not in (None, "")}

    def chips(self) -> list[Chip]:
        """The filters in force, each with the way to do without it."""
        found = []
        for name, value in self.in_force().items():
            bound = self.form[name]
            choices = dict(getattr(bound.field, "choices", ()))
            shown = str(choices.get(value, value))
            remaining = self.data.copy()
            for parameter in (name, "page"):
                remaining.pop(parameter, None)
            found.append(Chip(str(bound.label), shown, remaining))
        return found

    def rows(self) -> QuerySet:
        """The records that the filters leave; none while the form is in error."""
        return self.qs if self.is_valid() else self.queryset.none()


DESIGNATION_ORDERS = {
    "newest": (_("newest first"), "newest_first"),
    "oldest": (_("oldest first"), "oldest_first"),
    "city": (_("city"), "by_city"),
    "country": (_("country"), "by_country"),
}


class DesignationFilterSet(RecordFilterSet):
    """Capitals by country and year."""

    country = choice_filter(_("Country"), country_choices, method="in_country")
    year = YearFilter(label=_("Year"), field_name="year")
    year_min = YearFilter(label=_("Year from"), field_name="year", lookup_expr="gte")
    year_max = YearFilter(label=_("Year to"), field_name="year", lookup_expr="lte")
    sort = choice_filter(
        _("Sort"),
        [(name, label) for name, (label, _order) in DESIGNATION_ORDERS.items() if name != "newest"],
        method="in_order",
        empty=DESIGNATION_ORDERS["newest"][0],
    )

    class Meta:
        model = Designation
        fields: tuple[str, ...] = ()

    def in_country(self, rows: DesignationQuerySet, name: str, value: str) -> DesignationQuerySet:
        return rows.in_country(value)

    def in_order(self, rows: DesignationQuerySet, name: str, value: str) -> DesignationQuerySet:
        return getattr(rows, DESIGNATION_ORDERS[value][1])()


class EventFilterSet(RecordFilterSet):
    """Events by country, year, kind, city and scope."""

    SCOPES = (
        ("programme", _("part of a title")),
        ("series", _("edition of a series")),
        ("other", _("neither")),
    )

    country = choice_filter(_("Country"), country_choices, method="in_country")
    year = YearFilter(label=_("Year"), method="held_in")
    year_min = YearFilter(label=_("Year from"), method="held_from")
    year_max = YearFilter(label=_("Year to"), method="held_until")
    kind = choice_filter(_("Kind"), Event.Kind.choices, field_name="kind")
    city = choice_filter(_("City"), city_choices, method="in_city")
    scope = choice_filter(_("Scope"), SCOPES, method="in_scope")

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def in_country(self, rows: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return rows.in_country(value)

    def held_in(self, rows: EventQuerySet, name: str, value: int) -> EventQuerySet:
        return rows.held_in(value)

    def held_from(self, rows: EventQuerySet, name: str, value: int) -> EventQuerySet:
        return rows.held_between(value, None)

    def held_until(self, rows: EventQuerySet, name: str, value: int) -> EventQuerySet:
        return rows.held_between(None, value)

    def in_city(self, rows: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return rows.in_city(value)

    def in_scope(self, rows: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return rows.in_scope(value)


class CulturalCentreFilterSet(RecordFilterSet):
    """Centres by host, operating country and year."""

    country = choice_filter(_("Host country"), country_choices, field_name="host_country__code")
    operator = choice_filter(_("Operating country"), country_choices, field_name="operating_country__code")
    year = YearFilter(label=_("Established in"), method="established_in")

    class Meta:
        model = CulturalCentre
        fields: tuple[str, ...] = ()

    def established_in(self, rows: CulturalCentreQuerySet, name: str, value: int) -> CulturalCentreQuerySet:
        return rows.established_in(value)


class DecisionFilterSet(RecordFilterSet):
    """Decisions by body and year."""

    body = choice_filter(_("Body"), body_choices, field_name="body")
    year = YearFilter(label=_("Year"), method="taken_in")

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def taken_in(self, rows: DecisionQuerySet, name: str, value: int) -> DecisionQuerySet:
        return rows.taken_in(value)


class SourceFilterSet(RecordFilterSet):
    """Sources by outlet, language and year."""

    outlet = choice_filter(_("Outlet"), outlet_choices, field_name="outlet")
    language = choice_filter(_("Language"), language_choices, field_name="language")
    year = YearFilter(label=_("Year"), method="published_in")

    class Meta:
        model = Source
        fields: tuple[str, ...] = ()

    def published_in(self, rows: SourceQuerySet, name: str, value: int) -> SourceQuerySet:
        return rows.published_in(value)


class SearchForm(forms.Form):
    """What a reader looks for."""

    q = forms.CharField(
        label=_("Search the record"),
        min_length=2,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
