"""Courses for pages of other apps, such as a front page."""

from django import template
from django.utils import timezone

from courses.pages.models import CoursePage
from courses.pages.queries import featured_cards
from courses.pages.queries.catalogue import Card

register = template.Library()


@register.simple_tag
def featured_courses(most: int = 3) -> tuple[Card, ...]:
    """``{% featured_courses 3 as cards %}``: courses that a newcomer can begin today.

    Each card goes to the template ``courses/parts/course_card.html`` as ``card``.
    """
    return featured_cards(CoursePage.objects.live().public(), at=timezone.now(), most=most)
