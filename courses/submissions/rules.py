"""Decisions about handed-in work without a database."""

MAX_TEXT = 5_000

ALLOWED_TYPES = {
    ".jpg": {"image/jpeg"},
    ".jpeg": {"image/jpeg"},
    ".png": {"image/png"},
    ".webp": {"image/webp"},
    ".pdf": {"application/pdf"},
    ".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    ".odt": {"application/vnd.oasis.opendocument.text"},
}
"""File endings and the types that their content may have; nothing that a browser would run."""


def is_allowed_file(*, ending: str, found_types: set[str]) -> bool:
    """Whether the ending is allowed and the content is what it says.

    ``ending`` is lower case with its dot; ``found_types`` are the media types that the content
    may be by its signature. Office documents are ZIP archives, so ZIP alone says too little.
    """
    return bool(ALLOWED_TYPES.get(ending, set()) & found_types)
