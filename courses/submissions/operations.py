"""Handing in and answering works."""

import io
import zipfile
from datetime import datetime
from functools import partial
from pathlib import PurePath

import puremagic
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from courses.enrolments.models import Enrolment
from courses.foundation.conf import conf
from courses.lessons.models import StepVersion
from courses.lessons.rules import StepRef
from courses.progress.operations import record
from courses.progress.rules import Evidence, Verb
from courses.submissions.errors import (
    AlreadyAccepted,
    AlreadyAnswered,
    CommentMissing,
    FileTooLarge,
    FileTypeRefused,
    NothingHandedIn,
    NotTheTeacher,
    TextTooLong,
    WorkReplaced,
    WrongKindOfWork,
)
from courses.submissions.models import TaskSubmission
from courses.submissions.rules import ALLOWED_TYPES, MAX_TEXT, is_allowed_file

State = TaskSubmission.State


@transaction.atomic
def hand_in(
    *,
    enrolment: Enrolment,
    step: StepRef,
    text: str,
    file: UploadedFile | None,
    at: datetime,
) -> TaskSubmission:
    """Hand in a work for the task ``step``; a work that still waits is replaced by the new text.

    A double click makes one work: the same text while the last one waits changes nothing.

    Raises:
        NothingHandedIn, TextTooLong, FileTooLarge, FileTypeRefused, AlreadyAccepted: see each.
        WrongKindOfWork: the task asks for a text, and this is a file, or the other way round.
        StepGone, LessonClosed: from :func:`courses.progress.operations.record`.
    """
    text = text.strip()
    _refuse_bad_work(text, file)
    _refuse_wrong_kind(step, text, file)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    last = (
        TaskSubmission.objects.filter(enrolment=enrolment, step_id=step.uid)
        .order_by("-number")
        .first()
    )
    if last is not None and last.state == State.ACCEPTED:
        raise AlreadyAccepted
    if last is not None and last.state == State.SUBMITTED:
        if file is None and last.text == text:
            return last
        work = last
    else:
        number = last.number + 1 if last is not None else 1
        work = TaskSubmission(enrolment=enrolment, step_id=step.uid, number=number)
    record(
        enrolment=enrolment,
        step_uid=step.uid,
        verb=Verb.SUBMITTED,
        payload={"number": work.number},
        evidence=Evidence.SELF,
        at=at,
    )
    work.step_version_id = step.version
    work.text = text
    work.submitted_at = at
    if file is not None:
        if work.file.name:
            transaction.on_commit(partial(work.file.storage.delete, work.file.name))
        work.file_name = PurePath(file.name or "").name[-150:]
        work.file = file
    work.save()
    return work


def _refuse_bad_work(text: str, file: UploadedFile | None) -> None:
    if not text and file is None:
        raise NothingHandedIn
    if len(text) > MAX_TEXT:
        raise TextTooLong(limit=MAX_TEXT)
    if file is None:
        return
    most_bytes = conf.OPORA_TASK_FILE_MAX_BYTES
    if file.size > most_bytes:
        raise FileTooLarge(limit=most_bytes // 1024 // 1024)
    ending = PurePath(file.name or "").suffix.lower()
    if not is_allowed_file(ending=ending, found_types=_types_of(file)):
        raise FileTypeRefused(allowed=", ".join(sorted(ALLOWED_TYPES)))


def _refuse_wrong_kind(step: StepRef, text: str, file: UploadedFile | None) -> None:
    content = StepVersion.objects.values_list("content", flat=True).get(pk=step.version)
    asked = content.get("answer", "both")
    if (asked == "text" and file is not None) or (asked == "file" and text):
        raise WrongKindOfWork(asked)


def _types_of(file: UploadedFile) -> set[str]:
    """The media types that the content may be; office documents are told by their parts."""
    content = file.read()
    file.seek(0)
    try:
        matches = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return set()
    if content.startswith(b"PK"):
        return _types_of_archive(content)
    surest = max((match.confidence for match in matches), default=0)
    return {match.mime_type for match in matches if match.confidence == surest}


def _types_of_archive(content: bytes) -> set[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return ALLOWED_TYPES[".docx"]
            if "mimetype" in names:
                with archive.open("mimetype") as declared:
                    return {declared.read(100).decode("ascii", "replace").strip()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return set()
    return set()


@transaction.atomic
def answer(
    *, submission: TaskSubmission, accepted: bool, comment: str, actor, at: datetime
) -> TaskSubmission:
    """The teacher's answer: accept the work, or return it with a comment.

    ``submission`` is the work as the teacher saw it: the answer is to that text, not to another
    one that has come since.

    Raises:
        NotTheTeacher: ``actor`` does not teach the course.
        CommentMissing: a work is returned without a word.
        AlreadyAnswered: somebody answered first, or the learner handed in a newer one.
        WorkReplaced: the learner has replaced the text that waits.
    """
    comment = comment.strip()
    taught = Enrolment.objects.taught_by(actor).filter(pk=submission.enrolment_id)
    if not taught.lock().exists():
        raise NotTheTeacher
    if not accepted and not comment:
        raise CommentMissing
    waiting = TaskSubmission.objects.filter(pk=submission.pk, state=State.SUBMITTED)
    changed = waiting.filter(submitted_at=submission.submitted_at).update(
        state=State.ACCEPTED if accepted else State.RETURNED,
        comment=comment,
        reviewed_by=actor,
        reviewed_at=at,
    )
    if not changed:
        raise WorkReplaced if waiting.exists() else AlreadyAnswered
    record(
        enrolment=submission.enrolment,
        step_uid=str(submission.step_id),
        verb=Verb.GRADED,
        payload={"accepted": accepted, "number": submission.number},
        evidence=Evidence.TEACHER,
        at=at,
        actor=actor,
    )
    submission.refresh_from_db()
    return submission
