"""The SCORM lesson of the demonstration is a package that we can play."""

import io
import json
import re
import zipfile

from courses.runtimes.scorm.core import ItemKind, Version, read_manifest
from home.demo.scorm import packed


class Lesson:
    """The packed lesson as ``Files``."""

    def __init__(self) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(packed()))
        self.names = self.archive.namelist
        self.open = self.archive.open

    def size(self, name: str) -> int:
        return self.archive.getinfo(name).file_size

    def text(self, name: str) -> str:
        return self.archive.read(name).decode()


def test_the_lesson_is_always_packed_into_the_same_bytes() -> None:
    assert packed() == packed()


def test_the_lesson_reads_without_a_problem() -> None:
    reading = read_manifest(Lesson())  # type: ignore[arg-type]
    (item,) = reading.manifest.launchable

    assert reading.problems == ()
    assert reading.manifest.version is Version.SCORM_12
    assert (item.kind, item.path, item.mastery_score) == (ItemKind.SCO, "index.html", 70)


def test_the_lesson_lists_all_its_files_and_needs_no_other_address() -> None:
    lesson = Lesson()
    manifest = lesson.text("imsmanifest.xml")

    for name in set(lesson.names()) - {"imsmanifest.xml"}:
        assert f'<file href="{name}"/>' in manifest
        asked = re.findall(r"(?:src|href)=\"([^\"]+)\"|url\(([^)]+)\)", lesson.text(name))
        assert {a or b for a, b in asked} <= set(lesson.names()) | {"data:,"}


def test_no_address_of_the_lesson_can_belong_to_anybody() -> None:
    """A child may type what the cards show: RFC 2606 keeps ``.example`` for nobody."""
    hosts = re.findall(r"https://([^/\s\"»]+)", Lesson().text("cards.js"))

    assert len(hosts) >= 8
    assert all(host.endswith(".example") for host in hosts)


def test_the_owner_of_every_address_is_the_last_two_words_of_its_host() -> None:
    cards = Lesson().text("cards.js")
    addresses = re.findall(r'address: "https://([^/"]+)', cards)
    owners = re.findall(r'owner: "([^"]+)"', cards)
    rights = re.findall(r'right: "([^"]+)"', cards)
    known = {"ryabina.example", "igroteka.example"}

    assert owners == [".".join(host.split(".")[-2:]) for host in addresses]
    assert [right == "open" for right in rights] == [owner in known for owner in owners]


def test_the_reports_names_of_cards_fit_the_standard() -> None:
    names = re.findall(r'  id: "([^"]+)"', Lesson().text("cards.js"))

    assert len(set(names)) == 8
    assert all(re.fullmatch(r"[a-z0-9-]{1,255}", name) for name in names)
    assert len(json.dumps({"answers": ["leave"] * 8})) < 4096
