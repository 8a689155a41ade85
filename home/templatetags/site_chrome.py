"""Tags of the site's own templates."""

import re
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.foundation.generations import generation_of
from home.queries import Chrome
from home.views.chrome import kept_chrome

register = template.Library()

FIRST_FONT = "vendor/golos-text/golos-text-cyrillic-wght-normal.woff2"

PARTS_KEPT = 200
# Stand in a kept part of the chrome where each reader's own words come.
TOKEN, NAME, WAY_BACK, QUOTED_WAY_BACK = "⟦token⟧", "⟦name⟧", "⟦way⟧", "⟦quoted way⟧"


@register.simple_tag(takes_context=True)
def chrome_part(context: dict[str, Any], name: str) -> SafeString:
    """``{% chrome_part "header" %}``: ``home/parts/header.html`` as this reader gets it.

    It is rendered once for all, because only a few words in it are a reader's own.
    """
    request = context["request"]
    user: Any = getattr(request, "user", None)
    is_signed_in = user is not None and user.is_authenticated
    chrome = kept_chrome(request)
    is_chromes_own = request.path in chrome.addresses or request.path == reverse("login")
    html = _part(
        name,
        generation_of(request),
        chrome,
        get_language(),
        path=request.path if is_chromes_own else "",
        is_signed_in=is_signed_in,
        is_special=context["look"].is_special,
    )
    # The token first: what a reader can write must not be able to ask for it.
    if is_signed_in:
        html = html.replace(TOKEN, get_token(request))
        html = html.replace(NAME, escape(user.get_short_name() or _("My page")))
    way_back = request.get_full_path()
    html = html.replace(QUOTED_WAY_BACK, quote(way_back)).replace(WAY_BACK, escape(way_back))
    return mark_safe(html)  # noqa: S308 - our template, and escaped words


@lru_cache(maxsize=PARTS_KEPT)
def _part(
    name: str,
    _generation: str,
    chrome: Chrome,
    language: str,
    *,
    path: str,
    is_signed_in: bool,
    is_special: bool,
) -> str:
    """The part with places for a reader's words; ``path`` is empty where nothing links to it."""
    context = {
        "chrome": chrome,
        "LANGUAGE_CODE": language,
        "path": path,
        "is_signed_in": is_signed_in,
        "is_special": is_special,
        "csrf_token": TOKEN,
        "name": NAME,
        "way_back": WAY_BACK,
        "quoted_way_back": QUOTED_WAY_BACK,
    }
    return render_to_string(f"home/parts/{name}.html", context)


@cache
def fonts_are_here() -> bool:
    """Whether the typeface was installed; the answer holds for the life of the process."""
    if settings.DEBUG or not settings.STATIC_ROOT:
        return finders.find(FIRST_FONT) is not None
    return staticfiles_storage.exists(FIRST_FONT) or finders.find(FIRST_FONT) is not None


@register.simple_tag
@cache
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
