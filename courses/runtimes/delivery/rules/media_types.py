"""How a file of a package is labelled: by its ending, for browsers that are told not to sniff."""

TEXT = "; charset=utf-8"
TYPES = {
    "aac": "audio/aac",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "css": "text/css" + TEXT,
    "csv": "text/csv" + TEXT,
    "eot": "application/vnd.ms-fontobject",
    "gif": "image/gif",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
    "htm": "text/html",
    "html": "text/html",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript" + TEXT,
    "json": "application/json",
    "m4a": "audio/mp4",
    "m4v": "video/mp4",
    "map": "application/json",
    "md": "text/markdown" + TEXT,
    "mjs": "text/javascript" + TEXT,
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "textile": "text/plain" + TEXT,
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "ttf": "font/ttf",
    "txt": "text/plain" + TEXT,
    "vtt": "text/vtt" + TEXT,
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xhtml": "application/xhtml+xml",
    "xml": "text/xml",
    "xsd": "text/xml",
}
"""Pages and XML name their own encoding: older packages are in windows-1251."""

UNKNOWN = "application/octet-stream"
PACKED_WELL = {
    *(
        "application/json",
        "application/wasm",
        "application/xhtml+xml",
        "image/bmp",
        "image/svg+xml",
    ),
    *("application/vnd.ms-fontobject", "font/otf", "font/ttf", "image/x-icon", "model/gltf+json"),
}
LEAST_PACKED = 1_024
MOST_PACKED = 8 * 1024 * 1024
"""Bytes: below, headers weigh as much; above, the first reader would wait for seconds."""


def media_type(path: str) -> str:
    """The type of the file by the ending of its name."""
    return TYPES.get(path.rpartition(".")[2].lower(), UNKNOWN)


def is_shown(kind: str) -> bool:
    """Whether a browser may open a file of the media type; any other is saved."""
    return kind != UNKNOWN


def pays_to_pack(kind: str, size: int) -> bool:
    """Whether a file of the media type and of ``size`` bytes is worth compressing."""
    plain = kind.partition(";")[0]
    is_wordy = plain.startswith("text/") or plain in PACKED_WELL
    return is_wordy and LEAST_PACKED <= size <= MOST_PACKED
