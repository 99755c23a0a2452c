"""The fonts that we serve: what they cover, what they weigh, what they may be used for."""

from __future__ import annotations

import re
import unicodedata

from processes import ROOT

FONTS = ROOT / "static" / "fonts"
STYLE = (ROOT / "static" / "site.css").read_text()

MOST_BYTES = 120_000
"""What all files together may weigh; no page loads more than all of them."""
LEFT_TO_THE_SYSTEM = ("ARABIC", "HEBREW", "CJK", "EXTENDED ARABIC", "ZERO WIDTH")


def faces() -> list[dict[str, str]]:
    """The descriptors of each face that is a file of ours."""
    found = []
    for block in re.findall(r"@font-face \{([^}]+)\}", STYLE):
        descriptors = dict(re.findall(r"([a-z-]+): ([^;]+)", block))
        if "url(" in descriptors["src"]:
            found.append(descriptors)
    return found


def characters(face: dict[str, str]) -> set[str]:
    """What the face's range holds."""
    found: set[str] = set()
    for span in face["unicode-range"].replace("U+", "").split(", "):
        first, _hyphen, last = span.partition("-")
        found |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return found


def family(name: str) -> set[str]:
    """What all faces of the family hold."""
    return set().union(*(characters(face) for face in faces() if face["font-family"].strip('"') == name))


def written() -> set[str]:
    """Every character of the record, the templates and their Russian, but for spellings never displayed."""
    folders = {"fixtures": "*.yaml", "templates": "*.html", "heritage/locale": "*.po"}
    files = [file for folder, names in folders.items() for file in (ROOT / folder).rglob(names)]
    assert {file.suffix for file in files} == {".yaml", ".html", ".po"}
    never_displayed = re.compile(r"- model: capitals\.cityname\n  fields:\n(?:    .*\n)*?    kind: search\n")
    return set("".join(never_displayed.sub("", file.read_text()) for file in files))


def test_every_letter_of_the_record_has_a_face_of_ours_beside_scripts_that_only_few_names_use() -> None:
    own = family("Literata") | family("Noto Serif Armenian") | family("Noto Serif Georgian")

    missing = {
        character
        for character in written() - own
        if character.isprintable() and not unicodedata.name(character, "").startswith(LEFT_TO_THE_SYSTEM)
    }
    assert missing == set()


def test_labels_have_the_letters_that_texts_have() -> None:
    assert family("Golos Text") == family("Literata")


def test_headings_in_russian_do_not_ask_for_a_face_without_russian_letters() -> None:
    russian = {chr(code) for code in range(0x410, 0x450)}

    assert not russian & family("Literata Display")
    # Else the Latin figures among them would stand in another cut than the words.
    assert ":root:lang(ru) { --display: var(--serif); }" in STYLE


def test_the_alphabets_of_the_states_are_whole() -> None:
    alphabets = {
        "Azerbaijani": "abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ",
        "Turkmen": "äňöşüýžçÄŇÖŞÜÝŽÇ",
        "Uzbek": "oʻgʻʼOʻGʻ",
        "Romanian": "ăâîșțĂÂÎȘȚ",
        "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
        "Belarusian": "ўіЎІ",
        "Kazakh": "әғқңөұүһіӘҒҚҢӨҰҮҺІ",
        "Kyrgyz": "ңөүҢӨҮ",
        "Tajik": "ғӣқӯҳҷҒӢҚӮҲҶ",
        "Ukrainian": "ґєіїҐЄІЇ",
    }

    for language, letters in alphabets.items():
        assert set(letters) - family("Literata") == set(), language
    assert {chr(code) for code in [*range(0x531, 0x557), *range(0x561, 0x588)]} <= family(
        "Noto Serif Armenian"
    )
    assert {chr(code) for code in range(0x10D0, 0x10F1)} <= family("Noto Serif Georgian")


def test_no_two_files_of_a_family_hold_the_same_letter() -> None:
    for name in {face["font-family"] for face in faces()}:
        of_family = [characters(face) for face in faces() if face["font-family"] == name]
        assert sum(map(len, of_family)) == len(set().union(*of_family)), name


def test_the_style_sheet_names_every_file_and_all_together_stay_light() -> None:
    files = {file.name: file.stat().st_size for file in FONTS.glob("*.woff2")}

    assert {re.findall(r"fonts/([a-z-]+\.woff2)", face["src"])[0] for face in faces()} == set(files)
    assert sum(files.values()) < MOST_BYTES


def test_no_face_moves_a_text_that_already_stands() -> None:
    assert {face["font-display"] for face in faces()} == {"optional"}


def test_the_licence_of_every_family_is_served_beside_it() -> None:
    licensed = {file.name: file.read_text() for file in FONTS.glob("LICENCE-*.txt")}

    families = {face["font-family"].strip('"').removesuffix(" Display") for face in faces()}
    assert set(licensed) == {f"LICENCE-{name.lower().replace(' ', '-')}.txt" for name in families}
    for text in licensed.values():
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
