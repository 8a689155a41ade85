"""A frame page with H5P core of the npm package, served to Chromium from memory."""

import json
import mimetypes
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Route

from courses.runtimes.h5p.core import (
    Addresses,
    Frame,
    best_patches,
    build_integration,
    filter_content,
    filter_metadata,
    read_package,
    resolve,
)
from tests.samples.h5p import ZipFiles

CORE = Path("node_modules/h5p-standalone/dist")
SITE = "http://content.example"
HEARD = """
window.statements = [];
window.whole = [];
window.state = null;
H5P.externalDispatcher.on('xAPI', (event) => {
  window.statements.push(event.data.statement);
  const instance = H5P.instances[0];
  if (event.getVerb() === 'answered') window.whole.push(instance.getXAPIData());
});
"""


class Player:
    """One package, played in ``page``; what it reports is read with the methods."""

    def __init__(self, page: Page, package: bytes, root: Path) -> None:
        self.page = page
        self.files = ZipFiles(package)
        self.root = root
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)
        page.route("**/*", self._answer)
        reading = read_package(self.files, {})
        assert reading.package is not None, reading.problems
        self.package = reading.package

    def open(self, state: Any = None) -> None:
        """Start playing, from the ``state`` saved before."""
        self.html = self._page(state)
        self.page.goto(f"{SITE}/frame")
        self.page.wait_for_function("window.H5P && H5P.instances.length === 1")

    @property
    def statements(self) -> list[Any]:
        return self.page.evaluate("window.statements")

    @property
    def reports(self) -> list[Any]:
        """What ``getXAPIData()`` gave at each answer."""
        return self.page.evaluate("window.whole")

    @property
    def state(self) -> Any:
        return self.page.evaluate("H5P.instances[0].getCurrentState()")

    def _page(self, state: Any) -> str:
        package = self.package
        assert package.main is not None
        libraries = best_patches(one.library for one in package.libraries)
        folders = {one.library.name: one.folder for one in package.libraries}
        filtered = filter_content(libraries[package.main], package.params, libraries)
        loaded = resolve(package.main, filtered.params, libraries)
        scripts = [f"/lib/{folders[one.library]}/{one.path}" for one in loaded.scripts]
        styles = [f"/lib/{folders[one.library]}/{one.path}" for one in loaded.styles]
        integration = build_integration(
            Frame(
                content_id="7",
                main=libraries[package.main],
                params=filtered.params,
                metadata=filter_metadata(package.h5p),
                addresses=Addresses(
                    base="/h5p",
                    content="/content",
                    libraries="/lib",
                    activity="https://portal.example/h5p/7",
                    site="https://portal.example",
                    library_folders={name.folder: folder for name, folder in folders.items()},
                ),
                scripts=scripts,
                styles=styles,
                states={"0": {"state": json.dumps(state)}} if state is not None else {},
                language="ru",
            )
        )
        head = "".join(f'<link rel="stylesheet" href="{path}">' for path in styles)
        body = "".join(f'<script src="{path}"></script>' for path in scripts)
        data = json.dumps(integration).replace("<", "\\u003c")
        return (
            '<!doctype html><html lang="ru" class="h5p-iframe"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>Игра</title>'
            f'<link rel="stylesheet" href="/core/styles/h5p.css">{head}'
            f"<script>window.H5PIntegration = {data};</script>"
            f'<script src="/core/frame.bundle.js"></script></head>'
            f'<body><div class="h5p-content" data-content-id="7"></div>{body}'
            f"<script>{HEARD}H5P.init(document.body);</script></body></html>"
        )

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append(said.text)

    def _answer(self, route: Route) -> None:
        address = route.request.url
        if not address.startswith(SITE):
            self.foreign.append(address)
            route.abort()
            return
        path = address.removeprefix(SITE).partition("?")[0]
        if path == "/frame":
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        elif path.startswith("/core/"):
            file = self.root / CORE / path.removeprefix("/core/")
            found = file.read_bytes() if file.is_file() else b""
            route.fulfill(body=found, content_type=_type(path))
        elif path.startswith("/lib/"):
            found = self.files.open(path.removeprefix("/lib/")).read()
            route.fulfill(body=found, content_type=_type(path))
        else:
            route.fulfill(status=204)


def _type(path: str) -> str:
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
