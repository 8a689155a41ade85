"""A file that an editor brings becomes content that plays, whole or not at all."""

import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django_tasks_db.models import DBTaskResult

from courses.runtimes import operations
from courses.runtimes.launches.operations import open_launch
from courses.runtimes.operations import (
    SILENT_FOR,
    Taken,
    bring_back,
    delete_package,
    import_version,
    may_be_retried,
    retry,
    upload,
)
from courses.runtimes.packages.errors import (
    ArchiveRefused,
    FileTooLarge,
    NothingToRetry,
    OtherKind,
    SameFile,
    UnknownKind,
)
from courses.runtimes.packages.models import Package, PackageVersion, Tree
from courses.runtimes.packages.queries import open_file
from courses.runtimes.scorm.models import ScormContent
from tests.courses.conftest import NOON
from tests.courses.races import at_once
from tests.courses.runtimes.conftest import a_file, a_sum
from tests.courses.runtimes.packages.archives import Entry, archive, zip_of

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def refuses_sums(_file: Any) -> str:
    return "Eicar found."


def allows_everything(file: Any) -> None:
    assert file.read(2) == b"PK"


def breaks(_file: Any) -> None:
    raise OSError("the scanner is not there")


def test_an_uploaded_file_waits_for_its_import(uploaded, elena) -> None:
    version = uploaded(name="Счёт до ста.zip")

    assert (version.state, version.number, version.package.kind) == ("waiting", 1, "scorm")
    assert version.package.title == "Счёт до ста"
    assert version.package.current is None
    assert version.uploaded_by == elena
    assert version.file.open().read() == a_sum()
    assert version.file.name.endswith(".zip")
    assert "Счёт" not in version.file.name


def test_an_import_makes_the_package_play(a_package) -> None:
    package = a_package(a_sum("Counting"))

    version = package.current
    assert (version.state, version.progress, version.imported_at) == ("ready", 100, NOON)
    assert ScormContent.objects.get().version == version
    assert b"<html" in open_file(version.tree, "index.html").read().lower()
    assert Package.objects.playable().get() == package


def test_without_a_title_the_content_says_what_it_is_called(a_package) -> None:
    assert a_package(a_sum("Counting")).title == "Counting"
    assert a_package(a_sum("Adding"), title="Mine").title == "Mine"


def test_a_package_that_learners_see_keeps_its_title_with_a_new_version(a_package) -> None:
    package = a_package(a_sum("Counting"))

    assert a_package(a_sum("Adding"), package=package).title == "Counting"


def test_h5p_is_told_by_its_file(uploaded) -> None:
    version = uploaded(zip_of(["h5p.json", "content/content.json"]), name="a.h5p")

    assert version.package.kind == "h5p"


def test_an_upload_is_imported_in_a_background_task_after_the_commit(
    uploaded, settings, django_capture_on_commit_callbacks
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        version = uploaded()
        imports = DBTaskResult.objects.filter(task_path__endswith="import_version_task")
        assert not imports.exists()

    queued = imports.get()
    queued.task.call(*queued.args_kwargs["args"])

    version.refresh_from_db()
    assert version.state == "ready"


def test_everything_wrong_with_an_archive_is_told_and_nothing_is_kept(uploaded) -> None:
    bad = archive("imsmanifest.xml", Entry("../a"), Entry("b.zip")).getvalue()

    with pytest.raises(ArchiveRefused) as refused:
        uploaded(bad)

    assert [problem.code for problem in refused.value.problems] == ["parent_path", "nested_archive"]
    assert not Package.objects.exists()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (zip_of(["index.html"]), UnknownKind),
        (archive().getvalue(), UnknownKind),
        (b"%PDF-1.7", ArchiveRefused),
    ],
)
def test_a_file_of_no_known_kind_is_refused(uploaded, content: bytes, refusal) -> None:
    with pytest.raises(refusal):
        uploaded(content)

    assert not PackageVersion.objects.exists()


def test_a_file_that_is_too_large_is_refused_in_megabytes(uploaded, settings) -> None:
    settings.OPORA_PACKAGE_MAX_BYTES = 2 * 1024 * 1024

    with pytest.raises(FileTooLarge) as refused:
        uploaded(b"PK" + b"\0" * 3_000_000)

    assert refused.value.details == {"limit": 2}


def test_what_turns_out_wrong_during_the_import_is_kept_for_the_editor(uploaded) -> None:
    broken = uploaded(zip_of({"imsmanifest.xml": b"<no"}), name="broken.zip")

    import_version(version_id=broken.pk, at=NOON)

    assert state_of(broken) == "failed"
    assert broken.problems
    assert broken.package.current is None
    assert not ScormContent.objects.filter(version=broken).exists()


def test_a_damaged_file_inside_is_found_while_it_is_unpacked(uploaded) -> None:
    lie = {"crc": 1}
    content = archive(
        Entry("imsmanifest.xml", _manifest()),
        Entry("index.html", b"<p>", local=lie, central=lie),
        "sco.js",
    ).getvalue()
    version = uploaded(content)

    import_version(version_id=version.pk, at=NOON)

    version.refresh_from_db()
    assert (version.state, version.problems[0]["code"]) == ("failed", "damaged_file")
    assert version.problems[0]["path"] == "index.html"


def _manifest() -> bytes:
    with zipfile.ZipFile(io.BytesIO(a_sum())) as opened:
        return opened.read("imsmanifest.xml")


def test_importing_twice_changes_nothing(a_package) -> None:
    package = a_package()

    assert import_version(version_id=package.current_id, at=LATER) is None
    assert PackageVersion.objects.get().imported_at == NOON


def test_a_new_version_plays_once_it_is_ready(a_package, uploaded) -> None:
    package = a_package()
    first = package.current

    second = uploaded(a_sum("Another"), package=package)
    package.refresh_from_db()
    assert (second.number, package.current) == (2, first)

    import_version(version_id=second.pk, at=LATER)
    package.refresh_from_db()
    assert package.current == second


def test_a_new_version_that_fails_leaves_the_old_one_playing(a_package, uploaded) -> None:
    package = a_package()
    broken = uploaded(zip_of({"imsmanifest.xml": b"<no"}), package=package)

    import_version(version_id=broken.pk, at=LATER)

    package.refresh_from_db()
    assert package.current.number == 1


def test_an_older_version_that_is_imported_late_does_not_come_back(a_package, uploaded) -> None:
    package = a_package()
    slow, quick = (uploaded(a_sum(title), package=package) for title in ("Slow", "Quick"))

    import_version(version_id=quick.pk, at=NOON)
    import_version(version_id=slow.pk, at=LATER)

    package.refresh_from_db()
    assert package.current == quick
    assert package.versions.filter(state="ready").count() == 3


def opened(package: Package, place: str = "place-of-masha-1"):
    return open_launch(
        place=place, step=UUID(int=1), epoch=0, learner_key=UUID(int=2), package=package, at=NOON
    )


def test_an_attempt_keeps_the_version_that_it_was_begun_on(a_package) -> None:
    package = a_package()
    before = opened(package).attempt

    package = a_package(a_sum("Another"), package=package)

    assert opened(package).attempt == before
    assert opened(package).version.number == 1
    assert opened(package, "place-of-petya-1").version.number == 2


def test_the_file_that_plays_already_is_told_and_not_kept_twice(a_package, uploaded) -> None:
    package = a_package()

    with pytest.raises(SameFile):
        uploaded(package=package)
    assert PackageVersion.objects.count() == 1


def test_a_file_that_has_failed_may_be_brought_again(uploaded) -> None:
    broken = zip_of({"imsmanifest.xml": b"<no"})
    version = uploaded(broken)
    import_version(version_id=version.pk, at=NOON)

    assert uploaded(broken, package=version.package).number == 2


def test_an_earlier_file_may_be_brought_back(a_package) -> None:
    package = a_package(a_sum("First"))
    package = a_package(a_sum("Second"), package=package)

    assert a_package(a_sum("First"), package=package).current.number == 3


def test_a_double_click_brings_one_package(uploaded) -> None:
    assert uploaded() == uploaded()
    assert Package.objects.count() == 1


def test_a_new_version_is_of_the_same_kind(a_package, uploaded) -> None:
    with pytest.raises(OtherKind):
        uploaded(zip_of(["h5p.json"]), name="a.h5p", package=a_package())


def test_an_upload_that_cannot_be_written_down_leaves_no_file(a_package, uploaded) -> None:
    package = a_package()
    storage = package.current.file.storage
    before = storage.listdir("packages/originals")[1]

    with pytest.raises(SameFile):
        uploaded(package=package)

    assert storage.listdir("packages/originals")[1] == before


# Broken off, and tried again.


def state_of(version: PackageVersion) -> str:
    version.refresh_from_db()
    return version.state


def test_an_import_that_breaks_off_can_be_tried_again(uploaded, settings) -> None:
    version = uploaded()
    settings.OPORA_PACKAGE_SCAN = f"{__name__}.breaks"

    with pytest.raises(OSError, match="scanner"):
        import_version(version_id=version.pk, at=NOON)
    assert state_of(version) == "failed"
    assert version.problems == [{"code": "broke_off", "path": "", "details": {}}]

    settings.OPORA_PACKAGE_SCAN = ""
    retry(version=version, at=LATER)
    assert (state_of(version), version.problems) == ("waiting", [])
    import_version(version_id=version.pk, at=LATER)
    assert state_of(version) == "ready"


def test_an_import_that_was_killed_is_begun_anew_when_it_has_been_silent(uploaded) -> None:
    version = uploaded()
    PackageVersion.objects.update(state="importing", alive_at=NOON, progress=40)

    assert import_version(version_id=version.pk, at=NOON + SILENT_FOR) is None
    assert state_of(version) == "importing"

    after = NOON + SILENT_FOR + timedelta(seconds=1)
    assert import_version(version_id=version.pk, at=after).state == "ready"


@pytest.mark.parametrize(
    ("state", "silent_for", "offered"),
    [
        ("failed", timedelta(0), True),
        ("importing", SILENT_FOR, False),
        ("importing", 2 * SILENT_FOR, True),
        ("waiting", SILENT_FOR, False),
        ("waiting", 2 * SILENT_FOR, True),
        ("ready", 2 * SILENT_FOR, False),
    ],
)
def test_another_try_is_offered_where_it_helps(
    uploaded, state: str, silent_for: timedelta, offered: bool
) -> None:
    version = uploaded()
    tree = Tree.objects.create(digest="a", files={}, size=0)
    alive_at = NOON if state == "importing" else None
    PackageVersion.objects.update(state=state, alive_at=alive_at, tree=tree)
    version.refresh_from_db()

    assert may_be_retried(version, at=NOON + silent_for) == offered
    if not offered:
        with pytest.raises(NothingToRetry):
            retry(version=version, at=NOON + silent_for)


def test_two_editors_who_try_again_start_one_import(uploaded) -> None:
    version = uploaded()
    PackageVersion.objects.update(state="failed")
    version.refresh_from_db()

    retry(version=version, at=NOON)
    with pytest.raises(NothingToRetry):
        retry(version=version, at=NOON)


def test_a_failed_version_is_not_imported_by_a_task_that_comes_late(uploaded) -> None:
    version = uploaded()
    PackageVersion.objects.update(state="failed")

    assert import_version(version_id=version.pk, at=LATER) is None


def test_the_check_for_viruses_can_refuse_with_its_own_words(uploaded, settings) -> None:
    settings.OPORA_PACKAGE_SCAN = f"{__name__}.refuses_sums"
    version = uploaded()

    import_version(version_id=version.pk, at=NOON)

    assert state_of(version) == "failed"
    assert version.problems[0]["details"] == {"answer": "Eicar found."}
    assert not Tree.objects.exists()


def test_a_file_that_passes_the_check_is_imported(uploaded, settings) -> None:
    settings.OPORA_PACKAGE_SCAN = f"{__name__}.allows_everything"
    version = uploaded()

    import_version(version_id=version.pk, at=NOON)

    assert state_of(version) == "ready"


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_on_one_version_one_imports_it(uploaded) -> None:
    version = uploaded()
    PackageVersion.objects.update(state="waiting", imported_at=None)

    done = at_once(lambda _n: import_version(version_id=version.pk, at=NOON), 8)

    assert len([one for one in done if one is not None]) <= 1
    assert state_of(version) == "ready"
    assert ScormContent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_new_versions_at_once_are_numbered_and_the_newest_plays(a_package, elena) -> None:
    package = a_package()

    at_once(
        lambda n: upload(file=a_file(a_sum(f"Sum {n}")), actor=elena, at=LATER, package=package),
        5,
    )

    package.refresh_from_db()
    numbers = package.versions.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]
    assert set(package.versions.values_list("state", flat=True)) == {"ready"}
    assert package.current.number == 6


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_by_others_while_the_import_runs(uploaded, settings, monkeypatch) -> None:
    monkeypatch.setattr(operations, "SPOKEN_SECONDS", 0.0)
    pages = {f"page{n}": "<p>" + "sun " * 60_000 for n in range(4)}
    version = uploaded(a_sum(**pages))
    PackageVersion.objects.update(state="waiting", progress=0)
    seen: list[int] = []
    update = operations._Progress.__call__

    def watch(progress: Any, bytes_read: int) -> None:
        update(progress, bytes_read)
        assert not connection.in_atomic_block
        seen.append(PackageVersion.objects.get(pk=version.pk).progress)

    monkeypatch.setattr(operations._Progress, "__call__", watch)
    import_version(version_id=version.pk, at=NOON)

    assert seen == sorted(seen)
    assert seen[0] < 50 < seen[-1] < 100
    assert state_of(version) == "ready"


def test_a_package_is_brought_and_imported_in_a_bucket(bucket, a_package) -> None:
    package = a_package()

    assert open_file(package.current.tree, "sco.js").read()
    keys = {stored.key.split("/")[2] for stored in bucket.objects.all()}
    assert keys == {"originals", "blobs"}


# Taking away.


def test_a_package_that_nobody_needs_is_deleted_with_its_files(
    a_package, elena, django_capture_on_commit_callbacks
) -> None:
    package = a_package()
    file = package.current.file

    with django_capture_on_commit_callbacks(execute=True):
        assert delete_package(package=package, actor=elena, at=NOON) is Taken.DELETED

    assert not Package.objects.exists()
    assert not file.storage.exists(file.name)


def test_a_package_that_learners_have_played_is_put_away_and_can_come_back(
    a_package, elena
) -> None:
    package = a_package()
    attempt = opened(package).attempt

    assert delete_package(package=package, actor=elena, at=LATER) is Taken.PUT_AWAY

    package.refresh_from_db()
    attempt.refresh_from_db()
    assert package.archived_at == LATER
    assert package.current is not None
    assert not Package.objects.playable().exists()

    bring_back(package=package)
    assert Package.objects.playable().get() == package


def test_a_file_without_a_name_for_people_is_taken(elena) -> None:
    file = SimpleUploadedFile(".zip", a_sum())

    version = upload(file=file, actor=elena, at=NOON)

    assert version.package.title
