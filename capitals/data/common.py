"""Facts that the public forms of several kinds of records share."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from capitals.data.fields import Fact, day, flattened, reference, text, twins
from capitals.models.log import last_change


def with_changes(rows: QuerySet[Any], table: str) -> QuerySet[Any]:
    """`rows` of a table with `updated`, the day of each record's last change."""
    found: QuerySet[Any] = rows.annotate(updated=last_change(table))
    return found


def updated() -> Fact:
    return day("updated", _("The day of the edition in which it last changed."))


def country(name: str, meaning: Any, path: str = "", *, required: bool = True) -> tuple[Fact, ...]:
    """A country by key, code and names."""
    path = path or name
    code = text(f"{name}_code", _("Its code in ISO 3166-1."), f"{path}.code", required=required)
    return (*reference(name, meaning, path, to="countries", required=required), code)


def summarised() -> tuple[Fact, ...]:
    """What is told of a record in words."""
    return flattened(
        twins("summary", _("In short: at most 60 words."), required=True),
        twins("account", _("What goes beyond the summary.")),
        twins("note", _("How we came to it: what was counted, what is inferred.")),
    )


def original(name: str) -> tuple[Fact, ...]:
    """What a source calls it."""
    return (
        text(name, _("What a source calls it, in the source’s language.")),
        text("original_language", _("The language of that name, as in BCP 47.")),
    )
