"""What a person does in a browser, and what must hold on every page they see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

MOST_PRESSES = 80
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}

IS_SEEN = """element => {
    const box = element.getBoundingClientRect();
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    return top !== null && (element.contains(top) || top.contains(element));
}"""

TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > innerWidth)
        .map(element => element.outerHTML.slice(0, 100))
"""


@dataclass
class Visitor:
    """A person at a browser; with ``by_keyboard`` they have no mouse."""

    context: BrowserContext
    origin: str
    by_keyboard: bool = False
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "favicon" not in str(message.location):
            self.complaints.append(message.text)

    def go(self, address: str) -> None:
        self.page.goto(self.origin + address)

    def sign_in(self, name: str, secret: str) -> None:
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", secret)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_load_state()

    def press(self, wanted: str | Locator) -> None:
        """Activate what a selector or a locator finds first."""
        target = self.page.locator(wanted).first if isinstance(wanted, str) else wanted.first
        if not self.by_keyboard:
            target.click()
            return
        kind = target.evaluate("it => it.type")
        if kind == "radio":
            group = self.page.locator(f"[name='{target.get_attribute('name')}']")
            self._move_to(group.first, "Tab")
            self.page.keyboard.press("Space")
            self._move_to(target, "ArrowDown")
            return
        self._move_to(target, "Tab")
        self.page.keyboard.press("Space" if kind == "checkbox" else "Enter")

    def _move_to(self, target: Locator, key: str) -> None:
        for _press in range(MOST_PRESSES):
            if target.evaluate("it => it === document.activeElement"):
                assert target.evaluate(IS_SEEN), f"focus is covered: {target}"
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not lead to {target}")

    def look(self) -> None:
        """The page fits, has no fault that axe knows, and its scripts did not complain.

        Raises:
            AssertionError: with what was found.
        """
        page = self.page
        assert page.evaluate(TOO_WIDE) == [], page.url
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert self.complaints == []

    @contextmanager
    def expecting_complaints(self) -> Iterator[None]:
        """Inside, the browser may complain, for a network that is cut or an answer refused."""
        yield
        self.page.wait_for_timeout(100)
        self.complaints.clear()
