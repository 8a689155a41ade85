"""What was asked for lately, kept in the memory of the process."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values that never change, up to ``budget`` in total; those not asked for longest leave first.

    What a value costs is said when it is kept, in a unit of the caller's choice. Safe for threads.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._spent = 0
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def keep(self, key: Key, value: Value, cost: int) -> None:
        """Keep the value, unless it alone would take more than the budget."""
        if cost > self._budget:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value, cost
            self._spent += cost
            while self._spent > self._budget:
                _key, (_value, freed) = self._kept.popitem(last=False)
                self._spent -= freed
