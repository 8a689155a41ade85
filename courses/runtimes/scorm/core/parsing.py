"""From the bytes of a manifest to its elements, whatever became of the text on its way."""

import html.entities
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from courses.runtimes.scorm.core.problems import Code, Problem

MOST_BYTES = 10 * 1024 * 1024
"""The longest real manifests have some hundred thousand."""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARATION = re.compile(r"^<\?xml\b[^>]*?\?>")
_DECLARED = re.compile(rb"^\s*<\?xml\b[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
# What XML 1.0 does not allow at all.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,31});")
_OWN_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ROOT_TAG = re.compile(r"<(?![?!])[^\s/>]+")
_PREFIXES = re.compile(r"[<\s/]([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*(?=[\s=/>])")
_DECLARED_PREFIXES = re.compile(r"\bxmlns:([A-Za-z_][\w.-]*)\s*=")


def parsed(data: bytes, path: str) -> tuple[Element | None, list[Problem]]:
    """The outermost element of the file ``path``, or ``None``, with everything noticed."""
    text, problems = _decoded(data, path)
    # The declaration names an encoding that is no longer true.
    text = _DECLARATION.sub("", text.strip("\ufeff \t\r\n\x00")).strip()
    first_error: ParseError | None = None
    for repair in (None, _with_namespaces, _with_plain_text):
        if repair is not None:
            text, found = repair(text, path)
            problems += found
            if not found:
                continue
        try:
            return fromstring(text.encode(), forbid_dtd=False), problems
        except ParseError as error:
            first_error = first_error or error
        except DefusedXmlException:
            return None, [Problem(Code.FORBIDDEN_XML, path)]
        except (ValueError, LookupError, RecursionError):
            break
    line, column = first_error.position if first_error else (1, 0)
    reason = str(first_error).partition(":")[0] if first_error else ""
    details: dict[str, str | int] = {"line": line, "column": column, "reason": reason}
    kept = [problem for problem in problems if problem.code is Code.ENCODING_GUESSED]
    return None, [*kept, Problem(Code.BROKEN_XML, path, details)]


def _decoded(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text, by its mark of byte order, its declaration, or what fits."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), []
    if b"\x00" in data[:4]:
        little = data[1:2] == b"\x00"
        return data.decode("utf-16-le" if little else "utf-16-be", "replace"), []
    match = _DECLARED.match(data)
    declared = match[1].decode() if match else "utf-8"
    for encoding in (declared, "utf-8", "windows-1251"):
        if encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32", "ucs")):
            continue
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
        if not isinstance(text, str):
            continue
        if encoding == declared:
            return text, []
        return text, [_guessed(path, declared, encoding)]
    return data.decode("latin-1"), [_guessed(path, declared, "latin-1")]


def _guessed(path: str, declared: str, encoding: str) -> Problem:
    return Problem(Code.ENCODING_GUESSED, path, {"declared": declared, "encoding": encoding})


def _with_namespaces(text: str, path: str) -> tuple[str, list[Problem]]:
    """Declare on the outermost element the prefixes that are used but declared nowhere."""
    known = set(_DECLARED_PREFIXES.findall(text)) | {"xml", "xmlns"}
    missing = sorted(set(_PREFIXES.findall(text)) - known)
    root = _ROOT_TAG.search(text)
    if not missing or root is None:
        return text, []
    declarations = "".join(f' xmlns:{prefix}="undeclared:{prefix}"' for prefix in missing)
    text = text[: root.end()] + declarations + text[root.end() :]
    return text, [Problem(Code.NAMESPACE_MISSING, path, {"prefixes": ", ".join(missing)[:200]})]


def _with_plain_text(text: str, path: str) -> tuple[str, list[Problem]]:
    """Put right what people type into XML: bare ampersands, HTML entities, control characters."""

    def character(match: re.Match[str]) -> str:
        name = match[1]
        if name in _OWN_ENTITIES:
            return match[0]
        code = html.entities.name2codepoint.get(name)
        return match[0] if code is None else f"&#{code};"

    repaired = _ENTITY.sub(character, _BARE_AMPERSAND.sub("&amp;", _CONTROLS.sub(" ", text)))
    return repaired, [Problem(Code.XML_REPAIRED, path)] if repaired != text else []


def local(element: Element) -> str:
    """The element's name without its namespace, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Direct children with one of the local ``names`` (lower case), in any namespace."""
    for child in element if element is not None else ():
        if local(child) in names:
            yield child


def child(element: Element | None, name: str) -> Element | None:
    return next(children(element, name), None)


def text_of(element: Element | None) -> str:
    """The element's own text without the white space around it."""
    return (element.text or "").strip() if element is not None else ""


def child_text(element: Element | None, name: str) -> str:
    return text_of(child(element, name))


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its local ``name`` (lower case), in any namespace and any case."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].casefold() == name:
            return value.strip()
    return ""
