"""What an editor may have forgotten: no mistake, so that the record loads without it."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.staticfiles import finders

from capitals.models import Decision, Designation
from capitals.record.changes import edition_that_is_missing
from capitals.record.entries import Fixtures
from capitals.record.problems import Problem

DRAW = "CONTRIBUTING, “A picture for sharing”, has the command that draws it."


def reminders(fixtures: Fixtures) -> Iterator[Problem]:
    """What only the editor can add, explain or clear away. Asks no database."""
    for shown in fixtures.passed_over:
        what = "It was passed over, as what editors and systems leave behind."
        yield Problem(shown, 1, "", "", what, "If it holds records, rename it; else remove it.")
    yield from titles_without_a_picture(fixtures)
    yield from titles_that_nobody_decided_on(fixtures)
    yield from edition_that_is_missing(fixtures)


def titles_without_a_picture(fixtures: Fixtures) -> Iterator[Problem]:
    """Cities and years of held titles whose picture for sharing was not drawn, each once."""
    told = set()
    for entry, title in fixtures.of(Designation):
        if title.replaced_by_id:
            continue
        for field, name in (("city", title.city_id), ("year", str(title.year))):
            if name not in told and finders.find(f"sharing/{name}.png") is None:
                yield entry.problem(field, f"“{name}” has no picture for sharing.", DRAW)
            told.add(name)


def titles_that_nobody_decided_on(fixtures: Fixtures) -> Iterator[Problem]:
    """Titles without a deciding step, where it is not said either how far it was searched for."""
    decided = {
        key
        for entry, decision in fixtures.of(Decision)
        if decision.kind == Decision.Kind.DECIDED
        for key, _line in entry.many.get("names", ())
    }
    for entry, title in fixtures.of(Designation):
        if title.pk not in decided and title.searched_to is None:
            what = "No decision of the kind “decided” names this title."
            yield entry.problem("", what, "Add it, or say in searched_to up to when it was searched for.")
