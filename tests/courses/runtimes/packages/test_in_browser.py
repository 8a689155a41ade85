"""What an editor sees move: the import, and the preview in its frame."""

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.runtimes.launches.models import Attempt
from courses.runtimes.packages.models import PackageVersion

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(page: Page, live_server: Any, settings: Any, elena: Any) -> Page:
    """A browser with an editor signed in; packages play on this computer's other name."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.OPORA_CONTENT_ORIGIN = live_server.url.replace("localhost", "127.0.0.1")
    client = Client()
    client.force_login(elena)
    name = django_settings.SESSION_COOKIE_NAME
    cookie: Any = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


def test_the_page_follows_an_import_to_its_end(admin: Page, live_server: Any, uploaded) -> None:
    version = uploaded()
    rows = PackageVersion.objects.filter(pk=version.pk)
    rows.update(state="importing", progress=40, alive_at=timezone.now())

    admin.goto(live_server.url + reverse("packages:edit", args=[version.package_id]))
    bar = admin.locator("progress")
    expect(bar).to_have_attribute("value", "40")
    rows.update(progress=70)
    expect(bar).to_have_attribute("value", "70")
    rows.update(state="ready", progress=100)
    expect(bar).to_have_count(0)


def test_a_preview_plays_in_its_frame_and_leaves_nothing(
    admin: Page, live_server: Any, a_package
) -> None:
    package = a_package()

    admin.goto(live_server.url + reverse("packages:edit", args=[package.pk]))
    admin.locator("details:has(iframe) > summary").click()

    sco = admin.frame_locator("iframe").frame_locator("iframe")
    expect(sco.locator("#said")).to_contain_text("entry")
    sco.locator("#right").click()
    sco.locator("#finish").click()
    expect(sco.locator("#said")).to_contain_text("left")
    assert not Attempt.objects.exists()


def test_a_file_that_is_too_large_is_stopped_before_it_is_sent(
    admin: Page, live_server: Any, settings: Any, tmp_path: Any
) -> None:
    settings.OPORA_PACKAGE_MAX_BYTES = 1024 * 1024
    large = tmp_path / "large.zip"
    large.write_bytes(b"\0" * 1024 * 1025)

    admin.goto(live_server.url + reverse("packages:add"))
    field = admin.locator("input[type=file]")
    field.set_input_files(large)

    assert "1" in field.evaluate("field => field.validationMessage")
