"""Pieces of queries that several models share: orders by name, years of partial dates.

Every order ends in a unique key and says where unknown dates stand, so that it is the
same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, IntegerField, Max, Min, Q, QuerySet, Value, When
from django.db.models.expressions import Expression, OrderBy
from django.db.models.indexes import IndexExpression
from django.db.models.sql.compiler import SQLCompiler

from capitals.words.languages import RUSSIAN, page_language

Years = tuple[int, int]
"""The first and the last of some calendar years."""


def name_order(path: str = "") -> str:
    """The column that sorts the records at `path` by their names in the page's language."""
    return f"{path}{'russian_order' if page_language() == RUSSIAN else 'folded'}"


def position(field: str, values: tuple[str, ...]) -> Case:
    """The position of `field`'s value in `values`, as an expression to order by."""
    cases = [When(**{field: value}, then=Value(number)) for number, value in enumerate(values)]
    return Case(*cases, default=Value(len(values)), output_field=IntegerField())


class UnknownLast(OrderBy):
    """In an index: descending, what is unknown last.

    SQLite puts NULL there without being told, and takes no index that says so.
    """

    def __init__(self, expression: Expression | F | str) -> None:
        super().__init__(
            F(expression) if isinstance(expression, str) else expression, descending=True, nulls_last=True
        )

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **options: Any) -> Any:
        plain = self.copy()
        plain.nulls_last = False
        return super(UnknownLast, plain).as_sql(compiler, connection, **options)


IndexExpression.register_wrappers(*IndexExpression.wrapper_classes, UnknownLast)


def in_year(field: str, year: int) -> Q:
    """That the partial date `field` lies in that calendar year."""
    return Q(**{f"{field}__gte": f"{year}", f"{field}__lt": f"{year + 1}"})


def span(rows: QuerySet[Any], first: str, last: str) -> Years | None:
    """The calendar years of the least `first` and the greatest `last`, partial dates, among `rows`."""
    found = rows.aggregate(first=Min(first), last=Max(last))
    return (found["first"].year, found["last"].year) if found["first"] else None
