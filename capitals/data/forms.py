"""The public forms of all records, by the names of their tables."""

from __future__ import annotations

from capitals.data.events import EVENTS, SERIES
from capitals.data.fields import Form
from capitals.data.others import CHANGES, DISPUTES, SISTER_TITLES, SOURCES, STATEMENTS
from capitals.data.places import CENTRES, CITIES, COUNTRIES
from capitals.data.titles import BODIES, CAPITALS, DECISIONS

FORMS: dict[str, Form] = {
    form.table: form
    for form in (
        CAPITALS,
        CITIES,
        COUNTRIES,
        EVENTS,
        SERIES,
        CENTRES,
        DECISIONS,
        BODIES,
        SOURCES,
        DISPUTES,
        STATEMENTS,
        SISTER_TITLES,
        CHANGES,
    )
}
"""In the order in which they are told of: those of `models/whole.py`, and what changed in them."""
