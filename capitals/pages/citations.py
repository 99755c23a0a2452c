"""Numbered citations: each page counts its sources in the order in which it cites them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from capitals.models import Cited, Source
from capitals.words.languages import page_language

MARKERS = 2
"""How many numbers stand at a fact; the other sources are folded behind them."""
SHORT_LIST = 8
"""A page's list of sources no longer than this stands open."""


@dataclass
class Reference:
    """A source in a page's list, with the places that cite it.

    Number and label are texts, made once: a page shows them at each of many mentions.
    """

    number: str
    label: str
    source: Source
    anchors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mention:
    """A place on the page that cites a source."""

    reference: Reference
    anchor: str


@dataclass(frozen=True)
class Marks:
    """The citations of one fact: numbers beside it, and the sources that are folded behind them."""

    shown: list[Mention]
    folded: list[Mention]


class Citations:
    """The sources that one page cites, numbered as they come.

    A page makes one, its templates call `marks` at each fact, and the list at its end
    shows what came together.
    """

    def __init__(self) -> None:
        self._references: dict[str, Reference] = {}

    def marks(
        self, records: Iterable[Cited], fact: str = "", *, whole: bool = False, most: int = MARKERS
    ) -> Marks:
        """The citations of the records, each source once; of their field `fact` where it is named.

        Of the `whole` record: those that state the field first, then all others. At `most` so
        many are numbers. Takes their `cited_sources`; after `with_citations()` that asks nothing.
        """
        stated = [source for record in records for source in record.sources_of(fact)]
        if whole:
            stated += [source for record in records for source in record.sources_of()]
        sources = {source.pk: source for source in stated}
        mentions = [self._mention(source) for source in sources.values()]
        return Marks(mentions[:most], mentions[most:])

    @property
    def long(self) -> bool:
        """Whether the list is folded, so that it does not bury the page."""
        return len(self._references) > SHORT_LIST

    def _mention(self, source: Source) -> Mention:
        reference = self._references.get(source.pk) or self._add(source)
        anchor = f"cite-{reference.number}-{len(reference.anchors) + 1}"
        reference.anchors.append(anchor)
        return Mention(reference, anchor)

    def _add(self, source: Source) -> Reference:
        number = str(len(self._references) + 1)
        outlet = source.told("outlet", page_language()).words
        label = _("Source %(number)s: %(outlet)s") % {"number": number, "outlet": outlet}
        reference = self._references[source.pk] = Reference(number, label, source)
        return reference

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._references.values())

    def __len__(self) -> int:
        return len(self._references)
