"""The filters of each list: plain GET forms that refuse what they do not understand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from capitals.folding import fold, russian_order
from capitals.languages import ENGLISH, RUSSIAN, language_name, page_language
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
    SearchEntry,
    Source,
)
from capitals.querysets import (
    CulturalCentreQuerySet,
    DecisionQuerySet,
    EventQuerySet,
    SourceQuerySet,
)
from capitals.search import SearchQuery

Choices = list[tuple[str, str]]
ANY = _("any")
NOT_A_CHOICE = {"invalid_choice": _("“%(value)s” is not one of the choices.")}

ORDERS = {
    "newest": (_("newest first"), "newest_first"),
    "oldest": (_("oldest first"), "oldest_first"),
    "city": (_("city"), "by_city"),
    "country": (_("country"), "by_country"),
}
"""What a list can be sorted by: the parameter's value, its label and the queryset's method."""


def country_choices() -> Choices:
    return [(country.code, str(country)) for country in Country.objects.by_name()]


def city_choices() -> Choices:
    return [(city.slug, str(city)) for city in City.objects.by_name()]


def body_choices() -> Choices:
    return [(body.slug, str(body)) for body in Body.objects.that_decided().by_name()]


def outlet_choices() -> Choices:
    """The outlets by their names in the page's language; the value is the English one on every page."""
    names = Source.objects.order_by().values_list("outlet", "outlet_ru").distinct()
    if page_language() == ENGLISH:
        return in_order((outlet, outlet) for outlet, _russian in names)
    return in_order((outlet, russian or outlet) for outlet, russian in names)


def language_choices() -> Choices:
    codes = Source.objects.order_by().values_list("language", flat=True).distinct()
    return in_order((code, capfirst(language_name(code))) for code in codes)


def in_order(choices: Iterable[tuple[str, str]]) -> Choices:
    """The choices, each once, by their labels as the page's language sorts them."""
    key = russian_order if page_language() == RUSSIAN else fold
    return sorted(set(choices), key=lambda choice: (key(choice[1]), choice[0]))


SPAN, FIRST, LAST = "%(first)s–%(last)s", _("from %(first)s"), _("to %(last)s")


class YearFilter(django_filters.Filter):
    """A calendar year between 1991 and 2100, with the `bounds` that are shown at the field."""

    field_class = forms.IntegerField

    def __init__(self, bounds: Any = SPAN, **options: Any) -> None:
        self.bounds = bounds
        super().__init__(
            min_value=FIRST_YEAR,
            max_value=LAST_YEAR,
            error_messages={"invalid": _("This is no year. Write four digits, such as 2013.")},
            # Not a number field: browsers drop what is no number, and the reader's slip with it.
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
            **options,
        )

    def told(self, span: tuple[int, int] | None) -> str:
        """The bounds in words, for the years that there are."""
        if span is None:
            return str(_("no year"))
        first, last = span
        if self.bounds == SPAN and first == last:
            return str(first)
        return self.bounds % {"first": first, "last": last}


class ClosedChoiceFilter(django_filters.ChoiceFilter):
    """A closed choice; a value outside it is an error, shown at the field.

    `numbers` names the queryset's method that tells how many records each value would
    leave; without it they are counted by `field_name`.
    """

    def __init__(self, label: Any, choices: Any, numbers: str = "", **options: Any) -> None:
        super().__init__(
            label=label, choices=choices, empty_label=ANY, error_messages=NOT_A_CHOICE, **options
        )
        self.numbers = numbers

    def numbers_in(self, rows: QuerySet) -> dict[str, int]:
        """How many of `rows` each value would leave; values that would leave none may be missing."""
        if self.numbers:
            return getattr(rows, self.numbers)()
        return dict(rows.order_by().values_list(self.field_name).annotate(Count("pk", distinct=True)))


class SortFilter(django_filters.ChoiceFilter):
    """The order of a list, one of `ORDERS`; the first named is its own, without a parameter."""

    def __init__(self, *names: str) -> None:
        super().__init__(
            label=_("Sort"),
            choices=[(name, ORDERS[name][0]) for name in names[1:]],
            empty_label=ORDERS[names[0]][0],
            error_messages=NOT_A_CHOICE,
        )

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        return getattr(rows, ORDERS[value][1])() if value else rows


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


def counted(choices: Iterable[tuple[str, Any]], numbers: dict[str, int]) -> list[tuple[Any, Any]]:
    """Choices with the number of records that each would leave, those that would leave none in a group."""
    options = [(value, f"{label} ({numbers.get(value, 0)})") for value, label in choices]
    empty = [option for option in options if not numbers.get(option[0])]
    found: list[tuple[Any, Any]] = [option for option in options if numbers.get(option[0])]
    return [*found, (_("Nothing would be found"), empty)] if empty else found


class RecordFilterSet(django_filters.FilterSet):
    """What the lists' filters share."""

    def __init__(self, data: QueryDict, queryset: QuerySet) -> None:
        super().__init__(readable(data), queryset)
        # Asked once for each page: validation, chips and options would each ask the database.
        asked: dict[Any, Choices] = {}
        for one in self.filters.values():
            choices = one.extra.get("choices")
            if callable(choices):
                if choices not in asked:
                    asked[choices] = choices()
                one.extra["choices"] = asked[choices]

    def in_force(self) -> dict[str, Any]:
        """The filters that a reader has set, by parameter; none while the form is in error."""
        values = self.form.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in values.items() if value not in (None, "")}

    def parameters(self) -> QueryDict:
        """The filters in force as the one address of this list has them: sorted, nothing else."""
        made = QueryDict(mutable=True)
        for name, value in sorted(self.in_force().items()):
            made[name] = str(value)
        return made

    def chips(self) -> list[Chip]:
        """The filters in force, each with the way to do without it."""
        found = []
        for name, value in self.in_force().items():
            one = self.filters[name]
            shown = str(dict(one.extra.get("choices", ())).get(value, value))
            remaining = self.parameters()
            del remaining[name]
            found.append(Chip(str(one.label), shown, remaining))
        return found

    def rows(self) -> QuerySet:
        """The records that the filters leave; none while the form is in error."""
        return self.qs if self.is_valid() else self.queryset.none()

    def left_by_others(self, *names: str) -> Any:
        """The records that all filters but those of these names leave, plain and in no order."""
        rows = self._meta.model._default_manager.order_by()
        for name, value in self.in_force().items():
            if name not in names and not isinstance(self.filters[name], SortFilter):
                rows = self.filters[name].filter(rows, value)
        return rows

    def explain(self) -> None:
        """Give each choice its options with their numbers, each year field the years that there are.

        Both respect the other filters in force. Nothing is done while the form is in error.
        """
        if not self.is_valid():
            return
        years = [name for name, one in self.filters.items() if isinstance(one, YearFilter)]
        span = self.left_by_others(*years).years_spanned()
        for name, one in self.filters.items():
            if isinstance(one, ClosedChoiceFilter):
                numbers = one.numbers_in(self.left_by_others(name))
                options = counted(one.extra["choices"], numbers)
                self.form.fields[name].widget.choices = [("", ANY), *options]
            elif isinstance(one, YearFilter):
                self.form[name].help_text = one.told(span)


class DesignationFilterSet(RecordFilterSet):
    """Capitals by country and year."""

    country = ClosedChoiceFilter(_("Country"), country_choices, field_name="city__country__code")
    year = YearFilter(label=_("Year"), field_name="year")
    year_min = YearFilter(FIRST, label=_("Year from"), field_name="year", lookup_expr="gte")
    year_max = YearFilter(LAST, label=_("Year to"), field_name="year", lookup_expr="lte")
    sort = SortFilter("newest", "oldest", "city", "country")

    class Meta:
        model = Designation
        fields: tuple[str, ...] = ()


class EventFilterSet(RecordFilterSet):
    """Events by country, year, kind, city and scope."""

    SCOPES = (
        ("programme", _("part of a title")),
        ("series", _("edition of a series")),
        ("other", _("neither")),
    )

    country = ClosedChoiceFilter(_("Country"), country_choices, "numbers_by_country", method="in_country")
    year = YearFilter(label=_("Year"), method="held_in")
    year_min = YearFilter(FIRST, label=_("Year from"), method="held_from")
    year_max = YearFilter(LAST, label=_("Year to"), method="held_until")
    kind = ClosedChoiceFilter(_("Kind"), Event.Kind.choices, field_name="kind")
    city = ClosedChoiceFilter(_("City"), city_choices, "numbers_by_city", method="in_city")
    scope = ClosedChoiceFilter(_("Scope"), SCOPES, "numbers_by_scope", method="in_scope")
    sort = SortFilter("newest", "oldest", "city", "country")

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

    country = ClosedChoiceFilter(_("Host country"), country_choices, field_name="host_country__code")
    operator = ClosedChoiceFilter(
        _("Operating country"), country_choices, field_name="operating_country__code"
    )
    year = YearFilter(label=_("Established in"), method="established_in")
    sort = SortFilter("country", "city", "newest", "oldest")

    class Meta:
        model = CulturalCentre
        fields: tuple[str, ...] = ()

    def established_in(self, rows: CulturalCentreQuerySet, name: str, value: int) -> CulturalCentreQuerySet:
        return rows.established_in(value)


class DecisionFilterSet(RecordFilterSet):
    """Decisions by body and year."""

    body = ClosedChoiceFilter(_("Body"), body_choices, field_name="body")
    year = YearFilter(label=_("Year"), method="taken_in")
    sort = SortFilter("newest", "oldest")

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def taken_in(self, rows: DecisionQuerySet, name: str, value: int) -> DecisionQuerySet:
        return rows.taken_in(value)


class SourceFilterSet(RecordFilterSet):
    """Sources by outlet, language and year."""

    outlet = ClosedChoiceFilter(_("Outlet"), outlet_choices, field_name="outlet")
    language = ClosedChoiceFilter(_("Language"), language_choices, field_name="language")
    year = YearFilter(label=_("Year"), method="published_in")
    sort = SortFilter("newest", "oldest")

    class Meta:
        model = Source
        fields: tuple[str, ...] = ()

    def published_in(self, rows: SourceQuerySet, name: str, value: int) -> SourceQuerySet:
        return rows.published_in(value)


KINDS = {
    SearchEntry.Kind.CITY: _("cities"),
    SearchEntry.Kind.COUNTRY: _("countries"),
    SearchEntry.Kind.YEAR: _("years"),
    SearchEntry.Kind.DESIGNATION: _("titles"),
    SearchEntry.Kind.SERIES: _("series of events"),
    SearchEntry.Kind.EVENT: _("events"),
    SearchEntry.Kind.CENTRE: _("cultural centres"),
    SearchEntry.Kind.DECISION: _("decisions"),
    SearchEntry.Kind.BODY: _("bodies"),
    SearchEntry.Kind.STATEMENT: _("statements on the programme"),
    SearchEntry.Kind.SISTER_TITLE: _("other titles"),
    SearchEntry.Kind.DISPUTE: _("questions on which sources differ"),
    SearchEntry.Kind.SOURCE: _("sources"),
}
"""What is found, in words that stand beside a number."""


class SearchForm(forms.Form):
    """What a reader looks for, and of which kind."""

    q = forms.CharField(
        label=_("Search the record"),
        min_length=2,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={
            "required": _("Write what to look for: a city, a year, a word."),
            "min_length": _("Write at least two letters or digits."),
            "max_length": _("Write at most %(limit_value)d letters; these are %(show_value)d."),
        },
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", ANY), *KINDS.items()],
        required=False,
        error_messages=NOT_A_CHOICE,
    )

    def clean_q(self) -> str:
        """The words; refused where none is long enough to tell one record from another."""
        typed = self.cleaned_data["q"]
        if not any(len(word.text) > 1 for word in SearchQuery.read(typed).words):
            raise forms.ValidationError(_("Write at least one word of two letters or digits."))
        return typed

    def explain(self, numbers: dict[str, int]) -> None:
        """Give the kinds the numbers of what was found."""
        self.fields["kind"].widget.choices = [("", ANY), *counted(KINDS.items(), numbers)]
