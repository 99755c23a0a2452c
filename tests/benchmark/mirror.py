"""nginx with the very bytes that the site gives, as files that are compressed already."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from serving import Site, free_port, running

from benchmark.asks import BROTLI, Ask
from benchmark.progress import say
from benchmark.subjects import Subjects, variables

CONFIGURATION = """
{user}
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log stderr;
events {{ worker_connections 256; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  etag on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  types {{ text/html html; application/json json; text/css css; }}
  charset utf-8;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/files;
    gzip_static on;
    gzip_vary on;
    location /brotli/ {{
      gzip_static off;
      add_header Content-Encoding br;
      add_header Vary Accept-Encoding;
    }}
  }}
}}
"""


def nginx() -> str | None:
    """Where nginx is; Debian keeps it where the path of a user does not lead."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def start_nginx(subjects: Subjects, asks: Iterable[Ask]) -> None:
    """Write the site's answers to what nginx is asked as files, and serve them from one process."""
    say("Starting: nginx with the site's bytes")
    folder = subjects.room("nginx")
    for ask in asks:
        if ask.subject == "nginx":
            write(folder, ask, body_of(subjects["site"], ask))
    port = free_port()
    # Root's workers would be nobody's, who may not read this folder.
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port, user=user))
    command = [str(nginx()), "-p", str(folder), "-e", "stderr", "-c", str(configuration)]
    server = running("nginx", command, port, folder, folder, variables())
    subjects.servers["nginx"] = subjects.stack.enter_context(server)


def body_of(site: Site, ask: Ask) -> bytes:
    """What the site gives where nginx is asked, as it is sent."""
    return site.get(ask.path.removeprefix(BROTLI), **{"Accept-Encoding": ask.encoding}).body


def write(folder: Path, ask: Ask, content: bytes) -> None:
    """One answer as a file, where nginx finds it for this address."""
    name = f"{ask.path}index.html" if ask.path.endswith("/") else ask.path
    file = folder / "files" / f"{name.lstrip('/')}{'.gz' if ask.encoding == 'gzip' else ''}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def mirrored(subjects: Subjects, ask: Ask) -> bool:
    """Whether nginx gives the very bytes of the site here."""
    theirs = subjects["nginx"].get(ask.path, **{"Accept-Encoding": ask.encoding}).body
    return theirs == body_of(subjects["site"], ask)
