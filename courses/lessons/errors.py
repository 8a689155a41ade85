from django.utils.translation import gettext as _


class CourseIncomplete(Exception):
    """A course cannot be published as it stands; ``problems`` are ``(code, place)`` pairs."""

    code = "course_incomplete"

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__(" ".join(self.sentences))

    @property
    def sentences(self) -> list[str]:
        """What is wrong and how to mend it, a sentence each."""
        said = {
            "no_lessons": _(
                "The course has no published lesson. Add a module, a lesson in it with at least "
                "one step, publish both, and then publish the course."
            ),
            "empty_lesson": _(
                "The lesson “%(place)s” has no steps. Add at least one, for example a text."
            ),
            "nothing_required": _(
                "Every step is optional, so nobody could finish the course. "
                "Mark at least one step as required."
            ),
        }
        return [said[code] % {"place": place} for code, place in self.problems]
