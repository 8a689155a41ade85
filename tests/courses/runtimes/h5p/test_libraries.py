"""The administrator's page of libraries: what is installed, who needs it, and what may go."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.runtimes.h5p.errors import LibraryInUse
from courses.runtimes.h5p.models import Library
from courses.runtimes.h5p.operations import install_libraries, remove_library
from courses.runtimes.h5p.queries import needed_by, sharing
from tests.courses.conftest import NOON
from tests.courses.runtimes.h5p.making import (
    archive_of,
    base_library,
    choice_library,
    choice_package,
    packed,
)


@pytest.fixture
def page(client, db):
    client.force_login(get_user_model().objects.create_superuser("root", password="x"))
    return client


def upload(files) -> SimpleUploadedFile:
    return SimpleUploadedFile("libraries.h5p", packed(files), "application/zip")


def test_libraries_can_be_added_without_content(administrator) -> None:
    archive = archive_of({**choice_library(), **base_library()})

    problems = install_libraries(archive=archive, actor=administrator, at=NOON)

    assert problems == []
    assert list(map(str, Library.objects.all())) == ["Made.Base 1.0.1", "Made.Choice 1.0.0"]


def test_who_may_not_add_libraries_adds_none(editor) -> None:
    problems = install_libraries(archive=archive_of(choice_package()), actor=editor, at=NOON)

    assert {problem.code for problem in problems} == {"library_not_permitted"}
    assert not Library.objects.exists()


def test_what_needs_a_library_is_named(bring) -> None:
    bring()

    assert needed_by(Library.objects.get(name="Made.Base")) == ["Bridges", "Made.Choice 1.0"]
    assert needed_by(Library.objects.get(name="Made.Choice")) == ["Bridges"]


def test_a_library_that_is_needed_cannot_be_removed(bring) -> None:
    version = bring()
    choice, base = (Library.objects.get(name=f"Made.{name}") for name in ("Choice", "Base"))
    with pytest.raises(LibraryInUse):
        remove_library(library=choice)
    version.package.current = None
    version.package.save()
    version.delete()
    with pytest.raises(LibraryInUse):
        remove_library(library=base)

    remove_library(library=choice)
    remove_library(library=base)
    assert not Library.objects.exists()


def test_sharing_is_counted(bring) -> None:
    bring(), bring(), bring()

    kept, saved = sharing()

    assert kept == sum(Library.objects.values_list("tree__size", flat=True))
    assert saved == 2 * kept


def test_the_list_shows_where_libraries_are_used(page, bring) -> None:
    bring(), bring()

    listed = page.get(reverse("h5p_libraries:index")).content.decode()

    assert "Made.Choice 1.0.0" in listed
    assert "Made.Base 1.0.1" in listed


def test_few_queries_show_the_list(page, bring, django_assert_max_num_queries) -> None:
    bring()

    with django_assert_max_num_queries(20):
        page.get(reverse("h5p_libraries:index"))


def test_libraries_are_added_on_the_page(page) -> None:
    files = {**choice_library(), **base_library()}

    answer = page.post(reverse("h5p_libraries:add"), {"file": upload(files)})

    assert answer.status_code == 302
    assert Library.objects.count() == 2


def test_a_file_with_faults_is_refused_with_sentences(page) -> None:
    files = {"Made.Base-1.0/library.json": "{", "Made.Choice-1.0/x.js": ""}

    answer = page.post(reverse("h5p_libraries:add"), {"file": upload(files)})

    assert answer.status_code == 200
    assert "Made.Base-1.0/library.json" in answer.content.decode()
    assert not Library.objects.exists()


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_is_refused(page, data) -> None:
    file = SimpleUploadedFile("x.h5p", data)

    assert page.post(reverse("h5p_libraries:add"), {"file": file}).status_code == 200


def test_a_library_is_restricted_and_let_in_again_on_its_page(page, bring) -> None:
    bring()
    library = Library.objects.get(name="Made.Choice")
    address = reverse("h5p_libraries:edit", args=[library.pk])

    page.post(address, {"is_restricted": "on"})
    library.refresh_from_db()
    assert library.is_restricted

    page.post(address, {})
    library.refresh_from_db()
    assert not library.is_restricted


def test_a_needed_library_is_not_removed_on_its_page(page, bring) -> None:
    bring()
    library = Library.objects.get(name="Made.Base")
    address = reverse("h5p_libraries:delete", args=[library.pk])

    assert "Bridges" in page.get(address).content.decode()
    page.post(address)

    assert Library.objects.filter(pk=library.pk).exists()


def test_an_unneeded_library_is_removed_on_its_page(page, administrator) -> None:
    install_libraries(archive=archive_of(base_library()), actor=administrator, at=NOON)
    library = Library.objects.get()

    page.get(reverse("h5p_libraries:edit", args=[library.pk]))
    page.post(reverse("h5p_libraries:delete", args=[library.pk]))

    assert not Library.objects.exists()


def test_an_editor_of_content_does_not_get_to_the_libraries(client, editor, administrator) -> None:
    install_libraries(archive=archive_of(base_library()), actor=administrator, at=NOON)
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    for name, args in {"index": [], "add": [], "edit": [Library.objects.get().pk]}.items():
        answer = client.get(reverse(f"h5p_libraries:{name}", args=args))
        assert answer.status_code == 302
