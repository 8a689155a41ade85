"""Addresses of the plug-in, under the namespace ``courses``."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from courses.views.attempts import attempts, items, left_work
from courses.views.enrolling import enrol
from courses.views.events import events
from courses.views.family import child, family
from courses.views.finished import finished
from courses.views.learner import my, why
from courses.views.media import step_file
from courses.views.package import again, launch, preview
from courses.views.player import declare, lesson_end, resume, step
from courses.views.quiz import quiz
from courses.views.task import submission_file, task
from courses.views.teaching import course_table, learner, submission, table_export, teaching

app_name = "courses"


class UidConverter(StringConverter):
    """A public id; the zero character, which PostgreSQL refuses to look for, is in none."""

    regex = r"[^/\x00]+"


register_converter(UidConverter, "uid")

urlpatterns: list[URLPattern] = [
    path("enrol/<uid:course_id>/", enrol, name="enrol"),
    path("my/", my, name="my"),
    path("family/", family, name="family"),
    path("family/<uid:child_uid>/", child, name="child"),
    path("teaching/", teaching, name="teaching"),
    path("teaching/work/<uid:submission_uid>/", submission, name="teaching_submission"),
    path("teaching/<uid:course_id>/", course_table, name="teaching_course"),
    path("teaching/<uid:course_id>/table.csv", table_export, name="teaching_export"),
    path("teaching/<uid:course_id>/questions/<uuid:step_uid>/", items, name="teaching_items"),
    path("teaching/<uid:course_id>/<uid:enrolment_uid>/", learner, name="teaching_learner"),
    path(
        "teaching/<uid:course_id>/<uid:enrolment_uid>/<uuid:step_uid>/",
        attempts,
        name="teaching_attempts",
    ),
    path(
        "teaching/<uid:course_id>/<uid:enrolment_uid>/left/<uid:attempt_uid>/",
        left_work,
        name="teaching_left_work",
    ),
    path("learn/<uid:enrolment_uid>/", resume, name="resume"),
    path("learn/<uid:enrolment_uid>/why/", why, name="why"),
    path("learn/<uid:enrolment_uid>/events/", events, name="events"),
    path("learn/<uid:enrolment_uid>/finished/", finished, name="finished"),
    path("learn/<uid:enrolment_uid>/lessons/<uuid:lesson_uid>/end/", lesson_end, name="lesson_end"),
    path("learn/<uid:enrolment_uid>/<uuid:step_uid>/", step, name="step"),
    path("learn/<uid:enrolment_uid>/<uuid:step_uid>/done/", declare, name="declare"),
    path("learn/<uid:enrolment_uid>/<uuid:step_uid>/quiz/", quiz, name="quiz"),
    path("learn/<uid:enrolment_uid>/<uuid:step_uid>/task/", task, name="task"),
    path("learn/<uid:enrolment_uid>/<uuid:step_uid>/launch/", launch, name="launch"),
    path("learn/<uid:enrolment_uid>/<uuid:step_uid>/again/", again, name="again"),
    path("preview/<uid:package_uid>/", preview, name="package_preview"),
    path("works/<uid:submission_uid>/file/", submission_file, name="submission_file"),
    path("courses-media/<uid:token>/<uid:filename>", step_file, name="step_file"),
]
