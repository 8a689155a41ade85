"""What a learner reaches in a SCORM package."""

import pytest

from courses.runtimes.launches.models import Attempt
from courses.runtimes.launches.operations import open_preview
from courses.runtimes.scorm.models import ScormContent, ScoState
from courses.runtimes.signals import attempt_moved
from tests.courses.conftest import NOON
from tests.courses.runtimes.scorm.conftest import Learner, answered, told, told_2004
from tests.samples.scorm import one_sco_12, one_sco_2004_4th, sequenced_2004, three_scos_12


@pytest.fixture
def reports():
    """What the world was told."""
    heard = []

    def hear(report, **_named):
        heard.append(report)

    attempt_moved.connect(hear)
    yield heard
    attempt_moved.disconnect(hear)


def test_a_sco_that_is_begun_is_neither_complete_nor_news(masha, reports) -> None:
    learner = masha(one_sco_12())
    session = learner.open()["session"]

    answer = learner.commit(session, told(1, lesson_status="incomplete"))

    assert answer["result"] == "true"
    assert answer["errorCode"] == 0
    assert answer["moved"] is False
    assert answer["items"] == [{"id": "SUM", "status": "started", "open": True}]
    assert not learner.attempt.completed
    assert reports == []


def test_a_score_above_the_mastery_score_passes_and_ends_the_attempt(masha, reports) -> None:
    learner = masha(one_sco_12())
    session = learner.open()["session"]

    answer = learner.commit(
        session,
        told(
            1, is_last=True, lesson_status="completed", score__raw="90", session_time="0000:00:30"
        ),
    )

    attempt = learner.attempt
    assert answer["moved"] is True
    assert (attempt.completed, attempt.passed) == (True, True)
    assert (attempt.earned, attempt.possible) == (9000, 10000)
    assert attempt.seconds == 30
    assert attempt.finished_at is not None
    assert attempt.run == attempt.uid
    assert [(one.move, one.is_finished) for one in reports] == [(1, True)]


def test_a_score_below_the_mastery_score_ends_the_attempt_too(masha) -> None:
    learner = masha(one_sco_12())

    learner.commit(
        learner.open()["session"],
        told(1, is_last=True, lesson_status="completed", score__raw="10"),
    )

    assert learner.attempt.passed is False
    assert learner.attempt.finished_at is not None


def test_what_is_complete_but_not_left_goes_on(masha) -> None:
    learner = masha(one_sco_12())

    learner.commit(learner.open()["session"], told(1, lesson_status="completed", score__raw="90"))

    assert learner.attempt.completed
    assert learner.attempt.finished_at is None


def test_a_sco_finds_what_it_has_left_in_the_middle(masha) -> None:
    learner = masha(one_sco_12())
    first = learner.open()
    learner.commit(
        first["session"],
        {
            **told(1, is_last=True, exit="suspend", lesson_location="3", session_time="0000:01:00"),
            "cmi.suspend_data": "two of three",
        },
    )

    values = learner.open()["values"]

    assert first["values"]["cmi.core.entry"] == "ab-initio"
    assert values["cmi.core.entry"] == "resume"
    assert values["cmi.core.lesson_location"] == "3"
    assert values["cmi.suspend_data"] == "two of three"
    assert values["cmi.core.total_time"] == "0000:01:00"


def test_a_page_that_was_closed_without_a_word_resumes(masha) -> None:
    learner = masha(one_sco_12())
    learner.commit(learner.open()["session"], told(1, lesson_location="3"))

    assert learner.open()["values"]["cmi.core.entry"] == "resume"


def test_a_new_attempt_begins_with_nothing(a_package, learner_of) -> None:
    package = a_package(one_sco_12())
    first = learner_of(package)
    first.commit(
        first.open()["session"],
        told(1, is_last=True, lesson_status="completed", lesson_location="9", score__raw="90"),
    )

    second = learner_of(package, again=True)

    assert second.attempt.number == 2
    assert second.open()["values"]["cmi.core.entry"] == "ab-initio"
    assert "cmi.core.lesson_location" not in second.open()["values"]


def test_a_finished_package_that_is_opened_again_stays_the_same_attempt(
    a_package, learner_of
) -> None:
    package = a_package(one_sco_12())
    done = told(1, is_last=True, lesson_status="completed", score__raw="90")
    learner = learner_of(package)
    learner.commit(learner.open()["session"], done)

    once_more = learner_of(package)
    once_more.commit(once_more.open()["session"], done)

    assert Attempt.objects.count() == 1


def test_a_frame_never_learns_who_plays(masha) -> None:
    learner = masha(one_sco_12())

    values = learner.open()["values"]

    assert values["cmi.core.student_id"] == str(learner.attempt.learner_key)
    assert "cmi.core.student_name" not in values


def test_answers_of_all_scos_become_rows_for_the_teacher(masha) -> None:
    learner = masha(three_scos_12())
    for item in ("S1", "S2"):
        session = learner.open(item)["session"]
        learner.commit(
            session,
            told(1, is_last=True, lesson_status="completed") | answered(0, is_right=item == "S1"),
        )

    rows = list(learner.attempt.interactions.all())

    assert [(row.key, row.number) for row in rows] == [("S1 sum", 1), ("S2 sum", 2)]
    assert [row.is_right for row in rows] == [True, False]
    assert [(row.earned, row.possible) for row in rows] == [(200, 200), (0, 200)]
    assert (rows[0].kind, rows[0].text, rows[0].response, rows[0].right) == (
        "choice",
        "sum",
        "4",
        "4",
    )
    assert rows[0].seconds == 5


def test_a_part_opens_when_what_it_waits_for_is_done(masha) -> None:
    learner = masha(three_scos_12())

    locked = learner.post("open", {"item": "S2"})
    answer = learner.commit(
        learner.open("S1")["session"], told(1, is_last=True, lesson_status="completed")
    )

    assert locked.status_code == 409
    assert locked.json()["code"] == "item_locked"
    assert {one["id"]: one["open"] for one in answer["items"]} == {
        "S1": True,
        "A1": True,
        "S2": True,
        "S3": False,
    }
    assert learner.open("S2")["session"]


def test_the_package_is_complete_with_its_last_sco(masha) -> None:
    learner = masha(three_scos_12())
    ends = []
    for item in ("S1", "S2", "S3"):
        learner.commit(
            learner.open(item)["session"], told(1, is_last=True, lesson_status="completed")
        )
        ends.append(learner.attempt.finished_at is not None)

    assert ends == [False, False, True]
    assert learner.attempt.completed


def test_one_failed_part_of_several_does_not_end_the_attempt(masha) -> None:
    learner = masha(three_scos_12())

    learner.commit(learner.open("S1")["session"], told(1, is_last=True, lesson_status="failed"))

    assert learner.attempt.passed is False
    assert learner.attempt.finished_at is None


def test_an_asset_is_done_by_being_opened(masha) -> None:
    learner = masha(three_scos_12())

    answer = learner.open("A1")

    assert {"id": "A1", "status": "done", "open": True} in answer["items"]


def test_2004_keeps_completion_and_success_apart(masha) -> None:
    learner = masha(one_sco_2004_4th())

    learner.commit(
        learner.open()["session"],
        told_2004(1, is_last=True, progress_measure="1", score__scaled="0.5"),
    )

    assert learner.attempt.completed
    assert learner.attempt.passed is False
    assert (learner.attempt.earned, learner.attempt.possible) == (5000, 10000)


def test_what_the_sequencer_keeps_is_given_back(masha) -> None:
    learner = masha(sequenced_2004())
    session = learner.open("LESSON")["session"]
    learner.commit(session, told_2004(1) | {"sequencing": '{"version": "1.0"}'})

    assert '"sequencingState": "{\\"version\\": \\"1.0\\"}"' in learner.look().content.decode()


def test_the_first_part_is_the_one_visited_last_that_is_not_done(masha) -> None:
    learner = masha(three_scos_12())
    begins = [learner.look().context["data"]["first"]]
    learner.commit(learner.open("S1")["session"], told(1, is_last=True, lesson_status="completed"))
    learner.commit(learner.open("S2")["session"], told(1, lesson_status="incomplete"))
    begins.append(learner.look().context["data"]["first"])

    assert begins == ["S1", "S2"]


def test_of_a_preview_everything_is_open_and_nothing_is_kept(a_package, player) -> None:
    version = a_package(three_scos_12()).current
    editor = Learner(open_preview(version=version, at=NOON).token, player)

    answer = editor.commit(
        editor.open("S3")["session"], told(1, is_last=True, lesson_status="passed")
    )

    assert answer["items"] == [{"id": "S3", "status": "done", "open": True}]
    assert answer["moved"] is False
    assert not ScoState.objects.exists()
    assert not Attempt.objects.exists()


def test_whoever_looks_at_an_attempt_sees_it_as_it_was_left(masha) -> None:
    learner = masha(one_sco_12())
    learner.commit(learner.open()["session"], told(1, lesson_location="3"))
    launch = learner.launch
    launch.shown, launch.attempt = launch.attempt, None
    launch.save()

    opened = learner.open()
    learner.commit(opened["session"], told(1, lesson_location="9"))

    assert opened["values"]["cmi.core.lesson_location"] == "3"
    assert opened["values"]["cmi.core.lesson_mode"] == "review"
    assert ScoState.objects.get().state["values"]["cmi.core.lesson_location"] == "3"


def test_a_version_without_its_manifest_says_so(masha) -> None:
    learner = masha(one_sco_12())
    ScormContent.objects.all().delete()

    assert learner.look().status_code == 404
    assert learner.post("open", {"item": "SUM"}).json()["code"] == "content_missing"
