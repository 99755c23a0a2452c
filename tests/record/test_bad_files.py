"""What editors and systems do to files: each is told as what it is, at the line where it begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from minimal import RECORD, write_fixtures
from processes import python
from test_fixtures import THE_END, changed, complaints, line_of

from capitals.record.loading import check, check_only
from capitals.record.problems import BadFixtures
from capitals.record.version import record_version

pytestmark = pytest.mark.once

DESCRIPTION = "A town in the mountains (first edition)."


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("more.YAML", "This ending is not read. Call it more.yaml."),
        ("more.yml", "This ending is not read. Call it more.yaml."),
        ("events/more.YML", "This ending is not read. Call it more.yaml."),
        ("more.json", "Files of this kind are not read. Write its records into a file that ends in .yaml, "),
        ("more.yaml.txt", "Files of this kind are not read. "),
        ("more", "Files of this kind are not read. "),
        ("events/changes.csv", "Files of this kind are not read. "),
        ("events.yaml/", "This is a folder, and its name ends like a file's. Call it events."),
    ],
)
def test_what_somebody_may_have_meant_to_be_read_is_refused(name: str, says: str, tmp_path: Path) -> None:
    folder = write_fixtures(tmp_path / "fixtures")
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if name.endswith("/"):
        path.mkdir()
    else:
        path.write_text("[]")

    with pytest.raises(BadFixtures) as caught:
        check(folder)

    [problem] = map(str, caught.value.problems)
    assert problem.startswith(f"fixtures/{name.rstrip('/')}:1: {says}")


LEFT_BEHIND = [
    ".#record.yaml",
    "#record.yaml#",
    "record.yaml~",
    "._record.yaml",
    ".record.yaml.swp",
    ".DS_Store",
    "Thumbs.db",
    "events/~$2025.yaml",
    ".git/hooks.yaml",
]


def test_what_editors_and_systems_leave_behind_is_passed_over_with_a_word(tmp_path: Path) -> None:
    folder = write_fixtures(tmp_path / "fixtures")
    version = record_version(folder)
    for name in LEFT_BEHIND:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"\0 no record")
    for link in ("lock.yaml", ".#lock.yaml"):
        (folder / link).symlink_to("editor@machine.1234")

    loaded = check_only(folder)

    told = [str(reminder) for reminder in loaded.reminders if "was passed over" in str(reminder)]
    assert [one.partition(":")[0] for one in told] == sorted(
        [f"fixtures/{name}" for name in LEFT_BEHIND]
        + ["fixtures/lock.yaml", "fixtures/.#lock.yaml"]
        # The folder of what is Git's own too.
        + ["fixtures/.git"],
        key=lambda name: Path(name),
    )
    # So that `serve` loads nothing for their sake, and starts.
    assert record_version(folder) == loaded.version == version


@pytest.mark.parametrize(
    ("changes", "at", "says"),
    [
        pytest.param(
            {THE_END: "<<<<<<< HEAD\n# Ours.\n=======\n# Theirs.\n>>>>>>> branch"},
            "<<<<<<< HEAD",
            "The marks of a merge conflict stand here: Git left both versions of the lines. ",
            id="merge conflict",
        ),
        pytest.param(
            {f"description: {DESCRIPTION}": f'description: "{DESCRIPTION}'},
            'description: "',
            "A quote opens here and is not closed where its text ends. Close it; ",
            id="quote that is never closed",
        ),
        pytest.param(
            {
                f"description: {DESCRIPTION}": f'description: "{DESCRIPTION}',
                "summary: The year": 'summary: "The" year',
            },
            'description: "',
            "A quote opens here and is not closed where its text ends. Close it; ",
            id="quote that another closes",
        ),
        pytest.param(
            {f"description: {DESCRIPTION}": "description: 'Lachin's town'"},
            "description: 'Lachin",
            "A quote opens here and is not closed where its text ends. Close it; ",
            id="apostrophe in quotes",
        ),
        pytest.param(
            {DESCRIPTION: "A town \x07in the mountains (first edition)."},
            "\x07",
            "The YAML is broken: it holds the control character '\\x07'. Remove it.",
            id="control character below letters of two bytes",
        ),
        pytest.param(
            {"name: Laçın": "name: @Laçın"},
            "name: @",
            "The YAML is broken: A text without quotes begins with a letter that means something in YAML. ",
            id="at sign",
        ),
        pytest.param(
            {f"description: {DESCRIPTION}": "description: *lachin"},
            "description: *",
            "The YAML is broken: A text without quotes begins with a star, ",
            id="star",
        ),
        pytest.param(
            {f"    description: {DESCRIPTION}": f"   description: {DESCRIPTION}"},
            "   description: A town",
            "The YAML is broken: A line is indented otherwise than those around it. ",
            id="indentation",
        ),
        pytest.param(
            {"- model: capitals.body": "  model: capitals.body"},
            "  model: capitals.body",
            "“model” stands here twice. Remove one.",
            id="record without its hyphen",
        ),
        pytest.param(
            {"- model: capitals.body": "model: capitals.body"},
            "model: capitals.body",
            "The YAML is broken: A line stands among records, or items of a list, without a hyphen. ",
            id="line without a hyphen",
        ),
        pytest.param(
            {THE_END: "---\n- model: capitals.body"},
            "---",
            "The YAML is broken: Three hyphens begin another document: ",
            id="second document",
        ),
        pytest.param(
            {f"description: {DESCRIPTION}": f"description: &text {DESCRIPTION}\n    region: *text"},
            "description: &text",
            "Another place refers to this by a star, as YAML can. Write it out in both places.",
            id="alias",
        ),
        pytest.param(
            {f"description: {DESCRIPTION}": "<<: {description: A town}"},
            "<<: {",
            "city lachin: This merges another mapping in, as YAML can: ",
            id="merge key",
        ),
        pytest.param(
            {DESCRIPTION: "The town is #1 of the mountains."},
            "is #1",
            "city lachin field “description”: The text ends before the #: what follows is a comment to YAML. "
            "Put the text in quotes, or the comment above it.",
            id="number sign",
        ),
    ],
)
def test_broken_yaml_is_called_what_it_is_at_the_line_where_it_begins(
    tmp_path: Path, changes: dict[str, str], at: str, says: str
) -> None:
    text = changed(RECORD, changes)

    found = complaints(tmp_path, text)

    assert found[0].startswith(f"fixtures/record.yaml:{line_of(text, at)}: {says}")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('"\\u200b"', "There is no value. "),
        ('"\\u2800 \\u3164"', "There is no value. "),
        ('"\\ufeffTown"', "It holds U+FEFF (ZERO WIDTH NO-BREAK SPACE), which nobody sees. Remove it."),
        ('"To\\u200bwn"', "It holds U+200B (ZERO WIDTH SPACE), which nobody sees. "),
        ('"To\\u00adwn"', "It holds U+00AD (SOFT HYPHEN), which nobody sees. "),
        ('"\\u202enwoT"', "It holds U+202E (RIGHT-TO-LEFT OVERRIDE), which nobody sees. "),
        ('"\\u2067Town"', "It holds U+2067 (RIGHT-TO-LEFT ISOLATE), which nobody sees. "),
        ('"Town\\u00a0"', "It begins or ends with a space that is none of the keyboard's. Remove it."),
    ],
)
def test_letters_that_nobody_sees_are_refused(tmp_path: Path, written: str, says: str) -> None:
    text = changed(RECORD, {f"description: {DESCRIPTION}": f"description: {written}"})

    [problem] = complaints(tmp_path, text)

    assert problem.partition("“description”: ")[2].startswith(says)


def test_joiners_of_persian_and_spaces_that_do_not_break_belong_to_texts(tmp_path: Path) -> None:
    text = changed(RECORD, {"name: Lachin\n": "name: کی\u200cیف\n", DESCRIPTION: "A town,\u00a01,200 m."})

    check(write_fixtures(tmp_path / "fixtures", text))


@pytest.mark.parametrize("date", ["2025\u00a0", "\u00a02025", "2025-\u00a005", "2025\u200b"])
def test_a_space_that_nobody_sees_makes_no_date(tmp_path: Path, date: str) -> None:
    text = changed(RECORD, {'start: "2025-05"\n    end: "2025-06-01"\n': f'start: "{date}"\n'})

    assert any("event lachin-2025-opening field “start”: " in one for one in complaints(tmp_path, text))


def test_a_mistyped_key_is_told_first_and_once_however_many_refer_to_it(tmp_path: Path) -> None:
    text = changed(RECORD, {"  pk: herald-2024-10-08\n": "  pk: herald-2024-10-80\n"})

    first, *others = complaints(tmp_path, text)

    times = RECORD.count("[herald-2024-10-08]")
    assert first.startswith(
        f"fixtures/record.yaml:{line_of(text, 'pk: herald')}: source herald-2024-10-80 field “pk”: "
        f"Nothing refers to this key, and {times} times “herald-2024-10-08” is referred to, "
        "which is not there. "
        "Call it “herald-2024-10-08”, or mend the references; the first stands at fixtures/record.yaml:"
    )
    assert others == []


def test_a_lost_key_that_is_like_no_other_is_told_once(tmp_path: Path) -> None:
    text = RECORD.replace("[herald-2024-10-08]", "[x]")

    orphan, problem = complaints(tmp_path, text)

    times = RECORD.count("[herald-2024-10-08]")
    assert "source herald-2024-10-08: No record rests on this source." in orphan
    assert f"There is no source “x”. {times - 1} more refer to it. Add that record" in problem


def test_of_very_many_problems_some_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    wrong = "".join(f"- model: capitals.boddy{number}\n" for number in range(180))
    folder = write_fixtures(tmp_path / "fixtures", changed(RECORD, {THE_END: wrong}))

    done = python("manage.py", "load", "--check", "--fixtures", str(folder))

    lines = done.stderr.splitlines()
    assert len(lines) == 52
    assert lines[-2:] == [
        "And 130 more, which are not shown.",
        "CommandError: 180 problems in the fixtures. Nothing was changed.",
    ]


BOMB = "- &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"- &{chr(98 + level)} [{', '.join([f'*{chr(97 + level)}'] * 9)}]\n" for level in range(12)
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(BOMB, "Another place refers to this by a star", id="a bomb of aliases"),
        pytest.param("[" * 100_000, "Lists stand in lists without end. ", id="lists in lists"),
        pytest.param(
            "- " * 50_000 + "x", "Lists stand in lists without end. ", id="lists in lists by hyphens"
        ),
        pytest.param("#" * 16_000_001, "The file has more than 16 megabytes. Divide it: ", id="a huge file"),
    ],
)
def test_what_would_fill_the_memory_ends_in_a_message(tmp_path: Path, content: str, says: str) -> None:
    folder = write_fixtures(tmp_path / "fixtures", content)

    done = python("manage.py", "load", "--check", "--fixtures", str(folder))

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("fixtures/record.yaml:")
    assert says in done.stderr
