"""Hostile requests: whatever can be put into an address, a header, a method or on the wire."""

from __future__ import annotations

import random
import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from serving import PATIENCE, Site

from siege.payloads import ALONE, HEADERS, MARKER, METHODS, NASTY, PARAMETERS, PATHS, UNESCAPED, WIRE


@dataclass
class Attacked:
    """What the site answered."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    """0 where the server closed the connection without an answer, as it may on what is no HTTP."""
    wrong: list[str] = field(default_factory=list)
    """Answers of 500 and above, unescaped echoes, headers that we never send, requests without an end."""
    slowest: list[tuple[float, str]] = field(default_factory=list)
    """The ten, in seconds, with what was asked."""
    megabytes_before: float = 0.0
    megabytes_after: float = 0.0

    def note(self, asked: bytes, seconds: float, answer: bytes) -> None:
        shown = ascii(asked[:120])
        head, _, body = answer.partition(b"\r\n\r\n")
        found = re.match(rb"HTTP/1\.[01] ([0-9]{3})", head)
        status = int(found[1]) if found else 0
        self.sent += 1
        self.statuses[status] += 1
        self.slowest = sorted([*self.slowest, (seconds, shown)], reverse=True)[:10]
        if status >= 500:
            self.wrong.append(f"{status}: {shown}")
        if re.search(rb"(?i)\r\n(?:x-injected|set-cookie):", head):
            self.wrong.append(f"a header of the reader's: {shown}")
        if b"json" not in head and any(sign in body for sign in UNESCAPED):
            self.wrong.append(f"an echo: {shown}")


class Wire:
    """One connection that is kept, opened anew when the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def ask(self, request: bytes, *, alone: bool = False) -> bytes:
        """Send the request and give what comes back; nothing where the server closes without a word.

        `alone`: on a connection of its own, of which no more is to be read than what comes first.
        """
        if alone:
            self.close()
        for _attempt in range(2):
            fresh = self.socket is None
            self.socket = self.socket or socket.create_connection(("127.0.0.1", self.port), PATIENCE)
            try:
                self.socket.sendall(request)
                answer = self._answer(self.socket, request)
            except ConnectionError:
                answer = b""
            if answer or fresh:
                break
            self.close()
        if alone or not answer or b"connection: close" in answer[:2000].lower():
            self.close()
        return answer

    @staticmethod
    def _answer(connection: socket.socket, request: bytes) -> bytes:
        answer = b""
        while b"\r\n\r\n" not in answer:
            part = connection.recv(65536)
            if not part:
                return answer
            answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        found = re.search(rb"(?i)\r\ncontent-length: ([0-9]+)", head)
        if request.startswith(b"HEAD") or head[9:12] in {b"304", b"100"} or not found:
            return answer
        while len(body) < int(found[1]):
            part = connection.recv(65536)
            if not part:
                break
            body += part
        return head + b"\r\n\r\n" + body

    def close(self) -> None:
        if self.socket:
            self.socket.close()
            self.socket = None


def request(method: str, target: str, headers: dict[str, str]) -> bytes:
    """The letters of a request, valid or not."""
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogatepass")


def made_up(draw: random.Random) -> tuple[bytes, bool]:
    """A hostile request, and whether it must be alone on its connection."""
    if draw.random() < 0.05:
        return draw.choice(WIRE), True
    headers = {"Host": "localhost"}
    path, kind = draw.choice(PATHS), draw.random()
    method = draw.choice(METHODS) if draw.random() < 0.05 else draw.choice(("GET", "GET", "GET", "HEAD"))
    letters = "".join(draw.choices(MARKER + "aя%/.?=&ə2017 ", k=30))
    text = draw.choice(NASTY) if draw.random() < 0.7 else letters
    if kind < 0.2:
        target = path.rstrip("/") + "/" + quote(text, safe=draw.choice(("", "/", "%/")))
    elif kind < 0.75:
        names = draw.sample(PARAMETERS, draw.randint(1, 3))
        values = [draw.choice((text, draw.choice(NASTY))) for _ in names]
        pairs = zip(names, values, strict=True)
        target = f"{path}?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
    elif kind < 0.8:
        many = range(draw.choice((5, 900, 2500)))
        target = f"{path}?" + "&".join(f"{quote(text[:3])}{number}" for number in many)
    elif kind < 0.85:
        # As no browser sends it: with letters that are not to stand there.
        target = path + re.sub(r"[\s\0-\x20]", "", text)
    else:
        target = path
        for _ in range(draw.randint(1, 4)):
            headers[draw.choice(HEADERS)] = re.sub("[\r\n]", " ", text) if draw.random() < 0.9 else text
    return request(method, target, headers), method not in {"GET", "HEAD"} or bool(set(headers) & ALONE)


def attack(site: Site, number: int, seed: int) -> Attacked:
    """Send so many requests: made up, drawn, and by our description of our data."""
    attacked = Attacked(megabytes_before=megabytes(site))
    wire, draw = Wire(site.port), random.Random(seed)

    def send(asked: bytes, *, alone: bool) -> None:
        began = time.monotonic()
        try:
            answer = wire.ask(asked, alone=alone)
        except TimeoutError:
            wire.close()
            attacked.wrong.append(f"no answer: {asked[:120]!a}")
            return
        attacked.note(asked, time.monotonic() - began, answer)

    drawn(send, number // 3)
    described(site, attacked, number // 15)
    # The others, and what the two above had drawn before.
    while attacked.sent < number:
        asked, alone = made_up(draw)
        send(asked, alone=alone)
    wire.close()
    attacked.megabytes_after = megabytes(site)
    return attacked


def drawn(send: Callable[..., None], number: int) -> None:
    """Requests as hypothesis draws them: any letters, in any place of an address or header."""
    raw = st.binary(max_size=40).map(lambda letters: letters.decode("latin-1"))
    texts = st.one_of(st.text(max_size=60), st.sampled_from(NASTY), raw)
    targets = st.builds(
        lambda path, name, text, more: f"{path}{quote(more, safe='/')}?{name}={quote(text, safe='')}",
        st.sampled_from(PATHS),
        st.one_of(st.sampled_from(PARAMETERS), texts.map(quote)),
        texts,
        st.one_of(st.just(""), texts),
    )
    names = st.sampled_from([name for name in HEADERS if name not in ALONE])
    headers = st.dictionaries(names, texts.map(lambda text: re.sub("[\r\n]", "", text)), max_size=3)

    @settings(
        max_examples=number, database=None, deadline=None, phases=[Phase.generate], derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(targets, headers)
    def ask(target: str, headers: dict[str, str]) -> None:
        send(request("GET", target, {"Host": "localhost", **headers}), alone=False)

    ask()


def described(site: Site, attacked: Attacked, number: int) -> None:
    """Requests as schemathesis draws them from `/openapi.json`, right ones and wrong ones."""
    import schemathesis
    from schemathesis.core.result import Ok

    schema = schemathesis.openapi.from_url(f"http://127.0.0.1:{site.port}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    for operation in operations:
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

            @settings(
                max_examples=max(1, number // len(operations) // 2), database=None, deadline=None,
                phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(operation.as_strategy(generation_mode=mode))
            def ask(case: schemathesis.Case[Any]) -> None:
                began = time.monotonic()
                answer = case.call(base_url=f"http://127.0.0.1:{site.port}", timeout=PATIENCE)
                seconds = time.monotonic() - began
                lines = [f"{name}: {value}" for name, value in answer.headers.items()]
                head = "\r\n".join([f"HTTP/1.1 {answer.status_code}", *lines, "", ""])
                attacked.note(str(answer.request.url).encode(), seconds, head.encode() + answer.content)

            # Of what takes no parameters nothing wrong can be drawn.
            with suppress(Unsatisfiable):
                ask()


def megabytes(site: Site) -> float:
    """Memory that the processes of the server have in use, but for what they share with it."""
    tasks = Path(f"/proc/{site.process.pid}/task")
    workers = {int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()}
    total = 0
    for worker in workers:
        found = re.search(r"VmRSS:\s+([0-9]+) kB", Path(f"/proc/{worker}/status").read_text())
        total += int(found[1]) if found else 0
    return total / 1024
