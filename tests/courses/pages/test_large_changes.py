"""What an editor says of a changed lesson, and opening finished courses again."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page
from wagtail.rich_text import RichText

from courses.enrolments.operations import enrol
from courses.foundation.blocks import StepBlock
from courses.lessons.rules import Ages, Change
from courses.pages.models import LessonPage
from courses.progress.models import Event
from tests.courses.pages.admin_forms import PUBLISH, SAVE, edit, lesson_form, text_step
from tests.courses.pages.conftest import block
from tests.courses.progress.conftest import Journey

pytestmark = pytest.mark.django_db
REASON = "The law has changed"


@pytest.fixture
def masha(published, child) -> Journey:
    """A child who has read "a" of a published course of "a" and "b"."""
    course = published("a", "b").course
    learner = child("masha").user
    place = enrol(learner=learner, course=course, actor=learner, at=timezone.now())
    masha = Journey(course, place)
    masha.see("a")
    return masha


@pytest.fixture
def author(client):
    """Somebody who may edit and publish pages, and no more."""
    user = get_user_model().objects.create_user("author", password="opora-test")
    group = Group.objects.create(name="Authors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=Page.get_first_root_node(),
            permission=Permission.objects.get(codename=right),
        )
    user.groups.add(group)
    client.force_login(user)
    return user


def rewritten(action: dict[str, str], **fields: str) -> dict[str, str]:
    """The form of the lesson with another text in "a"."""
    lesson = LessonPage.objects.get()
    steps = [text_step("a"), text_step("b")]
    steps[0][1]["weight"] = "3"
    form = lesson_form(action, *steps, title=lesson.title, slug=lesson.slug, **fields)
    return form | {f"steps-{n}-id": lesson.steps[n].id for n in range(2)}


def lesson() -> LessonPage:
    return LessonPage.objects.get()


def test_a_large_change_is_said_with_the_publishing(editor, send, masha):
    send(edit(lesson()), rewritten(PUBLISH, change="major"))
    masha.course.refresh_from_db()
    changed = masha.place.outline.steps[0]
    assert changed.update.change is Change.MAJOR
    assert masha.place.is_updated(changed)
    assert masha.is_done("a")


def test_it_is_said_of_the_steps_that_changed_and_only_once(masha, committed):
    def publish(body: str, change: str) -> list[int | None]:
        page = lesson()
        page.change = change
        page.steps[0].value["body"] = RichText(body)
        with committed():
            page.save_revision().publish()
        masha.course.refresh_from_db()
        steps = masha.place.outline.steps
        return [step.update.revision_n if step.update else None for step in steps]

    assert publish("<p>Other words</p>", "major") == [2, None]
    assert publish("<p>Other words!</p>", "minor") == [2, None]
    assert lesson().change == "minor"
    assert publish("<p>New words</p>", "major") == [4, None]


def test_a_course_that_could_not_be_published_keeps_the_word_for_when_it_is(masha, committed):
    page = lesson()
    page.change = "major"
    page.steps = []  # type: ignore[assignment]
    with committed():
        page.save_revision().publish()
    assert masha.course.revisions.count() == 1
    assert lesson().change == "major"


def test_doing_again_names_who_published_and_why(editor, send, masha):
    send(edit(lesson()), rewritten(PUBLISH, change="redo_unfinished", change_reason=REASON))
    event = Event.objects.latest("seq")
    assert (event.verb, event.actor, event.payload["reason"]) == ("reset", editor, REASON)
    masha.course.refresh_from_db()
    assert not masha.is_done("a")
    masha.refuse_drift()


def test_the_word_waits_with_its_draft_and_is_gone_after_the_publishing(editor, send, masha):
    send(edit(lesson()), rewritten(SAVE, change="major"))
    draft = lesson().get_latest_revision_as_object()
    assert draft.change == "major"
    send(edit(lesson()), rewritten(PUBLISH, change="major"))
    assert lesson().get_latest_revision_as_object().change == "minor"


@pytest.mark.parametrize("change", ["redo_unfinished", "redo_all"])
def test_whoever_asks_to_do_steps_again_says_why(editor, send, masha, change):
    page = send(edit(lesson()), rewritten(PUBLISH, change=change, change_reason=" "))
    assert page.context["form"].errors.keys() == {"change_reason"}
    assert masha.course.revisions.count() == 1


def test_to_ask_also_those_who_finished_is_a_right_of_its_own(author, client, send, masha):
    form = rewritten(PUBLISH, change="redo_all", change_reason=REASON)
    send(edit(lesson()), form)
    assert masha.course.revisions.count() == 1
    assert lesson().get_latest_revision_as_object().change == "redo_all", "kept as a draft"
    author.user_permissions.add(Permission.objects.get(codename="reopen_completions"))
    client.force_login(author)
    send(edit(lesson()), form)
    assert masha.course.revisions.count() == 2


def test_the_ages_of_a_step_are_read_from_its_block(published):
    outline = published(block("a", age_from=10, age_to=None), "b").outline
    assert [step.ages for step in outline.steps] == [Ages(10, None), None]


def test_ages_alone_make_no_other_version_of_a_step(published, committed):
    made = published("a", "b")
    before = [step.version for step in made.outline.steps]
    with committed():
        made.write(lesson(), block("a", age_to=9), "b").save_revision().publish()
    assert [step.version for step in made.outline.steps] == before
    assert made.revisions == 2


def test_crossed_ages_are_refused():
    made = StepBlock()
    with pytest.raises(ValidationError) as refused:
        made.clean(made.to_python({"age_from": 11, "age_to": 10}))
    assert refused.value.block_errors.keys() == {"age_to"}


def reopening(masha: Journey) -> str:
    return reverse("reopening:reopen", args=[masha.course.pages.get().pk])


@pytest.fixture
def passed_by(masha, published, committed):
    """Masha has finished, and then a step was added that everybody else is asked for."""
    page = masha.course.pages.get()
    masha.see("b")
    page.added_steps = "required_for_all_unfinished"
    with committed():
        page.save_revision().publish()
    changed = lesson()
    changed.steps.append(("text", {"title": "new", "completion": "viewed", "required": True}))
    with committed():
        changed.save_revision().publish()
    masha.course.refresh_from_db()
    return masha


def test_opening_finished_courses_says_how_many_first(editor, client, send, passed_by):
    page = client.get(reopening(passed_by))
    assert page.context["count"] == 1
    assert passed_by.numbers == (2, 2, 100)
    send(reopening(passed_by), {"reason": REASON})
    assert passed_by.numbers == (2, 3, 66)
    assert client.get(reopening(passed_by)).context["count"] == 0


@pytest.mark.parametrize("reason", ["", "   ", "\0"])
def test_opening_finished_courses_wants_a_reason(editor, client, passed_by, reason):
    answer = client.post(reopening(passed_by), {"reason": reason})
    assert answer.status_code == 422
    assert passed_by.numbers == (2, 2, 100)


def test_opening_finished_courses_is_for_those_who_may(author, client, passed_by):
    for answer in (client.get(reopening(passed_by)), client.post(reopening(passed_by))):
        assert answer.status_code in {302, 403}
    assert passed_by.numbers == (2, 2, 100)


def test_there_is_nothing_to_open_in_a_course_that_was_never_published(editor, client, tree):
    page = tree("a").page
    assert client.get(reverse("reopening:reopen", args=[page.pk])).status_code == 404
