"""The content of the demonstration is whole, right and readable."""

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

DEMO = Path(__file__).parents[2] / "home/demo"
MEDIA = DEMO / "media"

RULES = {
    "text": {"viewed", "declared"},
    "image": {"viewed", "declared"},
    "video": {"watched", "declared", "viewed"},
    "audio": {"watched", "declared", "viewed"},
    "file": {"viewed", "declared"},
    "callout": {"viewed"},
    "checklist": {"declared"},
    "quiz": {"passed", "attempted"},
    "package": {"completed", "passed", "attempted", "viewed", "declared"},
    "task": {"accepted", "submitted"},
}
TONES = {"note", "remember", "careful", "try"}
QUESTION_KINDS = {
    *("single", "multiple", "true_false", "match", "order", "number", "short_text"),
}
HTML_FIELDS = ("body", "intro", "instructions", "transcript")
TAGS = {"p", "ul", "ol", "li", "b", "i", "h3"}
LONGEST_SENTENCE = 15
MEDIA_LIMIT = 6_000_000


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((DEMO / f"{name}.toml").read_text(encoding="utf-8"))


COURSES = {name: load(f"courses/{name}") for name in ("safe_internet", "choose_a_club")}


def lessons(course: dict[str, Any]) -> list[dict[str, Any]]:
    return [lesson for module in course["modules"] for lesson in module["lessons"]]


def steps(course: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for lesson in lessons(course) for step in lesson["steps"]]


def questions(course: dict[str, Any]) -> list[dict[str, Any]]:
    return [question for step in steps(course) for question in step.get("questions", ())]


class Tags(HTMLParser):
    """Collects the names of the tags and the texts of the blocks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.blocks = [""]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.names.add(tag)
        if tag not in {"b", "i"}:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data


def sentences(html: str) -> Iterator[str]:
    for block in Tags(html).blocks:
        yield from re.split(r"(?<=[.!?…])[»“]?\s+(?=[«„А-ЯЁA-Z])", block.strip())


def word_count(sentence: str) -> int:
    return len(re.findall(r"[\w-]*\w[\w-]*", sentence))


@pytest.fixture(params=COURSES)
def course(request: pytest.FixtureRequest) -> dict[str, Any]:
    return COURSES[request.param]


@pytest.mark.parametrize(
    ("name", "sizes"), [("safe_internet", [3, 4, 3, 3, 4]), ("choose_a_club", [3, 3, 3, 4])]
)
def test_every_module_has_its_lessons(name: str, sizes: list[int]) -> None:
    assert [len(module["lessons"]) for module in COURSES[name]["modules"]] == sizes


def test_every_lesson_is_complete(course: dict[str, Any]) -> None:
    for lesson in lessons(course):
        assert lesson["minutes"] > 0
        assert 2 <= len(lesson["steps"]) <= 6
        assert lesson["can_now"][0].islower()
        assert not lesson["can_now"].endswith(".")
        assert lesson["ask_at_home"].endswith("?")
        assert lesson["look_together"]


def test_slugs_are_unique_and_latin(course: dict[str, Any]) -> None:
    for siblings in (course["modules"], *(module["lessons"] for module in course["modules"])):
        slugs = [page["slug"] for page in siblings]
        assert len(set(slugs)) == len(slugs)
        assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


def test_every_step_is_of_a_known_kind_with_a_rule_that_fits(course: dict[str, Any]) -> None:
    for step in steps(course):
        assert step["completion"] in RULES[step["kind"]], step["title"]
        assert isinstance(step["required"], bool)
        if step["kind"] == "callout":
            assert step["tone"] in TONES
        if step["kind"] == "checklist":
            assert len(step["items"]) >= 3


def test_html_uses_only_plain_tags(course: dict[str, Any]) -> None:
    for step in steps(course):
        for field in HTML_FIELDS:
            assert Tags(step.get(field, "")).names <= TAGS, step["title"]


def test_the_childrens_course_shows_every_kind_of_question() -> None:
    assert {question["kind"] for question in questions(COURSES["safe_internet"])} == QUESTION_KINDS


def test_every_question_has_a_hint_a_right_answer_and_explanations(course: dict[str, Any]) -> None:
    for question in questions(course):
        assert question["hint"], question["text"]
        assert_answerable(question)


def assert_answerable(question: dict[str, Any]) -> None:
    match question["kind"]:
        case "single" | "multiple":
            right = [option for option in question["options"] if option["correct"]]
            assert len(right) == 1 or (question["kind"] == "multiple" and len(right) > 1)
            assert len(right) < len(question["options"])
            assert all(option["explanation"] for option in question["options"])
        case "true_false":
            assert isinstance(question["answer"], bool)
            assert question["explanation_if_true"]
            assert question["explanation_if_false"]
        case "match":
            assert len({pair["right"] for pair in question["pairs"]}) == len(question["pairs"]) >= 3
            assert question["explanation"]
        case "order":
            assert len(set(question["items"])) == len(question["items"]) >= 3
            assert question["explanation"]
        case "number":
            assert question["tolerance"] >= 0
            assert question["explanation"]
        case "short_text":
            assert question["answers"]
            assert question["explanation"]


def test_the_final_test_has_ten_questions_three_attempts_and_answers_at_the_end() -> None:
    [final] = [step for step in steps(COURSES["safe_internet"]) if step["title"] == "Итоговый тест"]
    assert len(final["questions"]) == 10
    assert (final["pass_percent"], final["attempts_allowed"]) == (70, 3)
    assert final["feedback"] == "end"


def test_the_parents_test_has_eight_questions_and_needs_six() -> None:
    [test] = [step for step in steps(COURSES["choose_a_club"]) if step["title"] == "Тест"]
    assert (len(test["questions"]), test["pass_percent"]) == (8, 75)


def test_the_page_for_parents_in_the_childrens_course_is_optional() -> None:
    last = lessons(COURSES["safe_internet"])[-1]
    assert not any(step["required"] for step in last["steps"])


def test_children_read_short_sentences() -> None:
    for step in steps(COURSES["safe_internet"]):
        for field in HTML_FIELDS:
            for sentence in sentences(step.get(field, "")):
                assert word_count(sentence) <= LONGEST_SENTENCE, sentence


def test_every_file_is_there_and_described(course: dict[str, Any]) -> None:
    assert (MEDIA / course["cover"]).exists()
    for step in steps(course):
        for field in ("image", "file", "captions", "poster"):
            if name := step.get(field):
                assert (MEDIA / name).exists(), name
        if step["kind"] == "image":
            assert step["alt"]


def test_every_drawing_has_its_picture_and_the_folder_stays_light() -> None:
    assert all(drawing.with_suffix(".png").exists() for drawing in MEDIA.glob("*.svg"))
    assert sum(file.stat().st_size for file in MEDIA.iterdir()) < MEDIA_LIMIT


def test_stories_speak_of_people_courses_and_lessons_that_exist() -> None:
    people = load("people")
    logins = [person["login"] for person in people["people"]]
    assert len(set(logins)) == len(logins)
    numbers = {course["slug"]: lesson_numbers(course) for course in COURSES.values()}
    for story in people["stories"]:
        known = numbers[story["course"]]
        answers = story.get("answers", [])
        assert {story["learner"], story.get("enrolled_by", story["learner"])} <= set(logins)
        assert story["enrolled"] >= story["last_seen"]
        assert {story.get("through", "1.1"), *story.get("scores", {})} <= known
        assert {given["lesson"] for given in answers} <= known
        assert all(("reviewed" in given) == (given["state"] != "submitted") for given in answers)


def lesson_numbers(course: dict[str, Any]) -> set[str]:
    return {
        f"{m}.{n}"
        for m, module in enumerate(course["modules"], start=1)
        for n, _ in enumerate(module["lessons"], start=1)
    }


def test_people_belong_to_organisations_and_families_that_exist() -> None:
    people = load("people")
    organisations = {organisation["short_name"] for organisation in people["organisations"]}
    logins = {person["login"] for person in people["people"]}
    teachers = {person["name"] for person in people["people"] if person["role"] == "teacher"}
    assert len(organisations) == 12
    for person in people["people"]:
        assert person.get("organisation") in {None, *organisations}
        assert set(person.get("guardians", [])) <= logins
        assert (MEDIA / person.get("photo", "lock.svg")).exists()
    for course in COURSES.values():
        assert course["teacher"] in teachers
        assert course["organisation"] in organisations


def test_the_plain_pages_are_written() -> None:
    pages = load("pages")
    assert {page["slug"] for page in pages["pages"]} >= {"o-centre", "roditelyam", "pedagogam"}
    assert all(len(page["body"]) > 300 for page in pages["pages"])
    assert [door["audience"] for door in pages["front"]["doors"]] == ["child", "parent", "teacher"]
