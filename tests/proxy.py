"""nginx before the site as `.deploy/nginx/` has it, on ports of its own and with a certificate of its own."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmark.mirror import nginx
from conftest import unavailable
from processes import ROOT
from serving import PATIENCE, Response, free_port

NAME = "example.org"
"""The host name that the configuration has for the operator's."""
CONFIGURATION = ROOT / ".deploy" / "nginx"
# As Debian has it, but in the foreground and with all that it writes in one folder.
AROUND = """
{user}
worker_processes 1;
daemon off;
pid {folder}/pid;
events {{ worker_connections 256; }}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/conf.d/*.conf;
}}
"""


@dataclass
class Proxy:
    """A running nginx: asked by name, wherever it listens."""

    folder: Path
    plain: int
    secure: int

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET", *, secure: bool = True
    ) -> Response:
        with closing(self.connection(secure=secure)) as connection:
            connection.request(method, path, headers=headers or {})
            answer = connection.getresponse()
            return Response(answer.status, answer.headers, answer.read())

    def connection(self, *, secure: bool = True) -> http.client.HTTPConnection:
        """To nginx on loopback; with TLS the certificate must be that of the name."""
        opened = socket.create_connection(("127.0.0.1", self.secure if secure else self.plain), PATIENCE)
        if secure:
            trusted = ssl.create_default_context(cafile=self.folder / "tls" / "fullchain.pem")
            opened = trusted.wrap_socket(opened, server_hostname=NAME)
        connection = http.client.HTTPConnection(NAME)
        connection.sock = opened
        return connection

    @property
    def log(self) -> Path:
        return self.folder / "log" / "access.log"


def written(folder: Path, sites: list[int]) -> Proxy:
    """The configuration in `folder`, with ports and paths of our own in place of the operator's."""
    proxy = Proxy(folder, free_port(), free_port())
    changed = {
        "listen 80;": f"listen 127.0.0.1:{proxy.plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{proxy.secure} ssl http2;",
        "  listen [::]:80;\n": "",
        "  listen [::]:443 ssl http2;\n": "",
        "/etc/nginx/tls/": f"{folder}/tls/",
        "/var/cache/nginx/": f"{folder}/cache/",
        "/var/log/nginx/": f"{folder}/log/",
        **{f"127.0.0.1:{8001 + at} ": f"127.0.0.1:{port} " for at, port in enumerate(sites)},
    }
    for name in ("conf.d", "tls", "cache", "log"):
        (folder / name).mkdir()
    texts = {name: (CONFIGURATION / name).read_text() for name in ("capitals.conf", "capitals-upstream.conf")}
    for theirs, ours in changed.items():
        assert any(theirs in text for text in texts.values()), theirs
        texts = {name: text.replace(theirs, ours) for name, text in texts.items()}
    for name, text in texts.items():
        (folder / "conf.d" / name).write_text(text)
    # Root's workers would be nobody's, who may not read this folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    files = ["-keyout", str(folder / "tls" / "privkey.pem"), "-out", str(folder / "tls" / "fullchain.pem")]
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-days", "2"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(["openssl", "req", *kind, *subject, *files], check=True, capture_output=True)
    return proxy


@contextmanager
def proxying(folder: Path, sites: list[int]) -> Iterator[Proxy]:
    """Run nginx before the two sites that listen on the ports `sites`, until the block ends."""
    program = nginx() or unavailable("nginx is not installed")
    command = [program, "-p", str(folder), "-e", str(folder / "errors.log"), "-c", str(folder / "nginx.conf")]
    proxy = written(folder, sites)
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr
    process = subprocess.Popen(command)
    try:
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                proxy.connection(secure=False).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "errors.log").read_text()
                assert time.monotonic() < give_up
                time.sleep(0.02)
        yield proxy
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
