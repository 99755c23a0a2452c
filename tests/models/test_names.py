"""What a city is and was called: today, in the year of its title, and in between."""

from __future__ import annotations

import pytest
from django.test import Client
from factories import make_city, make_decision, make_designation, make_sister_title, make_source
from markup import Element, Page

from capitals.models import City, CityName, Designation, Source
from capitals.words.languages import ENGLISH, language_name

pytestmark = pytest.mark.django_db


def make_name(city: City, name: str, language: str, kind: str, *years: int | None) -> CityName:
    first, last = years or (None, None)
    return CityName.objects.create(
        city=city, name=name, language=language, kind=kind, from_year=first, to_year=last
    )


@pytest.fixture
def astana(empty_record: None) -> City:
    """A city that was Akmola, Astana, Nur-Sultan, and is Astana again."""
    city = make_city(slug="astana", name="Astana", names=0)
    for language, akmola, name, nur_sultan in (
        ("kk", "Ақмола", "Астана", "Нұр-Сұлтан"),
        ("ru", "Акмола", "Астана", "Нур-Султан"),
        ("en", "Akmola", "Astana", "Nur-Sultan"),
    ):
        make_name(city, akmola, language, "former", 1992, 1998)
        make_name(city, name, language, "former", 1998, 2019)
        make_name(city, nur_sultan, language, "former", 2019, 2022)
        make_name(city, name, language, "common" if language == "en" else "official", 2022, None)
    make_name(city, "Целиноград", "ru", "former", None, None)
    make_name(city, "Nursultan", "en", "search", None, None)
    return city


def names(found: list[CityName]) -> list[str]:
    return [name.name for name in found]


@pytest.mark.parametrize(
    ("year", "english", "native"),
    [
        (1995, "Akmola", ["Ақмола", "Акмола"]),
        (2012, "Astana", ["Астана"]),
        (2020, "Nur-Sultan", ["Нұр-Сұлтан", "Нур-Султан"]),
        (2024, "Astana", ["Астана"]),
    ],
)
def test_a_city_is_called_as_it_was_in_that_year(
    astana: City, year: int, english: str, native: list[str]
) -> None:
    city = City.objects.with_names().get()

    assert city.called_in(year, ENGLISH).words == english
    assert names(city.native_names_in(year, ENGLISH)) == native
    assert names(city.native_names(ENGLISH)) == ["Астана"]


def test_names_without_years_hold_for_every_year(empty_record: None) -> None:
    city = make_city(name="Goris", names=0)
    make_name(city, "Գորիս", "hy", "official")
    make_name(city, "Горис", "ru", "common")
    make_name(city, "Горис", "be", "common")
    make_name(city, "Гёрюсы", "ru", "former")
    city = City.objects.with_names().get()

    assert names(city.native_names_in(2018, ENGLISH)) == ["Գորիս", "Горис"]
    assert city.called_in(2018, ENGLISH).words == "Goris"


def test_names_that_came_and_went_since_a_year_are_told_once(astana: City) -> None:
    assert names(astana.names_since(2012, ENGLISH)) == ["Nur-Sultan"]
    assert names(astana.names_since(1990, ENGLISH)) == ["Akmola", "Nur-Sultan"]
    assert astana.names_since(2019, ENGLISH) == []


def test_the_page_of_a_year_shows_the_names_of_that_year(client: Client, astana: City) -> None:
    for year in (2012, 2020):
        make_designation(city=astana, year=year)

    then, later = (Page(client.get(f"/capitals/{year}/").content.decode()).main for year in (2012, 2020))

    assert then.one("section", aria_labelledby="astana-2012").one("h2").text == "Astana"
    assert [note.text for note in then.all("p", class_="note")] == ["Called Nur-Sultan from 2019 to 2022"]
    assert later.one("h2", id="astana-2020").text == "Nur-Sultan"
    assert later.all("p", class_="names")[0].text.startswith("Нұр-Сұлтан · Нур-Султан · ")
    assert [note.text for note in later.all("p", class_="note")] == ["Today Astana"]


def test_the_real_page_of_2012_tells_that_astana_was_nur_sultan_for_a_while(client: Client) -> None:
    page = Page(client.get("/capitals/2012/").content.decode()).main

    assert page.one("h2", id="astana-2012").text == "Astana"
    assert "Called Nur-Sultan from 2019 to 2022" in page.text


def test_all_spellings_of_a_name_stand_in_one_row_with_one_note_and_each_source_once(
    client: Client, empty_record: None
) -> None:
    city = make_city(slug="gyumri", name="Gyumri", names=0, sources=0)
    shared, russian, armenian = make_source(), make_source(), make_source()
    for name, language, kind, key, years, *sources in (
        ("Գյումրի", "hy", "official", "gyumri", (), shared, armenian),
        ("Гюмри", "ru", "common", "gyumri", (), shared),
        ("Gümrü", "tr", "variant", "", (), shared),
        ("Kumayri", "en", "former", "", (1990, 1992), shared),
        ("Leninakan", "en", "former", "leninakan", (1924, 1990), shared),
        ("Լենինական", "hy", "former", "leninakan", (1924, 1990), shared, armenian),
        ("Ленинакан", "ru", "former", "leninakan", (1924, 1990), shared, russian),
        ("Kumayri", "hy", "former", "", ()),
    ):
        spelling = make_name(city, name, language, kind, *years)
        spelling.spelling_of, spelling.note = key, "Named after Lenin." if name == "Ленинакан" else ""
        spelling.save()
        spelling.sources.set(sources)
    page = Page(client.get("/cities/gyumri/").content.decode()).main

    def rows(place: Element) -> list[str]:
        """What the rows say before the sources that are folded."""
        lists = [one for one in place.all("ul") if one.parent and one.parent.classes != ["more-sources"]]
        found = [row for row in lists[0].children if isinstance(row, Element)]
        return [row.text.partition(" 1 more source")[0].partition(" 2 more sources")[0] for row in found]

    today, others = page.one("aside", aria_labelledby="facts").all("dd")[-2:]
    assert rows(today) == ["Գյումրի (Armenian, official) · Гюмри (Russian)[1]"]
    assert others.all("summary")[0].text == "4 names"
    assert rows(others) == [
        "Gümrü (Turkish)[1]",
        "Kumayri",
        "Leninakan · Լենինական · Ленинакан, 1924–1990[1]",
        "Kumayri, 1990–1992[1]",
    ]
    assert [note.text for note in others.all("span", class_="note")] == ["Named after Lenin."]
    assert [span.attributes["lang"] for span in others.all("span")[2:5]] == ["en", "hy", "ru"]
    mentions = {link.attributes["id"] for link in page.all("a") if "id" in link.attributes}
    back = {link.attributes["href"].removeprefix("#") for link in page.all("a", class_="back")}
    assert back == {mention for mention in mentions if mention.startswith("cite-")}


def test_a_spelling_shared_by_languages_stands_once(empty_record: None) -> None:
    city = make_city(slug="gomel", name="Gomel", names=0)
    for language in ("be", "ru"):
        make_name(city, "Гомель", language, "official")
    CityName.objects.update(spelling_of="gomel")
    (name,) = City.objects.with_names().get().names_in_use()

    assert [[spelling.language for spelling in one] for one in name.spellings()] == [["be", "ru"]]


def test_the_real_record_names_leninakan_once_in_three_scripts() -> None:
    others = City.objects.with_names().get(pk="gyumri").other_names()

    assert [names(list(name.names))[0] for name in others] == ["Alexandropol", "Leninakan", "Kumayri"]
    assert names(list(others[1].names)) == ["Leninakan", "Լենինական", "Ленинакан"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("hy", "Armenian"),
        ("uz-Cyrl", "Uzbek (Cyrillic script)"),
        ("be-tarask", "Belarusian (classical spelling)"),
        ("zh", "Chinese"),
        ("xx", "xx"),
        ("kk-Xxxx", "Kazakh (Xxxx)"),
    ],
)
def test_a_language_is_named_with_its_script_where_that_is_not_the_usual_one(code: str, name: str) -> None:
    assert language_name(code) == name


def test_every_language_that_the_real_pages_name_has_a_name() -> None:
    shown = {name.language for name in CityName.objects.displayed()}
    shown |= set(Source.objects.values_list("language", flat=True))

    assert len(shown) > 15
    assert {code for code in shown if language_name(code) == code} == set()


@pytest.mark.parametrize("designation", ["astana-2012", "shymkent-2020", "gabala-2013", "lachin-2025"])
def test_a_real_title_has_a_native_name_of_its_year(designation: str) -> None:
    found = Designation.objects.with_city().get(pk=designation)

    assert found.native_names(ENGLISH)
    assert set(names(found.native_names(ENGLISH))) <= {name.name for name in found.city.names.all()}


def test_a_city_that_was_named_and_replaced_is_told_but_counts_as_no_capital(
    client: Client, empty_record: None
) -> None:
    petersburg = make_designation(city=make_city(slug="saint-petersburg", name="Saint Petersburg"), year=2023)
    comrat = make_city(slug="comrat", name="Comrat")
    named = make_designation(city=comrat, year=2023, replaced_by=petersburg)
    make_decision(names=(named,), date="2021-10-15")

    def shown(address: str) -> Element:
        return Page(client.get(address).content.decode()).main

    year = shown("/capitals/2023/")
    assert [section.attributes["aria-labelledby"] for section in year.all("section")][:2] == [
        "saint-petersburg-2023",
        "comrat-2023",
    ]
    replaced = "Named, but the year went to Saint Petersburg"
    assert [badge.text for badge in year.all("p", class_="replaced")] == [replaced]
    for address in ("/capitals/", "/cities/comrat/", f"/countries/{comrat.country_id}/"):
        assert replaced in shown(address).text, address
    assert shown("/cities/comrat/").one("p", class_="kicker").text == "Named for 2023"
    assert "the handover" not in shown("/cities/comrat/").text
    assert "Comrat" not in shown("/").one("ol", class_="ladder").text
    assert "Comrat" not in shown("/cities/").one("section", aria_labelledby="capitals").text
    titles = {
        row.one("th").text: row.all("td")[0].text for row in shown("/countries/").one("tbody").all("tr")
    }
    assert titles[comrat.country.name] == "none 2023 (named, but the year went to another)"


def test_titles_of_other_programmes_stand_on_the_citys_page_and_apart_on_the_programmes(
    client: Client, empty_record: None
) -> None:
    astana = make_city(slug="astana", name="Astana")
    make_sister_title(
        slug="turkic-world", name="Cultural Capital of the Turkic World", held_by=((astana, 2012),)
    )
    make_designation(city=astana, year=2012)

    city = Page(client.get("/cities/astana/").content.decode()).main
    programme = Page(client.get("/programme/").content.decode()).main

    held = city.one("section", aria_labelledby="other-titles")
    assert [item.text for item in held.all("li")] == ["Cultural Capital of the Turkic World 2012[2]"]
    assert held.one("li").all("a")[0].attributes["href"] == "/programme/#turkic-world"
    apart = programme.one("section", aria_labelledby="sister-titles")
    assert apart.one("details", id="turkic-world").one("h3")
    assert "/cities/astana/" in apart.hrefs
