"""Submissions: what a learner hands in for a task, and the teacher's answer to it."""
