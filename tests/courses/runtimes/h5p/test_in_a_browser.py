"""H5P in Chromium, in the site's frame on the real second origin."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import FrameLocator, Page, expect

from courses.runtimes.delivery.queries import asset_address, frame_address
from courses.runtimes.h5p.models import H5PState
from courses.runtimes.launches.errors import LaunchExpired
from courses.runtimes.launches.models import Attempt, Launch
from courses.runtimes.launches.operations import open_launch, open_preview
from courses.runtimes.packages.models import Package
from tests.courses.runtimes.h5p.making import (
    BASE_SCRIPT,
    BROKEN_SCRIPT,
    PARAMS,
    PIXEL,
    base_library,
    choice_library,
    choice_package,
    manifest,
    needs,
)

pytestmark = pytest.mark.django_db(transaction=True)

MOST_REQUESTS = 12
FRAMED = """([address, sandbox]) => new Promise(done => {
    window.heard = [];
    addEventListener("message", ({ data, origin }) => heard.push({ ...data, origin }));
    const frame = document.createElement("iframe");
    frame.id = "frame";
    frame.width = 640;
    frame.height = 400;
    frame.setAttribute("sandbox", sandbox);
    frame.onload = done;
    frame.src = address;
    document.body.append(frame);
})"""


@dataclass
class Screen:
    """A page of the site with the content in its frame."""

    page: Page
    site: str
    requests: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(10_000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("response", lambda response: self.responses.append(response.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def show(self, token: str) -> FrameLocator:
        self.page.goto(f"{self.site}/accounts/login/")
        self.requests.clear()
        sandbox = Package(kind="h5p").sandbox
        self.page.evaluate(FRAMED, [frame_address("h5p", token), sandbox])
        return self.page.frame_locator("#frame")

    def heard(self, name: str) -> list[dict[str, Any]]:
        said = self.page.evaluate("heard")
        return [one for one in said if one.get("opora") == name]

    def answered_by(self, host: str) -> list[str]:
        return [one for one in self.responses if host in one]

    def asked(self) -> list[str]:
        """What the frame has asked the network for."""
        return [one for one in self.requests if not one.startswith(("data:", "blob:"))]


@pytest.fixture
def screen(page: Page, live_server: Any, content_origin: str) -> Screen:
    return Screen(page, live_server.url)


@pytest.fixture
def token(bring) -> Callable[..., str]:
    """``token(version)``: a launch of the learner in the same step, each time."""
    step, learner = uuid.uuid4(), uuid.uuid4()

    def make(version: Any = None, *, again: bool = False) -> str:
        version = version or bring()
        launched = open_launch(
            place="place-of-masha-1",
            step=step,
            epoch=1,
            learner_key=learner,
            package=version.package,
            again=again,
            at=timezone.now(),
        )
        return launched.token

    return make


def until(found: Callable[[], Any], page: Page) -> Any:
    """What ``found`` returns as soon as it is something; after five seconds, nothing."""
    for _turn in range(50):
        value = found()
        if value:
            return value
        page.wait_for_timeout(100)
    return None


def finished() -> list[Attempt]:
    return list(Attempt.objects.filter(finished_at__isnull=False).order_by("number"))


def test_content_starts_with_few_requests_and_says_its_height(screen, token) -> None:
    frame = screen.show(token())

    expect(frame.get_by_role("group", name="Which is a bridge?")).to_be_visible()
    heights = until(lambda: screen.heard("height"), screen.page)
    assert heights[-1]["height"] > 100
    assert heights[-1]["origin"] == "null"
    assert len(screen.asked()) <= MOST_REQUESTS, screen.asked()
    assert screen.errors == []


def test_a_finished_playing_is_a_result_and_the_page_is_told(screen, token) -> None:
    frame = screen.show(token())
    frame.get_by_label("Arch").check()
    frame.get_by_role("button", name="Check").click()

    assert until(lambda: screen.heard("moved"), screen.page)
    (attempt,) = finished()
    assert (attempt.earned, attempt.possible, attempt.passed) == (100, 100, True)
    assert attempt.interactions.get().response == "Arch"
    assert attempt.moves == 1


def test_try_again_inside_the_content_is_another_attempt(screen, token) -> None:
    frame = screen.show(token())
    frame.get_by_label("Ford").check()
    frame.get_by_role("button", name="Check").click()
    assert until(finished, screen.page)

    frame.get_by_role("button", name="Try again").click()
    screen.page.wait_for_timeout(800)
    frame.get_by_label("Arch").check()
    frame.get_by_role("button", name="Check").click()

    assert until(lambda: len(finished()) == 2, screen.page)
    assert [(one.number, one.earned) for one in finished()] == [(1, 0), (2, 100)]


def test_checking_twice_is_one_attempt(screen, token) -> None:
    frame = screen.show(token())
    frame.get_by_label("Ford").check()
    frame.get_by_role("button", name="Check").click()
    assert until(finished, screen.page)
    frame.get_by_label("Arch").check()
    frame.get_by_role("button", name="Check").click()

    assert until(lambda: finished()[0].earned == 100, screen.page)
    assert len(finished()) == 1


def test_who_leaves_in_the_middle_finds_the_answer_again(screen, token, bring) -> None:
    version = bring()
    frame = screen.show(token(version))
    frame.get_by_label("Arch").check()

    screen.page.goto("about:blank")

    state = until(H5PState.objects.first, screen.page)
    assert state is not None
    assert state.data == '{"chosen":1}'
    frame = screen.show(token(version))
    expect(frame.get_by_label("Arch")).to_be_checked()


def test_a_state_is_saved_before_a_tab_is_put_away(screen, token) -> None:
    frame = screen.show(token())
    frame.get_by_label("Ford").check()

    screen.page.frames[-1].evaluate(
        """() => {
            Object.defineProperty(document, "visibilityState", { value: "hidden" });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )

    assert until(H5PState.objects.first, screen.page)


def test_looking_at_a_finished_attempt_again_makes_no_new_one(screen, token, bring) -> None:
    version = bring()
    frame = screen.show(token(version))
    frame.get_by_label("Arch").check()
    frame.get_by_role("button", name="Check").click()
    assert until(finished, screen.page)
    screen.page.goto("about:blank")
    assert until(H5PState.objects.first, screen.page)

    frame = screen.show(token(version))
    frame.get_by_role("button", name="Check").click()

    assert until(lambda: screen.heard("moved"), screen.page)
    assert Attempt.objects.count() == 1


def test_a_preview_sends_nothing(screen, bring) -> None:
    launched = open_preview(version=bring(), at=timezone.now())
    frame = screen.show(launched.token)
    frame.get_by_label("Arch").check()
    frame.get_by_role("button", name="Check").click()
    screen.page.wait_for_timeout(500)
    screen.page.goto("about:blank")

    assert not [one for one in screen.requests if one.endswith(("/results", "/state"))]
    assert not Attempt.objects.exists()


def test_a_teacher_sees_the_learners_answer(screen, token, bring) -> None:
    version = bring()
    frame = screen.show(token(version))
    frame.get_by_label("Arch").check()
    screen.page.goto("about:blank")
    assert until(H5PState.objects.first, screen.page)

    launched = open_preview(version=version, of=Attempt.objects.get(), at=timezone.now())
    frame = screen.show(launched.token)

    expect(frame.get_by_label("Arch")).to_be_checked()
    frame.get_by_label("Ford").check()
    screen.page.goto("about:blank")
    screen.page.wait_for_timeout(500)
    assert H5PState.objects.get().data == '{"chosen":1}'


def test_one_reaches_and_leaves_the_content_by_keyboard(screen, token) -> None:
    frame = screen.show(token())
    screen.page.evaluate(
        """() => {
            const after = document.createElement("button");
            after.id = "after";
            document.body.append(after);
        }"""
    )
    screen.page.locator("#frame").evaluate("it => it.contentWindow.focus()")
    keyboard = screen.page.keyboard

    keyboard.press("Tab")
    expect(frame.get_by_label("Ford")).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.press("Tab")
    expect(frame.get_by_role("button", name="Check")).to_be_focused()
    keyboard.press("Enter")
    after = "document.activeElement.id === 'after'"
    presses = 0
    while not screen.page.evaluate(after) and presses < 6:
        keyboard.press("Tab")
        presses += 1

    assert screen.page.evaluate(after)
    assert until(finished, screen.page)[0].earned == 100


def test_content_with_a_part_missing_says_so(screen, token, bring) -> None:
    files = {**choice_package(), **choice_library(script=BROKEN_SCRIPT)}
    frame = screen.show(token(bring(files)))

    expect(frame.get_by_role("alert")).to_be_visible()


def test_one_broken_library_does_not_stop_the_others(screen, token, bring) -> None:
    files = choice_package(
        **{
            "Made.Choice-1.0/library.json": manifest(
                "Made.Choice",
                "1.0.0",
                runnable=1,
                preloadedJs=[{"path": "choice.js"}],
                preloadedDependencies=needs("Made.Broken 1.0", "Made.Base 1.0"),
            ),
            "Made.Broken-1.0/library.json": manifest(
                "Made.Broken", "1.0.0", preloadedJs=[{"path": "broken.js"}]
            ),
            "Made.Broken-1.0/broken.js": BROKEN_SCRIPT,
        }
    )
    frame = screen.show(token(bring(files)))

    expect(frame.get_by_label("Arch")).to_be_visible()


def test_scripts_share_nothing_that_they_keep_for_themselves(screen, token) -> None:
    screen.show(token())
    told = screen.page.frames[-1]

    # The sloppy script did not become strict behind a strict one, and each finds its own address.
    assert told.evaluate("window.leakedBySloppyScript") is True
    assert told.evaluate("Made.address").endswith("/js/base.js")


def test_content_finds_its_own_files_and_those_of_its_libraries(screen, token, bring) -> None:
    picture = {"path": "images/arch.png", "mime": "image/png"}
    files = {**choice_package({**PARAMS, "picture": picture}), "content/images/arch.png": PIXEL}
    frame = screen.show(token(bring(files)))
    expect(frame.locator("fieldset")).to_be_visible()

    widths = "() => [...document.images].map(one => one.naturalWidth)"
    assert until(lambda: screen.page.frames[-1].evaluate(widths) == [1, 1], screen.page)


HOSTILE_SCRIPT = (
    BASE_SCRIPT
    + """
window.got = {};
const native = (owner, name, self) =>
  Object.getOwnPropertyDescriptor(owner.prototype, name).get.call(self) || null;
const loaded = (tag, address) => new Promise((done, fail) => {
  const one = document.createElement(tag);
  one.onload = () => done(1);
  one.onerror = fail;
  one.src = address;
  document.head.append(one);
});
const answered = (address) => fetch(address).then((answer) => answer.ok || null);
window.tries = (site, foreign, neighbour) => {
  const tried = {
    "parent": () => parent.document.body,
    "frame element": () => window.frameElement,
    "cookies": () => document.cookie || null,
    "cookies behind the shim": () => native(Document, "cookie", document),
    "storage of the site": () => parent.localStorage.length,
    "storage behind the shim": () => native(Window, "localStorage", window),
    "database": () => new Promise((done, fail) => {
      const asked = indexedDB.open("x");
      asked.onsuccess = () => done(1);
      asked.onerror = fail;
    }),
    "top": () => { top.location = foreign + "/top"; return null; },
    "pop-up": () => window.open(foreign),
    "site": () => fetch(site + "/admin/", { credentials: "include" }),
    "fetch": () => fetch(foreign + "/fetch", { mode: "no-cors" }),
    "picture": () => loaded("img", foreign + "/x.png"),
    "script": () => loaded("script", foreign + "/x.js"),
    "neighbour by a made up address": () => answered(neighbour.replace(/.{9}$/, "/secret.png")),
    "neighbour by its own address": () => answered(neighbour),
  };
  for (const [name, attempt] of Object.entries(tried)) {
    got[name] = "waits";
    Promise.resolve().then(attempt).then(
      (value) => { got[name] = value === undefined || value === null ? "no" : "yes"; },
      () => { got[name] = "no"; });
  }
  return new Promise((done) => setTimeout(() => done(got), 2000));
};
"""
)


def test_a_hostile_package_gets_nothing(screen, token, bring, live_server) -> None:
    hostile = {
        **choice_package({**PARAMS, "answers": ["<img src=x onerror=parent.pwned=1>", "Arch"]}),
        **base_library(script=HOSTILE_SCRIPT),
    }
    hostile["h5p.json"]["title"] = "<script>parent.pwned=1</script><img src=x onerror=pwned=1>"
    version = bring(hostile)
    secret = asset_address("0" * 64, "secret.png")
    screen.show(token(version))
    screen.page.context.add_cookies(
        [{"name": "sessionid", "value": "secret", "url": live_server.url}]
    )

    got = screen.page.frames[-1].evaluate(
        "([site, foreign, neighbour]) => tries(site, foreign, neighbour)",
        [live_server.url, "http://192.0.2.1", secret],
    )

    assert set(got.values()) == {"no"}, got
    assert screen.page.url == f"{live_server.url}/accounts/login/"
    assert len(screen.page.context.pages) == 1
    assert screen.page.evaluate("window.pwned") is None
    assert screen.answered_by("192.0.2.1") == []


def test_script_in_an_answer_stays_text(screen, token) -> None:
    frame = screen.show(token())
    frame.get_by_label("Arch").check()
    screen.page.frames[-1].evaluate(
        """() => {
            const event = H5P.instances[0].event("answered");
            event.data.statement.object.definition.choices[1].description["en-US"] =
                "<script>alert(1)</script><b>Arch</b>";
            event.data.statement.result.response = "1";
            H5P.instances[0].getXAPIData = () => ({ statement: event.data.statement });
            H5P.instances[0].trigger(event);
        }"""
    )

    (attempt,) = until(finished, screen.page)
    assert attempt.interactions.get().response == "Arch"


def test_a_lost_network_loses_no_result(screen, token) -> None:
    frame = screen.show(token())
    frame.get_by_label("Arch").check()
    context = screen.page.context
    context.set_offline(True)
    frame.get_by_role("button", name="Check").click()
    screen.page.wait_for_timeout(400)
    assert finished() == []

    context.set_offline(False)

    assert until(finished, screen.page)


def test_a_frame_that_was_open_for_too_long_says_so(screen, token) -> None:
    frame = screen.show(token())
    frame.get_by_label("Arch").check()
    Launch.objects.update(expires_at=timezone.now())

    frame.get_by_role("button", name="Check").click()

    expect(frame.get_by_role("alert")).to_contain_text(str(LaunchExpired.sentence)[:10])
    assert finished() == []


def test_it_is_played_by_touch(new_context, live_server, content_origin, token) -> None:
    context = new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    screen = Screen(context.new_page(), live_server.url)
    frame = screen.show(token())

    frame.get_by_text("Arch").tap()
    frame.get_by_role("button", name="Check").tap()

    assert until(finished, screen.page)[0].earned == 100
