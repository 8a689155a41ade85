"""Judging one element: may it be set to this, may it be read, and which error says no."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from courses.runtimes.scorm.core.elements import Access, Element, Table, Value
from courses.runtimes.scorm.core.manifest import Version
from courses.runtimes.scorm.core.responses import is_response_12, is_response_2004
from courses.runtimes.scorm.core.table_12 import TABLE_12
from courses.runtimes.scorm.core.table_2004 import TABLE_2004, TABLE_2004_3RD

NO_ERROR = 0
MOST_ROWS = 1000
"""Rows of one collection; the standards ask for 250 at least."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The error codes of one standard by what went wrong.

    1.2 has no word for a range or an order of its own: these are an incorrect type and an invalid
    argument.
    """

    unknown: int
    keyword: int
    read_only: int
    write_only: int
    wrong_type: int
    out_of_range: int
    dependency: int
    out_of_order: int
    no_children: int
    no_count: int


CODES_12 = Codes(
    unknown=401,
    keyword=402,
    read_only=403,
    write_only=404,
    wrong_type=405,
    out_of_range=405,
    dependency=201,
    out_of_order=201,
    no_children=202,
    no_count=203,
)
CODES_2004 = Codes(
    unknown=401,
    keyword=404,
    read_only=404,
    write_only=405,
    wrong_type=406,
    out_of_range=407,
    dependency=408,
    out_of_order=351,
    no_children=301,
    no_count=301,
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """``value`` of its type; ``is_wide`` where only our leniency let it pass."""

    value: Value
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why an element was not taken: the ``code`` of the standard; texts are shortened."""

    name: str
    value: str
    code: int


def elements_of(version: Version) -> Table:
    """The data model of a version, by the names of its elements with ``n`` for indices."""
    if version is Version.SCORM_12:
        return TABLE_12
    return TABLE_2004 if version is Version.SCORM_2004_4TH else TABLE_2004_3RD


_INDEX = re.compile(r"\.(0|[1-9][0-9]{0,4})(?=\.)")
_NAME = re.compile(r"(?:cmi|adl)(?:\.[A-Za-z0-9_]+)+")
_RESPONSES = (".student_response", ".learner_response", ".pattern")


class Judge:
    """Judges elements one after another, remembering what is set, as rows depend on it."""

    def __init__(self, version: Version, *, is_strict: bool = False) -> None:
        self.version = version
        self.table = elements_of(version)
        self.codes = CODES_2004 if version.is_2004 else CODES_12
        self.is_strict = is_strict
        self.set_already: dict[str, Value] = {}
        self._counts: dict[str, int] = {}
        self._objective_ids: dict[str, str] = {}

    def element(self, name: str) -> Element | None:
        if len(name) > 255 or not _NAME.fullmatch(name):
            return None
        return self.table.get(_INDEX.sub(".n", name))

    def judge(self, name: str, text: str) -> Accepted | Rejection:
        """Whether a SCO may set ``name`` to ``text`` now; what is accepted is remembered."""
        element = self.element(name)
        if element is None:
            code = self.codes.unknown if name.startswith(("cmi.", "adl.")) else self.malformed
        elif element.access is Access.KEYWORD:
            code = self.codes.keyword
        elif element.access is Access.READ:
            code = self.codes.read_only
        else:
            code = self._order(name) or self._dependency(name)
        if code or element is None:
            return Rejection(name[:255], text[:255], code)
        verdict = self._typed(name, element, text)
        if isinstance(verdict, Accepted):
            if self._is_taken(name, element, verdict.value):
                return Rejection(name[:255], text[:255], self.codes.out_of_order)
            self._remember(name, verdict.value)
        return verdict

    @property
    def malformed(self) -> int:
        return self.codes.unknown if self.version.is_2004 else 201

    def rows(self, name: str) -> list[tuple[str, int]]:
        """Every collection on the way of ``name``, with the index in it."""
        return [(name[: match.start()], int(match[1])) for match in _INDEX.finditer(name)]

    def count(self, collection: str) -> int:
        """How many rows the collection has."""
        return self._counts.get(collection, 0)

    def _order(self, name: str) -> int:
        """Rows are made one after another, without gaps."""
        for collection, index in self.rows(name):
            if index > self.count(collection) or index >= MOST_ROWS:
                return self.codes.out_of_order
        return NO_ERROR

    def _dependency(self, name: str) -> int:
        """2004 wants a row's id before its other parts, and a question's type before answers."""
        rows = self.rows(name)
        if not self.version.is_2004 or not rows:
            return NO_ERROR
        row = f"{rows[0][0]}.{rows[0][1]}"
        is_identified = rows[0][0] in ("cmi.interactions", "cmi.objectives")
        if is_identified and name != f"{row}.id" and f"{row}.id" not in self.set_already:
            return self.codes.dependency
        if name.endswith((".learner_response", ".pattern")):
            return NO_ERROR if f"{row}.type" in self.set_already else self.codes.dependency
        return NO_ERROR

    def _is_taken(self, name: str, element: Element, value: Value) -> bool:
        """In 2004 an objective keeps its id, and no two share one."""
        if not self.version.is_2004 or element.name != "cmi.objectives.n.id":
            return False
        if self.set_already.get(name, value) != value:
            return True
        return self._objective_ids.setdefault(str(value), name) != name

    def _typed(self, name: str, element: Element, text: str) -> Accepted | Rejection:
        if not self.version.is_2004 and text == "" and element.type.name == "CMIDecimal":
            return Accepted("")
        value = element.type.read(text)
        if value is not None and not self._is_response(name, text):
            value = None
            if not self.is_strict and len(text) <= 4096:
                return Accepted(text, is_wide=True)
        if value is None and element.wide is not None and not self.is_strict:
            value = element.wide.read(text)
            if value is not None:
                return Accepted(value, is_wide=True)
        if value is None:
            return Rejection(name[:255], text[:255], self.codes.wrong_type)
        if not element.type.holds(value):
            return Rejection(name[:255], text[:255], self.codes.out_of_range)
        return Accepted(value)

    def _is_response(self, name: str, text: str) -> bool:
        """Whether an answer has the form of its question's type, where the type is known."""
        if not name.endswith(_RESPONSES):
            return True
        collection, index = self.rows(name)[0]
        kind = self.set_already.get(f"{collection}.{index}.type")
        if not isinstance(kind, str):
            return True
        if not self.version.is_2004:
            return is_response_12(kind, text)
        return is_response_2004(kind, text, is_pattern=name.endswith("pattern"))

    def _remember(self, name: str, value: Value) -> None:
        self.set_already[name] = value
        for collection, index in self.rows(name):
            self._counts[collection] = max(self.count(collection), index + 1)


def judge_set(
    version: Version,
    name: str,
    text: str,
    *,
    known: Mapping[str, str] | None = None,
    is_strict: bool = False,
) -> Accepted | Rejection:
    """Whether a SCO may set the element, after it has set those ``known``."""
    judge = Judge(version, is_strict=is_strict)
    for earlier, value in (known or {}).items():
        judge.judge(earlier, value)
    return judge.judge(name, text)


def judge_get(version: Version, name: str, *, known: Mapping[str, str] | None = None) -> int:
    """The error code of reading the element: 0, or why not.

    ``known`` are the values that have been set. Elements of a row that does not exist, and in 2004
    elements without a value and a default, cannot be read.
    """
    judge = Judge(version)
    for earlier, value in (known or {}).items():
        judge.judge(earlier, value)
    element = judge.element(name)
    if element is None:
        parent, _, last = name.rpartition(".")
        exists = judge.element(parent) is not None
        if exists and last == "_children":
            return judge.codes.no_children
        if exists and last == "_count":
            return judge.codes.no_count
        return judge.codes.unknown if name.startswith(("cmi.", "adl.")) else judge.malformed
    if element.access is Access.WRITE:
        return judge.codes.write_only
    for collection, index in judge.rows(name):
        if index >= judge.count(collection):
            return 301 if version.is_2004 else judge.codes.out_of_order
    is_set = name in judge.set_already or element.default or element.access is Access.KEYWORD
    if version.is_2004 and not is_set and element.access is Access.BOTH:
        return 403
    return NO_ERROR
