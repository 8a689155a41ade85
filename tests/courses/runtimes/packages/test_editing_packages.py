"""An editor brings content, reads what is wrong with it, and takes it away; others do not."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page
from wagtail.users.models import UserProfile

from courses.pages.models import LessonPage
from courses.runtimes.launches.models import Attempt, Launch
from courses.runtimes.launches.operations import open_launch
from courses.runtimes.operations import import_version
from courses.runtimes.packages.models import Package, PackageVersion
from courses.runtimes.packages.queries import objects_that_use
from home.operations import make_roles
from tests.courses.conftest import NOON, block_id
from tests.courses.runtimes.conftest import a_file, a_sum
from tests.courses.runtimes.packages.archives import Entry, archive, zip_of

pytestmark = pytest.mark.django_db
INDEX, ADD = "packages:index", "packages:add"


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> Iterator[None]:
    client.cookies["django_language"] = "en"
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def editor(client: Client, elena: Any) -> Any:
    profile = UserProfile.get_for_user(elena)
    profile.preferred_language = "en"
    profile.save()
    client.force_login(elena)
    return elena


def page_of(client: Client, package: Package) -> str:
    answer = client.get(reverse("packages:edit", args=[package.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def steps_with(package: Package | None) -> list[dict[str, Any]]:
    if package is None:
        return []
    value = {"title": "Sum", "required": True, "weight": 1, "completion": "completed"}
    more = {"package": package.pk, "score_policy": "highest", "pass_percent": 60, "height": 480}
    return [{"type": "package", "id": block_id("sum"), "value": {**value, **more}}]


def a_lesson(package: Package | None, title: str = "Adding") -> Any:
    lesson = LessonPage(title=title, steps=json.dumps(steps_with(package)))
    return Page.get_first_root_node().add_child(instance=lesson)


# Bringing.


def test_an_editor_brings_a_file_and_comes_to_its_page(client: Client) -> None:
    answer = client.post(reverse(ADD), {"title": "Counting", "file": a_file()})

    package = Package.objects.get()
    assert answer.url == reverse("packages:edit", args=[package.pk])
    assert package.title == "Counting"
    assert "waits to be checked" in page_of(client, package)


def test_the_form_tells_what_may_be_brought(client: Client, settings: Any) -> None:
    settings.OPORA_PACKAGE_MAX_BYTES = 7 * 1024 * 1024

    form = client.get(reverse(ADD)).content.decode()

    assert "at most 7 MB" in form
    assert 'accept=".h5p,.zip"' in form
    assert 'data-opora-limit="7340032"' in form


def test_all_that_is_wrong_with_a_file_is_said_at_once_with_names(client: Client) -> None:
    bad = archive("imsmanifest.xml", Entry("../evil.js"), Entry("b.zip"), Entry("c.rar"))

    answer = client.post(reverse(ADD), {"title": "", "file": a_file(bad.getvalue())})

    told = answer.context["form"].errors["file"]
    assert len(told) == 2
    assert "../evil.js" in told[0]
    assert "b.zip, c.rar" in told[1]
    assert not Package.objects.exists()


def test_a_script_in_a_file_name_is_shown_as_text(client: Client) -> None:
    bad = archive(Entry("<script>alert(1)</script>.zip"))

    answer = client.post(reverse(ADD), {"title": "", "file": a_file(bad.getvalue())})

    assert "<script>alert(1)" not in answer.content.decode()


@pytest.mark.parametrize("content", [b"x", zip_of(["index.html"])])
def test_a_file_of_another_kind_gets_a_sentence(client: Client, content: bytes) -> None:
    answer = client.post(reverse(ADD), {"title": "", "file": a_file(content)})

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("data", [{}, {"title": "x"}, {"title": "x" * 300, "file": "text"}])
def test_a_form_without_a_file_gets_a_sentence(client: Client, data: dict[str, str]) -> None:
    assert client.post(reverse(ADD), data).context["form"].errors["file"]


def test_a_body_over_the_editors_limit_is_stopped_before_it_is_read(
    client: Client, settings: Any
) -> None:
    settings.OPORA_EDITOR_UPLOAD_MAX_BYTES = 100
    client.raise_request_exception = False

    assert client.post(reverse(ADD), {"file": a_file()}).status_code in (400, 413)
    assert not Package.objects.exists()


# The page of a package.


def test_the_page_says_how_far_the_import_is(client: Client, uploaded) -> None:
    package = uploaded().package
    PackageVersion.objects.update(state="importing", progress=40, alive_at=timezone.now())

    piece = client.get(reverse("packages:import", args=[package.pk])).content.decode()

    assert "40 %" in piece
    assert "<progress" in piece
    assert f'data-opora-import="{reverse("packages:import", args=[package.pk])}"' in page_of(
        client, package
    )
    assert "Try again" not in page_of(client, package)


def test_a_finished_import_is_not_asked_for_again(client: Client, a_package) -> None:
    package = a_package()

    assert "data-opora-import" not in page_of(client, package)
    piece = client.get(reverse("packages:import", args=[package.pk])).content.decode()
    assert "<progress" not in piece


def test_the_page_says_what_keeps_a_file_from_being_used(client: Client, uploaded) -> None:
    version = uploaded(zip_of({"imsmanifest.xml": b"<no"}))
    import_version(version_id=version.pk, at=NOON)

    page = page_of(client, version.package)

    assert "cannot be used" in page
    assert "imsmanifest.xml is damaged" in page
    assert "Try again" in page


def test_a_failed_version_is_tried_again_at_the_press_of_a_button(
    client: Client, uploaded, django_capture_on_commit_callbacks
) -> None:
    version = uploaded()
    PackageVersion.objects.update(state="failed")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("packages:retry", args=[version.package_id, 1]))
    client.post(reverse("packages:retry", args=[version.package_id, 1]))

    version.refresh_from_db()
    assert version.state == "ready"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"reports_results": True}, "yes: the step can be complete when the content is passed"),
        ({"reports_results": False}, "no: let the learner mark the step as done"),
        ({"reports_results": None, "resumes": True}, "not known: try it in the preview"),
        ({"resumes": True}, "yes: a learner goes on where they stopped"),
        ({"resumes": False}, "no: a learner begins anew each time"),
        ({"reports_results": True, "resumes": None}, "not known: try it in the preview"),
        ({"parts": ["First", "<b>Second</b>"]}, "First; &lt;b&gt;Second&lt;/b&gt;"),
    ],
)
def test_the_page_says_what_the_content_can(client: Client, a_package, facts, told: str) -> None:
    package = a_package(a_sum("Counting"))
    PackageVersion.objects.update(facts=facts)

    page = page_of(client, package)

    assert told in page
    assert "No page shows it yet" in page


def test_the_page_shows_every_version_and_takes_a_new_one(
    client: Client, a_package, django_capture_on_commit_callbacks
) -> None:
    package = a_package()
    address = reverse("packages:new_version", args=[package.pk])

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"file": a_file(a_sum("Another"))})
    client.post(address, {"file": a_file(a_sum("Another"))})
    client.post(address, {"file": a_file(zip_of(["h5p.json"]))})
    client.post(address, {})

    package.refresh_from_db()
    assert package.current.number == package.versions.count() == 2
    page = page_of(client, package)
    assert "This very file is here already, as version 2" in page
    assert "A new version has to be SCORM" in page


def test_a_title_is_changed(client: Client, a_package) -> None:
    package = a_package()

    client.post(reverse("packages:edit", args=[package.pk]), {"title": "Sums"})
    refused = client.post(reverse("packages:edit", args=[package.pk]), {"title": ""})

    package.refresh_from_db()
    assert package.title == "Sums"
    assert refused.status_code == 200


def test_the_original_file_comes_back_as_it_was_brought(client: Client, a_package) -> None:
    package = a_package(name="Счёт.zip")

    answer = client.get(reverse("packages:original", args=[package.pk, 1]))

    assert b"".join(answer) == a_sum()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/zip"


def test_a_preview_plays_on_the_content_origin_and_leaves_no_attempt(
    client: Client, a_package, settings: Any
) -> None:
    settings.OPORA_CONTENT_ORIGIN = "https://content.example"
    package = a_package()

    answer = client.get(reverse("packages:preview", args=[package.pk, 1]))

    assert answer.url.startswith("https://content.example/scorm/")
    assert Launch.objects.get().attempt is None
    assert not Attempt.objects.exists()
    assert reverse("packages:preview", args=[package.pk, 1]) in page_of(client, package)


def test_a_version_that_is_not_ready_has_no_preview(client: Client, uploaded) -> None:
    version = uploaded()

    address = reverse("packages:preview", args=[version.package_id, 1])
    assert client.get(address).status_code == 404


# The list.


def test_the_list_tells_state_version_uses_and_size(client: Client, a_package) -> None:
    package = a_package(title="Counting")
    a_lesson(package)
    other = a_package(a_sum("Other"), title="Other")
    PackageVersion.objects.filter(package=other).update(size=5_000_000)

    page = client.get(reverse(INDEX))

    rows = {row.title: row for row in page.context["object_list"]}
    assert (rows["Counting"].uses, rows["Other"].uses) == (1, 0)
    assert (rows["Counting"].newest_state, rows["Counting"].newest_number) == ("ready", 1)
    assert "4.8\xa0MB" in page.content.decode()
    assert "kept once, which saves" in page.content.decode()


def test_the_list_is_searched_by_title(client: Client, a_package) -> None:
    a_package(title="Counting")
    a_package(a_sum("Other"), title="Adding")

    results = client.get(reverse("packages:index_results"), {"q": "count"}).content.decode()

    assert "Counting" in results
    assert "Adding" not in results


def test_the_list_takes_as_many_queries_for_ten_packages_as_for_one(
    client: Client, a_package, django_assert_max_num_queries
) -> None:
    for n in range(10):
        a_package(a_sum(f"Sum {n}"), title=f"Sum {n}")
    client.get(reverse(INDEX))

    with django_assert_max_num_queries(25):
        client.get(reverse(INDEX))


# Choosing.


def test_lessons_choose_among_content_that_plays(client: Client, a_package, uploaded) -> None:
    a_package(title="Counting")
    put_away = a_package(a_sum("Old"), title="Old")
    Package.objects.filter(pk=put_away.pk).update(archived_at=NOON)
    uploaded(a_sum("Waiting"), title="Waiting")

    window = client.get(reverse("choose_package:choose")).json()["html"]

    assert "Counting" in window
    assert "SCORM" in window
    assert "Old" not in window
    assert "Waiting" not in window
    found = client.get(reverse("choose_package:choose_results"), {"q": "cou"})
    assert "Counting" in found.content.decode()


def test_a_lesson_refuses_content_that_was_put_away(a_package) -> None:
    package = a_package()
    block = LessonPage._meta.get_field("steps").stream_block.child_blocks["package"]
    chooser = block.child_blocks["package"]
    assert chooser.clean(package) == package

    Package.objects.update(archived_at=NOON)

    with pytest.raises(Exception, match="cannot be used now"):
        chooser.clean(package)


# Taking away.


def test_the_page_links_to_the_lessons_that_use_it(client: Client, a_package) -> None:
    package = a_package()
    lesson = a_lesson(package)

    page = page_of(client, package)

    assert reverse("wagtailadmin_pages:edit", args=[lesson.pk]) in page
    assert "Adding" in page


def test_content_that_a_page_shows_is_not_deleted(client: Client, a_package) -> None:
    package = a_package()
    a_lesson(package)
    address = reverse("packages:delete", args=[package.pk])

    assert "Adding" in client.get(address).content.decode()
    client.post(address)

    assert Package.objects.get() == package
    assert "“Adding”" in page_of(client, package)


def test_content_that_only_a_draft_shows_is_not_deleted(a_package) -> None:
    package = a_package()
    lesson = a_lesson(None)
    assert objects_that_use(package) == []

    lesson.steps = steps_with(package)
    lesson.save_revision()

    assert [user.pk for user in objects_that_use(package)] == [lesson.pk]


def test_content_that_a_draft_has_taken_out_is_used_until_that_is_published(a_package) -> None:
    package = a_package()
    lesson = a_lesson(package)
    lesson.steps = []
    revision = lesson.save_revision()
    assert [user.pk for user in objects_that_use(package)] == [lesson.pk]

    revision.publish()

    assert objects_that_use(package) == []


def test_unused_content_is_deleted(client: Client, a_package) -> None:
    package = a_package()

    answer = client.post(reverse("packages:delete", args=[package.pk]))

    assert answer.url == reverse(INDEX)
    assert not Package.objects.exists()
    assert "was deleted with its files" in client.get(reverse(INDEX)).content.decode()


def test_played_content_is_put_away_and_brought_back(client: Client, a_package) -> None:
    package = a_package()
    open_launch(
        place="place-of-masha-1",
        step=UUID(int=1),
        epoch=0,
        learner_key=UUID(int=2),
        package=package,
        at=NOON,
    )
    address = reverse("packages:delete", args=[package.pk])

    assert "it is put away and not deleted" in client.get(address).content.decode()
    client.post(address)
    assert "This content was put away" in page_of(client, package)

    client.post(reverse("packages:bring_back", args=[package.pk]))
    assert Package.objects.playable().get() == package


# Who may.


def addresses(package: Package) -> list[tuple[str, str]]:
    one = [package.pk]
    version = [package.pk, 1]
    return [
        ("get", reverse(INDEX)),
        ("get", reverse(ADD)),
        ("post", reverse(ADD)),
        ("get", reverse("packages:edit", args=one)),
        ("post", reverse("packages:edit", args=one)),
        ("get", reverse("packages:import", args=one)),
        ("get", reverse("packages:delete", args=one)),
        ("post", reverse("packages:delete", args=one)),
        ("post", reverse("packages:new_version", args=one)),
        ("post", reverse("packages:bring_back", args=one)),
        ("post", reverse("packages:retry", args=version)),
        ("get", reverse("packages:preview", args=version)),
        ("get", reverse("packages:original", args=version)),
    ]


@pytest.mark.parametrize("who", ["nobody", "a teacher", "an author", "a child"])
def test_only_editors_of_content_come_in(client: Client, a_package, who, teacher, child, person):
    package = a_package()
    client.logout()
    if who == "a teacher":
        client.force_login(teacher.user)
    elif who == "a child":
        client.force_login(child("masha").user)
    elif who == "an author":
        author = person("anton")
        author.groups.add(make_roles()[0])
        client.force_login(author)

    for method, address in addresses(package):
        answer = getattr(client, method)(address)
        assert answer.status_code in (302, 403), address
        assert not answer.get("Location", "").startswith(("http", "/admin/packages")), address

    assert Package.objects.get().current == package.current
    assert not Launch.objects.exists()


def test_an_author_chooses_content_for_a_draft(client: Client, a_package, person) -> None:
    a_package(title="Counting")
    author = person("anton")
    author.groups.add(make_roles()[0])
    client.force_login(author)

    assert "Counting" in client.get(reverse("choose_package:choose")).json()["html"]


def test_nothing_is_changed_by_following_a_link(client: Client, a_package) -> None:
    package = a_package()

    for name, args in [("new_version", 1), ("bring_back", 1), ("retry", 2)]:
        address = reverse(f"packages:{name}", args=[package.pk, 1][:args])
        assert client.get(address).status_code == 405


def test_an_unknown_package_or_version_is_not_found(client: Client, a_package) -> None:
    package = a_package()

    for name, args in [
        ("edit", [0]),
        ("import", [0]),
        ("preview", [package.pk, 2]),
        ("original", [package.pk, 2]),
        ("preview", [0, 1]),
    ]:
        assert client.get(reverse(f"packages:{name}", args=args)).status_code == 404


def test_the_menu_leads_to_the_list(client: Client) -> None:
    assert reverse(INDEX) in client.get(reverse("wagtailadmin_home")).content.decode()


def test_an_import_that_has_fallen_silent_may_be_tried_again(client: Client, uploaded) -> None:
    version = uploaded()
    silent_since = timezone.now() - timedelta(hours=1)
    PackageVersion.objects.update(state="importing", alive_at=silent_since)

    page = page_of(client, version.package)

    assert "Nothing has been heard of this import" in page
    assert "Try again" in page
