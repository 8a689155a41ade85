"""Many style sheets of libraries as one file, with the addresses that they mean."""

import posixpath
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

from courses.runtimes.delivery.rules import media_type

TOKENS = re.compile(
    r"""
    (?P<comment> /\* (?: [^*] | \*(?!/) )* (?: \*/ | \Z ) )
  | (?P<charset> @charset \s* (?: "[^"]*" | '[^']*' ) \s* ;? )
  | (?P<import> @import \s*
        (?: url\( \s* )? (?P<mark> ["']? ) (?P<imported> [^"')\s;]+ ) (?P=mark) (?: \s* \) )?
        (?P<media> [^;{}]* ) (?: ; | \Z ) )
  | url\( \s* (?: "(?P<double> [^"\\\n]* )" | '(?P<single> [^'\\\n]* )'
        | (?P<bare> [^"'()\\\s]* ) ) \s* \)
  | (?P<string> "(?: [^"\\\n] | \\. )*" | '(?: [^'\\\n] | \\. )*' )
  | (?P<brace> [{}] )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
FOREIGN = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


Small = Callable[[str, str], bytes | None]
"""The content of a file by its library's folder and path; ``None`` for a large one, or none."""


def joined_styles(
    sheets: Iterable[tuple[str, str, str]], addresses: Mapping[str, str], small: Small
) -> str:
    """One style sheet out of ``(folder, path, text)``, in their order.

    ``addresses`` are those of the libraries' folders, each ending in ``/``. A ``small`` picture
    goes into the sheet, where it costs no request. What a sheet left open at its end is closed
    there, and imports stand at the top, where browsers read them; those from other sites are left
    out.
    """
    imports: list[str] = []
    bodies = [
        _Sheet(folder, path, addresses, small, imports).rewritten(text)
        for folder, path, text in sheets
    ]
    return "".join([*imports, *bodies])


class _Sheet:
    def __init__(
        self,
        folder: str,
        path: str,
        addresses: Mapping[str, str],
        small: Small,
        imports: list[str],
    ) -> None:
        self.place = posixpath.dirname(f"{folder}/{path}")
        self.addresses = addresses
        self.small = small
        self.imports = imports
        self.depth = 0

    def rewritten(self, text: str) -> str:
        self.depth = 0
        body = TOKENS.sub(self._replaced, text)
        return f"{body}{'}' * self.depth}\n"

    def _replaced(self, match: re.Match[str]) -> str:
        if match["comment"] is not None:
            return match[0] if match[0].endswith("*/") else f"{match[0]}*/"
        if match["charset"] is not None:
            return ""
        if match["imported"] is not None:
            if FOREIGN.match(match["imported"]) is None:
                address = self._address(match["imported"], is_picture=False)
                self.imports.append(f'@import url("{address}"){match["media"].rstrip()};\n')
            return ""
        if match["brace"] is not None:
            return self._brace(match["brace"])
        if match["string"] is not None:
            return match[0]
        found = next(filter(None, (match[name] for name in ("double", "single", "bare"))), "")
        return f'url("{self._address(found)}")' if self._is_relative(found) else match[0]

    def _brace(self, brace: str) -> str:
        if brace == "}" and self.depth == 0:
            return ""
        self.depth += 1 if brace == "{" else -1
        return brace

    def _is_relative(self, address: str) -> bool:
        return bool(address) and address[0] not in "#/" and FOREIGN.match(address) is None

    def _address(self, address: str, *, is_picture: bool = True) -> str:
        """Absolute, where the file lies in a library that is known; else as it was."""
        path = posixpath.normpath(posixpath.join(self.place, address))
        folder, _slash, inside = path.partition("/")
        base = self.addresses.get(folder)
        if not base or not inside:
            return address.replace('"', "%22")
        kind = media_type(inside)
        if is_picture and kind.startswith("image/"):
            content = self.small(folder, unquote(inside))
            if content is not None:
                return f"data:{kind};base64,{b64encode(content).decode()}"
        return f"{base}{inside}".replace('"', "%22")
