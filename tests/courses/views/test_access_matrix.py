"""Every address of the plug-in against every kind of person: default is "no".

A row of the table says who may enter; everybody else gets the same 404 as for an address that
does not exist, and a visitor is sent to sign in.
"""

import json
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.urls import reverse

from courses.catalogue.models import Course
from courses.lessons.components import file_address
from courses.lessons.queries import outline_by_id
from courses.people.api import Teacher, end_guardianship
from courses.submissions.models import TaskSubmission
from courses.submissions.operations import hand_in
from courses.urls import urlpatterns
from courses.views.access import Access, access_of
from courses.views.sittings import sitting_token
from tests.courses.conftest import NOON, course_of, lesson_of, text_step
from tests.courses.views.every_kind import document, quiz_step, task_step
from tests.courses.views.packages import attempt_at, package_step, ready_package
from tests.courses.views.rooms import reader, show

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ACTORS = (
    "visitor",
    "child",
    "sibling",
    "other_child",
    "guardian",
    "other_guardian",
    "former_guardian",
    "teacher",
    "other_teacher",
    "editor",
    "admin",
)
SIGNED_IN = frozenset(ACTORS) - {"visitor"}

# name of the address: who may enter
MAY_ENTER = {
    "enrol": SIGNED_IN,
    "my": SIGNED_IN,
    "family": SIGNED_IN,
    "child": {"guardian"},
    "teaching": {"teacher", "other_teacher"},
    "teaching_submission": {"teacher"},
    "teaching_course": {"teacher"},
    "teaching_export": {"teacher"},
    "teaching_learner": {"teacher"},
    "teaching_attempts": {"teacher"},
    "teaching_items": {"teacher"},
    "teaching_left_work": {"teacher"},
    "resume": {"child"},
    "why": {"child", "guardian", "teacher"},
    "events": {"child"},
    "finished": {"child"},
    "lesson_end": {"child"},
    "step": {"child"},
    "declare": {"child"},
    "quiz": {"child"},
    "launch": {"child"},
    "again": {"child"},
    "package_preview": {"editor", "admin"},
    "task": {"child"},
    "submission_file": {"child", "guardian", "teacher"},
    "step_file": {"child", "guardian", "teacher", "editor", "admin"},
}


@pytest.fixture
def world(a_course, a_place, child, guardian_of, person, teacher, django_user_model):
    """A child on a course, and everybody who is near and far."""
    cards = ready_package(person("editor"))
    course = a_course(
        draft=course_of(
            lesson_of([text_step("text"), quiz_step("single"), task_step(), package_step(cards)])
        )
    )
    show(course)
    masha, petya, stranger = child("masha"), child("petya"), child("stranger")
    mother = guardian_of(masha)
    guardian_of(petya, mother.username)
    former = guardian_of(masha, "former")
    end_guardianship(guardian=former, child=masha, at=NOON)
    Teacher.objects.create(name="Other", user=person("other-teacher"))
    editors = Group.objects.create(name="Editors of courses")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    person("editor").groups.add(editors)
    place = a_place(course, masha.user)
    outline = outline_by_id(course.current_revision_id)
    task = next(step for step in outline.steps if step.kind == "task")
    work = hand_in(enrolment=place, step=task, text="A rule", file=None, at=NOON)
    work.file.save("work.txt", ContentFile(b"A rule"))
    return SimpleNamespace(
        actors={
            "visitor": None,
            "child": masha.user,
            "sibling": petya.user,
            "other_child": stranger.user,
            "guardian": mother,
            "other_guardian": guardian_of(stranger),
            "former_guardian": former,
            "teacher": teacher.user,
            "other_teacher": person("other-teacher"),
            "editor": person("editor"),
            "admin": django_user_model.objects.create_superuser("admin", password="opora-test"),
        },
        uids={
            "course_id": course.public_id,
            "child_uid": masha.uid,
            "enrolment_uid": place.uid,
            "submission_uid": work.uid,
            "lesson_uid": outline.lessons[0].uid,
            "package_uid": cards.uid,
            "attempt_uid": attempt_at(cards, place, outline.steps[3]).uid,
            "step_uid": {
                "quiz": outline.steps[1].uid,
                "task": task.uid,
                "launch": outline.steps[3].uid,
                "again": outline.steps[3].uid,
                "teaching_attempts": outline.steps[3].uid,
                "teaching_items": outline.steps[3].uid,
            },
        },
        text=outline.steps[0].uid,
        batch={
            "sitting": sitting_token(place.uid, NOON),
            "sent_at": NOON.isoformat(),
        },
        file=file_address(document("lock.png"), course_id=course.pk),
    )


def address(world, pattern) -> str:
    """The address of ``pattern`` about Masha, her course, her place or her work."""
    if pattern.name == "step_file":
        return world.file
    wanted = pattern.pattern.converters
    uids = {**world.uids, "step_uid": world.uids["step_uid"].get(pattern.name, world.text)}
    return reverse(f"courses:{pattern.name}", kwargs={name: uids[name] for name in wanted})


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_every_view_declares_who_may_enter_and_stands_in_the_table(pattern) -> None:
    assert access_of(pattern.callback) in set(Access)
    assert pattern.name in MAY_ENTER


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_only_those_in_the_table_enter(world, pattern) -> None:
    for name in ACTORS:
        client, place = reader(world.actors[name]), address(world, pattern)
        batch = {"batch": json.dumps({**world.batch, "events": []})}
        for response in (client.get(place), client.post(place, batch)):
            if response.status_code == 405:
                continue
            if name in MAY_ENTER[pattern.name]:
                assert response.status_code in {200, 302, 422}, name
                assert not is_shown_the_door(response), name
            elif name == "visitor" and access_of(pattern.callback) is Access.SIGNED_IN:
                assert is_shown_the_door(response), name
            else:
                assert response.status_code == 404, name


def is_shown_the_door(response) -> bool:
    """A person is led to sign in, a script is told so."""
    return response.status_code == 401 or response.get("Location", "").startswith(reverse("login"))


def test_strangers_change_nothing(world) -> None:
    for name in SIGNED_IN - {"child", "teacher"}:
        client = reader(world.actors[name])
        for pattern in urlpatterns:
            if "enrolment_uid" in pattern.pattern.converters or pattern.name.startswith("teaching"):
                client.post(address(world, pattern), {"text": "forged", "action": "accept"})
    work = TaskSubmission.objects.get()
    assert (work.text, work.state) == ("A rule", TaskSubmission.State.SUBMITTED)
    assert work.enrolment.events.count() == 1


def test_a_file_of_a_course_open_for_reading_is_for_everybody(world) -> None:
    Course.objects.update(is_open_reading=True)
    assert reader().get(world.file).status_code == 200


def test_a_shared_computer_keeps_no_page_of_a_signed_in_person(world) -> None:
    client = reader(world.actors["guardian"])
    response = client.get(reverse("courses:child", args=[world.uids["child_uid"]]))
    assert "no-store" in response["Cache-Control"]
