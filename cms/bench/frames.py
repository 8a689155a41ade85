"""Frames that play packages: what their scripts send, without a browser."""

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.test import Client

from cms.bench.packages import MAIN
from courses.runtimes.api import OpenedLaunch, frame_address

QUESTIONS = 8
DATA = re.compile(r'<script id="frame-data"[^>]*>(.*?)</script>', re.DOTALL)
VERBS = "http://adlnet.gov/expapi/verbs"
PLAIN, JSON = "text/plain;charset=UTF-8", "application/json"


def content_headers(kind: str = PLAIN) -> dict[str, str]:
    """What a browser sends to the content origin; cookies are never among it."""
    return {"Host": urlsplit(settings.OPORA_CONTENT_ORIGIN).netloc, "Content-Type": kind}


class Frame:
    """One launch, asked inside this process."""

    def __init__(self, launched: OpenedLaunch) -> None:
        self.path = urlsplit(frame_address(launched.version.package.kind, launched.token)).path
        self._browser = Client(headers={"host": content_headers()["Host"]})

    def data(self) -> dict[str, Any]:
        """What the page of an H5P frame holds for its scripts.

        Raises:
            ValueError: the page is a refusal.
        """
        page = self._browser.get(self.path).content.decode()
        found = DATA.search(page)
        if found is None:
            raise ValueError(f"{self.path}: {page}")
        return json.loads(found[1])

    def send(self, name: str, body: Any) -> dict[str, Any]:
        """The answer to a post.

        Raises:
            ValueError: it was refused.
        """
        answer = self._browser.post(self.path + name, json.dumps(body), content_type=JSON)
        if answer.status_code != 200:
            raise ValueError(f"{name}: {answer.content.decode()}")
        return answer.json()

    def open_lesson(self, item: str = "check-the-link") -> tuple[str, str]:
        """Open the one item of the SCORM lesson: its session, and the address of its page."""
        opened = self.send("open", {"item": item})
        return opened["session"], opened["address"]


def h5p_report(mark: str) -> dict[str, Any]:
    """The end of one more playing of a game; each answer in it is ``mark``."""
    children = [
        {"statement": _statement(f"{mark}/{number}", mark, 1)} for number in range(QUESTIONS)
    ]
    whole = _statement("", "", QUESTIONS)
    return {
        "run": uuid4().hex,
        "statements": [whole],
        "results": {"statement": whole, "children": children},
    }


def _statement(part: str, response: str, points: int) -> dict[str, Any]:
    library = f"http://h5p.org/libraries/{MAIN.name}-{MAIN.major}.{MAIN.minor}"
    definition: dict[str, Any] = {"description": {"en-US": "Что можно показать всем?"}}
    if part:
        definition |= {
            "interactionType": "fill-in",
            "correctResponsesPattern": [response],
            "extensions": {"http://h5p.org/x-api/h5p-subContentId": part},
        }
    return {
        "actor": {"name": "learner"},
        "verb": {"id": f"{VERBS}/{'answered' if part else 'completed'}"},
        "object": {"id": "https://example.org/", "definition": definition},
        "context": {"contextActivities": {"category": [{"id": library}]}},
        "result": {
            "score": {"raw": points, "min": 0, "max": points, "scaled": 1},
            "success": True,
            "completion": True,
            "response": response,
            "duration": "PT30S",
        },
    }


def scorm_commit(marks: Sequence[str], *, is_last: bool = False) -> dict[str, Any]:
    """The commit of a session of SCORM 1.2 that has answered ``marks``, the newest at the end."""
    answers: dict[str, str] = {}
    for number, mark in enumerate(marks):
        row = f"cmi.interactions.{number}"
        answers |= {
            f"{row}.id": f"link-{number}",
            f"{row}.type": "fill-in",
            f"{row}.student_response": mark,
            f"{row}.result": "correct",
            f"{row}.weighting": "1",
            f"{row}.latency": "00:00:05",
        }
    told = {
        "cmi.core.lesson_status": "passed" if is_last else "incomplete",
        "cmi.core.lesson_location": str(len(marks)),
        "cmi.core.score.raw": str(10 * len(marks)),
        "cmi.core.score.max": "100",
        "cmi.suspend_data": "x" * 500,
    }
    return {
        **told,
        **answers,
        "commitSequence": len(marks),
        **({"isLast": True} if is_last else {}),
    }
