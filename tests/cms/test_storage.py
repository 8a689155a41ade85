"""Files in an S3-compatible bucket: pictures for everybody, learners' files for nobody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from moto import mock_aws

from cms.settings.environment import file_storages


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name, value in {"REGION": "us-east-1", "ACCESS_KEY": "key", "SECRET_KEY": "secret"}.items():
        monkeypatch.setenv(f"OPORA_S3_{name}", value)
    with mock_aws():
        made = boto3.resource("s3", region_name="us-east-1").create_bucket(Bucket="portal")
        settings.STORAGES = {
            **settings.STORAGES,
            **file_storages(Path("unused"), Path("unused"), "portal", "https://files.example"),
        }
        yield made


def names(bucket: Any) -> list[str]:
    return [stored.key for stored in bucket.objects.all()]


@pytest.mark.parametrize(("storage", "folder"), [("default", "media"), ("private", "private")])
def test_a_file_comes_back_as_it_went(bucket: Any, storage: str, folder: str) -> None:
    files: Storage = storages[storage]

    name = files.save("tasks/рисунок.txt", ContentFile(b"sun"))

    assert files.open(name).read() == b"sun"
    assert names(bucket) == [f"{folder}/tasks/рисунок.txt"]


def test_a_file_never_takes_the_place_of_another(bucket: Any) -> None:
    files = storages["default"]

    first, second = (files.save("cover.svg", ContentFile(b"<svg/>")) for _ in range(2))

    assert first != second


def test_pictures_have_the_public_address_without_a_signature(bucket: Any) -> None:
    files = storages["default"]
    address = urlsplit(files.url(files.save("cover.svg", ContentFile(b"<svg/>"))))

    assert (address.netloc, address.path) == ("files.example", "/media/cover.svg")
    assert not address.query


def test_learners_files_have_no_public_address(bucket: Any) -> None:
    files = storages["private"]

    assert "files.example" not in files.url(files.save("essay.txt", ContentFile(b"My summer")))


def test_files_stay_on_the_disk_without_a_bucket(tmp_path: Path) -> None:
    made = file_storages(tmp_path, tmp_path / "media", bucket="", public_url="")

    assert made["default"]["OPTIONS"]["location"] == tmp_path / "media"
    assert made["private"]["OPTIONS"]["location"] == tmp_path / "private"
