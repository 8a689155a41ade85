"""The SCORM lesson of the demonstration, and the zip that an editor would upload.

``check_the_link`` is the source of «Проверь ссылку: настоящая или поддельная?», a lesson of SCORM
1.2 for children of 9 to 12. It is plain HTML, CSS and JavaScript and needs no other address.
"""

import io
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent
CHECK_THE_LINK = "check_the_link"
MOMENT = (2026, 1, 1, 0, 0, 0)


def packed(lesson: str = CHECK_THE_LINK) -> bytes:
    """The lesson as a zip; the same files always give the same bytes."""
    source = FOLDER / lesson
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(path.relative_to(source).as_posix(), MOMENT)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 3
                info.external_attr = 0o644 << 16
                archive.writestr(info, path.read_bytes())
    return buffer.getvalue()
