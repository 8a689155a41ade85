"""The front page and plain pages: what a visitor and a search engine find there."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Site

from home.models import HomePage, MenuItem, PlainPage, SiteIdentity, SiteMenu

pytestmark = pytest.mark.django_db


def test_the_front_page_shows_its_doors_and_never_looks_empty(
    client: Client, front_page: HomePage
) -> None:
    page = client.get("/").text

    assert "<h1>Учиться рядом с домом</h1>" in page
    assert 'href="/courses/?audience=child"' in page
    assert "Как это устроено" in page
    assert "Безопасно для детей" in page


def test_a_page_speaks_to_search_engines_and_social_networks(
    client: Client, front_page: HomePage, settings
) -> None:
    settings.SITE_URL = "https://opora.example"

    page = client.get("/?utm_source=mail").text

    assert '<link rel="canonical" href="https://opora.example/">' in page
    assert '<meta name="description" content="Курсы для детей округа">' in page
    assert 'property="og:image" content="https://opora.example/static/home/share.png"' in page
    assert '<html lang="ru"' in page


def test_a_plain_page_shows_its_blocks(
    client: Client, plain_page: Callable[..., PlainPage]
) -> None:
    plain_page(
        "about",
        intro="Кто мы",
        body=[
            {"type": "heading", "value": "Наш центр"},
            {"type": "text", "value": "<p>Мы рядом.</p>"},
            {"type": "callout", "value": {"tone": "careful", "text": "<p>Берегите пароль.</p>"}},
        ],
    )

    page = client.get("/about/").text

    assert "<h2>Наш центр</h2>" in page
    assert "Мы рядом." in page
    assert "callout--careful" in page


def test_a_page_deep_in_the_tree_costs_no_more_queries_than_one_at_the_top(
    client: Client,
    plain_page: Callable[..., PlainPage],
    django_assert_max_num_queries,
) -> None:
    page = plain_page("one")
    for slug in ("two", "three", "four", "five"):
        page = plain_page(slug, under=page)
    client.get("/one/")

    with django_assert_max_num_queries(6):
        answer = client.get("/one/two/three/four/five/")

    assert answer.status_code == 200
    assert "Five" in answer.text


def test_a_draft_is_not_found_at_its_address(
    client: Client, plain_page: Callable[..., PlainPage]
) -> None:
    plain_page("secret", live=False)

    assert client.get("/secret/").status_code == 404


@pytest.fixture
def menu(site: Site) -> SiteMenu:
    return SiteMenu.for_site(site)


def test_the_editor_s_menu_stands_on_every_page_in_their_order(
    client: Client, menu: SiteMenu, plain_page: Callable[..., PlainPage]
) -> None:
    menu.items = [
        MenuItem(label="О центре", page=plain_page("about"), sort_order=1),
        MenuItem(label="Курсы", address="/courses/", sort_order=2),
        MenuItem(label="Черновик", page=plain_page("draft", live=False), sort_order=3),
        MenuItem(label="Документы", address="/documents/", place="footer", sort_order=4),
    ]
    menu.save()

    page = client.get("/accounts/login/").text

    assert page.index("О центре") < page.index("Курсы") < page.index("Документы")
    assert "Черновик" not in page


def test_the_chrome_costs_no_queries_and_forgets_as_soon_as_it_changes(
    client: Client,
    identity: SiteIdentity,
    django_assert_num_queries,
    django_capture_on_commit_callbacks,
) -> None:
    client.get("/view-settings/")
    with django_assert_num_queries(0):
        assert "Портал округа" in client.get("/view-settings/").text

    with django_capture_on_commit_callbacks(execute=True):
        identity.tagline = "Новое имя"
        identity.save()

    assert "Новое имя" in client.get("/view-settings/").text


def test_unpublishing_a_page_takes_it_from_the_menu_at_once(
    client: Client,
    menu: SiteMenu,
    plain_page: Callable[..., PlainPage],
    django_capture_on_commit_callbacks,
) -> None:
    about = plain_page("about")
    menu.items = [MenuItem(label="О центре", page=about)]
    menu.save()
    client.get("/view-settings/")

    with django_capture_on_commit_callbacks(execute=True):
        about.unpublish()

    assert "О центре" not in client.get("/view-settings/").text


def test_a_link_of_the_menu_needs_a_page_or_an_address(menu: SiteMenu) -> None:
    with pytest.raises(ValidationError, match="Выберите страницу"):
        MenuItem(menu=menu, label="Никуда").full_clean()


def test_robots_keep_out_of_personal_rooms_and_find_the_sitemap(client: Client, settings) -> None:
    settings.SITE_URL = "https://opora.example"

    text = client.get("/robots.txt").text

    assert "Disallow: /family/" in text
    assert "Sitemap: https://opora.example/sitemap.xml" in text


def test_the_sitemap_lists_public_pages(
    client: Client, plain_page: Callable[..., PlainPage]
) -> None:
    plain_page("about")
    plain_page("secret", live=False)

    text = client.get("/sitemap.xml").text

    assert "/about/" in text
    assert "/secret/" not in text


def test_the_interface_is_english_for_whoever_asks(client: Client, front_page: HomePage) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})

    page = client.get("/").text

    assert '<html lang="en"' in page
    assert "How it works" in page
    assert 'lang="ru"' in page
