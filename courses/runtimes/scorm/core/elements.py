"""What an element of the data model is; the tables are in ``table_12`` and ``table_2004``."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from courses.runtimes.scorm.core.formats import Reader, decimal_of

Value = str | int | Decimal
"""Texts and words as they are, numbers as ``Decimal``, spans as whole hundredths of a second."""


class Access(StrEnum):
    """What a SCO may do with an element. Keywords are ``_children``, ``_count``, ``_version``."""

    READ = "read"
    WRITE = "write"
    BOTH = "both"
    KEYWORD = "keyword"


@dataclass(frozen=True, slots=True)
class DataType:
    """``name`` as the standard calls it; ``least`` and ``most`` bound numbers, both inclusive.

    ``is_text`` tells types where an empty value is a value; elsewhere it means "not set".
    """

    name: str
    read: Reader
    least: Decimal | None = None
    most: Decimal | None = None
    is_text: bool = False

    def holds(self, value: Value) -> bool:
        """Whether a value of the type is within its bounds."""
        if not isinstance(value, Decimal):
            return True
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )


@dataclass(frozen=True, slots=True)
class Element:
    """One line of a data model: ``cmi.interactions.n.id`` stands for every index.

    ``default`` is the value before anybody set one. ``wide`` is what is accepted beyond the
    standard, since real packages need it; such values are noted.
    """

    name: str
    access: Access
    type: DataType
    default: str = ""
    wide: DataType | None = None


Table = Mapping[str, Element]


def number(
    name: str, least: int | None = None, most: int | None = None, *, read: Reader = decimal_of
) -> DataType:
    """A number between ``least`` and ``most``."""
    return DataType(
        name,
        read,
        None if least is None else Decimal(least),
        None if most is None else Decimal(most),
    )


def text(name: str, read: Reader) -> DataType:
    return DataType(name, read, is_text=True)
