"""The search in two editions: what each finds, in which order, and in whose words it shows it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
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
    make_sister_title,
    make_source,
)
from markup import Element, Page
from searching import ENGLISH, RUSSIAN, card_of, cards, count, counted, found, kinds, link, marked, search

from capitals.models import CityName, EventSpeaker, ProgrammeStatement, Source
from capitals.record.writing import write_search_entries

MEANT = "По этим словам ничего не нашлось. Показаны результаты по запросу «"
NOTHING = (
    "По этим словам ничего не нашлось, похожих названий и имён тоже нет."
    " Проверьте написание или оставьте меньше слов."
)
KINDS = {
    "city": ("город", "города"),
    "country": ("страна", "страны"),
    "year": ("год", "годы"),
    "designation": ("звание", "звания"),
    "series": ("регулярное мероприятие", "регулярные мероприятия"),
    "event": ("мероприятие", "мероприятия"),
    "centre": ("культурный центр", "культурные центры"),
    "decision": ("решение", "решения"),
    "body": ("орган или организация", "органы и организации"),
    "statement": ("программа", "сведения о программе"),
    "sister-title": ("другое звание", "другие звания"),
    "dispute": ("где источники расходятся", "вопросы, по которым источники расходятся"),
    "source": ("источник", "источники"),
}
"""Each kind in Russian, as a result names it and beside a number."""


def twin(address: str) -> str:
    """The Russian page's address, of the English one's."""
    return f"/ru{address}"


def found_on_all_pages(client: Client, query: str, at: str) -> list[str]:
    page = search(client, query, at=at)
    links = found(page)
    while following := page.all("a", rel="next"):
        response = client.get(urljoin(at, following[0].attributes["href"]))
        page = Page(response.content.decode())
        links += found(page)
    return links


def meta(card: Element) -> list[str]:
    return [part.text for part in card.one("p", class_="meta").all("span") if "lang" not in part.attributes]


def passage(card: Element) -> Element:
    return card.one("div").all("p")[-1]


# What is found


def test_a_word_of_any_russian_text_is_found_from_both_editions(client: Client, empty_record: None) -> None:
    """Each of the texts holds a word of its own, which stands in no English one."""
    held: dict[str, str] = {}

    def words(kind: str, *fields: str) -> dict[str, Any]:
        return {f"{field}_ru": f"Здесь {asked(kind, field)} стоит." for field in fields}

    def asked(kind: str, field: str) -> str:
        number = len(held)
        # Of one length, so that none is a part of another.
        word = f"жерех{'абвгд'[number // 5 % 5]}{'абвгд'[number % 5]}{'абвгд'[number // 25]}"
        held[word] = kind
        return word

    city = make_city(slug="one", names=0, sources=0, **words("/cities/one/", "description"))
    make_country(slug="one", sources=0, **words("/countries/one/", "relation"))
    texts: tuple[str, ...] = ("summary", "events_planned", "events_held")
    make_designation(city=city, year=2017, sources=0, **words("/cities/one/#one-2017", *texts))
    texts = ("title", "summary", "theme", "venue", "countries_as_stated")
    event = make_event(slug="one", sources=0, **words("/events/one/", *texts))
    speaker = words("/events/one/", "name", "post")
    EventSpeaker.objects.create(event=event, name="Speaker", **speaker)
    make_series(slug="one", sources=0, **words("/series/one/", "name", "summary", "frequency"))
    texts = ("name", "summary", "street_address", "operator", "note")
    make_centre(slug="one", sources=0, **words("/centres/one/", *texts))
    make_decision(slug="one", sources=0, **words("/decisions/one/", "title", "summary", "place"))
    make_body(slug="one", sources=0, **words("/bodies/one/", "name", "description"))
    texts = ("heading", "text")
    statement = {**words("/programme/#one", *texts), "heading": "Rule", "text": "So."}
    ProgrammeStatement.objects.create(slug="one", position=1, **statement)
    make_sister_title(slug="two", **words("/programme/#two", "name", "summary", "given_by"))
    dispute = make_dispute(slug="three", city=city, sources=0, **words("/cities/one/#three", "question"))
    dispute.versions.filter(position=2).update(**words("/cities/one/#three", "claim"))
    make_source(slug="one", title_given=False, **words("/sources/one/", "title", "outlet", "establishes"))
    write_search_entries("default")

    missed = {
        (address, at): links
        for word, address in held.items()
        for at in (ENGLISH, RUSSIAN)
        if (links := found(search(client, word, at=at))) != [twin(address) if at == RUSSIAN else address]
    }

    assert len(held) > 30
    assert missed == {}


@pytest.mark.parametrize("query", ["Гюмри 2013", "шахмат", "chess", "совет глав", "Kulob", "ярмарк"])
def test_both_editions_find_the_same(query: str, client: Client, db: None) -> None:
    in_english = found_on_all_pages(client, query, ENGLISH)
    in_russian = found_on_all_pages(client, query, RUSSIAN)

    assert in_english
    assert sorted(in_russian) == sorted(map(twin, in_english))


def test_no_result_is_mixed_from_words_of_both_languages(client: Client, empty_record: None) -> None:
    make_event(slug="one", summary="A kappa fair.", summary_ru="Ярмарка омикрон.", sources=0)
    write_search_entries("default")

    for at in (ENGLISH, RUSSIAN):
        assert len(found(search(client, "kappa fair", at=at))) == 1
        assert len(found(search(client, "ярмарка омикрон", at=at))) == 1
        assert found(search(client, "kappa омикрон", at=at)) == []


# The order


def test_names_come_first_then_texts_in_the_page_s_language_then_those_in_the_other(
    client: Client, empty_record: None
) -> None:
    """Against the order of kinds and dates, by which both editions would have one order."""
    make_event(slug="russian", summary="Hills.", summary_ru="Холмы зета.", start="2014-01-01", sources=0)
    make_event(slug="english", summary="Zeta hills.", summary_ru="Холмы.", start="2015-01-01", sources=0)
    make_event(slug="both", summary="Zeta.", summary_ru="Зета.", start="2013-01-01", sources=0)
    make_centre(slug="name-ru", name="Alpha", name_ru="Дом Зета", sources=0)
    make_body(slug="name", name="Council of Zeta", name_ru="Совет", sources=0)
    write_search_entries("default")

    names = ["/centres/name-ru/", "/bodies/name/"]
    english = ["/events/english/", "/events/both/", "/events/russian/"]
    russian = ["/events/russian/", "/events/both/", "/events/english/"]
    for query in ("zeta", "зета"):
        assert found(search(client, query)) == [*names, *english]
        assert found(search(client, query, at=RUSSIAN)) == [*map(twin, [*names, *russian])]


def test_the_language_of_a_text_decides_before_its_kind(client: Client, empty_record: None) -> None:
    make_source(slug="russian", establishes="A fair.", establishes_ru="Ярмарка зета.")
    make_city(slug="english", description="Zeta hills.", description_ru="Холмы.", names=0, sources=0)
    write_search_entries("default")

    assert found(search(client, "zeta")) == ["/cities/english/", "/sources/russian/"]
    assert found(search(client, "zeta", at=RUSSIAN)) == ["/ru/sources/russian/", "/ru/cities/english/"]


# What a result shows


def test_the_passage_is_of_the_page_s_language_though_the_other_may_hold_the_word(
    client: Client, empty_record: None
) -> None:
    make_event(
        slug="one", title="Alpha 2017", summary="Zeta fair in May.", summary_ru="Ярмарка зета.", sources=0
    )
    write_search_entries("default")

    shown = {
        (query, at): passage(cards(search(client, query, at=at))[0])
        for query in ("zeta", "fair", "ярмарка", "alpha")
        for at in (ENGLISH, RUSSIAN)
    }

    assert {
        asked: (found.attributes.get("lang", ""), found.text, *marked(found))
        for asked, found in shown.items()
    } == {
        ("zeta", ENGLISH): ("", "Zeta fair in May.", "Zeta"),
        ("zeta", RUSSIAN): ("", "Ярмарка зета.", "зета"),
        ("fair", ENGLISH): ("", "Zeta fair in May.", "fair"),
        ("fair", RUSSIAN): ("", "Ярмарка зета."),
        ("ярмарка", ENGLISH): ("", "Zeta fair in May."),
        ("ярмарка", RUSSIAN): ("", "Ярмарка зета.", "Ярмарка"),
        ("alpha", ENGLISH): ("", "Zeta fair in May."),
        ("alpha", RUSSIAN): ("", "Ярмарка зета."),
    }


@pytest.mark.parametrize(
    ("query", "address", "title", "said"),
    [
        ("Ganja", "/cities/ganja/", "Гянджа", ["Город", "Азербайджан"]),
        ("Гянджа 2017", "/cities/ganja/#ganja-2017", "Гянджа 2017", ["Звание", "Гянджа, Азербайджан"]),
        ("Armenia", "/countries/armenia/", "Армения", ["Страна"]),
        ("2017", "/capitals/2017/", "2017", ["Год"]),
        (
            "Russian House Gyumri",
            "/centres/russian-house-gyumri/",
            None,
            ["Культурный центр", "Гюмри, Армения"],
        ),
        (
            "Горис, Брест и Шымкент",
            "/decisions/sochi-2017-10-11/",
            None,
            ["Решение", "Сочи", "11 октября 2017 года"],
        ),
        ("NAYORA", "/bodies/nayora/", None, ["Орган или организация", "Азербайджан"]),
        ("кто платит", "/programme/#money", "Кто платит", ["Программа"]),
        ("shanghai", "/programme/#sco-tourist-and-cultural-capital", None, ["Другое звание"]),
    ],
)
def test_a_russian_result_says_in_russian_what_it_is_where_and_when(
    query: str, address: str, title: str | None, said: list[str], client: Client, db: None
) -> None:
    card = card_of(search(client, query, at=RUSSIAN), twin(address))

    assert meta(card) == said
    assert re.search(r"[а-я]|^\d+$", card.one("h3").text)
    assert title in {None, card.one("h3").text}
    assert "lang" not in card.one("h3").attributes


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"start": "2017-05-09"}, "9 мая 2017 года"),
        ({"start": "2017-05"}, "май 2017 года"),
        ({"start": "2017"}, "2017 год"),
        ({"start": "2017-05-09", "end": "2017-06-01"}, "9 мая – 1 июня 2017 года"),
    ],
)
def test_the_date_of_a_russian_result_is_in_russian(
    dates: dict[str, Any], said: str, client: Client, empty_record: None
) -> None:
    country = make_country(name="Zetia", name_ru="Зетия", sources=0)
    city = make_city(name="Alpha", name_ru="Альфа", country=country, names=0, sources=0)
    make_event(slug="one", title="Fair", title_ru="Ярмарка", city=city, sources=0, **dates)
    write_search_entries("default")

    (card,) = cards(search(client, "ярмарка", at=RUSSIAN))

    assert meta(card) == ["Мероприятие", "Альфа, Зетия", said]


@pytest.mark.parametrize(
    ("query", "address", "said", "language"),
    [
        ("Kirovabad", "/cities/ganja/", "«Kirovabad», прежнее название (Гянджа)", "en"),
        ("Кировабад", "/cities/ganja/", "«Кировабад», прежнее название (Гянджа)", ""),
        ("gence", "/cities/ganja/", "«Gəncə», официальное название (Гянджа), язык: азербайджанский", "az"),
        (
            "Ўш",
            "/cities/osh/",
            "«Ўш», местное название (Ош), язык: узбекский (кириллица)",
            "uz-Cyrl",
        ),
        ("Armenia", "/countries/armenia/", "«Armenia», название по-английски", "en"),
        ("Гюмри", "/cities/gyumri/", "", ""),
        ("Армения", "/countries/armenia/", "", ""),
    ],
)
def test_the_phrase_about_a_spelling_is_russian(
    query: str, address: str, said: str, language: str, client: Client, db: None
) -> None:
    lines = card_of(search(client, query, at=RUSSIAN), twin(address)).all("p", class_="matched")

    assert [line.text for line in lines] == ([said] if said else [])
    assert [line.one("span").attributes.get("lang", "") for line in lines] == ([language] if said else [])


def test_speakers_and_articles_are_told_of_in_the_page_s_language(client: Client, empty_record: None) -> None:
    article = make_source(title="Zeta opens", language="en", outlet="Vestnik", outlet_ru="Вестник")
    event = make_event(slug="one", title="Alpha", title_ru="Альфа", sources=0)
    event.sources.add(article)
    speaker = {"name": "Ann Zorin", "post": "Envoy", "name_ru": "Анна Зорин", "post_ru": "Посланник"}
    EventSpeaker.objects.create(event=event, **speaker)
    write_search_entries("default")

    def line(query: str, at: str) -> tuple[str, str]:
        card = card_of(search(client, query, at=at), "/events/one/" if at == ENGLISH else "/ru/events/one/")
        matched = card.one("p", class_="matched")
        return matched.text, matched.one("span").attributes.get("lang", "")

    assert line("zorin", ENGLISH) == ("“Ann Zorin, Envoy”, among the speakers", "")
    assert line("zorin", RUSSIAN) == ("«Анна Зорин, Посланник», среди выступавших", "")
    assert line("посланник", ENGLISH) == ("“Анна Зорин, Посланник”, among the speakers", "ru")
    assert line("envoy", RUSSIAN) == ("«Ann Zorin, Envoy», среди выступавших", "en")
    assert line("zeta", ENGLISH) == ("“Zeta opens”, an article in Vestnik", "")
    assert line("zeta", RUSSIAN) == ("«Zeta opens», статья, Вестник", "en")


def test_of_equal_spellings_that_in_the_page_s_language_is_shown(client: Client, empty_record: None) -> None:
    city = make_city(slug="one", name="Alpha", name_ru="Альфа", names=0, sources=0)
    for name, language in (("Zeta town", "en"), ("Зета городок", "ru"), ("Zeta Stadt", "de")):
        CityName.objects.create(city=city, name=name, language=language, kind="former")
    write_search_entries("default")

    for query in ("zeta", "зета"):
        (card,) = cards(search(client, query))
        assert card.one("p", class_="matched").text == "“Zeta town”, a former name of Alpha"
        (card,) = cards(search(client, query, at=RUSSIAN))
        assert card.one("p", class_="matched").text == "«Зета городок», прежнее название (Альфа)"


@pytest.mark.parametrize(
    ("make", "address", "english", "russian"),
    [
        (make_event, "/events/one/", {"title": "Fair of Alpha"}, {"title_ru": "Ярмарка Альфы"}),
        (make_series, "/series/one/", {"name": "Fair of Alpha"}, {"name_ru": "Ярмарка Альфы"}),
        (make_centre, "/centres/one/", {"name": "Fair of Alpha"}, {"name_ru": "Ярмарка Альфы"}),
        (make_decision, "/decisions/one/", {"title": "Fair of Alpha"}, {"title_ru": "Ярмарка Альфы"}),
        (make_body, "/bodies/one/", {"name": "Fair of Alpha"}, {"name_ru": "Ярмарка Альфы"}),
    ],
)
def test_a_title_found_in_the_other_language_is_shown_in_it(
    make: Any,
    address: str,
    english: dict[str, str],
    russian: dict[str, str],
    client: Client,
    empty_record: None,
) -> None:
    """Not as another spelling: “круглый стол” is none of Lachin, where a round table was held."""
    place = {"city": make_city(name="Zeta", name_ru="Зета", names=0, sources=0)} if make is make_event else {}
    make(slug="one", sources=0, **english, **russian, **place)
    write_search_entries("default")

    for query, at, to, language, marks in (
        ("ярмарка", ENGLISH, address, "ru", ["Ярмарка"]),
        ("fair", RUSSIAN, twin(address), "en", ["Fair"]),
    ):
        card = card_of(search(client, query, at=at), to)
        assert "another spelling" not in card.text
        assert "другому написанию" not in card.text
        line = card.one("p", class_="matched")
        assert line.one("span").attributes.get("lang", "") == language
        assert marked(line) == marks


def test_a_spelling_that_is_not_shown_is_told_of_in_russian(client: Client, empty_record: None) -> None:
    city = make_city(slug="one", name="Alpha", name_ru="Альфа", names=0, sources=0)
    CityName.objects.create(city=city, name="Zeta", language="und", kind="search")
    write_search_entries("default")

    (card,) = cards(search(client, "зета", at=RUSSIAN))

    assert card.one("p", class_="matched").text == "Найдено по другому написанию (Альфа)"


def test_an_article_keeps_its_own_title_and_its_language_in_both_editions(client: Client, db: None) -> None:
    for language, query in (("zh", "白俄罗斯"), ("en", "capital of culture"), ("ru", "культурная столица")):
        sources = Source.objects.filter(title_given=True, language=language)
        titles = {source.get_absolute_url(): source.title for source in sources}
        for at, prefix in ((ENGLISH, ""), (RUSSIAN, "/ru")):
            shown = {
                link(card).removeprefix(prefix): card.one("h3")
                for card in cards(search(client, query, at=at, kind="source"))
            }
            kept = titles.keys() & shown.keys()
            assert kept
            for address in kept:
                assert shown[address].text == titles[address]
                assert shown[address].attributes["lang"] == language


def test_our_description_of_an_article_is_in_the_page_s_language(client: Client, empty_record: None) -> None:
    make_source(slug="one", title="Note on Zeta", title_ru="Заметка о Зете", title_given=False, language="az")
    write_search_entries("default")

    for at, title in ((ENGLISH, "[Note on Zeta]"), (RUSSIAN, "[Заметка о Зете]")):
        (card,) = cards(search(client, "zet", at=at))
        assert card.one("h3").text == title
        assert "lang" not in card.one("h3").attributes


def test_what_lacks_russian_falls_back_to_english_and_says_so(client: Client, empty_record: None) -> None:
    country = make_country(name="Zetia", sources=0)
    city = make_city(name="Alpha", country=country, names=0, sources=0)
    make_event(slug="one", title="Kappa fair", summary="People met.", city=city, sources=0)
    make_decision(slug="one", title="Omicron", place="Delta", summary="Named.", sources=0)
    write_search_entries("default")

    (card,) = cards(search(client, "kappa", at=RUSSIAN))
    assert meta(card) == ["Мероприятие", "Alpha, Zetia", "1 мая 2017 года"]
    assert [part.text for part in card.one("p", class_="meta").all("span", lang="en")] == ["Alpha", "Zetia"]
    assert card.one("h3").attributes["lang"] == "en"
    assert card.one("h3").text == "Kappa fair"
    assert link(card) == "/ru/events/one/"
    assert (passage(card).text, passage(card).attributes["lang"]) == ("People met.", "en")

    card = card_of(search(client, "omicron", at=RUSSIAN), "/ru/decisions/one/")
    assert card.one("p", class_="meta").one("span", lang="en").text == "Delta"

    (card,) = cards(search(client, "kappa"))
    assert card.all("h3", lang="en") == card.all("p", lang="en") == card.all("span", lang="en") == []


@pytest.mark.parametrize("query", ["Гюмри", "фестиваль", "шахмат", "Sochi", "где источники"])
def test_every_result_of_the_russian_edition_leads_to_a_russian_page(
    query: str, client: Client, db: None
) -> None:
    links = found(search(client, query, at=RUSSIAN))

    assert links
    for href in links:
        path, _mark, anchor = href.partition("#")
        assert path.startswith("/ru/")
        response = client.get(path)
        page = Page(response.content.decode())
        assert response.status_code == 200
        assert page.one("html").attributes["lang"] == "ru"
        assert not anchor or anchor in page.ids


# Kinds, numbers and pages


@pytest.mark.parametrize("query", ["Гюмри", "baku", "фестиваль", "zzzz"])
def test_the_kinds_are_named_in_russian_with_the_same_numbers(query: str, client: Client, db: None) -> None:
    page = search(client, query, at=RUSSIAN)
    numbers = kinds(page)

    assert numbers == kinds(search(client, query))
    assert sum(numbers.values()) == count(page)
    options = {
        option.attributes["value"]: option.text for option in page.one("select", name="kind").all("option")
    }
    assert options.pop("")
    plurals = {kind: plural for kind, (_one, plural) in KINDS.items()}
    assert {kind: text.rpartition(" (")[0].lower() for kind, text in options.items()} == plurals


def test_choosing_a_kind_gives_its_number_of_results_all_of_that_kind(client: Client, db: None) -> None:
    numbers = kinds(search(client, "Гюмри", at=RUSSIAN))

    for kind, number in numbers.items():
        chosen = search(client, "Гюмри", at=RUSSIAN, kind=kind)
        assert count(chosen) == number
        assert kinds(chosen) == numbers
        shown = {card.one("span", class_="when").text.lower() for card in cards(chosen)}
        assert shown == ({KINDS[kind][0]} if number else set())


def test_the_number_of_results_stands_in_its_russian_form(client: Client, empty_record: None) -> None:
    words = {"альфа": 1, "бета": 2, "гамма": 5, "дельта": 21}
    for number in range(21):
        held = " ".join(word for word, wanted in words.items() if number < wanted)
        make_event(summary="Fair.", summary_ru=held, sources=0)
    write_search_entries("default")

    assert [counted(search(client, word, at=RUSSIAN)) for word in words] == [
        "1 результат по запросу «альфа»",
        "2 результата по запросу «бета»",
        "5 результатов по запросу «гамма»",
        "21 результат по запросу «дельта»",
    ]


def test_pages_and_kinds_keep_the_edition_and_the_query(client: Client, db: None) -> None:
    page = search(client, "культур &", at=RUSSIAN, kind="source")
    assert count(page) > 50

    form = page.main.one("form")
    assert urljoin(RUSSIAN, form.attributes.get("action", "")) == RUSSIAN
    onward = urljoin(RUSSIAN, page.one("a", rel="next").attributes["href"])
    assert urlsplit(onward).path == RUSSIAN
    second = Page(client.get(onward).content.decode())

    assert count(second) == count(page)
    assert second.main.one("input", name="q").attributes["value"] == "культур &"
    assert second.one("select", name="kind").one("option", selected="").attributes["value"] == "source"
    assert all(href.startswith("/ru/sources/") for href in found(second))
    assert not set(found(page)) & set(found(second))
    back = urljoin(RUSSIAN, second.one("a", rel="prev").attributes["href"])
    assert found(Page(client.get(back).content.decode())) == found(page)


def test_the_switch_leads_to_the_same_page_of_the_same_results(client: Client, db: None) -> None:
    typed = {"q": "культур &", "kind": "source", "page": "2"}

    for at, other, sources in ((RUSSIAN, ENGLISH, "/sources/"), (ENGLISH, RUSSIAN, "/ru/sources/")):
        response = client.get(at, typed)
        (href,) = Page(response.content.decode()).one("p", class_="language-switch").hrefs
        assert urlsplit(href).path == other
        assert parse_qs(urlsplit(href).query) == {name: [value] for name, value in typed.items()}
        links = found(Page(client.get(href).content.decode()))
        assert len(links) == 25
        assert all(each.startswith(sources) for each in links)


def test_each_page_searches_in_its_own_edition(client: Client, db: None) -> None:
    for address, action in (("/ru/", RUSSIAN), ("/ru/cities/ganja/", RUSSIAN), ("/", ENGLISH)):
        page = Page(client.get(address).content.decode())
        assert page.one("form", class_="site-search").attributes["action"] == action


def test_where_only_other_kinds_have_results_the_russian_page_leads_to_them(
    client: Client, empty_record: None
) -> None:
    for _number in range(2):
        make_event(summary="Fair.", summary_ru="Ярмарка.", sources=0)
    write_search_entries("default")

    page = search(client, "ярмарка", at=RUSSIAN, kind="country")

    assert count(page) == 0
    assert "Есть 2 результата других видов." in page.main.text
    (href,) = page.main.one("p", class_="empty").hrefs
    assert count(Page(client.get(urljoin(RUSSIAN, href)).content.decode())) == 2


# Slips, nothing found, refusals


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("Гюмпри", "/ru/cities/gyumri/"),
        ("Gajna", "/ru/cities/ganja/"),
        ("Самаркнд", "/ru/cities/samarkand/"),
        ("Казахтсан", "/ru/countries/kazakhstan/"),
        ("Lenninakan", "/ru/cities/gyumri/"),
    ],
)
def test_a_slip_leads_to_near_names_in_the_russian_edition(
    query: str, address: str, client: Client, db: None
) -> None:
    page = search(client, query, at=RUSSIAN)

    assert count(page) == 0
    assert MEANT in page.main.text
    links = [link(card) for card in cards(page)]
    assert address in links
    assert all(href.startswith("/ru/") for href in links)
    assert re.search("[а-я]", card_of(page, address).one("h3").text)


def test_a_slip_in_a_russian_title_leads_to_it(client: Client, empty_record: None) -> None:
    """Its Russian title is a name as the English one is."""
    make_event(slug="one", title="Fair", title_ru="Ярмарка", sources=0)
    write_search_entries("default")

    assert [link(card) for card in cards(search(client, "Яррмарка"))] == ["/events/one/"]
    assert [link(card) for card in cards(search(client, "Яррмарка", at=RUSSIAN))] == ["/ru/events/one/"]


@pytest.mark.parametrize("query", ["Атлантида", "zzzz qqqq"])
def test_where_nothing_is_near_the_russian_page_says_so_and_shows_ways_in(
    query: str, client: Client, db: None
) -> None:
    page = search(client, query, at=RUSSIAN)

    assert counted(page) == f"0 результатов по запросу «{query}»"
    assert cards(page) == []
    assert NOTHING in page.main.text
    assert page.main.one("ul", class_="ways-in").hrefs == ["/ru/capitals/", "/ru/cities/", "/ru/events/"]
    held = page.main.one("dl", class_="amounts").all("dt")
    assert [term.text.lower() for term in held] == [plural for _one, plural in KINDS.values()]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?q=", "q"),
        ("?q=a", "q"),
        ("?q=%25%25", "q"),
        (f"?q={'x' * 201}", "q"),
        ("?q=gyumri&kind=city1", "kind"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_in_russian(
    query: str, field: str, client: Client, db: None
) -> None:
    response = client.get(f"{RUSSIAN}{query}")
    page = Page(response.content.decode())

    assert response.status_code == 400
    message = page.main.one("p", id=f"id_{field}_error").text
    assert re.search("[а-я]", message)
    assert not re.search("[A-Za-z]", message.replace("city1", ""))
    assert cards(page) == []


@pytest.mark.parametrize("query", ["", "?q=Лачин", "?q=Лачни", "?q=zzzz", "?q=a"])
def test_no_russian_page_of_the_search_is_for_search_engines(query: str, client: Client, db: None) -> None:
    page = Page(client.get(f"{RUSSIAN}{query}").content.decode())

    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.main.one("h1").text == "Поиск"
