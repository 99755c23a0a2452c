"""The addresses of records' pages."""

from __future__ import annotations

import functools

from django.urls import reverse

from capitals.words.languages import page_language

A_KEY = "key"


def address_of(page: str, key: str) -> str:
    """The address of the record with that key on the pages of that name in `capitals/urls.py`.

    A page links to hundreds of records, and `reverse` tries patterns for each. It is asked once for
    each kind of page and language: keys stand in addresses as they are (`PermanentKeyField`).
    """
    before, after = _around_a_key(page, page_language())
    return f"{before}{key}{after}"


@functools.cache
def _around_a_key(page: str, _language: str) -> tuple[str, str]:
    """What stands before and after the key in the addresses of those pages, in the page's language."""
    address = reverse(page, args=[A_KEY])
    before, _key, after = address.rpartition(A_KEY)
    return before, after
