"""The pages as a reader meets them: a sweep of every address, and the answers that must be there."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import Pages, sitemap
from django.db import models
from django.test import Client
from factories import (
    make_body,
    make_city,
    make_country,
    make_decision,
    make_designation,
    make_event,
    make_series,
)
from markup import Element, Page

from capitals.models import (
    Cited,
    City,
    CityName,
    Country,
    CulturalCentre,
    Decision,
    Designation,
    Event,
    EventSeries,
    RecordState,
    Source,
)
from capitals.templatetags.facts import as_date
from capitals.words import dates
from capitals.words.languages import address_in

# Also those that only read the pages rendered once: alone they must find the database made.
pytestmark = pytest.mark.django_db

# The record may grow, never shrink; a list counts with its records.
FEWEST = {
    "/capitals/": 18,
    "/cities/": 45,
    "/countries/": 21,
    "/events/": 180,
    "/series/": 5,
    "/centres/": 36,
    "/decisions/": 38,
    "/bodies/": 32,
    "/sources/": 720,
}
SCRIPTS = ("CYRILLIC", "ARMENIAN", "GEORGIAN", "ARABIC", "HEBREW", "CJK")
SIX_CENTRES = {"vienna", "paris", "berlin", "rome", "ankara", "tashkent"}


def edition_of(path: str) -> str:
    return "ru" if path.startswith("/ru/") else "en"


def get(client: Client, address: str, status: int = 200) -> Page:
    response = client.get(address)
    assert response.status_code == status
    return Page(response.content.decode())


def on(year: int, month: int, day: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it that day for the pages."""
    date = datetime.date(year, month, day)
    monkeypatch.setattr(dates, "today", lambda: date)


def complaints(site: Pages, wrong: Any) -> list[str]:
    """The addresses of which `wrong(page)` is true or says something, with what it says."""
    said = ((path, wrong(page)) for path, page in site.items())
    return [f"{path}: {what}" for path, what in said if what]


# The sweep


def test_the_sitemap_names_every_page_once_and_does_not_shrink(site: Pages, client: Client, db: None) -> None:
    paths = sitemap(client)

    assert len(paths) == len(set(paths)) == len(site)
    english = [path for path in paths if edition_of(path) == "en"]
    counted = Counter(path[: path.index("/", 1) + 1] for path in english if path != "/")
    assert {start: counted[start] for start in FEWEST if counted[start] < FEWEST[start]} == {}
    assert {"/", "/about/"} <= set(english)
    assert set(paths) - set(english) == {address_in("ru", path) for path in english}


def test_every_record_with_an_address_is_in_the_sitemap(site: Pages, db: None) -> None:
    linked = (City, Country, Event, EventSeries, CulturalCentre, Decision, Source)
    records = [record.get_absolute_url() for model in linked for record in model._default_manager.all()]

    assert len(records) > 400
    assert set(records) - set(site) == set()


def test_every_page_has_one_h1_one_main_and_a_skip_link_to_it(site: Pages) -> None:
    def wrong(page: Page) -> str:
        if len(page.all("h1")) != 1 or not page.one("h1").text:
            return "not one h1"
        if len(page.all("main")) != 1 or page.main.attributes.get("id") != "main":
            return "not one main landmark"
        first = page.one("body").all("a")[0]
        return "" if first.attributes["href"] == "#main" and first.text else "no skip link first"

    assert complaints(site, wrong) == []


def test_every_page_says_its_language_and_has_the_landmarks(site: Pages) -> None:
    def wrong(page: Page) -> str:
        [address] = page.all("link", rel="canonical")
        if page.one("html").attributes.get("lang") != edition_of(urlsplit(address.attributes["href"]).path):
            return "not its language"
        names = [element.attributes.get("aria-label", "") for element in page.all("nav")]
        if not all(names) or len(names) != len(set(names)):
            return f"navigation without a name of its own: {names}"
        return "" if page.all("header") and page.all("footer") and page.all("search") else "no landmark"

    assert complaints(site, wrong) == []


def test_every_page_has_a_title_and_a_description_of_its_own(site: Pages) -> None:
    titles = Counter(page.title for page in site.values())

    assert [title for title, times in titles.items() if times > 1] == []
    assert complaints(site, lambda page: not page.description.strip()) == []
    for path, page in site.items():
        name = {"en": "CIS Cultural Capitals", "ru": "Культурные столицы СНГ"}[edition_of(path)]
        assert page.title.endswith(f" · {name}"), path
    assert complaints(site, lambda page: page.title.startswith(" ")) == []


def test_every_page_names_its_own_address(site: Pages) -> None:
    for path, page in site.items():
        canonical = page.one("link", rel="canonical").attributes["href"]
        assert urlsplit(canonical).path == path


def test_no_page_says_none_or_shows_a_template_s_slip(site: Pages) -> None:
    # "None of them" and "None so far" are English; a value that is None stands alone.
    slips = re.compile(
        r"\bNone\b(?! of | so far)|\{\{|\}\}|\{%|%\}|\bNaN\b|\bundefined\b|<[A-Za-z_.]+ object|\(\s*\)|%\("
    )

    def wrong(page: Page) -> list[str]:
        shown = [page.text, page.title, page.description]
        shown += [value for element in page for value in element.attributes.values()]
        return [text[:80] for text in shown for found in [slips.search(text)] if found] and slips.findall(
            " ".join(shown)
        )

    assert complaints(site, wrong) == []


def test_no_text_is_left_empty_where_a_value_belongs(site: Pages) -> None:
    def wrong(page: Page) -> list[str]:
        elements = page.main.all("dd", "dt", "td", "th", "h1", "h2", "h3", "caption", "li", "a")
        # A dot of the map has no room for a text; it has a name.
        return [
            element.tag
            for element in elements
            if not element.text and not element.attributes.get("aria-label")
        ]

    assert complaints(site, wrong) == []


def test_headings_go_down_one_level_at_a_time(site: Pages) -> None:
    def wrong(page: Page) -> list[int]:
        levels = [int(heading.tag[1]) for heading in page.main.all("h1", "h2", "h3", "h4", "h5", "h6")]
        jumps = [b for a, b in pairwise(levels) if b > a + 1]
        return jumps if levels[0] == 1 else [0]

    assert complaints(site, wrong) == []


def test_no_id_stands_twice_on_a_page_and_every_reference_to_one_is_answered(site: Pages) -> None:
    def wrong(page: Page) -> set[str]:
        twice = {name for name, times in Counter(page.ids).items() if times > 1}
        named = {
            name
            for element in page
            for attribute in ("aria-labelledby", "aria-describedby", "for")
            for name in element.attributes.get(attribute, "").split()
        }
        return twice | (named - set(page.ids))

    assert complaints(site, wrong) == []


def test_no_internal_link_and_no_fragment_is_dead(site: Pages, client: Client, db: None) -> None:
    """Whatever the sitemap does not hold (filtered lists, style sheet) is asked for."""
    others: Pages = {}
    dead, followed = set(), 0
    for path, page in site.items():
        for element in page:
            href = element.attributes.get(
                "href", element.attributes.get("src", element.attributes.get("action"))
            )
            if href is None or href.startswith(("https://", "http://", "mailto:")):
                continue
            followed += 1
            target, _, fragment = href.partition("#")
            if target.startswith("?"):
                target = path + target
            target = target or path
            if not href or not target.startswith("/"):
                dead.add((path, href))
                continue
            there = site.get(target) or others.get(target)
            if there is None:
                response = client.get(target)
                if response.status_code != 200:
                    dead.add((path, href))
                # A file is read to its end, which closes it; close() would close the database too.
                body = response.getvalue()
                has_ids = response["Content-Type"].startswith(("text/html", "image/svg"))
                there = Page(body.decode() if has_ids else "")
                others[target] = there
            if fragment and fragment not in there.ids:
                dead.add((path, href))

    assert dead == set()
    assert followed > 10_000


def test_every_external_link_is_a_source_s_address(site: Pages) -> None:
    def wrong(page: Page) -> list[str]:
        outward = [link for link in page.all("a") if re.match("https?:", link.attributes["href"])]
        return [link.attributes["href"] for link in outward if link.attributes.get("rel") != "external"]

    assert complaints(site, wrong) == []
    assert sum(len(page.all("a", rel="external")) for page in site.values()) > 200


def test_no_page_asks_for_anything_from_elsewhere_or_runs_a_script(site: Pages) -> None:
    def wrong(page: Page) -> list[str]:
        found = [element.tag for element in page.all("script", "iframe", "object", "embed", "style")]
        found += [
            name for element in page for name in element.attributes if name == "style" or name[:2] == "on"
        ]
        loaded = page.all("img", "link", "source")
        addresses = [
            element.attributes.get("src") or element.attributes.get("href", "") for element in loaded
        ]
        own = {
            link.attributes["href"]
            for rel in ("canonical", "alternate")
            for link in page.all("link", rel=rel)
        }
        return found + [address for address in addresses if address not in own and address[:8] != "/static/"]

    assert complaints(site, wrong) == []


def test_breadcrumbs_lead_home_and_up_and_end_here(site: Pages) -> None:
    for path, page in site.items():
        home = address_in(edition_of(path), "/")
        if path == home:
            continue
        crumbs = page.one("nav", class_="breadcrumbs").all("li")
        assert crumbs[0].hrefs == [home]
        assert crumbs[-1].attributes["aria-current"] == "page"
        assert crumbs[-1].hrefs == []
        assert crumbs[-1].text, path
        deep = address_in("en", path).count("/") > 2
        assert len(crumbs) == (3 if deep else 2), path


def test_every_table_has_a_caption_and_headers_of_columns_and_rows(site: Pages) -> None:
    tables = [(path, table) for path, page in site.items() for table in page.all("table")]

    assert len(tables) > 5
    for path, table in tables:
        assert table.one("caption").text, path
        columns = table.one("thead").all("th", scope="col")
        for row in table.one("tbody").all("tr"):
            cells = [cell for cell in row.children if isinstance(cell, Element)]
            assert len(cells) == len(columns), path
            assert len(row.all("th", scope="row")) == 1, path


# Sources


@pytest.mark.parametrize("model", [City, Event, Decision, CulturalCentre, EventSeries, Country, Designation])
def test_every_page_of_a_record_links_a_source_in_its_main_part(
    model: type[models.Model], site: Pages, db: None
) -> None:
    addresses = {
        record.get_absolute_url().partition("#")[0]  # type: ignore[attr-defined]
        for record in model._default_manager.all()
    }

    assert addresses
    for address in addresses:
        links = [href for href in site[address].main.hrefs if re.fullmatch(r"/sources/[a-z0-9-]+/", href)]
        assert links, address


def test_citations_lead_down_to_the_sources_and_back_to_each_mention(site: Pages) -> None:
    cited = 0
    for path, page in site.items():
        marks = [mark.one("a") for mark in page.all("sup", class_="cite")]
        references = [item for item in page.all("li") if item.attributes.get("id", "").startswith("source-")]
        down: dict[str, list[str]] = {}
        for mark in marks:
            down.setdefault(mark.attributes["href"], []).append("#" + mark.attributes["id"])
        up = {
            "#" + item.attributes["id"]: [back.attributes["href"] for back in item.all("a", class_="back")]
            for item in references
        }
        # A source cited twice by one sentence's records shows once there; every mark still leads back.
        assert set(down) == set(up), path
        for number, anchors in down.items():
            assert anchors == up[number], path
        assert list(up) == [f"#source-{number}" for number in range(1, len(up) + 1)], path
        for item in references:
            assert item.hrefs[0].startswith(address_in(edition_of(path), "/sources/")), path
        for mark in marks:
            number = mark.attributes["href"].removeprefix("#source-")
            assert mark.text == f"[{number}]"
            word = {"en": "Source", "ru": "Источник"}[edition_of(path)]
            assert mark.attributes["aria-label"].startswith(f"{word} {number}: ")
        cited += len(marks)

    assert cited > 1000


def test_every_source_page_links_each_record_that_rests_on_it_and_is_linked_from_it(
    site: Pages, db: None
) -> None:
    missing, checked = [], 0
    for model in Cited.__subclasses__():
        for record in model._default_manager.prefetch_related("sources"):
            # A spelling that is never displayed cannot show its sources.
            if isinstance(record, CityName) and record.kind == CityName.Kind.SEARCH:
                continue
            address = record.get_absolute_url()
            for source in record.sources.all():
                checked += 1
                if address not in site[source.get_absolute_url()].main.hrefs:
                    missing.append(f"{source.get_absolute_url()} does not link {address}")
                if source.get_absolute_url() not in site[address.partition("#")[0]].main.hrefs:
                    missing.append(f"{address} does not link {source.get_absolute_url()}")

    assert checked > 500
    assert missing == []


def test_every_source_page_has_a_record_that_rests_on_it_and_its_way_out(site: Pages, db: None) -> None:
    for source in Source.objects.all():
        page = site[source.get_absolute_url()]
        (resting,) = (part for part in page.main.all("section") if "What rests on it" in part.text)
        assert resting.hrefs, source.pk
        if source.address:
            assert source.address in page.main.hrefs
        assert source.outlet in page.main.text
        assert source.establishes.split()[0] in page.main.text


def test_a_title_that_is_ours_stands_in_brackets_and_carries_no_language(site: Pages, db: None) -> None:
    ours = Source.objects.filter(title_given=False)

    for source in ours:
        heading = site[source.get_absolute_url()].one("h1")
        assert heading.text == f"[{' '.join(source.title.split())}]"
        assert heading.all(lang=source.language) == []


# Languages


def foreign(text: str) -> bool:
    """Whether `text` has a letter of a script that English does not use."""
    return any(unicodedata.name(letter, "").startswith(SCRIPTS) for letter in text)


def language_of(element: Element) -> str:
    """The language that holds for `element`, by its nearest `lang`."""
    here: Element | None = element
    while here is not None:
        if "lang" in here.attributes:
            return here.attributes["lang"]
        here = here.parent
    return ""


def test_every_word_in_another_script_says_its_language(site: Pages) -> None:
    """Addresses of sources are shown as they are: an address has no language."""

    def wrong(page: Page) -> list[str]:
        return [
            child[:60]
            for element in page.one("body")
            if "address" not in element.classes and language_of(element) == "en"
            for child in element.children
            if isinstance(child, str) and foreign(child)
        ]

    assert complaints(site, wrong) == []


def test_every_displayed_name_of_a_city_stands_on_its_page_in_its_language(site: Pages, db: None) -> None:
    names = CityName.objects.displayed()

    assert len(names) > 100
    for name in names:
        places = site[f"/cities/{name.city_id}/"].main.all(lang=name.language)
        assert name.name in [place.text for place in places], name


def test_names_for_the_search_are_never_shown(site: Pages, db: None) -> None:
    hidden = CityName.objects.filter(kind=CityName.Kind.SEARCH)

    for name in hidden:
        shown = [
            place.text
            for place in site[f"/cities/{name.city_id}/"].main.all("span")
            if "lang" in place.attributes
        ]
        twins = CityName.objects.displayed().filter(city=name.city_id, name=name.name)
        assert name.name not in shown or twins, name


@pytest.mark.parametrize(
    ("model", "field", "language"),
    [
        (Country, "name_local", "local_language"),
        (EventSeries, "name_original", "original_language"),
        (CulturalCentre, "name_original", "original_language"),
        (Event, "title_original", "original_language"),
        (Decision, "document", "document_language"),
        (Source, "title", "language"),
    ],
)
def test_every_name_in_the_original_says_its_language(
    model: Any, field: str, language: str, site: Pages, db: None
) -> None:
    checked = 0
    for record in model.objects.exclude(**{field: ""}):
        if not getattr(record, "title_given", True) or str(getattr(record, field)) == str(record):
            continue
        page = site[record.get_absolute_url()]
        texts = [element.text for element in page.main.all(lang=getattr(record, language))]
        assert " ".join(getattr(record, field).split()) in texts, record
        checked += 1
    assert checked or model in (Event, Source)


# The answers that must be there


def steps(page: Page) -> list[Element]:
    (history,) = page.main.all("ol", class_="history")
    return [item for item in history.children if isinstance(item, Element)]


def step_of(page: Page, href: str) -> Element:
    """The step of the history that leads to `href` first."""
    (found,) = (step for step in steps(page) if step.hrefs[0] == href)
    return found


def test_the_history_of_lachin_stands_in_date_order_each_step_with_its_sources(site: Pages, db: None) -> None:
    page = site["/cities/lachin/"]
    titles = Designation.objects.with_history().get(pk="lachin-2025")
    decisions = [step.get_absolute_url() for step in titles.decisions.all()]

    order = [step.hrefs[0] for step in steps(page)]

    assert set(decisions) <= set(order)
    for earlier, later in (
        ("/decisions/moscow-2024-10-08/", "/events/lachin-2025-opening/"),
        ("/events/lachin-2025-presentation/", "/events/lachin-2025-opening/"),
        ("/events/lachin-2025-opening/", "/events/lachin-2025-closing/"),
    ):
        assert order.index(earlier) < order.index(later)
    for step in steps(page):
        assert step.all("p", class_="when")[0].text
        assert step.all("sup", class_="cite")
    days = [step.all("p", class_="when")[0].text for step in steps(page)]
    assert "8 October 2024" in days


def test_the_dispute_over_lachin_stands_beside_the_decision_with_its_versions(site: Pages) -> None:
    step = step_of(site["/cities/lachin/"], "/decisions/moscow-2024-10-08/")

    dispute = step.one("aside", class_="dispute")

    assert dispute.attributes["id"] == "lachin-2025-deciding-body"
    assert dispute.all("p", class_="question")[0].text == "Sources differ on which body decided"
    versions = dispute.all("li")
    assert len(versions) == 3
    assert all(version.all("sup", class_="cite") for version in versions)
    assert "Council of Heads of State" in versions[0].text
    assert "Council for Humanitarian Cooperation" in versions[1].text
    assert "Our reading:" in dispute.text


def test_the_decision_of_moscow_shows_its_dispute_and_its_three_capitals(site: Pages) -> None:
    page = site["/decisions/moscow-2024-10-08/"]

    assert "lachin-2025-deciding-body" in page.ids
    for city in ("lachin-2025", "meghri-2026", "molodechno-2027"):
        assert f"/cities/{city[:-5]}/#{city}" in page.main.hrefs
    assert "8 October 2024" in page.main.text
    assert "/bodies/council-of-heads-of-state/" in page.main.hrefs


def test_the_round_table_has_both_speakers_the_theme_and_the_countries_as_stated(site: Pages) -> None:
    page = site["/events/lachin-2025-intercultural-round-table/"]

    speakers = [item.text for item in page.main.all("section", aria_labelledby="speakers")[0].all("li")]
    assert speakers == [
        "Farrukh Jumayev, Head of the International Relations Department at the Azerbaijan Culture Ministry",
        "Nurlan Seytimov, Deputy Secretary-General of the Commonwealth of Independent States (CIS)",
    ]
    assert "seven countries" in page.main.text
    assert "round table" in page.main.all("p", class_="kicker")[0].text
    assert "Lachin 2025: part of the programme" in page.main.text
    assert "/sources/azernews-2025-06-04-lachin-round-table/" in page.main.hrefs
    assert "/events/lachin-2025-intercultural-round-table/" in site["/cities/lachin/"].main.hrefs
    assert "/events/lachin-2025-intercultural-round-table/" in site["/capitals/2025/"].main.hrefs


def test_the_handover_from_brest_to_shymkent_stands_in_both_histories(
    site: Pages, client: Client, db: None
) -> None:
    brest = step_of(site["/cities/brest/"], "/events/brest-2019-handover/")
    shymkent = step_of(site["/cities/shymkent/"], "/events/brest-2019-handover/")

    assert "Title handed over, closing of the year" in brest.text
    assert "Title received" in shymkent.text
    assert "9 December 2019" in brest.text
    assert "9 December 2019" in shymkent.text
    for country in ("BY", "KZ"):
        listed = get(client, f"/events/?country={country}&year=2019").main.hrefs
        assert "/events/brest-2019-handover/" in listed


def test_the_six_centres_are_told_with_host_operator_and_our_inference(site: Pages) -> None:
    listed = {href for href in site["/centres/"].main.hrefs if href.startswith("/centres/azerbaijan-")}

    assert listed >= {f"/centres/azerbaijan-centre-{city}/" for city in SIX_CENTRES}
    for city in SIX_CENTRES:
        page = site[f"/centres/azerbaijan-centre-{city}/"]
        assert {"/countries/azerbaijan/", f"/cities/{city}/"} <= set(page.main.hrefs)
        # The founding article names none of the six: which they are is our conclusion, and said to be.
        assert page.main.all("p", class_="note"), city
        assert "/sources/azernews-2025-06-04-lachin-round-table/" in page.main.hrefs, city


def test_the_four_series_are_there_and_said_to_be_outside_the_programme(site: Pages) -> None:
    four = {
        "/series/world-forum-on-intercultural-dialogue/",
        "/series/uzeyir-hajibayli-international-music-festival/",
        "/series/bulbul-international-vocalists-competition/",
        "/series/baku-international-theatre-conference/",
    }

    assert {href for href in site["/series/"].main.hrefs if href.startswith("/series/")} == four
    for address in four:
        assert "Not part of the programme" in site[address].main.text
        assert "/sources/azernews-2018-11-14-belarus-azerbaijan-conference/" in site[address].main.hrefs


def test_the_minsk_conference_is_there_with_viktor_guminsky(site: Pages) -> None:
    page = site["/events/minsk-2018-belarus-azerbaijan-conference/"]

    assert "Viktor Guminsky" in page.main.all("section", aria_labelledby="speakers")[0].text
    assert "November 2018" in page.main.text
    assert "Not part of the programme" in page.main.text
    assert "/sources/azernews-2018-11-14-belarus-azerbaijan-conference/" in page.main.hrefs


def test_each_capital_stands_in_the_table_once_with_its_year_country_and_decision(
    site: Pages, db: None
) -> None:
    rows = site["/capitals/"].main.one("tbody").all("tr")

    assert len(rows) == Designation.objects.count() == 24
    shown = {(row.all("td")[0].text, row.one("th").hrefs[0], row.all("td")[1].hrefs[0]) for row in rows}
    assert shown == {
        (str(d.year), d.city.get_absolute_url(), d.city.country.get_absolute_url())
        for d in Designation.objects.select_related("city__country")
    }
    for row in rows:
        decided = row.all("td")[2]
        assert decided.text == "not recorded" or (
            decided.hrefs[0].startswith("/decisions/") and decided.all("sup", class_="cite")
        )


def test_a_year_shows_its_capitals_side_by_side_and_the_years_beside_it(site: Pages) -> None:
    page = site["/capitals/2013/"]

    (beside,) = page.main.all("div", class_="side-by-side")
    assert [h.text for h in beside.all("h2")] == ["Gabala", "Gyumri", "Mogilev"]
    assert page.one("a", rel="prev").attributes["href"] == "/capitals/2012/"
    assert page.one("a", rel="next").attributes["href"] == "/capitals/2014/"
    assert site["/capitals/2011/"].all("a", rel="prev") == []
    assert site["/capitals/2027/"].all("a", rel="next") == []


def test_a_country_without_a_capital_says_so(site: Pages) -> None:
    page = site["/countries/georgia/"]

    assert "No city of Georgia is recorded as a CIS Cultural Capital." in page.main.text
    assert "As of" in page.main.text


def test_what_a_country_a_city_and_a_year_lack_is_said(client: Client, empty_record: None) -> None:
    country = make_country(slug="georgia", name="Georgia")
    city = make_city(slug="tbilisi", name="Tbilisi", country=country)

    page = get(client, "/countries/georgia/").main.text
    assert "No city of Georgia is recorded as a CIS Cultural Capital." in page
    assert "No event in Georgia, or of a capital there, is recorded." in page
    assert "No foreign cultural centre in Georgia, and none of its own abroad, is recorded." in page

    page = get(client, "/cities/tbilisi/").main.text
    assert "No title of Tbilisi is recorded." in page
    assert "No event in Tbilisi is recorded." in page

    make_designation(city=city, year=2017)
    page = get(client, "/capitals/2017/").main.text
    assert "No event of the capitals of 2017 is recorded." in page
    assert "the deciding step; the opening; the handover; the closing" in page


def test_a_decision_leads_to_the_other_steps_towards_its_titles(client: Client, empty_record: None) -> None:
    lachin, meghri = make_designation(year=2025), make_designation(year=2026)
    draft = make_decision(names=(lachin,), kind="drafted", date="2024-10-07", title="Draft on Lachin")
    decision = make_decision(names=(lachin, meghri), date="2024-10-08", title="Both named")
    make_decision(names=(make_designation(year=2024),), title="Another year")

    steps = get(client, decision.get_absolute_url()).main.one("section", aria_labelledby="other-steps")

    assert [step.text for step in steps.all("li")] == ["7 October 2024: Draft on Lachin (draft approved)[2]"]
    make_decision(names=(lachin,), kind="proposed", date=None, title="Lachin put forward")
    steps = get(client, draft.get_absolute_url()).main.one("section", aria_labelledby="other-steps")
    assert [step.text.partition(" (")[0] for step in steps.all("li")] == [
        "8 October 2024: Both named",
        "Date not recorded: Lachin put forward",
    ]


def test_who_took_part_stands_in_the_order_of_names(client: Client, empty_record: None) -> None:
    bodies = [make_body(slug=slug, name=name) for slug, name in (("a", "Union"), ("b", "Foundation"))]
    event, series = make_event(), make_series()
    event.organisers.set(bodies)
    series.organisers.set(bodies)
    countries = (("c", "Uzbekistan"), ("d", "Armenia"))
    event.participating_countries.set([make_country(slug=slug, name=name) for slug, name in countries])

    for address in (event.get_absolute_url(), series.get_absolute_url()):
        named = [link for link in get(client, address).main.hrefs if link.startswith("/bodies/")]
        assert named == ["/bodies/b/", "/bodies/a/"], address
    joined = get(client, event.get_absolute_url()).main.hrefs
    assert [link for link in joined if link in {"/countries/c/", "/countries/d/"}] == [
        "/countries/d/",
        "/countries/c/",
    ]


def test_a_cancelled_event_says_so_on_its_card(client: Client, empty_record: None) -> None:
    make_event(title="Opening in March", status=Event.Status.CANCELLED)

    card = get(client, "/events/").main.one("article")

    assert card.all("li")[0].text == "cancelled"


def test_the_relation_to_the_cis_is_dated_where_it_is_not_plain_membership(site: Pages, db: None) -> None:
    related = Country.objects.exclude(relation="")

    assert {country.pk for country in related} >= {"georgia", "moldova", "turkmenistan", "ukraine"}
    for country in related:
        assert f"As of {as_date(country.relation_as_of)}." in site[country.get_absolute_url()].main.text


def test_a_name_that_only_some_use_tells_who(site: Pages, db: None) -> None:
    used = CityName.objects.filter(kind=CityName.Kind.USED_BY)

    assert used.filter(city="lachin").exists()
    for name in used:
        assert " ".join(name.note.split()) in site[f"/cities/{name.city_id}/"].main.text


def test_an_event_in_a_list_can_be_read_without_opening_its_page(site: Pages, db: None) -> None:
    page = site["/events/"]

    cards = page.main.all("article", class_="card")
    assert cards
    for card in cards:
        event = Event.objects.get(pk=card.one("h3").hrefs[0].split("/")[2])
        assert " ".join(event.summary.split()) in card.text
        assert any(href.startswith("/sources/") for href in card.hrefs)
        assert event.get_kind_display().capitalize() in card.text


def test_events_stand_in_groups_by_year_the_newest_first_and_those_without_a_date_last(
    client: Client, empty_record: None
) -> None:
    for slug, start, reported_on in (
        ("spring", "2013-03-01", None),
        ("autumn", "2013-10", None),
        ("later", "2014", None),
        ("told", None, "2012-05-02"),
        ("unknown", None, None),
    ):
        make_event(slug=slug, start=start, reported_on=reported_on)

    groups = get(client, "/events/").main.all("section", class_="grouped")

    shown = [
        (group.one("h2").text, [card.one("h3").hrefs[0] for card in group.all("article")]) for group in groups
    ]
    assert shown == [
        ("2014", ["/events/later/"]),
        ("2013", ["/events/autumn/", "/events/spring/"]),
        ("2012", ["/events/told/"]),
        ("Date not recorded", ["/events/unknown/"]),
    ]


def test_a_badge_leads_to_the_title_and_the_series_that_it_names(client: Client, empty_record: None) -> None:
    title = make_designation(city=make_city(slug="gomel"), year=2011)
    series = make_series(slug="forum")
    make_event(slug="both", series=series, titles=((title, "programme"),))

    badges = get(client, "/events/").main.one("ul", class_="badges")

    assert badges.hrefs == ["/cities/gomel/#gomel-2011", "/series/forum/"]


def test_an_event_that_no_source_reports_as_held_is_marked(client: Client, empty_record: None) -> None:
    title = make_designation(city=make_city(slug="gomel"), year=2011)
    make_event(slug="plan", status=Event.Status.PLANNED, titles=((title, "opening"),))

    for address in ("/events/", "/events/plan/", "/cities/gomel/"):
        badges = get(client, address).main.all(class_="planned")
        assert [badge for badge in badges if "planned" in badge.text], address
    assert step_of(get(client, "/cities/gomel/"), "/events/plan/").classes == ["planned"]


# Today


def test_home_shows_this_year_s_capital_what_is_not_recorded_and_the_next(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2025, 1, 15, monkeypatch)

    page = get(client, "/")

    (current,) = page.main.all("section", class_="current")
    assert current.one("h2").text == "Lachin"
    assert page.main.one("p", class_="next").hrefs[0] == "/cities/meghri/"
    rungs = {rung.all("a")[0].text: rung.classes for rung in page.main.one("ol", class_="ladder").all("li")}
    assert rungs["2025"] == ["now"]
    assert rungs["2026"] == rungs["2027"] == ["to-come"]
    assert rungs["2024"] == []


def test_home_tells_of_the_naming_and_the_opening_with_their_sources_and_of_what_was_not_found(
    client: Client, empty_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2017, 6, 1, monkeypatch)
    opened = make_designation(city=make_city(name="A"), year=2017)
    silent = make_designation(city=make_city(name="B"), year=2017, searched_to="2017-05")
    vague = make_designation(city=make_city(name="C"), year=2017)
    council = make_body(name="Council")
    make_decision(body=council, date="2016-03-04", names=(opened, silent))
    make_decision(body=council, date=None, names=(vague,))
    make_event(start="2017-02-03", titles=((opened, "opening"),))

    ledes = [current.one("p", class_="lede") for current in get(client, "/").main.all(class_="current")]

    assert [re.sub(r"\[\d+\]", "", lede.text) for lede in ledes] == [
        "Named 4 March 2016 by the Council. Its year was opened 3 February 2017.",
        "Named 4 March 2016 by the Council. "
        "No report of the opening was found, in pages searched up to May 2017.",
        "Named by the Council; the date is not recorded. No report of the opening was found.",
    ]
    assert [len(lede.all("sup", class_="cite")) for lede in ledes] == [2, 1, 1]


def test_home_names_no_next_capital_when_there_is_none(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(2027, 12, 31, monkeypatch)
    assert get(client, "/").main.all("p", class_="next") == []

    on(2028, 1, 1, monkeypatch)
    page = get(client, "/")
    assert "No capital is recorded for 2028." in page.main.text
    assert page.main.all("section", class_="current") == []


def test_what_is_missing_of_a_title_is_said_with_the_day_to_which_was_searched(site: Pages, db: None) -> None:
    said = [page.main.text for path, page in site.items() if path.startswith("/cities/")]

    gaps = [text for text in said if "Not recorded" in text]
    assert gaps
    assert all("pages searched up to" in text for text in gaps)


def test_only_held_events_are_called_latest(client: Client, empty_record: None) -> None:
    make_event(slug="held", start="2017-01-01")
    make_event(slug="plan", start="2030-01-01", status=Event.Status.PLANNED)

    page = get(client, "/")

    assert [card.one("h3").hrefs for card in page.main.all("article")] == [["/events/held/"]]


def test_an_empty_record_still_answers_every_list(client: Client, empty_record: None) -> None:
    paths = sitemap(client)

    assert len(paths) >= 10
    for path in paths:
        assert get(client, path).main.text


def test_a_record_with_nothing_but_what_is_required_says_not_recorded(
    client: Client, empty_record: None
) -> None:
    city = make_city(slug="bare", names=0)
    title = make_designation(city=city, year=2017)
    make_event(slug="bare", start=None, titles=((title, "opening"),))
    make_decision(slug="bare", date=None, names=(title,))

    for path in sitemap(client):
        page = get(client, path)
        assert not re.search(r"\bNone\b(?! of | so far)", page.main.text), path
    assert "date not recorded" in get(client, "/events/bare/").main.text
    assert "not recorded" in get(client, "/decisions/bare/").main.text
    assert "not recorded" in get(client, "/cities/bare/").main.text


def test_more_events_than_a_page_shows_are_led_to(client: Client, empty_record: None) -> None:
    city = make_city(slug="gomel", country=make_country(slug="belarus", code="BY"))
    title = make_designation(city=city, year=2011)
    for _ in range(51):
        make_event(city=city, titles=((title, "programme"),), sources=0)

    for address, shown, more in (
        ("/cities/gomel/", 50, "/events/?city=gomel"),
        ("/countries/belarus/", 10, "/events/?country=BY"),
    ):
        page = get(client, address)
        assert len(page.main.all("article", class_="card")) == shown
        (link,) = (link for link in page.main.all("a") if link.attributes["href"] == more)
        assert "51" in link.text
        assert "51 events" in get(client, more).main.text


def test_events_of_a_year_beyond_what_its_page_shows_can_be_reached(
    client: Client, empty_record: None
) -> None:
    title = make_designation(year=2011)
    events = [make_event(start="2011", titles=((title, "programme"),), sources=0) for _ in range(51)]

    first = get(client, "/capitals/2011/")
    [onward] = [href for href in first.main.hrefs if href.startswith("?page=")]
    second = get(client, f"/capitals/2011/{onward}")

    hrefs = [*first.main.hrefs, *second.main.hrefs]
    assert {event.get_absolute_url() for event in events} <= set(hrefs)


def test_what_a_source_writes_is_never_markup(client: Client, empty_record: None) -> None:
    sly = "<script>alert(1)</script>\"'&"
    city = make_city(slug="sly", name=sly, description=sly, region=sly)
    title = make_designation(city=city, year=2017, summary=sly, events_planned=sly)
    make_event(slug="sly", title=sly, summary=sly, venue=sly, titles=((title, "opening"),))
    make_decision(slug="sly", title=sly, summary=sly, place=sly, names=(title,))

    for path in sitemap(client):
        assert get(client, path).all("script") == [], path


# Errors


def has_our_look(page: Page, heading: str) -> bool:
    """Whether an error page has the frame of every page and ways on."""
    assert page.one("h1").text == heading
    assert page.one("a", class_="brand").attributes["href"] == "/"
    assert page.one("html").attributes["lang"] == "en"
    assert [
        link
        for link in page.all("link", rel="stylesheet")
        if link.attributes["href"].startswith("/static/site")
    ]
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.title.startswith(heading)
    return {"/capitals/", "/cities/", "/events/"} <= set(page.main.hrefs)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/cities/nowhere/",
        "/cities/lachin/more/",
        "/events/nothing/",
        "/decisions/nothing/",
        "/bodies/nothing/",
        "/bodies/",
        "/series/nothing/",
        "/centres/nothing/",
        "/sources/nothing/",
        "/countries/AZ/",
        "/capitals/20134/",
        "/capitals/201/",
        "/capitals/abcd/",
        "/capitals/1990/",
        "/capitals/2101/",
        "/capitals/-2013/",
        "/cities/%00/",
        "/cities/%ED%A0%80/",
        "/cities/%FF/",
        "/cities/🎭/",
        "/cities/" + "x" * 5000 + "/",
        "/cities/../../etc/passwd",
        "/admin/",
        "/static/nothing.css",
    ],
    ids=lambda path: path[:24],
)
def test_an_address_without_a_page_is_404_in_our_look(path: str, client: Client, db: None) -> None:
    assert has_our_look(get(client, path, 404), "Nothing at this address")


@pytest.mark.parametrize("spelling", ["LACHIN", "Lachin", "Laçın", "Лачин"])
def test_a_city_s_name_in_any_spelling_leads_to_its_one_address(
    spelling: str, client: Client, db: None
) -> None:
    response = client.get(f"/cities/{spelling}/")

    assert response.status_code == 301
    assert response["Location"] == "/cities/lachin/"


def test_a_year_without_a_capital_is_404_and_says_how_far_the_record_runs(client: Client, db: None) -> None:
    page = get(client, "/capitals/1999/", 404)

    assert "No capital is recorded for 1999. The record runs from 2011 to 2027." in page.main.text


def test_a_404_never_shows_what_was_asked_for(client: Client, db: None) -> None:
    page = get(client, "/%3Cscript%3Ealert(1)%3C/script%3E/", 404)

    assert page.all("script") == []
    assert "alert" not in page.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/capitals/?year=abc", "/cities/lachin/", "/nothing/", "/healthz"])
def test_what_is_not_reading_is_405_in_our_look(method: str, path: str, db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.generic(method, path, data=b"a=b")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert has_our_look(Page(response.content.decode()), "This site can only be read")


def test_a_host_that_is_not_ours_is_400_in_our_look(client: Client, db: None) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert has_our_look(Page(response.content.decode()), "This request cannot be read")
    assert b"evil" not in response.content


def test_a_fault_of_ours_is_500_in_our_look_and_tells_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("capitals.pages.home.draw", fail)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert has_our_look(Page(response.content.decode()), "Something went wrong here")
    assert b"secret" not in response.content
    assert b"Traceback" not in response.content


def test_without_a_record_the_site_says_so_with_503(client: Client, db: None) -> None:
    RecordState.objects.all().delete()

    page = get(client, "/capitals/", 503)

    assert has_our_look(page, "Something went wrong here")
    assert "The record has not been loaded yet." in page.main.text


def test_an_address_without_its_slash_leads_to_the_one_with_it(client: Client, db: None) -> None:
    response = client.get("/cities/lachin?x=1")

    assert response.status_code == 301
    assert response["Location"] == "/cities/lachin/?x=1"


def test_health_tells_the_version_of_the_record(client: Client, db: None) -> None:
    state = RecordState.objects.get()

    response = client.get("/healthz")

    assert response.content.decode() == f"ok {state.version}\n"
    assert response["Content-Type"].startswith("text/plain")


def test_every_page_shows_the_version_of_its_record(site: Pages, db: None) -> None:
    version = RecordState.objects.get().version

    assert complaints(site, lambda page: version not in page.one("footer").text) == []
