"""Texts that are too long end with a sentence, else with a word."""

from __future__ import annotations

import pytest

from capitals.models import Event
from capitals.words.shortening import shortened


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("It fits.", 8, "It fits."),
        ("It was opened. Then came a fair of crafts.", 20, "It was opened."),
        ("Was it opened? «Да.» Then came a fair.", 20, "Was it opened?"),
        ("Город назвал «Открытие». Затем ярмарка.", 30, "Город назвал «Открытие»."),
        # Not every full stop ends a sentence.
        ("Delegations went to St. Petersburg by rail.", 28, "Delegations went to St…"),
        ("Театр им. Горького показал спектакль.", 20, "Театр им. Горького…"),
        ("In version 10.2 of the plan nothing changed.", 20, "In version 10.2 of…"),
        # One short sentence says too little.
        (
            "Held once. It brought musicians of nine states together.",
            40,
            "Held once. It brought musicians of nine…",
        ),
        ("One word, another and a third", 12, "One word…"),
        ("One – another", 7, "One…"),
        ("Extraordinarily", 6, "Extra…"),
    ],
)
def test_a_text_is_cut_behind_a_sentence_else_between_words(text: str, length: int, expected: str) -> None:
    assert shortened(text, length) == expected
    assert len(shortened(text, length)) <= length


@pytest.mark.once
def test_no_summary_is_cut_within_a_word(db: None) -> None:
    for event in Event.objects.all():
        for text in (event.summary, event.summary_ru):
            cut = shortened(text, 155).removesuffix("…")
            assert len(cut) < 156
            assert not text.removeprefix(cut)[:1].isalnum(), cut
