"""Those who finished a course, and whom of them it would ask for more if it were opened again."""

from dataclasses import replace

from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.enrolments.querysets import EnrolmentQuerySet
from courses.progress.queries.places import Place, place_of, with_progress
from courses.progress.rules import count_steps


def finished_places(course: Course) -> EnrolmentQuerySet:
    """The active places on the course that are finished."""
    return Enrolment.objects.active().filter(course=course, state__finished_at__isnull=False)


def is_short_of_the_course(place: Place) -> bool:
    """Whether something would be left to do, had the learner not finished yet."""
    unfinished = replace(place.state, finished=None)
    counts = count_steps(place.outline.steps, unfinished, place.admission)
    return counts.done < counts.required


def count_to_reopen(course: Course) -> int:
    """How many learners opening the finished courses again would touch."""
    places = with_progress(finished_places(course)).iterator(chunk_size=200)
    return sum(is_short_of_the_course(place_of(enrolment)) for enrolment in places)
