"""Identifiers that outlive hosts, languages and loads, and the site's own addresses in full."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.utils.encoding import iri_to_uri

from capitals.words.languages import ENGLISH, address_in

NAMESPACE = uuid.UUID("46fcba6e-6491-4df5-ba78-598711fb77bc")
"""Drawn once and never to change: what other programs have kept is known to them by what follows from it."""


def permanent_id(path: str) -> uuid.UUID:
    """The identifier of what stands at `path`: the same on each host and for both languages.

    A record's path is permanent, and so is this.
    """
    return uuid.uuid5(NAMESPACE, address_in(ENGLISH, path))


def full_address(path: str) -> str:
    """`path` with scheme and host: those of the setting, never those of a request."""
    return f"{settings.SITE_URL}{iri_to_uri(path)}"
