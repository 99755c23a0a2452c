"""The store of kept responses: bounded in bytes, what was asked for longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from capitals.kept.variants import Variant


class Store:
    """Variants by their keys, `capacity` bytes of them at most; may be used by several threads at once."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.size = 0
        """Bytes kept now."""
        self._kept: OrderedDict[Hashable, Variant] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Variant | None:
        """What is kept under `key`, which is thereby used last; None where nothing is."""
        with self._lock:
            variant = self._kept.get(key)
            if variant is not None:
                self._kept.move_to_end(key)
        return variant

    def put(self, key: Hashable, variant: Variant) -> None:
        """Keep `variant`; for its sake others go. What would take more than half of all room is not kept."""
        if variant.size * 2 > self.capacity:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self.size += variant.size - (before.size if before else 0)
            self._kept[key] = variant
            while self.size > self.capacity:
                _key, gone = self._kept.popitem(last=False)
                self.size -= gone.size

    def clear(self) -> None:
        """Keep nothing of what was kept."""
        with self._lock:
            self._kept.clear()
            self.size = 0
