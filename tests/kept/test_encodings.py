"""Which encoding is chosen, and what is packed at all."""

from __future__ import annotations

import pytest

from capitals.kept.encodings import PACKED, PLAIN, UNPACKED, encoding_for, is_compressible


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", PLAIN),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZip", "gzip"),
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("zstd,gzip", "zstd"),
        ("deflate", PLAIN),
        ("identity", PLAIN),
        ("*", "br"),
        ("gzip;q=0", PLAIN),
        ("gzip;q=0.0", PLAIN),
        ("gzip; q=0.000", PLAIN),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0.5, gzip;q=0.5", "br"),
        ("gzip;q=0.001", "gzip"),
        ("gzip;q=0.5, identity", PLAIN),
        ("gzip;q=0.5, identity;q=0.4", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("identity;q=0, *", "br"),
        ("*;q=0", PLAIN),
        ("*;q=0, gzip", "gzip"),
        ("gzip, *;q=0", "gzip"),
        ("br;q=0, zstd;q=0, *;q=0.3", "gzip"),
        ("identity;q=0", PLAIN),
        ("gzip;q=2", PLAIN),
        ("gzip;q=x", PLAIN),
        ("gzip;level=9;q=1", "gzip"),
        (",, gzip ,", "gzip"),
        (f"{'x' * 5000}, gzip", "gzip"),
    ],
)
def test_of_what_is_taken_the_best_liked_is_chosen_and_of_those_alike_our_first(
    accepted: str, chosen: str
) -> None:
    assert encoding_for(accepted) == chosen


def test_what_is_packed_is_the_same_bytes_each_time_and_unpacks_to_the_body() -> None:
    body = "Гянджа, Ganja, Gəncə. ".encode() * 200

    for encoding, pack in PACKED.items():
        assert pack(body) == pack(body)
        assert len(pack(body)) < len(body) / 10
        assert UNPACKED[encoding](pack(body)) == body


def test_texts_are_packed_and_pictures_are_not() -> None:
    texts = ["text/html; charset=utf-8", "text/csv", "application/json", "application/problem+json"]
    texts += ["application/atom+xml", "image/svg+xml", "application/zip", "text/calendar"]

    assert [kind for kind in texts if not is_compressible(kind)] == []
    assert not any(map(is_compressible, ("image/png", "font/woff2", "application/octet-stream", "")))
