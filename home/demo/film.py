"""The film «Пароль из четырёх слов»: every frame is a drawing of the moment ``t`` in seconds."""

from collections.abc import Callable
from math import cos, exp, pi, sin

NAME = "password-of-four-words"
WIDTH, HEIGHT = 640, 360
RATE = 10
"""Drawn frames a second."""
SECONDS = 40

CUES: list[tuple[float, float, str]] = [
    (0, 4.5, "Пароль — это ключ от твоей комнаты в интернете."),
    (4.5, 10, "Короткий пароль 123456\nпрограмма подберёт за мгновение."),
    (10, 14.5, "Сделаем ключ крепче.\nВозьмём четыре случайных слова."),
    (14.5, 20, "Лиса. Гитара. Снег. Компот."),
    (20, 26, "Представь картинку: лиса играет на гитаре,\nидёт снег, рядом компот."),
    (26, 31, "Добавим цифру и знак:\nЛиса-7-Гитара-Снег-Компот!"),
    (31, 35, "Такой пароль длинный.\nПодобрать его очень трудно."),
    (35, 40, "Придумай свои четыре слова.\nИ никому их не говори — только родителям."),
]
CHIMES = [
    *((0.3, 523.25), (4.6, 392), (8, 311.13), (10.2, 440)),
    *((14.7, 523.25), (15.9, 587.33), (17.1, 659.25), (18.3, 783.99)),
    *((20.2, 523.25), (26.2, 587.33), (28, 659.25), (31.2, 523.25), (35.2, 783.99)),
]
"""Moments (s) and pitches (Hz) of the bell."""

PAPER, INK, GREEN, AMBER = "#FBF7F0", "#22302B", "#1F5E4A", "#E0A02F"
SKY, CLAY, LEAF, SAND, WHITE = "#BFD9E4", "#C9694A", "#8DB580", "#F0E6D4", "#FFFFFF"

FOX = (
    f'<path d="M-62 -66L-50 10L0 62L50 10L62 -66L24 -34H-24Z" fill="{CLAY}"/>'
    f'<path d="M-50 10L0 62L50 10C24 2 12 20 0 34C-12 20 -24 2 -50 10Z" fill="{SAND}"/>'
    f'<g fill="{INK}"><circle cx="-24" cy="-2" r="8"/><circle cx="24" cy="-2" r="8"/>'
    '<circle cy="56" r="10"/></g>'
)
GUITAR = (
    f'<g transform="rotate(35)"><rect x="-9" y="-96" width="18" height="110" rx="6" fill="{INK}"/>'
    f'<rect x="-16" y="-106" width="32" height="26" rx="6" fill="{CLAY}"/>'
    '<path d="M0 -18C30 -22 36 6 28 20C54 34 46 84 0 84C-46 84 -54 34 -28 20C-36 6 -30 -22 0 -18Z"'
    f' fill="{AMBER}"/><circle cy="34" r="15" fill="{INK}"/></g>'
)
CUP = (
    f'<path d="M-52 -40H40L30 62Q28 70 20 70H-32Q-40 70 -42 62Z" fill="{WHITE}"/>'
    f'<path d="M-46 -6H34L26 58Q25 64 18 64H-30Q-37 64 -38 58Z" fill="{CLAY}"/>'
    f'<circle cx="-18" cy="18" r="11" fill="{AMBER}"/>'
    f'<circle cx="10" cy="34" r="11" fill="{AMBER}"/>'
    f'<g fill="none" stroke="{INK}" stroke-width="8" stroke-linecap="round">'
    '<path d="M-52 -40H40L30 62Q28 70 20 70H-32Q-40 70 -42 62Z"/>'
    '<path d="M38 -16C74 -22 74 34 34 30"/></g>'
)
SNOW = (
    f'<g stroke="{GREEN}" stroke-width="10" stroke-linecap="round" fill="none">'
    + "".join(
        f'<path transform="rotate({turn})" d="M0 0H72M42 0L60 -16M42 0L60 16"/>'
        for turn in range(0, 360, 60)
    )
    + "</g>"
)
WORDS = [("Лиса", FOX), ("Гитара", GUITAR), ("Снег", SNOW), ("Компот", CUP)]


def frame(t: float) -> str:
    """Return the SVG of the film at ``t``: scenes meet in a soft fade, captions have room below."""
    scene = next(n for n, (_, end, _) in enumerate(CUES) if t < end)
    begin, end, _ = CUES[scene]
    shown = min(1.0, (t - begin) / 0.4, (end - t) / 0.3)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<g opacity="{max(shown, 0):.2f}" transform="translate(64 4) scale(0.8)">'
        f"{SCENES[scene](t - begin)}</g></svg>"
    )


def door_and_key(t: float) -> str:
    """A key comes to the door of a room."""
    way = ease(t / 2)
    return (
        place(
            f'<rect x="-85" y="-130" width="170" height="260" rx="14" fill="{GREEN}"/>'
            f'<rect x="-60" y="-104" width="120" height="80" rx="10" fill="{LEAF}"/>'
            f'<circle cx="52" cy="20" r="15" fill="{AMBER}"/>'
            f'<circle cx="52" cy="20" r="6" fill="{INK}"/>',
            450,
            215,
        )
        + place(KEY, 40 + 330 * way, 235 + 10 * sin(3 * t) * (1 - way), 0.62)
        + words("Пароль — это ключ", 48, 36)
    )


def short_password(t: float) -> str:
    """A small robot opens the short password at once."""
    opened = ease((t - 2.8) / 0.5)
    typed = "123456"[: int(t * 3.2)]
    return (
        robot(130, 220, 6 * sin(16 * t) * (opened < 1))
        + lock(530, 230, CLAY, opened)
        + f'<rect x="230" y="170" width="190" height="62" rx="14" fill="{WHITE}" stroke="{INK}"'
        f' stroke-width="4"/>{words(typed, 214, 38, CLAY, centre=325)}'
        + words(
            "Подобрано!" if opened else "Перебираю…", 344, 30, CLAY if opened else INK, centre=130
        )
        + words("Короткий ключ гнётся", 48, 36)
    )


def four_empty_cards(t: float) -> str:
    """Four cards with question marks come up one by one."""
    cards = "".join(
        place(
            card(words("?", 22, 68, AMBER, centre=0)), 95 + 150 * n, 215, ease((t - 0.3 * n) / 0.6)
        )
        for n in range(4)
    )
    return words("Четыре случайных слова", 78, 34) + cards


def four_words(t: float) -> str:
    """The cards turn into words."""
    cards = ""
    for n, (word, icon) in enumerate(WORDS):
        turned = ease((t - 0.2 - 1.2 * n) / 0.5)
        inside = (
            place(icon, 0, -14, 0.62) + words(word, 72, 25, INK, centre=0)
            if turned
            else words("?", 22, 68, AMBER, centre=0)
        )
        cards += place(card(inside), 95 + 150 * n, 215 - 14 * sin(pi * turned))
    return words("Четыре случайных слова", 78, 34) + cards


def funny_picture(t: float) -> str:
    """The fox plays the guitar in the snow beside a glass of compote."""
    flakes = "".join(
        place(
            SNOW,
            (n * 97 + 20 * sin(t + n)) % 640,
            70 + (n * 61 + 34 * t) % 320,
            0.16 + 0.05 * (n % 3),
        )
        for n in range(12)
    )
    sway = 5 * sin(4 * t)
    fox = (
        f'<path d="M40 96C150 120 150 10 118 -4C120 40 80 60 40 56Z" fill="{CLAY}"/>'
        f'<path d="M118 -4C130 6 136 24 133 42L104 40C114 28 118 12 118 -4Z" fill="{WHITE}"/>'
        f'<path d="M-56 120C-66 20 66 20 56 120Z" fill="{CLAY}"/>'
        f'<g transform="rotate({sway:.1f})">{place(FOX, 0, -20, 1.1)}</g>'
        f'<g transform="translate(-4 74) rotate({20 + sway:.1f}) scale(0.8)">{GUITAR}</g>'
    )
    notes = "".join(
        f'<text x="{330 + 34 * n}" y="{150 - (20 * t + 34 * n) % 90:.0f}" font-size="30"'
        f' fill="{GREEN}">♪</text>'
        for n in range(3)
    )
    return (
        f'<rect x="-80" y="-5" width="800" height="455" fill="{SKY}"/>'
        f'<path d="M-80 290C160 260 420 300 720 272V450H-80Z" fill="{WHITE}"/>'
        + flakes
        + place(fox, 260, 190)
        + notes
        + place(CUP, 480, 246, 0.8)
        + words("Весёлую картинку легко запомнить", 46, 32)
    )


def digit_and_sign(t: float) -> str:
    """The password is put together with a digit and a sign."""
    parts = ["Лиса", "-7", "-Гитара", "-Снег", "-Компот", "!"]
    spans = ""
    for n, part in enumerate(parts):
        added = ease((t - 0.4 * n) / 0.4)
        colour = CLAY if part in {"-7", "!"} else GREEN
        spans += f'<tspan fill="{colour}" fill-opacity="{added:.2f}">{part}</tspan>'
    icons = "".join(place(icon, 125 + 130 * n, 120, 0.55) for n, (_, icon) in enumerate(WORDS))
    return (
        icons
        + f'<rect x="40" y="190" width="560" height="84" rx="18" fill="{WHITE}" stroke="{INK}"'
        ' stroke-width="4"/><text x="320" y="245" font-family="Golos Text, sans-serif"'
        f' font-size="36" font-weight="700" text-anchor="middle">{spans}</text>'
        + words("плюс цифра и знак", 324, 28)
    )


def strong_lock(t: float) -> str:
    """The robot tries in vain."""
    return (
        robot(150, 220, 6 * sin(16 * t) * (t < 2.4), tired=t >= 2.4)
        + lock(450, 230, GREEN, 0)
        + words("Длинный ключ — крепкий замок", 48, 36)
        + words("Перебираю…" if t < 2.4 else "Сдаюсь", 344, 30, centre=150)
    )


def your_turn(t: float) -> str:
    """Four empty cards wait for the child's own words."""
    cards = "".join(
        place(
            card(f'<path d="M-36 30H36" stroke="{SAND}" stroke-width="10"/>'),
            95 + 150 * n,
            190,
            0.9,
        )
        for n in range(4)
    )
    pencil = place(
        f'<path d="M0 0L14 -34L70 -90L92 -68L36 -12Z" fill="{AMBER}"/>'
        f'<path d="M0 0L14 -34L36 -12Z" fill="{INK}"/>',
        70 + 110 * t + 4 * cos(9 * t),
        214 + 5 * sin(12 * t),
        0.7,
    )
    return (
        words("Теперь твоя очередь", 78, 36)
        + cards
        + pencil
        + words("Никому, кроме родителей", 330, 30, GREEN)
    )


SCENES: list[Callable[[float], str]] = [
    *(door_and_key, short_password, four_empty_cards, four_words),
    *(funny_picture, digit_and_sign, strong_lock, your_turn),
]

KEY = (
    f'<circle cx="-90" r="62" fill="{AMBER}"/><circle cx="-90" r="26" fill="{PAPER}"/>'
    f'<rect x="-40" y="-14" width="230" height="28" rx="10" fill="{AMBER}"/>'
    f'<rect x="110" width="26" height="54" rx="7" fill="{AMBER}"/>'
    f'<rect x="152" width="26" height="42" rx="7" fill="{AMBER}"/>'
)


def robot(x: float, y: float, shake: float, *, tired: bool = False) -> str:
    """A small robot that types; tired, it closes its eyes."""
    line, width = ("M-34 -44H-14M14 -44H34", 7) if tired else ("M-24 -44h0M24 -44h0", 20)
    eyes = f'<path d="{line}" stroke="{INK}" stroke-width="{width}" stroke-linecap="round"/>'
    return place(
        f'<path d="M0 -88V-112" stroke="{INK}" stroke-width="6"/>'
        f'<circle cy="-118" r="9" fill="{CLAY}"/>'
        f'<rect x="-62" y="-88" width="124" height="84" rx="24" fill="{SKY}"/>{eyes}'
        f'<path d="M-16 -20H16" stroke="{INK}" stroke-width="6" stroke-linecap="round"/>'
        f'<rect x="-46" y="4" width="92" height="64" rx="18" fill="{INK}"/>'
        f'<circle cx="-16" cy="34" r="8" fill="{AMBER}"/>'
        f'<circle cx="16" cy="34" r="8" fill="{LEAF}"/>',
        x + shake,
        y,
    )


def lock(x: float, y: float, colour: str, opened: float) -> str:
    """A padlock; ``opened`` runs from 0 (shut) to 1."""
    return place(
        f'<g transform="translate({-14 * opened:.1f} {-26 * opened:.1f})'
        f' rotate({-18 * opened:.1f})">'
        f'<path d="M-42 -10V-50A42 42 0 0 1 42 -50V-10" fill="none" stroke="{INK}"'
        ' stroke-width="18"/></g>'
        f'<rect x="-68" y="-18" width="136" height="108" rx="20" fill="{colour}"/>'
        f'<circle cy="26" r="14" fill="{PAPER}"/><rect x="-6" y="30" width="12" height="34" rx="6"'
        f' fill="{PAPER}"/>',
        x,
        y,
    )


def card(inside: str) -> str:
    """A white card of 130 × 180 with the drawing inside."""
    return (
        f'<rect x="-65" y="-90" width="130" height="180" rx="18" fill="{WHITE}" stroke="{INK}"'
        f' stroke-width="4"/>{inside}'
    )


def words(text: str, y: float, size: int, colour: str = INK, centre: float = WIDTH / 2) -> str:
    """One centred line of text."""
    return (
        f'<text x="{centre}" y="{y}" font-family="Golos Text, sans-serif" font-size="{size}"'
        f' font-weight="700" fill="{colour}" text-anchor="middle">{text}</text>'
    )


def place(drawing: str, x: float, y: float, scale: float = 1) -> str:
    """Put a drawing made around 0, 0 at its place."""
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})">{drawing}</g>'


def ease(share: float) -> float:
    """Turn a share of time into a share of way: 0 before the start, 1 at the end, soft between."""
    if share <= 0:
        return 0
    return 1 if share >= 1 else (1 / (1 + exp(-10 * (share - 0.5))) - 0.0067) / 0.9866
