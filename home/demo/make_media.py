"""Render the pictures and the short film of the demo courses.

Run by hand after an SVG or the film has changed, and commit what it writes:

    python -m home.demo.make_media

Needs Chromium, ffmpeg and the Golos Text font from ``npm ci``; ``CHROMIUM`` and ``FFMPEG`` name
other programs. Writes next to each ``media/*.svg`` a PNG of the same name and size (1600 px wide,
portraits 800 px; at most 256 colours) and the film ``media/password-of-four-words.mp4`` with its
captions (``.ru.vtt``).
"""

import base64
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from home.demo import film

MEDIA = Path(__file__).parent / "media"
FONTS = Path(__file__).parents[2] / "node_modules/@fontsource-variable/golos-text/files"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FFMPEG = os.environ.get("FFMPEG", "ffmpeg")
COLOURS = 256
SHEET = 30
"""Frames of the film drawn in one go, one under another."""
BROWSER_CHROME = 200
"""Pixels that headless Chromium may keep of the window's height; cut off afterwards."""


def main() -> None:
    """Make every picture, then the film."""
    for drawing in sorted(MEDIA.glob("*.svg")):
        make_picture(drawing)
    make_film(MEDIA / f"{film.NAME}.mp4")
    (MEDIA / f"{film.NAME}.ru.vtt").write_text(captions(), encoding="utf-8")


def make_picture(drawing: Path) -> None:
    """Write the palette PNG of one SVG."""
    svg = drawing.read_text(encoding="utf-8")
    size = re.search(r'<svg [^>]*width="(\d+)" height="(\d+)"', svg)
    if not size:
        raise SystemExit(f"{drawing.name} does not say its width and height")
    picture = screenshot(svg, int(size[1]), int(size[2]))
    palette = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette.save(drawing.with_suffix(".png"), optimize=True)


def make_film(target: Path) -> None:
    """Encode the frames of the film with its quiet chimes into ``target``."""
    encoder = subprocess.Popen(  # noqa: S603 - our own arguments
        [
            *(FFMPEG, "-y", "-loglevel", "error"),
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "-r", str(film.RATE)),
            *("-s", f"{film.WIDTH}x{film.HEIGHT}", "-i", "-"),
            *("-f", "lavfi", "-i", f"aevalsrc={chimes()}:s=44100:d={film.SECONDS}"),
            *("-c:v", "libx264", "-preset", "veryslow", "-crf", "24", "-pix_fmt", "yuv420p"),
            *("-r", "25", "-c:a", "aac", "-b:a", "48k", "-ac", "1", "-shortest"),
            *("-movflags", "+faststart", str(target)),
        ],
        stdin=subprocess.PIPE,
    )
    with encoder:
        for frame in frames():
            encoder.stdin.write(frame.tobytes())  # type: ignore[union-attr]
    if encoder.returncode:
        raise SystemExit("ffmpeg could not encode the film")


def frames() -> Iterator[Image.Image]:
    """Yield every frame of the film in order."""
    moments = [n / film.RATE for n in range(film.RATE * film.SECONDS)]
    for start in range(0, len(moments), SHEET):
        part = moments[start : start + SHEET]
        sheet = screenshot("".join(map(film.frame, part)), film.WIDTH, film.HEIGHT * len(part))
        for row in range(len(part)):
            top = row * film.HEIGHT
            yield sheet.crop((0, top, film.WIDTH, top + film.HEIGHT))


def screenshot(svg: str, width: int, height: int) -> Image.Image:
    """Draw the markup in a browser window of the given size in pixels."""
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        page.write_text(
            f"<!doctype html><meta charset=utf-8><style>{font_faces()}"
            f"body{{margin:0}}svg{{display:block}}</style>{svg}",
            encoding="utf-8",
        )
        subprocess.run(  # noqa: S603 - our own arguments
            [
                *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
                *("--no-first-run", "--disable-background-networking", "--disable-sync"),
                *("--disable-component-update", "--hide-scrollbars"),
                *("--force-device-scale-factor=1", f"--user-data-dir={folder}/profile"),
                f"--window-size={width},{height + BROWSER_CHROME}",
                f"--screenshot={shot}",
                str(page),
            ],
            check=True,
            capture_output=True,
        )
        with Image.open(shot) as image:
            return image.convert("RGB").crop((0, 0, width, height))


def font_faces() -> str:
    """Return the CSS that carries Golos Text inside the page: a file page may not fetch fonts."""
    faces = []
    for script, letters in (("cyrillic", "U+400-4FF,U+2116"), ("latin", "U+0-2FF,U+2000-20BF")):
        font = (FONTS / f"golos-text-{script}-wght-normal.woff2").read_bytes()
        faces.append(
            "@font-face{font-family:'Golos Text';font-weight:400 900;"
            f"unicode-range:{letters};"
            f"src:url(data:font/woff2;base64,{base64.b64encode(font).decode()})}}"
        )
    return "".join(faces)


def chimes() -> str:
    """Return the ffmpeg expression of soft bell tones, one at each of the film's moments."""
    return "+".join(
        f"gte(t\\,{at})*0.06*exp(-2.5*(t-{at}))*sin(2*PI*{pitch}*t)" for at, pitch in film.CHIMES
    )


def captions() -> str:
    """Return the film's captions as WebVTT."""
    cues = [f"{clock(begin)} --> {clock(end)}\n{text}\n" for begin, end, text in film.CUES]
    return "WEBVTT\n\n" + "\n".join(cues)


def clock(seconds: float) -> str:
    """Return the moment as WebVTT writes it: ``00:12.500``."""
    return f"{int(seconds // 60):02}:{seconds % 60:06.3f}"


if __name__ == "__main__":
    main()
