"""The demonstration, loaded once for all these tests."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.test import TransactionTestCase, override_settings
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from courses.models import Completion, Course, Enrolment, Event, QuizAttempt, TaskSubmission
from courses.people.api import Organisation, Teacher, children_in_care_of
from home.demo.accounts import demo_accounts
from home.demo.content import contents, course_contents
from home.demo.loader import DemoRefused, load_demo
from home.models import HomePage, MenuItem

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded_at(django_db_setup: None, django_db_blocker: Any) -> Iterator[datetime]:
    """The moment the demonstration was loaded."""
    at = timezone.now()
    with django_db_blocker.unblock():
        load_demo(at=at)
        yield at
        TransactionTestCase._fixture_teardown(None)


@pytest.fixture(autouse=True)
def _demo(loaded_at: datetime) -> None:
    """Every test below finds the demonstration."""


def rows() -> dict[str, int]:
    """How many rows every table of the project has."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in {"sessions", "django_tasks_database"}
    }


def account(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def place_of(learner: str, slug: str = "bezopasnyj-internet") -> Enrolment:
    page = apps.get_model("opora_pages", "CoursePage").objects.get(slug=slug)
    return Enrolment.objects.get(learner__username=learner, course=page.course)


def test_a_second_load_changes_nothing():
    before = rows()
    assert load_demo(at=timezone.now()) is False
    call_command("load_demo")
    assert rows() == before


def test_both_courses_hold_every_step_of_their_files_in_one_revision():
    for data in course_contents():
        course = Course.objects.get(title=data["title"])
        assert course.current_revision.n == 1
        modules = course.current_revision.outline["modules"]
        told = [
            [(lesson["title"], len(lesson["steps"])) for lesson in module["lessons"]]
            for module in modules
        ]
        written = [
            [(lesson["title"], len(lesson["steps"])) for lesson in module["lessons"]]
            for module in data["modules"]
        ]
        assert told == written


def test_every_picture_and_file_that_a_step_names_is_there():
    images = {
        name.split("/")[-1] for name in get_image_model().objects.values_list("file", flat=True)
    }
    assert len(images) >= 13
    assert get_document_model().objects.count() == 2
    for item in [*get_image_model().objects.all(), *get_document_model().objects.all()]:
        assert item.file.storage.exists(item.file.name)
        assert item.collection.name != "Root"


def test_the_portal_has_its_front_page_menu_and_plain_pages():
    site = Site.objects.get()
    assert site.root_page.specific == HomePage.objects.get()
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    header = MenuItem.objects.filter(place=MenuItem.Place.HEADER).order_by("sort_order")
    assert header.first().label == "Курсы"
    assert header.count() == 5
    slugs = {page["slug"] for page in contents("pages")["pages"]}
    assert slugs <= set(Page.objects.live().values_list("slug", flat=True))


def test_every_shown_account_signs_in_and_is_marked_as_a_demonstration(rf):
    shown = demo_accounts()
    roles = {"admin", "editor", "teacher", "parent", "child", "child2", "expert"}
    assert roles <= {one.user_name for one in shown}
    for one in shown:
        user = authenticate(rf.post("/"), username=one.user_name, password=one.secret)
        assert user is not None, one.user_name
    assert not get_user_model().objects.filter(is_demo=False).exists()
    assert not get_user_model().objects.exclude(email="").exists()


def test_a_parent_has_two_children_and_the_roles_have_their_rights(loaded_at):
    children = children_in_care_of(account("parent"), at=loaded_at)
    assert [child.user.username for child in children] == ["child", "child2"]
    assert account("admin").is_superuser
    assert account("editor").has_perm("wagtailadmin.access_admin")
    assert not account("expert").has_perm("wagtailadmin.access_admin")
    assert Teacher.objects.get(user=account("teacher")).organisation is not None
    assert Organisation.objects.count() == 12


def test_the_stories_come_out_as_they_are_told():
    course = Course.objects.get(title__startswith="Безопасный")
    finished = Completion.objects.filter(enrolment__course=course)
    assert finished.count() == 12
    failed = Counter(
        QuizAttempt.objects.filter(
            passed=False, step_version__kind="quiz", enrolment__course=course
        )
        .exclude(enrolment__completions__isnull=False)
        .values_list("enrolment", "step")
    )
    assert sum(times == 2 for times in failed.values()) >= 4
    stuck = [place_of(f"learner{number}") for number in (16, 17, 18)]
    assert {place.state.done for place in stuck} == {24}
    assert place_of("learner25").events.count() == 0


def test_works_wait_for_the_teacher_and_others_have_a_comment():
    states = Counter(TaskSubmission.objects.values_list("state", flat=True))
    assert states["submitted"] >= 1
    assert states["returned"] == 1
    for work in TaskSubmission.objects.exclude(state="submitted"):
        assert work.comment
        assert work.reviewed_at > work.submitted_at


def test_everything_happened_in_order_before_the_load(loaded_at):
    for enrolment in Enrolment.objects.all():
        moments = list(enrolment.events.order_by("seq").values_list("effective_at", flat=True))
        assert moments == sorted(moments)
        assert all(enrolment.enrolled_at <= moment <= loaded_at for moment in moments)
    newest = Event.objects.order_by("-effective_at").first().effective_at
    assert loaded_at - newest < timedelta(days=2)


def test_nobody_learns_at_night():
    hours = {
        timezone.localtime(moment).hour
        for moment in Event.objects.values_list("effective_at", flat=True)
    }
    assert hours <= set(range(8, 23))


def test_no_kept_number_differs_from_its_log(capsys):
    call_command("recompute_progress", check=True)


def test_the_accounts_are_listed_with_their_secrets(capsys):
    call_command("load_demo", accounts=True)
    listed = capsys.readouterr().out
    for one in demo_accounts():
        assert one.user_name in listed
        assert one.secret in listed


@override_settings(OPORA_DEMO=False)
def test_without_demo_mode_nothing_is_loaded_or_told():
    for options in ({}, {"accounts": True}):
        with pytest.raises(CommandError, match="OPORA_DEMO"):
            call_command("load_demo", **options)


def test_a_portal_of_its_own_is_left_alone():
    get_user_model().objects.update(is_demo=False)
    apps.get_model("opora_pages", "CoursePage").objects.all().delete()
    with pytest.raises(DemoRefused):
        load_demo(at=timezone.now())
