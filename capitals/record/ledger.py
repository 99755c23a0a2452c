"""The ledger of changes, `changes.csv` beside the fixtures: what became of each record, edition by edition.

An edition is the record as it stood on a day. Lines are only ever added, by `manage.py changes`
(see `changes.py`); here they are read, held against each other, and written.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from capitals.models import Change
from capitals.models.whole import TABLES
from capitals.record.problems import Problem

LEDGER = "changes.csv"
"""Its name in the folder of fixtures."""
COLUMNS = ("date", "table", "key", "kind", "digest", "name", "name_ru")
DIGEST = re.compile(r"[0-9a-f]{12}")
BY_HAND = "Lines are written by “manage.py changes”: take the file back as it was, or mend the line."

Named = tuple[str, str]
"""A record by its table and key: ("events", "lachin-2025-opening")."""


@dataclass(frozen=True)
class Line:
    """What became of one record in one edition."""

    date: datetime.date
    table: str
    key: str
    kind: str
    digest: str
    """What the record held then (`changes.py`); empty for one that was withdrawn."""
    name: str = ""
    """What a withdrawn record was called; empty for others, which tell it themselves."""
    name_ru: str = ""
    number: int = field(default=0, compare=False)
    """The line of the file, from 1."""

    @property
    def named(self) -> Named:
        return self.table, self.key

    @property
    def place(self) -> tuple[datetime.date, str, str]:
        """What lines are sorted by, and what no two of them share."""
        return self.date, self.table, self.key

    @property
    def withdraws(self) -> bool:
        return self.kind == Change.Kind.WITHDRAWN

    def change(self, number: int | None = None) -> Change:
        """The row that pages read, not saved."""
        texts = {name: getattr(self, name) for name in COLUMNS if name not in {"date", "digest"}}
        return Change(pk=number, date=self.date, **texts)


@dataclass(frozen=True)
class Ledger:
    """All lines, and how a message calls their file."""

    file: str
    lines: list[Line]

    def last(self) -> dict[Named, Line]:
        """The last line of each record that was ever listed."""
        return {line.named: line for line in self.lines}

    def until(self, date: datetime.date) -> Ledger:
        """The editions before that of `date`."""
        return Ledger(self.file, [line for line in self.lines if line.date < date])

    def problem(self, line: Line, what: str, mend: str = BY_HAND) -> Problem:
        """Something wrong with a line."""
        return Problem(self.file, line.number, f"{line.table}/{line.key}", "", what, mend)


def read_ledger(file: Path, shown: str) -> tuple[Ledger, list[Problem]]:
    """The lines of `file`, which messages call `shown`, and what is wrong with them."""
    ledger = Ledger(shown, [])
    problems: list[Problem] = []
    try:
        for number, row in _rows(file.read_bytes().decode("utf-8")):
            read = _line(row, number)
            if isinstance(read, Line):
                ledger.lines.append(read)
            else:
                problems.append(Problem(shown, number, "", "", read, BY_HAND))
    except UnicodeDecodeError:
        problems.append(Problem(shown, 1, "", "", "This is not UTF-8.", "Save the file as UTF-8."))
    except csv.Error as error:
        problems.append(Problem(shown, 1, "", "", f"The CSV is broken: {error}.", BY_HAND))
    # Where lines are missing, those that follow on them are no mistake.
    return ledger, problems or list(_out_of_line(ledger))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row below the header with the number of its line; an edition without a header is refused."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    if tuple(next(rows, ())) != COLUMNS:
        raise csv.Error(f"its first line is not “{','.join(COLUMNS)}”")
    for row in rows:
        yield rows.line_num, row


def _line(row: list[str], number: int) -> Line | str:
    """The row as a line, or what is wrong with it."""
    if len(row) != len(COLUMNS):
        return f"There are {len(row)} columns instead of {len(COLUMNS)}."
    written, table, key, kind, digest, name, name_ru = row
    try:
        date = datetime.date.fromisoformat(written)
    except ValueError:
        date = None
    if date is None or date.isoformat() != written:
        return f"“{written}” is no day like 2026-11-30."
    line = Line(date, table, key, kind, digest, name, name_ru, number)
    if table not in TABLES:
        return f"There is no table “{table}”. Known are: {', '.join(TABLES)}."
    try:
        TABLES[table]._meta.pk.clean(key, None)
        _check(line)
    except ValidationError as error:
        return f"{table}/{key}: {' '.join(error.messages)}"
    if not (digest == "" if line.withdraws else DIGEST.fullmatch(digest)):
        return f"{table}/{key}: a digest is twelve hexadecimal digits, empty for what is withdrawn."
    if line.withdraws != bool(name) or (name_ru and not name):
        return f"{table}/{key}: what is withdrawn has the name that it bore, and nothing else has one."
    return line


def _check(line: Line) -> None:
    """What Django's `clean_fields` says of the row, without a row: there are very many lines."""
    messages: list[str] = []
    for one in _fields():
        value = getattr(line, one.name)
        if value or not one.blank:
            try:
                one.clean(value, None)
            except ValidationError as error:
                messages += error.messages
    if messages:
        raise ValidationError(messages)


@cache
def _fields() -> list[Any]:
    return [Change._meta.get_field(name) for name in COLUMNS if name != "digest"]


def _out_of_line(ledger: Ledger) -> Iterator[Problem]:
    """Lines that do not follow on those before them."""
    stands: dict[Named, bool] = {}
    before: Line | None = None
    for line in ledger.lines:
        adds = line.kind == Change.Kind.ADDED
        if before and line.place == before.place:
            yield ledger.problem(line, "This record stands twice in one edition.")
        elif before and line.place < before.place:
            yield ledger.problem(line, "This line is not in order: by date, table, key.")
        elif line.named not in stands and not adds:
            yield ledger.problem(line, f"The first line of this record is “{line.kind}”, not “added”.")
        elif adds and stands.get(line.named):
            yield ledger.problem(line, "This record was added before and not withdrawn since.")
        elif not adds and not stands[line.named]:
            yield ledger.problem(line, f"This record was withdrawn before: it cannot be “{line.kind}”.")
        stands[line.named] = not line.withdraws
        before = line


def write_ledger(file: Path, lines: Iterable[Line]) -> None:
    """Write the lines to `file`, in order: whole, or not at all."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in sorted(lines, key=lambda line: line.place):
        writer.writerow([str(getattr(line, name)) for name in COLUMNS])
    new = file.with_suffix(".new")
    new.write_text(written.getvalue(), encoding="utf-8", newline="")
    new.replace(file)
