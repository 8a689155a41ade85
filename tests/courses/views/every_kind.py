"""A course with a step of every kind, and a learner who presses its buttons."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.core.files import File
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.enrolments.models import Enrolment
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import CourseDraft, Rule, RuleKind, StepDraft
from courses.progress.queries import Place, place_of, with_progress
from tests.courses.conftest import NOON, course_of, lesson_of, text_step
from tests.courses.quizzes.samples import SECRET, VALUES, listed

MEDIA = settings.BASE_DIR / "home" / "demo" / "media"
VIDEO_SECONDS = 40


def document(name: str, content: Any = None) -> Any:
    """A document in the library; without ``content``, a file of the demo."""
    opened = content if content is not None else MEDIA.joinpath(name).open("rb")
    return get_document_model().objects.create(title=name, file=File(opened, name=name))


def picture() -> Any:
    with MEDIA.joinpath("lock.png").open("rb") as image:
        return get_image_model().objects.create(title="lock", file=File(image, name="lock.png"))


def step(kind: str, key: str, rule: Rule, **content: Any) -> StepDraft:
    """A step as its block would give it."""
    raw = {"title": key, "required": True, "weight": 1, "completion": rule.kind, **content}
    return text_step(key, kind=kind, rule=rule, content=raw)


def quiz_step(
    *kinds: str, key: str = "quiz", hint: str = "Посчитай слова", **settings: Any
) -> StepDraft:
    """A quiz of one question of each of the ``kinds``, passed with 60 per cent."""
    content = {
        "pass_percent": 60,
        "attempts_allowed": None,
        "feedback": "each",
        "shuffle": False,
        "intro": "<p>Вопросы о ключах</p>",
        **settings,
    }
    content["questions"] = [
        {
            "type": kind,
            "id": f"q-{kind}",
            "value": {
                "text": f"Вопрос {kind}?",
                "hint": hint,
                "explanation": f"{SECRET} вопроса",
                **VALUES[kind],
            },
        }
        for kind in kinds
    ]
    return step("quiz", key, Rule(RuleKind.PASSED, percent=content["pass_percent"]), **content)


def video_step(key: str = "video", *, seconds: int = VIDEO_SECONDS) -> StepDraft:
    """A film of forty seconds; with fewer ``seconds``, watching these is enough."""
    rule = Rule(RuleKind.WATCHED, percent=90, seconds=seconds)
    return step(
        "video",
        key,
        rule,
        file=document("password-of-four-words.mp4").pk,
        captions=document("password-of-four-words.ru.vtt").pk,
        transcript="<p>Пароль — это ключ.</p>",
        poster=None,
        duration_seconds=seconds,
    )


def checklist_step(key: str = "checklist") -> StepDraft:
    items = listed(["Четыре слова", "Есть цифра"])
    return step("checklist", key, Rule(RuleKind.DECLARED), intro="Отметь", items=items)


def task_step(key: str = "task", *, answer: str = "both", kind: str = "submitted") -> StepDraft:
    instructions = "<p>Напиши правило.</p>"
    return step("task", key, Rule(RuleKind(kind)), instructions=instructions, answer=answer)


def every_kind() -> CourseDraft:
    """Two lessons: one of all kinds of step, one of a text."""
    seen, said = Rule(RuleKind.VIEWED), Rule(RuleKind.DECLARED)
    text = "<h3>Ключ</h3><p>Пароль — это ключ.</p>"
    return course_of(
        lesson_of(
            [
                step("text", "text", seen, body=text),
                step("image", "image", seen, image=picture().pk, alt="Замок", caption="Закрыт"),
                video_step(),
                step("audio", "audio", said, file=document("a.mp3", _sound()).pk, transcript=""),
                step("file", "file", seen, file=document("памятка.pdf", _sound()).pk),
                step("callout", "callout", seen, tone="remember", body="<p>Береги ключ.</p>"),
                checklist_step(),
                quiz_step("single"),
                task_step(),
            ],
            title="First",
        ),
        lesson_of([text_step("last")], title="Second", can_now="count bridges"),
    )


def _sound() -> Any:
    return MEDIA.joinpath("password-of-four-words.ru.vtt").open("rb")


def later_lesson(*steps: StepDraft, at: datetime = NOON + timedelta(days=9)) -> Any:
    return lesson_of(steps or [text_step("secret")], title="Later", available_from=at)


@dataclass
class Learner:
    """A signed-in learner in front of one course."""

    enrolment: Enrolment
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.enrolment.learner)

    @property
    def place(self) -> Place:
        return place_of(with_progress(Enrolment.objects.filter(pk=self.enrolment.pk)).get())

    def is_done(self, title: str) -> bool:
        facts = self.place.state.steps.get(self.uid(title))
        return facts is not None and facts.done is not None

    def uid(self, title: str) -> str:
        course = Enrolment.objects.get(pk=self.enrolment.pk).course
        steps = outline_by_id(course.current_revision_id).steps
        return next(one.uid for one in steps if one.title == title)

    def address(self, title: str, name: str = "step") -> str:
        return reverse(f"courses:{name}", args=[self.enrolment.uid, self.uid(title)])

    def resume(self) -> str:
        """Where "go on" leads."""
        response = self.client.get(reverse("courses:resume", args=[self.enrolment.uid]))
        return response["Location"]

    def open(self, title: str) -> "Screen":
        return Screen(self, self.client.get(self.address(title)))


@dataclass
class Screen:
    """A page as a browser without scripts shows it."""

    learner: Learner
    response: Any

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.content, "html.parser")

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    @property
    def address(self) -> str:
        return self.response.request["PATH_INFO"]

    @property
    def primary(self) -> Tag:
        """The main button."""
        found = self.page.select(".player__bottom .button--primary")
        assert len(found) == 1
        return found[0]

    @property
    def verdict(self) -> str:
        """What the page says of an answer: ``right``, ``wrong``, or ``noted`` until the end."""
        (found,) = self.page.select("section.feedback")
        return found["class"][1].removeprefix("feedback--")

    def press(self, **entered: Any) -> "Screen":
        """Press the main button with ``entered`` in its form, and follow where it leads."""
        if self.primary.name == "a":
            return self.follow(self.primary["href"])
        return self.submit(self.primary["form"], **entered)

    def follow(self, address: Any) -> "Screen":
        return Screen(self.learner, self.learner.client.get(address, follow=True))

    def submit(self, form_id: Any, **entered: Any) -> "Screen":
        """Send a form by its id, with its hidden fields."""
        response = self.learner.client.post(*self.form(form_id, **entered), follow=True)
        return Screen(self.learner, response)

    def form(self, form_id: Any, **entered: Any) -> tuple[str, dict[str, Any]]:
        """The address and the data that a form would send."""
        form = self.page.find("form", id=form_id)
        assert isinstance(form, Tag)
        assert form["method"] == "post"
        data: dict[str, Any] = {}
        for hidden in form.select("input[type=hidden]"):
            data.setdefault(str(hidden["name"]), []).append(hidden["value"])
        return str(form["action"]), {**data, **entered}

    def choice(self, text: str) -> dict[str, str]:
        """The form's field and value of the option with these words."""
        label = next(one for one in self.page.select("label.option") if text in one.get_text())
        field = label.find("input")
        assert isinstance(field, Tag)
        return {str(field["name"]): str(field["value"])}


BOOKKEEPING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def queries_of(captured: CaptureQueriesContext) -> list[str]:
    """The statements but those that open and close transactions."""
    statements = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in statements if not sql.startswith(BOOKKEEPING)]


def captured_queries() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)
