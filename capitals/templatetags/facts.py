"""Citations, dates, coordinates and other facts, as pages write them."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, cast

from django import template
from django.db.models import Model
from django.template import Context, Template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from capitals.derived.answers import Answer
from capitals.derived.steps import step_name
from capitals.models import Cited, City
from capitals.pages.citations import MARKERS
from capitals.words.dates import PartialDate, days_in_words

register = template.Library()

NUMBERS_OF_CAPITALS = (
    pgettext_lazy("number of capitals", "no"),
    pgettext_lazy("number of capitals", "one"),
    pgettext_lazy("number of capitals", "two"),
    pgettext_lazy("number of capitals", "three"),
    pgettext_lazy("number of capitals", "four"),
    pgettext_lazy("number of capitals", "five"),
    pgettext_lazy("number of capitals", "six"),
)


def _component(context: Context, name: str, **values: Any) -> SafeString:
    """A component with these values beside those of the page, as `include` has it.

    An inclusion tag would make a context of its own, a hundred times on a page of citations.
    """
    component = cast(Template, context.template).engine.get_template(f"capitals/components/{name}")
    with context.push(**values):
        return component.nodelist.render(context)


@register.simple_tag(takes_context=True)
def cite(
    context: Context, records: Cited | Iterable[Cited], fact: str = "", most: int = MARKERS
) -> SafeString:
    """The citations of a record or of several, or of their field `fact`, after what they state.

    So many numbers at most, which the page's list of sources answers, and the other sources
    folded: not within a paragraph, which cannot hold what unfolds (see `cited`).
    """
    several = [records] if isinstance(records, Cited) else records
    return _component(context, "cite.html", marks=context["citations"].marks(several, fact, most=most))


@register.simple_tag(takes_context=True)
def answered(context: Context, answer: Answer) -> SafeString:
    """What answers a question on a title: its date, with one number, and by whom or where."""
    step = answer.step
    if step is None:
        raise ValueError("Nothing answers this: the template asks only where there is a step")
    fact = "date" if step.decision else "start"
    marks = context["citations"].marks([step.record], fact, most=1)
    return _component(context, "answer.html", answer=answer, step=step, marks=marks)


@register.simple_block_tag(takes_context=True)
def cited(
    context: Context, content: str, records: Cited | Iterable[Cited], look: str = "", fact: str = ""
) -> str:
    """A paragraph, of the class `look`, with all citations of a record or of several at its end.

    Those that state the field `fact` stand first. On a page without a list of sources it links
    to them by the names of their outlets.
    """
    several = [records] if isinstance(records, Cited) else list(records)
    citations = context.get("citations")
    marks = None if citations is None else citations.marks(several, fact, whole=True)
    paragraph = SafeString(content.strip())
    return _component(context, "cited.html", content=paragraph, look=look, records=several, marks=marks)


@register.filter
def as_date(value: PartialDate | None) -> str:
    """A partial date in words; “not recorded” for none."""
    return value.display() if value else _("not recorded")


@register.filter
def unlabelled_date(value: PartialDate | None) -> str:
    """As `as_date`, where no label beside it says that it is a date."""
    return value.display() if value else _("date not recorded")


@register.filter
def day_span(record: Any) -> str:
    """First and last day of an event in words, else the day of the report: “18–28 September 2025”."""
    return days_in_words(record.start, record.end, record.reported_on)


@register.filter
def in_words(names: list[Any]) -> str:
    """Several names as one phrase: “the opening, the handover and the closing”."""
    return get_text_list([str(name.label) for name in names], _("and"))


@functools.cache
def _labels(model: type[Model], field: str) -> dict[str, Any]:
    """The labels of a field's closed list by their values."""
    return dict(model._meta.get_field(field).flatchoices)  # type: ignore[union-attr]


@register.filter
def label(record: Model, field: str) -> str:
    """The record's value in the closed list of `field`, in words.

    Django's own `get_kind_display` and the like make such a dictionary at each call and translate
    every label for it: a twelfth of the time that a list of events took.
    """
    value = getattr(record, field)
    return str(_labels(type(record), field).get(value, value))


@register.filter
def number_of_capitals(number: int) -> str:
    """A small number of capitals in words, as a sentence has it; a larger one in figures."""
    return str(NUMBERS_OF_CAPITALS[number]) if number < len(NUMBERS_OF_CAPITALS) else number_format(number)


@register.filter
def coordinates(city: City) -> str:
    """Degrees north or south, east or west: “39.6374° N, 46.5498° E”."""
    if city.latitude is None or city.longitude is None:
        return _("not recorded")
    north = _("%(degrees)s° N") if city.latitude >= 0 else _("%(degrees)s° S")
    east = _("%(degrees)s° E") if city.longitude >= 0 else _("%(degrees)s° W")
    degrees = ({"degrees": number_format(abs(number))} for number in (city.latitude, city.longitude))
    return ", ".join(side % angle for side, angle in zip((north, east), degrees, strict=True))


register.filter(step_name)

ORDINALS = (
    pgettext_lazy("capital", "first"),
    pgettext_lazy("capital", "second"),
    pgettext_lazy("capital", "third"),
    pgettext_lazy("capital", "fourth"),
    pgettext_lazy("capital", "fifth"),
    pgettext_lazy("capital", "sixth"),
    pgettext_lazy("capital", "seventh"),
    pgettext_lazy("capital", "eighth"),
    pgettext_lazy("capital", "ninth"),
    pgettext_lazy("capital", "tenth"),
)


@register.filter
def ordinal(number: int) -> str:
    """Which capital of its country, in a word: “third”; nothing beyond the tenth."""
    return str(ORDINALS[number - 1]) if number <= len(ORDINALS) else ""


@register.simple_tag(takes_context=True)
def here(context: Context, name: str) -> SafeString | str:
    """`aria-current` for a link to the list `name`, on that list and on the pages below it."""
    address, path = reverse(name), context["request"].path
    if not path.startswith(address):
        return ""
    return SafeString('aria-current="page"' if path == address else 'aria-current="true"')
