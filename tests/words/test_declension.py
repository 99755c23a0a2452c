"""Russian names in their cases, and slips of the keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capitals.words.declension import case_forms
from capitals.words.keyboard import in_one_script, on_the_other_layout


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Гянджа", "Гянджи Гяндже Гянджу Гянджой Гянджей"),
        ("Астана", "Астаны Астане Астану Астаной"),
        ("Лачин", "Лачина Лачину Лачином Лачине"),
        ("Воронеж", "Воронежа Воронежу Воронежем Воронеже"),
        ("Молодечно", "Молодечна Молодечну Молодечном Молодечне"),
        ("Верный", "Верного Верному Верным Верном"),
        ("Армения", "Армении Армению Арменией"),
        ("Китай", "Китая Китаю Китаем Китае"),
        ("Беларусь", "Беларуся Беларусю Беларусем Беларусе Беларуси Беларусью"),
        ("Алма-Ата", "Алма-Аты Алма-Ате Алма-Ату Алма-Атой"),
        ("Могилев-на-Днепре", "Могилева-на-Днепре Могилеву-на-Днепре Могилевом-на-Днепре Могилеве-на-Днепре"),
        ("Гюмри", ""),
        ("Алматы", ""),
        ("Душанбе", ""),
        ("Баку", ""),
        ("Ganja", ""),
        ("", ""),
    ],
)
def test_a_russian_name_is_declined_by_its_ending(name: str, forms: str) -> None:
    assert case_forms(name) == forms.split()


def test_an_adjective_before_the_name_is_declined_with_it() -> None:
    assert case_forms("Новый Мерв") == ["Нового Мерва", "Новому Мерву", "Новым Мервом", "Новом Мерве"]


@given(st.text(alphabet="абвгжйоьыяАЯ -", max_size=9))
def test_no_name_is_too_strange_to_be_declined(name: str) -> None:
    forms = case_forms(name)

    assert name not in forms
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("Hjccbz", ["Россия"]),
        ("<htcn", ["Брест"]),
        ("j,kfcnm", ["область"]),
        ("Пфтоф", ["Ganja"]),
        ("2017", []),
        ("", []),
    ],
)
def test_a_word_is_read_as_typed_on_the_other_layout(typed: str, made: list[str]) -> None:
    assert on_the_other_layout(typed) == made


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("Бpecт", ["Брест"]),
        ("Gаnjа", ["Ganja"]),
        ("Сaмapкaнд", ["Самарканд"]),
        ("сор", []),
        ("cop", []),
        ("соp", ["сор", "cop"]),
        ("Gжn", []),
    ],
)
def test_letters_of_two_scripts_are_read_as_those_of_one(typed: str, made: list[str]) -> None:
    assert in_one_script(typed) == made
