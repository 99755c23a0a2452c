"""What changed in the record since its last edition: the fixtures beside the ledger of changes.

A record is told by a digest of what its fixture says, its dependents with it: an edit of a
city's spelling mends the city. How the YAML is laid out, and in which file a record stands,
changes nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import DatabaseError, models

from capitals.models import Change, InTwoLanguages
from capitals.models.whole import TABLE_OF, TABLES
from capitals.record.dependents import BELONGS_TO
from capitals.record.entries import Fixtures
from capitals.record.ledger import Ledger, Line, Named
from capitals.record.problems import Problem
from capitals.words.languages import ENGLISH, RUSSIAN

RUN = "Run “manage.py changes”, which adds an edition, and commit what it writes."

Written = tuple[type[models.Model], str | None, dict[str, Any]]
"""A record as its fixture has it: model, key, fields."""


def digests(records: Iterable[Written]) -> dict[Named, str]:
    """Twelve hexadecimal digits for each record of a table: the same while its fixture says the same."""
    own: dict[Named, dict[str, Any]] = {}
    dependents: dict[Named, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for model, key, fields in records:
        if model in TABLE_OF:
            own[TABLE_OF[model], str(key)] = fields
        elif model in BELONGS_TO:
            whole, name = BELONGS_TO[model]
            parts = dependents[TABLE_OF[whole], str(fields.get(name))]
            parts[model._meta.label_lower].append(_canonical(fields))
    return {named: _digest(fields, dependents.get(named, {})) for named, fields in own.items()}


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(fields: dict[str, Any], dependents: dict[str, list[str]]) -> str:
    # In an order of their own: that of the files is nobody's statement.
    parts = {label: sorted(texts) for label, texts in dependents.items()}
    return hashlib.sha256(_canonical([fields, parts]).encode()).hexdigest()[:12]


def digests_of(fixtures: Fixtures) -> dict[Named, str]:
    """The digests of the record that was read."""
    return digests((entry.model, entry.key, entry.written) for entry in fixtures)


def differences(ledger: Ledger, now: dict[Named, str]) -> dict[Named, str]:
    """What became of records since the ledger's last lines, where digests are `now`: kinds of change."""
    before = {named: line.digest for named, line in ledger.last().items() if not line.withdraws}
    return {
        **{named: Change.Kind.WITHDRAWN.value for named in before if named not in now},
        **{named: Change.Kind.MENDED.value for named in now if before.get(named, now[named]) != now[named]},
        **{named: Change.Kind.ADDED.value for named in now if named not in before},
    }


def edition(ledger: Ledger, now: dict[Named, str], date: datetime.date) -> list[Line]:
    """The lines of an edition of that day; what the ledger lists of that day already is amended."""
    listed = {line.named: line for line in ledger.lines if line.date == date}
    lines = []
    for (table, key), kind in differences(ledger.until(date), now).items():
        line = Line(date, table, key, kind, now.get((table, key), ""))
        if line.withdraws:
            old = listed.get(line.named)
            names = (old.name, old.name_ru) if old and old.withdraws else names_that_stood(table, key)
            line = Line(date, table, key, kind, "", *names)
        lines.append(line)
    return sorted(lines, key=lambda line: line.place)


def names_that_stood(table: str, key: str) -> tuple[str, str]:
    """What a record is called in the database, in English and in Russian; empty where it is not there.

    Fixtures no longer hold what is withdrawn; the database does until the next load.
    """
    try:
        record = TABLES[table]._default_manager.filter(pk=key).first()
    except DatabaseError:
        return "", ""
    if not isinstance(record, InTwoLanguages):
        return "", ""
    russian = record.called(RUSSIAN)
    return record.called(ENGLISH).words, russian.words if russian.language == RUSSIAN else ""


def disagreements(fixtures: Fixtures) -> Iterator[Problem]:
    """Records that the ledger says are there and are not, or the other way round.

    Readers of the list of changes would be led to pages that are not there.
    """
    ledger = fixtures.ledger
    for (table, key), line in ledger.last().items() if ledger else ():
        stands = key in fixtures.by_key[TABLES[table]]
        if ledger and stands == line.withdraws:
            what = (
                "The ledger says that this record was withdrawn, and it stands in the fixtures."
                if stands
                else "This record is no longer in the fixtures, and no edition says that it was withdrawn."
            )
            yield ledger.problem(line, what, RUN)


def edition_that_is_missing(fixtures: Fixtures) -> Iterator[Problem]:
    """That records were added or mended which no edition lists, where a ledger is kept."""
    ledger = fixtures.ledger
    number = len(differences(ledger, digests_of(fixtures))) if ledger else 0
    if ledger and number:
        records = "1 record" if number == 1 else f"{number} records"
        last = ledger.lines[-1].number if ledger.lines else 1
        what = f"The ledger of changes is behind by {records}."
        yield Problem(ledger.file, last, "", "", what, RUN)
