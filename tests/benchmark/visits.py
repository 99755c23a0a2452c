"""A visit to every page of the sitemap, and what it leaves in memory."""

from __future__ import annotations

import html
import http.client
import re
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from serving import PATIENCE, Site

from benchmark.family import memory
from benchmark.progress import say


def paths(site: Site, start: str = "/sitemap.xml") -> list[str]:
    """The pages of the sitemap, and of those that it leads to."""
    text = site.get(start).text
    split = [urlsplit(html.unescape(address)) for address in re.findall(r"<loc>([^<]+)</loc>", text)]
    found = [urlunsplit(("", "", each.path, each.query, "")) for each in split]
    if "<sitemapindex" in text:
        return [path for each in found for path in paths(site, each)]
    return found


def style_sheet(site: Site) -> str:
    """The address of the style sheet, with the hash in its name."""
    found = re.search(r'href="(/static/[^"]+\.css)"', site.get("/").text)
    assert found, "The home page names no style sheet."
    return found[1]


def middle(pages: Sequence[str], kind: str) -> str:
    """The page in the middle of those of this kind in English, as `cities`."""
    found = [path for path in pages if re.fullmatch(rf"/{kind}/[^/?]+/", path)]
    return found[len(found) // 2]


def visit(site: Site, pages: Sequence[str], encodings: Sequence[str]) -> None:
    """Ask for each page in each encoding, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    for number, path in enumerate(pages):
        if number % 100 == 0:
            say(f"Visiting every page: {number} of {len(pages)}")
        for encoding in encodings:
            connection.request("GET", path, headers={"Accept-Encoding": encoding})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise AssertionError(f"{path} of the sitemap answers {answer.status}.")
    connection.close()


def memory_after(site: Site, pages: Sequence[str], encodings: Sequence[str]) -> float:
    """Megabytes that the worker holds when every page was visited."""
    visit(site, pages, encodings)
    return memory(site.process.pid)
