"""In which encoding a body is sent: what a reader's program takes, and how it is packed."""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PLAIN = "identity"

PACKED: dict[str, Callable[[bytes], bytes]] = {
    # Smaller than gzip's 6 at the same cost; the levels above take several times as long.
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstd.compress(body, 9),
    # Without a time, so that the same body is the same bytes each time.
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
"""How each encoding is made, in the order of our liking: where a reader's program takes several alike."""

UNPACKED: dict[str, Callable[[bytes], bytes]] = {
    PLAIN: bytes,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
    "gzip": gzip.decompress,
}

FEWEST_BYTES = 200
"""Below this nothing is won by packing."""
_COMPRESSIBLE = re.compile(
    # Our archive too: what it holds is stored in it as it is.
    r"text/.*|application/(?:.*\+)?(?:json|xml|zip)|application/javascript|image/svg\+xml"
)
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_SAME = {"x-gzip": "gzip"}
_LONGEST_REMEMBERED = 200
"""Letters of a header whose reading is remembered; browsers send some thirty."""


def is_compressible(content_type: str) -> bool:
    """Whether bodies of this type grow smaller; pictures and fonts are packed already."""
    return _COMPRESSIBLE.fullmatch(content_type.partition(";")[0].strip()) is not None


def encoding_for(accepted: str, ours: tuple[str, ...] = tuple(PACKED)) -> str:
    """The best of our encodings that the header `Accept-Encoding` takes (RFC 9110, 12.5.3).

    Of those with the highest weight, the first of ours; plain where it is liked better than all of
    them. Also where it says that plain is not taken and none of ours is: better than nothing.
    """
    return (_remembered if len(accepted) <= _LONGEST_REMEMBERED else _chosen)(accepted, ours)


def _chosen(accepted: str, ours: tuple[str, ...]) -> str:
    weights = dict(_weights(accepted))
    others = weights.get("*", 0.0)
    best = max(ours, key=lambda name: weights.get(name, others))
    weight = weights.get(best, others)
    return best if weight > 0 and weight >= weights.get(PLAIN, 0.0) else PLAIN


_remembered = lru_cache(maxsize=256)(_chosen)


def _weights(accepted: str) -> Iterator[tuple[str, float]]:
    """Each encoding named, with how much it is liked; one whose weight cannot be read is not taken."""
    for item in accepted.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        weight = "1"
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = value.strip()
        yield _SAME.get(name, name), float(weight) if _WEIGHT.fullmatch(weight) else 0.0
