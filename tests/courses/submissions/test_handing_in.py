"""A learner hands in a work, the teacher answers it; nothing is taken twice, nothing is lost."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from courses.enrolments.models import Enrolment
from courses.lessons.rules import Rule, RuleKind
from courses.progress.errors import StepGone
from courses.progress.models import Event
from courses.progress.queries import place_of, with_progress
from courses.submissions.errors import (
    AlreadyAccepted,
    AlreadyAnswered,
    CommentMissing,
    FileTooLarge,
    FileTypeRefused,
    NothingHandedIn,
    NotTheTeacher,
    TextTooLong,
    WorkReplaced,
    WrongKindOfWork,
)
from courses.submissions.models import TaskSubmission
from courses.submissions.operations import answer, hand_in
from courses.submissions.queries import submissions_visible_to, waiting_for
from tests.courses.conftest import NOON, draft_of_steps, publish, step_uid, text_step
from tests.courses.races import at_once

State = TaskSubmission.State
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)
PDF = b"%PDF-1.7\n" + bytes(60)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(60)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(60)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(60)
EXE = b"MZ\x90\x00" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def archive(**parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


DOCX = archive(word__document_xml="<w:document/>")
ODT = archive(mimetype="application/vnd.oasis.opendocument.text")


class Desk:
    """A learner's place with a task, and the course's teacher."""

    def __init__(self, course, place) -> None:
        self.course, self.enrolment, self.teacher = course, place, course.teacher.user
        self.moments = (NOON + timedelta(minutes=n) for n in range(1, 1000))

    @property
    def place(self):
        return place_of(with_progress(Enrolment.objects.filter(pk=self.enrolment.pk)).get())

    def hand_in(self, text: str = "My bridge", file=None) -> TaskSubmission:
        step = self.place.outline.step_by_uid[step_uid(self.course, "task")]
        at = next(self.moments)
        return hand_in(enrolment=self.enrolment, step=step, text=text, file=file, at=at)

    def answer(self, work, *, accepted: bool = True, comment: str = "Fine", actor=None):
        return answer(
            submission=work,
            accepted=accepted,
            comment=comment,
            actor=actor or self.teacher,
            at=next(self.moments),
        )

    @property
    def is_done(self) -> bool:
        return self.place.counts.done == 1


@pytest.fixture
def desk(a_course, a_place):
    def make(rule: RuleKind = RuleKind.ACCEPTED, answer: str = "both") -> Desk:
        course = a_course(
            text_step("task", kind="task", rule=Rule(rule), content={"answer": answer})
        )
        return Desk(course, a_place(course))

    return make


def named(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_text_that_was_replaced_is_not_answered_for_the_old_one(desk):
    masha = desk()
    seen = masha.hand_in("One")
    masha.hand_in("Two")
    with pytest.raises(WorkReplaced):
        masha.answer(seen)
    work = TaskSubmission.objects.get()
    assert (work.state, work.comment) == (State.SUBMITTED, "")
    assert not masha.is_done
    masha.answer(work)
    assert masha.is_done


@pytest.mark.parametrize(
    ("asked", "text", "name", "is_taken"),
    [
        ("text", "My bridge", None, True),
        ("text", "My bridge", "bridge.pdf", False),
        ("text", "", "bridge.pdf", False),
        ("file", "", "bridge.pdf", True),
        ("file", "My bridge", None, False),
        ("file", "My bridge", "bridge.pdf", False),
        ("both", "My bridge", "bridge.pdf", True),
    ],
)
def test_only_what_the_task_asks_for_is_taken(desk, asked, text, name, is_taken):
    masha = desk(answer=asked)
    file = named(name, b"%PDF-1.7 a bridge") if name else None
    if is_taken:
        masha.hand_in(text, file)
        assert TaskSubmission.objects.count() == 1
        return
    with pytest.raises(WrongKindOfWork) as refused:
        masha.hand_in(text, file)
    assert refused.value.code == "wrong_kind_of_work"
    assert not TaskSubmission.objects.exists()
    assert not Event.objects.exists()


def test_a_double_click_is_one_work_and_one_event(desk):
    masha = desk()
    assert masha.hand_in() == masha.hand_in(" My bridge ")
    assert TaskSubmission.objects.get().submitted_at == NOON + timedelta(minutes=1)
    assert Event.objects.filter(verb="submitted").count() == 1


def test_a_better_text_replaces_the_work_that_waits(desk):
    masha = desk()
    masha.hand_in("One")
    masha.hand_in("Two")
    assert TaskSubmission.objects.get().text == "Two"


def test_an_accepted_work_completes_the_step(desk):
    masha = desk()
    work = masha.hand_in()
    assert not masha.is_done
    masha.answer(work)
    assert masha.is_done
    with pytest.raises(AlreadyAccepted):
        masha.hand_in("Another")


def test_handing_in_is_enough_where_the_rule_says_so(desk):
    masha = desk(RuleKind.SUBMITTED)
    masha.hand_in()
    assert masha.is_done


def test_a_returned_work_is_answered_by_a_new_one(desk):
    masha = desk()
    first = masha.hand_in()
    masha.answer(first, accepted=False, comment="Draw the piers")
    second = masha.hand_in()

    assert (first.number, second.number) == (1, 2)
    assert not masha.is_done
    masha.answer(second)
    assert masha.is_done
    assert TaskSubmission.objects.get(number=1).comment == "Draw the piers"


def test_what_is_accepted_stays_accepted_whatever_is_said_later(desk):
    masha = desk()
    first = masha.hand_in()
    masha.answer(first)
    with pytest.raises(AlreadyAnswered):
        masha.answer(first, accepted=False, comment="On second thoughts")
    assert masha.is_done


@pytest.mark.parametrize("comment", ["", "  \n "])
def test_a_work_is_not_returned_without_a_word(desk, comment):
    masha = desk()
    work = masha.hand_in()
    with pytest.raises(CommentMissing):
        masha.answer(work, accepted=False, comment=comment)
    assert TaskSubmission.objects.get().state == State.SUBMITTED


@pytest.mark.parametrize("who", ["another teacher", "the learner", "a guardian"])
def test_only_the_teacher_of_the_course_answers(desk, who, person, guardian_of):
    masha = desk()
    work = masha.hand_in()
    actors = {
        "another teacher": lambda: person("boris"),
        "the learner": lambda: masha.enrolment.learner,
        "a guardian": lambda: guardian_of(masha.enrolment.learner.opora_child),
    }
    with pytest.raises(NotTheTeacher):
        masha.answer(work, actor=actors[who]())
    assert not masha.is_done


def test_a_work_is_read_by_the_learner_the_guardians_and_the_teacher(
    desk, child, guardian_of, person
):
    masha = desk()
    work = masha.hand_in()
    learner = masha.enrolment.learner
    for reader in (learner, guardian_of(learner.opora_child), masha.teacher):
        assert list(submissions_visible_to(reader, NOON)) == [work]
    for stranger in (child("petya").user, guardian_of(child("sonya")), person("boris")):
        assert not submissions_visible_to(stranger, NOON).exists()


def test_a_work_waits_for_its_teacher_only(desk, person):
    masha = desk()
    work = masha.hand_in()
    assert list(waiting_for(masha.teacher)) == [work]
    assert not waiting_for(person("boris"))


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_answer_is_refused(desk, text):
    masha = desk()
    with pytest.raises(NothingHandedIn):
        masha.hand_in(text)


def test_a_text_of_5000_characters_is_taken_and_of_5001_is_not(desk):
    masha = desk()
    masha.hand_in("я" * 5000)
    with override("en"), pytest.raises(TextTooLong, match="5000"):
        masha.hand_in("я" * 5001)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bridge.png", PNG),
        ("МОСТ.PNG", PNG),
        ("bridge.jpg", JPEG),
        ("bridge.jpeg", JPEG),
        ("bridge.webp", WEBP),
        ("bridge.pdf", PDF),
        ("bridge.docx", DOCX),
        ("bridge.odt", ODT),
    ],
)
def test_a_picture_a_pdf_or_a_document_is_taken(desk, name, content):
    masha = desk()
    work = masha.hand_in("", named(name, content))
    assert work.file_name == name
    assert "bridge" not in work.file.name
    with work.file.open("rb") as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bridge.pdf", PNG),
        ("bridge.png", PDF),
        ("bridge.png", SVG),
        ("bridge.svg", SVG),
        ("bridge.html", HTML),
        ("bridge.pdf", HTML),
        ("bridge.jpg", HTML),
        ("bridge.exe", EXE),
        ("bridge.png", EXE),
        ("bridge.webp", WAV),
        ("bridge.png.exe", PNG),
        ("bridge", PNG),
        (".png", PNG),
        ("bridge.docx", archive(evil_txt="boo")),
        ("bridge.docx", b"PK\x03\x04" + bytes(60)),
        ("bridge.odt", archive(mimetype="text/html")),
        ("bridge.docm", DOCX),
        ("bridge.zip", DOCX),
        ("bridge.png", b""),
        ("bridge.png", b"\x89"),
        ("bridge.txt", b"hello"),
    ],
)
def test_a_file_of_another_or_a_forged_type_is_refused(desk, name, content):
    masha = desk()
    with pytest.raises(FileTypeRefused):
        masha.hand_in("See the file", named(name, content))
    assert not TaskSubmission.objects.exists()
    assert not Event.objects.exists()


def test_a_file_is_taken_up_to_the_limit(desk, settings):
    settings.OPORA_TASK_FILE_MAX_BYTES = 2 * 1024 * 1024
    masha = desk()
    fits = PNG + bytes(2 * 1024 * 1024 - len(PNG))
    masha.hand_in("", named("bridge.png", fits))
    with override("en"), pytest.raises(FileTooLarge, match="2 MB"):
        masha.hand_in("", named("bridge.png", fits + b"\0"))


def test_a_replaced_file_is_not_kept(desk, django_capture_on_commit_callbacks):
    masha = desk()
    with django_capture_on_commit_callbacks(execute=True):
        first = masha.hand_in("", named("one.png", PNG))
    storage, old = first.file.storage, first.file.name
    with django_capture_on_commit_callbacks(execute=True):
        second = masha.hand_in("", named("two.pdf", PDF))

    assert second == first
    assert not storage.exists(old)
    assert storage.exists(second.file.name)


def test_a_task_that_is_gone_takes_no_work(desk):
    masha = desk()
    step = masha.place.outline.step_by_uid[step_uid(masha.course, "task")]
    publish(masha.course, draft_of_steps("something else"))
    with pytest.raises(StepGone):
        hand_in(enrolment=masha.enrolment, step=step, text="Late", file=None, at=NOON)
    assert not TaskSubmission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_20_parallel_works_are_one(desk):
    masha = desk()
    step = masha.place.outline.step_by_uid[step_uid(masha.course, "task")]
    works = at_once(
        lambda _tab: hand_in(
            enrolment=masha.enrolment, step=step, text="My bridge", file=None, at=NOON
        )
    )
    assert {work.pk for work in works} == {TaskSubmission.objects.get().pk}
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_answers_at_once_one_counts(desk):
    masha = desk()
    work = masha.hand_in()

    def act(n: int) -> bool:
        try:
            answer(
                submission=TaskSubmission.objects.get(),
                accepted=n % 2 == 0,
                comment=f"answer {n}",
                actor=masha.teacher,
                at=NOON + timedelta(hours=1),
            )
        except AlreadyAnswered:
            return False
        return True

    answered = at_once(act, 10)

    assert answered.count(True) == 1
    work.refresh_from_db()
    assert work.comment == f"answer {answered.index(True)}"
    assert Event.objects.filter(verb="graded").count() == 1
    assert masha.is_done is (work.state == State.ACCEPTED)


@pytest.mark.django_db(transaction=True)
def test_a_work_handed_in_while_it_is_answered_is_not_lost(desk):
    """Neither waits for the other for ever, and an accepted work stays accepted."""
    masha = desk()
    step = masha.place.outline.step_by_uid[step_uid(masha.course, "task")]
    for number in range(5):
        work = masha.hand_in(f"version {number}")

        def act(n: int, work=work) -> str:
            try:
                if n % 2:
                    answer(
                        submission=work,
                        accepted=False,
                        comment="Once more",
                        actor=masha.teacher,
                        at=NOON + timedelta(hours=1),
                    )
                else:
                    text = f"version {work.pk} from tab {n}"
                    hand_in(enrolment=masha.enrolment, step=step, text=text, file=None, at=NOON)
            except AlreadyAnswered:
                return "answered"
            except WorkReplaced:
                return "replaced"
            return "done"

        at_once(act, 6)
    works = TaskSubmission.objects.order_by("number")
    assert [work.number for work in works] == list(range(1, len(works) + 1))
    assert Event.objects.filter(verb="graded").count() == works.exclude(state="submitted").count()
