"""The site in a real browser: reading by keyboard, at any width, in the dark, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from browsing import (
    DESKTOP,
    ENGLISH_PLACES,
    NARROW,
    OBSERVE_LAYOUT_SHIFTS,
    PHONE,
    PLACES,
    RUSSIAN_PLACES,
    Browse,
    Place,
    Visit,
    axe_faults,
    clipped,
    launched,
    painted,
    seen_text,
    tab_to,
    too_wide,
    visit,
    walk_by_tab,
    wider_text,
)
from markup import Page as Markup
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Route,
    ViewportSize,
    expect,
)
from serving import Site, serving

pytestmark = pytest.mark.once

every_place = pytest.mark.parametrize("visited", PLACES.values(), ids=PLACES, indirect=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("browser")
    with serving(f"sqlite:///{folder / 'record.sqlite3'}", folder) as site:
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def browse(chromium: Browser, server: Site) -> Iterator[Browse]:
    """Open an address in a context of its own, made with the options given; all close after the test."""
    contexts: list[BrowserContext] = []

    def open_page(address: str, *, init_script: str = "", **options: Any) -> Page:
        context = chromium.new_context(
            **{
                "base_url": f"http://127.0.0.1:{server.port}",
                "reduced_motion": "reduce",
                "viewport": DESKTOP,
                **options,
            }
        )
        contexts.append(context)
        page = context.new_page()
        if init_script:
            page.add_init_script(init_script)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def visited(request: pytest.FixtureRequest, chromium: Browser, server: Site) -> Iterator[Visit]:
    """A place, opened once on a phone in the light for all tests that only look at it."""
    context = chromium.new_context(
        base_url=f"http://127.0.0.1:{server.port}", reduced_motion="reduce", viewport=PHONE
    )
    yield visit(context.new_page(), request.param)
    context.close()


# WCAG, by axe


@every_place
def test_axe_finds_no_fault_in_light_in_dark_and_on_a_phone(visited: Visit) -> None:
    page = visited.page
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    faults = {"phone": axe_faults(page)}

    # No colour depends on the language; its words are longest where there is least room.
    if visited.place not in RUSSIAN_PLACES.values():
        page.set_viewport_size(DESKTOP)
        faults["light"] = axe_faults(page)
        page.emulate_media(color_scheme="dark")
        # All that is dark are the colours.
        faults["dark"] = axe_faults(page, only_colours=True)

    assert {look: found for look, found in faults.items() if found} == {}


# The three tasks, by keyboard alone


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def follow(page: Page, address: str) -> None:
    """Go to a link of the page by Tab and follow it by Enter."""
    tab_to(page, f"a[href='{address}']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert path_of(page) == address


def choose(page: Page, name: str, value: str) -> None:
    """Go to a choice of the form by Tab and to the option by the arrow."""
    tab_to(page, f"select[name={name}]")
    select = page.locator(f"select[name={name}]")
    for _ in range(select.locator("option").count()):
        page.keyboard.press("ArrowDown")
        if select.input_value() == value:
            return
    raise AssertionError(f"the arrow does not reach {value}")


def has_designation_history_of_gyumri(
    page: Page, city: str = "Gyumri", heading: str = "History of the title"
) -> bool:
    """Whether the page of Gyumri tells of its title."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(city)
    history = page.get_by_role("region", name=heading)
    expect(history.get_by_role("heading", name="2013")).to_be_visible()
    return history.get_by_role("listitem").count() > 1


def test_a_keyboard_answers_which_city_it_was_in_2017(browse: Browse) -> None:
    page = browse("/")

    follow(page, "/capitals/2017/")

    expect(page.get_by_role("heading", level=1)).to_contain_text("2017")
    expect(page.get_by_role("main").get_by_role("link", name="Ganja").first).to_be_visible()


def test_a_keyboard_finds_gyumri_s_history_by_a_search_in_russian(browse: Browse) -> None:
    page = browse("/")

    tab_to(page, "input[type=search]")
    page.keyboard.type("Гюмри")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, "/cities/gyumri/")

    assert has_designation_history_of_gyumri(page)


def test_a_keyboard_finds_gyumri_s_history_in_the_list_of_cities(browse: Browse) -> None:
    page = browse("/")

    follow(page, "/cities/")
    follow(page, "/cities/gyumri/")

    assert has_designation_history_of_gyumri(page)


def test_a_keyboard_answers_what_happened_in_lachin_in_2025(browse: Browse) -> None:
    page = browse("/")

    follow(page, "/capitals/2025/")
    follow(page, "/cities/lachin/")

    region = page.get_by_role("region", name="Events of the title year")
    tab_to(page, "[aria-labelledby=events] .folded > summary")
    page.keyboard.press("Enter")
    events = region.get_by_role("article")
    of_2025 = events.filter(has_text="2025")
    assert of_2025.count() > 5
    for event in of_2025.all():
        expect(event).to_be_visible()
        # Its summary, more than its title and day.
        assert max(len(text) for text in event.get_by_role("paragraph").all_inner_texts()) > 60


def test_a_keyboard_finds_gyumri_s_history_on_russian_pages(browse: Browse) -> None:
    page = browse("/ru/")

    tab_to(page, "input[type=search]")
    page.keyboard.type("Гюмри")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, "/ru/cities/gyumri/")

    assert has_designation_history_of_gyumri(page, "Гюмри", "История звания")


def events_listed(page: Page) -> list[str]:
    """The addresses of the events of a list, as the English page has them."""
    links = page.get_by_role("main").get_by_role("article").get_by_role("heading").get_by_role("link")
    return [str(link.get_attribute("href")).removeprefix("/ru") for link in links.all()]


def test_a_keyboard_filters_events_in_russian_and_changes_the_language_without_losing_them(
    browse: Browse,
) -> None:
    page = browse("/ru/")
    follow(page, "/ru/events/")

    choose(page, "country", "AZ")
    tab_to(page, "input[name=year_min]")
    page.keyboard.type("2025")
    tab_to(page, "input[name=year_max]")
    page.keyboard.type("2025")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    # The form sends its empty fields too, and leads to the results; the list's own address has neither.
    expect(page.locator("#results")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("article").first.get_by_role("heading")).to_be_in_viewport(ratio=1)
    address, _sign, fragment = path_of(page).partition("#")
    assert fragment in ("", "results")
    assert address.startswith("/ru/events/?")
    assert sorted(parse_qsl(address.partition("?")[2])) == [("country", "AZ"), ("year", "2025")]
    expect(page.get_by_role("list", name="Выбранные фильтры").get_by_role("listitem")).to_have_count(3)
    listed = events_listed(page)
    assert len(listed) > 10

    follow(page, address.removeprefix("/ru"))

    assert page.locator("html").get_attribute("lang") == "en"
    form = page.get_by_role("form", name="Filters")
    expect(form.get_by_label("Country", exact=True)).to_have_value("AZ")
    expect(form.get_by_label("from", exact=True)).to_have_value("2025")
    expect(form.get_by_label("to", exact=True)).to_have_value("2025")
    expect(page.get_by_role("list", name="Active filters").get_by_role("listitem")).to_have_count(3)
    assert events_listed(page) == listed

    follow(page, address)

    assert page.locator("html").get_attribute("lang") == "ru"
    assert events_listed(page) == listed


@pytest.mark.parametrize(
    "address", ["/", "/ru/", "/capitals/?country=AZ", "/cities/lachin/", "/nothing/", "/ru/nothing/"]
)
def test_the_first_tab_shows_the_skip_link_and_enter_goes_to_the_content(
    address: str, browse: Browse
) -> None:
    page = browse(address)
    skip = page.get_by_role("link", name="К содержанию" if "/ru/" in address else "Skip to the content")
    expect(skip).not_to_be_in_viewport()

    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/capitals/?country=AZ",
        "/capitals/?year=abc",
        "/events/?country=AZ&year=2025",
        "/cities/meghri/",
        "/search/?q=ganja",
        "/ru/",
        "/ru/events/?country=AZ&year=2025",
    ],
)
def test_the_focus_goes_through_the_page_in_order_and_is_always_seen(
    address: str, viewport: ViewportSize, browse: Browse
) -> None:
    page = browse(address, viewport=viewport)

    stops, expected = walk_by_tab(page)

    assert [stop.position for stop in stops] == expected
    assert [stop.name for stop in stops if not stop.marked] == [], "without a visible focus"
    assert [stop.name for stop in stops if not stop.shown] == [], "out of sight or covered"


# Filters without JavaScript


def rows_of(page: Page) -> Locator:
    """The rows of a list: of its table, or its cards."""
    main = page.get_by_role("main")
    return main.locator("tbody").get_by_role("row").or_(main.get_by_role("article"))


@pytest.mark.parametrize(
    ("address", "year", "least"),
    [("/capitals/", "2017", 1), ("/events/", "2025", 10)],
    ids=["capitals", "events"],
)
def test_filters_work_without_javascript(address: str, year: str, least: int, browse: Browse) -> None:
    page = browse(address, java_script_enabled=False)
    form, chips = page.get_by_role("form", name="Filters"), page.get_by_role("list", name="Active filters")
    count = page.get_by_role("main").get_by_role("heading", level=2).first
    everything, all_rows = count.inner_text(), rows_of(page).count()

    form.get_by_label("Country", exact=True).select_option("AZ")
    form.get_by_role("button", name="Apply").click()

    assert "country=AZ" in page.url
    expect(form.get_by_label("Country", exact=True)).to_have_value("AZ")
    of_country, country_count = count.inner_text(), rows_of(page).count()
    assert int(of_country.split()[0]) < int(everything.split()[0])
    if address == "/capitals/":
        assert 1 < country_count < all_rows
        assert all("Azerbaijan" in row for row in rows_of(page).all_inner_texts())

    for end in ("from", "to"):
        form.get_by_label(end, exact=True).fill(year)
    form.get_by_role("button", name="Apply").click()

    assert page.url.partition("?")[2] == f"country=AZ&year={year}#results"
    assert least <= int(count.inner_text().split()[0]) < int(of_country.split()[0])
    assert all(year in row for row in rows_of(page).all_inner_texts())
    expect(chips.get_by_role("link", name="Remove")).to_have_count(2)

    chips.get_by_role("link", name="Remove Year: ").click()

    assert count.inner_text() == of_country
    expect(form.get_by_label("from", exact=True)).to_have_value("")
    expect(form.get_by_label("Country", exact=True)).to_have_value("AZ")

    chips.get_by_role("link", name="Clear all").click()

    assert path_of(page) == address
    assert count.inner_text() == everything
    expect(chips).to_have_count(0)


@pytest.mark.parametrize("address", ["/events/?kind=concert", "/ru/capitals/?country=AZ"])
def test_on_a_phone_the_filters_are_folded_with_their_number_and_open_by_keyboard(
    address: str, browse: Browse
) -> None:
    page = browse(address, viewport=PHONE, java_script_enabled=False)
    form, summary = page.locator("form.filters"), page.locator("summary").first

    expect(summary).to_have_text(re.compile(r"(Filters|Фильтры) \(1\)"))
    expect(form).to_be_hidden()
    summary.press("Enter")
    form.get_by_role("combobox").last.select_option("oldest")
    form.get_by_role("button").click()

    assert page.url.endswith("&sort=oldest#results")
    expect(page.locator("#results")).to_be_in_viewport(ratio=1)
    expect(form).to_be_hidden()

    page.set_viewport_size(DESKTOP)
    expect(form).to_be_visible()
    expect(summary).to_be_hidden()


# Reflow


@every_place
def test_no_page_scrolls_sideways_on_a_phone_at_twice_the_text_at_320_pixels_or_at_400_percent(
    visited: Visit,
) -> None:
    """WCAG 1.4.4 and 1.4.10; what scrolls in a region of its own is a table or a drawing."""
    page = visited.page
    page.set_viewport_size(PHONE)
    assert too_wide(page) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert too_wide(page) == []
    page.evaluate("document.documentElement.style.fontSize = ''")

    page.set_viewport_size(NARROW)

    assert too_wide(page) == []
    regions = page.evaluate(
        "() => [...document.body.querySelectorAll('*')].filter(element => "
        "['auto', 'scroll'].includes(getComputedStyle(element).overflowX) "
        "&& element.scrollWidth > element.clientWidth && !element.querySelector('table, svg')"
        ").map(element => element.outerHTML.slice(0, 80))"
    )
    assert regions == []


@pytest.mark.parametrize(
    "visited",
    # Of Russian pages those with the longest words in the least room.
    [*ENGLISH_PLACES.values(), *map(Place, ("/ru/", "/ru/capitals/", "/ru/cities/lachin/", "/ru/events/"))],
    ids=[*ENGLISH_PLACES, "home in Russian", "capitals in Russian", "city in Russian", "events in Russian"],
    indirect=True,
)
def test_wider_text_spacing_cuts_nothing_off(visited: Visit) -> None:
    page = visited.page

    with wider_text(page):
        for viewport in (DESKTOP, NARROW):
            page.set_viewport_size(viewport)
            assert too_wide(page) == []
            assert clipped(page) == []


# Loading


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/capitals/",
        "/cities/lachin/",
        "/events/lachin-2025-intercultural-round-table/",
        "/ru/",
        "/ru/cities/lachin/",
    ],
)
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_jumps_when_fonts_come_late(address: str, viewport: ViewportSize, browse: Browse) -> None:
    page = browse("about:blank", init_script=OBSERVE_LAYOUT_SHIFTS, viewport=viewport)
    held: list[Route] = []
    page.route("**/*.woff2*", lambda route: held.append(route))

    page.goto(address, wait_until="domcontentloaded")
    painted(page)
    assert held, "the page has no font of its own"
    while held:
        held.pop().continue_()
        painted(page)
    page.evaluate("document.fonts.ready.then(() => true)")
    painted(page)

    assert page.evaluate("[...document.fonts].some(font => font.status === 'loaded')")
    assert page.evaluate("layoutShift") < 0.02, page.evaluate("layoutShifts")
    # Were the observer deaf, it would not hear this either.
    page.evaluate("document.body.style.paddingTop = '20rem'")
    painted(page)
    assert page.evaluate("layoutShift") > 0.02


@pytest.mark.parametrize("address", ["/", "/ru/", "/about/", "/ru/about/"])
def test_the_fonts_that_a_page_loads_early_are_those_that_its_own_words_need(
    address: str, browse: Browse
) -> None:
    page = browse("about:blank")
    early: set[str] = set()
    needed: set[str] = set()

    def without_early_fonts(route: Route) -> None:
        answer = route.fetch()
        early.update(re.findall('<link rel="preload" href="([^"]+)"', answer.text()))
        route.fulfill(response=answer, body=re.sub('<link rel="preload"[^>]*>', "", answer.text()))

    page.route(f"**{address}", without_early_fonts)
    page.on(
        "request",
        lambda request: needed.add(urlsplit(request.url).path) if ".woff2" in request.url else None,
    )
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => true)")
    painted(page)

    assert early
    # The first page names cities in other scripts too.
    assert early == needed if "about" in address else early <= needed


@every_place
def test_nothing_is_asked_from_elsewhere_nothing_fails_and_the_console_is_empty(
    visited: Visit, server: Site
) -> None:
    own, origin = visited.page.url, f"http://127.0.0.1:{server.port}/"

    asked = [request.url for request in visited.requests]

    assert len(asked) > 1
    assert [address for address in asked if not address.startswith((origin, "data:"))] == []
    assert [request.url for request in visited.failed] == []
    wrong = {response.url: response.status for response in visited.responses if response.status >= 400}
    assert wrong == ({} if visited.place.status == 200 else {own: visited.place.status})
    assert visited.said == []


# Dark, print


def brightness(page: Page) -> float:
    """How bright the page's ground is: the mean of red, green and blue, 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]
    return sum(parts) / 3


def test_the_dark_scheme_is_dark_and_says_so_to_the_browser(browse: Browse) -> None:
    light, dark = (browse("/", color_scheme=scheme) for scheme in ("light", "dark"))

    assert brightness(light) > 200
    assert brightness(dark) < 60
    for page in (light, dark):
        scheme = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
        # What the browser draws itself (fields, scroll bars) follows.
        assert set(scheme.split()) >= {"light", "dark"}


def test_on_paper_stands_the_record_without_its_controls(browse: Browse) -> None:
    page = browse("/events/?country=AZ&year=2025")
    controls = [
        page.get_by_role("navigation", name="Main"),
        page.get_by_role("navigation", name="Breadcrumbs"),
        page.get_by_role("search"),
        page.get_by_role("form", name="Filters"),
        page.get_by_role("list", name="Active filters"),
        page.get_by_role("link", name="Skip to the content"),
        page.get_by_role("link", name="Русский"),
    ]
    for control in controls:
        expect(control).to_be_visible()
    titles = page.get_by_role("article").get_by_role("heading")
    shown = titles.count()

    page.emulate_media(media="print")

    for control in controls:
        expect(control).to_be_hidden()
    expect(page.get_by_text("Filters: Country: Azerbaijan; Year: 2025")).to_be_visible()
    assert titles.count() == shown > 10
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_on_paper_stand_the_addresses_of_the_page_and_of_its_sources(browse: Browse, server: Site) -> None:
    page = browse("/cities/lachin/")
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    references = page.get_by_role("region", name="Sources", exact=True).locator("li > a[href^='/sources/']")
    pages = [link.get_attribute("href") for link in references.all()]
    assert len(pages) > 5

    page.emulate_media(media="print")

    on_paper = seen_text(page)
    assert canonical is not None
    assert canonical in on_paper
    outward = [
        link.attributes["href"]
        for address in pages
        for link in Markup(server.get(str(address)).text).all("a", rel="external")[:1]
    ]
    assert len(outward) > 5
    assert [address for address in outward if address not in on_paper] == []


def test_ink_on_paper_is_dark_whatever_the_screen_was(browse: Browse) -> None:
    page = browse("/cities/lachin/", color_scheme="dark")

    page.emulate_media(media="print", color_scheme="dark")

    colours = page.evaluate(
        "() => [...document.querySelectorAll('main *')].filter(element => element.checkVisibility() "
        "&& [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))"
        ".map(element => getComputedStyle(element).color)"
    )
    light = {
        colour
        for colour in set(colours)
        if sum(float(part) for part in re.findall(r"[\d.]+", colour)[:3]) / 3 > 140
    }
    assert len(colours) > 50
    assert light == set()


# The map


def map_of(page: Page) -> Locator:
    """The map's drawing."""
    drawing = page.get_by_role("group", name=re.compile("^(Map of the capitals|Карта столиц)$"))
    expect(drawing).to_be_visible()
    return drawing


@pytest.mark.parametrize("home", ["/", "/ru/"])
def test_every_dot_of_the_map_names_its_city_and_leads_to_it(home: str, browse: Browse) -> None:
    page = browse(home)
    dots = map_of(page).locator("a")
    addresses = [str(dot.get_attribute("href")) for dot in dots.all()]

    assert len(addresses) == len(set(addresses)) > 15
    countries = set()
    for dot, address in zip(dots.all(), addresses, strict=True):
        name = dot.get_attribute("aria-label") or ""
        expect(dot).to_have_accessible_name(name)
        found = re.fullmatch(r"(.+), (.+): \d{4}.*", name)
        assert found, name
        countries.add(found[2])
        assert re.fullmatch(rf"{home}cities/[a-z-]+/", address)
        answer = page.request.get(address)
        assert answer.status == 200
        assert found[1] in answer.text()
        assert found[2] in answer.text()
    assert len(countries) > 5


def test_every_city_of_the_map_stands_as_a_link_in_the_text_too(browse: Browse) -> None:
    page = browse("/")
    on_map = {dot.get_attribute("href") for dot in map_of(page).locator("a").all()}

    in_text = set(
        page.evaluate(
            "[...document.querySelectorAll('main a')]"
            ".filter(link => !link.closest('svg') && link.textContent.trim())"
            ".map(link => link.getAttribute('href'))"
        )
    )

    assert on_map
    assert on_map - in_text == set()


@pytest.mark.parametrize("address", ["/", "/ru/capitals/"])
def test_a_keyboard_passes_the_map_in_one_step(address: str, browse: Browse) -> None:
    page = browse(address)
    skip = page.get_by_role("link", name=re.compile("^(Skip the map|Пропустить карту)"))

    tab_to(page, "figure .skip")
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    behind = "document.querySelector('figure.map').compareDocumentPosition(document.activeElement)"
    assert page.evaluate(f"{behind} === Node.DOCUMENT_POSITION_FOLLOWING")


@pytest.mark.parametrize("address", ["/", "/capitals/"])
def test_on_a_phone_the_map_is_a_picture_beside_the_list(address: str, browse: Browse) -> None:
    """No dot would have 24 pixels for a finger (WCAG 2.5.8)."""
    page = browse(address, viewport=PHONE)
    expect(map_of(page).locator(".still .dot").first).to_be_visible()

    links = page.locator("figure a")

    assert links.count() > 15
    assert [link for link in links.all() if link.is_visible()] == []


# The ladder


_ROWS_OF_THE_LADDER = """ladder => {
  const {left, right} = ladder.getBoundingClientRect();
  const boxes = [...ladder.children].map(year => year.getBoundingClientRect());
  return [...Map.groupBy(boxes, box => Math.round(box.top)).values()].map(row => {
    // Each begins on the last pixel of the one before it: its rule is the only one there.
    const starts = [...row.map(box => box.left + 1), right];
    const ends = [left, ...row.map(box => box.right)];
    const gaps = starts.map((start, place) => Math.abs(start - ends[place]));
    const steps = row.map(box => Math.abs(box.bottom - row[0].bottom));
    return {years: row.length, gap: Math.max(...gaps, ...steps)};
  });
}"""


def test_the_ladder_has_whole_rules_and_no_empty_cell_at_any_width(browse: Browse) -> None:
    page = browse("/")
    ladder = page.locator(".ladder")
    seen = set()
    for width in (320, 360, 480, 600, 768, 1024, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})

        rows = ladder.evaluate(_ROWS_OF_THE_LADDER)

        assert [row for row in rows if row["gap"] > 0.5] == [], width
        assert all(row["years"] > 1 for row in rows), width
        seen.add(rows[0]["years"])
    borders = ladder.evaluate(
        "ladder => [...ladder.children].map(year => getComputedStyle(year))"
        ".map(style => [style.borderTopWidth, style.borderLeftWidth].join())"
    )
    assert set(borders) == {"1px,1px"}
    assert len(seen) > 2


@pytest.mark.parametrize("width", [1280, 768])
@pytest.mark.parametrize("address", ["/", "/capitals/", "/capitals/?country=AZ", "/ru/", "/ru/capitals/"])
def test_the_labels_of_the_map_stand_apart_and_within_it(width: int, address: str, browse: Browse) -> None:
    page = browse(address, viewport={"width": width, "height": 900})

    frame, *boxes = map_of(page).evaluate(
        "drawing => [drawing, ...drawing.querySelectorAll('text')]"
        ".filter(element => element.checkVisibility({opacityProperty: true}))"
        ".map(element => ({name: element.textContent.trim(), city: !!element.closest('a'), "
        "...element.getBoundingClientRect().toJSON()}))"
        ".filter(box => box.width > 0)"
    )

    assert len(boxes) > 5
    for box in boxes:
        assert frame["left"] <= box["left"], box["name"]
        assert box["right"] <= frame["right"], box["name"]
        assert frame["top"] <= box["top"], box["name"]
        assert box["bottom"] <= frame["bottom"], box["name"]
    overlapping = [
        f"{one['name']} / {other['name']}"
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        # The lines of one sea's name stand close; boxes hold room for accents and descenders too.
        if (one["city"] or other["city"])
        and min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > one["height"] / 10
    ]
    assert overlapping == []


def test_on_a_filtered_list_the_matching_cities_stand_out_on_the_map(browse: Browse) -> None:
    page = browse("/capitals/?country=AZ")

    dots = (
        map_of(page)
        .locator("a")
        .evaluate_all(
            "dots => dots.map(dot => ({name: dot.getAttribute('aria-label'), look: "
            "[dot, ...dot.querySelectorAll('circle')].map(part => getComputedStyle(part))"
            ".map(style => [style.opacity, style.r, style.fill, style.stroke].join()).join(' ')}))"
        )
    )

    matching = {dot["look"] for dot in dots if ", Azerbaijan:" in dot["name"]}
    others = {dot["look"] for dot in dots if ", Azerbaijan:" not in dot["name"]}
    assert matching
    assert others
    assert matching & others == set()


def test_the_labels_of_the_map_are_read_once(browse: Browse) -> None:
    """A dot's name tells its city; the label beside it is for the eye."""
    page = browse("/")

    exposed = map_of(page).locator("a text:not([aria-hidden=true])")

    assert map_of(page).locator("a").count() > 15
    assert exposed.count() == 0


# What is folded

SCREEN = 740
"""CSS pixels of height that a phone of 360 by 780 leaves to a page."""
MOST_SCREENS = {"/cities/lachin/": 9, "/countries/azerbaijan/": 9, "/programme/": 12, "/capitals/2025/": 6}
MOST_NUMBERS = 60
"""How many numbers of sources the page of Lachin may have."""


def seen(place: Locator) -> bool:
    """Whether it is shown, not folded away."""
    return bool(place.evaluate("element => element.checkVisibility({ contentVisibilityAuto: true })"))


def test_with_everything_folded_the_answers_are_a_few_screens_of_a_phone(browse: Browse) -> None:
    page = browse("/cities/lachin/", viewport=PHONE)
    assert page.locator(".cite").count() <= MOST_NUMBERS
    for address, most in MOST_SCREENS.items():
        for edition in ("", "/ru"):
            page.goto(f"{edition}{address}")
            screens = page.evaluate("document.documentElement.scrollHeight") / SCREEN
            assert screens <= most, f"{edition}{address}"


def test_a_number_opens_the_folded_list_and_its_arrow_leads_back_without_javascript(browse: Browse) -> None:
    page = browse("/cities/lachin/", java_script_enabled=False)

    page.locator(".cite a").first.click()

    expect(page.locator("#source-1")).to_be_in_viewport()
    page.locator("#source-1 .back").first.click()
    expect(page.locator("#cite-1-1")).to_be_in_viewport()


@pytest.mark.parametrize(
    "address",
    ["/programme/#emblems", "/cities/lachin/#lachin-2025-deciding-body", "/ru/capitals/2025/#source-9"],
)
def test_a_link_to_what_is_folded_shows_it(address: str, browse: Browse) -> None:
    page = browse(address)

    target = page.locator(f"[id='{address.partition('#')[2]}']")
    assert seen(target.locator("p, li, a").last)


def test_on_paper_nothing_is_folded(browse: Browse) -> None:
    page = browse("/cities/lachin/")
    folded = page.locator("details li, details p")
    assert not all(seen(place) for place in folded.all())

    page.emulate_media(media="print")

    hidden = [place.inner_text() for place in folded.all() if not seen(place)]
    assert not hidden
