"""What a filter offers: a list to choose from, or, where that would be too long, names that are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rapidfuzz import process
from rapidfuzz.distance import OSA

from capitals.words.folding import fold, russian_order
from capitals.words.languages import RUSSIAN, page_language

Choices = list[tuple[str, str]]
"""Values, each with its label."""

Spellings = Callable[[str], str | None]
"""Gives the choice that a spelling beside the labels stands for; None where there is none."""

MOST_CHOICES = 500
"""As many as a browser shows at once without a wait; of more the name is typed."""
NEAR_ENOUGH = 0.7
"""The least likeness of a word to the one that may have been meant, from 0 to 1."""
NEAREST = 3


@dataclass(frozen=True)
class Typed:
    """Choices that are too many for a list: each is looked up by itself, when it is asked for."""

    rows: QuerySet[Any, Any]
    """Value, English label and Russian label of each; the first two may be the same."""
    value: str
    """The field with the value."""
    spelt: Spellings
    """The value that a label stands for, in whatever script; None where there is none, or several."""

    def label(self, value: str) -> str | None:
        """The label of that value; None where it is none of the choices."""
        found = self.rows.filter(**{self.value: value})[:1]
        return next((label for _value, label in labelled(found)), None)

    def near(self, written: str) -> Choices:
        """The choices whose labels are nearest to what was written; this looks through all of them."""
        choices = labelled(self.rows)
        near = process.extract(
            fold(written),
            [fold(label) for _value, label in choices],
            scorer=OSA.normalized_similarity,
            score_cutoff=NEAR_ENOUGH,
            limit=NEAREST,
        )
        return [choices[position] for _label, _likeness, position in near]


def labelled(rows: Iterable[tuple[str, str, str]]) -> Choices:
    """The rows as choices on a page in its language."""
    if page_language() == RUSSIAN:
        return [(value, russian or english) for value, english, russian in rows]
    return [(value, english) for value, english, _russian in rows]


def list_or_typed(rows: QuerySet[Any, Any], value: str, spelt: Spellings) -> Choices | Typed:
    """The choices in their order, where they are few enough for a list."""
    few = labelled(rows[: MOST_CHOICES + 1])
    return few if len(few) <= MOST_CHOICES else Typed(rows.order_by(), value, spelt)


def in_order(choices: Iterable[tuple[str, str]]) -> Choices:
    """The choices, each once, by their labels as the page's language sorts them."""
    key = russian_order if page_language() == RUSSIAN else fold
    return sorted(set(choices), key=lambda choice: (key(choice[1]), choice[0]))
