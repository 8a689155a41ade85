"""Archives written byte by byte, so that each can lie in its own way."""

import io
import stat
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

UTF8 = 1 << 11
SYMLINK = (stat.S_IFLNK | 0o777) << 16
FIFO = (stat.S_IFIFO | 0o666) << 16
DEVICE = (stat.S_IFCHR | 0o666) << 16
UNIX = 3
DEFLATED, STORED, BZIP2, DEFLATE64, LZMA, AES = 8, 0, 12, 9, 14, 99


@dataclass
class Entry:
    """A file of an archive; ``local`` and ``central`` replace what either header should tell."""

    name: str | bytes
    content: bytes = b"sun"
    method: int = DEFLATED
    flags: int = UTF8
    system: int = UNIX
    attributes: int = (stat.S_IFREG | 0o644) << 16
    extra: bytes = b""
    local: Mapping[str, Any] = field(default_factory=dict)
    central: Mapping[str, Any] = field(default_factory=dict)
    packed: bytes | None = None

    @property
    def raw_name(self) -> bytes:
        return self.name if isinstance(self.name, bytes) else self.name.encode()

    @property
    def data(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method != DEFLATED:
            return self.content
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflate.compress(self.content) + deflate.flush()

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "name": self.raw_name,
            "flags": self.flags,
            "method": self.method,
            "crc": zlib.crc32(self.content),
            "packed": len(self.data),
            "size": len(self.content),
            "extra": self.extra,
        }


def archive(*entries: Entry | str, **end: Any) -> io.BytesIO:
    """The archive of these files; a string is a small file of that name.

    ``end`` replaces what the record at the end should tell: ``here``, ``entries``, ``size``,
    ``offset``, ``disk``; ``before`` and ``after`` are bytes around it all, ``zip64`` puts the
    record of large archives before the end, with what it should tell.
    """
    out = io.BytesIO()
    out.write(end.pop("before", b""))
    ready = [Entry(one) if isinstance(one, str) else one for one in entries]
    offsets = []
    for entry in ready:
        offsets.append(out.tell())
        out.write(_local(entry) + entry.data)
    directory_at = out.tell()
    for entry, offset in zip(ready, offsets, strict=True):
        out.write(_central(entry, offset))
    told: dict[str, Any] = {
        "here": len(ready),
        "entries": len(ready),
        "size": out.tell() - directory_at,
        "offset": directory_at,
        "disk": 0,
        "comment": b"",
    }
    after = end.pop("after", b"")
    zip64 = end.pop("zip64", None)
    if zip64 is not None:
        out.write(_end64({**told, **zip64}, out.tell()))
    told |= end
    out.write(
        struct.pack(
            "<4s4H2LH",
            b"PK\x05\x06",
            told["disk"],
            told["disk"],
            told["here"],
            told["entries"],
            told["size"],
            told["offset"],
            len(told["comment"]),
        )
    )
    out.write(told["comment"] + after)
    return out


def _local(entry: Entry) -> bytes:
    told = {**entry.facts, **entry.local}
    header = struct.pack(
        "<4s5H3L2H",
        b"PK\x03\x04",
        20,
        told["flags"],
        told["method"],
        0,
        0,
        told["crc"],
        told["packed"],
        told["size"],
        len(told["name"]),
        len(told["extra"]),
    )
    return header + told["name"] + told["extra"]


def _central(entry: Entry, offset: int) -> bytes:
    told = {**entry.facts, "offset": offset, **entry.central}
    header = struct.pack(
        "<4s6H3L5H2L",
        b"PK\x01\x02",
        entry.system << 8 | 20,
        20,
        told["flags"],
        told["method"],
        0,
        0,
        told["crc"],
        told["packed"],
        told["size"],
        len(told["name"]),
        len(told["extra"]),
        0,
        0,
        0,
        entry.attributes,
        told["offset"],
    )
    return header + told["name"] + told["extra"]


def _end64(told: Mapping[str, Any], at: int) -> bytes:
    record = struct.pack(
        "<4sQ2H2L4Q",
        b"PK\x06\x06",
        told.get("length", 44),
        45,
        45,
        0,
        0,
        told["here"],
        told["entries"],
        told["size"],
        told["offset"],
    )
    return record + struct.pack("<4sLQL", b"PK\x06\x07", 0, told.get("at", at), 1)


def large_sizes(*numbers: int) -> bytes:
    """The extra field of large archives with these numbers."""
    return struct.pack(f"<2H{len(numbers)}Q", 1, 8 * len(numbers), *numbers)


def zip_of(files: Mapping[str, bytes] | Iterable[str]) -> bytes:
    """An ordinary archive, as bytes."""
    contents = files if isinstance(files, Mapping) else dict.fromkeys(files, b"sun")
    return archive(*(Entry(name, content) for name, content in contents.items())).getvalue()
