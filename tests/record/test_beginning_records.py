"""`manage.py new` begins a record, `manage.py find` shows what is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import Manage
from minimal import RECORD, write_fixtures
from processes import ROOT
from test_fixtures import changed

from capitals.record.known import known_as
from capitals.record.loading import check
from capitals.record.problems import BadFixtures
from capitals.record.reading import read_fixtures
from capitals.record.skeletons import KINDS, NotKnown
from capitals.words.dates import today

pytestmark = pytest.mark.once

BEGUN = {
    "source": ("https://herald.example/2025/06/01/lachin-opened", "Лачин открыт"),
    "event": ("lachin-2025", "A concert, with friends"),
    "designation": ("lachin", "2030"),
    "decision": ("lachin-2025", "Lachin backed"),
    "centre": ("lachin", "House of Poetry"),
    "dispute": ("lachin-2025", "Who spoke?"),
    "city": ("azerbaijan", "Guba"),
}
FILLED = {
    "known_from": "report",
    "read_as": "full",
    "language": "ru",
    "start": '"2025-06"',
    "date": '"2024-10"',
    "inaugurated": '"2020"',
    "body": "heads-of-state",
    "operating_country": "azerbaijan",
    "latitude": '"41.36"',
    "longitude": '"48.51"',
    "sources": "[herald-2024-10-08]",
}
"""What an editor writes into empty fields; into others a word."""
KIND_AND_STATUS = {
    "source": "news",
    "event": "concert held",
    "decision": "supported",
    "centre": "state operating",
}


def filled(text: str, kind: str) -> str:
    """The skeleton as an editor leaves it: a value for what is empty, in both languages."""
    own = dict(zip(("kind", "status"), KIND_AND_STATUS.get(kind, "").split(), strict=False))
    lines: list[str] = []
    for line in text.splitlines():
        before, _, value = line.partition(":")
        name = before.strip().removeprefix("- ")
        if value.partition("#")[0].strip() in {"", "[]"} and name not in {"fields", *LISTS}:
            word = "Губа" if name.endswith("_ru") else "Quba"
            # Two versions of a dispute do not claim the same.
            claim = {"claim": f"{word} {len(lines)}"}
            line = f"{before}: {(FILLED | own | claim).get(name, word)}"
        lines.append(line)
    # The last of a city's names is the Russian one.
    return "\n".join(lines).replace("name: Quba\n      language: ru", "name: Губа\n      language: ru") + "\n"


LISTS = {"titles", "speakers", "versions", "names"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_that_was_begun_is_asked_for_what_is_empty_and_then_is_good(
    kind: str, tmp_path: Path, manage: Manage
) -> None:
    folder = write_fixtures(tmp_path / "fixtures")

    done = manage("new", "--fixtures", str(folder), kind, *BEGUN[kind])

    assert done.returncode == 0, done.stderr
    place = done.stdout.rpartition("Begun at ")[2].partition(". ")[0]
    file, _, line = place.partition(":")
    written = tmp_path / file
    begun = written.read_text(encoding="utf-8").splitlines()[int(line) - 1 :]
    assert done.stdout.startswith("\n".join(begun))
    with pytest.raises(BadFixtures) as caught:
        check(folder)
    assert {problem.file for problem in caught.value.problems} == {file}
    assert {problem.what for problem in caught.value.problems} <= {
        "There is no value.",
        "This record cites nothing.",
        "No record rests on this source.",
    }

    written.write_text(filled(written.read_text(encoding="utf-8"), kind), encoding="utf-8")
    if kind == "source":
        key = begun[1].partition("pk: ")[2]
        cited = RECORD.replace("[herald-2024-10-08]", f"[herald-2024-10-08, {key}]", 1)
        write_fixtures(folder, cited)

    check(folder)


def test_of_an_article_its_address_tells_outlet_day_and_key(tmp_path: Path) -> None:
    fixtures = read_fixtures(write_fixtures(tmp_path / "fixtures"))
    new = KINDS["source"][0]

    known = new(fixtures, "https://herald.example/2025/06/01/lachin-opened", "Лачин открыт", today())
    other = new(fixtures, "https://www.gazette.example/news/417", "", today())
    future = new(fixtures, "https://herald.example/2999/06/01/", "", today())

    assert (known.fields["outlet"], known.fields["date"]) == ("Herald", "2025-06-01")
    assert known.fields["seen_on"] == f"{today():%Y-%m}"
    assert known.key == "herald-2025-06-01-lachin-otkryt"
    # One article says nothing of the outlet's other languages.
    assert known.fields["language"] == ""
    assert (other.fields["outlet"], other.fields["date"], other.key) == ("", "", "gazette-example")
    assert future.fields["date"] == ""


@pytest.mark.parametrize(
    ("kind", "of", "name", "says"),
    [
        ("source", "herald", "", "“herald” is no address: begin it with https://."),
        ("source", "http://[herald", "", "“http://[herald” is no address: begin it with https://."),
        ("source", "https://herald.example/lachin/", "", "This article is there: herald-2024-10-08."),
        (
            "event",
            "lachin-2052",
            "A concert",
            "There is no designation “lachin-2052”. Did you mean lachin-2025",
        ),
        ("designation", "lachin", "2025", "This title is there: lachin-2025."),
        ("designation", "lachin", "soon", "“soon” is no year"),
        ("dispute", "nobody", "Who?", "There is no designation, decision, event, city, centre, series or "),
        ("event", "lachin-2025", "!", "“!” has no letter that a key could be made of"),
        ("city", "lachin", "Guba", "There is no country “lachin”. “manage.py find” shows"),
        ("city", "azerbaijan", "Lachin", "This city is there: lachin. Another one needs another name."),
        ("city", "azerbaidjan", "Guba", "There is no country “azerbaidjan”. Did you mean azerbaijan?"),
    ],
)
def test_what_cannot_be_begun_is_told_with_what_is_like_it(
    kind: str, of: str, name: str, says: str, tmp_path: Path
) -> None:
    fixtures = read_fixtures(write_fixtures(tmp_path / "fixtures"))

    with pytest.raises(NotKnown) as caught:
        KINDS[kind][0](fixtures, of, name, today())

    assert str(caught.value).startswith(says)


def test_a_russian_name_stands_in_the_field_for_russian(tmp_path: Path) -> None:
    fixtures = read_fixtures(write_fixtures(tmp_path / "fixtures"))

    city = KINDS["city"][0](fixtures, "azerbaijan", "Губа", today())

    assert (city.key, city.fields["name"], city.fields["name_ru"]) == ("guba", "", "Губа")
    assert [name["name"] for name in city.parts["names"]] == ["", "Губа"]


@pytest.mark.parametrize(
    ("kind", "of", "name", "said"),
    [
        ("city", "azerbaijan", "No", 'pk: "no"'),
        ("centre", "lachin", "2024", 'pk: "2024"'),
        ("centre", "lachin", "House: “Poetry” # 1", 'name: "House: “Poetry” # 1"'),
        ("centre", "lachin", "h" * 400, f"pk: {'h' * 50}\n"),
        ("source", "https://herald.example/on:", "A day", 'address: "https://herald.example/on:"'),
    ],
)
def test_what_yaml_would_misread_is_in_quotes_and_keys_are_short(
    kind: str, of: str, name: str, said: str, tmp_path: Path
) -> None:
    skeleton = str(KINDS[kind][0](read_fixtures(write_fixtures(tmp_path / "fixtures")), of, name, today()))

    assert said in skeleton
    assert yaml.safe_load(skeleton)


def test_an_empty_field_says_whether_it_must_be_filled_in(tmp_path: Path) -> None:
    text = changed(
        RECORD,
        {
            "    role: opening\n": "    role:\n",
            "    city: lachin\n    year": "    city: lachin\n    account:\n    year",
        },
    )

    said = str(BadFixtures(read_fixtures(write_fixtures(tmp_path / "fixtures", text)).problems))

    assert "field “account”: There is no value. Leave the field out if it is not recorded." in said
    assert (
        "field “role”: There is no value. Fill it in: a record of this kind must have it. "
        "It must be one of: programme, opening," in said
    )


def test_a_key_that_is_taken_has_a_number_behind_it(tmp_path: Path) -> None:
    fixtures = read_fixtures(write_fixtures(tmp_path / "fixtures"))

    assert KINDS["event"][0](fixtures, "lachin-2025", "Opening", today()).key == "lachin-2025-opening-2"


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("Laçın", ["lachin"]),
        (
            "лачин 2025",
            ["lachin-2025", "lachin-2025-opening", "lachin-2025-who-decided", "moscow-2024-10-08"],
        ),
        ("open year", ["lachin-2025-opening"]),
        ("http://www.herald.example/lachin/#opening", ["herald-2024-10-08"]),
        ("x", []),
        ("-", []),
    ],
)
def test_a_record_is_found_by_any_of_its_names_in_any_script_whole_names_first(
    words: str, keys: list[str], tmp_path: Path
) -> None:
    """Of a fixture with mistakes too: the editor is in the middle of one."""
    text = changed(RECORD, {"    role: opening\n": "    role:\n", "names: [lachin-2025]": "names: [x]"})
    fixtures = read_fixtures(write_fixtures(tmp_path / "fixtures", text))

    assert fixtures.problems != []
    assert [one.key for one in known_as(fixtures, words)] == keys


def test_while_a_file_is_broken_nothing_is_begun_and_what_is_found_is_said_to_lack_it(
    tmp_path: Path, manage: Manage
) -> None:
    folder = write_fixtures(tmp_path / "fixtures")
    (folder / "zz.yaml").write_text("x: : y\n", encoding="utf-8")

    begun = manage("new", "--fixtures", str(folder), "city", "azerbaijan", "Guba")
    found = manage("find", "--fixtures", str(folder), "azerb")

    assert (begun.returncode, begun.stdout) == (1, "")
    assert "fixtures/zz.yaml:1: The YAML is broken" in begun.stderr
    assert "Nothing was written." in begun.stderr
    assert sorted(file.name for file in folder.rglob("*.yaml")) == ["record.yaml", "zz.yaml"]
    assert found.stdout.startswith("country azerbaijan")
    assert "fixtures/zz.yaml:1: The YAML is broken" in found.stderr


def test_the_command_shows_key_name_and_place_or_what_is_like_it(tmp_path: Path, manage: Manage) -> None:
    folder = str(write_fixtures(tmp_path / "fixtures"))

    assert manage("find", "--fixtures", folder, "azerb").stdout == (
        "country azerbaijan  Azerbaijan  fixtures/record.yaml:12\n"
    )
    assert "source herald-2024-10-08  Lachin is named (first edition)  (Herald)  fixtures/record.yaml:1" in (
        manage("find", "--fixtures", folder, "herald").stdout
    )
    missed = manage("find", "--fixtures", folder, "azerbajan")
    assert (missed.returncode, missed.stdout) == (1, "")
    assert "Nothing in fixtures/ is called “azerbajan”. Did you mean azerbaijan?" in missed.stderr


def test_who_reads_on_may_stop_before_all_is_told() -> None:
    asked = subprocess.Popen(
        [sys.executable, "manage.py", "find", "a"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        # It has not begun to write by then: reading the fixtures takes longer.
        asked.stdout.close()
        said = asked.stderr.read().decode()

    assert (asked.returncode, said) == (0, "")
