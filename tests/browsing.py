"""A real browser for the tests: Debian's Chromium, driven by Playwright, and what it is asked."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from conftest import unavailable
from playwright.sync_api import Browser, Page, Request, Response, ViewportSize, sync_playwright

Browse = Callable[..., Page]
"""Opens an address of the site in a browser context of its own: `browse(address, **context_options)`."""

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 780}
# What a zoom of 400 % leaves of a window of 1280 by 1024: 320 CSS pixels.
NARROW: ViewportSize = {"width": 320, "height": 256}


@dataclass(frozen=True)
class Place:
    """An address of the site, with the status that it answers."""

    address: str
    status: int = 200


ENGLISH_PLACES = {
    "home": Place("/"),
    "capitals": Place("/capitals/"),
    "capitals filtered": Place("/capitals/?country=AZ&year_min=2016&sort=city"),
    "capitals in error": Place("/capitals/?year=abc&country=XX", 400),
    "capitals empty": Place("/capitals/?country=MD&year=2013"),
    "year": Place("/capitals/2013/"),
    "year replaced": Place("/capitals/2023/"),
    "cities": Place("/cities/"),
    "city meghri": Place("/cities/meghri/"),
    "city astana": Place("/cities/astana/"),
    "city lachin": Place("/cities/lachin/"),
    "city baku": Place("/cities/baku/"),
    "city comrat": Place("/cities/comrat/"),
    "countries": Place("/countries/"),
    "country": Place("/countries/azerbaijan/"),
    "country without capitals": Place("/countries/georgia/"),
    "events": Place("/events/"),
    "events filtered": Place("/events/?country=AZ&year=2025"),
    "events empty": Place("/events/?country=MD&year=1995"),
    "event held": Place("/events/lachin-2025-intercultural-round-table/"),
    "event announced": Place("/events/gyumri-2013-closing/"),
    "event cancelled": Place("/events/shymkent-2020-opening/"),
    "series": Place("/series/"),
    "one series": Place("/series/uzeyir-hajibayli-international-music-festival/"),
    "centres": Place("/centres/"),
    "centre": Place("/centres/azerbaijan-centre-paris/"),
    "decisions": Place("/decisions/"),
    "decision": Place("/decisions/moscow-2024-10-08/"),
    "body": Place("/bodies/council-of-heads-of-state/"),
    "sources": Place("/sources/"),
    "source": Place("/sources/azernews-2025-06-04-lachin-round-table/"),
    "search empty": Place("/search/"),
    "search with results": Place("/search/?q=ganja"),
    "search by a speaker": Place("/search/?q=Guminsky"),
    "search of one kind": Place(f"/search/?q={quote('Гянджа')}&kind=event"),
    "search of a year": Place("/search/?q=which+city+2013"),
    "search with a slip": Place("/search/?q=gandzja"),
    "search without results": Place(f"/search/?q={quote('Атлантида')}"),
    "search in error": Place("/search/?q=a", 400),
    "programme": Place("/programme/"),
    "about": Place("/about/"),
    "data": Place("/data/"),
    "nothing": Place("/nothing/", 404),
}
"""Every kind of page, in every state that looks otherwise."""

RUSSIAN_PLACES = {
    f"{name} in Russian": Place(f"/ru{place.address}", place.status)
    for name, place in ENGLISH_PLACES.items()
    if name
    in {
        *("home", "capitals", "capitals in error", "year replaced", "cities", "city lachin"),
        *("countries", "country", "events filtered", "events empty", "event held"),
        *("series", "one series", "centres", "centre", "decisions", "decision", "body"),
        *("sources", "source", "search empty", "search with results", "search with a slip"),
        *("search without results", "programme", "about", "data", "nothing"),
    }
}
"""Every kind of page once more: longer words, and a style sheet with rules of its own."""

PLACES = ENGLISH_PLACES | RUSSIAN_PLACES


def node_tool(path: str) -> Path:
    """A file of a package from npm, in the node_modules folder that NODE_TOOLS names."""
    folder = os.environ.get("NODE_TOOLS", "")
    if not folder:
        unavailable("NODE_TOOLS names no folder with packages from npm")
    file = Path(folder) / path
    if not file.is_file():
        unavailable(f"there is no {path} in {folder}")
    return file


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium, until the block ends.

    Playwright's loop runs in this thread meanwhile, and Django's ORM refuses to work beside a loop: tests
    with a browser ask the server, never the database.
    """
    # The shell first: the same engine without windows, at half the cost.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)), None)
    if executable is None:
        unavailable("there is no Chromium")
    # Chromium's sandbox refuses root.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=[*root, "--disable-gpu", "--disable-background-networking"]
        )
        try:
            yield browser
        finally:
            browser.close()


# axe

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@functools.cache
def _axe() -> str:
    return node_tool("axe-core/axe.min.js").read_text()


_RUN_AXE = """async asked => {
  // What passes, it need not describe.
  const found = await axe.run({...asked, resultTypes: ["violations"]});
  const line = text => text.replace(/\\s+/g, " ");
  return {
    judged: [...found.passes, ...found.violations, ...found.incomplete].map(rule => rule.id),
    faults: found.violations.flatMap(rule => rule.nodes.map(
      node => `${rule.id}: ${node.target.join(" ")}: ${line(node.failureSummary)}`)),
  };
}"""


def axe_faults(page: Page, *, only_colours: bool = False) -> list[str]:
    """What axe finds wrong on the page: rule, element, what to do; of all rules or those on colours."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    colours = {"color-contrast", "link-in-text-block"}
    # axe leaves target-size off unless it is asked for.
    everything = {"runOnly": AXE_TAGS, "rules": {"target-size": {"enabled": True}}}
    found: dict[str, list[str]] = page.evaluate(
        _RUN_AXE, {"runOnly": sorted(colours)} if only_colours else everything
    )
    expected = {"color-contrast"} if only_colours else {"target-size", "color-contrast", "region"}
    assert expected <= set(found["judged"]), "axe did not look"
    return found["faults"]


# What a page asks for and says


@dataclass
class Visit:
    """A page that is opened once for all tests that look at it, and what it did until it stood."""

    place: Place
    page: Page
    requests: list[Request] = field(default_factory=list)
    failed: list[Request] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """Errors of scripts, and what the console shows beside the page's own status."""


def visit(page: Page, place: Place) -> Visit:
    """Open the place on `page`, which has not been anywhere, and wait until it stands."""
    seen = Visit(place, page)
    page.on("request", lambda request: seen.requests.append(request))
    page.on("requestfailed", lambda request: seen.failed.append(request))
    page.on("response", lambda response: seen.responses.append(response))
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    # Chromium reports the page's own 400 or 404 too.
    page.on(
        "console",
        lambda message: seen.said.append(message.text) if message.location["url"] != page.url else None,
    )
    page.goto(place.address)
    painted(page)
    return seen


# The keyboard

MOST_TABS = 400


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has the focus is `selector`."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector} on {page.url}")


@dataclass(frozen=True)
class Stop:
    """Where the focus stands after a press of Tab."""

    name: str
    position: int
    """Its place among all elements of the document; -1 for no element at all."""
    marked: bool
    """Whether it looks otherwise than without the focus: by an outline, or in a drawing by its stroke."""
    shown: bool
    """Whether it stands in the window, has a size and nothing covers it."""


_REMEMBER_LOOKS = """() => {
  const parts = element => [element, ...element.querySelectorAll("*")];
  const outline = element => {
    const style = getComputedStyle(element);
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return seen ? [style.outlineStyle, style.outlineWidth, style.outlineColor].join() : "";
  };
  const strokes = element => element instanceof SVGElement
    ? parts(element).map(part => getComputedStyle(part)).map(style => style.stroke + style.strokeWidth).join()
    : "";
  const all = [...document.querySelectorAll("*")];
  const before = new Map(all.map(element => [element, [outline(element), strokes(element)]]));
  const shown = element => parts(element).some(part => {
    const box = part.getClientRects()[0];
    if (!box || box.width < 2 || box.height < 2) return false;
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return hit !== null && element.contains(hit);
  });
  window.stopOfFocus = () => {
    const element = document.activeElement;
    const without = before.get(element);
    return {
      name: `${element.localName} ${element.getAttribute("aria-label") || element.textContent.trim()}`.slice(0, 60),
      position: element === document.body ? -1 : all.indexOf(element),
      marked: (outline(element) !== "" && outline(element) !== without[0]) || strokes(element) !== without[1],
      shown: shown(element),
    };
  };
  return all.flatMap((element, position) => element.tabIndex >= 0 && element.checkVisibility() && element.matches(
    "a[href], button, input, select, textarea, summary, [tabindex]") ? [position] : []);
}"""  # noqa: E501


def walk_by_tab(page: Page) -> tuple[list[Stop], list[int]]:
    """Every stop of Tab from the page's start until it leaves the page, and the places it should reach."""
    expected: list[int] = page.evaluate(_REMEMBER_LOOKS)
    stops: list[Stop] = []
    while True:
        page.keyboard.press("Tab")
        stop = Stop(**page.evaluate("stopOfFocus()"))
        if stop.position == -1:
            return stops, expected
        stops.append(stop)
        assert len(stops) <= MOST_TABS, f"Tab never leaves the page; it is at {stop.name}"


# Layout

_SIDEWAYS = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const inScrollRegion = element => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter(element => !inScrollRegion(element)
    && element.getBoundingClientRect().right > root.clientWidth + 0.5);
  const named = wide.map(element => `${element.localName}.${element.className} "${element.textContent.trim().slice(0, 30)}"`);
  return [`${root.scrollWidth} > ${root.clientWidth}`, ...named.slice(-6)];
}"""  # noqa: E501


def too_wide(page: Page) -> list[str]:
    """How the page scrolls sideways and the innermost elements that make it; empty when it does not."""
    return list(page.evaluate(_SIDEWAYS))


_SET_SPACING = """wide => {
  // Readers' own styles stand outside the site's policy, as a sheet made by a script does.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(wide);
  document.adoptedStyleSheets = [sheet];
}"""
# The distances of WCAG 1.4.12.
_TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""


@contextmanager
def wider_text(page: Page) -> Iterator[None]:
    """Space the page's text as WCAG 1.4.12 allows readers to, until the block ends."""
    page.evaluate(_SET_SPACING, _TEXT_SPACING)
    spaced = page.evaluate("() => getComputedStyle(document.querySelector('main p, main h1')).letterSpacing")
    assert float(spaced.removesuffix("px")) > 1
    try:
        yield
    finally:
        page.evaluate("() => { document.adoptedStyleSheets = []; }")


_CLIPPED = """() => [...document.body.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element);
  if (element instanceof SVGElement || element.matches("input, select, textarea")) return false;
  // Texts for screen readers alone are a clipped pixel on purpose.
  if (element.clientWidth <= 1 || element.clientHeight <= 1 || style.clipPath !== "none") return false;
  const clips = way => ["hidden", "clip"].includes(way);
  return (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
    || (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
}).map(element => `${element.localName}.${element.className} "${element.textContent.trim().slice(0, 30)}"`)"""


def clipped(page: Page) -> list[str]:
    """The elements that cut off a part of what they hold."""
    return list(page.evaluate(_CLIPPED))


OBSERVE_LAYOUT_SHIFTS = """
window.layoutShift = 0;
window.layoutShifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    window.layoutShift += entry.value;
    const moved = entry.sources.map(source => (source.node?.parentElement ?? document.body).outerHTML);
    window.layoutShifts.push(`${entry.value}: ${moved.map(markup => markup.slice(0, 80)).join("; ")}`);
  }
}).observe({type: "layout-shift", buffered: true});
"""
"""For add_init_script: window.layoutShift is the sum of all shifts (CLS without its session windows),
window.layoutShifts tells of each what moved."""


def painted(page: Page) -> None:
    """Wait until what stands now is painted and observers have heard of it."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame("
        "() => setTimeout(done, 100))))"
    )


# What is read

_SEEN_TEXT = """() => {
  const visible = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const added = (element, which) => {
    const content = getComputedStyle(element, which).content;
    return ["none", "normal"].includes(content) ? "" : content.replaceAll('"', "");
  };
  return [...document.body.querySelectorAll("*")].filter(visible).map(element => [
    added(element, "::before"),
    ...[...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data),
    added(element, "::after"),
  ].join(" ")).join(" ").replace(/\\s+/g, " ");
}"""


def seen_text(page: Page) -> str:
    """What the page shows in the present medium, with what its style sheet adds."""
    return str(page.evaluate(_SEEN_TEXT))
