"""The sentences of the interface and their Russian, without any tool but Python.

``python -m tests.architecture.messages`` writes new sentences into the ``.po`` files, drops those
that are gone and compiles the ``.mo`` files. With ``--check`` it changes nothing and fails when a
file is out of date, a sentence has no Russian, or a placeholder was lost in translation.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
# catalogue: the folders whose sentences it holds
CATALOGUES = {
    "courses/locale/ru/LC_MESSAGES/django.po": ("courses",),
    "locale/ru/LC_MESSAGES/django.po": ("cms", "home", "templates"),
}
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "ru",
    "Plural-Forms": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "
        "&& (n%100<12 || n%100>14) ? 1 : 2);"
    ),
}
PLURALS = 3
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*((?:{STRING}\s*,?\s*)+)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")


class Message(NamedTuple):
    """A sentence to translate; ``plural`` and ``context`` may be empty."""

    text: str
    plural: str = ""
    context: str = ""


def messages_of_python(source: str) -> Iterator[Message]:
    """Sentences in the calls of Django's translation functions, whatever they are imported as."""
    tree = ast.parse(source)
    functions = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy").removesuffix("_noop")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            strings = [text for text in texts if isinstance(text, str)]
            if strings and node.func.id in functions:
                yield _message(functions[node.func.id], strings)


def messages_of_template(source: str) -> Iterator[Message]:
    """Sentences in the tags and filters of a Django template."""
    for function, arguments in CALL.findall(templatize(source)):
        yield _message(function, ast.literal_eval(f"[{arguments}]"))


def _message(function: str, strings: list[str]) -> Message:
    context = strings.pop(0) if function in {"pgettext", "npgettext"} else ""
    plural = strings[1] if function in {"ngettext", "npgettext"} else ""
    return Message(strings[0], plural, context)


def collected(folders: tuple[str, ...]) -> dict[Message, set[str]]:
    """Each sentence of the folders with the files that say it."""
    found: dict[Message, set[str]] = {}
    for folder in folders:
        for path in sorted(ROOT.joinpath(folder).rglob("*")):
            reader = {".py": messages_of_python, ".html": messages_of_template}.get(path.suffix)
            if reader and "migrations" not in path.parts:
                for message in reader(path.read_text()):
                    found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    return found


def updated(path: Path, found: dict[Message, set[str]]) -> polib.POFile:
    """The catalogue at ``path`` with exactly the sentences ``found``; translations are kept."""
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=100)
    new.metadata = HEADER
    for message, files in sorted(found.items(), key=lambda item: (min(item[1]), item[0])):
        entry = known.get((message.context, message.text))
        if entry is None or bool(entry.msgid_plural) != bool(message.plural):
            entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
        entry.msgid_plural = message.plural
        if message.plural and not entry.msgstr_plural:
            entry.msgstr_plural = dict.fromkeys(range(PLURALS), "")
        entry.occurrences = [(file, "") for file in sorted(files)]
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
        new.append(entry)
    return new


def problems_of(path: Path, found: dict[Message, set[str]]) -> list[str]:
    """What keeps the catalogue at ``path`` from being whole, one sentence each."""
    name = path.relative_to(ROOT)
    catalogue = updated(path, found)
    compiled = path.with_suffix(".mo")
    problems = []
    if not path.exists() or path.read_text() != str(catalogue) + "\n":
        problems.append(f"{name} is out of date: run `make messages`.")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        problems.append(f"{compiled.relative_to(ROOT)} is out of date: run `make messages`.")
    for entry in catalogue:
        russian = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if not all(russian) or entry.fuzzy:
            problems.append(f"{name}: no Russian for “{entry.msgid}”.")
        elif any(lost_placeholders(entry.msgid_plural or entry.msgid, text) for text in russian):
            problems.append(f"{name}: placeholders differ in “{entry.msgid}”.")
    return problems


def lost_placeholders(english: str, russian: str) -> set[str]:
    """Placeholders that only one of the two texts has."""
    return set(PLACEHOLDER.findall(english)) ^ set(PLACEHOLDER.findall(russian))


def write(path: Path, found: dict[Message, set[str]]) -> None:
    """Bring the catalogue and its compiled form up to date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = updated(path, found)
    path.write_text(str(catalogue) + "\n")
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())


def main(arguments: list[str]) -> str | None:
    """Update the catalogues, or check them; returns what is wrong, or nothing."""
    settings.configure(USE_I18N=True)
    django.setup()
    problems = []
    for name, folders in CATALOGUES.items():
        path, found = ROOT / name, collected(folders)
        if "--check" not in arguments:
            write(path, found)
        problems += problems_of(path, found)
    return "\n".join(problems) or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
