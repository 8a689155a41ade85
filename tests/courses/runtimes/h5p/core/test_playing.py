"""Our own content types on H5P core, in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from courses.runtimes.h5p.core import InteractionKind, LibraryName, read_results
from tests.courses.runtimes.h5p.core.playing import Player
from tests.samples.h5p import choice_package, password_builder_package, sort_cards_package

PHONE: ViewportSize = {"width": 360, "height": 740}
SORT = LibraryName("Opora.SortCards", 1, 0)
RIGHT_BOXES = {
    "Рисунок кота, который я сам нарисовал": 1,
    "Стихи собственного сочинения": 1,
    "Отзыв о хорошей книге": 1,
    "Фото с другом на празднике": 2,
    "Видео, где видна вся семья": 2,
    "Домашний адрес и телефон": 3,
    "Пароль от игры": 3,
    "«Мы уезжаем на неделю, дома никого»": 3,
}
STRONG = ["Ёжик", "Чайник", "Облако", "Ракета", "7"]


@pytest.fixture
def play(page: Page, project_dir: Path):
    def start(package: bytes) -> Player:
        return Player(page, package, project_dir)

    return start


def test_a_question_reports_what_was_chosen_and_goes_on_where_it_was_left(play, page: Page):
    player = play(choice_package())
    player.open()
    page.get_by_label("Любимая книга").check()
    page.get_by_role("button", name="Проверить").click()

    results = read_results(player.reports[0], main=LibraryName("Opora.Choice", 1, 0))
    assert results.outcome == "finished"
    assert results.problems == ()
    assert results.root.kind is InteractionKind.CHOICE
    assert results.root.given == ("Любимая книга",)
    assert results.root.right == ("Любимая книга", "Любимый цвет")
    assert results.root.score.hundredths == (100, 200)
    assert results.root.activity == "https://portal.example/h5p/7"

    state = player.state
    player.open(state)
    expect(page.get_by_label("Любимая книга")).to_be_checked()
    expect(page.get_by_label("Любимый цвет")).not_to_be_checked()
    assert player.errors == []


def test_no_statement_tells_a_name_or_an_address_of_the_learner(play, page: Page):
    player = play(choice_package())
    player.open()
    page.get_by_role("button", name="Проверить").click()

    actors = [statement["actor"] for statement in player.statements]
    assert {(actor["name"], actor["mbox"]) for actor in actors} == {
        ("learner", "mailto:learner@localhost.invalid")
    }


def test_a_child_sorts_all_cards_by_touch_and_the_result_says_which_card_where(play, page: Page):
    page.set_viewport_size(PHONE)
    player = play(sort_cards_package())
    player.open()
    for card, box in RIGHT_BOXES.items():
        page.get_by_role("button", name=card).click()
        page.locator(".opora-sort__choices").get_by_role("button").nth(box - 1).click()
    page.get_by_role("button", name="Проверить").click()

    expect(page.get_by_text("Верно разложено: 8 из 8").first).to_be_visible()
    results = read_results(player.reports[0], main=SORT)
    assert results.outcome == "finished"
    assert results.root.kind is InteractionKind.MATCHING
    assert "Пароль от игры — Никому в сети" in results.root.given
    assert sorted(results.root.given) == sorted(results.root.right)
    assert results.root.score.share == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert player.errors == []
    assert player.foreign == []


def test_cards_are_sorted_by_keyboard_alone(play, page: Page):
    player = play(sort_cards_package())
    player.open()
    page.get_by_role("button", name="Пароль от игры").focus()
    page.keyboard.press("3")
    page.get_by_role("button", name="Домашний адрес и телефон").focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("button", name="Положить сюда: Сначала спрошу")
    box.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("region", name="Никому в сети")).to_contain_text("Пароль от игры")
    expect(page.get_by_role("region", name="Сначала спрошу")).to_contain_text("Домашний адрес")
    assert page.evaluate("document.activeElement.dataset.card !== undefined")


def test_a_card_is_dragged_into_a_box(play, page: Page):
    page.set_viewport_size({"width": 1024, "height": 1200})
    player = play(sort_cards_package())
    player.open()
    card = page.get_by_role("button", name="Пароль от игры").bounding_box()
    box = page.get_by_role("region", name="Никому в сети").bounding_box()
    page.mouse.move(card["x"] + 20, card["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 50, steps=6)
    page.mouse.up()

    expect(page.get_by_role("region", name="Никому в сети")).to_contain_text("Пароль от игры")


def test_a_wrong_card_is_explained_and_may_be_sorted_again(play, page: Page):
    player = play(sort_cards_package())
    player.open()
    for card in RIGHT_BOXES:
        page.get_by_role("button", name=card).focus()
        page.keyboard.press("1")
    page.get_by_role("button", name="Проверить").click()

    expect(page.get_by_text("Надо в коробку «Никому в сети»").first).to_be_visible()
    expect(page.get_by_text("Кто знает пароль, тот может войти")).to_be_visible()
    assert read_results(player.reports[0], main=SORT).root.score.hundredths == (300, 800)

    page.get_by_role("button", name="Попробовать ещё раз").click()
    expect(page.get_by_role("button", name="Проверить")).to_be_disabled()
    assert len(player.reports) == 1


def test_half_sorted_cards_wait_where_they_were_left(play, page: Page):
    player = play(sort_cards_package())
    player.open()
    page.get_by_role("button", name="Пароль от игры").focus()
    page.keyboard.press("3")
    player.open(player.state)

    expect(page.get_by_role("region", name="Никому в сети")).to_contain_text("Пароль от игры")


def test_a_checked_game_comes_back_checked_and_reports_nothing_again(play, page: Page):
    player = play(password_builder_package())
    player.open()
    for card in STRONG:
        page.get_by_role("button", name=card, exact=True).click()
    page.get_by_role("button", name="Готово").click()
    player.open(player.state)

    expect(page.get_by_text("Правил выполнено: 6 из 6").first).to_be_visible()
    assert player.reports == []


def test_a_strong_password_meets_every_rule(play, page: Page):
    page.set_viewport_size(PHONE)
    player = play(password_builder_package())
    player.open()
    for card in STRONG:
        page.get_by_role("button", name=card, exact=True).click()
    page.get_by_role("button", name="Готово").click()

    expect(page.get_by_text("Крепкий пароль!")).to_be_visible()
    results = read_results(player.reports[0], main=LibraryName("Opora.PasswordBuilder", 1, 0))
    assert results.outcome == "finished"
    assert results.root.given == tuple(STRONG)
    assert results.root.score.hundredths == (600, 600)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert player.errors == []
    assert player.foreign == []


@pytest.mark.parametrize(
    ("cards", "met"),
    [
        (["Ёжик", "Лиса", "Облако", "Ракета", "7"], 5),
        (["Ёжик", "Чайник", "Облако", "Маша", "7"], 4),
        (["12345"], 1),
        (["Ёжик"], 2),
    ],
)
def test_each_broken_rule_costs_a_point(play, page: Page, cards: list[str], met: int):
    player = play(password_builder_package())
    player.open()
    for card in cards:
        page.get_by_role("button", name=card, exact=True).click()
    page.get_by_role("button", name="Готово").click()

    expect(page.get_by_text(f"Правил выполнено: {met} из 6").first).to_be_visible()


@pytest.mark.parametrize("package", [sort_cards_package, password_builder_package])
def test_a_state_that_is_nonsense_starts_the_game_anew(play, page: Page, package):
    player = play(package())
    for state in ({"order": "no", "places": 5, "chosen": {"a": 1}, "checked": "yes"}, [], "x", 7):
        player.open(state)
        expect(page.locator(".opora-task")).to_be_visible()
    assert player.errors == []
