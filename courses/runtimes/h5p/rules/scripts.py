"""Many scripts of libraries as one file, each still running as a script of its own."""

import json
from collections.abc import Iterable

RUNNER = """(function (scripts) {
  scripts.forEach(function (script) {
    var element = document.createElement("script");
    Object.defineProperty(element, "src", { value: script[0] });
    element.text = script[1] + "\\n//# sourceURL=" + script[0];
    document.head.appendChild(element);
  });
})"""


def joined_scripts(scripts: Iterable[tuple[str, str]]) -> str:
    """One script that runs ``(address, source)`` in their order.

    Text glued together would share what scripts keep for themselves: a ``"use strict"``, the names
    of top-level constants, and the end of everything at the first error. Each source becomes an
    element instead, which finds its own address in ``document.currentScript.src``.
    """
    # A JSON text is a JavaScript expression.
    sources = json.dumps([list(script) for script in scripts], ensure_ascii=False)
    return f"{RUNNER}({sources});\n"
