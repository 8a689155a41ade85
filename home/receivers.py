"""The kept chrome is dropped as soon as something in it may have changed."""

from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

CHROME_KEY = "home.chrome"


def drop_chrome(**_signal: object) -> None:
    """Forget the kept chrome once the current transaction is written."""
    transaction.on_commit(lambda: cache.delete(CHROME_KEY))


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(drop_chrome, dispatch_uid="home.drop_chrome")
    for model in ("home.SiteIdentity", "home.SiteMenu", "home.MenuItem", "wagtailcore.Site"):
        for signal in (post_save, post_delete):
            signal.connect(
                drop_chrome, sender=apps.get_model(model), dispatch_uid="home.drop_chrome"
            )
    post_delete.connect(
        drop_chrome, sender=apps.get_model("wagtailcore.Page"), dispatch_uid="home.drop_chrome"
    )
