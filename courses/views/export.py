"""The teacher's table as a file for a spreadsheet."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalogue.models import Course
from courses.lessons.rules import Outline
from courses.progress.queries import Row
from courses.views.words import MARKS

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheet programs take Cyrillic letters for another alphabet."""


def table_file(course: Course, outline: Outline, rows: Iterable[Row]) -> HttpResponse:
    """A CSV file: a learner to a line, a lesson to a column, marks in words."""
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="course-{course.public_id}.csv"'
    sheet = csv.writer(response, delimiter=";")
    lessons = [lesson.title for lesson in outline.lessons]
    heads = [_("Learner"), *lessons, _("Lessons done"), _("Lessons required"), _("Last here on")]
    sheet.writerow(as_text(head) for head in heads)
    for row in rows:
        seen_at = row.last_activity_at
        cells = [
            row.name,
            *(str(MARKS[mark]) for mark in row.marks),
            str(row.done),
            str(row.required),
            timezone.localdate(seen_at).isoformat() if seen_at is not None else "",
        ]
        sheet.writerow(as_text(cell) for cell in cells)
    return response


def as_text(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula and run."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
