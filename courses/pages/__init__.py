"""The page types that an editor shapes a course with; an app that a site may leave out.

**CourseIndexPage** is the catalogue, **CoursePage** presents one course, **ModulePage** and
**LessonPage** stand below it. Pages are drafts and words; learners' records point at rows.
"""
