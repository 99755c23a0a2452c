"""Identifiers that are the same on each host, in both languages and after each load."""

from __future__ import annotations

import uuid

from capitals.words.languages import ENGLISH, address_in

NAMESPACE = uuid.UUID("46fcba6e-6491-4df5-ba78-598711fb77bc")
"""Drawn once and never to change: what other programs have kept is known to them by what follows from it."""


def permanent_id(path: str) -> uuid.UUID:
    """The identifier of what stands at `path`: the same on each host and for both languages.

    A record's path is permanent, and so is this.
    """
    return uuid.uuid5(NAMESPACE, address_in(ENGLISH, path))
