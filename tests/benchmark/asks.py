"""What is asked of whom, and what the answers are held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

ENCODINGS = {"identity": "plain", "gzip": "gzip", "br": "brotli"}
"""Encodings as HTTP names them, and as the table does."""
WARM_PAGES = ("/", "/capitals/", "/events/", "/cities/ganja/")
COLD_PAGES = ("/", "/events/", "/cities/ganja/", "/capitals/")
JSON = "/events.json"
HUNDREDFOLD_PAGES = (
    *("/", "/about/", "/capitals/", "/capitals/2017/", "/cities/", "/countries/", "/decisions/"),
    *("/events/", "/events/?year=2017", "/sources/", "/sitemap.xml"),
)
DATASETTE_TABLE = "/record/events"
"""Shows the first 100 rows, as any table does there."""

BROTLI = "/brotli"
"""Before the addresses of what nginx has in brotli: Debian's has no module that would choose it."""

MANY = 16
"""Connections that ask at the same time for what is answered at once."""
FEW = 4
"""Connections that ask for what is rendered anew: enough that the server is never idle."""


@dataclass(frozen=True)
class Ask:
    """One address of one subject, asked for some seconds."""

    subject: str
    path: str
    encoding: str = "identity"
    known: bool = False
    """Asked with the tag of the copy that the reader has: the answer is 304."""
    readers: int = MANY

    @property
    def patience(self) -> int:
        """How many times as long it is asked for: few answers a second are counted in more seconds."""
        return 1 if self.readers == MANY else 2

    def __str__(self) -> str:
        known = ", known" if self.known else ""
        return f"{self.subject} {self.path} {ENCODINGS[self.encoding]}{known}"


@dataclass(frozen=True)
class Line:
    """A line of the table: an answer of ours beside another, and what is wanted of it."""

    what: str
    ours: Ask
    beside: Ask | None = None
    least: float | None = None
    """How many times as many answers a second as the other gives."""
    within: float | None = None
    """Milliseconds that half of the answers take at most."""


def warm_lines(encodings: Iterable[str], style_sheet: str) -> list[Line]:
    """Pages that were asked for before, as most readers meet them, and the file that all of them name."""
    lines = [
        Line(
            f"warm `{path}`, {ENCODINGS[encoding]}",
            Ask("site", path, encoding),
            Ask("nginx", nginx_path(path, encoding), encoding),
            least=0.5 if path in WARM_PAGES else None,
        )
        for path in (*WARM_PAGES, JSON, style_sheet)
        for encoding in encodings
    ]
    home = Ask("site", "/")
    lines += [
        Line("warm `/`, plain", home, Ask("empty view", "/"), least=2),
        Line("warm `/`, plain", home, anew("datasette", DATASETTE_TABLE), least=300),
        Line(f"warm `{style_sheet}`, plain", Ask("site", style_sheet), Ask("granian's files", style_sheet)),
    ]
    for path in ("/", "/events/"):
        for encoding in ("identity", "gzip"):
            asked, nginx = Ask("site", path, encoding, known=True), Ask("nginx", path, encoding, known=True)
            what = f"304 `{path}`, {ENCODINGS[encoding]}"
            lines += [Line(what, asked, Ask("site", path, encoding), least=1), Line(what, asked, nginx)]
    return lines


def anew(subject: str, path: str, *, readers: int = FEW) -> Ask:
    """An answer that is made for whoever asks."""
    return Ask(subject, path, readers=readers)


def cold_lines(*, base: bool) -> list[Line]:
    """Pages that are rendered for whoever asks: nothing is kept."""
    lines = []
    table = anew("datasette", DATASETTE_TABLE)
    for path in COLD_PAGES:
        asked, least = anew("cold", path), None if path == "/capitals/" else 3
        if base:
            lines.append(Line(f"cold `{path}`", asked, anew("base", path), least=least and 2))
        lines.append(Line(f"cold `{path}`", asked, table, least=least))
    for path, what in ((JSON, "cold"), (search("ganja"), "search"), (search(mistyped("ganja")), "slip")):
        asked = anew("cold" if path == JSON else "site", path)
        lines.append(Line(f"{what} `{path}`", asked, anew("base", path) if base else table))
    return lines


def hundredfold_lines(city: str, country: str) -> list[Line]:
    """A record a hundred times as large beside ours, nothing kept, one reader: the wait is the page's own.

    The addresses are those of a city and a country there.
    """
    name = city.split("/")[2].replace("-", " ")
    pairs = [(path, path) for path in HUNDREDFOLD_PAGES]
    pairs += [(city, "/cities/ganja/"), (country, "/countries/azerbaijan/")]
    pairs += [(search(name), search("ganja")), (search(mistyped(name)), search(mistyped("ganja")))]
    lines = []
    for path, ours in pairs:
        asked, beside = anew("hundredfold", path, readers=1), anew("cold", ours, readers=1)
        within = 200 if path.startswith("/search/") else None
        lines.append(Line(f"hundredfold `{path}`", asked, beside, least=0.33, within=within))
    return lines


def search(words: str) -> str:
    """The address that answers this query."""
    return f"/search/?{urlencode({'q': words})}"


def mistyped(word: str) -> str:
    """The word with two letters that changed places, which no entry has: the nearest name is looked for."""
    return word[0] + word[2] + word[1] + word[3:]


def nginx_path(path: str, encoding: str) -> str:
    """Where nginx has these bytes."""
    return f"{BROTLI}{path}" if encoding == "br" else path


def asks_of(lines: Iterable[Line]) -> list[Ask]:
    """Each once, those of one line behind each other: what is compared is measured in the same seconds."""
    asks = [ask for line in lines for ask in (line.ours, line.beside) if ask is not None]
    return list(dict.fromkeys(asks))
