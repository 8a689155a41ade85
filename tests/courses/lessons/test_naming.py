"""A step keeps its name through every edit; a copy gets its own."""

import uuid
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from courses.lessons.rules import CourseDraft, name_steps
from tests.courses.conftest import block_id, course_of, lesson_of, text_step

COURSE, ANOTHER = uuid.UUID(int=1), uuid.UUID(int=2)
A, B = block_id("a"), block_id("b")


def lesson(title: str, *keys: str):
    return lesson_of([text_step(key) for key in keys], title=title)


class Publishings:
    """One course published again and again; remembers the names as the database does."""

    def __init__(self, course: uuid.UUID = COURSE, taken: set[str] | None = None) -> None:
        self.course, self.known = course, {}
        self.taken = taken if taken is not None else set()

    def names_of(self, *lessons) -> list[str]:
        draft = course_of(*lessons)
        names = name_steps(draft, course_uid=self.course, known=self.known, taken=self.taken)
        at = {uid: place for place, uid in self.known.items()}
        for name, (where, step) in zip(names, draft.places(), strict=True):
            self.known.pop(at.get(name), None)
            at[name] = (where.uid, step.block_id)
        self.known |= {place: name for name, place in at.items()}
        self.taken |= set(names)
        return names


def test_a_new_block_is_named_by_its_own_id():
    assert Publishings().names_of(lesson("1", "a", "b")) == [A, B]


def test_publishing_again_gives_the_same_names():
    course = Publishings()
    first = course.names_of(lesson("1", "a", "b"), lesson("2", "a"))
    assert course.names_of(lesson("1", "a", "b"), lesson("2", "a")) == first


def test_reordering_renames_nothing():
    course = Publishings()
    course.names_of(lesson("1", "a", "b"))
    assert course.names_of(lesson("1", "b", "a")) == [B, A]


def test_a_copied_lesson_gets_names_of_its_own_and_the_original_keeps_its():
    course = Publishings()
    course.names_of(lesson("1", "a", "b"))
    copy = course.names_of(lesson("copy", "a", "b"), lesson("1", "a", "b"))
    assert copy[2:] == [A, B]
    assert not {A, B} & set(copy[:2])


def test_a_block_that_moved_to_another_lesson_keeps_its_name():
    course = Publishings()
    course.names_of(lesson("1", "a", "b"), lesson("2", "c"))
    assert course.names_of(lesson("1", "b"), lesson("2", "c", "a"))[2] == A


def test_a_removed_block_that_comes_back_keeps_its_name():
    course = Publishings()
    course.names_of(lesson("1", "a", "b"))
    course.names_of(lesson("1", "b"))
    assert course.names_of(lesson("1", "a", "b")) == [A, B]


def test_a_copied_course_shares_no_name():
    original = Publishings()
    names = original.names_of(lesson("1", "a", "b"))
    copy = Publishings(ANOTHER, taken=original.taken)
    assert not set(names) & set(copy.names_of(lesson("copy", "a", "b")))


def test_a_copy_beside_a_moved_copy_takes_nobodys_name():
    """The name that is derived for a place may already live in another one."""
    course = Publishings()
    course.names_of(lesson("1", "a"))
    copied = course.names_of(lesson("1", "a"), lesson("2", "a"))[1]
    moved = course.names_of(lesson("1", "a"), lesson("2", "b"), lesson("3", "a"))[2]
    assert moved == copied

    names = course.names_of(lesson("1", "a"), lesson("2", "b", "a"), lesson("3", "a"))

    assert names[3] == copied
    assert len(set(names)) == 4


lessons = st.lists(
    st.tuples(
        st.sampled_from("123"), st.lists(st.sampled_from("abc"), unique=True, min_size=1)
    ).map(lambda it: lesson(it[0], *it[1])),
    unique_by=lambda it: it.uid,
    min_size=1,
)


@given(st.lists(lessons, min_size=1, max_size=6))
def test_names_are_unique_and_stay_whatever_editors_do(publishings):
    course = Publishings()
    before: dict[tuple[str, str], str] = {}
    for edit in publishings:
        names = course.names_of(*edit)
        assert len(set(names)) == len(names)
        places = [(where.uid, step.block_id) for where, step in course_of(*edit).places()]
        here = dict(zip(places, names, strict=True))
        for place in here.keys() & before.keys():
            assert here[place] == before[place]
        assert course.names_of(*edit) == names
        before = here


def test_an_empty_module_is_left_out():
    draft = course_of(lesson("1", "a"))
    with_empty = CourseDraft((*draft.modules, replace(draft.modules[0], lessons=())))
    assert name_steps(with_empty, course_uid=COURSE, known={}, taken=()) == [A]
