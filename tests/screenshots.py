"""``python -m tests.screenshots``: the README's pictures, taken from the demonstration itself.

Runs the portal with a new demonstration on a free port and photographs what each person sees, on
a telephone and on a computer, into ``docs/screenshots``.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser import ADVICE, find_browser

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1280, "height": 860},
}
START_SECONDS = 180

# picture: (who looks, where; a link's text to follow from there, if any)
SCENES = {
    "front": (None, "/", None),
    "catalogue": (None, "/courses/", None),
    "course": (None, "/courses/bezopasnyj-internet/", None),
    "my": ("child", "/my/", None),
    "lesson": ("child", "/my/", "/learn/"),
    "family": ("parent", "/family/", r"/family/[^/]+/$"),
    "teaching": ("teacher", "/teaching/", r"/teaching/(?!work/)[^/]+/$"),
    "editor": ("editor", "/admin/", None),
}
SECRETS = {"child": "2580"}
ADULT_SECRET = "opora-demo"  # the demonstration's, printed by `make run`


def main() -> None:
    browser_path = find_browser()
    if browser_path is None:
        sys.exit(ADVICE)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with portal() as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for name in SCENES:
            for size in SIZES:
                photograph(browser, origin, name, size)
        browser.close()


@contextmanager
def portal() -> Iterator[str]:
    """The portal with a demonstration of its own, for as long as it is needed."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    origin = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory() as var:
        environment = {
            **os.environ,
            "OPORA_VAR_DIR": var,
            "OPORA_DEBUG": "0",
            "OPORA_SITE_URL": origin,
            "PORT": str(port),
        }
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_portal"], cwd=ROOT, env=environment
        )
        try:
            wait_until_it_answers(f"{origin}/healthz")
            yield origin
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_until_it_answers(address: str) -> None:
    """Raises ``TimeoutError`` when the portal does not start in time."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310  our own portal over HTTP
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(address)


def photograph(browser: Browser, origin: str, name: str, size: str) -> None:
    who, address, follow = SCENES[name]
    context = browser.new_context(viewport=SIZES[size], locale="ru-RU")
    page = context.new_page()
    if who is not None:
        sign_in(page, origin, who)
    page.goto(origin + address)
    if follow is not None:
        page.goto(origin + first_link(page, follow))
    page.screenshot(path=PICTURES / f"{name}-{size}.png")
    context.close()


def sign_in(page: Page, origin: str, who: str) -> None:
    page.goto(f"{origin}/accounts/login/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", SECRETS.get(who, ADULT_SECRET))
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


def first_link(page: Page, pattern: str) -> str:
    """The page itself where its address begins as ``pattern`` says, else its first such link."""
    links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.pathname)")
    here = page.evaluate("location.pathname")
    if re.match(pattern, here):
        return here
    return next(link for link in links if re.match(pattern, link))


if __name__ == "__main__":
    main()
