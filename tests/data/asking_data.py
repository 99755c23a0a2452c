"""What schemathesis has to know of the filters beside OpenAPI, which has no words for it."""

from __future__ import annotations

from typing import Any

import schemathesis

YEARS = ("year_min", "year", "year_max")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Years that are understood one by one stand in their order: run backwards they are refused."""
    query = case.query or {}
    given = [name for name in YEARS if str(query.get(name)).isdigit()]
    for name, year in zip(given, sorted(int(query[name]) for name in given), strict=True):
        query[name] = year
