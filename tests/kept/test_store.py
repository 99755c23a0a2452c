"""The store holds so many bytes and no more."""

from __future__ import annotations

from capitals.kept.encodings import PLAIN
from capitals.kept.store import Store
from capitals.kept.variants import Variant, Whole, variant_of


def made(length: int) -> Variant:
    body = bytes(length)
    return variant_of(Whole("200 OK", (("Content-Type", "image/png"),), body, {}), PLAIN)


EACH = made(10_000).size


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    store = Store(capacity=EACH * 4)
    for key in "abcd":
        store.put(key, made(10_000))
    store.get("a")

    store.put("e", made(10_000))

    assert [key for key in "abcde" if store.get(key)] == ["a", "c", "d", "e"]
    assert store.size == EACH * 4


def test_one_that_would_take_more_than_half_of_all_room_is_not_kept() -> None:
    store = Store(capacity=EACH * 4)
    store.put("small", made(10_000))

    store.put("large", made(2 * EACH))

    assert (store.get("large"), len(store)) == (None, 1)


def test_the_same_key_is_counted_once() -> None:
    store = Store(capacity=EACH * 10)
    for _ in range(30):
        store.put("a", made(10_000))

    assert (len(store), store.size) == (1, EACH)


def test_a_cleared_store_has_room_again() -> None:
    store = Store(capacity=EACH * 4)
    store.put("a", made(10_000))

    store.clear()

    assert (store.get("a"), len(store), store.size) == (None, 0, 0)
