"""A page of a package in the site's frame, in Chromium: it finds its own files, and no others."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from courses.runtimes.delivery.queries import asset_address
from courses.runtimes.packages.models import Tree

PAGE = b"""<!doctype html>
<link rel="stylesheet" href="style.css">
<p>text</p>
<script src="own.js"></script>
<script>
window.told = {};
function tell(name, promise) {
    promise.then(() => { told[name] = "yes"; }, () => { told[name] = "no"; });
}
async function all(site, foreign) {
    const image = new Image();
    tell("own image", new Promise((done, fail) => {
        image.onload = done; image.onerror = fail; image.src = "dot.svg";
    }));
    tell("own data", fetch("data.json").then(answer => answer.json()));
    tell("own blob", fetch(URL.createObjectURL(new Blob(["x"]))));
    tell("site", fetch(site, {mode: "no-cors"}));
    tell("foreign", fetch(foreign, {mode: "no-cors"}));
    tell("beacon", new Promise((done, fail) => {
        document.addEventListener("securitypolicyviolation", event => {
            if (event.blockedURI.includes("/beacon")) fail();
        });
        navigator.sendBeacon(site + "beacon", "x"); setTimeout(done, 500);
    }));
    const foreign_image = new Image();
    tell("foreign image", new Promise((done, fail) => {
        foreign_image.onload = done; foreign_image.onerror = fail; foreign_image.src = foreign;
    }));
    tell("parent", new Promise(done => done(parent.document.body)));
    tell("top", new Promise(done => { top.location = foreign; done(); }));
    tell("eval", new Promise(done => done(eval("1 + 1"))));
    tell("cookies", new Promise((done, fail) => { document.cookie.length ? done() : fail(); }));
    await new Promise(done => setTimeout(done, 1000));
    told["own script"] = window.own || "no";
    told["own style"] = getComputedStyle(document.querySelector("p")).color;
    return told;
}
</script>
"""
FILES = {
    "index.html": PAGE,
    "own.js": b"window.own = 'yes';",
    "style.css": b"p { color: rgb(1, 2, 3) }",
    "dot.svg": b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    "data.json": b"{}",
}
OWN = {
    "own image": "yes",
    "own data": "yes",
    "own blob": "yes",
    "own script": "yes",
    "own style": "rgb(1, 2, 3)",
    "eval": "yes",
}
FOREIGN = {
    "site": "no",
    "foreign": "no",
    "foreign image": "no",
    "beacon": "no",
    "parent": "no",
    "top": "no",
    "cookies": "no",
}


def framed(page: Page, site: str, address: str, sandbox: str) -> Frame:
    """The frame on a page of the site that shows ``address``."""
    page.goto(f"{site}/accounts/login/")
    page.evaluate(
        """([address, sandbox]) => new Promise(done => {
            const frame = document.createElement("iframe");
            frame.setAttribute("sandbox", sandbox);
            frame.onload = done;
            frame.src = address;
            document.body.append(frame);
        })""",
        [address, sandbox],
    )
    return page.frames[-1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sandbox", ["allow-scripts", "allow-scripts allow-same-origin"])
def test_a_package_gets_its_own_files_and_nothing_else(
    page: Page,
    live_server: Any,
    content_origin: str,
    a_tree: Callable[[dict[str, bytes]], Tree],
    sandbox: str,
) -> None:
    address = asset_address(a_tree(FILES).digest, "index.html")

    frame = framed(page, live_server.url, address, sandbox)
    told = frame.evaluate(
        "([site, foreign]) => all(site, foreign)",
        [
            f"{live_server.url}/",
            "http://192.0.2.1/taken",
        ],
    )

    assert told == OWN | FOREIGN
    assert page.url == f"{live_server.url}/accounts/login/"


@pytest.mark.django_db(transaction=True)
def test_no_other_site_frames_a_package(
    page: Page,
    live_server: Any,
    content_origin: str,
    settings: Any,
    a_tree: Callable[[dict[str, bytes]], Tree],
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    address = asset_address(a_tree(FILES).digest, "index.html")

    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        framed(page, live_server.url, address, "allow-scripts")
