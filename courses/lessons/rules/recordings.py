"""The length of a recording, read from the file itself."""

from typing import BinaryIO

CONTAINERS = {b"moov"}
MOST_BOXES = 1_000


def recording_seconds(file: BinaryIO) -> int | None:
    """Whole seconds (rounded up) of an MP4, M4V or M4A; ``None`` where they are not to be found.

    Reads the ``mvhd`` box of the ISO base media file format (ISO/IEC 14496-12, 8.2.2): a time
    scale in units per second and a duration in these units, of 32 or, in version 1, 64 bits.
    """
    for _box in range(MOST_BOXES):
        header = file.read(8)
        if len(header) < 8:
            return None
        size, kind = int.from_bytes(header[:4], "big"), header[4:]
        header_size = 8
        if size == 1:
            size, header_size = int.from_bytes(file.read(8), "big"), 16
        if kind in CONTAINERS:
            continue
        if kind == b"mvhd":
            return _seconds_of(file.read(min(size, 40)))
        if size < header_size:
            return None
        file.seek(size - header_size, 1)
    return None


def _seconds_of(box: bytes) -> int | None:
    if len(box) < 32:
        return None
    if box[0] == 1:
        scale, duration = box[20:24], box[24:32]
    else:
        scale, duration = box[12:16], box[16:20]
    units = int.from_bytes(scale, "big")
    return -(-int.from_bytes(duration, "big") // units) or None if units else None
