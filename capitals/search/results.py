"""What a result of the search shows: the spelling that matched, and the passage, with marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from capitals.models import Designation, SearchEntry
from capitals.models.searchable import Spelling
from capitals.words.folding import fold, fold_letter
from capitals.words.inflection import inflected
from capitals.words.languages import ENGLISH, RUSSIAN, language_name, page_language
from capitals.words.query import SearchQuery, letters_of

LENGTH = 230
"""About how many letters of a text a result shows."""
BEFORE = 60
"""How many of them, at most, stand before what matched."""


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether it is what matched."""

    text: str
    matched: bool = False


@dataclass(frozen=True)
class Match:
    """Where in a text a word of the query stands."""

    start: int
    end: int
    word: str


class MatchedText:
    """A text as it is shown, and where the query matches it."""

    def __init__(self, text: str, query: SearchQuery) -> None:
        self.text = text
        letters = [(folded, place) for place, letter in enumerate(text) for folded in fold_letter(letter)]
        folded = f" {''.join(letter for letter, _place in letters)} "
        places = [0, *(place for _letter, place in letters)]

        def found(word: str, pattern: str) -> list[Match]:
            return [
                Match(places[match.start()], places[match.end() - 1] + 1, word)
                for match in re.finditer(pattern, folded)
            ]

        # The spaces around a word are no part of what is marked.
        matches = [found(word.text, word.pattern.replace(" ", r"\b")) for word in query.words]
        self.holds_all = all(matches)
        if not self.holds_all:
            # “нурсултан” stands in “Нур-Султан”: the query as one word, whatever stands between its letters.
            together = found(query.together.text, r"\b" + " *".join(query.together.text))
            self.holds_all = bool(together)
            matches.append(together)
        self.matches = sorted((match for each in matches for match in each), key=lambda match: match.start)

    @property
    def words(self) -> set[str]:
        """The words of the query that it holds."""
        return {match.word for match in self.matches}

    def pieces(self, start: int = 0, end: int | None = None) -> list[Piece]:
        """The text from `start` to `end` in pieces, what matched apart from the rest."""
        end = len(self.text) if end is None else end
        made, at = [], start
        for match in self.matches:
            if at < match.end <= end:
                first = max(at, match.start)
                made += [Piece(self.text[at:first]), Piece(self.text[first : match.end], matched=True)]
                at = match.end
        made.append(Piece(self.text[at:end]))
        return [piece for piece in made if piece.text]

    def words_from(self, start: int) -> int:
        """How many different words of the query a passage beginning at `start` would show."""
        end = start + LENGTH - BEFORE
        return len({match.word for match in self.matches if start <= match.start and match.end <= end})

    def passage(self) -> list[Piece]:
        """The part that shows the most words of the query, cut between words; else the beginning."""
        best = max(self.matches, key=lambda match: self.words_from(match.start), default=Match(0, 0, ""))
        start, end = 0, len(self.text)
        if best.start > BEFORE:
            space = self.text.rfind(" ", max(0, best.start - 2 * BEFORE), best.start - BEFORE)
            if space < 0:
                space = self.text.find(" ", best.start - BEFORE, best.start)
            # A text without spaces, as in Chinese, is cut between letters.
            start = space + 1 if space >= 0 else best.start - BEFORE
        if end > start + LENGTH:
            space = self.text.rfind(" ", best.end, start + LENGTH)
            end = space if space >= 0 else max(start + LENGTH, best.end)
        before = [Piece("… ")] if start else []
        after = [Piece(" …")] if end < len(self.text) else []
        return [*before, *self.pieces(start, end), *after]


def best_line(text: str, query: SearchQuery) -> MatchedText:
    """The line of `text` that holds the most words of the query, the first among equals."""
    lines = [MatchedText(line, query) for line in text.splitlines()]
    return max(lines, key=lambda line: len(line.words), default=MatchedText("", query))


def best_passage(entry: SearchEntry, query: SearchQuery) -> tuple[list[Piece], str]:
    """The passage that shows the most words of the query, and its language.

    It is the page's wherever there is a text in it, though the other one may match better: a
    reader of one language is not shown a line of the other beside lines of the first.
    """
    texts = {ENGLISH: entry.text, RUSSIAN: entry.text_ru}
    here = page_language()
    language = here if texts[here] else next((each for each in texts if texts[each]), here)
    return best_line(texts[language], query).passage(), language


PHRASES = {
    "official": _("the official name of %(title)s in %(language)s"),
    "common": _("the name of %(title)s in %(language)s"),
    "local": _("a local name of %(title)s in %(language)s"),
    "variant": _("another spelling of %(title)s"),
    "former": _("a former name of %(title)s"),
    "used_by": _("a name that some use for %(title)s. %(note)s"),
    "russian": _("its name in Russian"),
    "english": _("its name in English"),
    "original": _("its title in %(language)s"),
    "document": _("the document"),
    "speaker": _("among the speakers"),
    "author": _("its author"),
    "source": _("an article in %(note)s"),
}
"""What a spelling is to the record that it led to, by its kind."""


DESCRIBED = (SearchEntry.Kind.CITY, SearchEntry.Kind.COUNTRY)


@dataclass(frozen=True)
class TitleOfYear:
    """A year for which a place was asked, and what it held then."""

    year: int
    titles: Sequence[Designation]

    @property
    def held(self) -> Designation | None:
        """The title that it holds, or held, or is to hold."""
        return next((one for one in self._of_the_year if not one.replaced_by), None)

    @property
    def replaced(self) -> Designation | None:
        """The title that another took the place of."""
        return next((one for one in self._of_the_year if one.replaced_by), None)

    @property
    def _of_the_year(self) -> list[Designation]:
        return [title for title in self.titles if title.year == self.year]


@dataclass(frozen=True)
class MatchedSpelling:
    """A name of a record other than its title, which the query matches."""

    pieces: list[Piece]
    language: str
    """Empty where it is the page's."""
    phrase: str


class Result:
    """What a result shows of a search entry for a query."""

    def __init__(
        self,
        entry: SearchEntry,
        query: SearchQuery,
        titles: Sequence[Designation] | None = None,
        years: Sequence[int] = (),
        *,
        inflected_name: bool = False,
    ) -> None:
        self.entry = entry
        self.titles = titles
        """Of the city or country that was asked for; None of any other entry."""
        self.years = [] if titles is None else [TitleOfYear(year, titles) for year in years]
        """Those for which it was asked."""
        self.is_without_title = titles == [] and not years and entry.kind == SearchEntry.Kind.CITY
        here = page_language()
        title = entry.called(here)
        matched = MatchedText(title.words, query)
        self.title = matched.pieces()
        self.title_language = entry.title_language or (title.language if title.language != here else "")
        missing = {word.text for word in query.words} - matched.words
        self.spelling = None if matched.holds_all else self._spelling(query, missing)
        named = not matched.holds_all and self.spelling is None and self._is_named(query)
        self.hidden_spelling = named and not (inflected_name or self._is_inflected(missing))
        # What is named needs no line with its name: its description says more than “Lachin District”.
        told = entry.kind in DESCRIBED and (matched.holds_all or self.spelling or named)
        self.passage, language = best_passage(entry, SearchQuery("") if told else query)
        self.passage_language = "" if language == here else language

    def _spelling(self, query: SearchQuery, missing: set[str]) -> MatchedSpelling | None:
        """The spelling that matches best; among equals one in the page's language.

        It may hold a part of the words, but not only such as the title holds: `missing` are
        those that it lacks.
        """
        best: tuple[tuple[int, bool], Spelling, MatchedText] | None = None
        for spelling in self.entry.spelt():
            matched = MatchedText(spelling.name, query)
            if matched.holds_all or missing & matched.words:
                rank = how_well(spelling.name, query, matched), spelling.language != page_language()
                if best is None or rank < best[0]:
                    best = rank, spelling, matched
        if best is None:
            return None
        (_how_well, foreign), spelling, matched = best
        language = spelling.language if foreign else ""
        return MatchedSpelling(matched.pieces(), language, self._phrase(spelling))

    def _phrase(self, spelling: Spelling) -> str:
        """What the spelling is to the record, in words."""
        russian = page_language() == RUSSIAN
        return str(PHRASES[spelling.kind]) % {
            "title": self.entry.called(page_language()).words,
            "language": language_name(spelling.language),
            "note": spelling.note_ru or spelling.note if russian else spelling.note,
        }

    def _is_named(self, query: SearchQuery) -> bool:
        """Whether a spelling that is never displayed matches."""
        names = self.entry.folded_names
        return query.together.pattern in names or all(word.pattern in names for word in query.words)

    def _is_inflected(self, missing: set[str]) -> bool:
        """Whether the words that its title lacks are forms of the names that it may show."""
        names = [(self.entry.title_ru, RUSSIAN), *((one.name, one.language) for one in self.entry.spelt())]
        forms = {fold(form) for name, language in names for form in inflected(name, language)}
        return missing <= {word for form in forms for word in form.split()}


def how_well(name: str, query: SearchQuery, matched: MatchedText) -> int:
    """How well a name fits what was typed, from 0: is it, folds to it, is in it, begins with it, holds it."""
    folded, letters = fold(name), letters_of(name)
    ranks = (
        letters == query.typed,
        folded == query.spaced,
        letters in query.typed,
        folded.startswith(query.spaced),
        matched.holds_all,
        True,
    )
    return ranks.index(True)
