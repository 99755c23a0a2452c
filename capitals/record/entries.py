"""The record as it was read from fixtures, in memory: what each record holds and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import models

from capitals.record.ledger import Ledger
from capitals.record.problems import Problem

AnyModel = TypeVar("AnyModel", bound=models.Model)


@dataclass
class Entry:
    """One record of a fixture: an unsaved instance, what it refers to, where it stands."""

    model: type[models.Model]
    key: str | None
    file: str
    line: int
    instance: models.Model = field(init=False)
    lines: dict[str, int] = field(default_factory=dict)
    many: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    written: dict[str, Any] = field(default_factory=dict)
    """Its fields as they were written, for the ledger of changes."""

    @property
    def name(self) -> str:
        """How a message calls it: its model and key."""
        return f"{self.model._meta.model_name} {self.key or 'without a key'}"

    def problem(self, field_name: str, what: str, mend: str, line: int | None = None) -> Problem:
        """A problem of this record, at the line of the field where there is one."""
        place = line or self.lines.get(field_name, self.line)
        return Problem(self.file, place, self.name, field_name, what, mend)


@dataclass
class Fixtures:
    """Everything read: records by model, in the order of the files."""

    entries: dict[type[models.Model], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[type[models.Model], dict[str, Entry]] = field(default_factory=lambda: defaultdict(dict))
    ledger: Ledger | None = None
    """What became of the record so far; None where no ledger is kept."""

    def __iter__(self) -> Iterator[Entry]:
        for entries in self.entries.values():
            yield from entries

    def of(self, model: type[AnyModel]) -> list[tuple[Entry, AnyModel]]:
        """The records of one model: where each stands, and what it holds."""
        return [(entry, cast("AnyModel", entry.instance)) for entry in self.entries.get(model, ())]

    def get(self, model: type[AnyModel], key: str) -> AnyModel:
        """The record of that key; only for keys that are known to be there."""
        return cast("AnyModel", self.by_key[model][key].instance)


def key_name(model: type[models.Model]) -> str:
    """The name of the primary key, which every model has."""
    return next(one.name for one in model._meta.fields if one.primary_key)
