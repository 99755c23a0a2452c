"""Every page of the sitemap: well formed, with its sources, each word in its language, no link dead."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import Pages, sitemap
from django.db import models
from django.test import Client
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
    Source,
)
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
"""The type of the one kind of script element that a page may have."""
SCRIPTS = ("CYRILLIC", "ARMENIAN", "GEORGIAN", "ARABIC", "HEBREW", "CJK")


def edition_of(path: str) -> str:
    return "ru" if path.startswith("/ru/") else "en"


def complaints(site: Pages, wrong: Any) -> list[str]:
    """The addresses of which `wrong(page)` is true or says something, with what it says."""
    said = ((path, wrong(page)) for path, page in site.items())
    return [f"{path}: {what}" for path, what in said if what]


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
        # BibTeX and Wikipedia's templates double their braces.
        forms = [form.text for form in page.all("pre")]
        body = page.text
        for form in forms:
            body = body.replace(form, "")
        shown = [body, page.title, page.description]
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
            # A calendar's address for programs that subscribe to it.
            href = href.removeprefix("webcal://127.0.0.1:8000")
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
        return [
            link.attributes["href"] for link in outward if "external" not in link.attributes.get("rel", "")
        ]

    assert complaints(site, wrong) == []
    assert sum(len(page.all("a", rel="external")) for page in site.values()) > 200


def test_no_page_asks_for_anything_from_elsewhere_or_runs_a_script(site: Pages) -> None:
    def wrong(page: Page) -> list[str]:
        found = [element.tag for element in [*page.scripts, *page.all("iframe", "object", "embed", "style")]]
        found += [
            name for element in page for name in element.attributes if name == "style" or name[:2] == "on"
        ]
        loaded = page.all("img", "link", "source")
        addresses = [
            element.attributes.get("src") or element.attributes.get("href", "") for element in loaded
        ]
        own = {
            link.attributes["href"]
            for rel in ("canonical", "alternate", "search")
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
        numbers = [mark.one("a") for mark in page.all("sup", class_="cite")]
        folded = [link for fold in page.all("details", class_="more-sources") for link in fold.all("a")]
        marks = sorted([*numbers, *folded], key=lambda mark: mark.first)
        references = [item for item in page.all("li") if item.attributes.get("id", "").startswith("source-")]
        down: dict[str, list[str]] = {}
        for mark in marks:
            down.setdefault(mark.attributes["href"], []).append("#" + mark.attributes["id"])
        up = {
            "#" + item.attributes["id"]: [back.attributes["href"] for back in item.all("a", class_="back")]
            for item in references
        }
        assert set(down) == set(up), path
        for number, anchors in down.items():
            assert anchors == up[number], path
        assert list(up) == [f"#source-{number}" for number in range(1, len(up) + 1)], path
        for item in references:
            assert item.hrefs[0].startswith(address_in(edition_of(path), "/sources/")), path
        for mark in numbers:
            number = mark.attributes["href"].removeprefix("#source-")
            assert mark.text == f"[{number}]"
            word = {"en": "Source", "ru": "Источник"}[edition_of(path)]
            assert mark.attributes["aria-label"].startswith(f"{word} {number}: ")
        cited += len(marks)

    assert cited > 1000


def test_nothing_is_cited_where_nothing_is_recorded(site: Pages) -> None:
    def without_citations(element: Element) -> str:
        text = element.text
        for part in [*element.all("sup", class_="cite"), *element.all("details", class_="more-sources")]:
            text = text.replace(part.text, "")
        return text.strip(" .")

    def wrong(page: Page) -> list[str]:
        cited = [
            element
            for element in page.main.all("dd", "td", "p", "li", "span")
            if element.all("sup", class_="cite")
        ]
        return [
            element.text
            for element in cited
            if re.fullmatch(
                r".{0,30}(not recorded|нет сведений|сведений нет|неизвестна)", without_citations(element)
            )
        ]

    assert complaints(site, wrong) == []


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
    """In one of its languages, where several spell it alike."""
    languages: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in CityName.objects.displayed():
        languages[name.city_id, name.name].append(name.language)

    assert len(languages) > 100
    for (city, spelling), spoken in languages.items():
        places = [place for one in spoken for place in site[f"/cities/{city}/"].main.all(lang=one)]
        assert spelling in [place.text for place in places], spelling


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
