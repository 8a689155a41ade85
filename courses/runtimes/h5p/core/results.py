"""What content reports: ``getXAPIData()`` as a tree of questions.

H5P sends ``{"statement": {…}, "children": [{"statement": …, "children": …}]}``. The browser made
it, so every value may be anything; nothing here raises.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from courses.runtimes.h5p.core.interactions import KNOWN, InteractionKind, read_interaction
from courses.runtimes.h5p.core.names import LibraryName
from courses.runtimes.h5p.core.problems import Problem
from courses.runtimes.h5p.core.readable import in_any_language, seconds
from courses.runtimes.h5p.core.scores import Score, is_worthless, read_score

VALUES = 200_000
CHARACTERS = 4_000_000
QUESTIONS = 2_000
DEPTH = 20
VERBS = ("http://adlnet.gov/expapi/verbs/", "https://adlnet.gov/expapi/verbs/")
LIBRARIES = ("http://h5p.org/libraries/", "https://h5p.org/libraries/")
SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"
FINISHING = frozenset({"answered", "completed", "passed", "mastered"})


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One node of the tree.

    ``library`` is the content type that made it, where it says so; ``sub_content_id`` is empty at
    the root. ``text`` asks, ``title`` names. ``given`` and ``right`` are readable lines: see
    :class:`~courses.runtimes.h5p.core.interactions.Interaction`. ``seconds`` is the time spent.
    """

    activity: str
    sub_content_id: str
    library: LibraryName | None
    verb: str
    title: str
    text: str
    kind: InteractionKind
    given: tuple[str, ...]
    right: tuple[str, ...]
    score: Score | None
    success: bool | None
    completion: bool | None
    seconds: float | None
    children: tuple["QuestionResult", ...] = ()

    def walk(self) -> Iterator["QuestionResult"]:
        """This question and all below it, in the order of the content."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Results:
    """``outcome`` is ``finished``, ``failed`` or ``""`` where the report ends no attempt."""

    root: QuestionResult | None
    outcome: str
    problems: tuple[Problem, ...]


def read_results(data: Any, *, main: LibraryName | None = None) -> Results:
    """The tree in what the bridge sent: the value of ``getXAPIData()`` or a bare statement.

    A report ends an attempt only from the root: ``answered``, ``completed``, ``passed`` and
    ``mastered`` finish it, ``failed`` tells a failed attempt; a statement with a parent, of a part
    of the content, or of another library than ``main`` ends nothing.
    """
    reader = _Reader()
    if _is_too_big(data):
        return Results(None, "", (Problem("too_big_result", "", {"limit": CHARACTERS}),))
    node = data if isinstance(data, Mapping) and "statement" in data else {"statement": data}
    root = reader.node(node, "", 0)
    if root is None:
        return Results(None, "", tuple(reader.problems))
    statement = node["statement"]
    if _is_part(statement, root) or (main is not None and root.library != main):
        found = str(root.library or "") or root.activity[:200]
        reader.problems.append(Problem("other_activity", "", {"found": found}))
        return Results(root, "", tuple(reader.problems))
    outcome = "finished" if root.verb in FINISHING else ""
    return Results(root, "failed" if root.verb == "failed" else outcome, tuple(reader.problems))


class _Reader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._questions = 0

    def node(self, node: Any, path: str, depth: int) -> QuestionResult | None:
        if depth > DEPTH or self._questions >= QUESTIONS:
            self.problems.append(Problem("too_big_result", path, {"limit": QUESTIONS}))
            return None
        statement = node.get("statement") if isinstance(node, Mapping) else None
        activity = _mapping(_mapping(statement).get("object"))
        if not isinstance(statement, Mapping) or not activity:
            self.problems.append(Problem("not_a_statement", path))
            return None
        self._questions += 1
        found = node.get("children")
        children = found[:QUESTIONS] if isinstance(found, list) else []
        definition, result = _mapping(activity.get("definition")), _mapping(statement.get("result"))
        library = _library(statement)
        said = read_interaction(definition, result.get("response"), library.name if library else "")
        kind = InteractionKind.COMPOUND if children else said.kind
        self._check_kind(definition, path)
        return QuestionResult(
            activity=_text(activity.get("id"))[:500],
            sub_content_id=_sub_content_id(activity),
            library=library,
            verb=_verb(statement),
            title=in_any_language(definition.get("name")),
            text=in_any_language(definition.get("description")),
            kind=kind,
            given=said.given,
            right=said.right,
            score=self._score(result, path),
            success=_flag(result.get("success")),
            completion=_flag(result.get("completion")),
            seconds=self._seconds(result, path),
            children=tuple(
                child
                for place, one in enumerate(children)
                if (child := self.node(one, f"{path}{place + 1}.", depth + 1)) is not None
            ),
        )

    def _check_kind(self, definition: Mapping[str, Any], path: str) -> None:
        kind = definition.get("interactionType")
        if kind is not None and not (isinstance(kind, str) and kind in KNOWN):
            self._tell("unknown_interaction", path, type=str(kind)[:40])

    def _score(self, result: Mapping[str, Any], path: str) -> Score | None:
        raw = result.get("score")
        score = read_score(raw)
        if score is None and raw is not None and not is_worthless(raw):
            self._tell("implausible_score", path)
        return score

    def _seconds(self, result: Mapping[str, Any], path: str) -> float | None:
        raw = result.get("duration")
        spent = seconds(raw)
        if spent is None and raw is not None:
            self._tell("bad_duration", path)
        return spent

    def _tell(self, code: str, path: str, **details: str) -> None:
        self.problems.append(Problem(code, path, details))


def _is_part(statement: Mapping[str, Any], root: QuestionResult) -> bool:
    """Whether a statement is about a part of the content and not about the whole."""
    activities = _mapping(_mapping(statement.get("context")).get("contextActivities"))
    return bool(activities.get("parent")) or bool(root.sub_content_id)


def _library(statement: Mapping[str, Any]) -> LibraryName | None:
    """From the category ``http://h5p.org/libraries/H5P.MultiChoice-1.16``."""
    category = _mapping(_mapping(statement.get("context")).get("contextActivities")).get("category")
    entries = category if isinstance(category, list) else [category]
    for entry in entries[:20]:
        address = _text(_mapping(entry).get("id"))
        for prefix in LIBRARIES:
            name = LibraryName.parse(address.removeprefix(prefix))
            if address.startswith(prefix) and name is not None:
                return name
    return None


def _verb(statement: Mapping[str, Any]) -> str:
    """The last part of a verb of ADL, ``""`` for any other."""
    address = _text(_mapping(statement.get("verb")).get("id"))
    for prefix in VERBS:
        if address.startswith(prefix):
            return address.removeprefix(prefix)[:40]
    return ""


def _sub_content_id(activity: Mapping[str, Any]) -> str:
    extensions = _mapping(_mapping(activity.get("definition")).get("extensions"))
    named = _text(extensions.get(SUB_CONTENT))
    return (named or _text(activity.get("id")).partition("subContentId=")[2])[:64]


def _is_too_big(data: Any) -> bool:
    values = characters = 0
    waiting = [data]
    while waiting:
        one = waiting.pop()
        values += 1
        if isinstance(one, str):
            characters += len(one)
        elif isinstance(one, Mapping):
            characters += sum(len(key) for key in one if isinstance(key, str))
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        if values > VALUES or characters > CHARACTERS:
            return True
    return False


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
