"""Loading the demonstration, part by part.

**pages** builds the front rooms, **courses** both courses as trees of pages, **people** the
accounts, **stories** what those people have done. The door is :func:`load_demo`.
"""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from home.demo.loader.courses import build_courses, page_class, publish_courses
from home.demo.loader.pages import CATALOGUE_PLACE, build_site, put_in_menu, sign_pages
from home.demo.loader.people import open_accounts
from home.demo.loader.stories import live_stories
from home.models import HomePage
from home.operations import EDITORS, make_roles


class DemoRefused(Exception):
    """The demonstration would mix with a portal that is not one."""


def load_demo(*, at: datetime) -> bool:
    """Fill a new database; returns whether there was anything to do.

    ``at`` is the aware moment the demonstration stands at: its people's last three weeks end
    there. Everything but the publishing of the courses happens in two transactions. The accounts
    are in the second, so as long as there are none, another run finishes an interrupted one.

    Raises:
        DemoRefused: the database holds a portal of its own.
    """
    if get_user_model().objects.filter(is_demo=True).exists():
        return False
    with transaction.atomic():
        if not HomePage.objects.exists():
            catalogue = build_courses(build_site())
            put_in_menu(catalogue, order=CATALOGUE_PLACE)
        elif not page_class("CoursePage").objects.exists():
            raise DemoRefused(
                "This database holds a portal of its own. Load the demonstration into a new one."
            )
        make_roles()
    publish_courses()
    with transaction.atomic():
        accounts = open_accounts(at=at, editors=EDITORS)
        sign_pages(accounts["editor"])
        live_stories(accounts, at=at)
    return True
