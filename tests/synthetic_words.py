"""Made-up names and texts for the synthetic record, in English and Russian, names in five scripts.

None is taken from the record: names are made of syllables, texts of a few plain sentences.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

CONSONANTS = ("bбբბب", "dдդდد", "gгգგگ", "kкկკک", "lлլლل", "mмմმم", "nнնნن", "rрրრر", "sсսსس", "tтտტت")
VOWELS = ("aаաაا", "eеեეه", "iиիიی", "oоոოو", "uуուუو")
ENDINGS = ("", "", "nнնნن", "rрրრر", "kкկკک", "lлլლل")
"""Each letter in the five scripts of a `Name`."""
LETTERS = {"k": ("q", "c", "kh"), "s": ("z", "sh", "ss"), "i": ("y", "ee", "ı"), "u": ("ou", "oo", "ü")}
LETTERS |= {"a": ("ä", "ah", "â"), "e": ("ye", "ə", "é"), "o": ("ö", "au", "ô"), "t": ("th", "tt", "d")}
"""How a letter is also spelt."""
CASES = ("а", "у", "ом", "е", "ский")
"""Endings that a Russian name takes on."""


class Name(NamedTuple):
    """A name in five scripts."""

    latin: str
    cyrillic: str
    armenian: str
    georgian: str
    persian: str

    @property
    def slug(self) -> str:
        return self.latin.lower()

    def spellings(self) -> list[tuple[str, str]]:
        """Ways to spell it that a page would not show, each once with its language."""
        found = [("ka", f"{self.georgian}ი"), ("fa", self.persian), ("ar", f"ال{self.persian}")]
        found += [("ru", f"{self.cyrillic}{ending}") for ending in CASES]
        found += [("hy", f"{self.armenian}ի"), ("de", f"{self.latin}en"), ("lt", f"{self.latin}as")]
        found += [("pl", f"{self.latin}ów"), ("lv", f"{self.latin}a")]
        latin = self.latin.lower()
        for letter, others in LETTERS.items():
            if letter in latin[1:]:
                found += [("und", (latin[0] + latin[1:].replace(letter, other)).title()) for other in others]
        return list(dict.fromkeys(found))


class Names:
    """Names, none given twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._given: set[str] = set()

    def new(self, syllables: int = 3) -> Name:
        """A name of so many syllables, or one more."""
        while True:
            letters = []
            for _ in range(self._random.randint(syllables, syllables + 1)):
                letters += [self._random.choice(CONSONANTS), self._random.choice(VOWELS)]
            letters.append(self._random.choice(ENDINGS))
            # One letter for each script; the Armenian u alone is written with two.
            scripts = zip(*(_five(letter) for letter in letters if letter), strict=True)
            name = Name(*("".join(script).capitalize() for script in scripts))
            if name.latin not in self._given:
                self._given.add(name.latin)
                return name


def _five(letter: str) -> tuple[str, str, str, str, str]:
    return letter[0], letter[1], letter[2:-2], letter[-2], letter[-1]


class Text(NamedTuple):
    """A text in both languages."""

    english: str
    russian: str

    def fields(self, name: str) -> dict[str, str]:
        """As the two fields of a record."""
        return {name: self.english, f"{name}_ru": self.russian}


class Place(NamedTuple):
    """What a sentence is about: a number and a place."""

    number: int
    name: Name


THINGS = (
    Text("concert", "концерт"),
    Text("exhibition", "выставка"),
    Text("festival", "фестиваль"),
    Text("conference", "конференция"),
    Text("forum", "форум"),
    Text("performance", "спектакль"),
    Text("workshop", "мастерская"),
    Text("competition", "конкурс"),
    Text("reading", "чтение"),
    Text("procession", "шествие"),
    Text("film evening", "кинопоказ"),
    Text("meeting of writers", "встреча писателей"),
)
PEOPLE = (
    Text("dancers", "танцоры"),
    Text("musicians", "музыканты"),
    Text("weavers", "ткачи"),
    Text("librarians", "библиотекари"),
    Text("students", "студенты"),
    Text("painters", "художники"),
    Text("singers", "певцы"),
    Text("historians", "историки"),
    Text("guests of the city", "гости города"),
    Text("members of the union", "члены союза"),
)
SENTENCES = (
    Text("A {thing} in {place} had {number} guests.", "{Thing_ru} в городе {place_ru}: гостей — {number}."),
    Text(
        "{People} from {other} showed {number} works.",
        "{People_ru} из города {other_ru} показали {number} работ.",
    ),
    Text(
        "According to one report, {people} of {place} prepared the {thing} together with {other}.",
        "По одному сообщению, {people_ru} города {place_ru} готовили {thing_ru} вместе с городом {other_ru}.",
    ),
    Text("The {thing} went on for {number} days.", "{Thing_ru} продолжается {number} дней."),
    Text(
        "The head of the city's culture department named {number} {people}, among them some from {other}.",
        "Глава управления культуры назвал {number} имён, среди них {people_ru} из города {other_ru}.",
    ),
    Text("No other account of it was found.", "Других сообщений об этом не найдено."),
    Text(
        "A later account speaks of {number} {people} and of a {thing} in the old theatre of {place}.",
        "В более позднем сообщении — {number} имён, {people_ru} и {thing_ru} в театре города {place_ru}.",
    ),
    Text("It was the {number}th {thing} of its kind.", "Это {number}-е событие такого рода: {thing_ru}."),
    Text(
        "{People} came from {other}, {place} and places nearby.",
        "{People_ru} приехали из городов {other_ru}, {place_ru} и соседних мест.",
    ),
)


class Texts:
    """Texts of a length, about places."""

    def __init__(self, random: Random, places: list[Name]) -> None:
        self._random = random
        self._places = places

    def of(self, length: int, place: Name | None = None, most_words: int = 58) -> Text:
        """Sentences about `place`, of about so many letters in each language and no more words."""
        about = place or self._random.choice(self._places)
        wanted = self._random.triangular(0.4, 1.8, 0.8) * length
        english = russian = ""
        while len(english) < wanted:
            sentence = self._sentence(about)
            longer = Text(f"{english} {sentence.english}".strip(), f"{russian} {sentence.russian}".strip())
            if english and max(len(text.split()) for text in longer) > most_words:
                break
            english, russian = longer
        return Text(english, russian)

    def _sentence(self, place: Name) -> Text:
        random = self._random
        sentence, thing, people = random.choice(SENTENCES), random.choice(THINGS), random.choice(PEOPLE)
        other = random.choice(self._places)
        words = {
            "number": random.randint(2, 400),
            "place": place.latin,
            "other": other.latin,
            "thing": thing.english,
            "people": people.english,
            "People": people.english.capitalize(),
        }
        russian = {
            "number": words["number"],
            "place_ru": place.cyrillic,
            "other_ru": other.cyrillic,
            "thing_ru": thing.russian,
            "Thing_ru": thing.russian.capitalize(),
            "people_ru": people.russian,
            "People_ru": people.russian.capitalize(),
        }
        return Text(sentence.english.format(**words), sentence.russian.format(**russian))
