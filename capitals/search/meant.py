"""What was meant where nothing was found: on another layout, in mixed scripts, by a slip of the finger."""

from __future__ import annotations

import re

from capitals.models import SearchEntry
from capitals.search.answers import answer_to
from capitals.search.finding import find
from capitals.search.nearest import PLACES, Names, Near, nearest
from capitals.search.questions import Question, read_question
from capitals.words.folding import fold
from capitals.words.keyboard import in_one_script, on_the_other_layout
from capitals.words.languages import ENGLISH, RUSSIAN, page_language
from capitals.words.query import SearchQuery, is_of_a_question

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_WORD = re.compile(r"[\w'’ʻʼ]+")


def what_was_meant(question: Question, typed: str, names: Names, this_year: int) -> tuple[str, list[Near]]:
    """What a reader meant to type, to be searched instead; empty where that is not plain.

    Beside it the entries with names near to what was typed.
    """
    retyped = " ".join(_retyped(word, names) for word in typed.split())
    if retyped != " ".join(typed.split()):
        question = read_question(retyped)
        if answer_to(question, this_year).found.exists():
            return retyped, []
    query = question.by_names()
    sure = {word for place in question.places for word in fold(place.named or place.spelt).split()}
    near = nearest(query, names, sure) if query.words else []
    if not near:
        return "", []
    meant = _in_letters(near[0], retyped)
    as_near = [each.entry.at for each in near if each.likeness == near[0].likeness]
    found = find(SearchQuery.read(meant))
    return (meant if all(map(found.holds, as_near)) else ""), near


def _retyped(word: str, names: Names) -> str:
    """The word as its keys or letters may have been meant; as it is, where that is nearest to a name."""
    ways = [word, *in_one_script(word), *on_the_other_layout(word)]
    return max(ways, key=lambda way: _nearness(way, names))


def _nearness(way: str, names: Names) -> float:
    """How near the word is to one of a name or of a question: 1 for such a word, 0 for none."""
    return min((_nearness_of_part(part, names) for part in fold(way).split()), default=0)


def _nearness_of_part(part: str, names: Names) -> float:
    if part in names.words or is_of_a_question(part):
        return 1
    return max(names.like(part).values(), default=0)


def _in_letters(near: Near, typed: str) -> str:
    """The folded words that would find the entry, in the letters that the record or the reader writes."""
    written = {fold(word): word for word in _WORD.findall(typed)}
    for word in near.words.words:
        written.setdefault(word.text, _spelt(near.entry, word.text, typed))
    return " ".join(dict.fromkeys(written[word.text] for word in near.words.words))


def _spelt(entry: SearchEntry, folded: str, typed: str) -> str:
    """The word of the entry's names that is `folded`, in the script that was typed.

    A spelling of a place that is never shown, or stands in another script, gives way to its name.
    """
    names = [entry.called(page_language()).words, entry.title, entry.title_ru]
    names += [spelling.name for spelling in entry.spelt()]
    said = [*(word for name in names for word in _WORD.findall(name)), *names]
    found = [word for word in said if fold(word).replace(" ", "") == folded]
    cyrillic = bool(_CYRILLIC.search(typed))
    alike = [word for word in found if bool(_CYRILLIC.search(word)) == cyrillic]
    place = entry.city if entry.kind == SearchEntry.Kind.DESIGNATION else entry
    called = place.called(RUSSIAN if cyrillic else ENGLISH).words if place else ""
    is_place = entry.kind in PLACES
    return next(iter([*alike, *([called] if is_place else found)]), called)
