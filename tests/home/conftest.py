"""The words of the front rooms."""

from collections.abc import Callable

import pytest
from wagtail.models import Page, Site

from home.models import HomePage, PlainPage, SiteIdentity


@pytest.fixture
def front_page(db) -> HomePage:
    """The front page of the default site, where ``localhost`` and ``testserver`` lead."""
    root = Page.objects.get(depth=1)
    page = root.add_child(
        instance=HomePage(
            title="Главная",
            slug="front",
            headline="Учиться рядом с домом",
            lead="Короткие курсы",
            search_description="Курсы для детей округа",
            doors=[
                {
                    "type": "door",
                    "value": {
                        "reader": "children",
                        "title": "Детям",
                        "text": "Выбери курс.",
                        "label": "Найти курс",
                        "page": None,
                        "address": "/courses/?audience=child",
                    },
                }
            ],
        )
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": page}
    )
    return page


@pytest.fixture
def site(front_page: HomePage) -> Site:
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def identity(site: Site) -> SiteIdentity:
    identity = SiteIdentity.for_site(site)
    identity.tagline = "Портал округа"
    identity.phone = "8 (000) 555-01-22"
    identity.save()
    return identity


@pytest.fixture
def plain_page(front_page: HomePage) -> Callable[..., PlainPage]:
    """``plain_page("about")``: a page below the front page, or below ``under``."""

    def make(slug: str, *, under: Page | None = None, **fields) -> PlainPage:
        page = PlainPage(title=slug.title(), slug=slug, **fields)
        return (under or front_page).add_child(instance=page)

    return make
