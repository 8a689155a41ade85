"""What the course pages show, put together from plain pages and published rows.

Stands below the page types: pages come in as arguments, so nothing here names their classes.
"""

from courses.pages.queries.catalogue import (
    Card,
    CatalogueView,
    catalogue_view,
    featured_cards,
)
from courses.pages.queries.course import (
    Action,
    CourseView,
    LessonRow,
    LessonState,
    course_view,
    own_place,
    player_address,
)
from courses.pages.queries.drafts import draft_of, lesson_draft, preview_outline
from courses.pages.queries.editing import Programme, programme_of
from courses.pages.queries.restrictions import view_restrictions_of

__all__ = [
    "Action",
    "Card",
    "CatalogueView",
    "CourseView",
    "LessonRow",
    "LessonState",
    "Programme",
    "catalogue_view",
    "course_view",
    "draft_of",
    "featured_cards",
    "lesson_draft",
    "own_place",
    "player_address",
    "preview_outline",
    "programme_of",
    "view_restrictions_of",
]
