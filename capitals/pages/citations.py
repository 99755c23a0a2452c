"""Numbered citations: each page counts its sources in the order in which it cites them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from capitals.models import Cited, Source
from capitals.words.languages import page_language


@dataclass
class Reference:
    """A source in a page's list, with the places that cite it.

    Number and label are texts, made once: a page shows them at each of many mentions.
    """

    number: str
    label: str
    source: Source
    anchors: list[str] = field(default_factory=list)


class Citations:
    """The sources that one page cites, numbered as they come.

    A page makes one, its templates call `marks` at each fact, and the list at its end
    shows what came together.
    """

    def __init__(self) -> None:
        self._references: dict[str, Reference] = {}

    def marks(self, *records: Cited) -> list[tuple[Reference, str]]:
        """The references for `records`, each once, with the anchor of this mention.

        Takes `sources.all()` of each; with `with_citations()` that asks nothing.
        """
        marks = []
        for source in dict.fromkeys(source for record in records for source in record.sources.all()):
            reference = self._references.get(source.pk) or self._add(source)
            anchor = f"cite-{reference.number}-{len(reference.anchors) + 1}"
            reference.anchors.append(anchor)
            marks.append((reference, anchor))
        return marks

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
