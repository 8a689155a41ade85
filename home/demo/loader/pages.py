"""The front page, the plain pages, the menu and the contacts of the demo portal."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, PageLogEntry, Revision, Site

from home.demo.content import contents
from home.demo.loader.blocks import checked_stream
from home.models import HomePage, MenuItem, PlainPage, SiteIdentity, SiteMenu

READERS = {"child": "children", "parent": "parents", "teacher": "teachers"}
CATALOGUE_PLACE = 1
"""The catalogue is the first link at the top; plain pages follow."""


def build_site() -> HomePage:
    """Put the demo's front page in the place of Wagtail's welcome page; returns it.

    The plain pages, the menu and the contacts come with it.
    """
    data = contents("pages")
    home = _front_page(data["front"])
    pages = {page["slug"]: _plain_page(home, page) for page in data["pages"]}
    doors = [_door(door, pages) for door in data["front"]["doors"]]
    home.doors = checked_stream(HomePage, "doors", doors)
    home.save_revision().publish()
    site = _site_of(home)
    SiteIdentity.objects.create(site=site, **data["identity"])
    SiteMenu.objects.create(site=site)
    for page in data["pages"]:
        for place, key in ((MenuItem.Place.HEADER, "menu"), (MenuItem.Place.FOOTER, "footer")):
            if key in page:
                put_in_menu(pages[page["slug"]], place=place, order=page[key])
    return home


def put_in_menu(page: Page, *, place: str = MenuItem.Place.HEADER, order: int) -> None:
    """A link to ``page`` under its title, the ``order``-th in its place."""
    MenuItem.objects.create(
        menu=SiteMenu.objects.get(), place=place, label=page.title, page=page, sort_order=order
    )


def sign_pages(editor: Any) -> None:
    """Make ``editor`` the author of every page: they were built before anybody had an account."""
    Page.objects.filter(depth__gt=1).update(owner=editor)
    Revision.objects.filter(user=None).update(user=editor)
    PageLogEntry.objects.filter(user=None).update(user=editor)


def _front_page(front: dict[str, Any]) -> HomePage:
    fields = ("title", "headline", "lead", "search_description")
    home = HomePage(slug="opora", **{name: front[name] for name in fields})
    return Page.get_first_root_node().add_child(instance=home)


def _plain_page(home: HomePage, data: dict[str, Any]) -> PlainPage:
    page = PlainPage(
        slug=data["slug"],
        title=data["title"],
        intro=data.get("intro", ""),
        search_description=data["search_description"],
        body=checked_stream(PlainPage, "body", _body(data["body"])),
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def _body(html: str) -> list[dict[str, str]]:
    """The blocks of a plain page: a heading at every ``h2``, text between."""
    pieces = enumerate(re.split(r"<h2>(.*?)</h2>", html))
    return [
        {"type": "heading" if index % 2 else "text", "value": piece.strip()}
        for index, piece in pieces
        if piece.strip()
    ]


def _door(data: dict[str, Any], pages: dict[str, PlainPage]) -> dict[str, Any]:
    page = pages.get(data["link"].strip("/"))
    return {
        "type": "door",
        "value": {
            "reader": READERS[data["audience"]],
            "title": data["title"],
            "text": data["text"],
            "label": data["link_text"],
            "page": page.pk if page else None,
            "address": "" if page else data["link"],
        },
    }


def _site_of(home: HomePage) -> Site:
    """The default site with ``home`` for its front page, at the address of the settings."""
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.root_page_id else None
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = contents("pages")["identity"]["name"]
    site.root_page = home
    site.save()
    if welcome is not None:
        welcome.delete()
    return site
