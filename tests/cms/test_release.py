"""A new release never shows pages that the one before it has kept."""

import os

from cms.settings.environment import release_of


def test_a_release_is_named_by_its_words_templates_and_styles(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("one")
    first = release_of(tmp_path, tmp_path / "missing.json")

    assert release_of(tmp_path, tmp_path / "missing.json") == first

    os.utime(page, ns=(1, 1))
    changed = release_of(tmp_path)
    assert changed != first

    (tmp_path / "notes.pyc").write_text("no part of a release")
    assert release_of(tmp_path) == changed
