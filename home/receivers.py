"""A change in what stands round the pages begins a new generation of the content."""

from django.apps import apps
from django.db.models.signals import post_delete, post_save

from courses.foundation.generations import begin_generation

# Records without a draft of their own: visitors see them as soon as they are saved.
SHOWN = ("home.MenuItem", "home.SiteIdentity", "home.SiteMenu", "wagtailredirects.Redirect")


def connect() -> None:
    for model in SHOWN:
        for signal in (post_save, post_delete):
            signal.connect(begin_generation, sender=apps.get_model(model))
