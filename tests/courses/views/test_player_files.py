"""Recordings by the piece, files for those who may read them, and works that are handed in."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from courses.lessons.components import file_address
from courses.submissions.models import TaskSubmission
from courses.submissions.operations import answer as review
from tests.courses.conftest import NOON, course_of, lesson_of
from tests.courses.views.every_kind import Learner, Screen, document, task_step, video_step

pytestmark = pytest.mark.django_db

TEXT = b"0123456789" * 10


@pytest.fixture
def captions(learner):
    """The address of a file of a hundred bytes in a course, and a learner of the course."""
    masha = learner("a")
    kept = document("words.vtt", io.BytesIO(TEXT))
    return masha, file_address(kept, course_id=masha.enrolment.course_id)


def test_the_words_of_a_film_stand_beside_it_with_their_moments(learner) -> None:
    page = learner(draft=course_of(lesson_of([video_step("film")]))).open("film").page
    phrases = page.select("[data-cues] > li")
    assert phrases[1]["data-at"] == "4.500"
    words = phrases[1].get_text(" ", strip=True)
    assert words == "0:04 Короткий пароль 123456 программа подберёт за мгновение."
    assert not page.select("[data-cues] button"), "nothing to press where no script runs"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00 no captions", b"WEBVTT\n\nNOTE only"])
def test_captions_without_words_leave_no_empty_list(learner, content) -> None:
    film = video_step("film")
    film.content["captions"] = document("none.vtt", io.BytesIO(content)).pk
    assert not learner(draft=course_of(lesson_of([film]))).open("film").page.select("[data-cues]")


def test_a_lost_file_of_captions_does_not_take_the_film_with_it(learner) -> None:
    film = video_step("film")
    captions = document("lost.vtt", io.BytesIO(TEXT))
    captions.file.storage.delete(captions.file.name)
    film.content["captions"] = captions.pk
    page = learner(draft=course_of(lesson_of([film]))).open("film").page
    assert page.select("video")
    assert not page.select("[data-cues]")


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "content", "said"),
    [
        ("bytes=0-9", TEXT[:10], "bytes 0-9/100"),
        ("bytes=90-", TEXT[90:], "bytes 90-99/100"),
        ("bytes=-5", TEXT[-5:], "bytes 95-99/100"),
        ("bytes=95-500", TEXT[95:], "bytes 95-99/100"),
    ],
)
def test_a_piece_of_a_recording_is_a_206(captions, asked, content, said) -> None:
    masha, address = captions

    response = masha.client.get(address, headers={"Range": asked})

    assert response.status_code == 206
    assert body(response) == content
    assert response["Content-Range"] == said
    assert response["Content-Length"] == str(len(content))


@pytest.mark.parametrize("asked", ["", "bytes=", "bytes=5-2", "lines=1-2", "bytes=0-1,5-6", "x"])
def test_what_is_no_piece_is_the_whole_file(captions, asked) -> None:
    masha, address = captions

    response = masha.client.get(address, headers={"Range": asked})

    assert response.status_code == 200
    assert body(response) == TEXT
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=-0"])
def test_a_piece_beyond_the_end_is_a_416(captions, asked) -> None:
    masha, address = captions

    response = masha.client.get(address, headers={"Range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */100"


def test_a_file_that_is_known_already_is_not_sent_again(captions) -> None:
    masha, address = captions
    etag = masha.client.get(address)["ETag"]

    assert masha.client.get(address, headers={"If-None-Match": etag}).status_code == 304
    changed = masha.client.get(address, headers={"Range": "bytes=0-1", "If-Range": '"old"'})
    assert changed.status_code == 200


def test_a_browser_plays_captions_and_keeps_everything_else(captions) -> None:
    masha, address = captions
    page = document("virus.html", io.BytesIO(b"<script>alert(1)</script>"))
    played, kept = (
        masha.client.get(one)
        for one in (address, file_address(page, course_id=masha.enrolment.course_id))
    )

    assert played["Content-Type"] == "text/vtt; charset=utf-8"
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["Content-Disposition"].startswith("attachment")
    for response in (played, kept):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]


def test_files_are_for_learners_family_teacher_and_editors_of_the_course(
    captions, child, guardian_of, django_user_model
) -> None:
    masha, address = captions
    course = masha.enrolment.course
    editor = django_user_model.objects.create_superuser("root", password="opora-test")
    allowed = [guardian_of(masha.enrolment.learner.opora_child), course.teacher.user, editor]

    def status(user=None) -> int:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client.get(address).status_code

    assert [status(user) for user in allowed] == [200, 200, 200]
    assert status() == status(child("petya").user) == 404

    course.is_open_reading = True
    course.save()
    assert status() == 200


def test_an_address_that_was_not_made_here_is_not_found(captions) -> None:
    masha, address = captions
    *start, token, name = address.split("/")
    forged = re.sub(r"^\d+", "999", token)

    for other in (forged, "x", "1-1.abc"):
        assert masha.client.get("/".join([*start, other, name])).status_code == 404


def test_the_player_shows_the_recording_with_captions_from_this_site(learner) -> None:
    masha = learner(video_step())
    page = masha.open("video").page

    for source in page.select("video source, video track"):
        response = masha.client.get(source["src"])
        assert response.status_code == 200
        body(response)
    track = page.select_one("track[default]")
    assert track is not None


def png() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (2, 2)).save(content, "PNG")
    return content.getvalue()


def test_a_work_goes_to_the_teacher_and_comes_back_with_a_comment(learner) -> None:
    masha = learner(task_step(kind="accepted"), "b")
    waiting = masha.open("task").press(text="Моё правило")
    assert "Моё правило" in waiting.text
    assert waiting.press().address == masha.address("b")
    teacher = masha.enrolment.course.teacher.user

    review(
        submission=TaskSubmission.objects.get(),
        accepted=False,
        comment="Добавь пример",
        actor=teacher,
        at=NOON,
    )
    returned = masha.open("task")
    assert "Добавь пример" in returned.text
    returned.press(text="Моё правило и пример")
    review(
        submission=TaskSubmission.objects.get(state="submitted"),
        accepted=True,
        comment="",
        actor=teacher,
        at=NOON,
    )

    accepted = masha.open("task")
    assert accepted.page.select("textarea") == []
    assert "Добавь пример" in accepted.text  # among the earlier works
    assert masha.is_done("task")
    late = masha.client.post(masha.address("task", "task"), {"text": "ещё"}, follow=True)
    assert late.request["PATH_INFO"] == masha.address("task")
    assert TaskSubmission.objects.count() == 2


def test_a_double_click_hands_in_one_work(learner) -> None:
    masha = learner(task_step())
    form = masha.open("task").form("step-form", text="Моё правило")

    for _click in range(2):
        assert masha.client.post(*form).status_code == 302

    assert TaskSubmission.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.png", b"<script>alert(1)</script>"),
        ("photo.png", b"MZ\x90\x00" + b"\x00" * 100),
        ("page.html", b"<p>hello</p>"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("work.docx", b"PK\x03\x04" + b"\x00" * 50),
        ("empty.png", b""),
    ],
)
def test_a_file_of_a_forged_type_is_refused_and_the_text_is_kept(learner, name, content) -> None:
    masha = learner(task_step())
    screen = masha.open("task")

    refused = screen.press(text="Моё правило", file=SimpleUploadedFile(name, content))

    assert refused.response.status_code == 422
    textarea = refused.page.select_one("textarea")
    assert textarea is not None
    assert textarea.get_text() == "Моё правило"
    assert refused.page.select_one("[role=alert]") is not None
    assert not TaskSubmission.objects.exists()


def test_nothing_handed_in_is_said_beside_the_form(learner) -> None:
    refused = learner(task_step()).open("task").press(text="  ")

    assert refused.response.status_code == 422
    assert refused.page.select_one("#task-error") is not None


def test_ten_megabytes_of_text_are_a_413_in_words(learner) -> None:
    masha = learner(task_step())
    address, _data = masha.open("task").form("step-form")

    refused = masha.client.post(address, {"text": "x" * 10_000_000})

    assert refused.status_code == 413
    assert b"<h1" in refused.content


def test_the_file_of_a_work_is_an_attachment_for_whom_it_concerns(
    learner, child, guardian_of, person
) -> None:
    masha = learner(task_step())
    upload = SimpleUploadedFile("Моя работа.png", png())
    page = masha.open("task").press(text="", file=upload)
    work = TaskSubmission.objects.get()
    address = reverse("courses:submission_file", args=[work.uid])
    assert page.page.select_one(f"a[href='{address}']") is not None

    def ask(user):
        client = Client()
        client.force_login(user)
        return client.get(address)

    for user in (
        masha.enrolment.learner,
        guardian_of(masha.enrolment.learner.opora_child),
        masha.enrolment.course.teacher.user,
    ):
        response = ask(user)
        assert body(response) == png()
        assert response["Content-Type"] == "application/octet-stream"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"].startswith('attachment; filename="work-1.png"; ')
        assert "filename*=utf-8''%D0%9C" in response["Content-Disposition"]
    assert ask(child("petya").user).status_code == 404
    assert ask(person("stranger")).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_task_for_a_text_takes_no_file(learner) -> None:
    masha = learner(task_step(answer="text"))
    screen = masha.open("task").press(text="Слова", file=SimpleUploadedFile("a.png", png()))

    assert screen.response.status_code == 422
    assert not TaskSubmission.objects.exists()


def test_another_learner_does_not_see_the_work(learner, child, a_place) -> None:
    masha = learner(task_step())
    masha.open("task").press(text="Тайное правило")
    petya = Learner(a_place(masha.enrolment.course, child("petya").user), Client())

    assert "Тайное правило" not in Screen(petya, petya.client.get(petya.address("task"))).text
