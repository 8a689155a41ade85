"""Prerequisites of SCORM 1.2: which items must be done before another is open (CAM 2.3.2.5.3).

The expressions are those of AICC, over the identifiers of items::

    S1                 S1 is completed or passed
    S1 & S2, S1 | S2   both; one of them
    ~S1                not S1
    S1="failed"        S1 stands so; <> for not
    2*{S1,S2,S3}       two of the three
    ( … )              first
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from courses.runtimes.scorm.core.manifest import Item, Manifest
from courses.runtimes.scorm.core.state import Judgement, ScoState

_TOKEN = re.compile(
    r"\s*(?:(?P<sign><>|[&|~=(){},*])|\"(?P<quoted>[^\"]*)\"|(?P<word>[^\s&|~=<>(){},*\"]+))"
)
_STATUSES = {
    "p": "passed", "c": "completed", "f": "failed", "i": "incomplete", "b": "browsed",
    "n": "not attempted",
}  # fmt: skip
MOST_SIGNS = 4000
MOST_DEPTH = 40

Standing = Callable[[str], str | None]
"""The status of an item in 1.2's words by its identifier; ``None`` for an unknown item."""
Condition = Callable[[Standing], bool]


class _Unreadable(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def is_readable(expression: str) -> bool:
    return _condition(expression) is not None


def is_satisfied(expression: str, standing: Standing) -> bool:
    """Whether the expression holds; one that cannot be read locks nothing."""
    condition = _condition(expression)
    return condition is None or condition(standing)


def open_items(manifest: Manifest, states: Mapping[str, ScoState]) -> frozenset[str]:
    """The identifiers of the items that may be opened now; ``states`` by identifier."""
    by_identifier = {item.identifier: item for item in manifest.organization.walk()}

    def standing(identifier: str) -> str | None:
        item = by_identifier.get(identifier)
        return None if item is None else _status(item, states)

    return frozenset(
        item.identifier
        for item in manifest.launchable
        if not item.prerequisites or is_satisfied(item.prerequisites, standing)
    )


def _status(item: Item, states: Mapping[str, ScoState]) -> str:
    """An item's status; a folder is completed with all that it holds."""
    state = states.get(item.identifier)
    if item.children and not item.path:
        inner = [_status(child, states) for child in item.children]
        if all(status in ("completed", "passed") for status in inner):
            return "completed"
        return "not attempted" if set(inner) == {"not attempted"} else "incomplete"
    if state is None or not state.launches:
        return "not attempted"
    if state.judgement is not Judgement.UNKNOWN:
        return state.judgement.value
    return "completed" if state.completed else "incomplete"


def _condition(expression: str) -> Condition | None:
    if len(expression) > MOST_SIGNS:
        return None
    try:
        reader = _Reader(_tokens(expression))
        condition = reader.alternatives(0)
        return condition if reader.is_at_end else None
    except _Unreadable:
        return None


def _tokens(expression: str) -> list[_Token]:
    tokens = []
    at = 0
    text = expression.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unreadable
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, match[kind]))
        at = match.end()
    return tokens


class _Reader:
    """Reads tokens by descent: alternatives of conjunctions of terms."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def is_at_end(self) -> bool:
        return self._at == len(self._tokens)

    def _sees(self, sign: str) -> bool:
        """Steps over the sign if it is next."""
        if not self.is_at_end and self._tokens[self._at] == _Token("sign", sign):
            self._at += 1
            return True
        return False

    def _word(self) -> str:
        if self.is_at_end or self._tokens[self._at].kind == "sign":
            raise _Unreadable
        self._at += 1
        return self._tokens[self._at - 1].text

    def _must_see(self, sign: str) -> None:
        if not self._sees(sign):
            raise _Unreadable

    def alternatives(self, depth: int) -> Condition:
        conditions = [self._conjunction(depth)]
        while self._sees("|"):
            conditions.append(self._conjunction(depth))
        return lambda standing: any(condition(standing) for condition in conditions)

    def _conjunction(self, depth: int) -> Condition:
        conditions = [self._term(depth)]
        while self._sees("&"):
            conditions.append(self._term(depth))
        return lambda standing: all(condition(standing) for condition in conditions)

    def _term(self, depth: int) -> Condition:
        if depth > MOST_DEPTH:
            raise _Unreadable
        if self._sees("~"):
            inner = self._term(depth + 1)
            return lambda standing: not inner(standing)
        if self._sees("("):
            inner = self.alternatives(depth + 1)
            self._must_see(")")
            return inner
        word = self._word()
        if self._sees("*"):
            return self._some_of(word, depth)
        if self._sees("="):
            return _stands(word, self._word(), wanted=True)
        if self._sees("<>"):
            return _stands(word, self._word(), wanted=False)
        return _is_done(word)

    def _some_of(self, count: str, depth: int) -> Condition:
        if not (count.isascii() and count.isdigit() and len(count) < 5):
            raise _Unreadable
        self._must_see("{")
        conditions = [self.alternatives(depth + 1)]
        while self._sees(","):
            conditions.append(self.alternatives(depth + 1))
        self._must_see("}")
        needed = int(count)
        return lambda standing: sum(condition(standing) for condition in conditions) >= needed


def _is_done(identifier: str) -> Condition:
    """An item that the package does not have is no obstacle."""
    return lambda standing: standing(identifier) in ("completed", "passed", None)


def _stands(identifier: str, status: str, *, wanted: bool) -> Condition:
    told = status.strip().casefold()
    full = _STATUSES.get(told, told)
    return lambda standing: (
        standing(identifier) is None or ((standing(identifier) == full) is wanted)
    )
