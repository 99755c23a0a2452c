"""How to cite a page of ours, or an article that it rests on: as a reader writes it, and for programs.

Each form escapes in its own way; letters of every script stay as they are.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from capitals.data.ourselves import LICENCE, absolute, name
from capitals.models import RecordState, Source
from capitals.words.dates import PartialDate
from capitals.words.languages import page_language


@dataclass(frozen=True)
class Kind:
    """What kind of work is cited, as RIS and CSL call it."""

    ris: str
    csl: str


PAGE = Kind("ELEC", "webpage")
DOCUMENT = Kind("GEN", "document")
KINDS = {
    Source.Kind.NEWS: Kind("NEWS", "article-newspaper"),
    Source.Kind.OFFICIAL: PAGE,
    Source.Kind.ENCYCLOPEDIA: Kind("ENCYC", "entry-encyclopedia"),
    Source.Kind.DATA: Kind("DATA", "dataset"),
}
"""The kinds of sources that both forms have a name for; the others are documents."""


@dataclass(frozen=True)
class Citation:
    """A work as one cites it: no text of it holds a line break."""

    key: str
    """What BibTeX and CSL call it: letters without accents, digits, hyphens."""
    kind: Kind
    author: str
    """As it is to be shown, a person's or a body's; empty where none is recorded."""
    title: str
    language: str
    """Of the work and its title."""
    published_in: str
    """The site or the outlet."""
    date: PartialDate | None
    address: str
    """Absolute; empty where none is recorded."""
    accessed: PartialDate
    version: str = ""
    licence: str = ""

    @property
    def is_by_its_publisher(self) -> bool:
        """Whether its author is who published it, whom one need not name twice."""
        return self.author == self.published_in


def page_cited(title: str, path: str, state: RecordState, today: datetime.date) -> Citation:
    """Our page `title` at `path`, both in the page's language; `state` from `with_edition()`."""
    return Citation(
        key="-".join(["cis-capitals", *re.findall("[a-z0-9]+", path)]),
        kind=PAGE,
        author=name(),
        title=_in_one_line(title),
        language=page_language(),
        published_in=name(),
        date=state.stands_since,
        address=absolute(path),
        accessed=PartialDate.of(today),
        version=_in_one_line(state.version),
        licence=LICENCE,
    )


def source_cited(source: Source, today: datetime.date) -> Citation:
    """The article or document itself; a title that is our description stands in brackets."""
    language = page_language()
    title, outlet, author = (source.told(field, language).words for field in ("title", "outlet", "author"))
    return Citation(
        key=source.slug,
        kind=KINDS.get(Source.Kind(source.kind), DOCUMENT),
        author=_in_one_line(author),
        title=_in_one_line(title if source.title_given else f"[{title}]"),
        language=source.language,
        published_in=_in_one_line(outlet),
        date=source.date,
        address=source.address,
        accessed=PartialDate.of(today),
    )


def forms(citation: Citation) -> dict[str, str]:
    """The citation in every form, by the form's name in the page's language."""
    return {
        _("Text"): plain_text(citation),
        "BibTeX": bibtex(citation),
        "RIS": ris(citation),
        _("Wikipedia"): wikipedia(citation),
        "CSL-JSON": csl_json(citation),
    }


def meta_tags(citation: Citation) -> dict[str, str]:
    """What the head of the page says to programs that collect citations, by the names of its meta tags."""
    return {
        "citation_title": citation.title,
        "citation_author": citation.author,
        "citation_publisher": citation.published_in,
        "citation_publication_date": str(citation.date or "").replace("-", "/"),
        "citation_public_url": citation.address,
        "citation_language": citation.language,
    }


# The forms


def plain_text(citation: Citation) -> str:
    """As a list of literature in the page's language has it."""
    opening, closing = (
        pgettext("opening quotation mark", "“"),
        pgettext("closing quotation mark", "”"),
    )
    published = [
        "" if citation.is_by_its_publisher else citation.published_in,
        citation.date.display() if citation.date else _("undated"),
        _in_words(citation.version),
    ]
    sentences = [
        citation.author.rstrip("."),
        f"{opening}{citation.title}{closing}",
        ", ".join(filter(None, published)),
        citation.licence,
    ]
    told = ". ".join(filter(None, sentences))
    if not citation.address:
        return f"{told}."
    accessed = _("accessed %(date)s") % {"date": citation.accessed.display()}
    return f"{told}. {citation.address} ({accessed})."


def bibtex(citation: Citation) -> str:
    """An entry for BibTeX and biblatex; author and title in braces of their own, to be kept as they are."""
    date = citation.date
    told = {
        "author": _braced(citation.author),
        "title": _braced(citation.title),
        # A style for @misc shows `howpublished`; the author's own name need not be shown again.
        "publisher" if citation.is_by_its_publisher else "howpublished": _tex(citation.published_in),
        "date": str(date or ""),
        "year": str(date.year) if date else "",
        "month": str(date.month) if date and date.month else "",
        "url": citation.address.translate(_ENCODED),
        "urldate": str(citation.accessed) if citation.address else "",
        "language": citation.language,
        "version": _tex(citation.version),
        "note": citation.licence,
    }
    lines = [f"  {field} = {{{value}}}," for field, value in told.items() if value]
    return "\n".join([f"@misc{{{citation.key},", *lines, "}"])


def ris(citation: Citation) -> str:
    """A record for RIS, a tag to a line."""
    date = citation.date
    told = [
        ("TY", citation.kind.ris),
        ("AU", citation.author),
        ("TI", citation.title),
        ("T2", citation.published_in),
        ("PB", citation.published_in),
        ("PY", str(date.year) if date else ""),
        ("DA", _ris_date(date) if date else ""),
        ("ET", citation.version),
        ("LA", citation.language),
        ("UR", citation.address),
        ("Y2", _ris_date(citation.accessed) if citation.address else ""),
        ("N1", citation.licence),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in told if value), "ER  - "])


def wikipedia(citation: Citation) -> str:
    """The template {{cite web}}, which the English and the Russian Wikipedia have."""
    date = citation.date
    told = {
        "author": "" if citation.is_by_its_publisher else citation.author,
        "title": citation.title,
        "url": citation.address.translate(_ENCODED),
        "website": citation.published_in,
        "date": (str(date) if date.precision == "day" else date.display()) if date else "",
        "id": ", ".join(filter(None, [_in_words(citation.version), citation.licence])),
        "access-date": str(citation.accessed) if citation.address else "",
        "language": citation.language,
    }
    parts = [
        f"|{field}={value if field == 'url' else _wiki(value)}" for field, value in told.items() if value
    ]
    return " ".join(["{{cite web", *parts]) + "}}"


def csl(citation: Citation) -> dict[str, Any]:
    """An item for programs that use the Citation Style Language."""
    told = {
        "id": citation.key,
        "type": citation.kind.csl,
        "author": [{"literal": citation.author}] if citation.author else None,
        "title": citation.title,
        "container-title": citation.published_in,
        "publisher": citation.published_in,
        "issued": _csl_date(citation.date) if citation.date else None,
        "accessed": _csl_date(citation.accessed) if citation.address else None,
        "URL": citation.address,
        "language": citation.language,
        "version": citation.version,
        "license": citation.licence,
    }
    return {field: value for field, value in told.items() if value}


def csl_json(citation: Citation) -> str:
    """That item as JSON, in a list as those programs take it, a field to a line."""
    told = (
        f"  {json.dumps(field)}: {json.dumps(value, ensure_ascii=False)}"
        for field, value in csl(citation).items()
    )
    return "[{\n" + ",\n".join(told) + "\n}]"


# How each form writes texts and dates

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Not \{ and \}: BibTeX counts braces whatever stands before them.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "$&%#_"},
    }
)
_WIKI = str.maketrans({letter: f"&#{ord(letter)};" for letter in "|{}[]<>~"})
_ENCODED = str.maketrans({letter: f"%{ord(letter):02X}" for letter in " \"'<>[]\\^`{|}"})
"""What no address may hold as it is, and what would end the field that it stands in."""


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _in_words(version: str) -> str:
    return _("version %(version)s") % {"version": version} if version else ""


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _braced(text: str) -> str:
    """Kept whole: no name is parted at its “and”, no letter of a title becomes a small one."""
    return f"{{{_tex(text)}}}" if text else ""


def _wiki(text: str) -> str:
    """What wiki text would take for markup, as entities; what looks like an entity, as it looks."""
    plain = re.sub(r"&(?=#?\w+;)", "&amp;", text).translate(_WIKI)
    return plain.replace("''", "&#39;&#39;")


def _ris_date(date: PartialDate) -> str:
    """2025/06/04/, 2025/06// or 2025///."""
    parts = (f"{part:02}" if part else "" for part in (date.year, date.month, date.day))
    return "/".join([*parts, ""])


def _csl_date(date: PartialDate) -> dict[str, list[list[int]]]:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}
