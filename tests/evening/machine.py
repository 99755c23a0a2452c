"""A machine of its own: root's shell, with its own files over those of this machine, and its own address."""

from __future__ import annotations

import subprocess
import uuid
from pathlib import Path

STANDS_IN = Path(__file__).parent / "bin"
OWN = ("/etc", "/var/lib/postgresql", "/var/log", "/var/cache")
"""Folders of which a machine has its own version."""
BEGINS = """
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs {folder}
for own in {own}; do
  mkdir -p "{folder}/upper$own" "{folder}/work$own"
  mount -t overlay overlay -o "lowerdir=$own,upperdir={folder}/upper$own,workdir={folder}/work$own" "$own"
done
mount -t tmpfs -o mode=755 tmpfs /srv
mount -t tmpfs -o mode=755 tmpfs /run
install -d -o postgres -g postgres /run/postgresql
rm -rf /etc/postgresql/15 /var/lib/postgresql/15 /etc/nginx/conf.d/*
printf '127.0.0.1 localhost example.org\\n127.0.1.1 db1\\n127.0.1.2 db2\\n' > /etc/hosts
export ADDRESS={address} HOME=/root LC_ALL=C.UTF-8
"""


class Failed(Exception):
    """A command ended badly; what it said."""


class Machine:
    """Runs what an operator types, one block after another in one shell, until a command fails."""

    def __init__(self, folder: Path, address: str, variables: dict[str, str]) -> None:
        folder.mkdir()
        self.said = folder.with_suffix(".log")
        self.said.touch()
        self.shell = subprocess.Popen(
            ["unshare", "--mount", "bash"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={"PATH": f"{STANDS_IN}:/usr/sbin:/usr/bin:/sbin:/bin", **variables},
        )
        self.run(BEGINS.format(folder=folder, own=" ".join(OWN), address=address))

    def run(self, block: str) -> str:
        """What the commands say; raises Failed where one ends badly, which ends the shell."""
        assert self.shell.stdin
        assert self.shell.stdout
        end = uuid.uuid4().hex
        self.shell.stdin.write(f"{block}\necho\necho {end}\n")
        self.shell.stdin.flush()
        lines: list[str] = []
        for line in self.shell.stdout:
            if line.strip() == end:
                return "".join(lines).strip()
            lines.append(line)
        raise Failed(f"{block}\n{''.join(lines)}")

    def refused(self, command: str) -> str:
        """What a command says that must end badly."""
        said = self.run(f"if {command}; then echo ENDED WELL; fi")
        assert "ENDED WELL" not in said, said
        return said
