"""What is asked of the server: one list of requests for each case."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.api import Enrolment, localised_quiz, place_of, start_attempt, with_progress
from home.demo.loader.answers import form_for

CSRF = "b" * 32
HOST = "localhost"
SITTING = re.compile(r'data-sitting="([^"]+)"')
BATCH = 20

Request = dict[str, Any]


@dataclass
class Case:
    """``requests`` by the number of clients; those of a ``once`` case cannot be asked again."""

    name: str
    requests: dict[int, list[Request]]
    status: int = 200
    once: bool = False
    warm: bool = False
    """Whether everything is asked once before the measurement, not only the first."""
    acknowledges: int = 0
    """How many events, or reports of a package, each request brings."""
    kept_as: str = "events"
    """What those are to be found as: see :mod:`cms.bench.acknowledged`."""


@dataclass(frozen=True)
class Reader:
    """A signed-in person, by the cookies of their browser."""

    user: Any
    session: str

    @classmethod
    def of(cls, user: Any) -> "Reader":
        browser = Client(SERVER_NAME=HOST)
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return cls(user, browser.cookies[settings.SESSION_COOKIE_NAME].value)

    def get(self, path: str) -> Request:
        return {"method": "GET", "path": path, "headers": self._headers, "body": ""}

    def post(self, path: str, body: str, kind: str) -> Request:
        headers = {**self._headers, "X-CSRFToken": CSRF, "Content-Type": kind}
        return {"method": "POST", "path": path, "headers": headers, "body": body}

    def read(self, path: str) -> str:
        browser = Client(SERVER_NAME=HOST)
        browser.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return browser.get(path).content.decode()

    @property
    def _headers(self) -> dict[str, str]:
        session, token = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
        return {"Host": HOST, "Cookie": f"{session}={self.session}; {token}={CSRF}"}


def visit(path: str) -> Request:
    return {"method": "GET", "path": path, "headers": {"Host": HOST}, "body": ""}


def same(clients: Iterable[int], requests: list[Request]) -> dict[int, list[Request]]:
    return dict.fromkeys(clients, requests)


def place(enrolment: Enrolment) -> Any:
    return place_of(with_progress(Enrolment.objects.filter(pk=enrolment.pk)).get())


def step_path(enrolment: Enrolment, step_uid: str) -> str:
    return reverse("courses:step", args=[enrolment.uid, step_uid])


def events_of(reader: Reader, enrolment: Enrolment, count: int) -> Request:
    """A batch of ``count`` events from a page that is open now; sent again, it is a new batch."""
    texts = [step for step in place(enrolment).outline.steps if step.kind == "text"]
    page = reader.read(step_path(enrolment, texts[0].uid))
    found = SITTING.search(page)
    if found is None:
        raise LookupError("The page of a step has no sitting.")
    batch = {
        "sitting": found[1],
        "sent_at": int(timezone.now().timestamp() * 1000),
        "events": [
            {"id": "{uuid}", "step": texts[number % len(texts)].uid, "verb": "viewed"}
            for number in range(count)
        ],
    }
    path = reverse("courses:events", args=[enrolment.uid])
    return reader.post(path, json.dumps(batch), "application/json")


def answers_of(reader: Reader, enrolment: Enrolment, quiz_number: int) -> list[Request]:
    """The answers to each question of a quiz, with the attempt begun; each can be sent once."""
    quizzes = [step for step in place(enrolment).outline.steps if step.kind == "quiz"]
    step = quizzes[quiz_number]
    attempt = start_attempt(
        enrolment=enrolment, step_uid=step.uid, actor=reader.user, at=timezone.now()
    )
    path = reverse("courses:quiz", args=[enrolment.uid, step.uid])
    requests = []
    for question in localised_quiz(attempt.step_version).questions:
        fields: list[tuple[str, str]] = [("attempt", attempt.uid), ("question", question.id)]
        for name, values in form_for(question, attempt.seed, right=True).items():
            fields += [(f"{question.id}.{name}", value) for value in values]
        requests.append(reader.post(path, urlencode(fields), "application/x-www-form-urlencoded"))
    return requests


def build_cases(
    *,
    clients: Sequence[int],
    course_page: Any,
    readers: Sequence[Reader],
    places: Sequence[Enrolment],
    guardians: Sequence[tuple[Reader, str]],
    teacher: Reader,
    tables: Sequence[tuple[str, str]],
) -> list[Case]:
    """All that is measured.

    ``places`` are the readers' on the course of ``course_page``, ``guardians`` come with the uid
    of a child, ``tables`` with the name and the public id of a course.
    """
    course_path = course_page.get_url()
    pairs = list(zip(readers, places, strict=True))
    texts = [step.uid for step in place(places[0]).outline.steps if step.kind == "text"]

    def plain(name: str, requests: list[Request]) -> Case:
        return Case(name, same(clients, requests))

    return [
        plain("floor", [reader.get("/bench/floor/") for reader in readers]),
        plain("front page", [visit("/")]),
        plain("catalogue", [visit(course_page.get_parent().get_url())]),
        plain("catalogue, first time", [visit(course_page.get_parent().get_url() + "?q={uuid}")]),
        plain("course page, visitor", [visit(course_path)]),
        plain("course page, visitor, first time", [visit(course_path + "?x={uuid}")]),
        plain("course page, learner", [reader.get(course_path) for reader in readers]),
        plain(
            "lesson page",
            [
                reader.get(step_path(one, texts[number % len(texts)]))
                for number, (reader, one) in enumerate(pairs)
            ],
        ),
        Case(
            "quiz answer",
            {
                count: [
                    request
                    for reader, one in pairs
                    for request in answers_of(reader, one, quiz_number)
                ]
                for quiz_number, count in enumerate(clients)
            },
            status=302,
            once=True,
        ),
        plain("child's home", [reader.get(reverse("courses:my")) for reader in readers]),
        plain(
            "guardian's home",
            [reader.get(reverse("courses:child", args=[uid])) for reader, uid in guardians],
        ),
        *(
            plain(name, [teacher.get(reverse("courses:teaching_course", args=[public_id]))])
            for name, public_id in tables
        ),
        Case(
            "one progress event",
            same(clients, [events_of(reader, one, 1) for reader, one in pairs]),
            acknowledges=1,
        ),
        Case(
            f"{BATCH} progress events",
            same(clients, [events_of(reader, one, BATCH) for reader, one in pairs]),
            acknowledges=BATCH,
        ),
    ]
