"""How much data a measurement stands on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """``courses`` beside the demonstration's, each of ``lessons``; who learns; how long to ask.

    ``tables`` are ``(learners, lessons)`` of the teacher's tables, ``publishings`` the numbers of
    learners inside a course of 50 steps, ``seconds`` the time for each measurement.
    ``packages`` are those of each kind and ``past`` the attempts of each learner at both kinds
    (at first; then :data:`GROWTH` times as many), ``films`` the megabytes of the one to import.
    """

    name: str
    courses: int
    lessons: int
    learners: int
    tables: tuple[tuple[int, int], ...]
    publishings: tuple[int, ...]
    clients: tuple[int, ...]
    seconds: float
    packages: int
    past: int
    films: int


GROWTH = 10
"""What is measured of packages is measured again with so many times as much of everything."""
MORE = f"{GROWTH} × as much"

SIZES = {
    size.name: size
    for size in (
        Size("quick", 2, 4, 8, ((30, 40),), (30,), (1, 8), 0.4, 2, 1, 2),
        Size(
            "usual", 12, 10, 400, ((30, 40), (1_000, 50)), (1_000, 10_000), (1, 8, 32), 4, 10, 2, 20
        ),
        Size(
            "large",
            60,
            20,
            4_000,
            ((30, 40), (1_000, 50), (10_000, 50)),
            (1_000, 10_000),
            (1, 8, 32),
            4,
            50,
            3,
            20,
        ),
    )
}
