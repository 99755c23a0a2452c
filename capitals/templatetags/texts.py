"""The record's texts in the language of the page: the one place where it is chosen.

`{{ event|shown }}` is what an event is called, `{{ event|shown:"summary" }}` another of its
texts. Where there is no text in the page's language the English one stands, in a `span` that
says so. `plain` is the same without markup, for attributes and for what is cut.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString

from capitals.models import City, CityName, Country, Designation, InTwoLanguages, WithOriginal
from capitals.words.languages import address_in, language_name, page_language
from capitals.words.shortening import shortened
from capitals.words.texts import Text

register = template.Library()


def told(record: InTwoLanguages | None, field: str) -> Text:
    """That text of the record, or what it is called, as this page has it; nothing of no record."""
    return told_in(page_language(), record, field)


def told_in(language: str, record: InTwoLanguages | None, field: str) -> Text:
    """The same on a page in `language`."""
    if record is None:
        return Text("", language)
    return record.told(field, language) if field else record.called(language)


def marked(text: Text, language: str = "") -> str:
    """The text for a page (in `language`): what is in another language than the page says so."""
    if text.language == (language or page_language()):
        return text.words
    return format_html('<span lang="{}">{}</span>', text.language, text.words)


@register.filter
def shown(record: InTwoLanguages | None, field: str = "") -> str:
    """That text of the record, or what it is called."""
    language = page_language()
    return marked(told_in(language, record, field), language)


@register.filter
def plain(record: InTwoLanguages | None, field: str = "") -> str:
    """As `shown`, without markup."""
    return told(record, field).words


@register.filter
def paragraphs(record: InTwoLanguages, field: str) -> list[str]:
    """The paragraphs of that text, a line each: YAML folds the lines within one."""
    text = told(record, field)
    return [marked(Text(part, text.language)) for part in text.words.splitlines() if part]


@register.filter
def called_then(designation: Designation) -> str:
    """What the city of a title was called in the title's year."""
    return marked(designation.city_called_then(page_language()))


@register.filter
def native_names(named: City | Designation) -> list[CityName]:
    """The native names that stand beside a city's name: of today, or of a title's year."""
    return named.native_names(page_language())


@register.filter
def names_since(designation: Designation) -> list[CityName]:
    """Names that the city of a title has borne, and given up, since the title's year."""
    return designation.names_since(page_language())


@register.filter
def other_names(country: Country) -> list[Text]:
    """What a country is called in its own language and in the other of the site's."""
    return country.other_names(page_language())


@register.inclusion_tag("capitals/components/original_name.html")
def original_name(record: WithOriginal) -> dict[str, Any]:
    """What a source calls the record, in its own language; on a Russian page, that the heading is ours."""
    language = page_language()
    return {
        "original": record.original_beside(language),
        "language": record.original_language,
        "heading_is_ours": record.heading_is_ours(language),
    }


@register.simple_block_tag
def text(content: str) -> str:
    """What stands between the tags, in one line and without markup, to be named with `as`.

    For titles and descriptions, whose text may say of itself that it is English.
    """
    return SafeString(" ".join(strip_tags(content).split()))


@register.filter
def in_language(path: str, language: str) -> str:
    """`path`, with its query, in the edition of that language."""
    return address_in(language, path)


register.filter(language_name)
register.filter(shortened)
