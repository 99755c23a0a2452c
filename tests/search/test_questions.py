"""Questions as readers of five languages put them, and what answers each first, in both editions."""

from __future__ import annotations

import pytest
from django.test import Client
from factories import make_city, make_designation, make_event
from markup import Element, Page
from searching import ENGLISH, RUSSIAN, cards, count, counted, found, link, search

from capitals.models import City, CityName, Country, EventDesignation
from capitals.record.writing import write_search_entries
from capitals.words.folding import fold
from capitals.words.query import SearchQuery
from capitals.words.question_words import ASKING, ASKING_OF_A_CAPITAL

QUESTIONS = {
    # English: a year, a city, both.
    "CIS cultural capital 2026": "/cities/meghri/",
    "cultural capital of the CIS 2027": "/cities/molodechno/",
    "Which city was the cultural capital of the CIS in 2017?": "/cities/ganja/",
    "who is the CIS capital of culture 2025": "/cities/lachin/",
    "capital of the Commonwealth of Independent States 2024": "/cities/samarkand/",
    "what city 2020": "/cities/shymkent/",
    "2021s capital": "/cities/dushanbe/",
    "When was Gyumri the cultural capital?": "/cities/gyumri/",
    "the city of Karakol": "/cities/karakol/",
    "is Brest a cultural capital of the CIS": "/cities/brest/",
    "where is Lachin": "/cities/lachin/",
    "CIS cultural capital Voronezh": "/cities/voronezh/",
    "Leninakan capital of culture": "/cities/gyumri/",
    "Ganja CIS cultural capital 2017": "/cities/ganja/",
    # Russian: questions, cases, years with their endings.
    "какой город 2017": "/cities/ganja/",
    "столица 2026 года": "/cities/meghri/",
    "Какой город был культурной столицей СНГ в 2019 году?": "/cities/brest/",
    "культурная столица СНГ 2025г.": "/cities/lachin/",
    "столица содружества 2018-го": "/cities/goris/",
    "кто станет культурной столицей в 2027-м": "/cities/molodechno/",
    "столица культуры 2022 г.": "/cities/karakol/",
    "столица Содружества Независимых Государств 2016": "/cities/dashoguz/",
    "Гянджу": "/cities/ganja/",
    "в Гяндже": "/cities/ganja/",
    "город Гянджой": "/cities/ganja/",
    "в Гюмри": "/cities/gyumri/",
    "столица СНГ в Гюмри": "/cities/gyumri/",
    "из Лачина": "/cities/lachin/",
    "к Лачину": "/cities/lachin/",
    "о Лачине": "/cities/lachin/",
    "культурная столица Лачин": "/cities/lachin/",
    "до Могилёва": "/cities/mogilev/",
    "в Могилеве": "/cities/mogilev/",
    "в Бресте": "/cities/brest/",
    "Воронежем": "/cities/voronezh/",
    "в каком году столицей был Воронеж": "/cities/voronezh/",
    "Ульяновском": "/cities/ulyanovsk/",
    "столица Алматы": "/cities/almaty/",
    "в Алма-Ату": "/cities/almaty/",
    "Ошем": "/cities/osh/",
    "Санкт-Петербургу": "/cities/saint-petersburg/",
    "культурной столицей был Санкт-Петербург": "/cities/saint-petersburg/",
    "с Шымкентом": "/cities/shymkent/",
    "Самаркандом": "/cities/samarkand/",
    "город Каракола": "/cities/karakol/",
    "о Душанбе": "/cities/dushanbe/",
    "городу Молодечну": "/cities/molodechno/",
    "город Мегри": "/cities/meghri/",
    "Ленинаканом": "/cities/gyumri/",
    "Гянджу 2017": "/cities/ganja/",
    "в Казахстане": "/countries/kazakhstan/",
    # Azerbaijani.
    "2017-ci ildə MDB-nin mədəniyyət paytaxtı hansı şəhər olub?": "/cities/ganja/",
    "2026-cı il paytaxt": "/cities/meghri/",
    "MDB mədəniyyət paytaxtı 2013": "/cities/gabala/",
    "hansı şəhər 2025": "/cities/lachin/",
    "Gəncə hansı ildə MDB-nin mədəniyyət paytaxtı olub": "/cities/ganja/",
    "Laçın şəhəri": "/cities/lachin/",
    "Qəbələ mədəni paytaxt": "/cities/gabala/",
    # Armenian.
    "2026 թ. ԱՊՀ մշակութային մայրաքաղաքը": "/cities/meghri/",
    "ո՞ր քաղաքն է 2018 թվականին": "/cities/goris/",
    "ԱՊՀ մշակութային մայրաքաղաք 2013": "/cities/gabala/",
    "2027-ին որ քաղաքը կլինի մշակույթի մայրաքաղաք": "/cities/molodechno/",
    "Գյումրի քաղաք": "/cities/gyumri/",
    "Մեղրի մշակութային մայրաքաղաք": "/cities/meghri/",
    "Գորիս ԱՊՀ": "/cities/goris/",
    # Belarusian.
    "які горад культурная сталіца СНД у 2019 годзе": "/cities/brest/",
    "культурная сталіца СНД 2027": "/cities/molodechno/",
    "сталіца Садружнасці 2011": "/cities/gomel/",
    "горад Брэст": "/cities/brest/",
    "Магілёў культурная сталіца": "/cities/mogilev/",
    "калі Маладзечна будзе сталіцай": "/cities/molodechno/",
}
"""What is typed, and where the first answer leads."""

MEANT = {
    "Uzylf;f": ("Гянджа", "/cities/ganja/"),
    "Пфтоф": ("Ganja", "/cities/ganja/"),
    "ktybyfrfy": ("ленинакан", "/cities/gyumri/"),
    "cnjkbwf CYU 2017": ("столица СНГ 2017", "/cities/ganja/"),
    "rfrjq ujhjl <htcn": ("какой город Брест", "/cities/brest/"),
    "Бpecт": ("Брест", "/cities/brest/"),
    "столица Сaмapкaнд": ("столица Самарканд", "/cities/samarkand/"),
    "столица Гаджна 2017": ("Гянджа 2017", "/cities/ganja/"),
    "which city is Gymri": ("Gyumri", "/cities/gyumri/"),
    "город Лачене": ("Лачин", "/cities/lachin/"),
}
"""What is typed with a slip, what was meant, and where the first answer to that leads."""

WITHOUT_AN_ANSWER = ("2031", "столица 2001 года", "в в 2031", "country", "opening", "last")


def answers(page: Page) -> list[Element]:
    return [card for group in page.main.all("div", class_="answer-cards") for card in group.all("article")]


def first_answer(page: Page) -> str:
    return link(page.main.all("article")[0])


@pytest.mark.once
@pytest.mark.parametrize(("question", "address"), QUESTIONS.items(), ids=QUESTIONS)
def test_a_question_is_answered_first(question: str, address: str, client: Client, db: None) -> None:
    for at, prefix in ((ENGLISH, ""), (RUSSIAN, "/ru")):
        page = search(client, question, at=at)

        assert count(page) > 0
        assert first_answer(page) == f"{prefix}{address}"


def test_the_questions_are_sixty_and_more() -> None:
    assert len(QUESTIONS) >= 60


@pytest.mark.once
@pytest.mark.parametrize(("typed", "expected"), MEANT.items(), ids=MEANT)
def test_a_slip_is_answered_by_what_was_meant(
    typed: str, expected: tuple[str, str], client: Client, db: None
) -> None:
    meant, address = expected
    for at, prefix in ((ENGLISH, ""), (RUSSIAN, "/ru")):
        page = search(client, typed, at=at)

        assert typed in counted(page)
        assert page.main.one("p", class_="empty").one("a").text == meant
        assert first_answer(page) == f"{prefix}{address}"


def test_a_year_is_answered_by_its_capitals_and_says_whether_they_are_to_come(
    client: Client, empty_record: None
) -> None:
    for name, year in (("Alpha", 2100), ("Beta", 2011), ("Gamma", 2011)):
        city = make_city(slug=name.lower(), name=name, names=0, sources=0)
        make_designation(city=city, year=year, sources=0)
    write_search_entries("default")

    (alpha,) = answers(search(client, "which city 2100"))
    assert alpha.one("p", class_="meta").text == "CIS Cultural Capital 2100, to come"
    assert alpha.hrefs == ["/capitals/2100/", "/cities/alpha/"]
    page = search(client, "столица 2011", at=RUSSIAN)
    assert [link(card) for card in answers(page)] == ["/ru/cities/beta/", "/ru/cities/gamma/"]
    said = {card.one("p", class_="meta").text for card in answers(page)}
    assert said == {"Культурная столица СНГ 2011 года"}
    assert found(page)[0] == "/ru/capitals/2011/"
    assert answers(search(client, "which city 2011", kind="city")) == []


def test_a_city_comes_with_its_titles_then_what_opened_and_closed_its_years(
    client: Client, empty_record: None
) -> None:
    """Against the order of kinds and dates, by which the title and the newer event would come first."""
    city = make_city(slug="alpha", name="Alpha", name_ru="Альфа", names=0, sources=0)
    CityName.objects.create(city=city, name="Альфа", language="ru", kind="common")
    titles = {year: make_designation(city=city, year=year, sources=0) for year in (2012, 2019)}
    for role, year in (("closing", 2012), ("opening", 2012), ("opening", 2019)):
        event = make_event(slug=f"{role}-{year}", title="Fair", city=city, start=f"{year}-01-01", sources=0)
        EventDesignation.objects.create(event=event, designation=titles[year], role=role)
    write_search_entries("default")

    for at, prefix in ((ENGLISH, ""), (RUSSIAN, "/ru")):
        page = search(client, "город Альфу", at=at)
        assert found(page)[:5] == [
            f"{prefix}{address}"
            for address in (
                "/cities/alpha/",
                "/events/opening-2012/",
                "/events/closing-2012/",
                "/events/opening-2019/",
                "/cities/alpha/#alpha-2019",
            )
        ]
        assert cards(page)[0].one("ul", class_="badges").hrefs == [
            f"{prefix}/capitals/2012/",
            f"{prefix}/capitals/2019/",
        ]


@pytest.mark.parametrize("typed", WITHOUT_AN_ANSWER)
def test_what_asks_for_no_year_and_no_city_is_searched_and_has_no_answer(
    typed: str, client: Client, db: None
) -> None:
    for at in (ENGLISH, RUSSIAN):
        response = client.get(at, {"q": typed})
        page = Page(response.content.decode())

        assert response.status_code == 200
        assert answers(page) == []


def test_no_place_is_called_by_a_word_that_only_asks(db: None) -> None:
    """It could not be found beside another word."""
    names = [
        *CityName.objects.values_list("name", flat=True),
        *City.objects.values_list("name_ru", flat=True),
        *(name for pair in Country.objects.values_list("name", "name_ru") for name in pair),
    ]

    assert {fold(name) for name in names} & (ASKING | ASKING_OF_A_CAPITAL) == set()


@pytest.mark.parametrize(
    ("typed", "asked", "years"),
    [
        ("CIS cultural capital 2026", "2026", (2026,)),
        ("2017-ci il", "2017", (2017,)),
        ("2017г", "2017", (2017,)),
        ("2017-2018 гг.", "2017 2018", (2017, 2018)),
        ("Ганджа 2017 г", "gandzha 2017", ()),
        ("1812 г.", "1812 g", ()),
        ("столица", "stolitsa", ()),
        ("город I", "gorod i", ()),
        ("совет министров культуры", "sovet ministrov kultury", ()),
        ("столица культуры Сочи", "sochi", ()),
    ],
)
def test_a_question_is_read_without_the_words_that_only_ask(
    typed: str, asked: str, years: tuple[int, ...]
) -> None:
    read = SearchQuery.read(typed)

    assert (read.asked.spaced, read.asked.years) == (asked, years)
    assert read.asked.asked.spaced == asked
