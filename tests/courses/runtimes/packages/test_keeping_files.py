"""Equal files are kept once, and no file is swept that somebody may need."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.packages import operations
from courses.runtimes.packages.models import Blob, Tree, package_storage
from courses.runtimes.packages.operations import keep_blob, keep_tree, sweep
from courses.runtimes.packages.queries import disk_use, open_file
from courses.runtimes.packages.rules import blob_path, tree_digest
from tests.courses.races import at_once

DAY = timedelta(days=1)
HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)


def kept(**files: bytes) -> Tree:
    return keep_tree(files=[(path, io.BytesIO(data)) for path, data in files.items()])


def stored() -> set[str]:
    """Hashes of the files that are in storage."""
    storage = package_storage()
    try:
        folders, _files = storage.listdir("packages/blobs")
    except FileNotFoundError:
        return set()
    return {name for folder in folders for name in storage.listdir(f"packages/blobs/{folder}")[1]}


@pytest.fixture(autouse=True)
def _empty_storage(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


@given(st.dictionaries(st.text(max_size=20), st.tuples(HASHES, st.integers(0, 2**40))))
def test_a_set_of_files_has_one_name_whatever_its_order(files) -> None:
    turned = dict(reversed(files.items()))

    assert tree_digest(files) == tree_digest(turned)
    assert tree_digest({**files, "one more": ("0" * 64, 1)}) != tree_digest(files)


@pytest.mark.django_db
def test_files_come_back_as_they_went() -> None:
    tree = kept(a=b"sun", b=b"", c=b"rain" * 2_000_000)

    assert [open_file(tree, path).read() for path in "abc"] == [b"sun", b"", b"rain" * 2_000_000]
    assert tree.size == 8_000_003
    assert tree.files["a"][1] == 3


@pytest.mark.django_db
def test_an_unknown_path_is_an_error() -> None:
    with pytest.raises(KeyError):
        open_file(kept(a=b"sun"), "b")


@pytest.mark.django_db
def test_a_file_that_many_share_is_kept_once() -> None:
    first, second = kept(a=b"sun", b=b"sun"), kept(c=b"sun", d=b"rain")

    assert len(stored()) == Blob.objects.count() == 2
    assert first.digest != second.digest
    assert disk_use() == (13, 7)
    assert disk_use().saved == 6


@pytest.mark.django_db
def test_the_same_files_are_one_tree() -> None:
    assert kept(a=b"sun", b=b"rain") == kept(b=b"rain", a=b"sun")
    assert Tree.objects.count() == 1


@pytest.mark.django_db
def test_progress_is_told_file_by_file() -> None:
    told: list[int] = []

    keep_tree(
        files=[("a", io.BytesIO(b"sun")), ("b", io.BytesIO(b"rain"))], on_progress=told.append
    )

    assert told == [3, 7]


@pytest.mark.django_db
def test_what_a_killed_import_left_half_written_is_written_anew() -> None:
    sha256, _size = keep_blob(io.BytesIO(b"sun"))
    Blob.objects.all().delete()
    package_storage().delete(blob_path(sha256))
    package_storage().save(blob_path(sha256), ContentFile(b"s"))

    assert open_file(kept(a=b"sun"), "a").read() == b"sun"
    assert stored() == {sha256}


@pytest.mark.django_db
def test_a_file_without_its_row_is_found_and_used() -> None:
    kept(a=b"sun")
    Blob.objects.all().delete()

    assert open_file(kept(a=b"sun"), "a").read() == b"sun"
    assert len(stored()) == Blob.objects.count() == 1


@pytest.mark.django_db
def test_a_storage_that_keeps_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = package_storage()
    monkeypatch.setattr(operations, "package_storage", lambda: storage)
    monkeypatch.setattr(storage, "save", lambda name, _content: f"{name}.other")
    monkeypatch.setattr(storage, "size", lambda _name: 0)

    with pytest.raises(OSError, match="cannot be written"):
        kept(a=b"sun")
    assert not Blob.objects.exists()


@pytest.mark.django_db
def test_what_no_package_holds_is_swept_a_day_later() -> None:
    kept(a=b"sun", b=b"rain")

    assert sweep(at=timezone.now()) == 0
    assert sweep(at=timezone.now() + DAY) == 2
    assert stored() == set()
    assert not Tree.objects.exists()
    assert not Blob.objects.exists()


@pytest.mark.django_db
def test_what_a_package_holds_stays(a_package) -> None:
    package = a_package()
    kept(a=b"sun")

    assert sweep(at=timezone.now() + 2 * DAY) == 1

    tree = package.current.tree
    assert {sha256 for sha256, _size in tree.files.values()} == stored()
    assert Tree.objects.get() == tree


@pytest.mark.django_db
def test_a_file_that_is_needed_again_is_spared() -> None:
    kept(a=b"sun", b=b"rain")
    Blob.objects.update(kept_at=timezone.now() - 2 * DAY)
    Tree.objects.update(kept_at=timezone.now() - 2 * DAY)
    keep_blob(io.BytesIO(b"sun"))

    assert sweep(at=timezone.now()) == 1
    assert stored() == {Blob.objects.get().sha256}


@pytest.mark.django_db
def test_a_tree_that_is_needed_again_is_spared() -> None:
    tree = kept(a=b"sun")
    Tree.objects.update(kept_at=timezone.now() - 2 * DAY)
    Blob.objects.update(kept_at=timezone.now() - 2 * DAY)

    assert kept(a=b"sun") == tree
    assert sweep(at=timezone.now()) == 0


@pytest.mark.django_db(transaction=True)
def test_many_imports_of_the_same_files_at_once_keep_each_file_once() -> None:
    trees = at_once(lambda _n: kept(a=b"sun" * 100_000, b=b"rain" * 100_000), 8)

    assert len({tree.digest for tree in trees}) == 1
    assert len(stored()) == Blob.objects.count() == 2
    assert open_file(trees[0], "a").read() == b"sun" * 100_000


@pytest.mark.django_db(transaction=True)
def test_sweeping_while_the_files_are_kept_again_loses_none() -> None:
    for _ in range(5):
        kept(a=b"sun", b=b"rain")
        Tree.objects.update(kept_at=timezone.now() - 2 * DAY)
        Blob.objects.update(kept_at=timezone.now() - 2 * DAY)

        at_once(lambda n: sweep(at=timezone.now()) if n % 2 else kept(a=b"sun", b=b"rain"), 4)

        tree = Tree.objects.get()
        assert [open_file(tree, path).read() for path in "ab"] == [b"sun", b"rain"]


@pytest.mark.django_db
def test_files_are_kept_once_in_a_bucket_too(bucket: Any) -> None:
    tree = kept(a=b"sun", b=b"sun", c=b"rain")

    assert open_file(tree, "c").read() == b"rain"
    assert {stored.key for stored in bucket.objects.all()} == {
        f"private/{blob_path(sha256)}" for sha256, _size in tree.files.values()
    }
    assert sweep(at=timezone.now() + DAY) == 2
    assert list(bucket.objects.all()) == []
