"""Enrolments: a learner's place on a course, and who may see it."""
