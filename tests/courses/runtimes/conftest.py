"""The words that tests of packages are written in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from moto import mock_aws

from cms.settings.environment import file_storages
from courses.runtimes.operations import import_version, upload
from courses.runtimes.packages.models import Package, PackageVersion
from home.operations import make_roles
from tests.courses.conftest import NOON
from tests.samples.scorm import package, single


def a_sum(title: str = "One sum", **pages: str) -> bytes:
    """A SCORM package of one page, as bytes; another title or other pages are other bytes."""
    return package(single(title=title), **pages)


def a_file(content: bytes | None = None, name: str = "sum.zip") -> SimpleUploadedFile:
    """A file as a form brings it."""
    return SimpleUploadedFile(name, a_sum() if content is None else content, "application/zip")


@pytest.fixture
def elena(db: None) -> Any:
    """An editor of the portal."""
    _authors, editors = make_roles()
    user = get_user_model().objects.create_user("elena")
    user.groups.add(editors)
    return user


@pytest.fixture
def uploaded(elena: Any) -> Callable[..., PackageVersion]:
    """``uploaded(a_sum())``: a version that waits for its import."""

    def make(content: bytes | None = None, *, name: str = "sum.zip", **changes) -> PackageVersion:
        return upload(file=a_file(content, name), **{"actor": elena, "at": NOON, **changes})

    return make


@pytest.fixture
def a_package(uploaded: Callable[..., PackageVersion]) -> Callable[..., Package]:
    """``a_package(a_sum())``: a package that plays; ``package=`` brings it a new version."""

    def make(content: bytes | None = None, **changes) -> Package:
        version = uploaded(content, **changes)
        # A transactional test has imported it already, in the task.
        import_version(version_id=version.pk, at=NOON)
        version.refresh_from_db()
        assert (version.state, version.problems) == ("ready", [])
        return Package.objects.get(pk=version.package_id)

    return make


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An S3-compatible bucket in which packages are kept, instead of a folder."""
    for name, value in {"REGION": "us-east-1", "ACCESS_KEY": "key", "SECRET_KEY": "secret"}.items():
        monkeypatch.setenv(f"OPORA_S3_{name}", value)
    with mock_aws():
        made = boto3.resource("s3", region_name="us-east-1").create_bucket(Bucket="portal")
        settings.STORAGES = {
            **settings.STORAGES,
            **file_storages(Path("unused"), Path("unused"), "portal", "https://files.example"),
        }
        field = PackageVersion._meta.get_field("file")
        monkeypatch.setattr(field, "storage", storages["private"])
        yield made
