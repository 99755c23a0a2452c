"""README's table of the kinds of records: what each must say, and the closed lists that it chooses from."""

from __future__ import annotations

from django.db import models

from capitals.models.whole import RECORD
from capitals.record.described import fields_of, has_key, parts_of
from capitals.record.entries import key_name

BEGIN, END = "<!-- kinds: made by manage.py describe -->\n", "<!-- end of kinds -->\n"
HEAD = "| `model:` | must have | closed lists | may hold |\n| --- | --- | --- | --- |\n"


def with_kinds_table(text: str) -> str:
    """The text with the table as the models have it now between its marks; ValueError where those are not."""
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"The marks of the table are missing: {BEGIN.strip()} and {END.strip()}.")
    return f"{before}{BEGIN}{HEAD}{''.join(map(_row, RECORD))}{END}{after}"


def _row(model: type[models.Model]) -> str:
    fields = fields_of(model)
    key = [f"`pk`{_made_of(model)}"] if has_key(model) else []
    must = ", ".join([*key, *(f"`{one.name}`" for one in fields if one.is_needed)])
    lists = "; ".join(f"`{one.name}`: {', '.join(one.choices)}" for one in fields if one.choices)
    parts = ", ".join(f"`{name}`" for name in parts_of(model))
    return f"| `{model._meta.label_lower}` | {must} | {lists} | {parts} |\n"


def _made_of(model: type[models.Model]) -> str:
    """What its key is made of, where the model says so."""
    text = str(model._meta.get_field(key_name(model)).help_text)  # type: ignore[union-attr]
    return f" ({text.rstrip('.')})" if text else ""
