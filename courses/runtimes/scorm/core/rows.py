"""Questions and objectives of a SCO as rows that a teacher can read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from courses.runtimes.scorm.core.commits import Committed
from courses.runtimes.scorm.core.judging import MOST_ROWS
from courses.runtimes.scorm.core.responses import MOST_READABLE, readable


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """A question as it was last answered.

    ``id`` names it in the SCO. ``kind`` is the standard's word (``choice``, ``matching``…), ""
    when untold; ``text`` is the question if the SCO tells it (2004). ``response`` and ``right`` are
    readable; several right answers stand between `` / ``. ``result`` is ``correct``, ``wrong``,
    ``incorrect``, ``neutral``, ``unanticipated`` or a number. ``seconds`` is the time it took.
    ``at`` is the moment as the SCO wrote it: of its learner's clock and not to be trusted.
    """

    id: str
    kind: str = ""
    text: str = ""
    response: str = ""
    right: str = ""
    result: str = ""
    weighting: str = ""
    seconds: int | None = None
    at: str = ""
    objectives: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool | None:
        """``None`` where the SCO does not say."""
        return {"correct": True, "wrong": False, "incorrect": False}.get(self.result)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective; ``status`` is 1.2's one word, the two others are 2004's. Scores as told."""

    id: str
    text: str = ""
    status: str = ""
    success: str = ""
    completion: str = ""
    raw: str = ""
    scaled: str = ""
    progress: str = ""


Row = TypeVar("Row", InteractionRow, ObjectiveRow)


def merged(known: tuple[Row, ...], newer: Sequence[Row]) -> tuple[Row, ...]:
    """The newer answer to a question replaces the older one; nothing else is lost."""
    rows = {row.id: row for row in known}
    for row in newer:
        if row.id in rows or len(rows) < MOST_ROWS:
            rows[row.id] = row
    return tuple(rows.values())


def interaction_rows(committed: Committed) -> list[InteractionRow]:
    """The questions of a commit; of several rows with one id the last one counts."""
    response = "learner_response" if committed.version.is_2004 else "student_response"
    moment = "timestamp" if committed.version.is_2004 else "time"
    rows = []
    for row in _rows(committed, "interactions"):
        kind = row.get("type", "")
        patterns = _inner(row, "correct_responses", "pattern")
        latency = committed.values.get(f"cmi.interactions.{row['']}.latency")
        rows.append(
            InteractionRow(
                id=row["id"],
                kind=kind,
                text=_shown(row.get("description", ""), committed),
                response=readable(kind, row.get(response, ""), is_2004=committed.version.is_2004),
                right=" / ".join(
                    readable(kind, pattern, is_2004=committed.version.is_2004)
                    for pattern in patterns
                )[:MOST_READABLE],
                result=str(committed.values.get(f"cmi.interactions.{row['']}.result", ""))[:50],
                weighting=row.get("weighting", "")[:50],
                seconds=latency // 100 if isinstance(latency, int) else None,
                at=row.get(moment, "")[:50],
                objectives=tuple(_inner(row, "objectives", "id")),
            )
        )
    return rows


def objective_rows(committed: Committed) -> list[ObjectiveRow]:
    return [
        ObjectiveRow(
            id=row["id"],
            text=_shown(row.get("description", ""), committed),
            status=row.get("status", ""),
            success=row.get("success_status", ""),
            completion=row.get("completion_status", ""),
            raw=row.get("score.raw", "")[:50],
            scaled=row.get("score.scaled", "")[:50],
            progress=row.get("progress_measure", "")[:50],
        )
        for row in _rows(committed, "objectives")
    ]


def _shown(text: str, committed: Committed) -> str:
    return readable("long-fill-in", text, is_2004=committed.version.is_2004)


def _rows(committed: Committed, collection: str) -> Iterator[Mapping[str, str]]:
    """Rows with an id, in their order; ``""`` holds a row's number, the rest its fields."""
    rows: dict[str, dict[str, str]] = {}
    for name, text in committed.texts.items():
        parts = name.split(".", 3)
        if len(parts) == 4 and parts[0] == "cmi" and parts[1] == collection:
            rows.setdefault(parts[2], {"": parts[2]})[parts[3]] = text
    return (row for row in rows.values() if row.get("id"))


def _inner(row: Mapping[str, str], collection: str, field: str) -> Iterator[str]:
    """One field of the rows inside a row."""
    return (
        text
        for name, text in row.items()
        if name.startswith(f"{collection}.") and name.endswith(f".{field}")
    )
