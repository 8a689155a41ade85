"""A quiz goes out as an H5P Question Set and comes back as it was."""

import io
import json
import zipfile

import pytest

from courses.quizzes.errors import NotAQuizFile
from courses.quizzes.operations import export_quiz, import_quiz
from tests.courses.quizzes.samples import KINDS, VALUES


def quiz_content(*kinds: str, **changes):
    return {
        "title": "Проверь себя",
        "required": True,
        "weight": 1,
        "intro": '<p>О <b>ключах</b> и <a href="https://example.org/">замках</a></p>',
        "pass_percent": 70,
        "attempts_allowed": 3,
        "feedback": "end",
        "shuffle": True,
        "completion": "passed",
        "questions": [
            {
                "type": kind,
                "id": f"3f2504e0-4f89-41d3-9a0c-0305e82c33{number:02}",
                "value": {
                    "text": f"Вопрос {kind}: 2 < 3 & «да»?",
                    "hint": "Посчитай слова",
                    "explanation": "Потому что так",
                    "points": number + 1,
                    **VALUES[kind],
                },
            }
            for number, kind in enumerate(kinds)
        ],
        **changes,
    }


def without_ids_of_answers(content):
    """Accepted spellings are a set of texts: their ids name nothing."""
    for question in content["questions"]:
        for answer in question["value"].get("answers", ()):
            answer.pop("id")
    return content


def test_a_quiz_of_every_kind_comes_back_as_it_was() -> None:
    content = quiz_content(*KINDS)
    read, left_out = import_quiz(io.BytesIO(export_quiz(content)))
    assert left_out == []
    assert without_ids_of_answers(read) == without_ids_of_answers(content)


@pytest.mark.parametrize("attempts", [None, 1, 5])
@pytest.mark.parametrize("feedback", ["each", "end"])
def test_the_settings_of_the_quiz_come_back(attempts, feedback) -> None:
    content = quiz_content("single", attempts_allowed=attempts, feedback=feedback, intro="")
    read, _left_out = import_quiz(io.BytesIO(export_quiz(content)))
    assert read["attempts_allowed"] == attempts
    assert read["feedback"] == feedback
    assert read["intro"] == ""


def test_the_file_is_a_question_set_that_other_programs_know() -> None:
    with zipfile.ZipFile(io.BytesIO(export_quiz(quiz_content("single", "number")))) as archive:
        h5p = json.loads(archive.read("h5p.json"))
        params = json.loads(archive.read("content/content.json"))
    assert h5p["mainLibrary"] == "H5P.QuestionSet"
    assert h5p["title"] == "Проверь себя"
    needed = {one["machineName"] for one in h5p["preloadedDependencies"]}
    assert needed == {"H5P.QuestionSet", "H5P.MultiChoice", "H5P.Blanks"}
    assert params["passPercentage"] == 70
    assert "Лиса-7-Гитара-Снег!" in json.dumps(params["questions"][0], ensure_ascii=False)


def test_a_question_that_another_program_has_changed_counts_as_it_reads_now() -> None:
    written = export_quiz(quiz_content("single"))
    changed = rewritten(written, "Лиса-7-Гитара-Снег!", "Сова-9-Скрипка-Дождь!")
    read, _left_out = import_quiz(io.BytesIO(changed))
    texts = [one["value"]["text"] for one in read["questions"][0]["value"]["options"]]
    assert "Сова-9-Скрипка-Дождь!" in texts


def test_a_script_in_the_words_before_the_quiz_is_left_out() -> None:
    intro = '<p onclick="steal()">Начнём</p><script>steal()</script>'
    read, _left_out = import_quiz(io.BytesIO(export_quiz(quiz_content("single", intro=intro))))
    assert read["intro"] == "<p>Начнём</p>"


def test_a_question_of_a_kind_that_we_do_not_have_is_named() -> None:
    written = export_quiz(quiz_content("single", "true_false"))
    changed = rewritten(written, "H5P.TrueFalse 1.8", "H5P.Essay 1.5")
    read, left_out = import_quiz(io.BytesIO(changed))
    assert [question["type"] for question in read["questions"]] == ["single"]
    assert left_out == ["H5P.Essay 1.5"]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"not a zip at all",
        pytest.param(None, id="other content"),
    ],
)
def test_any_other_file_is_refused_with_a_sentence(broken) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("h5p.json", json.dumps({"mainLibrary": "H5P.Accordion"}))
        archive.writestr("content/content.json", "{}")
    with pytest.raises(NotAQuizFile, match="Question Set"):
        import_quiz(io.BytesIO(other.getvalue() if broken is None else broken))


def rewritten(package: bytes, old: str, new: str) -> bytes:
    """The package with one text of its content changed, as another editor would."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as archive,
        zipfile.ZipFile(changed, "w") as result,
    ):
        for name in archive.namelist():
            text = archive.read(name).decode()
            result.writestr(name, text.replace(old, new) if "content" in name else text)
    return changed.getvalue()
