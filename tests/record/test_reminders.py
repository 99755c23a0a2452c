"""What a check reminds an editor of without refusing it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conftest import Manage
from minimal import RECORD, write_fixtures

from capitals.record.loading import check
from capitals.record.reminders import DRAW, reminders

YEAR = "    year: 2025\n"
YEAR_TO_COME = (
    RECORD.replace("lachin-2025", "lachin-2099")
    .replace(YEAR, "    year: 2099\n")
    .replace("status: held", "status: planned")
    .replace("known_from: report", "known_from: announcement")
    .replace('start: "2025-05"\n    end: "2025-06-01"', 'start: "2099-05"')
)
NEW_CITY = RECORD.replace("lachin", "newtown")
NOBODY_DECIDED = RECORD.replace("kind: decided", "kind: proposed")


def reminded(folder: Path, text: str) -> list[str]:
    """What the editor of that record is reminded of."""
    assert text != RECORD
    return [str(one) for one in reminders(check(write_fixtures(folder / "fixtures", text)))]


def test_a_title_year_without_a_picture_is_named_with_its_place_and_the_cure(tmp_path: Path) -> None:
    line = RECORD[: RECORD.index(YEAR)].count("\n") + 1

    assert reminded(tmp_path, YEAR_TO_COME) == [
        f"fixtures/record.yaml:{line}: designation lachin-2099 field “year”: "
        f"“2099” has no picture for sharing. {DRAW}"
    ]


def test_a_city_without_a_picture_is_named_once(tmp_path: Path) -> None:
    title = NEW_CITY[NEW_CITY.index("- model: capitals.desi") : NEW_CITY.index("- model: capitals.deci")]
    earlier = title.replace("newtown-2025", "newtown-2024").replace(YEAR, "    year: 2024\n")
    both = NEW_CITY.replace("# The end.", earlier).replace("[newtown-2025]", "[newtown-2025, newtown-2024]")

    [picture] = reminded(tmp_path, both)

    assert "designation newtown-2025 field “city”: “newtown” has no picture for sharing." in picture


def test_a_title_that_nobody_decided_on_is_told_unless_it_was_searched_for(tmp_path: Path) -> None:
    searched = NOBODY_DECIDED.replace(YEAR, f'{YEAR}    searched_to: "2026-03"\n')

    [reminder] = reminded(tmp_path, NOBODY_DECIDED)

    assert "designation lachin-2025: No decision of the kind “decided” names this title. Add it" in reminder
    assert reminded(tmp_path, searched) == []


def test_a_reminder_is_printed_and_is_no_mistake(manage: Manage, tmp_path: Path) -> None:
    folder = write_fixtures(tmp_path / "fixtures", YEAR_TO_COME)

    done = manage("load", "--check", "--fixtures", str(folder))

    assert done.returncode == 0, done.stderr
    assert "\nReminder: fixtures/record.yaml:" in done.stdout


def test_the_real_record_gives_no_reason_for_one(settings: Any) -> None:
    assert list(reminders(check(settings.FIXTURES_FOLDER))) == []
