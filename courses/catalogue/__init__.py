"""The catalogue: topics, courses, and what was published of each course.

**Topic** is a tree (six focus areas, directions below). **Course** is the row that learners'
records point at; the page that presents it may be moved, copied or deleted without touching them.
**CourseRevision** is one immutable outline of the course, made by publishing.
"""
