"""What a result shows: the words of the query in a text, marked, and the passage that holds most of them."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from capitals.models import SearchEntry
from capitals.models.searchable import Spelling
from capitals.search.results import (
    BEFORE,
    LENGTH,
    PHRASES,
    MatchedText,
    Piece,
    Result,
    best_line,
    best_passage,
)
from capitals.words.folding import fold, fold_letter
from capitals.words.query import SearchQuery

pytestmark = pytest.mark.once

QUERIES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["gence", "нурсултан", "щ", "a", "", " ", "%", "2013", "st petersburg", "круглый стол", "ab b a"]
    ),
)
# Letters that fold to none, one or several, beside spaces, accents and signs.
LETTERS = "aAbBgeəëёщЩьъйıİßŉﬁǆ北Գև ՀՈՒ\u0301\u0308'ʻ-–—.,;  \u00a0\u202e2017"
TEXTS = st.one_of(st.text(), st.text(alphabet=LETTERS, max_size=400))
SENTENCES = st.lists(
    st.text(alphabet="abgeəщ17-", min_size=1, max_size=12).filter(fold), min_size=1, max_size=150
).map(" ".join)


def read(typed: str) -> SearchQuery:
    return SearchQuery.read(typed)


def marks(text: str, typed: str) -> list[str]:
    """The parts of `text` that are marked for a query."""
    return [piece.text for piece in MatchedText(text, read(typed)).pieces() if piece.matched]


def whole(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


# The query


@pytest.mark.parametrize(
    ("typed", "words", "together"),
    [
        ("Gəncə", ["gence"], "gence"),
        ("Нур-Султан", ["nur", "sultan"], "nursultan"),
        ("  St.  Petersburg ", ["st", "petersburg"], "stpetersburg"),
        ("baku Baku BAKU gabala", ["baku", "gabala"], "bakubakubakugabala"),
        ("O'sh", ["osh"], "osh"),
        ("ганджа 2017", ["gandzha", "2017"], "gandzha2017"),
        ("a|b", ["a", "b"], "ab"),
        ("%_\\", [], ""),
        ("", [], ""),
    ],
)
def test_a_query_is_its_folded_words_each_once_and_the_whole_as_one(
    typed: str, words: list[str], together: str
) -> None:
    query = read(typed)

    assert [word.text for word in query.words] == words
    assert query.together.text == together


@pytest.mark.parametrize(
    ("word", "pattern"),
    [
        ("osh", " osh"),
        ("az", " az"),
        ("gyum", "gyum"),
        ("2017", " 2017"),
        ("12345678", " 12345678"),
        ("2017a", "2017a"),
    ],
)
def test_short_words_and_numbers_are_looked_for_at_the_beginnings_of_words(word: str, pattern: str) -> None:
    assert read(word).words[0].pattern == pattern


@pytest.mark.parametrize(
    ("word", "year"),
    [
        ("1990", None),
        ("1991", 1991),
        ("2017", 2017),
        ("2100", 2100),
        ("2101", None),
        ("02017", None),
        ("201", None),
        ("20a7", None),
        ("٢٠١٧", 2017),
    ],
)
def test_a_number_is_a_year_where_the_site_accepts_it(word: str, year: int | None) -> None:
    assert read(word).words[0].year == year


@given(st.text())
def test_whatever_is_typed_can_be_read(typed: str) -> None:
    query = read(typed)

    assert query.words == read(query.spaced).words
    assert all(word.text and word.pattern.strip() == word.text for word in query.words)


# Marks


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Gəncə", "gence", ["Gəncə"]),
        ("Gəncə şəhəri", "GENCE", ["Gəncə"]),
        ("Нур-Султан", "нурсултан", ["Нур-Султан"]),
        ("Нур-Султан", "nursultan", ["Нур-Султан"]),
        ("Нур-Султан", "nur sultan", ["Нур", "Султан"]),
        ("Нұр-Сұлтан", "нурсултан", ["Нұр-Сұлтан"]),
        ("Saint Petersburg", "петерсбург", ["Petersburg"]),
        ("Магілёў", "магилеу", ["Магілёў"]),
        ("Գյումրի", "gyumri", []),
        ("Երևան", "երևան", ["Երևան"]),
        ("Երևան", "ԵՐԵՒԱՆ", ["Երևան"]),
        ("борщ", "borsh", ["борщ"]),
        ("борщ", "borshch", ["борщ"]),
        ("площадь", "ploshch", ["площ"]),
        ("площадь", "ploshchad", ["площад"]),
        ("Straße", "strasse", ["Straße"]),
        ("Straße", "stras", ["Straß"]),
        ("北京", "beijing", ["北京"]),
        ("Oʻzbekiston", "o'zbekiston", ["Oʻzbekiston"]),
        ("O‘zbekiston", "ozbekiston", ["O‘zbekiston"]),
        ("Voro\u0301nezh", "voronezh", ["Voro\u0301nezh"]),
        ("in 2017 and 12017", "2017", ["2017"]),
        ("2017-2018", "2018", ["2018"]),
        ("Osh, not Toshkent, nor Oshoba", "osh", ["Osh", "Osh"]),
        ("Toshkent", "shkent", ["shkent"]),
        ("Round table in Lachin", "lachin round table", ["Round", "table", "Lachin"]),
        ("(Lachin)", "lachin", ["Lachin"]),
        ("“Lachin”–Baku", "baku", ["Baku"]),
        ("", "lachin", []),
        ("Lachin", "", []),
        ("Lachin", "%_", []),
        ("lachin", "lach achin", ["lach", "in"]),
    ],
)
def test_what_matches_is_marked_in_its_own_script_and_whole(text: str, typed: str, marked: list[str]) -> None:
    assert marks(text, typed) == marked


@pytest.mark.parametrize(
    ("text", "typed", "holds"),
    [
        ("Round table in Lachin", "lachin table", True),
        ("Round table in Lachin", "lachin dinner", False),
        ("Нур-Султан", "нурсултан", True),
        ("нурсултан", "nur sultan", True),
        ("the sultan of Nur", "nursultan", False),
        ("lanur-sultan", "nursultan", False),
        ("Toshkent", "osh", False),
        ("", "a", False),
    ],
)
def test_a_text_holds_the_query_with_all_its_words_or_as_one_word(text: str, typed: str, holds: bool) -> None:
    assert MatchedText(text, read(typed)).holds_all is holds


def test_a_word_that_is_not_there_leaves_the_others_marked() -> None:
    assert marks("Round table in Lachin", "lachin dinner") == ["Lachin"]


@given(TEXTS, QUERIES)
@example("щщщ", "s")
@example("ß", "s s")
@example("Gyumri", "gyumri yumr um")
def test_the_pieces_together_are_the_text(text: str, typed: str) -> None:
    pieces = MatchedText(text, read(typed)).pieces()

    assert whole(pieces) == text
    assert all(piece.text for piece in pieces)


@given(TEXTS.filter(fold), st.integers(0, 400))
def test_every_word_of_a_text_is_found_in_it_and_marked(text: str, position: int) -> None:
    words = fold(text).split()
    word = words[position % len(words)]

    assert MatchedText(text, read(word)).holds_all
    assert any(word in "".join(map(fold_letter, mark)) for mark in marks(text, word))


@given(TEXTS, QUERIES)
def test_a_mark_holds_what_it_is_marked_for(text: str, typed: str) -> None:
    """Folded, each mark holds at least a part of a word of the query."""
    query = read(typed)
    asked = query.together.text

    for mark in marks(text, typed):
        folded = "".join(map(fold_letter, mark)).replace(" ", "")
        assert set(folded) & set(asked)


@given(st.text(alphabet="abc ", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_the_pieces_of_a_part_are_that_part(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    matched = MatchedText(text, read("zzz"))

    assert whole(matched.pieces(start, end)) == text[start:end]


# Passages


def test_a_short_text_is_shown_whole() -> None:
    assert best_line("Round table in Lachin", read("lachin")).passage() == [
        Piece("Round table in "),
        Piece("Lachin", matched=True),
    ]


def test_without_a_match_the_passage_is_the_beginning() -> None:
    text = "word " * 100

    shown = whole(best_line(text, read("lachin")).passage())

    assert shown.endswith(" …")
    assert text.startswith(shown.removesuffix(" …"))
    assert LENGTH - len("word ") <= len(shown) <= LENGTH + len(" …")


def test_a_long_text_is_cut_between_words_around_what_matches() -> None:
    text = "before " * 60 + "round table in Lachin " + "after " * 60

    shown = whole(best_line(text, read("lachin")).passage())

    assert shown.startswith("… before ")
    assert "before round table in Lachin after" in shown
    assert shown.endswith(" after …")
    assert shown.index("round") <= BEFORE + len("… ")
    assert len(shown) <= LENGTH + len("…  …")


def test_the_passage_shows_the_most_words_of_the_query() -> None:
    text = "Lachin first. " + "x " * 200 + "A round table in Lachin. " + "x " * 200 + "A round hall."

    shown = best_line(text, read("lachin round table")).passage()

    assert [piece.text for piece in shown if piece.matched] == ["round", "table", "Lachin"]


def test_the_same_word_many_times_is_one_word() -> None:
    text = "Lachin Lachin Lachin Lachin. " + "x " * 200 + "A round table in Lachin. "

    assert "round" in whole(best_line(text, read("lachin round")).passage())


def test_among_equal_places_the_first_is_shown() -> None:
    text = "x " * 100 + "first Lachin " + "x " * 200 + "second Lachin"

    assert "first" in whole(best_line(text, read("lachin")).passage())


def test_of_the_lines_that_with_the_most_words_is_shown_the_first_among_equals() -> None:
    text = "A hall in Lachin\nA round table in Lachin\nThe round table of Lachin"

    assert whole(best_line(text, read("lachin table round")).passage()) == "A round table in Lachin"
    assert whole(best_line(text, read("lachin")).passage()) == "A hall in Lachin"
    assert whole(best_line(text, read("nothing")).passage()) == "A hall in Lachin"


def test_no_text_has_no_passage() -> None:
    assert best_line("", read("lachin")).passage() == []


@pytest.mark.parametrize("gap", [0, 40, 100, 300, 1000])
def test_in_a_text_without_spaces_what_matches_is_shown_too(gap: int) -> None:
    """As in Chinese."""
    shown = best_line("文" * gap + "北京" + "文" * 1000, read("北京")).passage()

    assert [piece.text for piece in shown if piece.matched] == ["北京"]
    assert len(whole(shown)) <= LENGTH + len("…  …")


@given(TEXTS, QUERIES)
def test_no_text_and_no_query_is_too_strange_for_a_passage(text: str, typed: str) -> None:
    shown = whole(best_line(text, read(typed)).passage()).removeprefix("… ").removesuffix(" …")

    assert shown in text


@given(SENTENCES, st.integers(0, 200))
def test_a_passage_shows_what_matched_and_is_cut_between_words(text: str, position: int) -> None:
    words = text.split()
    typed = words[position % len(words)]
    query = read(typed)

    pieces = best_line(text, query).passage()
    shown = whole(pieces)

    assert any(piece.matched for piece in pieces)
    assert len(shown) <= LENGTH + len("…  …")
    bare = shown.removeprefix("… ").removesuffix(" …")
    assert f" {bare} " in f" {text} "
    assert shown.startswith("… ") or text.startswith(bare)
    assert shown.endswith(" …") or text.endswith(bare)
    assert (bare == text) == (shown == text)


# The passage of two texts


def kept(*spelling: str) -> dict[str, str]:
    """A spelling as an entry keeps it."""
    return asdict(Spelling(*spelling))


def entry(**fields: object) -> SearchEntry:
    """An entry that stands in no database."""
    defaults = {
        "title": "Ganja",
        "title_ru": "Гянджа",
        "text": "",
        "text_ru": "",
        "spellings": [],
        "folded_names": "| ganja | gyandzha |",
    }
    return SearchEntry(**{**defaults, **fields})


@pytest.mark.parametrize(
    ("text", "text_ru", "typed", "in_english", "in_russian"),
    [
        pytest.param("A fair.", "Ярмарка.", "ganja", ("A fair.", ""), ("Ярмарка.", ""), id="in-neither"),
        pytest.param("Fair 2017", "2017 год", "2017", ("Fair 2017", ""), ("2017 год", ""), id="in-both"),
        pytest.param("A fair.", "Ярмарка.", "ярмарка", ("A fair.", ""), ("Ярмарка.", ""), id="in-Russian"),
        pytest.param("A fair.", "Ярмарка.", "fair", ("A fair.", ""), ("Ярмарка.", ""), id="in-English"),
        pytest.param(
            "Fair 2017",
            "В 2017 году",
            "fair 2017",
            ("Fair 2017", ""),
            ("В 2017 году", ""),
            id="one-holds-more",
        ),
        pytest.param("A fair.", "", "ganja", ("A fair.", ""), ("A fair.", "en"), id="no-Russian"),
        pytest.param("", "Ярмарка.", "ganja", ("Ярмарка.", "ru"), ("Ярмарка.", ""), id="no-English"),
        pytest.param("", "", "ganja", ("", ""), ("", ""), id="no-text"),
    ],
)
def test_the_passage_is_of_the_text_in_the_page_s_language_where_there_is_one(
    text: str, text_ru: str, typed: str, in_english: tuple[str, str], in_russian: tuple[str, str]
) -> None:
    """Its language is told where it is not the page's."""
    both = entry(text=text, text_ru=text_ru)

    for language, shown in (("en", in_english), ("ru", in_russian)):
        with override(language):
            result = Result(both, read(typed))
            passage, _language = best_passage(both, read(typed))
        assert (whole(result.passage), result.passage_language) == shown, language
        assert passage == result.passage


# A result


def spelling(result: Result) -> tuple[str, str, str] | None:
    """Which spelling a result shows: itself, its language and what it is."""
    found = result.spelling
    return (whole(found.pieces), found.language, found.phrase) if found else None


GANJA = [
    kept("Gəncə", "az", "official"),
    kept("Gandja", "fr", "common"),
    kept("Yeni Gəncə", "az", "variant"),
    kept("Kirovabad", "en", "former", "Until 1991.", "До 1991 года."),
    kept("Kirovabad city", "en", "former"),
]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ganja", None),
        ("gence", ("Gəncə", "az", "the official name of Ganja in Azerbaijani")),
        ("gan", None),
        ("gandja", ("Gandja", "fr", "the name of Ganja in French")),
        ("yeni", ("Yeni Gəncə", "az", "another spelling of Ganja")),
        ("kirovabad", ("Kirovabad", "", "a former name of Ganja")),
        ("kirovabad city", ("Kirovabad city", "", "a former name of Ganja")),
        ("kirova", ("Kirovabad", "", "a former name of Ganja")),
        ("kirovabad 2017", ("Kirovabad", "", "a former name of Ganja")),
        ("ganja 2017", None),
    ],
)
def test_a_result_shows_the_spelling_that_matches_best_where_its_title_does_not(
    typed: str, shown: tuple[str, str, str] | None
) -> None:
    names = "| ganja | gence | gandja | yeni gence | yenigence | kirovabad | kirovabad city | kirovabadcity |"
    assert spelling(Result(entry(spellings=GANJA, folded_names=names), read(typed))) == shown


def test_the_name_that_is_the_query_is_shown_before_one_that_begins_with_it_or_holds_it() -> None:
    names = [
        kept("Old Zeta", "en", "former"),
        kept("Zeta town", "en", "former"),
        kept("Zeta", "en", "former"),
    ]

    def shown(number: int) -> str:
        result = Result(entry(spellings=names[:number]), read("zeta"))
        assert result.spelling
        return whole(result.spelling.pieces)

    assert [shown(1), shown(2), shown(3)] == ["Old Zeta", "Zeta town", "Zeta"]


@pytest.mark.parametrize(
    ("typed", "in_english", "in_russian"),
    [
        pytest.param("zeta", "Zeta town", "Зета городок", id="the-page's-among-equals"),
        pytest.param("зета", "Zeta town", "Зета городок", id="in-whatever-script"),
        pytest.param("zeta stadt", "Zeta Stadt", "Zeta Stadt", id="first-the-query-itself"),
        pytest.param("зета городок", "Зета городок", "Зета городок", id="first-what-was-typed"),
        pytest.param("nova", "Nova", "Nova", id="first-the-name-that-is-no-longer"),
    ],
)
def test_of_spellings_that_match_alike_that_in_the_page_s_language_is_shown(
    typed: str, in_english: str, in_russian: str
) -> None:
    """Whichever of the two is listed first; its language is told where it is not the page's."""
    names = {"Zeta town": "en", "Nova Зета": "ru", "Nova": "de", "Зета городок": "ru", "Zeta Stadt": "de"}
    spellings = [kept(name, language, "former") for name, language in names.items()]

    for listed in (spellings, spellings[::-1]):
        for language, shown in (("en", in_english), ("ru", in_russian)):
            with override(language):
                found = spelling(
                    Result(entry(title="Alpha", title_ru="Альфа", spellings=listed), read(typed))
                )
            assert found
            assert found[0] == shown
            assert found[1] == ("" if names[shown] == language else names[shown])


def test_a_name_that_some_use_is_shown_with_who_uses_it() -> None:
    names = [kept("Berdzor", "en", "used_by", "Armenian name.", "Армянское название.")]

    lachin = entry(title="Lachin", title_ru="Лачин", spellings=names)

    assert spelling(Result(lachin, read("berdzor"))) == (
        "Berdzor",
        "",
        "a name that some use for Lachin. Armenian name.",
    )
    with override("ru"):
        assert spelling(Result(lachin, read("berdzor"))) == (
            "Berdzor",
            "en",
            "название, которое употребляют некоторые (Лачин). Армянское название.",
        )


def test_a_hidden_spelling_is_told_of_but_not_shown() -> None:
    hidden = entry(folded_names="| ganja | gyanja |")

    result = Result(hidden, read("gyanja"))

    assert result.hidden_spelling
    assert result.spelling is None
    assert not Result(hidden, read("ganja")).hidden_spelling
    assert not Result(hidden, read("nizami")).hidden_spelling


@pytest.mark.parametrize("kind", PHRASES)
@pytest.mark.parametrize("language", ["az", "zh-Latn", "uz-Cyrl", "und", ""])
def test_every_kind_of_name_in_every_language_can_be_told(kind: str, language: str) -> None:
    record = entry(title_ru="Альфа", spellings=[kept("100% Zeta", language, kind, "50%", "50 %")])
    in_english = Result(record, read("zeta")).spelling
    with override("ru"):
        in_russian = Result(record, read("zeta")).spelling

    assert in_english
    assert in_russian
    assert not re.search(r"%\(", in_english.phrase + in_russian.phrase)
    assert re.search("[а-я]", in_russian.phrase)
    assert not re.search("[а-яё]", in_english.phrase)


@given(TEXTS, TEXTS, QUERIES)
def test_no_title_no_name_and_no_query_is_too_strange_for_a_result(title: str, name: str, typed: str) -> None:
    result = Result(entry(title=title, text=title, spellings=[kept(name, "az", "former")]), read(typed))

    assert whole(result.title) == title
    assert result.spelling is None or whole(result.spelling.pieces) == name
