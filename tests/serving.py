"""`manage.py serve` in a process of its own, for tests that ask it over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from minimal import write_fixtures

ROOT = Path(__file__).parent.parent
PATIENCE = 180
"""Seconds after which a server that does not answer counts as dead; on no machine does it matter else."""


@dataclass
class Response:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Site:
    """A server that runs, and the files that it prints to."""

    process: subprocess.Popen[bytes]
    port: int
    out: Path
    err: Path

    def get(self, path: str, **headers: str) -> Response:
        with closing(self.connection()) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return Response(answer.status, answer.headers, answer.read())

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    @property
    def record(self) -> str:
        """The version of the record that is served."""
        return str(json.loads(self.get("/readyz").body)["version"])

    def press_ctrl_c(self) -> int:
        """Send SIGINT to the server and its workers, as a terminal does; gives the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)

    @property
    def printed(self) -> str:
        return self.out.read_text() + self.err.read_text()


def bound_by_permissions() -> tuple[str, ...]:
    """What to put before a command so that permissions bind root too."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    assert setpriv, "Running the tests as root needs setpriv, of util-linux."
    return (setpriv, "--bounding-set=-dac_override")


def free_port() -> int:
    """A port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def copy_of_the_site(folder: Path, record: str) -> Path:
    """The site's code in `folder`, with the fixtures of `record` alone."""
    hidden = shutil.ignore_patterns(".*", "__pycache__", "fixtures", "tests", "*.egg-info")
    shutil.copytree(ROOT, folder, ignore=hidden)
    write_fixtures(folder / "fixtures", record)
    return folder


@contextmanager
def serving(
    database_url: str,
    folder: Path,
    *arguments: str,
    root: Path = ROOT,
    command: tuple[str, ...] = (),
    **environment: str,
) -> Iterator[Site]:
    """Run `manage.py serve` until the block ends; what it prints goes to `folder`."""
    port = free_port()
    serve = [*command, sys.executable, "manage.py", "serve", "--port", str(port), *arguments]
    variables = {**os.environ, "DATABASE_URL": database_url, "LOAD_DATABASE_URL": "", **environment}
    with running("serve", serve, port, folder, root, variables) as site:
        yield site


@contextmanager
def running(
    name: str, command: Sequence[str], port: int, folder: Path, root: Path, environment: Mapping[str, str]
) -> Iterator[Site]:
    """Run a server that listens on `port` until the block ends; what it prints goes to `folder`."""
    out, err = folder / f"{name}.out", folder / f"{name}.err"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=root,
            stdout=stdout,
            stderr=stderr,
            # A group of its own: Ctrl-C must not reach the tests.
            start_new_session=True,
        )
    site = Site(process, port, out, err)
    try:
        _wait_until_it_answers(site)
        yield site
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_until_it_answers(site: Site) -> None:
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            site.get("/healthz")
            return
        except OSError:
            assert site.process.poll() is None, f"The server ended: {site.printed}"
            assert time.monotonic() < give_up, f"The server does not answer: {site.printed}"
            time.sleep(0.05)
