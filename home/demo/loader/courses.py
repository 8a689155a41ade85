"""Topics, organisations, teachers' cards, and both courses as trees of pages."""

from functools import partial
from typing import Any

from django.apps import apps
from wagtail.models import Page

from courses.api import Course, Topic
from courses.people.api import Organisation, Teacher
from home.demo.content import contents, course_contents
from home.demo.loader.blocks import step_blocks
from home.demo.loader.media import Media
from home.demo.loader.packages import package_id

PORTRAITS = "Портреты"


def page_class(name: str) -> Any:
    """A page type of the courses; the plug-in keeps them in an app that a site may leave out."""
    return apps.get_model("opora_pages", name)


def build_courses(home: Page) -> Page:
    """The catalogue below ``home`` with both courses, complete but not published; returns it.

    The courses' pages are drafts and everything below them is live, so that publishing each
    course page afterwards makes one revision of the whole.
    """
    media = Media()
    _build_topics()
    _build_people_cards(media)
    catalogue = home.add_child(
        instance=page_class("CourseIndexPage")(
            title="Курсы",
            slug="courses",
            intro="Короткие занятия для детей, родителей и педагогов. Выберите возраст и тему.",
            search_description="Каталог бесплатных дистанционных курсов для детей и взрослых.",
        )
    )
    catalogue.save_revision().publish()
    for data in course_contents():
        _build_course(catalogue, data, media)
    return catalogue


def publish_courses() -> None:
    """Publish the course pages that have no revision yet; each publishing is one revision."""
    slugs = [data["slug"] for data in course_contents()]
    unpublished = page_class("CoursePage").objects.filter(
        slug__in=slugs, course__current_revision__isnull=True
    )
    for page in unpublished:
        page.save_revision(log_action=True).publish()


def course_of(slug: str) -> Course:
    """The course that the page of this address presents."""
    return page_class("CoursePage").objects.select_related("course").get(slug=slug).course


def _build_topics() -> None:
    for area in contents("topics")["topics"]:
        root = Topic.add_root(name=area["name"], slug=area["slug"], sign=area["sign"])
        for direction in area["directions"]:
            root.add_child(name=direction["name"], slug=direction["slug"], sign=area["sign"])
            root.refresh_from_db()


def _build_people_cards(media: Media) -> None:
    data = contents("people")
    for organisation in data["organisations"]:
        Organisation.objects.create(**organisation)
    for person in data["people"]:
        if person["role"] == "teacher":
            Teacher.objects.create(
                name=person["name"],
                position=person["position"],
                about=person["about"],
                organisation=Organisation.objects.get(short_name=person["organisation"]),
                photo=media.image(
                    person["photo"], title=person["name"], alt="", collection=PORTRAITS
                ),
            )


def _build_course(catalogue: Page, data: dict[str, Any], media: Media) -> None:
    facts = ("title", "slug", "promise", "audience", "hours", "is_open_reading")
    collection = f"Курс: {data['title']}"
    page = page_class("CoursePage")(
        **{name: data[name] for name in facts},
        age_from=data.get("age_from"),
        age_to=data.get("age_to"),
        age_mark=int(data["age_mark"].rstrip("+")),
        topic=Topic.objects.get(name=data["topic"]),
        teacher=Teacher.objects.get(name=data["teacher"]),
        organisation=Organisation.objects.get(short_name=data["organisation"]),
        goals="\n".join(data["goals"]),
        about=data.get("about", ""),
        needs_at_home=data["needs_at_home"],
        data_kept=data["data_kept"],
        search_description=data["promise"],
        cover=media.image(
            data["cover"], title=f"Обложка: {data['title']}", alt="", collection=collection
        ),
        live=False,
    )
    catalogue.add_child(instance=page)
    for chapter in data["modules"]:
        module = page_class("ModulePage")(title=chapter["title"], slug=chapter["slug"])
        page.add_child(instance=module)
        module.save_revision().publish()
        for lesson in chapter["lessons"]:
            _build_lesson(module, lesson, partial(_file_id, media, collection))


def _build_lesson(module: Page, data: dict[str, Any], file_id: Any) -> None:
    lesson_class = page_class("LessonPage")
    words = ("slug", "title", "minutes", "can_now", "ask_at_home", "look_together")
    lesson = lesson_class(
        **{name: data[name] for name in words},
        steps=step_blocks(
            lesson_class,
            data["steps"],
            place=f"{module.url_path}{data['slug']}",
            file_id=file_id,
        ),
    )
    module.add_child(instance=lesson)
    lesson.save_revision(log_action=True).publish()


def _file_id(media: Media, collection: str, file_name: str, step: dict[str, Any]) -> int:
    """The id of the picture, document or package that a step names, stored when it is not yet."""
    if step["kind"] == "package":
        return package_id(file_name)
    if file_name.endswith(".svg"):
        item = media.image(
            file_name, title=step["title"], alt=step.get("alt", ""), collection=collection
        )
    else:
        title = f"Субтитры: {step['title']}" if file_name.endswith(".vtt") else step["title"]
        item = media.document(file_name, title=title, collection=collection)
    return item.pk
