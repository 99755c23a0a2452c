"""The Russian edition: the language is the address's, and both twins of a page tell the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest
from asking import get
from conftest import Pages
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override
from factories import (
    make_body,
    make_centre,
    make_city,
    make_country,
    make_decision,
    make_designation,
    make_dispute,
    make_event,
    make_series,
    make_source,
)
from markup import Element, Page

from capitals.models import CityName, Correction, Country, Event, FormerAddress, InTwoLanguages, Source
from capitals.models.whole import RECORD
from capitals.templatetags.facts import coordinates, day_span
from capitals.words.dates import PartialDate
from capitals.words.folding import russian_order
from capitals.words.languages import address_in, language_name

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def twins(pages: Pages) -> list[tuple[str, Page, Page]]:
    """Each English address with its page and the Russian one."""
    english = [path for path in pages if not path.startswith("/ru/")]
    return [(path, pages[path], pages[address_in("ru", path)]) for path in english]


def bare(href: str) -> str:
    return address_in("en", href)


# The language is the address's


@pytest.mark.parametrize(
    ("path", "english", "russian"),
    [
        ("/", "/", "/ru/"),
        ("/ru/", "/", "/ru/"),
        ("/ru", "/", "/ru/"),
        ("/cities/ganja/", "/cities/ganja/", "/ru/cities/ganja/"),
        ("/ru/cities/ganja/", "/cities/ganja/", "/ru/cities/ganja/"),
        (
            "/events/?country=AZ&year=2017",
            "/events/?country=AZ&year=2017",
            "/ru/events/?country=AZ&year=2017",
        ),
        ("/ru/search/?q=/ru/", "/search/?q=/ru/", "/ru/search/?q=/ru/"),
        ("/rural/", "/rural/", "/ru/rural/"),
        ("//evil.example/", "/evil.example/", "/ru/evil.example/"),
        ("/ru//evil.example/", "/evil.example/", "/ru/evil.example/"),
    ],
)
def test_an_address_has_one_twin_in_each_language(path: str, english: str, russian: str) -> None:
    assert address_in("en", path) == english
    assert address_in("ru", path) == russian


@pytest.mark.parametrize(("address", "language"), [("/", "en"), ("/ru/", "ru"), ("/cities/ganja/", "en")])
@pytest.mark.parametrize("wanted", ["ru", "en", "hy, ru;q=0.9"])
def test_the_language_is_the_address_s_whatever_browser_and_cookies_say(
    address: str, language: str, wanted: str, client: Client
) -> None:
    client.cookies.load({"django_language": wanted[:2]})

    response = client.get(address, headers={"accept-language": wanted})

    assert Page(response.content.decode()).one("html").attributes["lang"] == language
    assert response["Content-Language"] == language
    assert "Accept-Language" not in response.get("Vary", "")
    assert response.content == Client().get(address).content


@pytest.mark.parametrize("address", ["/ru-RU/cities/", "/RU/", "/ru/ru/", "/ru/en/"])
def test_there_are_no_other_prefixes(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/ru/sitemap.xml", "/ru/robots.txt", "/ru/healthz"])
def test_what_machines_read_has_no_language(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


def test_an_address_without_its_last_slash_leads_to_the_russian_page(client: Client) -> None:
    for address in ("/ru", "/ru/cities/ganja"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, f"{address}/")


def test_every_page_names_both_twins_and_english_for_everybody_else(site: Pages) -> None:
    wrong = []
    for path, page in site.items():
        named = {link.attributes["hreflang"]: urlsplit(link.attributes["href"]) for link in page.twins}
        english, russian = address_in("en", path), address_in("ru", path)
        expected = {"en": english, "ru": russian, "x-default": english}
        if {language: address.path for language, address in named.items()} != expected:
            wrong.append(path)
        assert {(address.scheme, address.netloc) for address in named.values()} == {
            ("http", "127.0.0.1:8000")
        }
    assert wrong == []


def test_every_page_leads_to_its_twin_in_the_language_of_that_one(site: Pages) -> None:
    for path, page in site.items():
        [switch] = page.one("p", class_="language-switch").all("a")
        other, name = ("en", "English") if path.startswith("/ru/") else ("ru", "Русский")
        assert switch.attributes["href"] == address_in(other, path)
        assert (switch.attributes["lang"], switch.attributes["hreflang"]) == (other, other)
        assert switch.text == name


def test_all_links_of_a_page_stay_in_its_language_but_for_the_switch(site: Pages) -> None:
    strayed = []
    for path, page in site.items():
        for link in page.all("a"):
            href = link.attributes["href"]
            # Data has both languages in one.
            if re.search(r"\.(json|csv|zip)(\?|$)", href):
                continue
            if href.startswith("/") and href.startswith("/ru/") != path.startswith("/ru/"):
                assert link.parent is not None
                if "language-switch" not in link.parent.classes:
                    strayed.append((path, href))
        for form in page.all("form"):
            action = form.attributes.get("action", path)
            assert action.startswith("/ru/") == path.startswith("/ru/"), (path, action)
    assert strayed == []


@pytest.mark.parametrize(
    "address",
    [
        "/events/?country=AZ&year=2017",
        "/events/?sort=city&kind=ceremony&scope=programme",
        "/capitals/?year_min=2013&year_max=2019&country=BY",
        "/centres/?operator=AZ&sort=newest",
        "/decisions/?body=council-of-heads-of-state&year=2016",
        "/sources/?language=ru&page=2",
        "/sources/?outlet=RIA+Novosti",
        "/events/?page=2",
    ],
)
def test_switching_the_language_keeps_the_filters_and_what_they_find(address: str, client: Client) -> None:
    english = get(client, address)

    russian = get(client, switch(english))

    assert switch(english) == f"/ru{address}"
    assert switch(russian) == address
    assert chosen(russian) == chosen(english)
    assert sorted(map(bare, links_in_main(russian))) == sorted(links_in_main(english))
    assert numbers_in(russian.one("h2", class_="count").text) == numbers_in(
        english.one("h2", class_="count").text
    )


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/events/?year=abc", 400),
        ("/search/?q=%D0%93%D1%8F%D0%BD%D0%B4%D0%B6%D0%B0&kind=event", 200),
        ("/nothing/?a=b", 404),
    ],
)
def test_the_switch_keeps_what_a_reader_typed(address: str, status: int, client: Client) -> None:
    page = get(client, address, status)

    assert switch(page) == f"/ru{address}"
    assert switch(get(client, f"/ru{address}", status)) == address


def switch(page: Page) -> str:
    return page.one("p", class_="language-switch").hrefs[0]


def chosen(page: Page) -> dict[str, str]:
    """What the fields of the filters hold."""
    form = page.one("form", class_="filters")
    fields = {field.attributes["name"]: field.attributes.get("value", "") for field in form.all("input")}
    for select in form.all("select"):
        selected = [option.attributes["value"] for option in select.all("option", selected="")]
        fields[select.attributes["name"]] = "".join(selected)
    return fields


def links_in_main(page: Page) -> list[str]:
    """The records that a page leads to; a page's own address and its filters are left out."""
    return [href for href in page.main.hrefs if href.startswith("/") and "?" not in href]


def numbers_in(text: str) -> list[str]:
    return re.findall(r"\d+", text)


# The same designations, dates and sources on both twins


def test_both_twins_of_every_page_lead_to_the_same_records_and_sources(site: Pages) -> None:
    differing = []
    for path, english, russian in twins(site):
        for links in (links_in_main, cited):
            if Counter(map(bare, links(russian))) != Counter(map(bare, links(english))):
                differing.append((path, links.__name__))
    assert differing == []
    assert len(twins(site)) > 1000


def cited(page: Page) -> list[str]:
    """The addresses of the list of sources, and outward ones."""
    references = page.all("section", class_="references")
    listed = [href for section in references for href in section.hrefs if not href.startswith("#")]
    return listed + [link.attributes["href"] for link in page.all("a", rel="external")]


def test_both_twins_of_every_page_have_the_same_anchors(site: Pages) -> None:
    # Those of the map's land and of numbered mentions are of no reader's interest.
    def anchors(page: Page) -> set[str]:
        return {anchor for anchor in page.ids if not anchor.startswith("cite-")}

    assert [path for path, english, russian in twins(site) if anchors(english) != anchors(russian)] == []


MONTHS = {
    name: str(number)
    for names in (
        "January February March April May June July August September October November December",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    )
    for number, name in enumerate(names.split(), start=1)
}


def dates_of(page: Page) -> Counter[tuple[str, ...]]:
    """The dates beside records, in tables and among facts, as numbers: day, month and year."""
    shown = [*page.main.all("p", "span", class_="when"), *page.main.all("td"), *page.main.all("dd")]
    found: Counter[tuple[str, ...]] = Counter()
    for element in shown:
        text = element.text
        for number in element.all("sup", "details"):  # in the order of cities, which is each language's own
            text = text.replace(number.text, "", 1)
        words = re.findall(r"\d+|[A-Za-zа-я]+", text)
        if any(word in MONTHS for word in words):
            dated = [MONTHS.get(word, word) for word in words if word in MONTHS or word.isdigit()]
            found[tuple(sorted(set(dated)))] += 1
    return found


def test_both_twins_of_every_page_show_the_same_dates(site: Pages) -> None:
    differing = [
        (path, dates_of(english) - dates_of(russian), dates_of(russian) - dates_of(english))
        for path, english, russian in twins(site)
        if dates_of(english) != dates_of(russian)
    ]
    assert differing == []
    assert sum(sum(dates_of(english).values()) for _path, english, _russian in twins(site)) > 1500


def test_every_designation_stands_on_both_pages_of_its_city_with_the_same_steps(site: Pages) -> None:
    compared = 0
    for path, english, russian in twins(site):
        if not path.startswith("/cities/"):
            continue
        for ours, theirs in zip(
            english.main.all("ol", class_="history"), russian.main.all("ol", class_="history"), strict=True
        ):
            compared += 1
            steps = [[item.attributes.get("class", ""), *records(item)] for item in ours.all("li")]
            assert steps == [[item.attributes.get("class", ""), *records(item)] for item in theirs.all("li")]
    assert compared >= 24


def records(element: Element) -> list[str]:
    """The records that it leads to; the numbers of sources follow the order of the page."""
    return [bare(href) for href in element.hrefs if href.startswith("/")]


# Nothing is left in English


SMALL_ENGLISH_WORDS = re.compile(
    r"(?<![.\w-])(the|of|and|in|by|was|were|with|for|is|are|to|from|on|as|its|it|not|that|which|at|an?)\b"
)


def test_no_russian_page_shows_an_english_sentence_that_does_not_say_so(
    site: Pages, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        kept = sorted(names_kept(), key=len, reverse=True)
    names = re.compile("|".join(map(re.escape, kept)))
    found = []
    for path, page in site.items():
        if path.startswith("/ru/"):
            # The title of a source's page is that of the article, in its own language.
            of_a_source = path.startswith("/ru/sources/") and path != "/ru/sources/"
            texts = [*in_the_page_s_language(page), page.description, "" if of_a_source else page.title]
            texts += [
                value for element in page for name, value in element.attributes.items() if name in SPOKEN
            ]
            left = [names.sub("", text) for text in texts]
            found += [(path, text[:80]) for text in left if SMALL_ENGLISH_WORDS.search(text)]
    assert found == []


SPOKEN = {"aria-label", "placeholder", "alt", "data-label"}


def names_kept() -> set[str]:
    """Names that stand on Russian pages as they are: of outlets, agencies and authors."""
    kept = set()
    for source in Source.objects.all():
        for field in Source.NAMES_KEPT:
            if not source.in_russian(field):
                kept.add(getattr(source, field))
    return kept - {""}


def in_the_page_s_language(element: Element) -> list[str]:
    """The texts that no element around them says to be in a language: titles of articles are not ours."""
    found = []
    for child in element.children:
        if isinstance(child, str):
            found.append(child)
        elif child.tag == "body" or (child.tag != "head" and "lang" not in child.attributes):
            found += in_the_page_s_language(child)
    return found


def test_the_english_pages_show_no_russian_that_does_not_say_so(site: Pages) -> None:
    shown = [
        (path, text[:60])
        for path, page in site.items()
        if not path.startswith("/ru/")
        for text in without_foreign(page)
        if re.search("[а-яё]", text)
    ]
    assert shown == []


def without_foreign(element: Element) -> list[str]:
    found = []
    for child in element.children:
        if isinstance(child, str):
            found.append(child)
        # The address of an article is in whatever letters it is.
        elif (
            child.tag != "head"
            and child.attributes.get("lang", "en") == "en"
            and "address" not in child.classes
        ):
            found += without_foreign(child)
    return found


def test_a_text_without_russian_stands_in_english_and_says_so(client: Client, empty_record: None) -> None:
    city = make_city(slug="here", name="Heretown", description="A town & its <river>.")
    designation = make_designation(city=city, summary="It held the title.")
    event = make_event(slug="fair", title="Fair of <all> towns", city=city, summary="People came.")
    make_dispute(event=event, question="When was it?")

    page = get(client, "/ru/cities/here/")
    event_page = get(client, "/ru/events/fair/")

    assert in_english(page) >= {"Heretown", "A town & its <river>.", designation.summary}
    assert in_english(event_page) >= {"Fair of <all> towns", "People came.", "When was it?"}
    # Where markup has no place there is the text alone.
    assert page.title.startswith("Heretown, ")
    assert event_page.title.startswith("Fair of <all> towns, ")
    assert event_page.description == "People came."
    [dispute] = event_page.all("details", class_="dispute")
    assert dispute.one("summary").text == "Источники расходятся When was it?"
    assert in_english(get(client, "/events/fair/")) == set()


def in_english(page: Page) -> set[str]:
    return {element.text for element in page.main.all("span", lang="en")}


def test_a_text_with_russian_is_not_shown_in_english(client: Client, empty_record: None) -> None:
    make_body(slug="fund", name="Fund", name_ru="Фонд", description="It pays.", description_ru="Он платит.")

    page = get(client, "/ru/bodies/fund/")

    assert page.one("h1").text == "Фонд"
    assert "Он платит." in page.main.text
    assert "It pays." not in page.main.text
    assert in_english(page) == {"Fund"}


def test_the_report_counts_texts_without_their_russian_twin(client: Client, empty_record: None) -> None:
    from capitals.record.report import weak_spots

    event = make_event(slug="fair", title="Fair", title_ru="Ярмарка", summary="People came.", venue="Hall")
    event.speakers.create(name="Ann", name_ru="Анна", post="Baker")
    make_event(slug="song", title="Song", title_original="Песня", original_language="ru", summary="")

    spots = {spot.name: spot.records for spot in weak_spots(PartialDate.parse("2026-01-01").earliest)}

    lacking = [line for line in spots["Texts without their Russian twin"] if line.startswith("event")]
    assert lacking == ["event fair: summary, venue", "eventspeaker fair: Ann: post"]


def test_the_real_record_has_no_text_without_its_russian_twin(db: None) -> None:
    from capitals.record.report import weak_spots

    spots = {spot.name: spot.records for spot in weak_spots(PartialDate.parse("2026-01-01").earliest)}

    assert spots["Texts without their Russian twin"] == []


def test_both_twins_of_every_text_hold_the_same_numbers(db: None) -> None:
    differing, compared = [], 0
    for model in RECORD:
        if not issubclass(model, InTwoLanguages):
            continue
        for record in model._default_manager.all():
            for field in set(record.texts()) - set(record.NAMES_KEPT):
                english, russian = getattr(record, field), getattr(record, f"{field}_ru")
                if russian:
                    compared += 1
                    if numbers_told(english) != numbers_told(russian):
                        differing.append((model.__name__, record.pk, field))
    assert differing == []
    assert compared > 2500


def numbers_told(text: str) -> set[str]:
    """The numbers in a text: “2,700” and “2 700” are one; centuries are Roman in Russian."""
    text = re.sub(r"(?<=\d)[,\s](?=\d{3}(?!\d))", "", text.replace("\N{NO-BREAK SPACE}", " "))
    if re.search("centur", text, re.IGNORECASE):
        text = re.sub(r"\b\d+(?:st|nd|rd|th)\b", "", text)
    return set(re.findall(r"\d+", text))


# Names, headings, order


def test_a_source_s_russian_title_heads_the_page_and_ours_is_marked(
    client: Client, empty_record: None
) -> None:
    make_event(slug="named", title="Songs", title_original="Песни", original_language="ru")
    make_event(
        slug="ours", title="Dances", title_ru="Танцы", title_original="Rəqslər", original_language="az"
    )
    make_event(
        slug="both", title="Opening", title_ru="Открытие года", title_original="Город", original_language="ru"
    )

    named, ours, both = (get(client, f"/ru/events/{slug}/") for slug in ("named", "ours", "both"))

    mark = "Заголовок дан в нашем переводе."
    assert [page.one("h1").text for page in (named, ours, both)] == ["Песни", "Танцы", "Открытие года"]
    assert [mark in page.main.text for page in (named, ours, both)] == [False, True, True]
    assert [
        [(name.text, name.attributes["lang"]) for name in page.main.all("p", class_="names")]
        for page in (named, ours, both)
    ] == [[], [("Rəqslər", "az")], [("Город", "ru")]]
    english = get(client, "/events/named/")
    assert english.one("h1").text == "Songs"
    assert [name.text for name in english.main.all("p", class_="names")] == ["Песни"]
    assert mark not in english.main.text


def test_centres_and_series_follow_the_same_rule(client: Client, empty_record: None) -> None:
    make_centre(slug="house", name="House", name_original="Дом", original_language="ru")
    make_series(slug="forum", name="Forum", name_ru="Форум", name_original="Forumu", original_language="az")

    centre, series = get(client, "/ru/centres/house/"), get(client, "/ru/series/forum/")

    assert (centre.one("h1").text, series.one("h1").text) == ("Дом", "Форум")
    assert "в нашем переводе" not in centre.main.text
    assert "в нашем переводе" in series.main.text


def test_a_year_s_page_has_the_russian_name_of_that_year_and_tells_of_later_ones(client: Client) -> None:
    page = get(client, "/ru/capitals/2012/")

    astana = page.one("section", aria_labelledby="astana-2012")
    assert astana.one("h2").text == "Астана"
    assert "С 2019 по 2022 год: Нур-Султан" in astana.text


def test_a_former_russian_name_heads_the_title_of_its_years(client: Client, empty_record: None) -> None:
    city = make_city(slug="here", name="Newtown", name_ru="Новый", names=0)
    CityName.objects.create(
        city=city, name="Старый", language="ru", kind="former", from_year=2010, to_year=2014
    )
    make_designation(city=city, year=2012)

    page = get(client, "/ru/capitals/2012/")

    assert page.one("section", aria_labelledby="here-2012").one("h2").text == "Старый"
    assert "Сейчас: Новый" in page.main.text


def test_beside_a_russian_name_stand_the_names_in_state_languages_alone(site: Pages) -> None:
    def names(path: str) -> list[tuple[str, str]]:
        [line] = site[path].main.all("p", "div", class_="names")[:1]
        return [(name.text, name.attributes["lang"]) for name in line.all("span") if name.attributes]

    assert names("/ru/cities/ganja/") == [("Gəncə", "az")]
    assert names("/cities/ganja/") == [("Gəncə", "az"), ("Гянджа", "ru")]
    assert names("/ru/cities/voronezh/") == []
    assert names("/ru/countries/kyrgyzstan/") == [("Кыргызстан", "ky"), ("Kyrgyzstan", "en")][1:]
    assert names("/ru/countries/azerbaijan/") == [("Azərbaycan", "az"), ("Azerbaijan", "en")]


ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


@pytest.mark.parametrize(
    "names",
    [
        [
            "Алматы",
            "Барановичи",
            "Ереван",
            "Жодино",
            "Зангезур",
            "Хатлон",
            "Цхинвал",
            "Чита",
            "Шуша",
            "Щучинск",
        ],
        ["Елец", "Ёлкино", "Елово"],
        ["1-й форум", "Москва", "Almaty", "Zürich"],
        ["Санкт-Петербург", "Санкт-Петербургский", "Санта"],
        ["Ош", "Ошская"],
        list(ALPHABET),
    ],
)
def test_russian_texts_sort_as_a_russian_dictionary_has_them(names: list[str]) -> None:
    assert sorted(set(names), key=russian_order) == names


def test_the_russian_key_is_ascii_and_tells_all_letters_apart() -> None:
    keys = [russian_order(letter) for letter in ALPHABET]

    assert len(set(keys)) == len(ALPHABET)
    assert all(key.isascii() for key in keys)
    assert russian_order("ЁЖ") == russian_order("еж")


@pytest.mark.parametrize(
    ("path", "tag"), [("/ru/cities/", "li"), ("/ru/countries/", "th"), ("/ru/capitals/?sort=country", "td")]
)
def test_russian_lists_are_in_the_order_of_russian_names(path: str, tag: str, client: Client) -> None:
    prefix = "/ru/cities/" if path == "/ru/cities/" else "/ru/countries/"
    main = get(client, path).main
    part = {"/ru/cities/": "others", "/ru/countries/": "member"}.get(path)
    section = main.one("section", aria_labelledby=part) if part else main
    links = [
        link.text
        for cell in section.all(tag)
        for link in cell.all("a")
        if link.attributes["href"].startswith(prefix)
    ]

    assert len(links) >= 8
    assert [pair for pair in pairwise(map(alphabetical, links)) if pair[0] > pair[1]] == []


def alphabetical(text: str) -> list[int]:
    return [ALPHABET.index(letter) for letter in text.casefold().replace("ё", "е") if letter in ALPHABET]


def test_choices_of_a_filter_are_in_the_order_of_russian_names(client: Client) -> None:
    page = get(client, "/ru/sources/")

    [first, *_rest] = [select for select in page.all("select") if select.attributes["name"] == "language"]
    labels = [option.text.partition(" (")[0] for option in first.all("option")][1:]
    assert labels == sorted(labels, key=alphabetical)
    assert all(label[0].isupper() for label in labels)
    values = {option.attributes["value"] for option in first.all("option")}
    assert {"ru", "en", "az"} <= values


# Words


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2012-12-05", "5 декабря 2012 года"),
        ("2012-10", "октябрь 2012 года"),
        ("2012", "2012 год"),
        ("2025-05-01", "1 мая 2025 года"),
    ],
)
def test_a_partial_date_is_told_in_russian(date: str, words: str) -> None:
    with override("ru"):
        assert PartialDate.parse(date).display() == words


@pytest.mark.parametrize(
    ("start", "end", "reported_on", "words"),
    [
        ("2025-09-18", "2025-09-28", None, "18–28 сентября 2025 года"),
        ("2025-06-29", "2025-07-03", None, "29 июня – 3 июля 2025 года"),
        ("2012-10", "2013-03", None, "октябрь 2012 года – март 2013 года"),
        ("2012", "2013", None, "2012 год – 2013 год"),
        (None, None, "2012-12-05", "сообщение: 5 декабря 2012 года"),
        (None, None, None, "дата неизвестна"),
    ],
)
def test_a_span_of_days_is_told_in_russian(
    start: str | None, end: str | None, reported_on: str | None, words: str
) -> None:
    first, last, reported = (PartialDate.parse(one) if one else None for one in (start, end, reported_on))
    with override("ru"):
        assert day_span(Event(start=first, end=last, reported_on=reported)) == words


def test_coordinates_are_told_in_russian(empty_record: None) -> None:
    city = make_city(latitude="39.6374", longitude="46.5498")
    city.refresh_from_db()
    with override("ru"):
        assert coordinates(city) == "39,6374° с. ш., 46,5498° в. д."
    assert coordinates(city) == "39.6374° N, 46.5498° E"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 источник"),
        (2, "2 источника"),
        (5, "5 источников"),
        (11, "11 источников"),
        (21, "21 источник"),
        (22, "22 источника"),
    ],
)
def test_numbers_have_the_russian_plural_forms(
    number: int, words: str, client: Client, empty_record: None
) -> None:
    for _time in range(number):
        make_source()

    assert get(client, "/ru/sources/").one("h2", class_="count").text == words


def test_every_language_of_the_record_has_its_name_in_russian(db: None) -> None:
    codes = {*CityName.objects.displayed().values_list("language", flat=True)}
    codes |= {*Source.objects.values_list("language", flat=True)}
    codes |= {*Country.objects.exclude(local_language="").values_list("local_language", flat=True)}
    with override("ru"):
        names = {code: language_name(code) for code in codes}

    assert len(codes) > 20
    assert {
        code: name for code, name in names.items() if not re.fullmatch("[а-яё -]+( \\([а-яё ]+\\))?", name)
    } == {}


def test_kyrgyzstan_and_belarus_are_called_so_on_every_page(site: Pages) -> None:
    old = re.compile("Киргизи|Белорусси|Молдави[ияюе]|Туркмени[ияюе]\\b")
    said = [
        (path, found.group())
        for path, page in site.items()
        for text in in_the_page_s_language(page)
        if path.startswith("/ru/") and (found := old.search(text))
    ]
    # What an article or a former name says is in quotation marks of its own, with its language.
    assert said == []


# Errors and former addresses


@pytest.mark.parametrize(
    ("ask", "status", "heading"),
    [
        (lambda client: client.get("/ru/nothing/"), 404, "Страница не найдена"),
        (lambda client: client.post("/ru/"), 405, "Сайт только для чтения"),
        (
            lambda client: client.get("/ru/", headers={"host": "evil.example"}),
            400,
            "Не удалось прочитать запрос",
        ),
    ],
    ids=["nothing there", "posted", "another host"],
)
def test_errors_under_ru_are_told_in_russian(
    ask: Callable[[Client], HttpResponse], status: int, heading: str, client: Client
) -> None:
    response = ask(client)

    assert response.status_code == status
    page = Page(response.content.decode())
    assert page.one("h1").text == heading
    assert page.one("html").attributes["lang"] == "ru"
    assert response["Content-Language"] == "ru"
    # Ways in lead to the Russian pages.
    assert "/ru/capitals/" in page.main.hrefs


def test_a_year_without_a_capital_is_told_in_russian(client: Client) -> None:
    page = get(client, "/ru/capitals/1999/", 404)

    assert "Сведений о столице 1999 года нет" in page.main.text


def test_a_filter_that_is_not_understood_is_told_in_russian(client: Client) -> None:
    page = get(client, "/ru/events/?year=abc", 400)

    assert "«abc» – не год. Введите четыре цифры, например 2013." in page.main.text


def test_an_empty_record_says_so_in_russian_everywhere(client: Client, empty_record: None) -> None:
    for path in ("/ru/", "/ru/capitals/", "/ru/events/", "/ru/cities/", "/ru/about/", "/ru/programme/"):
        page = get(client, path)
        assert page.one("html").attributes["lang"] == "ru"
        assert not SMALL_ENGLISH_WORDS.search(" ".join(in_the_page_s_language(page.main)))


def test_a_former_address_leads_on_in_the_language_of_the_address(client: Client, db: None) -> None:
    FormerAddress.objects.create(path="/events/old/", new_path="/events/lachin-2025-opening/")
    FormerAddress.objects.create(path="/events/gone/")

    moved, gone = client.get("/ru/events/old/"), client.get("/ru/events/gone/")

    assert (moved.status_code, moved["Location"]) == (301, "/ru/events/lachin-2025-opening/")
    assert gone.status_code == 410
    assert "Эта страница удалена" in gone.content.decode()
    assert client.get("/events/old/")["Location"] == "/events/lachin-2025-opening/"


def test_decisions_tell_their_place_and_kind_in_russian(client: Client, empty_record: None) -> None:
    country = make_country(slug="land", name="Land", name_ru="Страна")
    city = make_city(slug="here", name="Heretown", name_ru="Городок", country=country)
    designation = make_designation(city=city)
    make_decision(
        names=(designation,),
        title="The naming",
        title_ru="Названа столица",
        place="Moscow",
        place_ru="Москва",
    )

    page = get(client, "/ru/cities/here/")

    assert "Решено (Москва): Названа столица" in page.main.text
    assert page.title == "Городок, Страна · Культурные столицы СНГ"


def test_a_correction_leads_to_the_page_of_the_same_language(client: Client, empty_record: None) -> None:
    Correction.objects.create(
        slug="one",
        date=PartialDate.parse("2026-01-05"),
        path="/events/",
        text="Mended.",
        text_ru="Исправлено.",
    )

    page = get(client, "/ru/about/")

    [link] = [link for link in page.main.all("a") if link.text == "/events/"]
    assert link.attributes["href"] == "/ru/events/"
    assert "5 января 2026 года" in page.main.text
    assert "Исправлено." in page.main.text
