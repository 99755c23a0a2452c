"""How an entry of the search is made: its names, its texts, and both folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.utils.translation import override

from capitals.models import SearchEntry, WithOriginal
from capitals.models.bilingual import InTwoLanguages
from capitals.models.searchable import Spelling
from capitals.words.folding import fold
from capitals.words.languages import ENGLISH, RUSSIAN


class Twins(NamedTuple):
    """A text in English and in Russian; one of them may be empty."""

    english: str
    russian: str


def twins(record: InTwoLanguages, field: str) -> Twins:
    """That text of the record in both languages."""
    return Twins(getattr(record, field), record.in_russian(field))


def texts(record: InTwoLanguages, *fields: str) -> list[Twins]:
    """Those texts of the record, each in both languages."""
    return [twins(record, field) for field in fields]


def joined(records: Iterable[InTwoLanguages]) -> Twins:
    """What several records are called, in one line."""
    return in_one_line(twins(record, record.CALLED) for record in records)


def in_one_line(texts: Iterable[Twins]) -> Twins:
    """Several texts, in each language those in the other that have no twin."""
    pairs = list(texts)
    return Twins(
        "; ".join(pair.english for pair in pairs), "; ".join(pair.russian or pair.english for pair in pairs)
    )


def original(record: WithOriginal) -> list[Spelling]:
    """What a source calls it."""
    return [Spelling(record.original, record.original_language, "original")]


def labels(display: Callable[[], str]) -> list[str]:
    """A choice's label in both languages."""
    labels = []
    for language in (ENGLISH, RUSSIAN):
        with override(language):
            labels.append(str(display()))
    return labels


def column_of_names(names: Iterable[str]) -> str:
    """Folded names between bars, each with its spaces and without: `| nur sultan | nursultan |`."""
    folded = list(map(fold, names))
    ways = dict.fromkeys(way for name in folded for way in (name, name.replace(" ", "")) if way)
    return "".join(f"| {way} " for way in ways) + "|"


def make_entry(
    address: str,
    kind: SearchEntry.Kind,
    title: Twins,
    *,
    names: Iterable[Spelling] = (),
    hidden: Iterable[str] = (),
    quoted: Iterable[Spelling] = (),
    lines: Iterable[Twins] = (),
    beside: Iterable[str] = (),
    **fields: Any,
) -> SearchEntry:
    """The entry for what stands at `address`, not yet written.

    `names` may be shown beside the title, `hidden` ones are not shown as they are, what is
    `quoted` may be shown but is no name; `lines` are the text, a part to a line, and what is
    `beside` is searched and not shown.
    """
    shown = _names_beside(title, names)
    spellings = [*shown, *(one for one in quoted if one.name)]
    # An article is not what it is about: “Gyumri” does not stand for an article of that title.
    called = [] if kind == SearchEntry.Kind.SOURCE else [*title, *(one.name for one in shown), *hidden]
    folded_names = column_of_names(called)
    searched = [*title, *(one.name for one in spellings), *beside]
    text = _in_lines(lines)
    entry = SearchEntry(
        address=address,
        kind=kind,
        title=title.english,
        title_ru=title.russian,
        spellings=[dict(vars(one)) for one in spellings],
        text=text.english,
        text_ru=text.russian,
        folded_names=folded_names,
        **fields,
    )
    entry.folded_en = _folded(folded_names, [*searched, text.english])
    entry.folded_ru = _folded(folded_names, [*searched, text.russian])
    return entry


def _folded(names: str, searched: Iterable[str]) -> str:
    """The column that is searched: the folded names, then all else, each once."""
    return f"{names} {fold(' '.join(dict.fromkeys(searched)))} "


def _names_beside(title: Twins, names: Iterable[Spelling]) -> list[Spelling]:
    """The names that may be shown beside the title, each once; among them that in the other language."""
    found = list(names)
    if title.english != title.russian:
        # A page that shows the one may have been found by the other.
        found.append(Spelling(title.english, ENGLISH, "english"))
        found.append(Spelling(title.russian, RUSSIAN, "russian"))
    told: dict[str, Spelling] = {}
    for one in found:
        told.setdefault(one.name, one)
    return [one for one in told.values() if one.name]


def _in_lines(parts: Iterable[Twins]) -> Twins:
    """The parts of a text, each in a line of its own; in a language without a part, no line."""
    parts = list(parts)
    return Twins(
        "\n".join(part.english for part in parts if part.english),
        "\n".join(part.russian for part in parts if part.russian),
    )
