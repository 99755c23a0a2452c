"""How lists are filtered: plain GET forms that refuse what they do not understand, and explain themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import django_filters
from django import forms
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from capitals.words.dates import FIRST_YEAR, LAST_YEAR

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

SPAN, FIRST, LAST = "%(first)s–%(last)s", _("from %(first)s"), _("to %(last)s")


AnyQuerySet = TypeVar("AnyQuerySet", bound=QuerySet[Any])


def ask(rows: AnyQuerySet, question: str, *values: Any) -> AnyQuerySet:
    """What the queryset's method of that name gives."""
    found: AnyQuerySet = getattr(rows, question)(*values)
    return found


class YearFilter(django_filters.Filter):
    """A calendar year between 1991 and 2100, with the `bounds` that are shown at the field.

    `question` is the queryset's method that is asked with it.
    """

    field_class = forms.IntegerField

    def __init__(self, label: Any, question: str, bounds: Any = SPAN) -> None:
        self.question = question
        self.bounds = bounds
        super().__init__(
            label=label,
            min_value=FIRST_YEAR,
            max_value=LAST_YEAR,
            error_messages={"invalid": _("This is no year. Write four digits, such as 2013.")},
            # Not a number field: browsers drop what is no number, and the reader's slip with it.
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        )

    def filter(self, rows: AnyQuerySet, value: int | None) -> AnyQuerySet:
        return rows if value is None else ask(rows, self.question, value)

    def told(self, span: tuple[int, int] | None) -> str:
        """The bounds in words, for the years that there are."""
        if span is None:
            return str(_("no year"))
        first, last = span
        if self.bounds == SPAN and first == last:
            return str(first)
        return str(self.bounds % {"first": first, "last": last})


class ClosedChoiceFilter(django_filters.ChoiceFilter):
    """A closed choice; a value outside it is an error, shown at the field.

    It looks at the field at `path`, or asks the queryset's methods: `question` gives the
    records that a value leaves, `numbers` how many each value would leave.
    """

    def __init__(
        self, label: Any, choices: Any, *, path: str = "", question: str = "", numbers: str = ""
    ) -> None:
        super().__init__(label=label, choices=choices, empty_label=ANY, error_messages=NOT_A_CHOICE)
        self.path = path
        self.question = question
        self.numbers = numbers

    def filter(self, rows: AnyQuerySet, value: str) -> AnyQuerySet:
        if not value:
            return rows
        return ask(rows, self.question, value) if self.question else rows.filter(**{self.path: value})

    def numbers_in(self, rows: QuerySet[Any]) -> dict[str, int]:
        """How many of `rows` each value would leave; values that would leave none may be missing."""
        if self.numbers:
            numbers: dict[str, int] = getattr(rows, self.numbers)()
            return numbers
        return dict(rows.order_by().values_list(self.path).annotate(Count("pk", distinct=True)))


class SortFilter(django_filters.ChoiceFilter):
    """The order of a list, one of `ORDERS`; the first named is its own, without a parameter."""

    def __init__(self, *names: str) -> None:
        super().__init__(
            label=_("Sort"),
            choices=[(name, ORDERS[name][0]) for name in names[1:]],
            empty_label=ORDERS[names[0]][0],
            error_messages=NOT_A_CHOICE,
        )

    def filter(self, rows: AnyQuerySet, value: str) -> AnyQuerySet:
        return ask(rows, ORDERS[value][1]) if value else rows


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

    _meta: Any
    """What django-filter makes of a list's own Meta."""

    def __init__(self, data: QueryDict, queryset: QuerySet[Any]) -> None:
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

    def rows(self) -> QuerySet[Any]:
        """The records that the filters leave; none while the form is in error."""
        rows: QuerySet[Any] = self.qs if self.is_valid() else self.left_by_others().none()
        return rows

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
