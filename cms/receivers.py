"""What the site does when Wagtail says that content has changed."""

from django.apps import apps
from django.db.models.signals import post_delete, post_save
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from cms.page_cache import forget_pages

# Records without a draft of their own: visitors see them as soon as they are saved.
SHOWN_TO_VISITORS = (
    "home.MenuItem",
    "home.SiteIdentity",
    "home.SiteMenu",
    "opora_courses.Topic",
    "opora_people.Organisation",
    "opora_people.Teacher",
    "wagtailcore.Site",
    "wagtailimages.Image",
    "wagtailredirects.Redirect",
)


def connect() -> None:
    """Forget kept pages whenever something that visitors see is published, moved or removed."""
    for signal in (
        page_published,
        page_unpublished,
        page_slug_changed,
        post_page_move,
        published,
        unpublished,
    ):
        signal.connect(forget_pages, dispatch_uid="opora.forget_pages")
    for model in SHOWN_TO_VISITORS:
        for signal in (post_save, post_delete):
            signal.connect(
                forget_pages, sender=apps.get_model(model), dispatch_uid="opora.forget_pages"
            )
    post_delete.connect(
        forget_pages, sender=apps.get_model("wagtailcore.Page"), dispatch_uid="opora.forget_pages"
    )
