"""The words that tests of H5P's door are written in."""

import hashlib
import io
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from courses.runtimes.h5p.operations import install_content
from courses.runtimes.launches.operations import launch_by, open_launch
from courses.runtimes.packages.models import Package, PackageVersion
from courses.runtimes.packages.rules import Archive
from tests.courses.conftest import NOON
from tests.courses.runtimes.h5p.making import choice_package, packed


@pytest.fixture
def administrator(person) -> Any:
    """May add libraries."""
    one = person("admin")
    one.user_permissions.add(Permission.objects.get(codename="add_library"))
    return type(one).objects.get(pk=one.pk)


@pytest.fixture
def editor(person) -> Any:
    """May bring content, and no libraries."""
    return person("editor")


@pytest.fixture
def bring(administrator) -> Callable[..., PackageVersion]:
    """``bring(files)``: a version of these files; ``bring.problems`` are what kept it out."""

    def make(
        files: Mapping[str, Any] | None = None,
        *,
        by: Any = None,
        package: Package | None = None,
    ) -> PackageVersion:
        data = packed(choice_package() if files is None else files)
        actor = by or administrator
        if package is None:
            package = Package.objects.create(
                title="Bridges", kind="h5p", created_at=NOON, created_by=actor
            )
        version = PackageVersion.objects.create(
            package=package,
            number=package.versions.count() + 1,
            file_name="bridges.h5p",
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            uploaded_at=NOON,
            uploaded_by=actor,
        )
        problems = install_content(version=version, archive=Archive(io.BytesIO(data)), at=NOON)
        version.problems = [problem.as_json() for problem in problems]
        version.state = "failed" if problems else "ready"
        version.save()
        if not problems:
            package.current = version
            package.save()
        return version

    return make


@pytest.fixture
def launched(bring) -> Callable[..., tuple[str, Any]]:
    """``launched(version)``: the token of a new launch of a learner, and the launch."""
    step, learner = uuid.uuid4(), uuid.uuid4()

    def make(version: PackageVersion | None = None, *, again: bool = False):
        version = version or bring()
        opened = open_launch(
            place="place-of-masha-1",
            step=step,
            epoch=1,
            learner_key=learner,
            package=version.package,
            again=again,
            at=NOON,
        )
        return opened.token, launch_by(opened.token, at=NOON)

    return make
