"""Finding a Chromium for the browser tests, and ``python -m tests.browser`` to get one.

The system's is used when there is one. Otherwise Debian's package is installed where we are root,
or the build that the npm package ``@sparticuz/chromium`` carries is unpacked under ``var/``.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FOLDER = Path(__file__).resolve().parent.parent / "var" / "browser"
PACKAGE = "@sparticuz/chromium@143.0.3"
UNPACK = "import('@sparticuz/chromium').then(it => it.default.executablePath()).then(console.log)"
ADVICE = (
    "No Chromium for the browser tests. Install one (Debian: apt-get install chromium), "
    "or set OPORA_CHROMIUM to its path."
)


def find_browser() -> str | None:
    """The path of a Chromium: the one OPORA_CHROMIUM names, the system's, the unpacked one."""
    if named := os.environ.get("OPORA_CHROMIUM"):
        return named
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    unpacked = FOLDER / "chromium"
    return str(unpacked) if unpacked.exists() else None


def get_browser() -> str | None:
    """The browser found, else installed from Debian's packages or from npm."""
    return find_browser() or _from_debian() or _from_npm()


def _from_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("update", "install -y --no-install-recommends chromium fonts-dejavu-core"):
        subprocess.run(["apt-get", "-qq", *command.split()], env=quiet, check=False)
    return find_browser()


def _from_npm() -> str | None:
    if not shutil.which("npm"):
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text('{"private": true}')
    install = ["npm", "install", "--no-save", "--no-package-lock", "--silent", PACKAGE]
    subprocess.run(install, cwd=FOLDER, check=False)
    unpack = subprocess.run(
        ["node", "-e", UNPACK], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    if unpack.returncode != 0:
        return None
    shutil.copy(unpack.stdout.strip(), FOLDER / "chromium")
    return find_browser()


if __name__ == "__main__":
    browser = get_browser()
    sys.stdout.write(f"Browser: {browser}\n" if browser else "")
    sys.exit(None if browser else ADVICE)
