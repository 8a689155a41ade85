"""Wrong structure is refused with a sentence that says how to mend it."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import override_settings
from django.utils.translation import override
from wagtail.documents import get_document_model

from courses.pages.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from tests.courses.lessons.test_recordings import movie, mvhd
from tests.courses.pages.conftest import block
from tests.courses.quizzes.samples import VALUES, listed, options

pytestmark = pytest.mark.django_db


def test_pages_stand_where_they_belong(index):
    assert CourseIndexPage.can_create_at(index.get_parent())
    assert CoursePage.can_create_at(index)
    for misplaced in (ModulePage, LessonPage):
        assert not misplaced.can_create_at(index)
        assert not misplaced.can_create_at(index.get_parent())
    assert not CoursePage.can_create_at(index.get_parent())


def test_a_lesson_stands_in_a_module_and_nowhere_else(tree):
    course = tree("a")
    assert LessonPage.can_create_at(course.module)
    assert not LessonPage.can_create_at(course.page)
    assert not ModulePage.can_create_at(course.module)
    lesson = LessonPage.objects.get()
    assert not lesson.can_move_to(course.page)
    assert not course.module.can_move_to(course.module.get_parent().get_parent())


def quiz(*questions, **settings):
    value = {
        "title": "Quiz",
        "required": True,
        "weight": 1,
        "completion": "passed",
        "intro": "",
        "pass_percent": 60,
        "attempts_allowed": None,
        "feedback": "each",
        "shuffle": False,
        "questions": [
            {"type": kind, "id": f"q{n}", "value": {"text": "О чём?", "points": 1, **content}}
            for n, (kind, content) in enumerate(questions)
        ],
    }
    return {"type": "quiz", "id": "1c7ffdd4-0000-4000-8000-000000000001", "value": value | settings}


def problems_of(course, *blocks) -> str:
    """What the editor's form says of a lesson of these blocks; empty when nothing."""
    lesson = course.write(LessonPage.objects.get(), *blocks)
    try:
        with override("en"):
            lesson.steps.stream_block.clean(lesson.steps)
    except ValidationError as error:
        return json.dumps(error.as_json_data(), default=str) + str(error)
    return ""


def test_a_whole_quiz_may_be_published(tree):
    kinds = ["single", "multiple", "true_false", "match", "order", "number", "short_text"]
    assert problems_of(tree("a"), quiz(*((kind, VALUES[kind]) for kind in kinds))) == ""


@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_a_quiz_without_a_right_answer_is_refused(tree, kind):
    wrong = quiz((kind, {"options": options("123456", "qwerty")}))
    assert "right" in problems_of(tree("a"), wrong)


def test_a_quiz_without_questions_is_refused(tree):
    assert problems_of(tree("a"), quiz())


def test_a_checklist_without_items_is_refused(tree):
    empty = block("list", "checklist", completion="declared", intro="", items=[])
    full = block("list", "checklist", completion="declared", intro="", items=listed(["One"]))
    course = tree("a")
    assert problems_of(course, empty)
    assert problems_of(course, full) == ""


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"age_from": None}, "age_from"),
        ({"age_from": 12, "age_to": 9}, "age_to"),
        (
            {"enrolment_opens_on": "2026-11-21", "enrolment_closes_on": "2026-11-20"},
            "enrolment_closes_on",
        ),
    ],
)
def test_a_course_that_contradicts_itself_is_refused(tree, facts, field):
    page = tree("a").page
    for name, value in facts.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert field in refused.value.message_dict


@pytest.fixture
def document():
    def make(name: str, content: bytes):
        file = ContentFile(content, name=name)
        return get_document_model().objects.create(title=name, file=file)

    return make


def video(document, **changes):
    return block(
        "film",
        "video",
        file=document.pk,
        captions=None,
        transcript="",
        poster=None,
        completion="watched",
        **{"duration_seconds": None} | changes,
    )


@override_settings(WAGTAILDOCS_EXTENSIONS=[])
def test_the_length_of_a_video_is_found_in_the_file(tree, document):
    film = document("film.mp4", movie(mvhd(scale=1000, duration=61_500)))
    lesson = tree("a").write(LessonPage.objects.get(), video(film))
    cleaned = lesson.steps.stream_block.clean(lesson.steps)
    assert cleaned[0].value["duration_seconds"] == 62


@override_settings(WAGTAILDOCS_EXTENSIONS=[])
def test_a_typed_length_is_kept_and_a_missing_one_is_asked_for(tree, document):
    film, course = document("film.webm", b"no header"), tree("a")
    assert problems_of(course, video(film, duration_seconds=30)) == ""
    assert "seconds" in problems_of(course, video(film))


@override_settings(WAGTAILDOCS_EXTENSIONS=[])
def test_a_file_that_no_browser_plays_is_refused(tree, document):
    assert ".mp4" in problems_of(
        tree("a"), video(document("film.avi", b"RIFF"), duration_seconds=9)
    )
