"""What a page says of itself to other programs: what it is about, and how it is to be cited."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from capitals.data import linked
from capitals.data.citing import Citation, forms, meta_tags, page_cited, source_cited
from capitals.models import Cited, Designation, Source
from capitals.pages.titles import TitleShown

register = template.Library()


def _bare(shown: object) -> str:
    """What the page shows, in one line; of markup its text, without entities."""
    text = html.unescape(strip_tags(shown)) if isinstance(shown, SafeString) else str(shown)
    return " ".join(text.split())


def _cited_here(context: Context) -> Citation:
    """The page itself, by the title and the address that its head gives."""
    today = context["request"].today
    return page_cited(_bare(context["page_title"]), context["canonical"], context["record"], today)


def _written(*nodes: linked.Node) -> dict[str, Any]:
    return {"data": SafeString(linked.written(*nodes))}


@register.inclusion_tag("capitals/components/described.html", takes_context=True)
def described(context: Context, record: Cited | Source, titles: Iterable[TitleShown] = ()) -> dict[str, Any]:
    """In the head of a record's page: how to cite it, and what it is about; of a city with its titles."""
    sources = [record] if isinstance(record, Source) else record.cited_sources
    subject = linked.subject(record, [shown.title.designation for shown in titles])
    return _page_described(context, [subject], sources)


@register.inclusion_tag("capitals/components/described.html", takes_context=True)
def year_described(context: Context, titles: Iterable[TitleShown]) -> dict[str, Any]:
    """In the head of a year's page: how to cite it, and the cities that it is about."""
    designations: list[Designation] = [shown.title.designation for shown in titles]
    sources = {source.pk: source for title in designations for source in title.cited_sources}
    return _page_described(context, [linked.mention(title.city) for title in designations], sources.values())


def _page_described(context: Context, about: list[linked.Node], sources: Iterable[Source]) -> dict[str, Any]:
    citation = _cited_here(context)
    page = linked.page(citation.title, context["canonical"], context["record"], about=about, sources=sources)
    return {"tags": meta_tags(citation), **_written(page, *about)}


@register.inclusion_tag("capitals/components/linked_data.html")
def site_described() -> dict[str, Any]:
    """In the head of the home page: the site."""
    return _written(linked.website())


@register.inclusion_tag("capitals/components/linked_data.html", takes_context=True)
def data_described(context: Context, distributions: Iterable[linked.Node] = ()) -> dict[str, Any]:
    """In the head of the page that tells of the record: the site, and the data set with its downloads."""
    dataset = linked.dataset(context["canonical"], context["record"], list(distributions))
    return _written(linked.website(), dataset)


@register.inclusion_tag("capitals/components/linked_data.html", takes_context=True)
def breadcrumbs_described(context: Context, parent: str, parent_url: str, here: object) -> dict[str, Any]:
    """The way that the breadcrumbs show."""
    steps = [(_("Home"), reverse("home"))]
    if parent_url:
        steps.append((parent, parent_url))
    return _written(linked.breadcrumbs([*steps, (_bare(here), "")]))


@register.inclusion_tag("capitals/components/cite_this_page.html", takes_context=True)
def cite_this_page(context: Context, source: Source | None = None) -> dict[str, Any]:
    """How to cite the page, in every form; on the page of a source first the source itself."""
    citation = _cited_here(context)
    return {
        "forms": forms(citation),
        "source": source,
        "source_forms": forms(source_cited(source, context["request"].today)) if source else None,
        # What the page rests on is to be credited too; a page without a list of it has no place to lead to.
        "citations": context.get("citations"),
    }
