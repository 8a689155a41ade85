"""A commit of scorm-again, from JSON to typed values.

Accepted are its formats ``json`` (nested) and ``flattened``, with ``renderCommonCommitFields`` or
without. Every commit is a snapshot of all that the API object holds: it repeats what was given at
launch and carries empty texts for what nobody set. So elements that only we may write are passed
over, and empty values count only where an empty value means something.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from courses.runtimes.scorm.core.elements import Access, Value
from courses.runtimes.scorm.core.judging import Judge, Rejection
from courses.runtimes.scorm.core.manifest import Version

MOST_ELEMENTS = 20_000
MOST_DEPTH = 12
MOST_GLOBALS = 500
LAST = "isLast"
"""What scorm-again's ``terminateCommitPayloadField`` must be set to."""

_UNREADABLE = 101
"""General error, in both standards."""

Json = object


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit says.

    ``sequence`` is its number in its session, ``None`` when it has none that is whole and ≥ 1.
    ``is_last`` tells the one of Finish or Terminate. ``values`` are typed, ``texts`` the same as
    they were written, both by the name of the element. ``wide`` names the elements that only our
    leniency took. ``global_objectives`` is the sequencer's snapshot, to be kept and given back.
    """

    version: Version
    sequence: int | None = None
    is_last: bool = False
    values: Mapping[str, Value] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    wide: tuple[str, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    global_objectives: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def read_commit(version: Version, data: Json, *, is_strict: bool = False) -> Committed:
    """Read the JSON of a commit; whatever it is, nothing is raised.

    Values beyond the standards' bounds that real packages need (``suspend_data`` of 1.2 up to
    64,000 characters, answers in other forms) are taken and noted unless ``is_strict``.
    """
    if not isinstance(data, Mapping):
        return Committed(version, rejected=(Rejection("", "", _UNREADABLE),))
    runtime = data.get("runtimeData", data)
    judge = Judge(version, is_strict=is_strict)
    texts: dict[str, str] = {}
    wide: list[str] = []
    rejected: list[Rejection] = []
    for name, text in sorted(_told(runtime), key=_in_order):
        element = judge.element(name)
        if element is not None and _is_silent(element.access, element.type.is_text, text):
            continue
        if element is not None and text == element.default and element.type.read(text) is None:
            continue
        verdict = judge.judge(name, text)
        if isinstance(verdict, Rejection):
            rejected.append(verdict)
            continue
        texts[name] = text
        if verdict.is_wide:
            wide.append(name)
    return Committed(
        version=version,
        sequence=_sequence(data.get("commitSequence")),
        is_last=data.get(LAST) is True,
        values=judge.set_already,
        texts=texts,
        wide=tuple(wide),
        rejected=tuple(rejected),
        global_objectives=_global_objectives(data.get("globalObjectives")),
    )


def _is_silent(access: Access, is_text: bool, text: str) -> bool:
    """Whether the player only repeats what is ours, or what nobody has set."""
    return access in (Access.READ, Access.KEYWORD) or (text == "" and not is_text)


def _told(runtime: Json) -> Iterator[tuple[str, str]]:
    """Names and texts of the data models' elements in nested or flat JSON, up to a bound."""
    left = MOST_ELEMENTS

    def walk(prefix: str, data: Json, depth: int) -> Iterator[tuple[str, str]]:
        nonlocal left
        if left <= 0 or depth > MOST_DEPTH:
            return
        pairs: Iterator[tuple[object, Json]]
        if isinstance(data, Mapping):
            pairs = iter(data.items())
        elif isinstance(data, list):
            pairs = iter(enumerate(data))
        else:
            left -= 1
            text = _as_text(data)
            if text is not None:
                yield prefix, text
            return
        for key, inner in pairs:
            yield from walk(f"{prefix}.{_storable(str(key))}"[:300], inner, depth + 1)

    for key, inner in runtime.items() if isinstance(runtime, Mapping) else ():
        if isinstance(key, str) and key.partition(".")[0] in ("cmi", "adl"):
            yield from walk(_storable(key[:300]), inner, 1)


def _as_text(data: Json) -> str | None:
    """A scalar of JSON as a SCO would have written it; ``None`` for null."""
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, str):
        return _storable(data)
    if isinstance(data, int | float):
        return str(data)[:255] if abs(data) < 10**15 else "too large"
    return None if data is None else ""


def _storable(text: str) -> str:
    """A lone half of a character cannot be stored anywhere, and NUL not in PostgreSQL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


_FIRST = {"id": 0, "type": 1}


def _in_order(pair: tuple[str, str]) -> list[tuple[int, int, str]]:
    """Rows by their numbers; in a row first the id, then the type, on which the rest depends."""
    return [
        (0, int(part[:9]), part)
        if part.isascii() and part.isdigit()
        else (1, _FIRST.get(part, 2), part)
        for part in pair[0].split(".")
    ]


def _sequence(told: Json) -> int | None:
    if not isinstance(told, int) or isinstance(told, bool):
        return None
    return told if 1 <= told < 2**31 else None


def _global_objectives(told: Json) -> dict[str, dict[str, object]]:
    """Flat objects of scalars by the objectives' names; anything else is left out."""
    if not isinstance(told, Mapping):
        return {}
    return {
        _storable(name[:4000]): {
            _storable(str(key)[:50]): _storable(value[:4000]) if isinstance(value, str) else value
            for key, value in list(entry.items())[:50]
            if isinstance(value, str | bool) or _is_plain_number(value)
        }
        for name, entry in list(told.items())[:MOST_GLOBALS]
        if isinstance(name, str) and isinstance(entry, Mapping)
    }


def _is_plain_number(value: Json) -> bool:
    return isinstance(value, int | float) and -(10**15) < value < 10**15
