"""The record as it was read from fixtures, in memory: what each record holds and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from django.db import models

from capitals.record.ledger import Ledger
from capitals.record.problems import Problem

AnyModel = TypeVar("AnyModel", bound=models.Model)


class Layout(NamedTuple):
    """Which fields a record of a fixture has, and how many lines below its first each stands.

    Records of one kind mostly share theirs: a hundred thousand dictionaries less in memory.
    """

    names: tuple[str, ...] = ()
    below: tuple[int, ...] = ()


NOTHING: dict[str, list[tuple[str, int]]] = {}
"""What records without lists of references have together; nothing is ever put into it."""


@dataclass(slots=True)
class Entry:
    """One record of a fixture: an unsaved instance, what it refers to, where it stands."""

    model: type[models.Model]
    key: str | None
    file: str
    line: int
    instance: models.Model = field(init=False)
    many: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: NOTHING)
    key_line: int | None = None
    layout: Layout = field(default_factory=Layout)
    values: tuple[Any, ...] = ()
    """Its fields as they were written, in the order of the layout."""
    within: str = ""
    """What a message calls the record that it is written within, if it is."""
    sound: bool = True
    """Whether its values are taken, and those of all that it refers to: rules can read it."""

    @property
    def lines(self) -> dict[str, int]:
        """The line of each field that it has, its key among them."""
        own = {} if self.key_line is None else {"pk": self.key_line}
        below = zip(self.layout.names, self.layout.below, strict=True)
        return own | {name: self.line + number for name, number in below}

    @property
    def written(self) -> dict[str, Any]:
        """Its fields as they were written, for the ledger of changes."""
        return dict(zip(self.layout.names, self.values, strict=True))

    @property
    def name(self) -> str:
        """How a message calls it: its model and key, or what it is written within."""
        place = self.key or (f"within {self.within}" if self.within else "without a key")
        return f"{self.model._meta.model_name} {place}"

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
    passed_over: list[str] = field(default_factory=list)
    """Files in the folder that are not read: editors and systems leave them behind."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with them, as far as it was looked for."""
    is_whole: bool = True
    """Whether all of it could be read: else what is not here may stand in what could not."""

    @property
    def unread(self) -> list[Problem]:
        """Why files, or parts of them, could not be read: what stands there is not known."""
        return [problem for problem in self.problems if not problem.record]

    def __iter__(self) -> Iterator[Entry]:
        """The records that rules can read: all of them, where nothing is wrong."""
        return (entry for entry in self.every() if entry.sound)

    def every(self) -> Iterator[Entry]:
        """All records, those with mistakes too."""
        for entries in self.entries.values():
            yield from entries

    def of(self, model: type[AnyModel]) -> list[tuple[Entry, AnyModel]]:
        """The records of one model that rules can read: where each stands, and what it holds."""
        return [(entry, record) for entry, record in self.every_of(model) if entry.sound]

    def every_of(self, model: type[AnyModel]) -> list[tuple[Entry, AnyModel]]:
        """All records of one model, those with mistakes too: what stands somewhere is not missing."""
        return [(entry, cast("AnyModel", entry.instance)) for entry in self.entries.get(model, ())]

    def let_go(self, model: type[models.Model]) -> list[Entry]:
        """The records of one model, for which there is no other use: they are not kept here."""
        self.by_key.pop(model, None)
        return self.entries.pop(model, [])

    def get(self, model: type[AnyModel], key: str) -> AnyModel:
        """The record of that key; only for keys that are known to be there."""
        return cast("AnyModel", self.by_key[model][key].instance)


@cache
def key_name(model: type[models.Model]) -> str:
    """The name of the primary key, which every model has."""
    return next(one.name for one in model._meta.fields if one.primary_key)
