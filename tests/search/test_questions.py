"""Questions as readers of five languages put them, and what answers each first, in both editions."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from factories import make_city, make_designation, make_event
from markup import Element, Page
from searching import ENGLISH, RUSSIAN, cards, count, counted, found, link, search

from capitals.models import City, CityName, Country, Designation, EventDesignation
from capitals.record.writing import write_search_entries
from capitals.words import dates
from capitals.words.folding import fold
from capitals.words.query import SearchQuery
from capitals.words.question_words import (
    ASKING,
    ASKING_OF_A_CAPITAL,
    ASKING_OF_A_PLACE,
    CEREMONY,
    TIME,
)

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

GANJA, LACHIN, MEGHRI = "/cities/ganja/", "/cities/lachin/", "/cities/meghri/"
NEXT, THIS = "/cities/molodechno/", MEGHRI
OPENED, CLOSED = "/events/lachin-2025-opening/", "/events/lachin-2025-closing/"
AZERBAIJAN, BELARUS = "/countries/azerbaijan/", "/countries/belarus/"

ANSWERS = {
    # A city in its own year, and in another's.
    "Cultural capital 2025 Lachin": (LACHIN, OPENED, CLOSED),
    "столица СНГ 2013 Гюмри": ("/cities/gyumri/", "/events/gyumri-2013-opening/"),
    "CIS cultural capital 2027 Молодечно": ("/cities/molodechno/",),
    "Ganja 2017": (GANJA, "/events/ganja-2017-opening/", "/events/ganja-2017-closing/"),
    "Tashkent 2015": ("/cities/tashkent/",),
    "Tashkent 2016": ("/cities/tashkent/", "/cities/dashoguz/"),
    "Şuşa 2023": ("/cities/shusha/", "/cities/saint-petersburg/", "/cities/comrat/"),
    "Comrat 2023": ("/cities/comrat/", "/cities/saint-petersburg/"),
    "Мегри 2026 открытие": (MEGHRI, "/cities/meghri/#meghri-2026"),
    "Gomel Voronezh 2011": ("/cities/gomel/", "/cities/voronezh/", "/cities/ulyanovsk/"),
    "Ganja 2018": (GANJA, "/cities/goris/"),
    "Гянджа 2018": (GANJA, "/cities/goris/"),
    "ganja 2071": (GANJA,),
    "культурная сталіца 2021 Брэст": ("/cities/brest/", "/cities/dushanbe/"),
    "Могилёв-на-Днепре 2013": ("/cities/mogilev/", "/events/mogilev-2013-opening/"),
    # This year, the next, the one before, the first.
    "what is the cultural capital of the CIS": (THIS, "/programme/"),
    "столица": (THIS, "/programme/"),
    "which city": (THIS, "/programme/"),
    "current cultural capital of the CIS": (THIS, "/capitals/2026/"),
    "какая сейчас культурная столица СНГ": (THIS, "/capitals/2026/"),
    "hansı şəhər indi mədəniyyət paytaxtıdır": (THIS, "/capitals/2026/"),
    "հիմա որ քաղաքն է մշակութային մայրաքաղաքը": (THIS, "/capitals/2026/"),
    "які горад зараз культурная сталіца": (THIS, "/capitals/2026/"),
    "Мегри сейчас": (MEGHRI, "/cities/meghri/#meghri-2026"),
    "Lachin now": (LACHIN, THIS),
    "next cultural capital": (NEXT, "/capitals/2027/"),
    "следующая культурная столица": (NEXT, "/capitals/2027/"),
    "last year's cultural capital": (LACHIN, "/capitals/2025/"),
    "first cultural capital": ("/cities/gomel/", "/cities/ulyanovsk/", "/capitals/2011/"),
    "capital after 2019": ("/cities/shymkent/", "/capitals/2020/"),
    "which city is next after Meghri": (NEXT, MEGHRI),
    "first capital of Azerbaijan": ("/cities/gabala/", AZERBAIJAN),
    # Why, how, who, where; what opened, closed and was handed over.
    "when did Lachin become the cultural capital": (LACHIN, OPENED, CLOSED),
    "why was Lachin chosen": (LACHIN, OPENED),
    "почему Лачин": (LACHIN, OPENED),
    "в какой стране Мегри": (MEGHRI,),
    "who handed over to Lachin": (LACHIN, "/events/samarkand-2024-handover/"),
    "Lacin ne vaxt paytaxt olub": (LACHIN, OPENED),
    "who decided Lachin": (LACHIN, OPENED),
    "when was Lachin opened": (LACHIN, OPENED, CLOSED),
    "opening ceremony of Lachin": (LACHIN, OPENED),
    "Lachin closing": (LACHIN, CLOSED, OPENED),
    "Laçının açılışı": (LACHIN, OPENED, CLOSED),
    "когда открыли год в Гяндже": (GANJA, "/events/ganja-2017-opening/"),
    "opening of the capital 2017": (GANJA, "/events/ganja-2017-opening/"),
    # Countries.
    "capitals of Azerbaijan": (AZERBAIJAN,),
    "Azərbaycanın paytaxtları": (AZERBAIJAN,),
    "столицы Белоруссии": (BELARUS,),
    "столица Азербайджана 2017": (GANJA, AZERBAIJAN),
    "столица Азербайджана 2018": (AZERBAIJAN, "/cities/goris/"),
    "cultural capital Belarus 2019": ("/cities/brest/", BELARUS),
    # Names in the cases of Armenian, Azerbaijani and Belarusian.
    "Մեղրիում": (MEGHRI,),
    "Լաչինում": (LACHIN,),
    "Գյումրիի քաղաք": ("/cities/gyumri/",),
    "Gəncədə": (GANJA,),
    "Gəncənin": (GANJA,),
    "Laçında": (LACHIN,),
    "Laçına": (LACHIN,),
    "Şuşada": ("/cities/shusha/",),
    "у Брэсце": ("/cities/brest/",),
    "у Магілёве": ("/cities/mogilev/",),
    "у Гомелі": ("/cities/gomel/",),
}
"""What is typed in 2026, and where the first cards lead."""

IN_PART = {
    "Lachin population": ("Lachin", LACHIN),
    "ganja pancake": ("Ganja", GANJA),
    "qqqqqqqq 2017": ("2017", GANJA),
    "Гянджа Лачин": ("Ganja, Lachin", GANJA),
    "Laçında qqqqqqqq 2018": ("Lachin 2018", LACHIN),
}
"""What nothing holds as a whole, of what something is recorded, and where the first card leads."""

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


@pytest.mark.once
@pytest.mark.parametrize(("typed", "addresses"), ANSWERS.items(), ids=ANSWERS)
def test_cities_years_and_times_are_answered_in_their_order(
    typed: str, addresses: tuple[str, ...], client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "today", lambda: datetime.date(2026, 11, 30))
    for at, prefix in ((ENGLISH, ""), (RUSSIAN, "/ru")):
        page = search(client, typed, at=at)

        shown = [link(card) for card in page.main.all("article")]
        assert shown[: len(addresses)] == [f"{prefix}{address}" for address in addresses]
        assert count(page) > 0
        assert page.main.all("p", class_="empty") == []
        assert "Found by another spelling" not in page.main.all("article")[0].text


@pytest.mark.once
def test_a_question_of_which_a_word_is_nowhere_is_answered_in_part(client: Client, db: None) -> None:
    for typed, (about, address) in IN_PART.items():
        page = search(client, typed)

        assert page.main.one("p", class_="empty").text == (
            f"Nothing holds all of these words; this is what is recorded of {about}."
        )
        assert first_answer(page) == address
    shown = search(client, "Лачин население", at=RUSSIAN)
    assert "вот что известно по запросу «Лачин»" in shown.main.one("p", class_="empty").text
    assert first_answer(shown) == "/ru/cities/lachin/"


def test_a_card_says_whether_the_place_held_the_year(
    client: Client, empty_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "today", lambda: datetime.date(2018, 5, 1))
    titles = {}
    for name, year in (("Alpha", 2017), ("Beta", 2018), ("Gamma", 2019), ("Delta", 2019)):
        city = make_city(slug=name.lower(), name=name, names=0, sources=0)
        titles[name] = make_designation(city=city, year=year, sources=0)
    make_city(slug="omega", name="Omega", names=0, sources=0)
    Designation.objects.filter(pk=titles["Delta"].pk).update(replaced_by=titles["Gamma"])
    write_search_entries("default")

    said = {
        typed: [one.text for one in search(client, typed).main.all("article")[0].all("p", class_="said")]
        for typed in ("alpha 2017", "beta now", "gamma 2019", "alpha 2019", "omega", "alpha")
    }
    assert said == {
        "alpha 2017": ["It held the title in 2017."],
        "beta now": ["It holds the title this year."],
        "gamma 2019": ["It is to hold the title in 2019."],
        "alpha 2019": ["It is not recorded as a capital of 2019."],
        "omega": ["It is not recorded among the capitals."],
        "alpha": [],
    }
    replaced = search(client, "delta 2019").main.all("article")[0]
    assert replaced.one("p", class_="replaced").text == "Named, but the year went to Gamma"


@pytest.mark.once
def test_a_country_comes_with_its_titles_and_a_city_with_its_description(client: Client, db: None) -> None:
    card = cards(search(client, "capitals of Belarus"))[0]
    assert [badge.text for badge in card.all("li", class_="badge")] == [
        "Gomel 2011",
        "Mogilev 2013",
        "Brest 2019",
        "Molodechno 2027",
    ]
    assert card.one("ul", class_="badges").hrefs[0] == "/cities/gomel/#gomel-2011"
    lachin = City.objects.get(pk="lachin")
    assert lachin.description[:60] in cards(search(client, "Lachin"))[0].text


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Белоруссия", "belarus"),
        ("столицы Киргизии", "kyrgyzstan"),
        ("Молдавия", "moldova"),
        ("Туркмения", "turkmenistan"),
        ("Turkey", "turkiye"),
    ],
)
def test_a_country_is_found_by_names_that_no_page_shows(
    typed: str, key: str, client: Client, db: None
) -> None:
    page = search(client, typed, at=RUSSIAN)

    assert first_answer(page) == f"/ru/countries/{key}/"
    assert typed not in cards(page)[0].text


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

    asking = ASKING | ASKING_OF_A_CAPITAL | ASKING_OF_A_PLACE | set(TIME) | set(CEREMONY)
    assert {fold(name) for name in names} & asking == set()


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("CIS cultural capital 2026", "2026"),
        ("2017-ci il", "2017"),
        ("2017г", "2017"),
        ("2017-2018 гг.", "2017 2018"),
        ("Ганджа 2017 г", "gandzha 2017"),
        ("1812 г.", "1812 g"),
        ("столица", "stolitsa"),
        ("город I", "gorod i"),
        ("совет министров культуры", "sovet ministrov kultury"),
        ("столица культуры Сочи", "sochi"),
    ],
)
def test_a_question_is_read_without_the_words_that_only_ask(typed: str, asked: str) -> None:
    read = SearchQuery.read(typed)

    assert read.asked.spaced == asked
    assert read.asked.asked.spaced == asked
