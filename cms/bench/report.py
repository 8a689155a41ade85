"""The rows of a measurement: a table for people, JSON for programs."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypedDict


class Row(TypedDict):
    """``size`` names the amount of data; ``bytes`` are of a response's body, or of a file.

    ``fetches`` are the requests of one start, ``peak_mb`` is the memory that one import takes at
    most, in millions of bytes.
    """

    case: str
    database: str
    size: str
    clients: int
    rps: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    queries: float
    bytes: int
    fetches: int
    peak_mb: float


HEADINGS = ("rps", "p50_ms", "p95_ms", "cpu_ms", "queries", "bytes", "fetches", "peak_mb")


def line_of(row: Row) -> str:
    """One row of the printed table."""
    head = f"{row['case']:<36}{row['database']:<12}{row['clients']:>3}"
    return head + "".join(f"{_short(row[name]):>10}" for name in HEADINGS)  # type: ignore[literal-required]  # headings are its keys


def title() -> str:
    return f"{'case':<36}{'database':<12}{'N':>3}" + "".join(f"{name:>10}" for name in HEADINGS)


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:.1f}"


def write(rows: Sequence[Row], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n")


def grown(rows: Iterable[Row], case: str, more: str) -> list[str]:
    """What a case takes for one client, beside the same with ``more`` of everything."""
    alone = {(row["case"], row["database"]): row for row in rows if row["clients"] == 1}
    return [
        f"{case}: {_cost(row)} on {database}; {more} {_cost(alone[f'{case}, {more}', database])}."
        for (name, database), row in alone.items()
        if name == case and (f"{case}, {more}", database) in alone
    ]


def _cost(row: Row) -> str:
    return f"{row['p50_ms']:.1f} ms, {row['cpu_ms']:.1f} ms of processor time"


def compared(rows: Iterable[Row], case: str, floor: str) -> list[str]:
    """How many times slower than the floor a case is for one client, by database."""
    alone = {(row["case"], row["database"]): row for row in rows if row["clients"] == 1}
    return [
        f"{case} takes {row['p50_ms'] / alone[floor, database]['p50_ms']:.1f}× the floor "
        f"on {database}, {row['cpu_ms']:.1f} ms of processor time."
        for (name, database), row in alone.items()
        if name == case and (floor, database) in alone
    ]
