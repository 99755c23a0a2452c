"""Citations of our pages and of the articles they rest on: other programs read every one of them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from asking import read
from conftest import reader
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from factories import make_city, make_event, make_source
from markup import Page

from capitals.data import citing
from capitals.data.citing import Citation, page_cited, source_cited
from capitals.models import Change, Cited, Designation, RecordState, Source
from capitals.models.whole import PAGES
from capitals.words.dates import PartialDate
from capitals.words.languages import ENGLISH, RUSSIAN, address_in

pytestmark = [pytest.mark.once, pytest.mark.django_db]

TODAY = datetime.date(2026, 12, 1)
NAME = {
    ENGLISH: "CIS Cultural Capitals: an independent record",
    RUSSIAN: "Культурные столицы СНГ: независимый справочник",
}
HOST = "http://127.0.0.1:8000"

HOSTILE = (
    "</script></code><b>",
    "{",
    "}} {{!}} }",
    "\\ \\{ \\input{x}",
    "a | url=https://evil.example | b",
    "one\nER  - \nTY  - BOOK\r\ntwo\u2028three",
    '@misc{other, title = {x}}, "quoted" % # $ & _ ~ ^',
    "[[File:x]] ~~~~ <ref> &nbsp; ''italic''",
    "Գորիս, Məhri, Лачин, გორი, “quoted”, «в кавычках»",
)
"""Texts that one form or another would take for its own signs."""

both_languages = pytest.mark.parametrize("language", [ENGLISH, RUSSIAN])


def citations() -> Iterator[Citation]:
    """Of every record's page and every year's, and of every article itself, in the active language."""
    state = RecordState.objects.with_edition().get()
    for model in PAGES.values():
        for record in model._default_manager.all():
            assert isinstance(record, Cited | Source)
            yield page_cited(str(record), record.get_absolute_url(), state, TODAY)
    for year in Designation.objects.years():
        yield page_cited(f"Capitals of {year}", reverse("year", args=[year]), state, TODAY)
    for source in Source.objects.all():
        yield source_cited(source, TODAY)


def of_title(title: str) -> Citation:
    return page_cited(title, "/cities/x/", RecordState.objects.with_edition().get(), TODAY)


def entries(text: str) -> list[Any]:
    """What bibtexparser reads: the entries, none refused."""
    library = reader("bibtexparser").parse_string(text)
    assert library.failed_blocks == []
    return list(library.entries)


@both_languages
def test_two_readers_of_literature_read_each_citation_of_the_record(language: str) -> None:
    with override(language):
        cited = list(citations())
        assert len(cited) > 1_500
        found = entries("\n\n".join(citing.bibtex(one) for one in cited))
        listed = reader("rispy").loads("\n\n".join(citing.ris(one) for one in cited))

    assert len({one.key for one in cited}) == len(cited) == len(found) == len(listed)
    for one, entry, item in zip(cited, found, listed, strict=True):
        fields = entry.fields_dict
        assert entry.key == one.key
        assert re.fullmatch("[a-z0-9-]+", one.key)
        assert item["title"] == one.title
        assert item["language"] == fields["language"].value == one.language
        assert item.get("urls", [""]) == [fields["url"].value if "url" in fields else ""] == [one.address]
        assert (str(one.date) if one.date else None) == (fields["date"].value if "date" in fields else None)
        assert item["publisher"] == one.published_in
        assert item.get("edition", "") == one.version
        # Both braces are kept: the title is one word to BibTeX.
        assert fields["title"].value.startswith("{")
        assert fields["title"].value.endswith("}")


@both_languages
def test_a_page_is_cited_by_name_address_edition_version_language_and_licence(language: str) -> None:
    state = RecordState.objects.with_edition().get()
    state.edition = datetime.date(2026, 11, 5)
    state.version = "abc123"
    with override(language):
        citation = page_cited("Lachin", reverse("city", args=["lachin"]), state, TODAY)
        forms = citing.forms(citation)
        text = forms[{ENGLISH: "Text", RUSSIAN: "Текст"}[language]]

    address = HOST + address_in(language, "/cities/lachin/")
    for name, form in forms.items():
        for part in (NAME[language], "Lachin", address, "abc123", "CC BY 4.0"):
            assert part in form, name
    assert len(forms) == 5
    days = {
        ENGLISH: ("5 November 2026", "1 December 2026"),
        RUSSIAN: ("5 ноября 2026 года", "1 декабря 2026 года"),
    }
    assert all(day in text for day in days[language])
    [item] = json.loads(forms["CSL-JSON"])
    assert item["author"] == [{"literal": NAME[language]}]
    assert item["issued"] == {"date-parts": [[2026, 11, 5]]}
    assert item["language"] == language


def test_without_an_edition_a_page_is_of_the_day_of_the_load() -> None:
    state = RecordState.objects.with_edition().get()
    state.edition, state.loaded_at = None, datetime.datetime(2026, 3, 2, 23, 59, tzinfo=datetime.UTC)

    assert page_cited("x", "/", state, TODAY).date == PartialDate(2026, 3, 2)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_the_field_that_it_stands_in(text: str) -> None:
    citation = of_title(f"before {text} after")
    title = " ".join(f"before {text} after".split())

    [entry] = entries(citing.bibtex(citation))
    assert entry.fields_dict["url"].value == f"{HOST}/cities/x/"
    assert {"title", "publisher", "version", "note"} <= set(entry.fields_dict)
    assert citing.bibtex(citation).count("{") == citing.bibtex(citation).count("}")

    [item] = reader("rispy").loads(citing.ris(citation))
    assert item["title"] == title
    assert item["urls"] == [f"{HOST}/cities/x/"]

    [csl] = json.loads(citing.csl_json(citation))
    assert csl["title"] == title

    template = citing.wikipedia(citation)
    assert template.startswith("{{cite web |")
    assert template.endswith("}}")
    inner = template[2:-2]
    assert not re.search(r"[{}\[\]<>]|''|~", inner)
    fields = dict(part.strip().split("=", 1) for part in inner.split("|")[1:])
    assert fields["url"] == f"{HOST}/cities/x/"
    assert list(fields) == ["title", "url", "website", "date", "id", "access-date", "language"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("R&D at 5 % of $1_000 #1", r"R\&D at 5 \% of \$1\_000 \#1"),
        (
            "a{b}\\c~d^e",
            r"a\textbraceleft{}b\textbraceright{}\textbackslash{}c\textasciitilde{}d\textasciicircum{}e",
        ),
        ("Məhri, Գորիս, Лачин", "Məhri, Գորիս, Лачин"),
    ],
)
def test_bibtex_has_its_own_signs_escaped_and_every_script_as_it_is(text: str, written: str) -> None:
    assert f"title = {{{{{written}}}}}," in citing.bibtex(of_title(text))


def test_an_address_keeps_nothing_that_would_end_its_field(empty_record: None) -> None:
    source = make_source(address="https://example.org/a|b?c={d}}&e='f'&g=[h]%20")

    cited = source_cited(source, TODAY)

    encoded = "https://example.org/a%7Cb?c=%7Bd%7D%7D&e=%27f%27&g=%5Bh%5D%20"
    assert entries(citing.bibtex(cited))[0].fields_dict["url"].value == encoded
    assert f"|url={encoded} |" in citing.wikipedia(cited)


def test_an_article_is_cited_as_far_as_it_is_known(empty_record: None) -> None:
    whole = make_source(
        slug="whole",
        outlet="Herald",
        author="A. Author",
        title="Лачин назван",
        language="ru",
        date=PartialDate(2024, 10),
        address="https://herald.example/1",
    )
    bare = make_source(
        slug="bare", outlet="Archive", title="Minutes", title_given=False, address="", kind="other"
    )

    text = citing.plain_text(source_cited(whole, TODAY))
    accessed = "(accessed 1 December 2026)"
    assert text == f"A. Author. “Лачин назван”. Herald, October 2024. https://herald.example/1 {accessed}."
    ris = citing.ris(source_cited(whole, TODAY)).splitlines()
    assert {"TY  - NEWS", "AU  - A. Author", "DA  - 2024/10//", "LA  - ru"} <= set(ris)
    assert "|author=A. Author |title=Лачин назван " in citing.wikipedia(source_cited(whole, TODAY))
    assert citing.plain_text(source_cited(bare, TODAY)) == "“[Minutes]”. Archive, undated."
    assert citing.csl(source_cited(bare, TODAY)) == {
        "id": "bare",
        "type": "document",
        "title": "[Minutes]",
        "container-title": "Archive",
        "publisher": "Archive",
        "language": "en",
    }


# On pages

OF_EACH_KIND = (
    "/cities/lachin/",
    "/countries/azerbaijan/",
    "/events/lachin-2025-opening/",
    "/series/uzeyir-hajibayli-international-music-festival/",
    "/centres/azerbaijan-centre-paris/",
    "/decisions/moscow-2024-10-08/",
    "/bodies/council-of-heads-of-state/",
    "/sources/azernews-2025-06-04-lachin-round-table/",
    "/capitals/2025/",
)


@both_languages
@pytest.mark.parametrize("address", OF_EACH_KIND)
def test_a_page_shows_how_to_cite_it_and_says_so_to_programs(
    address: str, language: str, client: Client
) -> None:
    _, page = read(client, address_in(language, address))

    *others, own = page.main.all("details", class_="citing")
    assert "open" not in own.attributes
    forms = [form.text for form in own.all("pre")]
    assert len(forms) == 5
    title = page.title.rpartition(" · ")[0]
    assert f"“{title}”" in forms[0] or f"«{title}»" in forms[0]
    assert all(HOST + address_in(language, address) in form for form in forms)
    if address.startswith("/sources/"):
        [original] = others
        assert len(original.all("pre")) == 5
        assert all("http://www.today.az/" in form.text for form in original.all("pre"))
    else:
        assert others == []
        assert own.hrefs == ["#sources"]
    tags = tags_of(page)
    assert tags["citation_title"] == title
    assert tags["citation_public_url"] == HOST + address_in(language, address)
    assert tags["citation_language"] == language
    assert tags["citation_publisher"] == NAME[language]
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", tags["citation_publication_date"])


def tags_of(page: Page) -> dict[str, str]:
    tags = (tag.attributes for tag in page.one("head").all("meta"))
    return {tag["name"]: tag["content"] for tag in tags if tag.get("name", "").startswith("citation_")}


def test_a_page_is_of_the_newest_edition(client: Client, empty_record: None) -> None:
    make_city(slug="one")
    for day in (5, 7, 6):
        Change.objects.create(date=datetime.date(2026, 11, day), table="cities", key="one", kind="mended")

    page = Page(client.get("/cities/one/").content.decode())

    assert tags_of(page)["citation_publication_date"] == "2026/11/07"


def test_a_list_and_a_page_without_sources_of_its_own_are_no_records_to_cite(client: Client) -> None:
    for address in ("/", "/events/", "/about/", "/nothing/"):
        _, page = read(client, address)
        assert page.all("details", class_="citing") == []
        assert tags_of(page) == {}


def test_what_a_title_holds_is_shown_as_it_is(client: Client, empty_record: None) -> None:
    title = "</code></script><b>A & B {x} | y"
    make_event(slug="hostile", title=title, city=make_city())

    response = client.get("/events/hostile/")

    page = Page(response.content.decode())
    assert page.main.all("b") == []
    forms = [form.text for form in page.main.one("details", class_="citing").all("pre")]
    assert title in forms[0]
    assert title in tags_of(page)["citation_title"]
