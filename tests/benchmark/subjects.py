"""The servers that are asked, each started by its own means on a port of this machine's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from processes import ROOT
from serving import Site, free_port, running, serving

from benchmark.progress import say

TESTS = ROOT / "tests"
SITE = "heritage.wsgi:application"
ONE_WORKER = ("--workers", "1")


class NotPrepared(Exception):
    """A program that a subject needs is not there, or did not do its work."""


@dataclass
class Subjects:
    """Servers that run until the stack is closed, by their names in the table."""

    folder: Path
    stack: ExitStack
    servers: dict[str, Site] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Site:
        return self.servers[name]

    @property
    def record(self) -> str:
        """The address of the site's record."""
        return f"sqlite:///{self.folder / 'record.sqlite3'}"

    def room(self, name: str) -> Path:
        """An empty folder for one subject."""
        room = self.folder / name.replace(" ", "_")
        room.mkdir()
        return room

    def prepare(self) -> None:
        """Load the fixtures into a record of the benchmark's own."""
        say("Loading the record")
        manage(ROOT, "load", database=self.record)

    def start_site(self, name: str, *, keeping: str = "") -> Site:
        """The site by its own command, keeping so many megabytes of pages; unless told, what it would."""
        say(f"Starting: {name}")
        site = serving(self.record, self.room(name), *ONE_WORKER, KEPT_MEGABYTES=keeping)
        self.servers[name] = self.stack.enter_context(site)
        return self[name]

    def start_base(self, commit: str) -> None:
        """The site of another commit, from its own files, with its own record."""
        say(f"Starting: the site of {commit}")
        room = self.room("base")
        root = room / "site"
        root.mkdir()
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
        if archive.returncode != 0:
            raise NotPrepared(f"--base {commit} is no commit here: {archive.stderr.decode().strip()}")
        subprocess.run(["tar", "--extract", "--directory", root], input=archive.stdout, check=True)
        record = f"sqlite:///{room / 'record.sqlite3'}"
        manage(root, "load", database=record)
        site = serving(record, room, *ONE_WORKER, root=root, KEPT_MEGABYTES="0")
        self.servers["base"] = self.stack.enter_context(site)

    @contextmanager
    def hundredfold(self, factor: int | None, record: Path | None, *, keeping: str = "") -> Iterator[Site]:
        """The site with a synthetic record, made here once, or loaded before into the file `record`."""
        room = self.folder / "hundredfold"
        if not room.exists():
            self.prepare_hundredfold(room, factor)
        file = record.resolve() if record else room / "record.sqlite3"
        say("Starting: the site with a large record")
        address, code = f"sqlite:///{file}", room / "site"
        with serving(address, room, *ONE_WORKER, root=code, KEPT_MEGABYTES=keeping) as site:
            yield site

    def prepare_hundredfold(self, room: Path, factor: int | None) -> None:
        """The site's code in `room`; with a factor, fixtures of that size beside it, and their record."""
        hidden = shutil.ignore_patterns(".*", "__pycache__", "fixtures", "tests", "*.egg-info")
        root = Path(shutil.copytree(ROOT, room / "site", ignore=hidden))
        if factor is None:
            # Without fixtures `serve` serves the record that stands.
            (root / "fixtures").mkdir()
            return
        say(f"Making and loading a record {factor} times as large")
        synthetic = [sys.executable, str(TESTS / "synthetic.py"), "--factor", str(factor)]
        run([*synthetic, str(root / "fixtures")], ROOT)
        manage(root, "load", database=f"sqlite:///{room / 'record.sqlite3'}")

    def start_datasette(self) -> None:
        """Datasette on the SQLite file of the dataset, told that nothing changes it: its fastest way."""
        say("Starting: Datasette")
        room = self.room("datasette")
        manage(ROOT, "export", str(room), database=self.record)
        [exported] = room.glob("*/record.sqlite3")
        port = free_port()
        command = [sys.executable, "-m", "datasette", "serve", "--port", str(port), "-i"]
        datasette = running("datasette", [*command, str(exported)], port, room, room, variables())
        self.servers["datasette"] = self.stack.enter_context(datasette)

    def start_granians_files(self) -> None:
        """The site by the same command, its static files given by granian itself."""
        files = str(ROOT / ".site" / "static")
        self.start_like_the_site(
            "granian's files", SITE, static_path_mount=files, static_path_route="/static"
        )

    def start_like_the_site(self, name: str, application: str, **options: str | None) -> None:
        """Another application by the command that `serve` became, with other options where given."""
        say(f"Starting: {name}")
        port = free_port()
        command = altered(command_of(self["site"]), application, port=str(port), **options)
        like = running(name.replace(" ", "_"), command, port, self.folder, ROOT, self.like_the_site(port))
        self.servers[name] = self.stack.enter_context(like)

    def like_the_site(self, port: int) -> dict[str, str]:
        """The variables that the site serves with, for another port; modules of the tests are found."""
        told = (Path("/proc") / str(self["site"].process.pid) / "environ").read_text()
        served = dict(line.split("=", 1) for line in told.split("\0") if "=" in line)
        return {**served, "SITE_URL": f"http://127.0.0.1:{port}", "PYTHONPATH": str(TESTS)}


def variables() -> dict[str, str]:
    """What is in the environment, but the settings of a site that someone else serves."""
    return {**os.environ, "LOAD_DATABASE_URL": ""}


def run(command: list[str], root: Path, **environment: str) -> None:
    """Run the command, which shows its own progress; raises NotPrepared where it fails."""
    # In a session of its own: Ctrl-C ends us, and we end it.
    done = subprocess.run(
        command,
        cwd=root,
        env={**variables(), **environment},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
    )
    if done.returncode != 0:
        raise NotPrepared(f"This ended with an error: {' '.join(command)}")


def manage(root: Path, *arguments: str, database: str) -> None:
    """`manage.py ARGUMENTS` of the site in `root`."""
    run([sys.executable, "manage.py", *arguments], root, DATABASE_URL=database)


def command_of(site: Site) -> list[str]:
    """The command line of the server that `serve` became: its options are taken from here, not told twice."""
    told = (Path("/proc") / str(site.process.pid) / "cmdline").read_text()
    return told.rstrip("\0").split("\0")


def altered(command: list[str], application: str, **options: str | None) -> list[str]:
    """The server's command line with another application and these options; None leaves one out."""
    given = {name.replace("_", "-"): value for name, value in options.items()}
    kept = [word for word in command[:-1] if word.removeprefix("--").partition("=")[0] not in given]
    told = [f"--{name}={value}" for name, value in given.items() if value is not None]
    return [*kept, *told, application]


@contextmanager
def timed_start(database: str, folder: Path) -> Iterator[float]:
    """Start the site; what it prints goes to `folder`. Gives the seconds until the home page was there."""
    started = time.monotonic()
    with serving(database, folder, *ONE_WORKER) as site:
        answer = site.get("/")
        seconds = time.monotonic() - started
        if answer.status != 200:
            raise NotPrepared(f"The home page answers {answer.status}: {site.printed}")
        yield seconds
