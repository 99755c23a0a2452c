"""Serve the site with a production server, after making ready what it needs."""

from __future__ import annotations

import errno
import os
import resource
import socket
import sys
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connections

from capitals.checks import SETTINGS
from capitals.management.processors import processors
from capitals.record import LOAD_ALIAS
from capitals.record.loading import loaded_version, remove_what_a_killed_load_left
from capitals.record.version import record_version

THREADS_EACH = 64
"""Threads of each process, begun when they are needed. They give what is kept and wait for what is made
(by two threads of the door's own, `heritage/wsgi.py`): twice as many as may wait (`MOST_WHO_WAIT` there)."""
SECONDS_TO_END = 10
"""How long a process may take to end: requests that it has begun are answered. One that Ctrl-C meets while
it is starting never ends of itself (seen with granian 2.8.7)."""


MOST_CONNECTIONS = 4096
"""Connections that each process holds open; those that say nothing take some ten kilobytes each. A proxy in
front keeps more off."""
OTHER_FILES = 256
"""Files that a process has open beside its connections, at the very most."""
SECONDS_FOR_HEADERS = 15
"""After this a connection that has not sent its request is closed; longer than a proxy keeps one at rest
(`.deploy/nginx.conf`)."""
BYTES_OF_HEADERS = 32_768
"""Of a request line and its headers together; browsers send one or two thousand."""


class Command(BaseCommand):
    """`manage.py serve`: migrate and load when needed, collect static files, serve."""

    help = "Prepare the record and the static files where needed, then serve the site."
    requires_system_checks = (SETTINGS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers",
            type=int,
            default=processors(),
            help="Processes; unless told, one for each processor that this one may use.",
        )
        parser.add_argument(
            "--warm",
            action="store_true",
            help="Make the pages after a load or a midnight while nobody asks, so that nobody waits for one.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.prepare_and_serve(**options)
        except KeyboardInterrupt:
            # Before the server itself takes over Ctrl-C; an interrupted load changed nothing.
            raise SystemExit(130) from None

    def prepare_and_serve(self, **options: Any) -> NoReturn:
        """Make ready what is needed, say where the site is, become the server."""
        host, port, workers = options["host"], options["port"], options["workers"]
        if workers < 1:
            raise CommandError("--workers is less than 1: at least one process must serve.")
        self.check_port(host, port)
        self.prepare_record()
        self.collect_static_files()
        connections.close_all()
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}"
        self.stdout.write(f"Serving at {address}/ with {workers} workers. Ctrl-C ends it.")
        self.stdout.flush()
        warm = {"WARM": "1"} if options["warm"] else {}
        # SITE_URL makes absolute addresses; unless told, they are those of this server.
        site = os.environ.get("SITE_URL", "").strip() or address
        become_server(host, port, workers, {"SITE_URL": site, **warm})

    def check_port(self, host: str, port: int) -> None:
        """Refuse a host or port that cannot be listened on, before any work is done."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        if not 1 <= port <= 65535:
            raise CommandError(f"--port {port} is no port: choose one from 1 to 65535.")
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            reason = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise CommandError(f"{host}:{port} {reason}: choose another with --host and --port.") from error

    def collect_static_files(self) -> None:
        """Collect and compress static files; on a read-only disk those that are there must do."""
        try:
            call_command("collectstatic", verbosity=0, interactive=False)
        except OSError as error:
            if not (settings.STATIC_ROOT / "staticfiles.json").exists():
                raise CommandError(f"The static files could not be collected: {error}.") from error
            self.stderr.write(f"Static files not collected anew ({error}); serving those that are there.")

    def prepare_record(self) -> None:
        """Migrate and load where the record is older than the fixtures or the code that loads them."""
        remove_what_a_killed_load_left()
        try:
            if loaded_version() == record_version(settings.FIXTURES_FOLDER):
                return
            if connections[LOAD_ALIAS].vendor != "sqlite":
                call_command("migrate", verbosity=0, interactive=False)
            call_command("load", stdout=self.stdout, stderr=self.stderr)
        except (CommandError, DatabaseError, OSError) as error:
            self.serve_old_record(error)

    def serve_old_record(self, error: Exception) -> None:
        """Go on with the record that stands, if one can be read; else say why not."""
        version = loaded_version()
        if version is None:
            raise CommandError(f"There is no record to serve, and none could be loaded. {error}") from error
        self.stderr.write(
            f"Not loaded: {str(error).strip()}\nServing the record that stands, version {version}."
        )


def become_server(host: str, port: int, workers: int, told: dict[str, str]) -> NoReturn:
    """Run the server in place of this process; `told` are variables beside those of this process.

    In its place, so that the processes that serve begin with nothing in memory but what
    pages need, and read their settings themselves, however Python starts processes here.
    """
    options = {
        "interface": "wsgi",
        # Alone: while it might be HTTP/2, the server waits for the first letter without end.
        "http": "1",
        "host": host,
        "port": port,
        "workers": workers,
        "blocking-threads": THREADS_EACH,
        "backlog": MOST_CONNECTIONS,
        "backpressure": connections_allowed(),
        "http1-header-read-timeout": SECONDS_FOR_HEADERS * 1000,
        "http1-buffer-size": BYTES_OF_HEADERS,
        "workers-kill-timeout": SECONDS_TO_END,
        # Its one warning is that so many threads are too many for those that compute: ours wait.
        "log-level": "error",
        "working-dir": settings.BASE_DIR,
    }
    application = ":".join(settings.WSGI_APPLICATION.rsplit(".", 1))
    command = [sys.executable, "-m", "granian", *(f"--{name}={value}" for name, value in options.items())]
    # A process that dies is replaced at once; where one dies again within seconds, all end, and whoever
    # watches over the service begins anew.
    flags = ["--respawn-failed-workers", "--no-ws"]
    if settings.LOG_FORMAT == "json":
        flags.append(f"--log-config={settings.BASE_DIR / 'heritage' / 'server_log.json'}")
    os.execve(sys.executable, [*command, *flags, application], {**os.environ, **told})  # noqa: S606 - no shell is meant


def connections_allowed() -> int:
    """How many connections each process may hold, after raising its limit of open files to what is needed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limits = [limit for limit in (MOST_CONNECTIONS + OTHER_FILES, hard) if limit != resource.RLIM_INFINITY]
    if soft != resource.RLIM_INFINITY and soft < min(limits):
        soft = min(limits)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, min(MOST_CONNECTIONS, soft - OTHER_FILES)) if soft > 0 else MOST_CONNECTIONS
