"""The version for the visually impaired: chosen by a plain form, kept by a cookie."""

import pytest
from django.test import Client

from home.rules import SPECIAL_LOOK, USUAL_LOOK, ViewSettings

COOKIE = "opora_view"
FORM = "/view-settings/"


def test_a_cookie_brings_back_the_settings_it_was_made_from() -> None:
    settings = ViewSettings(scheme="blue", size="3", spacing="2", images="off")

    assert ViewSettings.from_cookie(settings.as_cookie()) == settings


@pytest.mark.parametrize("cookie", ["", "-", "nonsense", "blue", "x-9-0-maybe", "-" * 5000])
def test_what_a_cookie_does_not_say_clearly_is_as_usual(cookie: str) -> None:
    found = ViewSettings.from_cookie(cookie)

    assert (found.size, found.spacing, found.images) == ("1", "1", "on")


def test_only_known_wishes_are_followed() -> None:
    wishes = {"size": "3", "scheme": "<script>", "volume": "11"}

    assert USUAL_LOOK.changed(wishes) == ViewSettings(size="3")


@pytest.mark.parametrize(
    ("settings", "special"),
    [
        (USUAL_LOOK, False),
        (ViewSettings(scheme="dark"), False),
        (ViewSettings(scheme="light"), False),
        (ViewSettings(scheme="black"), True),
        (ViewSettings(size="2"), True),
        (ViewSettings(scheme="dark", images="off"), True),
    ],
)
def test_a_dark_page_alone_is_not_the_special_version(
    settings: ViewSettings, special: bool
) -> None:
    assert settings.is_special is special


@pytest.mark.django_db
class TestForm:
    def test_one_press_turns_the_special_version_on_and_leads_back(self, client: Client) -> None:
        answer = client.post(FORM, {"look": "special", "next": "/accounts/login/"})

        assert (answer.status_code, answer.url) == (303, "/accounts/login/")
        assert answer.cookies[COOKIE].value == SPECIAL_LOOK.as_cookie()
        assert answer.cookies[COOKIE]["max-age"] == 365 * 24 * 3600

    def test_the_choice_holds_on_every_page_even_on_one_of_an_error(self, client: Client) -> None:
        client.post(FORM, {"scheme": "blue", "size": "3", "spacing": "2", "images": "off"})

        for address in ("/accounts/login/", FORM, "/no-such-page/"):
            page = client.get(address).text
            assert 'data-scheme="blue" data-size="3" data-spacing="2" data-images="off"' in page, (
                address
            )

    def test_one_wish_leaves_the_others_as_they_were(self, client: Client) -> None:
        client.post(FORM, {"scheme": "black", "size": "2"})
        client.post(FORM, {"images": "off"})

        assert client.cookies[COOKIE].value == "black-2-1-off"

    def test_the_usual_version_forgets_the_choice(self, client: Client) -> None:
        client.post(FORM, {"look": "special"})
        answer = client.post(FORM, {"look": "usual"})

        assert answer.cookies[COOKIE]["max-age"] == 0
        assert "data-scheme" not in client.get(FORM).text

    def test_the_form_works_without_a_token_so_that_pages_can_be_kept(self) -> None:
        strict = Client(enforce_csrf_checks=True)

        assert strict.post(FORM, {"look": "special"}).status_code == 303

    @pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "javascript:x"])
    def test_the_way_back_never_leads_to_another_site(self, client: Client, next_: str) -> None:
        assert client.post(FORM, {"look": "special", "next": next_}).url == "/"

    def test_the_page_shows_what_is_chosen(self, client: Client) -> None:
        client.post(FORM, {"scheme": "dark"})

        page = client.get(FORM).text
        assert 'name="scheme" value="dark" checked' in page
        assert page.count(" checked") == 4

    def test_the_bar_is_there_in_the_special_version_only(self, client: Client) -> None:
        assert "view-bar" not in client.get("/accounts/login/").text
        client.post(FORM, {"look": "special"})
        assert "view-bar" in client.get("/accounts/login/").text
