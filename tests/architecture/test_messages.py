"""The tool that finds the interface's sentences finds all of them."""

from pathlib import Path

import polib
import pytest

from tests.architecture import messages
from tests.architecture.messages import (
    Message,
    lost_placeholders,
    messages_of_python,
    messages_of_template,
    problems_of,
    write,
)


def test_sentences_of_python_are_found_under_any_name_of_the_function() -> None:
    source = (
        "from django.utils.translation import gettext as _, gettext_lazy, ngettext as many, "
        "pgettext\n"
        "_('Plain'); gettext_lazy('Two ' 'parts'); many('%(n)s day', '%(n)s days', n)\n"
        "pgettext('month', 'May'); print('Not for people'); other('No')\n"
    )

    assert set(messages_of_python(source)) == {
        Message("Plain"),
        Message("Two parts"),
        Message("%(n)s day", plural="%(n)s days"),
        Message("May", context="month"),
    }


def test_sentences_of_templates_are_found_in_tags_blocks_and_filters() -> None:
    source = """
        <p title="it's">{% translate "It's plain" %}{{ value|default:_("None yet") }}</p>
        {% blocktranslate trimmed with name=person.name %}
          Hello, {{ name }}!
        {% endblocktranslate %}
        {% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
        {% translate "May" context "month" %}
    """

    assert set(messages_of_template(source)) == {
        Message("It's plain"),
        Message("None yet"),
        Message("Hello, %(name)s!"),
        Message("%(n)s day", plural="%(n)s days"),
        Message("May", context="month"),
    }


@pytest.mark.parametrize(
    ("english", "russian", "lost"),
    [
        ("%(n)s of %(all)s", "%(n)s из %(all)s", set()),
        ("Hello, %(name)s!", "Здравствуйте!", {"%(name)s"}),
        ("{count} steps", "{number} шагов", {"{count}", "{number}"}),
    ],
)
def test_a_lost_placeholder_is_noticed(english: str, russian: str, lost: set[str]) -> None:
    assert lost_placeholders(english, russian) == lost


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    return tmp_path / "locale" / "ru" / "LC_MESSAGES" / "django.po"


def test_an_update_keeps_translations_and_asks_for_the_new_sentence(catalogue: Path) -> None:
    write(catalogue, {Message("Old"): {"a.py"}, Message("Gone"): {"a.py"}})
    file = polib.pofile(str(catalogue))
    file.find("Old").msgstr = "Старое"
    file.save()

    now = {Message("Old"): {"a.py"}, Message("New"): {"b.py"}}
    write(catalogue, now)

    texts = {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue))}
    assert texts == {"Old": "Старое", "New": ""}
    assert problems_of(catalogue, now) == ["locale/ru/LC_MESSAGES/django.po: no Russian for “New”."]


def test_a_catalogue_that_was_not_compiled_is_out_of_date(catalogue: Path) -> None:
    write(catalogue, {})
    catalogue.with_suffix(".mo").unlink()

    assert problems_of(catalogue, {}) == [
        "locale/ru/LC_MESSAGES/django.mo is out of date: run `make messages`."
    ]
