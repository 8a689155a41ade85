"""The living examples of the design system; only where the site is being developed."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

SHEETS = ("parts", "player", "records")
MARKS = [
    ("not_started", "не начато"),
    ("started", "начато"),
    ("done", "готово"),
    ("checked", "проверено педагогом"),
    ("help", "нужна помощь"),
    ("not_required", "не требуется"),
]
EXAMPLES = {
    "cards": [
        ("technical", "Безопасный интернет: правила умного пользователя", "Техническая"),
        ("science", "Исследователь озера", "Естественно-научная"),
        ("art", "Рисуем книгу комиксов", "Художественная"),
        ("sport", "Зарядка для чемпиона", "Физкультурно-спортивная"),
        ("tourism", "Первый поход", "Туристско-краеведческая"),
        ("social", "Как выбрать кружок и не пожалеть", "Социально-гуманитарная"),
    ],
    "states": ["new", "started", "done", "locked", "waits", "returned"],
    "drawings": ["bridge", "gap", "lamp", "tent", "finish", "children", "parents", "teachers"],
    "tones": [
        ("note", "note", "Заметка"),
        ("remember", "remember", "Запомни"),
        ("careful", "careful", "Осторожно"),
        ("try", "try", "Попробуй"),
    ],
    "columns": range(1, 19),
    "marks": MARKS,
    "row": [*[MARKS[2]] * 5, MARKS[3], MARKS[1], MARKS[4], *[MARKS[0]] * 9, MARKS[5]],
    "people": [f"Ученик {number}" for number in range(1, 13)],
}


def styleguide(request: HttpRequest, sheet: str = "parts") -> HttpResponse:
    """``sheet`` is one of ``SHEETS``; the page repeats the very classes that pages use."""
    if sheet not in SHEETS:
        raise Http404
    return render(
        request,
        f"home/styleguide/{sheet}.html",
        {**EXAMPLES, "icons": _icon_names(), "sheets": SHEETS, "sheet": sheet},
    )


def _icon_names() -> list[str]:
    sprite = Path(str(finders.find("courses/icons.svg")))
    return re.findall(r'<symbol id="([\w-]+)"', sprite.read_text())
