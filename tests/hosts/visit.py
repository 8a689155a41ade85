"""What a host site does with the courses; run by the test in a site of ``wagtail start``."""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings.dev"
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page  # noqa: E402

import courses  # noqa: E402
from courses.api import Course, Enrolment, Topic, enrol, place_of  # noqa: E402
from courses.pages.models import (  # noqa: E402
    CourseIndexPage,
    CoursePage,
    LessonPage,
    ModulePage,
)

STEP = {
    "type": "text",
    "value": {
        "title": "Hello",
        "required": True,
        "completion": "viewed",
        "body": "<p>Look at the sky at dusk.</p>",
    },
}


def publish_a_course() -> CoursePage:
    """A course of one module, one lesson and one step under the site's front page."""
    front = Page.objects.get(slug="home")
    catalogue = front.add_child(instance=CourseIndexPage(title="Courses", slug="courses"))
    course = catalogue.add_child(
        instance=CoursePage(
            topic=Topic.add_root(name="Science", slug="science", sign="science"),
            title="Stars",
            slug="stars",
            promise="Find the Great Bear",
            audience="parent",
            hours=1,
            is_open_reading=True,
        )
    )
    module = course.add_child(instance=ModulePage(title="Evening", slug="evening"))
    module.add_child(instance=LessonPage(title="Dusk", slug="dusk", steps=[STEP]))
    for page in (module, *LessonPage.objects.all(), course):
        page.specific.save_revision().publish()
    return CoursePage.objects.get()


def main() -> None:
    """Serve the pages to a visitor, then enrol a learner and open the player."""
    assert "site-packages" in str(Path(courses.__file__)), "the wheel's courses are not in use"
    page = publish_a_course()
    visitor = Client(SERVER_NAME="localhost")
    for address, sentence in (
        ("/courses/", "Stars"),
        ("/courses/stars/", "Find the Great Bear"),
        ("/courses/stars/evening/dusk/", "Look at the sky at dusk."),
    ):
        answer = visitor.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        assert sentence in answer.text, (address, sentence)

    learner = get_user_model().objects.create_user("anna", password="a-long-password")
    course = Course.objects.get(pages=page)
    now = timezone.now()
    place = enrol(learner=learner, course=course, actor=learner, at=now)
    assert Enrolment.objects.visible_to(learner, at=now).get() == place
    assert place_of(place)

    visitor.force_login(learner)
    answer = visitor.get(f"/learn/{place.uid}/", follow=True)
    assert answer.status_code == 200, answer.status_code
    assert "Look at the sky at dusk." in answer.text


main()
