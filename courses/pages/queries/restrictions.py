"""Who may see a page in the tree, asked once."""

from django.db.models import Q, QuerySet
from wagtail.models import PageViewRestriction


def view_restrictions_of(page) -> QuerySet[PageViewRestriction]:
    """The restrictions on a page and those above it: one query, where Wagtail asks two.

    The page itself must be no alias; restrictions of aliases above it are those of their sources.
    """
    ends = range(page.steplen, len(page.path) + 1, page.steplen)
    paths = [page.path[:end] for end in ends]
    own = Q(page__path__in=paths, page__alias_of__isnull=True)
    return PageViewRestriction.objects.filter(own | Q(page__aliases__path__in=paths))
