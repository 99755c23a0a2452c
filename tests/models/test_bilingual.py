"""A record's plain text is English on every page; which of its texts a page has, the page says."""

from __future__ import annotations

import pytest
from django.db import models
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
    make_sister_title,
    make_source,
)

from capitals.models import City, CulturalCentre, Event, InTwoLanguages, Source
from capitals.templatetags.texts import plain, shown
from capitals.words.texts import Text


def test_the_plain_text_of_a_record_is_english_whatever_the_page(empty_record: None) -> None:
    city = make_city(name="Ganja", name_ru="Гянджа", names=0)
    sister = make_sister_title(name="Star", name_ru="Звезда", held_by=((city, 2020),))
    records: dict[str, models.Model] = {
        "Ganja": city,
        "Land": make_country(name="Land", name_ru="Страна"),
        "Council": make_body(name="Council", name_ru="Совет"),
        "Ganja 2017": make_designation(city=city, year=2017),
        "Naming": make_decision(title="Naming", title_ru="Решение"),
        "Fair": make_event(title="Fair", title_ru="Ярмарка"),
        "Forum": make_series(name="Forum", name_ru="Форум"),
        "House": make_centre(name="House", name_ru="Дом"),
        "Who?": make_dispute(question="Who?", question_ru="Кто?", city=city),
        "Star": sister,
        "Star 2020: Ganja": sister.holdings.get(),
        "Herald: [News]": make_source(outlet="Herald", title="News", title_ru="Вести", title_given=False),
    }

    with override("ru"):
        assert {text: str(record) for text, record in records.items()} == {text: text for text in records}


@pytest.mark.parametrize(
    ("name_ru", "language", "told"),
    [
        ("Гянджа", "en", Text("Ganja", "en")),
        ("Гянджа", "ru", Text("Гянджа", "ru")),
        ("", "en", Text("Ganja", "en")),
        ("", "ru", Text("Ganja", "en")),
    ],
)
def test_a_text_knows_its_language_where_the_twin_is_missing(name_ru: str, language: str, told: Text) -> None:
    assert City(name="Ganja", name_ru=name_ru).called(language) == told


def test_names_that_are_kept_and_empty_texts_miss_nothing() -> None:
    assert Source(outlet="Report").told("outlet", "ru") == Text("Report", "ru")
    assert City(description="").told("description", "ru") == Text("", "ru")
    assert not City(description="").told("description", "ru")


def test_an_article_keeps_its_title_and_ours_is_translated() -> None:
    article = Source(title="Xəbər", language="az", title_given=True)
    ours = Source(title="A page", title_ru="Страница", title_given=False)

    assert article.called("ru") == Text("Xəbər", "ru")
    assert ours.called("ru") == Text("Страница", "ru")


def test_what_a_russian_source_calls_it_is_its_russian_text() -> None:
    named = Event(title="Songs", title_original="Песни", original_language="ru")
    both = CulturalCentre(name="House", name_ru="Дом культуры", name_original="Дом", original_language="ru")

    assert named.called("ru") == Text("Песни", "ru")
    assert not named.heading_is_ours("ru")
    assert named.original_beside("ru") == ""
    assert named.original_beside("en") == "Песни"
    assert both.called("ru") == Text("Дом культуры", "ru")
    assert both.heading_is_ours("ru")
    assert not both.heading_is_ours("en")
    assert both.original_beside("ru") == "Дом"


def test_a_page_marks_what_is_in_another_language_and_only_that() -> None:
    record: InTwoLanguages = City(name="A & <B>", name_ru="", description="Town", description_ru="Город")

    assert (shown(record), plain(record)) == ("A & <B>", "A & <B>")
    with override("ru"):
        assert shown(record) == '<span lang="en">A &amp; &lt;B&gt;</span>'
        assert plain(record) == "A & <B>"
        assert shown(record, "description") == "Город"
    assert shown(None) == plain(None) == ""
