"""Background tasks of progress; :mod:`courses.tasks` gathers them for the workers."""

from django_tasks import task

from courses.progress.operations import recompute_course


@task()
def recompute_course_task(course_id: int) -> int:
    """Bring every learner of a course up to its current revision; returns how many moved."""
    return recompute_course(course_id=course_id)
