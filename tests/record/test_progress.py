"""Who waits at a terminal sees how far a load has come; nobody else sees anything of it."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from minimal import write_fixtures
from processes import ROOT

from capitals.record.progress import Bar, Silence, progress_on


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_one_line_that_grows_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr("capitals.record.progress.time.monotonic", lambda: next(clock))
    terminal = Terminal()
    bar = progress_on(terminal)
    bar.stage("Reading", 4)
    bar.step()
    bar.step(3)
    bar.stage("Search", 0)
    bar.close()

    drawn = terminal.getvalue().split("\r")
    assert [line.split()[0] for line in drawn[1:-1]] == ["Reading", "Reading", "Reading", "Search"]
    assert [line.count("█") for line in drawn[1:-1]] == [0, 6, 24, 24]
    assert [line[-9:] for line in drawn[1:-1]] == [
        "   0 %\033[K",
        "  25 %\033[K",
        " 100 %\033[K",
        " 100 %\033[K",
    ]
    assert drawn[-1] == "\033[K"
    assert "\n" not in terminal.getvalue()


def test_a_bar_is_drawn_no_oftener_than_eyes_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("capitals.record.progress.time.monotonic", lambda: 1.0)
    terminal = Terminal()
    bar = Bar(terminal)
    bar.stage("Reading", 1000)
    for _ in range(1000):
        bar.step()

    assert terminal.getvalue().count("\r") == 1


def test_what_is_no_terminal_gets_nothing() -> None:
    file = io.StringIO()
    progress = progress_on(file)
    progress.stage("Reading", 4)
    progress.step()
    progress.close()

    assert type(progress) is Silence
    assert file.getvalue() == ""


@pytest.mark.once
def test_a_load_draws_its_bar_on_a_terminal_and_clears_it(tmp_path: Path) -> None:
    folder = write_fixtures(tmp_path / "fixtures")
    ours, theirs = pty.openpty()
    command = [sys.executable, "manage.py", "load", "--fixtures", str(folder)]
    address = f"sqlite:///{tmp_path / 'record.sqlite3'}"
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address},
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        timeout=60,
        check=True,
    )
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode()
    os.close(ours)

    stages = list(dict.fromkeys(line.split()[0] for line in drawn.split("\r") if line[:1].isalpha()))
    assert stages == ["Reading", "Checking", "Writing", "Search"]
    assert drawn.endswith("\r\033[K")
    assert "Loaded (load 1)" in done.stdout
    assert "█" not in done.stdout
