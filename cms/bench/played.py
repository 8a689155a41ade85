"""What is asked of the content origin: files of packages, and what their frames send."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.utils import timezone

from cms.bench.cases import Case, Request, same
from cms.bench.frames import JSON, PLAIN, Frame, content_headers, h5p_report, scorm_commit
from cms.bench.packages import PICTURE
from cms.bench.players import frame_of, package_steps
from courses.api import Enrolment
from courses.runtimes.api import Package, open_preview

TIMES = 5
"""How often each learner reports; the attempts and sessions of a report are never asked again."""
ASSET = "file of a package"
CASES = (ASSET, "H5P result", "SCORM commit")


def build_cases(
    *, groups: Mapping[int, Sequence[Enrolment]], packages: Sequence[Package], more: str
) -> list[Case]:
    """The cases of packages, each with ``more`` behind its name.

    ``groups`` are the learners by the number of clients, who send what they have to send once.
    Their number can be divided by that of the clients: so each learner stays with one client, and
    what they send stays in its order.
    """
    asset, result, commit = (name + more for name in CASES)
    files = [_get(path) for package in packages for path in _files(package)]
    h5p_step, scorm_step = package_steps(next(iter(groups.values()))[0])
    results = {
        clients: _turns([_results(one, h5p_step) for one in own]) for clients, own in groups.items()
    }
    commits = {
        clients: _turns([_commits(one, scorm_step) for one in own])
        for clients, own in groups.items()
    }
    return [
        Case(asset, same(groups, files), warm=True),
        Case(result, results, once=True, acknowledges=1, kept_as="answers"),
        Case(commit, commits, once=True, acknowledges=1, kept_as="answers"),
    ]


def start_paths(packages: Sequence[Package]) -> list[str]:
    """A frame of each of the H5P packages."""
    return [_preview(package).path for package in packages]


def _preview(package: Package) -> Frame:
    if package.current is None:
        raise LookupError(f"{package} does not play.")
    return Frame(open_preview(version=package.current, at=timezone.now()))


def _files(package: Package) -> Iterator[str]:
    """One file of its own that is packed on its way, or one that is not."""
    frame = _preview(package)
    if package.kind == Package.Kind.SCORM:
        _session, address = frame.open_lesson()
        yield urlsplit(address).path
    else:
        [content] = frame.data()["integration"]["contents"].values()
        yield urlsplit(f"{content['contentUrl']}/{PICTURE}").path


def _get(path: str) -> Request:
    headers = {**content_headers(), "Accept-Encoding": "br, gzip"}
    return {"method": "GET", "path": path, "headers": headers, "body": ""}


def _post(path: str, body: Any, kind: str, mark: str) -> Request:
    headers = content_headers(kind)
    return {
        "method": "POST",
        "path": path,
        "headers": headers,
        "body": json.dumps(body),
        "mark": mark,
    }


def _results(enrolment: Enrolment, step: Any) -> list[Request]:
    """The ends of playings of one frame; each but the first begins an attempt."""
    path = frame_of(enrolment, step).path + "results"
    marks = [uuid4().hex for _time in range(TIMES)]
    return [_post(path, h5p_report(mark), PLAIN, mark) for mark in marks]


def _commits(enrolment: Enrolment, step: Any) -> list[Request]:
    """The commits of one session, in which one question after the other is answered."""
    frame = frame_of(enrolment, step)
    session, _address = frame.open_lesson()
    marks = [uuid4().hex for _time in range(TIMES)]
    return [
        _post(f"{frame.path}commit/{session}", scorm_commit(marks[:count]), JSON, marks[count - 1])
        for count in range(1, TIMES + 1)
    ]


def _turns(each: Sequence[Sequence[Request]]) -> list[Request]:
    """Everybody's first, then everybody's second, and so on."""
    return [request for turn in zip(*each, strict=True) for request in turn]
