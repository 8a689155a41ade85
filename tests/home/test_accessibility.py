"""axe finds no fault, and nothing sticks out, on any page of the front rooms in any look."""

import pytest
from django.urls import include, path
from wagtail.models import Page

from home.rules import ViewSettings
from home.views.styleguide import SHEETS, styleguide
from tests.journeys.browsing import DESKTOP, PHONE, Visitor

# The examples of the design system have addresses only where the portal is being developed.
urlpatterns = [
    path("styleguide/<slug:sheet>/", styleguide),
    path("", include("cms.urls")),
]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]

LOOKS = [
    ViewSettings(),
    ViewSettings(scheme="dark"),
    ViewSettings(scheme="white", size="2"),
    ViewSettings(scheme="black", size="3", spacing="3"),
    ViewSettings(scheme="blue", size="2", spacing="2", images="off"),
]


@pytest.fixture
def visitor(new_context, live_server):
    """``visitor(look, size)``: a browser of somebody who has chosen how pages look."""

    def make(look: ViewSettings, size: dict[str, int]) -> Visitor:
        context = new_context(viewport=size, locale="ru-RU")
        context.add_cookies(
            [{"name": "opora_view", "value": look.as_cookie(), "url": live_server.url}]
        )
        return Visitor(context, live_server.url)

    return make


def looks_and_sizes():
    """Every look on a phone, where room is least; the usual one at a desk too."""
    on_a_phone = [pytest.param(look, PHONE, id=f"phone {look.as_cookie()}") for look in LOOKS]
    return [*on_a_phone, pytest.param(LOOKS[0], DESKTOP, id="desk")]


@pytest.mark.parametrize(("look", "size"), looks_and_sizes())
def test_front_rooms(visitor, plain_page, look: ViewSettings, size: dict[str, int]) -> None:
    plain_page("about", intro="Кто мы", body=[{"type": "heading", "value": "Наш центр"}])
    someone = visitor(look, size)

    for address in ("/", "/about/", "/accounts/login/", "/view-settings/"):
        someone.go(address)
        someone.look()


@pytest.mark.parametrize(("look", "size"), looks_and_sizes())
def test_the_design_system(
    visitor, front_page: Page, look: ViewSettings, size: dict[str, int]
) -> None:
    someone = visitor(look, size)

    for sheet in SHEETS:
        someone.go(f"/styleguide/{sheet}/")
        someone.look()


def test_a_missing_page(visitor, front_page: Page) -> None:
    someone = visitor(ViewSettings(), PHONE)

    with someone.expecting_complaints():
        someone.go("/no-such-page/")
    someone.look()


def test_a_wrong_password(visitor, front_page: Page) -> None:
    someone = visitor(ViewSettings(), PHONE)

    someone.go("/accounts/login/")
    someone.sign_in("nobody", "wrong")

    someone.look()


def test_the_password_can_be_shown(visitor, front_page: Page) -> None:
    someone = visitor(ViewSettings(), DESKTOP)

    someone.go("/accounts/login/")
    someone.page.fill("[name=password]", "2580")
    someone.press(".show-password")

    assert someone.page.get_attribute("[name=password]", "type") == "text"
    assert someone.page.get_attribute(".show-password", "aria-pressed") == "true"
