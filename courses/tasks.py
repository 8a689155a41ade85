"""Where the workers find the app's tasks: each part keeps its own."""

from courses.progress.tasks import recompute_course_task

__all__ = ["recompute_course_task"]
