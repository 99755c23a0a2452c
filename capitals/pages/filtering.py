"""How lists are filtered: plain GET forms that refuse what they do not understand, and explain themselves."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from capitals.models.queries import Years
from capitals.pages.choices import Choices, Spellings, Typed
from capitals.pages.fields import (
    NOT_A_CHOICE,
    Guessing,
    SpanOfYears,
    SpeltChoiceField,
    YearField,
    YearsField,
)
from capitals.pages.parameters import each_once, page_written, readable

ANY = _("any")

ORDERS = {
    "newest": (_("newest first"), "newest_first"),
    "oldest": (_("oldest first"), "oldest_first"),
    "city": (_("city"), "by_city"),
    "country": (_("country"), "by_country"),
}
"""What a list can be sorted by: the parameter's value, its label and the queryset's method."""

AnyQuerySet = TypeVar("AnyQuerySet", bound=QuerySet[Any])


def ask(rows: AnyQuerySet, question: str, *values: Any) -> AnyQuerySet:
    """What the queryset's method of that name gives."""
    found: AnyQuerySet = getattr(rows, question)(*values)
    return found


def span_told(span: Years | None) -> str:
    """The first and the last year in words."""
    if span is None:
        return str(_("no year"))
    first, last = span
    return str(first) if first == last else f"{first}–{last}"


class Told:
    """How a filter in force is written into an address, and told to the reader."""

    label: Any
    extra: dict[str, Any]

    def written(self, name: str, value: Any) -> dict[str, str]:
        """The parameters of the filter `name` at `value`, in their one form."""
        return {name: str(value)}

    def parameters(self, name: str) -> set[str]:
        """All parameters that the filter `name` reads."""
        return {name}

    def heading(self, value: Any) -> str:
        """What the value is: “Country”."""
        return str(self.label)

    def told(self, value: Any) -> str:
        """The value in words."""
        return str(dict(self.extra.get("choices", ())).get(value, value))


class YearFilter(Told, django_filters.Filter):
    """A calendar year between 1991 and 2100; `question` is the queryset's method that is asked with it."""

    field_class = YearField

    def __init__(self, label: Any, question: str) -> None:
        self.question = question
        super().__init__(label=label)

    def filter(self, rows: AnyQuerySet, value: int | None) -> AnyQuerySet:
        return rows if value is None else ask(rows, self.question, value)


class YearsFilter(Told, django_filters.Filter):
    """A span of such years, asked with `held_from` and `held_until`.

    An address has one year as `year`, a longer span as `year_min` and `year_max`, of which
    one may be missing. A reader's may have all three: the years that meet each of them.
    """

    field_class = YearsField

    def __init__(self) -> None:
        super().__init__(label=_("Years"))

    def filter(self, rows: AnyQuerySet, value: SpanOfYears | None) -> AnyQuerySet:
        first, last = value or (None, None)
        rows = ask(rows, "held_from", first) if first else rows
        return ask(rows, "held_until", last) if last else rows

    def written(self, name: str, value: SpanOfYears) -> dict[str, str]:
        first, last = value
        if first == last:
            return {name: str(first)}
        return {f"{name}_{end}": str(year) for end, year in (("min", first), ("max", last)) if year}

    def parameters(self, name: str) -> set[str]:
        return {name, f"{name}_min", f"{name}_max"}

    def heading(self, value: SpanOfYears) -> str:
        first, last = value
        return str(_("Year")) if first == last else super().heading(value)

    def told(self, value: SpanOfYears) -> str:
        first, last = value
        if first and last:
            return span_told((first, last))
        return str(_("from %(first)s") % {"first": first} if first else _("to %(last)s") % {"last": last})


class ClosedChoiceFilter(Told, django_filters.ChoiceFilter):
    """A closed choice; a value outside it is an error, shown at the field.

    It looks at the field at `path`, or asks the queryset's methods: `question` gives the
    records that a value leaves, `numbers` how many each value would leave. `spellings` is what
    readers may write for a value beside itself and its label; with `shortcut`, such as “By
    country”, the values stand as links above the list too.
    """

    field_class = SpeltChoiceField

    def __init__(
        self,
        label: Any,
        choices: Any,
        *,
        path: str = "",
        question: str = "",
        numbers: str = "",
        spellings: Spellings | None = None,
        shortcut: Any = "",
    ) -> None:
        super().__init__(
            label=label,
            choices=choices,
            empty_label=ANY,
            error_messages=NOT_A_CHOICE,
            spellings=spellings,
        )
        self.path = path
        self.question = question
        self.numbers = numbers
        self.shortcut = shortcut

    def filter(self, rows: AnyQuerySet, value: str) -> AnyQuerySet:
        if not value:
            return rows
        return ask(rows, self.question, value) if self.question else rows.filter(**{self.path: value})

    @property
    def typed(self) -> Typed | None:
        """Its choices, where they are too many for a list."""
        typed: Typed | None = self.extra.get("typed")
        return typed

    def offer(self, choices: Choices | Typed) -> None:
        """Take what its choices are at this time."""
        if isinstance(choices, Typed):
            self.extra |= {"choices": (), "typed": choices}
        else:
            self.extra["choices"] = choices

    def told(self, value: Any) -> str:
        return (self.typed and self.typed.label(value)) or super().told(value)

    def numbers_in(self, rows: QuerySet[Any]) -> dict[str, int]:
        """How many of `rows` each value would leave; values that would leave none may be missing."""
        if self.numbers:
            numbers: dict[str, int] = getattr(rows, self.numbers)()
            return numbers
        return dict(rows.order_by().values_list(self.path).annotate(number=Count("*")))


class SortFilter(Told, django_filters.ChoiceFilter):
    """The order of a list, one of `ORDERS`; the first named is its own, without a parameter."""

    field_class = SpeltChoiceField

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


@dataclass(frozen=True)
class Way:
    """What a link to another choice says, how many records it leads to, and its parameters."""

    label: str
    number: int
    parameters: QueryDict
    chosen: bool = False


@dataclass(frozen=True)
class Shortcuts:
    """The values of one filter that leave something, those that leave most first."""

    label: str
    ways: list[Way]


def counted(choices: Iterable[tuple[str, Any]], numbers: dict[str, int]) -> list[tuple[Any, Any]]:
    """Choices with the number of records that each would leave, those that would leave none in a group."""
    options = [(value, f"{label} ({numbers.get(value, 0)})") for value, label in choices]
    empty = [option for option in options if not numbers.get(option[0])]
    found: list[tuple[Any, Any]] = [option for option in options if numbers.get(option[0])]
    return [*found, (_("No matches"), empty)] if empty else found


class RecordFilterSet(django_filters.FilterSet):
    """What the lists' filters share."""

    filters: OrderedDict[str, Any]
    _meta: Any
    """What django-filter makes of a list's own Meta."""
    NUMBER: Any
    """A number of the list's records in words, to be filled with `counter`."""

    def __init__(self, data: QueryDict, queryset: QuerySet[Any]) -> None:
        self.asked = readable(data)
        super().__init__(each_once(self.asked), queryset)
        self.shortcuts: list[Shortcuts] = []
        # Asked once for each page: validation, chips and options would each ask the database.
        found: dict[Any, Choices | Typed] = {}
        for one in self.filters.values():
            choices = one.extra.get("choices")
            if callable(choices):
                if choices not in found:
                    found[choices] = choices()
                one.offer(found[choices])

    @classmethod
    def known(cls) -> set[str]:
        """All parameters that its filters read."""
        filters: Mapping[str, Any] = cls.base_filters
        return {parameter for name, one in filters.items() for parameter in one.parameters(name)}

    def in_force(self) -> dict[str, Any]:
        """The filters that a reader has set, by name; none while the form is in error."""
        return self._set() if self.is_valid() else {}

    def _set(self) -> dict[str, Any]:
        """What was understood of what a reader has set, by name."""
        self.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}

    def parameters(self, values: Mapping[str, Any] | None = None) -> QueryDict:
        """Filters, else those in force, as the one address of this list has them: sorted, nothing else."""
        made = QueryDict(mutable=True)
        made.update(dict(sorted(self._written(self.in_force() if values is None else values).items())))
        return made

    def _written(self, values: Mapping[str, Any]) -> dict[str, str]:
        written: dict[str, str] = {}
        for name, value in values.items():
            written |= self.filters[name].written(name, value)
        return written

    def rewritten(self) -> QueryDict | None:
        """What the reader's address would say in the one form that the site has for each filter.

        Each stands once, without empty ones and without the number of the first page; the order
        and what is no filter stay. None where nothing is to be rewritten, or while the form is
        in error.
        """
        if not self.is_valid():
            return None
        wanted = self._written(self.in_force())
        if page := page_written(self.asked.getlist("page")):
            wanted["page"] = page
        known = {*self.known(), "page"}
        given = {name: self.asked.getlist(name) for name in known if name in self.asked}
        if given == {name: [value] for name, value in wanted.items()}:
            return None
        made = QueryDict(mutable=True)
        for name, values in self.asked.lists():
            if name in wanted:
                made[name] = wanted.pop(name)
            elif name not in known:
                made.setlist(name, values)
        made.update(wanted)
        return made

    def chips(self) -> list[Chip]:
        """The filters in force, each with the way to do without it."""
        values = self.in_force()
        found = []
        for name, value in values.items():
            one = self.filters[name]
            remaining = self.parameters({other: values[other] for other in values if other != name})
            found.append(Chip(one.heading(value), one.told(value), remaining))
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

    def numbered(self, number: int) -> str:
        """That many of the list's records, in words."""
        return str(self.NUMBER % {"counter": number})

    def loosened(self) -> list[tuple[Chip, str]]:
        """The filters in force without which something is left, and how much, most first; in one query."""
        chips = dict(zip(self.in_force(), self.chips(), strict=True))
        left = {
            name: Count("pk", filter=Q(pk__in=self.left_by_others(name).values("pk")))
            for name in chips
            if not isinstance(self.filters[name], SortFilter)
        }
        numbers = self._meta.model._default_manager.order_by().aggregate(**left) if left else {}
        best_first = sorted((name for name in numbers if numbers[name]), key=lambda name: -numbers[name])
        return [(chips[name], self.numbered(numbers[name])) for name in best_first]

    def explain(self) -> None:
        """Give each choice its options with their numbers, each year field the years that there are.

        Both respect the other filters in force. While the form is in error, what may have been
        meant is all that it says.
        """
        if not self.is_valid():
            self._suggest()
            return
        for name, one in self.filters.items():
            if isinstance(one, ClosedChoiceFilter) and not one.typed:
                numbers = one.numbers_in(self.left_by_others(name))
                options = counted(one.extra["choices"], numbers)
                self.form.fields[name].widget.choices = [("", ANY), *options]
                if one.shortcut:
                    self.shortcuts.append(Shortcuts(str(one.shortcut), self._ways(name, numbers)))
            elif isinstance(one, YearFilter | YearsFilter):
                self.form[name].help_text = span_told(self.left_by_others(name).years_spanned())

    def _ways(self, name: str, numbers: dict[str, int]) -> list[Way]:
        """The links to the values of the filter `name` that leave something."""
        values = self.in_force()
        chosen = values.get(name)
        ways = [
            Way(str(label), numbers[value], self.parameters({**values, name: value}), value == chosen)
            for value, label in self.filters[name].extra["choices"]
            if numbers.get(value)
        ]
        return sorted(ways, key=lambda way: -way.number)

    def _suggest(self) -> None:
        """Give each field in error the links to what may have been meant, with the other filters kept."""
        for name in self.form.errors:
            field = self.form.fields[name]
            if isinstance(field, Guessing):
                field.suggestions = tuple(
                    (label, self.parameters({**self._set(), name: value})) for label, value in field.guesses
                )
