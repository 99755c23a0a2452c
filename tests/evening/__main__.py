"""Runs the evening: outside it lays out what the network would give, inside namespaces it follows README."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from evening.machine import Machine
from evening.readers import ask, reading

ROOT = Path(__file__).parent.parent.parent
ORIGIN = "https://git.example/capitals.git"
SECRETS = {name: f"secret-of-{name.lower()}" for name in ("OWNER", "READER", "REPLICA")}
ANOTHER_RECORD = ("capitals/record/loading.py", '"""Replacing', '"""Again replacing')
"""A record's version is of the code that loads, too."""
OTHER_TABLES = (
    "capitals/models/places.py",
    "latitude = models.DecimalField(",
    'latitude = models.DecimalField(db_column="north", ',
)
"""The code of before cannot read such a table."""


def blocks(heading: str) -> list[str]:
    """README's commands below a heading of "In production", with our passwords for the operator's."""
    section = (ROOT / "README.md").read_text().partition("## In production")[2].partition("\n## ")[0]
    part = section.partition(f"### {heading}\n")[2].partition("\n### ")[0]
    found = re.findall(r"^```sh\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    assert found, heading
    return [
        re.sub(r"(\w+)_PASSWORD=…", lambda name: f"{name[0][:-1]}{SECRETS[name[1]]}", text) for text in found
    ]


def lay_out(folder: Path) -> None:
    """What comes from elsewhere: the repository, packages, a certificate."""
    git("clone", "--quiet", "--bare", ROOT, folder / "origin.git")
    needed = ["--quiet", "--only-binary", ":all:", "--dest", folder / "packages", ROOT, "setuptools>=77"]
    subprocess.run([sys.executable, "-m", "pip", "download", *map(str, needed)], check=True)
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    named = ["-subj", "/CN=example.org", "-addext", "subjectAltName=DNS:example.org", "-days", "2"]
    kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(["openssl", *kind, *named, *map(str, files)], check=True, capture_output=True)


def git(*arguments: str | Path) -> None:
    subprocess.run(["git", *map(str, arguments)], check=True)


def publish(folder: Path, message: str, *changes: tuple[str, str, str]) -> None:
    """Another version in the repository: in each file one text for another."""
    work = folder / message.replace(" ", "-")
    git("clone", "--quiet", folder / "origin.git", work)
    for name, before, after in changes:
        text = (work / name).read_text()
        assert before in text, (name, before)
        (work / name).write_text(text.replace(before, after, 1))
    author = ["-c", "user.name=An editor", "-c", "user.email=editor@example.org"]
    if message == "other tables":
        run = [sys.executable, "manage.py", "makemigrations", "--verbosity", "0", "capitals"]
        # It warns that there is no record to look at.
        subprocess.run(run, cwd=work, check=True, stderr=subprocess.DEVNULL)
        git("-C", work, "add", "--all")
    git("-C", work, *author, "commit", "--quiet", "--all", "--message", message)
    git("-C", work, "push", "--quiet", "origin", "HEAD")


class Evening:
    """What an operator does from the first command to the loss of a primary; says what readers met."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.began = folder, time.monotonic()
        self.certificate = folder / "fullchain.pem"
        elsewhere = {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{folder}/origin.git.insteadOf",
            "GIT_CONFIG_VALUE_0": ORIGIN,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": f"{folder}/packages",
        }
        self.one = Machine(folder / "one", "127.0.1.1", elsewhere)
        self.two = Machine(folder / "two", "127.0.1.2", elsewhere)

    def say(self, what: object) -> None:
        print(f"{time.monotonic() - self.began:6.1f} s  {what}", flush=True)

    def pages(self, path: str = "/about/") -> tuple[int, str | None]:
        return ask(self.certificate, path)

    def ready(self, port: int = 8001) -> str:
        return self.one.run(f"curl --silent --fail http://127.0.0.1:{port}/readyz")

    def on_one_machine(self) -> None:
        [install] = blocks("One machine, with SQLite")
        self.one.run(f"install -D --target-directory=/etc/nginx/tls {self.folder}/*.pem")
        self.one.run(install)
        self.one.run(f"until {self.asks}; do sleep 0.2; done")
        assert self.pages()[0] == 200
        self.say(f"one machine, by README: {self.ready()}")
        plain = self.one.run("curl --silent --head http://example.org/about/?a=1")
        assert "301" in plain
        assert "Location: https://example.org/about/?a=1" in plain
        curl = f"curl --silent --http2 --cacert {self.certificate}"
        head = self.one.run(f"{curl} --head --header 'Accept-Encoding: br' https://example.org/")
        assert head.startswith("HTTP/2 200"), head
        assert "content-encoding: br" in head
        assert "strict-transport-security" in head
        self.say("HTTP/2, Brotli, HSTS, the redirect to TLS: as they should be")

    asks = "curl --silent --fail --output /dev/null http://127.0.0.1:8001/readyz"

    def a_new_version_and_back(self) -> None:
        publish(self.folder, "another record", ANOTHER_RECORD)
        [renew] = blocks("A new version, and back")
        first = self.pages()[1]
        with reading(self.certificate) as walk:
            self.one.run(renew)
        self.say(f"a new version, by README, under readers: {walk}")
        second = self.pages("/search/?q=after")[1]
        assert walk.versions == {first, second} != {first}
        with reading(self.certificate) as walk:
            self.back_to("1", renew)
        self.say(f"back to the former folder: {walk}")
        assert walk.versions == {first, second}
        assert self.pages("/search/?q=back")[1] == first
        with reading(self.certificate) as walk:
            self.one.run(
                "kill -KILL $(cat /proc/$(cat /run/capitals@8001.pid)/task/*/children | cut -d' ' -f1)"
            )
            time.sleep(3)
        self.say(f"a worker killed: {walk}")

    def back_to(self, release: str, renew: str) -> None:
        """The link to a release's folder, and README's loop."""
        self.one.run(f"ln -sfn /srv/capitals/{release} /srv/capitals/current")
        self.one.run(f"for port in{renew.partition('for port in')[2]}")

    def with_replicas(self) -> None:
        primary, standby, tables, _upgrade = blocks("PostgreSQL with replicas")
        self.one.run("cd /srv/capitals/2")
        self.one.run(primary)
        self.two.run(f"git clone --quiet {ORIGIN} /srv/capitals/1 && cd /srv/capitals/1")
        self.two.run(standby)
        before = self.one.refused(f"DATABASE_URL={self.reader('db1')} .venv/bin/python manage.py load")
        assert "Run “manage.py migrate” first, with LOAD_DATABASE_URL naming the role that owns" in before
        self.one.run(tables)
        version = self.on_standby("record", "SELECT version, load_number FROM capitals_recordstate")
        self.say(f"primary, standby, roles, tables and record, by README; the standby has {version}")
        for address, reason in {
            self.reader("db1"): "The role record_reader may read the record, and not write it: ",
            self.owner("db2"): "The database is a standby, which follows its primary: ",
        }.items():
            said = self.one.refused(f"DATABASE_URL={address} .venv/bin/python manage.py load")
            assert reason in said, said
        self.say("a load as the reader and one on the standby were refused, each with its reason")
        line = f"s/^#DATABASE_URL=/DATABASE_URL=/; s/:PASSWORD@/:{SECRETS['READER']}@/"
        self.one.run(f"sed -i '{line}' /etc/capitals.env && grep -q ^DATABASE_URL= /etc/capitals.env")
        [renew] = blocks("A new version, and back")
        with reading(self.certificate) as walk:
            self.back_to("2", renew)
        self.say(f"from SQLite to PostgreSQL: {walk}")
        with reading(self.certificate) as walk:
            for _ in range(2):
                self.one.run(".venv/bin/python manage.py load")
            time.sleep(1)
        self.say(f"two loads under readers: {walk}; {self.ready()}")

    def reader(self, host: str) -> str:
        return f"postgresql://record_reader:{SECRETS['READER']}@{host}/record"

    def owner(self, host: str) -> str:
        return f"postgresql://record_owner:{SECRETS['OWNER']}@{host}/record"

    def on_standby(self, database: str, query: str) -> str:
        return self.two.run(
            f'runuser -u postgres -- psql --no-align --tuples-only --dbname {database} --command "{query}"'
        )

    def other_tables(self) -> None:
        publish(self.folder, "other tables", OTHER_TABLES)
        [renew] = blocks("A new version, and back")
        upgrade = blocks("PostgreSQL with replicas")[3]
        folder = renew.partition(".venv/bin/python manage.py load")[0].replace(
            "/srv/capitals/2", "/srv/capitals/3"
        )
        with reading(self.certificate) as walk:
            self.one.run(folder)
            self.one.run(".venv/bin/python manage.py collectstatic --no-input")
            self.one.refused(".venv/bin/python manage.py migrate --check")
            self.one.run(upgrade)
            self.back_to("3", renew)
        self.say(f"other tables, in a database of their own, by README: {walk}")
        assert self.on_standby("record_2", "SELECT count(north) FROM capitals_city") != "0"
        with reading(self.certificate) as walk:
            self.one.run("sed -i 's/record_2?/record?/' /etc/capitals.env")
            self.back_to("2", renew)
        self.say(f"back to the former tables: {walk}")

    def a_primary_lost(self) -> None:
        with reading(self.certificate) as walk:
            self.one.run("systemctl stop postgresql")
            self.two.run("pg_ctlcluster 15 main promote")
            time.sleep(3)
            primary = f"{self.owner('db1,db2')}?target_session_attrs=read-write"
            self.one.run(f"cd /srv/capitals/2; DATABASE_URL={primary} .venv/bin/python manage.py load")
        self.say(f"the primary lost, its standby promoted, a load there: {walk}; {self.ready()}")


def inside(folder: Path) -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    evening = Evening(folder)
    evening.on_one_machine()
    evening.a_new_version_and_back()
    evening.with_replicas()
    evening.other_tables()
    evening.a_primary_lost()


def outside() -> int:
    with tempfile.TemporaryDirectory(prefix="evening-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        lay_out(folder)
        own = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
        return subprocess.run([*own, sys.executable, __file__, name], check=False).returncode


if __name__ == "__main__":
    if sys.argv[1:]:
        inside(Path(sys.argv[1]))
    else:
        sys.exit(outside())
