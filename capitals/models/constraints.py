"""Named constraints that several models share."""

from __future__ import annotations

from django.db.models import CheckConstraint, Q

from capitals.words.dates import FIRST_YEAR, LAST_YEAR


def year_rule(field: str, name: str) -> CheckConstraint:
    """The named constraint that `field` lies in the years that the site accepts."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": FIRST_YEAR, f"{field}__lte": LAST_YEAR}),
        name=name,
        violation_error_message="The year must lie between 1991 and 2100.",
    )


def language_rule(text: str, language: str, name: str) -> CheckConstraint:
    """The named constraint that `text`, where there is one, comes with its `language`."""
    return CheckConstraint(
        condition=Q(**{text: ""}) | ~Q(**{language: ""}),
        name=name,
        violation_error_message="A text in the original needs its language.",
    )


def exactly_one_of(fields: tuple[str, ...]) -> Q:
    """True when one of `fields` is set and no other.

    Written out as alternatives: `Q ^ Q ^ Q` is true for three as well.
    """
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition
