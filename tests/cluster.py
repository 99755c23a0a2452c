"""PostgreSQL of a test's own: a primary and streaming standbys on loopback, hung and killed."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from conftest import unavailable
from serving import free_port

SWIFT = "-F -c listen_addresses=127.0.0.1 -c wal_level=replica -c max_wal_senders=8 -c shared_buffers=16MB"
"""What a power cut would lose is of no use to a test."""


@dataclass
class Host:
    """One server of the cluster."""

    folder: Path
    port: int

    @property
    def processes(self) -> list[int]:
        """The server's own process, then those that it has started."""
        first = int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    def start(self) -> None:
        options = f"{SWIFT} -p {self.port} -k {self.folder.parent}"
        log = self.folder.parent / f"{self.folder.name}.log"
        as_postgres("pg_ctl", "-D", self.folder, "-w", "-l", log, "-o", options, "start")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to all of the server's processes at once."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.kill(process, number)

    def kill(self) -> None:
        """End it as a power cut does."""
        self.signal(signal.SIGKILL)
        (self.folder / "postmaster.pid").unlink()


@dataclass
class Cluster:
    """A primary, its standbys, and the database `record` on all of them."""

    primary: Host
    standbys: list[Host]

    @property
    def url(self) -> str:
        """The address of the primary's database."""
        return f"postgresql://postgres@127.0.0.1:{self.primary.port}/record"

    @property
    def url_of_all(self) -> str:
        """One address for all hosts, asked in no order."""
        places = ",".join(f"127.0.0.1:{host.port}" for host in (self.primary, *self.standbys))
        return f"postgresql://postgres@{places}/record?load_balance_hosts=random"


def as_postgres(program: str, *arguments: object) -> None:
    """Run one of PostgreSQL's programs; not as root, for whom it does not run."""
    found = [program, *map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}")))]
    command = [found[-1], *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["su", "postgres", "-c", shlex.join(command)]
    # Into a file, not a pipe: a server that is started keeps it open.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, cwd="/", stdout=said, stderr=said, timeout=120, check=False)
        said.seek(0)
        assert done.returncode == 0, said.read().decode()


@contextmanager
def cluster(standbys: int = 0) -> Iterator[Cluster]:
    """A cluster with an empty database `record`; all of it goes when the block ends."""
    if not (shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        unavailable("PostgreSQL's own programs (initdb, pg_ctl) are not installed")
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    hosts: list[Host] = []
    try:
        primary = Host(folder / "primary", free_port())
        as_postgres("initdb", "-D", primary.folder, "-A", "trust", "--locale=C.UTF-8", "--no-sync")
        primary.start()
        hosts.append(primary)
        as_postgres("createdb", "-h", "127.0.0.1", "-p", primary.port, "-U", "postgres", "record")
        for number in range(standbys):
            standby = Host(folder / f"standby{number}", free_port())
            source = ["-h", "127.0.0.1", "-p", primary.port, "-U", "postgres"]
            as_postgres(
                "pg_basebackup",
                *source,
                "-D",
                standby.folder,
                "-R",
                "-X",
                "stream",
                "-c",
                "fast",
                "--no-sync",
            )
            standby.start()
            hosts.append(standby)
        yield Cluster(primary, hosts[1:])
    finally:
        for host in hosts:
            with suppress(FileNotFoundError):
                host.signal(signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
