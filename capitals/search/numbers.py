"""Sets of entries by their numbers: kept small in the database, and whole in one integer to work with.

Bit 7 of the integer says whether entry 7 is in the set: what two sets share, how many there are
and which come first is asked in a few instructions, whatever the number of entries.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

FEW, MANY = b"f", b"m"
"""How a set is kept: as numbers of four bytes, or as one bit for each entry; whichever is shorter."""
LETTER = "I"
CHUNK = 64
"""Bytes that are looked through together."""


def packed(numbers: array[int], size: int) -> bytes:
    """A set of numbers below `size`, as the database keeps it; an empty one is empty."""
    if len(numbers) * numbers.itemsize <= size // 8:
        return FEW + numbers.tobytes() if numbers else b""
    return MANY + _as_bits([numbers], size).to_bytes(size // 8 + 1, "little")


def union(kept: Iterable[bytes | memoryview[int]]) -> int:
    """The numbers that are in one of the sets."""
    bits, few = 0, []
    for one in map(bytes, kept):
        if one[:1] == MANY:
            bits |= int.from_bytes(one[1:], "little")
        elif one:
            few.append(array(LETTER, one[1:]))
    size = max((max(numbers) for numbers in few), default=0)
    return bits | _as_bits(few, size) if few else bits


def _as_bits(several: Iterable[array[int]], size: int) -> int:
    room = bytearray(size // 8 + 1)
    for numbers in several:
        for number in numbers:
            room[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(room, "little")


def between(first: int, number: int) -> int:
    """So many numbers from the first on."""
    return ((1 << number) - 1) << first


def chosen(bits: int, first: int, last: int) -> list[int]:
    """The numbers of the set in their order, from the place `first` to before the place `last`."""
    found: list[int] = []
    kept = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    seen = 0
    for start in range(0, len(kept), CHUNK):
        chunk = int.from_bytes(kept[start : start + CHUNK], "little")
        number = chunk.bit_count()
        if seen + number > first:
            every = [start * 8 + place for place in range(CHUNK * 8) if chunk >> place & 1]
            found += every[max(first - seen, 0) : last - seen]
        seen += number
        if seen >= last:
            break
    return found
