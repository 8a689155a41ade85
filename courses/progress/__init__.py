"""Progress: what a learner has done, as a pure function of a log and a revision.

An **Event** is appended and never changed; **CourseState** is the fold of a learner's events over
the course's revisions, kept so that a page reads one row; **Completion** is the latch that a
course was finished. :mod:`courses.progress.rules` holds every rule; ``recompute_progress --check``
proves that the kept states equal a replay.
"""
