"""What the fixtures hold already, by name: the key that another record refers to."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from capitals.models import InTwoLanguages, Source, WithOriginal
from capitals.models.whole import RECORD
from capitals.record.dependents import BELONGS_TO
from capitals.record.entries import Entry, Fixtures
from capitals.words.folding import fold


@dataclass
class Known:
    """A record with a key, where it stands, and all that it is called."""

    entry: Entry
    names: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.entry.key)

    def __str__(self) -> str:
        """“city khujand  Khujand  fixtures/cities.yaml:410”, for a terminal."""
        called = next((f"  {name}" for name in self.names if name != self.key), "")
        outlet = f"  ({self.outlets[0]})" if self.outlets else ""
        return f"{self.entry.name}{called}{outlet}  {self.entry.file}:{self.entry.line}"

    @property
    def outlets(self) -> list[str]:
        """Whose article it is, in each language; of what is no article nothing."""
        source = self.entry.instance
        return [*filter(None, (source.outlet, source.outlet_ru))] if isinstance(source, Source) else []


def all_known(fixtures: Fixtures) -> list[Known]:
    """Every record with a key, with its names and those of what belongs to it: a city with its spellings."""
    found: dict[tuple[Any, str], Known] = {}
    belonging: dict[tuple[Any, str], list[str]] = defaultdict(list)
    for entry in fixtures.every():
        if entry.key is not None:
            found[entry.model, entry.key] = Known(entry, [entry.key, *_names(entry)])
        elif entry.model in BELONGS_TO:
            whole, name = BELONGS_TO[entry.model]
            belonging[whole, str(entry.written.get(name))] += _names(entry)
    for place, names in belonging.items():
        if place in found:
            found[place].names += names
    return list(found.values())


def known_as(fixtures: Fixtures, words: str) -> list[Known]:
    """The records that `words` call, in any script, or that an address is of; whole names first, last
    the articles of an outlet that is called so."""
    if "://" in words:
        return [one for one in all_known(fixtures) if page_of(words) in {*map(page_of, one.names)}]
    wanted = fold(words).split()
    if not wanted:
        return []
    ranked = []
    for one in all_known(fixtures):
        folded = [fold(name) for name in one.names if "://" not in name]
        if any(name.split() == wanted for name in folded):
            ranked.append((0, one))
        elif any(name.startswith(" ".join(wanted)) for name in folded):
            ranked.append((1, one))
        elif any(_begins_words(wanted, name) for name in folded):
            ranked.append((2, one))
        elif any(_begins_words(wanted, fold(name)) for name in one.outlets):
            ranked.append((3, one))
    return [one for _rank, one in sorted(ranked, key=lambda pair: (pair[0], len(pair[1].key)))]


def alike(fixtures: Fixtures, words: str, of: Collection[type[models.Model]] = RECORD) -> list[str]:
    """The keys that are most like `words`, among records `of` these models."""
    keys = {one.key for one in all_known(fixtures) if one.entry.model in of}
    return difflib.get_close_matches("-".join(fold(words).split()), keys, n=3)


def _begins_words(wanted: list[str], name: str) -> bool:
    """Whether each wanted word begins a word of the name."""
    words = name.split()
    return all(any(word.startswith(one) for word in words) for one in wanted)


def page_of(address: str) -> str:
    """The part of an address by which two are of one page: `http` and `https`, `#` and a last `/` are not."""
    return re.sub(r"^https?://(www\.)?|#.*$", "", address).rstrip("/")


def _names(entry: Entry) -> list[str]:
    """What a record is called in each language, and a source's address."""
    record = entry.instance
    if not isinstance(record, InTwoLanguages):
        return []
    fields = [record.CALLED, f"{record.CALLED}_ru"]
    if isinstance(record, WithOriginal):
        fields.append(record.ORIGINAL)
    if isinstance(record, Source):
        fields.append("address")
    return [name for one in fields if (name := getattr(record, one, ""))]
