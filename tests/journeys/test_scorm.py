"""A learner and SCORM packages, on the real second origin."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FrameLocator, Locator, Page, expect

from courses.progress.models import Completion
from courses.runtimes.launches.models import Attempt, Interaction, Launch
from courses.runtimes.launches.operations import hash_of, open_launch
from courses.runtimes.packages.models import Package
from courses.runtimes.scorm.models import ScoState
from tests.courses.views.packages import package_step
from tests.journeys.browsing import DESKTOP, PHONE, TOO_WIDE, Visitor
from tests.samples.scorm import (
    curious,
    one_sco_12,
    one_sco_2004_4th,
    package,
    sequenced_2004,
    single,
    three_scos_12,
)
from tests.samples.scorm.manifests import Line

pytestmark = pytest.mark.django_db(transaction=True)

SANDBOX = "allow-scripts allow-forms allow-same-origin allow-modals allow-downloads"
LESSON = """([address, sandbox]) => {
    document.cookie = "secret=of-the-site";
    document.title = "Lesson";
    const link = Object.assign(document.createElement("a"), {href: "#after", textContent: "Begin"});
    const frame = document.createElement("iframe");
    frame.id = "frame";
    frame.height = 600;
    frame.width = innerWidth - 20;
    frame.sandbox = sandbox;
    frame.src = address;
    document.body.replaceChildren(link, frame);
    window.heard = [];
    addEventListener("message", (event) => {
        if (event.source === frame.contentWindow) heard.push(event.data);
    });
}"""
"""Makes any page of the site into one with a frame, as the page of a step is."""
NOTHING = "/healthz"


class Player:
    """The lesson's page with a frame in it, and Masha before it."""

    def __init__(self, page: Page, site: str, origin: str, package: Package) -> None:
        self.page = page
        self.site = site
        self.origin = origin
        self.package = package
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def come(self) -> "Player":
        """Open the lesson, as if from its beginning."""
        opened = open_launch(
            place="place-of-masha-1",
            step=UUID(int=1),
            epoch=1,
            learner_key=UUID(int=2),
            package=self.package,
            at=timezone.now(),
        )
        self.token = opened.token
        self.page.goto(self.site + NOTHING)
        address = f"{self.origin}/scorm/{opened.token}/"
        self.page.evaluate(LESSON, [address, SANDBOX])
        return self

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("#frame")

    @property
    def sco(self) -> FrameLocator:
        return self.frame.frame_locator("#sco")

    def says(self, text: str) -> None:
        """The SCO tells what has happened in it."""
        expect(self.sco.locator("#said")).to_have_text(text)

    def press(self, name: str) -> None:
        self.sco.get_by_role("button", name=name, exact=True).click()

    def part(self, identifier: str) -> Locator:
        """The line of the menu."""
        return self.frame.locator(f"[data-item='{identifier}']")

    def tell(self, values: dict[str, str]) -> None:
        """Let the SCO set what its standard knows of these."""
        self.sco.locator("body").evaluate(
            """(_body, values) => {
                const api = parent.API || parent.API_1484_11;
                for (const [name, value] of Object.entries(values)) {
                    parent.API ? api.LMSSetValue(name, value) : api.SetValue(name, value);
                }
            }""",
            values,
        )

    def until(self, is_so: Callable[[], object]) -> None:
        """Wait for what the server does by itself."""
        for _time in range(100):
            if is_so():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("It has not happened.")

    @property
    def attempt(self) -> Attempt:
        return Attempt.objects.get(launches__token_hash=hash_of(self.token))

    def heard(self) -> list[Any]:
        return self.page.evaluate("heard")


@pytest.fixture
def player(
    page: Page, live_server: Any, content_origin: str, a_package: Callable[..., Package]
) -> Iterator[Callable[..., Player]]:
    """``player(one_sco_12())``: Masha opens a lesson with this package."""
    made: list[Player] = []

    def make(
        content: bytes, *, viewport: Any = DESKTOP, also: Callable[[Page], Any] | None = None
    ) -> Player:
        page.set_viewport_size(viewport)
        if also is not None:
            also(page)
        made.append(Player(page, live_server.url, content_origin, a_package(content)).come())
        return made[-1]

    yield make
    assert [complaint for one in made for complaint in one.complaints] == []


def test_a_child_stops_in_the_middle_comes_back_and_finishes(player) -> None:
    masha = player(one_sco_12())
    masha.says("entry: ab-initio; place: ")
    masha.press("5")
    masha.says("answered")
    masha.press("Pause")
    masha.says("left: suspend")
    assert not masha.attempt.completed

    masha.come()
    masha.says("entry: resume; place: answered")
    masha.press("4")
    masha.press("Finish")
    masha.says("left: ")

    attempt = masha.attempt
    assert (attempt.completed, attempt.passed, attempt.earned) == (True, True, 10000)
    assert attempt.seconds == 60
    assert attempt.finished_at is not None
    assert [row.is_right for row in attempt.interactions.all()] == [True]
    assert masha.heard()[-1] == {"opora": "moved"}


@pytest.mark.parametrize("content", [one_sco_12, one_sco_2004_4th])
def test_a_page_that_is_closed_in_the_middle_loses_nothing(player, content) -> None:
    masha = player(content())
    masha.says("entry: ab-initio; place: ")
    masha.tell({"cmi.core.lesson_location": "page 7", "cmi.location": "page 7"})

    masha.page.goto(masha.site + NOTHING)
    masha.until(lambda: "page 7" in str(ScoState.objects.get().state))
    masha.come()

    masha.says("entry: resume; place: page 7")


@pytest.mark.parametrize("event", ["pagehide", "beforeunload", "unload"])
def test_a_sco_that_ends_itself_only_as_it_is_unloaded_is_heard(player, event) -> None:
    masha = player(three_scos_12())
    for item, title in (("S1", "First"), ("S2", "Second")):
        expect(masha.sco.locator("h1")).to_have_text(title)
        masha.says("entry: ab-initio; place: ")
        masha.sco.locator("body").evaluate(
            """(_body, event) => addEventListener(event, () => {
                parent.API.LMSSetValue("cmi.core.lesson_status", "completed");
                parent.API.LMSFinish("");
            })""",
            event,
        )
        if item == "S1":
            masha.frame.locator("#next").click()
            expect(masha.sco.locator("h1")).to_have_text("Picture")
            expect(masha.part("S2")).to_be_enabled()
            masha.part("S2").click()
        else:
            masha.page.goto(masha.site + NOTHING)
        masha.until(lambda item=item: ScoState.objects.get(item=item).state.get("is_closed"))
        assert ScoState.objects.get(item=item).state["completed"] is True


def test_a_step_of_a_lesson_is_done_as_soon_as_the_package_is(
    a_package, a_course, a_place, child, new_context, live_server, content_origin
) -> None:
    step = package_step(a_package(one_sco_12()), "Сумма")
    account = child("masha", birth_year=timezone.now().year - 10, birth_month=1).user
    place = a_place(a_course(step), account, at=timezone.now())
    masha = Visitor(new_context(viewport=PHONE, locale="ru-RU"), live_server.url)
    masha.go(reverse("courses:resume", args=[place.uid]))
    masha.sign_in("masha", "2580")
    sco = masha.page.frame_locator("#frame").frame_locator("#sco")

    sco.get_by_role("button", name="4", exact=True).click()
    sco.get_by_role("button", name="Finish").click()

    expect(masha.page.locator("#frame-state")).to_contain_text("1)")
    assert Completion.objects.count() == 1
    assert masha.complaints == []


def test_the_player_has_no_fault_that_axe_knows(player) -> None:
    masha = player(three_scos_12(), viewport=PHONE)
    expect(masha.sco.locator("h1")).to_have_text("First")

    masha.page.goto(f"{masha.origin}/scorm/{masha.token}/")
    expect(masha.page.frame_locator("#sco").locator("h1")).to_have_text("First")
    masha.page.locator("summary").click()

    found = Axe().run(masha.page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_by_keyboard_one_comes_in_answers_and_gets_out(player) -> None:
    masha = player(one_sco_12())
    masha.says("entry: ab-initio; place: ")
    keys = masha.page.keyboard

    masha.page.get_by_role("link", name="Begin").focus()
    keys.press("Tab")
    expect(masha.frame.locator(".skip a")).to_be_focused()
    keys.press("Tab")
    expect(masha.sco.get_by_role("button", name="4", exact=True)).to_be_focused()
    keys.press("Enter")
    masha.says("answered")
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(masha.frame.locator("#after")).to_be_focused()


def test_several_parts_open_one_after_the_other(player) -> None:
    masha = player(three_scos_12())
    parts = masha.frame.get_by_role("navigation")
    expect(masha.sco.locator("h1")).to_have_text("First")
    expect(parts.get_by_role("button")).to_have_count(3)
    expect(masha.part("S2")).to_be_disabled()
    expect(masha.part("S1")).to_have_attribute("aria-current", "true")

    masha.press("Finish")
    expect(masha.part("S2")).to_be_enabled()
    expect(masha.part("S1")).to_have_attribute("data-status", "done")
    masha.frame.locator("#next").click()
    expect(masha.sco.locator("h1")).to_have_text("Picture")
    masha.part("S2").click()
    expect(masha.sco.locator("h1")).to_have_text("Second")
    expect(masha.frame.locator("#sco")).to_be_focused()
    expect(masha.frame.locator("#sco")).to_have_attribute("title", "Second")

    masha.come()
    expect(masha.sco.locator("h1")).to_have_text("Second")
    masha.press("Finish")
    expect(masha.frame.locator("#next")).to_be_enabled()
    masha.frame.locator("#next").click()
    expect(masha.sco.locator("h1")).to_have_text("Third")
    masha.press("Finish")
    masha.until(lambda: masha.attempt.completed)


def test_on_a_phone_the_menu_is_a_sheet(player) -> None:
    masha = player(three_scos_12(), viewport=PHONE)
    expect(masha.sco.locator("h1")).to_have_text("First")
    expect(masha.part("A1")).to_be_hidden()

    masha.frame.locator("summary").click()
    masha.part("A1").click()

    expect(masha.sco.locator("h1")).to_have_text("Picture")
    expect(masha.part("A1")).to_be_hidden()
    assert masha.frame.locator("body").evaluate(TOO_WIDE) == []


def test_the_sequencing_of_2004_opens_the_test_after_the_lesson(player) -> None:
    masha = player(sequenced_2004())
    masha.says("entry: ab-initio; place: ")
    expect(masha.part("TEST")).to_be_disabled()
    masha.tell({"cmi.success_status": "passed"})
    masha.press("Finish")
    expect(masha.part("TEST")).to_be_enabled()

    masha.come()
    masha.frame.locator("#next").click()
    expect(masha.sco.locator("h1")).to_have_text("Test")
    masha.press("4")
    masha.says("answered")

    masha.come()
    masha.says("entry: resume; place: answered")
    expect(masha.sco.locator("h1")).to_have_text("Test")
    masha.tell({"cmi.success_status": "passed"})
    masha.press("Finish")
    masha.until(lambda: masha.attempt.completed)
    assert masha.attempt.passed is True


def test_objectives_that_the_sequencer_has_filled_in_are_no_obstacle(player) -> None:
    objectives = (
        "<imsss:sequencing><imsss:objectives>"
        '<imsss:primaryObjective objectiveID="PRIMARYOBJ" satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure></imsss:primaryObjective>"
        '<imsss:objective objectiveID="adding"/><imsss:objective objectiveID="taking"/>'
        "</imsss:objectives></imsss:sequencing>"
    )
    line = Line("SUM", "Sum", "R1", inside=objectives)
    masha = player(package(single("2004.3", lines=(line,))))
    masha.says("entry: ab-initio; place: ")
    rows = """() => ["adding", "taking"].map((id) => {
        const api = parent.API_1484_11;
        const count = Number(api.GetValue("cmi.objectives._count"));
        const ids = [...Array(count).keys()].map((n) => api.GetValue(`cmi.objectives.${n}.id`));
        return [ids.indexOf(id), api.GetValue(`cmi.objectives.${ids.indexOf(id)}.success_status`)];
    })"""
    found = masha.sco.locator("body").evaluate(rows)
    assert [status for _row, status in found] == ["unknown", "unknown"]
    masha.tell({f"cmi.objectives.{found[1][0]}.success_status": "passed"})
    masha.press("Pause")

    masha.come()
    masha.says("entry: resume; place: ")
    found = masha.sco.locator("body").evaluate(rows)
    assert [status for _row, status in found] == ["unknown", "passed"]


def test_what_a_sco_said_once_never_keeps_it_shut(player) -> None:
    masha = player(one_sco_12())
    masha.says("entry: ab-initio; place: ")
    masha.press("4")
    masha.says("answered")
    row = ScoState.objects.get()
    row.state["values"] = {**row.state["values"], "cmi.core.score.raw": "many"}
    row.save()

    masha.come()

    masha.says("entry: resume; place: answered")


def test_without_a_network_the_page_says_so_and_sends_later(player) -> None:
    masha = player(one_sco_12())
    masha.says("entry: ab-initio; place: ")
    notice = masha.frame.locator("#notice")

    masha.page.context.set_offline(True)
    masha.press("5")
    masha.press("4")
    expect(notice).to_be_visible()
    assert not Interaction.objects.exists()

    masha.page.context.set_offline(False)
    expect(notice).to_be_hidden(timeout=15_000)
    assert set(Interaction.objects.values_list("is_right", flat=True)) <= {True, False}
    assert "answered" in str(ScoState.objects.get().state)


def test_a_launch_that_is_over_says_what_to_do(player) -> None:
    masha = player(one_sco_12())
    masha.says("entry: ab-initio; place: ")
    Launch.objects.update(expires_at=timezone.now())

    masha.press("4")

    expect(masha.frame.locator("#notice")).to_be_visible()


def test_a_hostile_sco_gets_nothing(player, a_package) -> None:
    other = a_package(three_scos_12()).current
    asked: list[str] = []
    masha = player(
        curious(), also=lambda page: page.on("response", lambda one: asked.append(one.url))
    )
    masha.page.on("popup", lambda _page: asked.append("a pop-up"))
    masha.sco.locator("#form").wait_for()
    masha.page.wait_for_timeout(500)

    for name in ("cookie", "site-document", "site-address", "site-storage", "opener"):
        expect(masha.sco.locator(f"#{name}")).to_have_text(re.compile("kept out"))
    for name in ("fetch", "picture"):
        expect(masha.sco.locator(f"#{name}")).to_have_text(re.compile("kept out"))
    assert [one for one in asked if "elsewhere.example" in one or "pop-up" in one] == []
    assert masha.page.url == masha.site + NOTHING
    assert "secret=of-the-site" in masha.page.evaluate("document.cookie")
    digest = other.tree_id
    statuses = masha.sco.locator("body").evaluate(
        """async (_body, paths) => Promise.all(paths.map((path) => fetch(path).then(
            (response) => response.status, () => 0)))""",
        [f"/f/{digest}/one.html", "/admin/", "/", "/f/", "/scorm/made-up/"],
    )
    assert statuses == [404, 404, 404, 404, 403]
