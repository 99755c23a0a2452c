"""Names of countries that readers type and no page shows, by the country's key.

As a city's spellings for the search alone they need no source; a country has no list of names.
"""

from __future__ import annotations

TYPED_NAMES = {
    "belarus": ("Белоруссия",),
    "kyrgyzstan": ("Киргизия",),
    "moldova": ("Молдавия",),
    "turkmenistan": ("Туркмения",),
}
"""All Russian; the search knows them in every case."""
