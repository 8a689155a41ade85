"""What a frame sends while it plays: states and results."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.foundation.conf import conf
from courses.runtimes.h5p.errors import BadReport, ContentMissing, NothingIsKept, ReportTooLarge
from courses.runtimes.h5p.models import H5PContent, H5PState
from courses.runtimes.h5p.queries import name_of
from courses.runtimes.h5p.rules import read_report
from courses.runtimes.launches.models import Attempt, Launch
from courses.runtimes.launches.operations import take_result

MOST_STATES = 300
"""Of one attempt; a course of many slides has a state for the whole and a few for its parts."""
NAME_LENGTH = 64


@transaction.atomic
def save_state(
    *,
    launch: Launch,
    part: str,
    name: str,
    data: str | None,
    run: str = "",
    page: str = "",
    sequence: int = 0,
    at: datetime,
) -> None:
    """Keep ``data`` that a ``part`` of the content (``"0"``: the whole) wants back, by ``name``.

    ``None`` forgets it. ``page`` names one opening of the frame and ``sequence`` counts what it
    sends: what was overtaken on its way changes nothing.

    Raises:
        NothingIsKept: the launch has no attempt.
        BadReport: a name is empty or too long.
        ReportTooLarge: the data are longer than ``OPORA_H5P_STATE_BYTES``, or there are too many.
    """
    if launch.attempt is None:
        raise NothingIsKept
    names = (part, name, run, page)
    if not part or not name or any(len(one) > NAME_LENGTH for one in names):
        raise BadReport
    if data is not None and len(data.encode()) > conf.OPORA_H5P_STATE_BYTES:
        raise ReportTooLarge
    content = _content_of(launch)
    states = Attempt.objects.filter(pk=launch.attempt.pk).lock().get().h5p_states
    known = states.filter(sub_content_id=part, data_id=name).first()
    if known is not None and page and known.page == page and known.sequence >= sequence:
        return
    if data is None:
        states.filter(sub_content_id=part, data_id=name).delete()
        return
    if known is None and states.count() >= MOST_STATES:
        raise ReportTooLarge
    H5PState.objects.update_or_create(
        attempt=launch.attempt,
        sub_content_id=part,
        data_id=name,
        defaults={
            "data": data,
            "content_hash": content.content_hash,
            "run": run,
            "page": page,
            "sequence": sequence,
            "saved_at": at,
        },
    )


def take_report(*, launch: Launch, run: str, report: Mapping[str, Any], at: datetime) -> bool:
    """Take what the content has reported of its playing ``run``; whether it ended that.

    A report of a part, of another library, or of something that is no end changes nothing.

    Raises:
        NothingIsKept: the launch has no attempt.
        BadReport: ``run`` is too long.
    """
    if launch.attempt is None:
        raise NothingIsKept
    if len(run) > NAME_LENGTH:
        raise BadReport
    result = read_report(report, main=name_of(_content_of(launch).main_library))
    if result is None:
        return False
    take_result(launch=launch, run=run, result=result, at=at)
    return True


def _content_of(launch: Launch) -> H5PContent:
    contents = H5PContent.objects.select_related("main_library")
    content = (
        contents.defer("params", "main_library__semantics")
        .filter(version=launch.version_id)
        .first()
    )
    if content is None:
        raise ContentMissing
    return content
