"""Names with the endings of Azerbaijani, Armenian and Belarusian."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capitals.words.inflection import INFLECTING, inflected


@pytest.mark.parametrize(
    ("name", "language", "forms"),
    [
        ("Laçın", "az", "Laçının Laçına Laçını Laçında Laçından Laçınla Laçındır"),
        ("Gəncə", "az", "Gəncənin Gəncəyə Gəncəni Gəncədə Gəncədən Gəncələ Gəncədir"),
        ("Şuşa", "az", "Şuşanın Şuşaya Şuşanı Şuşada Şuşadan Şuşala Şuşadır"),
        ("Daşoğuz", "az", "Daşoğuzun Daşoğuza Daşoğuzu Daşoğuzda Daşoğuzdan Daşoğuzla Daşoğuzdur"),
        ("Gümrü", "az", "Gümrünün Gümrüyə Gümrünü Gümrüdə Gümrüdən Gümrülə Gümrüdür"),
        ("Brst", "az", ""),
        ("Լաչին", "hy", "Լաչինը Լաչինն Լաչինի Լաչինին Լաչինում Լաչինից Լաչինով"),
        ("Մեղրի", "hy", "Մեղրին Մեղրիի Մեղրիին Մեղրիում Մեղրիից Մեղրիով Մեղրու Մեղրուն Մեղրուց"),
        ("Գաբալա", "hy", "Գաբալան Գաբալայի Գաբալային Գաբալայում Գաբալայից Գաբալայով"),
        ("Բաքու", "hy", "Բաքուն Բաքուի Բաքուին Բաքուում Բաքուից Բաքուով"),
        ("Брэст", "be", "Брэста Брэсту Брэстам Брэсце"),
        ("Магілёў", "be", "Магілёва Магілёву Магілёвам Магілёве"),
        ("Гомель", "be", "Гомеля Гомелю Гомелем Гомелі Гомеллю"),
        ("Мінск", "be", "Мінска Мінску Мінскам"),
        ("Варонеж", "be", "Варонежа Варонежу Варонежам Варонежы"),
        ("Маладзечна", "be", "Маладзечны Маладзечну Маладзечнай Маладзечнам Маладзечне"),
        ("Бярэсце", "be", "Бярэсця Бярэсцю Бярэсцем Бярэсці"),
        ("Душанбэ", "be", ""),
        ("Лачин", "ru", "Лачина Лачину Лачином Лачине"),
        ("Ganja", "en", ""),
    ],
)
def test_a_name_takes_the_endings_of_its_language(name: str, language: str, forms: str) -> None:
    assert inflected(name, language) == forms.split()


@given(st.text(alphabet="aəıIuŞğաիոուկаьетўк -", max_size=6), st.sampled_from(sorted(INFLECTING)))
def test_no_name_is_too_strange_to_be_inflected(name: str, language: str) -> None:
    forms = inflected(name, language)

    assert name not in forms
    assert len(forms) == len(set(forms))
