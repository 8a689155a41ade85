"""What became of an attempt, as xAPI statements."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courses.runtimes.launches.rules import Answer, Result
from courses.runtimes.launches.rules import Score as Points
from courses.runtimes.xapi import builders as xapi
from courses.runtimes.xapi.builders import Activity, ActivityType, Verb, statement_id


@dataclass(frozen=True, slots=True)
class Played:
    """An attempt in plain values: ``uid`` is its name, ``learner`` the random name of its learner,
    ``step`` that of its step; ``version`` numbers the version of ``package``, which is its uid.
    """

    uid: str
    learner: UUID
    step: UUID
    package: str
    title: str
    version: int
    opened_at: datetime


def statements_of(
    played: Played,
    *,
    site: str,
    known: Result | None,
    now: Result,
    answers: Iterable[Answer],
    at: datetime,
) -> Iterator[xapi.Statement]:
    """What is told of a move from ``known`` to ``now`` at ``at``; ``answers`` are the new ones.

    ``known`` is ``None`` when the attempt moves for the first time. ``site`` is the site's origin.
    A statement's id is made of what happened, so that a repeated move tells nothing twice.
    """
    teller = _Teller(played, site)
    if known is None:
        yield teller.statement(Verb.ATTEMPTED, at=played.opened_at)
        known = Result()
    for answer in answers:
        yield teller.answered(answer, at)
    score, seconds = _score(now.score), now.seconds or None
    if now.score is not None and now.score != known.score:
        found = xapi.Result(score=score)
        yield teller.statement(
            Verb.SCORED, now.score.earned, now.score.possible, at=at, result=found
        )
    if now.completed and not known.completed:
        found = xapi.Result(score=score, completion=True, seconds=seconds)
        yield teller.statement(Verb.COMPLETED, at=at, result=found)
    if now.passed is not None and now.passed != known.passed:
        found = xapi.Result(score=score, success=now.passed, seconds=seconds)
        yield teller.statement(Verb.PASSED if now.passed else Verb.FAILED, at=at, result=found)


class _Teller:
    """Makes statements of one attempt."""

    def __init__(self, played: Played, site: str) -> None:
        self._played = played
        self._activities = f"{site}/xapi/activities"
        self._actor = xapi.Account(site, played.learner)
        self._package = Activity(
            f"{self._activities}/packages/{played.package}", ActivityType.PACKAGE, played.title
        )
        self._step = Activity(f"{self._activities}/steps/{played.step}", ActivityType.STEP)

    def statement(
        self,
        verb: Verb,
        *event: object,
        at: datetime,
        result: xapi.Result | None = None,
        question: Activity | None = None,
    ) -> xapi.Statement:
        played = self._played
        above = (self._package,) if question is not None else (self._step,)
        return xapi.Statement(
            id=statement_id(played.uid, verb.value, *event),
            actor=self._actor,
            verb=verb,
            object=question or self._package,
            context=xapi.Context(
                registration=statement_id("attempt", played.uid),
                revision=str(played.version),
                parents=above,
                grouping=(self._step,) if question is not None else (),
            ),
            at=at,
            result=result,
        )

    def answered(self, answer: Answer, at: datetime) -> xapi.Statement:
        # A key may be long and in any alphabet; an address is neither.
        name = statement_id("question", self._played.package, answer.key)
        question = Activity(
            f"{self._activities}/questions/{name}",
            ActivityType.QUESTION,
            answer.text,
            interaction=xapi.InteractionType.of(answer.kind),
            right=answer.right,
        )
        result = xapi.Result(
            score=_score(answer.score),
            success=answer.is_right,
            response=answer.response or None,
            seconds=answer.seconds,
        )
        return self.statement(
            Verb.ANSWERED, answer.key, at.isoformat(), at=at, result=result, question=question
        )


def _score(points: Points | None) -> xapi.Score | None:
    return xapi.Score(points.earned, points.possible) if points is not None else None
