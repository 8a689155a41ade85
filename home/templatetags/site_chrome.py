"""Tags of the site's own templates."""

import re
from functools import cache

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

FIRST_FONT = "vendor/golos-text/golos-text-cyrillic-wght-normal.woff2"


@cache
def fonts_are_here() -> bool:
    """Whether the typeface was installed; the answer holds for the life of the process."""
    if settings.DEBUG or not settings.STATIC_ROOT:
        return finders.find(FIRST_FONT) is not None
    return staticfiles_storage.exists(FIRST_FONT) or finders.find(FIRST_FONT) is not None


@register.simple_tag
def fonts() -> SafeString | str:
    """Links to the portal's typeface; nothing where it is not installed: the system's serves."""
    if not fonts_are_here():
        return ""
    return format_html(
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>\n'
        '<link rel="stylesheet" href="{}">',
        static(FIRST_FONT),
        reverse("fonts"),
    )


@register.filter
def telephone(number: str) -> str:
    """A telephone as a link wants it: digits and a leading plus."""
    return re.sub(r"[^\d+]", "", number)
