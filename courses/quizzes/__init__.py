"""Quizzes: questions of seven kinds, how an editor writes them and how a machine grades them.

:mod:`~courses.quizzes.rules` reads and grades, :mod:`~courses.quizzes.blocks` is the editor's form.
Attempts of learners live in :mod:`courses.attempts`.
"""
