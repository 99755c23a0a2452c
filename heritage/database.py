"""The two database doors: `default`, which can only read, and `load`, which writes.

Their addresses come from the environment (`heritage/settings.py`); nothing changes them
while a process runs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from django.core.exceptions import ImproperlyConfigured

FORMS = (
    "write sqlite:////folder/record.sqlite3 or "
    "postgresql://user:password@host:5432/name (several hosts with commas between them)"
)


SECONDS_FOR_A_STATEMENT = 3
"""After this the server itself gives up a statement; pages take hundredths of a second."""
SECONDS_FOR_AN_ANSWER = 4
"""After this we give up a server that has said nothing."""
SECONDS_TO_CONNECT = 2
"""For each host; the least that libpq knows."""

# Not urlsplit: versions of Python differ on what they take between brackets, and none
# expects several hosts there.
ADDRESS = re.compile(
    r"(?P<scheme>[a-z]+)://(?:(?P<credentials>[^@/?]*)@)?(?P<places>[^@/?]*)"
    r"(?P<path>/[^?]*)?(?:\?(?P<parameters>.*))?"
)
PLACE = re.compile(r"(?P<host>\[[0-9A-Fa-f:.%]+\]|[^][:]*)(?::(?P<port>[0-9]+))?")


def parse_database_url(address: str, variable: str) -> dict[str, Any]:
    """Django's settings for the database at `address`, which came from `variable`.

    A libpq address with several hosts is taken apart here, since dj-database-url refuses
    it; parameters behind the question mark go to libpq. Raises ImproperlyConfigured.
    """
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise ImproperlyConfigured(f"{variable} cannot be read: {FORMS}.")
    scheme, credentials, places, path, parameters = match.groups(default="")
    if scheme == "sqlite":
        file = unquote(path)[1:]
        if places or not file:
            raise ImproperlyConfigured(f"{variable} names no file: {FORMS}.")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(file).absolute(), "CONN_MAX_AGE": None}
    if scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"{variable} does not name SQLite or PostgreSQL: {FORMS}.")
    user, _, password = credentials.partition(":")
    hosts, ports = [], []
    for place in places.split(","):
        found = PLACE.fullmatch(place)
        if found is None:
            # It is not shown: with a stray / it may be the start of the password.
            raise ImproperlyConfigured(f"{variable} has a host or port which cannot be read: {FORMS}.")
        hosts.append(found["host"].strip("[]"))
        ports.append(found["port"] or "5432")
    name = unquote(path).strip("/")
    if not name:
        raise ImproperlyConfigured(f"{variable} names no database: {FORMS}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(user),
        "PASSWORD": unquote(password),
        "HOST": unquote(",".join(hosts)),
        "PORT": ",".join(ports) if any(hosts) else "",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parameters)),
    }


def reading(database: dict[str, Any]) -> dict[str, Any]:
    """The door to `database` for connections that can only read, each page in one snapshot.

    A SQLite file is never written after it has been swapped in, so it is opened as
    immutable: that works on a read-only disk too, and takes no lock.
    """
    if database["ENGINE"].endswith("sqlite3"):
        name = f"file:{quote(str(database['NAME']))}?mode=ro&immutable=1"
        return {**database, "ENGINE": "heritage.sqlite3", "NAME": name}
    # Here: they take as long to import as Django's ORM, and most sites run on SQLite.
    from psycopg import IsolationLevel

    options = {"connect_timeout": SECONDS_TO_CONNECT, **database["OPTIONS"]}
    # REPEATABLE READ: under READ COMMITTED a load between two queries mixes two versions.
    options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    # The last word counts: a shorter limit in the address does; nothing there lets a connection write.
    limit = f"-c statement_timeout={SECONDS_FOR_A_STATEMENT}s"
    options["options"] = f"{limit} {options.get('options', '')} -c default_transaction_read_only=on"
    # Without health checks: a page that meets a dead connection is read once more on another.
    return {**database, "ENGINE": "heritage.postgresql", "CONN_HEALTH_CHECKS": False, "OPTIONS": options}


def writing(database: dict[str, Any]) -> dict[str, Any]:
    """The door to `database` for a load and for `migrate`.

    A load of SQLite writes a new file beside the one that is read, and then takes its
    name (`capitals/record/loading.py`).
    """
    if database["ENGINE"].endswith("sqlite3"):
        return {**database, "NAME": f"{database['NAME']}.new"}
    return database
