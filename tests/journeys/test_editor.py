"""An editor's way in a real browser: from an empty catalogue to a child who reads the lesson."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Site

from courses.api import Course, Topic
from courses.lessons.blocks import LessonStreamBlock
from courses.pages.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from courses.quizzes.blocks import QuestionStreamBlock
from home.operations import make_roles
from tests.journeys.browsing import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def catalogue(db) -> CourseIndexPage:
    """An empty catalogue at ``/courses/``, and one topic to choose."""
    Topic.add_root(name="Техническая", slug="technical", sign="technical")
    home = Site.objects.get().root_page
    return home.add_child(instance=CourseIndexPage(title="Курсы", slug="courses"))


@pytest.fixture
def editor(db) -> None:
    _authors, editors = make_roles()
    get_user_model().objects.create_user("elena", password="opora-test").groups.add(editors)


@pytest.fixture
def someone(new_context, live_server) -> Callable[..., Visitor]:
    def make(size: dict[str, int]) -> Visitor:
        return Visitor(new_context(viewport=size, locale="ru-RU"), live_server.url)

    return make


STEPS = LessonStreamBlock().child_blocks
QUESTIONS = QuestionStreamBlock().child_blocks


def edit(page: CoursePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add(kind: type, parent: int) -> str:
    return reverse("wagtailadmin_pages:add", args=["opora_pages", kind._meta.model_name, parent])


def add_block(field: Locator, label: str) -> None:
    """Press the last plus of a stream and choose a block by its name."""
    field.locator("[data-streamfield-stream-container]").first.locator(
        "> div > .c-sf-add-button"
    ).last.click()
    field.page.locator("[role=option]").get_by_text(str(label), exact=True).click()


def give_title(page: Page, title: str) -> None:
    """Type the title and wait for the address that the admin makes of it."""
    page.fill("[name=title]", title)
    page.press("[name=title]", "Tab")
    expect(page.locator("[name=slug]")).not_to_have_value("")


def publish(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    page.locator(".messages .success, .w-messages .success").first.wait_for()


def save_draft(page: Page) -> None:
    page.locator("footer .action-save").click()
    page.locator(".messages .success, .w-messages .success").first.wait_for()


def test_an_editor_makes_a_course_and_a_child_reads_it(catalogue, editor, someone, child) -> None:
    elena = someone(DESKTOP)
    page = elena.page
    elena.go(add(CoursePage, catalogue.pk))
    elena.sign_in("elena", "opora-test")

    give_title(page, "Мосты")
    page.fill("[name=promise]", "Научишься строить мост из бумаги")
    page.fill("[name=age_from]", "9")
    page.fill("[name=age_to]", "12")
    page.fill("[name=hours]", "2")
    page.select_option("[name=topic]", label="Техническая")
    save_draft(page)
    course = CoursePage.objects.get()
    assert course.slug == "mosty"

    page.get_by_role("tab").nth(1).click()
    page.locator(f"a[href='{add(ModulePage, course.pk)}']").click()
    page.wait_for_url(f"**{add(ModulePage, course.pk)}")
    give_title(page, "Бумага")
    publish(page)
    module = ModulePage.objects.get()

    elena.go(add(LessonPage, module.pk))
    give_title(page, "Мост на двух опорах")
    page.fill("[name=can_now]", "построить мост из одного листа")
    steps = page.locator("[data-contentpath=steps]")
    add_block(steps, STEPS["text"].label)
    page.fill("[name=steps-0-value-title]", "Сложи лист")
    page.locator("[data-contentpath=body] .public-DraftEditor-content").click()
    page.keyboard.type("Сложи лист гармошкой и положи на две книги.")
    add_block(steps, STEPS["quiz"].label)
    page.fill("[name=steps-1-value-title]", "Проверь себя")
    add_block(page.locator("[data-contentpath=questions]"), QUESTIONS["single"].label)
    question = "[name=steps-1-value-questions-0-value"
    page.fill(f"{question}-text]", "Какой лист крепче?")
    page.fill(f"{question}-options-0-value-text]", "Гладкий")
    page.fill(f"{question}-options-1-value-text]", "Гармошкой")
    # By keyboard: the form still grows above the box, and a click would land beside it.
    page.press(f"{question}-options-1-value-correct]", "Space")
    expect(page.locator(f"{question}-options-1-value-correct]")).to_be_checked()
    publish(page)

    elena.go(edit(course))
    publish(page)
    assert Course.objects.get().current_revision.n == 1

    masha = someone(PHONE)
    child("masha", birth_year=date.today().year - 10, birth_month=1)
    masha.go("/accounts/login/?next=/courses/mosty/")
    masha.sign_in("masha", "2580")
    expect(masha.page.get_by_role("heading", level=1)).to_have_text("Мосты")
    expect(masha.page.get_by_text("Мост на двух опорах").first).to_be_visible()
    masha.press(".course-action .button--primary")
    masha.page.wait_for_url("**/learn/**")
    expect(masha.page.get_by_text("Сложи лист гармошкой")).to_be_visible()
