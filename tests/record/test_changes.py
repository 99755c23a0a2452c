"""The ledger of changes: what an edition lists, how it is amended, and what is refused."""

from __future__ import annotations

import datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from minimal import RECORD, write_fixtures

from capitals.models import Change, Correction, FormerAddress, RecordState
from capitals.models.whole import RECORD as MODELS
from capitals.models.whole import TABLE_OF
from capitals.record import LOAD_ALIAS, changes
from capitals.record.changes import differences, digests_of, edition
from capitals.record.dependents import BELONGS_TO
from capitals.record.ledger import COLUMNS, LEDGER, Ledger, Line, read_ledger, write_ledger
from capitals.record.loading import check
from capitals.record.problems import BadFixtures
from capitals.record.reminders import reminders
from capitals.record.version import record_version
from capitals.record.writing import delete_record, write_record

CLOSING = """\
- model: capitals.event
  pk: lachin-2025-closing
  fields:
    title: Closing of the year, "the end"
    title_ru: Закрытие года
    kind: ceremony
    status: held
    known_from: report
    start: "2025-12"
    city: lachin
    summary: The year was closed.
    sources: [herald-2024-10-08]
"""
WITH_CLOSING = RECORD.replace("# The end.\n", CLOSING)
LAID_OUT_OTHERWISE = RECORD.replace("name: Laçın", "name: >-\n      Laçın\n    # by hand").replace(
    "sources: [herald-2024-10-08]", "sources:\n      - 'herald-2024-10-08'"
)


def run(folder: Path, date: str, text: str = RECORD) -> list[str]:
    """What `manage.py changes` prints on that day, when the fixtures hold `text`."""
    printed = StringIO()
    options = {"fixtures": write_fixtures(folder, text), "date": datetime.date.fromisoformat(date)}
    call_command("changes", stdout=printed, stderr=printed, **options)
    return [line.strip() for line in printed.getvalue().splitlines()]


def load(folder: Path) -> None:
    """Put the record of the folder in place of the one in the database."""
    delete_record(LOAD_ALIAS)
    write_record(LOAD_ALIAS, check(folder), "any", 1)


def listed(folder: Path) -> list[str]:
    """The ledger's lines, each as its day, record and kind, with the Russian name of what was withdrawn."""
    lines = read_ledger(folder / LEDGER, "")[0].lines
    return [f"{line.date} {'/'.join(line.named)} {line.kind} {line.name_ru}".strip() for line in lines]


def test_editions_tell_what_became_of_records_and_a_day_has_one(tmp_path: Path, empty_record: None) -> None:
    folder = tmp_path / "fixtures"

    assert run(folder, "2026-01-01")[-1] == "Edition of 2026-01-01 in all: 8 added, 0 mended, 0 withdrawn."
    first = listed(folder)
    assert first[1] == "2026-01-01 capitals/lachin-2025 added"
    assert run(folder, "2026-01-02", LAID_OUT_OTHERWISE) == [
        "Nothing to add: the ledger of changes is up to date."
    ]

    # A part of a record is told of with it; what came and changed on one day was added that day.
    spelled = WITH_CLOSING.replace("name: Laçın", "name: Lacin")
    assert run(folder, "2026-01-02", spelled) == [
        "mended cities/lachin",
        "added events/lachin-2025-closing",
        "Edition of 2026-01-02 in all: 1 added, 1 mended, 0 withdrawn.",
    ]
    mended = WITH_CLOSING.replace("The year was closed.", "It was closed.")
    assert run(folder, "2026-01-02", mended) == [
        "added events/lachin-2025-closing",
        "no longer listed as mended: cities/lachin",
        "Edition of 2026-01-02 in all: 1 added, 0 mended, 0 withdrawn.",
    ]
    load(folder)
    assert (
        run(folder, "2026-01-03")[0]
        == 'withdrawn events/lachin-2025-closing (Closing of the year, "the end")'
    )
    assert run(folder, "2026-01-04", mended)[0] == "added events/lachin-2025-closing"

    assert listed(folder) == [
        *first,
        "2026-01-02 events/lachin-2025-closing added",
        "2026-01-03 events/lachin-2025-closing withdrawn Закрытие года",
        "2026-01-04 events/lachin-2025-closing added",
    ]


def test_a_load_writes_the_lines_where_pages_find_them(tmp_path: Path, empty_record: None) -> None:
    folder = tmp_path / "fixtures"
    run(folder, "2026-01-01")
    without = record_version(folder)
    run(folder, "2026-01-02", WITH_CLOSING)

    load(folder)

    assert record_version(folder) != without
    assert Change.objects.count() == 9
    assert RecordState.objects.with_edition().get().edition == datetime.date(2026, 1, 2)
    assert Change.objects.last_dates_by_table()["events"] == {
        "lachin-2025-opening": datetime.date(2026, 1, 1),
        "lachin-2025-closing": datetime.date(2026, 1, 2),
    }


def test_a_ledger_that_is_behind_is_told_and_one_that_contradicts_refused(
    tmp_path: Path, empty_record: None
) -> None:
    folder = tmp_path / "fixtures"
    run(folder, "2026-01-02", WITH_CLOSING)

    write_fixtures(folder, WITH_CLOSING.replace("first edition", "second edition"))
    [reminder] = [str(one) for one in reminders(check(folder))]
    assert reminder.startswith("fixtures/changes.csv:10: The ledger of changes is behind by 7 records. Run")
    with pytest.raises(CommandError, match="behind: 0 added, 7 mended, 0 withdrawn"):
        call_command("changes", check=True, fixtures=folder)
    with pytest.raises(CommandError, match="There is an edition of 2026-01-02"):
        run(folder, "2026-01-01")

    write_fixtures(folder, RECORD)
    with pytest.raises(BadFixtures, match=r"csv:8: events/lachin-2025-closing: .* no longer in the fixtures"):
        check(folder)
    # Neither the database nor the fixtures know what it was called.
    run(folder, "2026-01-02")
    assert check(folder).ledger is not None
    run(folder, "2026-01-03", WITH_CLOSING)
    written = (folder / LEDGER).read_bytes()
    write_fixtures(folder, RECORD)
    with pytest.raises(CommandError, match="lachin-2025-closing was called is not in the database"):
        run(folder, "2026-01-04")
    with pytest.raises(CommandError, match="2999-01-01 is to come"):
        run(folder, "2999-01-01")
    assert (folder / LEDGER).read_bytes() == written


FIRST = "2026-01-01,cities,lachin,added,0123456789ab,,"
MISTAKES = {
    "2026-01-01,towns,lachin,added,0123456789ab,,": "There is no table “towns”",
    "2026-02-30,cities,osh,added,0123456789ab,,": "“2026-02-30” is no day",
    "20260202,cities,osh,added,0123456789ab,,": "“20260202” is no day",
    "2026-01-02,cities,osh,changed,0123456789ab,,": "'changed' is not a valid choice",
    "2026-01-02,cities,O sh,added,0123456789ab,,": "A key is made of",
    "2026-01-02,cities,osh,added,,,": "a digest is twelve hexadecimal digits",
    "2026-01-02,cities,lachin,withdrawn,0123456789ab,Lachin,": "empty for what is withdrawn",
    "2026-01-02,cities,lachin,withdrawn,,,": "has the name that it bore",
    "2026-01-02,cities,lachin,mended,0123456789ac,Lachin,": "nothing else has one",
    "2026-01-02,cities,osh,added": "There are 4 columns instead of 7",
    '2026-01-02,cities,osh,added,0123456789ab,"': "The CSV is broken",
    FIRST: "stands twice in one edition",
    "2026-01-01,cities,baku,added,0123456789ab,,": "not in order",
    "2026-01-02,cities,osh,mended,0123456789ab,,": "is “mended”, not “added”",
    "2026-01-02,cities,lachin,added,0123456789ab,,": "was added before",
}


def test_a_line_that_cannot_be_is_named_with_its_place(tmp_path: Path) -> None:
    for line, what in MISTAKES.items():
        (tmp_path / LEDGER).write_text("\n".join([",".join(COLUMNS), FIRST, line, ""]))
        _ledger, [problem] = read_ledger(tmp_path / LEDGER, "fixtures/changes.csv")
        assert what in problem.what
        assert problem.line == (1 if "broken" in what else 3)

    for content, what in {
        b"date,table\n": "its first line is not",
        b"": "its first line is not",
        b"\xff": "UTF-8",
    }.items():
        (tmp_path / LEDGER).write_bytes(content)
        _ledger, [problem] = read_ledger(tmp_path / LEDGER, "fixtures/changes.csv")
        assert what in problem.what

    write_fixtures(tmp_path)
    with pytest.raises(CommandError, match=r"changes.csv:1: This is not UTF-8"):
        call_command("changes", fixtures=tmp_path)


DAYS = st.integers(1, 3).map(lambda number: datetime.date(2026, 1, number))
KEYS = st.dictionaries(st.sampled_from(["osh", "baku", "ganja"]), st.sampled_from(["0" * 12, "1" * 12]))


@given(st.lists(st.tuples(DAYS, KEYS), max_size=8))
def test_after_each_run_the_ledger_follows_on_itself_and_holds_the_record(
    runs: list[tuple[datetime.date, dict[str, str]]],
) -> None:
    ledger = Ledger("", [])
    with (
        TemporaryDirectory() as folder,
        patch.object(changes, "names_that_stood", lambda table, key: (f"{table}, {key}", "Б")),
    ):
        for date, keys in sorted(runs, key=lambda run: run[0]):
            now = {("cities", key): digest for key, digest in keys.items()}
            earlier: list[Line] = ledger.until(date).lines
            file = Path(folder) / LEDGER
            write_ledger(file, [*earlier, *edition(ledger, now, date)])
            ledger, problems = read_ledger(file, "")

            assert problems == []
            assert ledger.until(date).lines == earlier
            assert differences(ledger, now) == {}


def test_each_record_of_the_fixtures_is_told_of_by_itself_or_with_another() -> None:
    assert set(MODELS) == {*TABLE_OF, *BELONGS_TO, Correction, FormerAddress}


def test_the_ledger_of_the_real_record_is_up_to_date(settings: Any) -> None:
    fixtures = check(settings.FIXTURES_FOLDER)

    assert fixtures.ledger is not None
    assert differences(fixtures.ledger, digests_of(fixtures)) == {}, "run manage.py changes"
